//! What customers are worth beside each other: their yearly revenue by the median of the book, each currency by itself.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use contracts::{
    facts::Money,
    failure::Failure,
    outcome::{QueryPage, QueryRequest},
    reading::Value,
};

use crate::backend::Backend;

/// What the middle of the book is asked by.
const MEDIAN: &str = "median:arr";
/// However little it pays, a customer is worth something.
const LEAST: u64 = 10;

/// The medians of the book on a day, remembered for as long as the book is the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Medians(Arc<Mutex<Option<Known>>>);

#[derive(Debug, Clone)]
struct Known {
    as_of: NaiveDate,
    revision: u64,
    medians: Vec<Money>,
}

impl Medians {
    /// What the amounts come to in thousandths of the median; none where no amount of their currencies is known.
    ///
    /// # Errors
    /// The book cannot be asked.
    pub(super) async fn worth(
        &self,
        backend: &Backend,
        (as_of, revision): (NaiveDate, u64),
        amounts: &[Money],
    ) -> Result<Option<u64>, Failure> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let medians = match known.filter(|known| (known.as_of, known.revision) == (as_of, revision)) {
            Some(known) => known.medians,
            None => {
                let request = QueryRequest {
                    query: MEDIAN.to_owned(),
                    as_of: Some(as_of),
                    limit: Some(0),
                    ..QueryRequest::default()
                };
                let page = backend.ask(&request, |_| {}).await?;
                let known = Known { as_of, revision: page.revision, medians: medians(&page) };
                *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(known.clone());
                known.medians
            }
        };
        let shares: Vec<_> = amounts.iter().filter_map(|amount| share(amount, &medians)).collect();
        Ok((!shares.is_empty()).then(|| shares.into_iter().fold(0, u64::saturating_add).max(LEAST)))
    }
}

fn medians(page: &QueryPage) -> Vec<Money> {
    let figures = page.outcome.parts.iter().flat_map(|part| &part.figures);
    let amounts = figures.filter_map(|figure| match &figure.value {
        Value::Money(amounts) => Some(amounts.clone()),
        _ => None,
    });
    amounts.flatten().collect()
}

fn share(amount: &Money, medians: &[Money]) -> Option<u64> {
    let median = medians.iter().find(|median| median.currency == amount.currency && median.minor > 0)?;
    let share = u128::try_from(amount.minor).ok()? * 1_000 / median.minor.unsigned_abs() as u128;
    Some(u64::try_from(share).unwrap_or(u64::MAX))
}
