//! What a meeting goes through: sections of sentences, made of the catalogue's statements. The customer's edition is made
//! of phrases that speak to it, which every language has, so no internal fact is in it.

mod plan;
mod renewal;
mod review;
mod sayings;

use contracts::{
    Line,
    reading::FactId,
    review::Saying,
    tools::{Edition, QbrSection},
};

pub use self::{plan::next_review, renewal::brief, review::review};
use crate::{
    case::Case,
    facts::find,
    letter::{Language, Register},
    words::sentence,
};

/// One sentence, and the fact that it is of.
#[derive(Debug, Clone, PartialEq)]
struct Point {
    text: String,
    fact: Option<FactId>,
    /// The same as data, where every language can say it.
    saying: Option<Saying>,
}

impl Point {
    /// A sentence that is of no one fact.
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), fact: None, saying: None }
    }

    /// A phrase, in English.
    fn saying(case: &Case, saying: Saying) -> Self {
        Self { saying: Some(saying.clone()), ..Self::plain(in_english(case, &saying)) }
    }
}

fn in_english(case: &Case, saying: &Saying) -> String {
    let said = Language::english().saying(saying, case.as_of, Register::Informal);
    said.map(|line| line.to_string()).expect("a test reads every phrase of the shipped English")
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

    /// The statement of a fact about the customer, as a clause; `None` where nothing is known.
    fn clause(self, id: &str) -> Option<String> {
        find(id)?.read(self.case).says.map(|says| says.about.to_string())
    }

    /// What can be said of a fact, as a sentence; `None` where nothing is known, or where it is not for this reader.
    fn point(self, id: &'static str) -> Option<Point> {
        if !self.is_internal() {
            return sayings::point(self.case, id);
        }
        let text = sentence(&self.clause(id)?);
        Some(Point { fact: Some(FactId::of(id)), ..Point::plain(text) })
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
