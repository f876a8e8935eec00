//! What the tools read, made from rows.

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    delivery::CustomerFields,
    facts::{Money, Part, Source, Trend},
    import::CustomerRecord,
    tools::{TicketsReport, UsageReport},
};
use domain::rows::{Sources, Version};

use super::{Kept, Known};
use crate::summaries;

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
    /// The newest values of its usage, oldest first, at most [`summaries::SPARK_POINTS`].
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
    pub fn of(kept: Kept, sources: &Sources, as_of: NaiveDate) -> Self {
        let contract = contract(&kept, sources, as_of);
        let usage = kept.usage.unwrap_or_default();
        let tickets = kept.tickets.unwrap_or_default();
        Self {
            id: kept.rows.id,
            name: kept.name,
            trend: usage.figures.and_then(|figures| figures.trend),
            spark: usage.spark,
            open_tickets: tickets.figures.map(|figures| figures.by_priority.total()),
            renewal_date: contract.as_ref().and_then(|contract| contract.renewal_date),
            arr: contract.and_then(|contract| contract.arr),
        }
    }

    /// Whole days (UTC) from `today` to the renewal; negative once it has passed.
    pub fn days_to_renewal(&self, today: NaiveDate) -> Option<i64> {
        self.renewal_date.map(|date| days_between(today, date))
    }
}

impl CustomerFacts {
    /// What the rows of one customer come to as of a day; none where there are no rows.
    pub fn of(known: Known, as_of: NaiveDate) -> Option<Self> {
        let Known { sources, mut customers, .. } = known;
        let kept = customers.pop()?;
        let fields = current(&kept.rows.fields, &sources, as_of).next().and_then(|version| version.says.clone());
        let CustomerFields { industry, segment, contact, .. } = fields.unwrap_or_default();
        let customer = CustomerRecord { id: kept.rows.id.clone(), name: kept.name.clone(), industry, segment, contact };
        let series = summaries::primary_series(&kept.rows, &sources, as_of);
        let usage = series.and_then(|series| {
            let figures = summaries::figures(series, as_of)?;
            let points = series.points.iter().filter(|point| point.date <= as_of).copied().collect();
            Some(UsageReport {
                metric: figures.metric,
                trend: figures.trend,
                recent: figures.recent,
                before: figures.before,
                points,
                source: Source { origin: figures.source.as_str().into(), as_of: figures.newest },
            })
        });
        let tickets = summaries::tickets(&kept.rows, &sources, &[], as_of).says.figures.map(|figures| TicketsReport {
            open: figures.by_priority.total(),
            by_priority: figures.by_priority,
            oldest_open: figures.oldest_open,
            recent: figures.recent,
            source: tickets_source(&kept, &sources, as_of),
        });
        Some(Self { customer, usage, tickets, contract: contract(&kept, &sources, as_of) })
    }
}

fn tickets_source(kept: &Kept, sources: &Sources, as_of: NaiveDate) -> Source {
    let delivered = sources.delivered.iter().filter(|delivered| delivered.part == Part::Tickets);
    let newest = delivered.max_by_key(|delivered| delivered.day);
    let newest = newest.map(|newest| Source { origin: newest.source.as_str().into(), as_of: newest.day });
    let counted = || kept.rows.counted_tickets.as_ref().map(|counted| counted.source.clone());
    newest.or_else(counted).unwrap_or_else(|| Source { origin: Line::default(), as_of })
}

/// The newest versions that say something, of the source first that counts first.
fn current<'a, T>(
    versions: &'a [Version<T>],
    sources: &Sources,
    as_of: NaiveDate,
) -> impl Iterator<Item = &'a Version<T>> {
    let first = versions.iter().map(|version| version.from).min();
    let day = first.map_or(as_of, |first| first.max(as_of));
    let known = versions.iter().filter(move |version| version.from <= day);
    let newest = |version: &&Version<T>| {
        let later = |other: &Version<T>| {
            other.source == version.source && other.key == version.key && version.from < other.from && other.from <= day
        };
        !versions.iter().any(later) && version.says.is_some()
    };
    let mut current: Vec<_> = known.filter(newest).collect();
    current.sort_by_key(|version| summaries::rank(sources, &version.source));
    current.into_iter()
}

fn contract(kept: &Kept, sources: &Sources, as_of: NaiveDate) -> Option<StoredContract> {
    let version = current(&kept.rows.contracts, sources, as_of)
        .max_by_key(|version| version.says.as_ref().and_then(|terms| Some(terms.arr.as_ref()?.minor)))?;
    let delivered = sources.delivered.iter().find(|delivered| {
        delivered.source == version.source && delivered.part == Part::Contracts && delivered.day >= version.from
    });
    let terms = version.says.clone()?;
    Some(StoredContract {
        renewal_date: terms.renewal_date,
        arr: terms.arr,
        plan: terms.plan,
        seats: terms.seats,
        auto_renew: terms.auto_renew,
        source: Source {
            origin: version.source.as_str().into(),
            as_of: delivered.map_or(version.from, |delivered| delivered.day),
        },
    })
}
