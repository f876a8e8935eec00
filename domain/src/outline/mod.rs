//! What a meeting goes through: sections of sentences, made of the catalogue's statements. The customer's edition is made
//! of those that speak to it, so no internal fact is in it.

mod plan;
mod renewal;
mod review;

use contracts::{
    Line,
    reading::FactId,
    tools::{Edition, QbrSection},
};

pub use self::{plan::next_review, renewal::brief, review::review};
use crate::{case::Case, facts::find, words::sentence};

/// One sentence, and the fact that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Point {
    text: String,
    fact: Option<FactId>,
}

impl Point {
    /// A sentence that is of no one fact.
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), fact: None }
    }
}

/// A customer as one of the readers may know it.
#[derive(Debug, Clone, Copy)]
struct Reader<'a> {
    case: &'a Case,
    edition: Edition,
}

impl Reader<'_> {
    fn is_internal(self) -> bool {
        self.edition == Edition::Internal
    }

    /// The words that fit the reader.
    fn pick<T>(self, internal: T, customer: T) -> T {
        if self.is_internal() { internal } else { customer }
    }

    /// The statement of a fact, as a clause; `None` where nothing is known, or where it is not for this reader.
    fn clause(self, id: &str) -> Option<String> {
        let says = find(id)?.read(self.case).says?;
        let said = if self.is_internal() { Some(says.about) } else { says.to };
        said.map(|clause| clause.to_string())
    }

    /// The statement of a fact, as a sentence.
    fn point(self, id: &'static str) -> Option<Point> {
        self.clause(id).map(|clause| Point { text: sentence(&clause), fact: Some(FactId::of(id)) })
    }

    /// The statements of all of them that are known.
    fn points(self, ids: &[&'static str]) -> Vec<Point> {
        ids.iter().filter_map(|id| self.point(id)).collect()
    }
}

/// A section; `None` where there is nothing to say.
fn section(title: &str, points: Vec<Point>) -> Option<QbrSection> {
    let talking_points: Vec<_> = points.iter().map(|point| Line::new(&point.text)).collect();
    let statements = points.into_iter().filter_map(|point| point.fact).collect();
    (!talking_points.is_empty()).then(|| QbrSection { title: title.into(), talking_points, statements })
}
