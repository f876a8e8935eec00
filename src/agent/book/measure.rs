//! What a figure of many customers comes to.

use std::collections::BTreeMap;

use contracts::{Line, book::CustomerRow, facts::Money};

use super::{Column, Measure};
use crate::words;

impl Measure {
    /// As a title begins with it.
    pub(super) fn heading(self, of: Column) -> String {
        format!("{} {}", self.word(), if of == Column::OpenTickets { "open tickets" } else { of.noun() })
    }

    fn word(self) -> &'static str {
        match self {
            Self::Sum => "Total",
            Self::Mean => "Average",
            Self::Median => "Median",
        }
    }

    /// `The average ARR is EUR 28,800 (1 customer) and USD 146,038 (8 customers).`
    pub(super) fn sentence(self, of: Column, rows: &[&CustomerRow]) -> Option<String> {
        let mut figures: BTreeMap<Option<&Line>, Vec<i64>> = BTreeMap::new();
        for row in rows {
            let (currency, figure) = match (of, &row.arr) {
                (Column::Arr, Some(arr)) => (Some(&arr.currency), Some(arr.minor)),
                (Column::Score, _) => (None, row.score.map(i64::from)),
                (Column::OpenTickets, _) => (None, row.open_tickets.map(i64::from)),
                _ => (None, None),
            };
            figures.entry(currency).or_default().extend(figure);
        }
        figures.retain(|_, figures| !figures.is_empty());
        let said = figures.into_iter().map(|(currency, mut figures)| {
            let value = self.of(&mut figures);
            let value = match currency {
                // Cents of an average are of no use to anybody.
                Some(currency) => {
                    words::money(&Money { minor: (value / 100.0).round() as i64 * 100, currency: currency.clone() })
                }
                None => words::number(value),
            };
            format!("{value} ({})", words::count(figures.len() as u64, "customer"))
        });
        let said: Vec<_> = said.collect();
        let noun = if of == Column::OpenTickets { "number of open tickets" } else { of.noun() };
        let word = self.word().to_lowercase();
        (!said.is_empty()).then(|| format!("The {word} {noun} is {}.", words::list(&said)))
    }

    /// Of one figure at least.
    fn of(self, figures: &mut [i64]) -> f64 {
        let sum = |figures: &[i64]| figures.iter().map(|&figure| figure as f64).sum::<f64>();
        let mean = |figures: &[i64]| sum(figures) / figures.len() as f64;
        match self {
            Self::Sum => sum(figures),
            Self::Mean => mean(figures),
            Self::Median => {
                figures.sort_unstable();
                mean(&figures[(figures.len() - 1) / 2..=figures.len() / 2])
            }
        }
    }
}
