//! What the tools read, made from rows.

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    facts::{Money, Source, Trend},
    import::CustomerRecord,
    tools::{TicketsReport, UsageReport},
};
use domain::{
    case::{Case, Figures, Period},
    rows::Sources,
};

use super::{Kept, Known};

/// Everything known of one customer.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerFacts {
    /// The customer itself.
    pub customer: CustomerRecord,
    /// Its usage.
    pub usage: Option<UsageReport>,
    /// Its tickets.
    pub tickets: Option<TicketsReport>,
    /// Its contract.
    pub contract: Option<StoredContract>,
}

/// A contract as it is stored; days to the renewal are counted when it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in contracts::tools::ContractReport")]
pub struct StoredContract {
    pub renewal_date: Option<NaiveDate>,
    pub arr: Option<Money>,
    pub plan: Option<Line>,
    pub seats: Option<u32>,
    pub auto_renew: Option<bool>,
    pub source: Source,
}

impl StoredContract {
    /// Whole days (UTC) from `today` to the renewal; negative once it has passed.
    pub fn days_to_renewal(&self, today: NaiveDate) -> Option<i64> {
        self.renewal_date.map(|date| days_between(today, date))
    }
}

fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// What the book shows of one customer.
#[derive(Debug, Clone, PartialEq)]
pub struct BookEntry {
    /// The customer's id.
    pub id: CustomerId,
    /// Its name.
    pub name: Line,
    /// Which way its usage moves; absent without usage or where there are too few points to say.
    pub trend: Option<Trend>,
    /// The newest values of its usage, oldest first, at most [`SPARK_POINTS`](crate::summaries::SPARK_POINTS).
    pub spark: Vec<f64>,
    /// Its open tickets; absent where nothing is known of its tickets.
    pub open_tickets: Option<u32>,
    /// When its contract renews.
    pub renewal_date: Option<NaiveDate>,
    /// Its annual recurring revenue.
    pub arr: Option<Money>,
}

impl BookEntry {
    /// What the book shows of a customer as of a day.
    pub fn of(kept: &Kept, sources: &Sources, as_of: NaiveDate) -> Self {
        let usage = kept.usage.clone().unwrap_or_default();
        let tickets = kept.tickets.clone().unwrap_or_default();
        let figures = Figures { usage: usage.figures, tickets: tickets.figures };
        let case = Case::with(&kept.rows, figures, sources, as_of, Period::up_to(as_of));
        let contract = case.contract.any();
        Self {
            id: kept.rows.id.clone(),
            name: kept.name.clone(),
            trend: case.usage.known().and_then(|figures| figures.trend),
            spark: usage.spark,
            open_tickets: case.tickets.known().map(|figures| figures.by_priority.total()),
            renewal_date: contract.and_then(|contract| contract.main.renewal_date),
            arr: contract.and_then(|contract| contract.arr.first().cloned()),
        }
    }

    /// Whole days (UTC) from `today` to the renewal; negative once it has passed.
    pub fn days_to_renewal(&self, today: NaiveDate) -> Option<i64> {
        self.renewal_date.map(|date| days_between(today, date))
    }
}

impl CustomerFacts {
    /// What the rows of one customer come to as of a day; none where there are no rows.
    pub fn of(known: &Known, as_of: NaiveDate) -> Option<Self> {
        let kept = known.customers.first()?;
        let case = Case::of(&kept.rows, known.sources_of(kept), as_of, None);
        let fields = case.fields.any().cloned().unwrap_or_default();
        let customer = CustomerRecord {
            id: kept.rows.id.clone(),
            name: kept.name.clone(),
            industry: fields.industry,
            segment: fields.segment,
            contact: case.contact.any().and_then(|contact| contact.name.clone()),
        };
        let usage = case.usage.any().zip(case.usage.source()).map(|(figures, source)| UsageReport {
            metric: figures.metric.clone(),
            trend: figures.trend,
            recent: figures.recent,
            before: figures.before,
            points: case.points.clone(),
            source: source.clone(),
        });
        let tickets = case.tickets.any().zip(case.tickets.source()).map(|(figures, source)| TicketsReport {
            open: figures.by_priority.total(),
            by_priority: figures.by_priority,
            oldest_open: figures.oldest_open,
            recent: figures.recent.clone(),
            source: source.clone(),
        });
        let contract = case.contract.any().zip(case.contract.source()).map(|(figures, source)| StoredContract {
            renewal_date: figures.main.renewal_date,
            arr: figures.arr.first().cloned(),
            plan: figures.main.plan.clone(),
            seats: figures.seats,
            auto_renew: figures.main.auto_renew,
            source: source.clone(),
        });
        Some(Self { customer, usage, tickets, contract })
    }
}
