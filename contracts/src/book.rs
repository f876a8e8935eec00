//! The book of customers: one row each, worst first unless asked otherwise.

use std::cmp::Reverse;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    CustomerId, Line, MAX_LINE,
    facts::{Money, Part, Trend},
    health::Risk,
    reading::Reading,
};

/// The header of a tool's answer that says which revision of the book it was made of.
pub const BOOK_REVISION: &str = "x-book-revision";

/// How many rows one page may have.
pub const MAX_PAGE: u32 = 1_000;

/// The order of the book.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum BookSort {
    /// Highest risk first, the unknown next after the high; then the lowest score.
    #[default]
    Risk,
    /// Next renewal first, overdue ones before it; unknown last.
    Renewal,
    /// Most annual recurring revenue first; unknown last.
    Arr,
    /// By name.
    Name,
    /// By id, whoever counts: the order in which a whole book is read.
    Id,
}

/// The query of `GET /v1/customers`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BookQuery {
    /// The order.
    #[serde(default)]
    pub sort: BookSort,
    /// Only customers whose name or id contains this, whatever the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// How many rows at the most, 1 to [`MAX_PAGE`]; [`MAX_PAGE`] when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = MAX_PAGE))]
    pub limit: Option<u32>,
    /// The customer after whom the page begins; the first in the order when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<CustomerId>,
    /// The day (UTC) to count from; the server's today when absent.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::days::asked_if_any")]
    pub as_of: Option<NaiveDate>,
    /// Which facts the rows are to hold besides: ids with commas between them, or `all`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<String>,
}

/// Whether a customer counts. Those that do not leave totals and are counted apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It is a customer; also whatever a newer server says that is neither of the others.
    #[default]
    Active,
    /// It is no customer any more.
    Churned,
    /// Every source that knew it has lost it.
    Gone,
}

impl Standing {
    /// The word for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Churned => "churned",
            Self::Gone => "gone",
        }
    }
}

/// One customer of the book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerRow {
    /// The customer.
    pub id: CustomerId,
    /// Its name.
    pub name: Line,
    /// The risk; `unknown` where nobody can say for lack of data.
    #[serde(deserialize_with = "crate::newer::or_default")]
    pub risk: Risk,
    /// The health score, 0 to 100; absent where nothing is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u32>,
    /// The weight of the data behind the score, 0 to 100; under 100 the risk is judged on the worst the gaps allow.
    pub coverage: u32,
    /// Whether it counts.
    #[serde(default, deserialize_with = "crate::newer::or_default")]
    pub standing: Standing,
    /// Which parts are too old to speak of as present; what the row says of them is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::newer::known_items")]
    pub stale: Vec<Part>,
    /// Which way usage moves.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "crate::newer::if_known")]
    pub trend: Option<Trend>,
    /// The newest values of usage, oldest first, at most 12.
    pub spark: Vec<f64>,
    /// Annual recurring revenue in the currency of the contract that most hangs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arr: Option<Money>,
    /// Whole days to the renewal; negative once it has passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_to_renewal: Option<i64>,
    /// Open tickets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_tickets: Option<u32>,
    /// The facts that were asked for, in that order.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "crate::newer::known_items")]
    pub facts: Vec<Reading>,
}

/// What places a customer in the book's own order, by risk; the rest of its row is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the fields of the row")]
pub struct Essentials {
    pub id: CustomerId,
    pub name: Line,
    #[serde(default, deserialize_with = "crate::newer::or_default")]
    pub standing: Standing,
    #[serde(deserialize_with = "crate::newer::or_default")]
    pub risk: Risk,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_to_renewal: Option<i64>,
}

/// Where a customer stands in an order: the one with the smaller place comes first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    standing: Standing,
    by: By,
    /// The name whatever its case.
    name: String,
    id: CustomerId,
}

/// What an order looks at before the name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum By {
    /// Worst first; a score that is not there comes after those that are.
    Risk(Risk, u32, i64),
    /// Days to the renewal.
    Renewal(i64),
    /// Amounts of one currency stand together, as they do not compare with those of another.
    Arr(Line, Reverse<i64>),
    /// Nothing.
    Name,
}

impl By {
    fn risk(risk: Risk, score: Option<u32>, days_to_renewal: Option<i64>) -> Self {
        Self::Risk(risk, score.unwrap_or(u32::MAX), days_to_renewal.unwrap_or(i64::MAX))
    }
}

impl Essentials {
    /// Where the customer stands in the book's own order, by risk.
    pub fn place(&self) -> Place {
        Place {
            standing: self.standing,
            by: By::risk(self.risk, self.score, self.days_to_renewal),
            name: self.name.as_str().to_lowercase(),
            id: self.id.clone(),
        }
    }
}

impl CustomerRow {
    /// Where it stands in this order.
    pub fn place(&self, sort: BookSort) -> Place {
        let renewal = self.days_to_renewal.unwrap_or(i64::MAX);
        let by = match (sort, &self.arr) {
            (BookSort::Risk, _) => By::risk(self.risk, self.score, self.days_to_renewal),
            (BookSort::Renewal, _) => By::Renewal(renewal),
            (BookSort::Arr, Some(arr)) => By::Arr(arr.currency.clone(), Reverse(arr.minor)),
            (BookSort::Arr | BookSort::Name | BookSort::Id, _) => By::Name,
        };
        let (standing, name) = match sort {
            BookSort::Id => (Standing::Active, String::new()),
            _ => (self.standing, self.name.as_str().to_lowercase()),
        };
        Place { standing, by, name, id: self.id.clone() }
    }
}

/// A customer, as a user names it; the body of `POST /v1/customers` and `PUT /v1/customers/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CustomerRecord {
    /// The customer's id.
    pub id: CustomerId,
    /// Its name; not empty.
    #[schemars(length(min = 1, max = MAX_LINE))]
    pub name: Line,
    /// Its industry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_LINE))]
    pub industry: Option<Line>,
    /// The CSM's own grouping, such as `Enterprise`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_LINE))]
    pub segment: Option<Line>,
    /// Whom emails address, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_LINE))]
    pub contact: Option<Line>,
}

/// The answer of `GET /v1/customers`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BookPage {
    /// The rows of this page, in order.
    pub customers: Vec<CustomerRow>,
    /// How many customers match in all.
    pub total: u32,
    /// After whom the next page begins; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<CustomerId>,
    /// The day (UTC) days are counted from.
    pub as_of: NaiveDate,
    /// Grows with every write that changes rows of the book.
    #[serde(default)]
    pub revision: u64,
}

/// The answer of `GET /v1/revision`: which book would be read now. One that was read before is out of date where either
/// differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BookRevision {
    /// Grows with every write that changes rows of the book.
    pub revision: u64,
    /// The server's today (UTC).
    pub as_of: NaiveDate,
}
