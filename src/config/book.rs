//! The settings of the book and of its sources.

use std::str::FromStr;

use contracts::{Line, SourceName};
use serde::Deserialize;

use crate::sources::cell;

/// How the book is read; sent with every import.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BookConfig {
    /// The metric that stands for usage where a customer has several; the one with most data where absent.
    pub primary_metric: Option<Line>,
    /// Which source counts first where two say different things; those not named come after, by name.
    #[serde(default)]
    pub sources: Vec<SourceName>,
}

/// What is known of one source.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceConfig {
    /// The currency of its amounts that come without one.
    pub currency: Option<Currency>,
}

/// A query that is kept under a name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct View(String);

impl View {
    /// The query as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for View {
    type Error = domain::query::Problem;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        domain::query::parse(&text).map(|_| Self(text))
    }
}

/// A text that is no currency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it is not {0}")]
pub struct NoCurrency(cell::Expected);

/// A currency, by its ISO 4217 code.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Currency(Line);

impl FromStr for Currency {
    type Err = NoCurrency;

    fn from_str(text: &str) -> Result<Self, NoCurrency> {
        cell::currency(text).map(Self).map_err(NoCurrency)
    }
}

impl TryFrom<String> for Currency {
    type Error = NoCurrency;

    fn try_from(text: String) -> Result<Self, NoCurrency> {
        text.parse()
    }
}

impl From<Currency> for Line {
    fn from(currency: Currency) -> Self {
        currency.0
    }
}
