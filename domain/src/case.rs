//! A customer as of a day: what its rows come to. Facts, health and words read this and nothing else.

mod activity;
mod contract;
mod freshness;
mod merged;
mod people;
mod tickets;

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    activity::{Activity, ActivityKind},
    book::Standing,
    delivery::{Contact, ContractTerms, CustomerFields},
    facts::{Money, OpenByPriority, Part, Source, Status, Survey, Ticket, UsagePoint},
    reading::Knowledge,
};
use serde::{Deserialize, Serialize};

pub use self::{
    freshness::{shelf_life, usage},
    tickets::tickets,
};
pub use crate::period::Period;
use crate::{
    rows::{CustomerRows, Series, Sources},
    usage::{self as series, UsageFigures},
};

/// What is dear to make of rows. It may be kept, and [`Case::with`] makes the customer of it: how old it is, is judged
/// only then. It is true for the day and the period it was made for, until another delivery.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// Its usage by the primary metric; absent where it has none.
    pub usage: Option<UsageFigures>,
    /// Its tickets; absent where there is no row of any.
    pub tickets: Option<TicketFigures>,
}

impl Figures {
    /// The figures of a customer's rows.
    pub fn of(rows: &CustomerRows, sources: &Sources, as_of: NaiveDate, period: Period) -> Self {
        let (usage, tickets) = (Self::of_usage(rows, sources, as_of), Self::of_tickets(rows, sources, as_of, period));
        Self { usage, tickets }
    }

    /// Those of its usage alone; no period is in them.
    pub fn of_usage(rows: &CustomerRows, sources: &Sources, as_of: NaiveDate) -> Option<UsageFigures> {
        let (series, asked) = primary(rows, sources, as_of)?;
        let figures = series::figures(series, asked)?;
        // What a source computed itself it says again with every delivery.
        let said = sources.delivered(&series.source, Part::Usage).filter(|_| figures.step_days == 0);
        Some(UsageFigures { newest: said.map_or(figures.newest, |day| day.max(figures.newest)), ..figures })
    }

    /// Those of its tickets alone.
    pub fn of_tickets(
        rows: &CustomerRows,
        sources: &Sources,
        as_of: NaiveDate,
        period: Period,
    ) -> Option<TicketFigures> {
        tickets::figures(rows, sources, as_of, period)
    }
}

/// A customer as of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The customer.
    pub id: CustomerId,
    /// Its name.
    pub name: Line,
    /// The day everything is counted from.
    pub as_of: NaiveDate,
    /// The days that totals are made over; the last 90 days unless asked otherwise.
    pub period: Period,
    /// Its own fields, merged over its sources in their order.
    pub fields: Knowledge<CustomerFields>,
    /// Its usage by the primary metric.
    pub usage: Knowledge<UsageFigures>,
    /// The points behind its usage, oldest first; none where only the figures were read.
    pub points: Vec<UsagePoint>,
    /// Its tickets.
    pub tickets: Knowledge<TicketFigures>,
    /// Its contracts, taken together.
    pub contract: Knowledge<ContractFigures>,
    /// Whom emails address first.
    pub contact: Knowledge<Contact>,
    /// The people on record beside that one.
    pub others: Vec<Contact>,
    /// Its newest answer to a survey.
    pub satisfaction: Knowledge<Satisfaction>,
    /// What was done with it.
    pub activity: Knowledge<ActivityFigures>,
    /// Where and since when it is gone from every source that knew it.
    pub gone: Option<Source>,
}

/// The series that stands for usage, and the day up to which its source was asked: a week or month that was still
/// running then is not whole.
fn primary<'a>(rows: &'a CustomerRows, sources: &Sources, as_of: NaiveDate) -> Option<(&'a Series, NaiveDate)> {
    let series = series::primary(&rows.usage, sources.primary_metric.as_ref(), as_of)?;
    let delivered = sources.delivered(&series.source, Part::Usage);
    Some((series, delivered.map_or(as_of, |day| day.min(as_of))))
}

impl Case {
    /// What is known of a customer on the day `as_of`; totals are made over the last 90 days where no period is given.
    pub fn of(rows: &CustomerRows, sources: &Sources, as_of: NaiveDate, period: Option<Period>) -> Self {
        let period = period.unwrap_or_else(|| Period::up_to(as_of));
        let mut figures = Figures::of(rows, sources, as_of, period);
        let (series, asked) = primary(rows, sources, as_of).unzip();
        if let (Some(usage), Some(series), Some(asked)) = (&mut figures.usage, series, asked) {
            usage.period = series::in_period(series, asked, period);
        }
        let points = series.into_iter().flat_map(|series| &series.points).copied();
        let points = points.filter(|point| asked.is_some_and(|asked| point.date <= asked)).collect();
        Self { points, ..Self::with(rows, figures, sources, as_of, period) }
    }

    /// The same with figures that were kept: the points and tickets of `rows` are not looked at, and may be left out.
    pub fn with(rows: &CustomerRows, figures: Figures, sources: &Sources, as_of: NaiveDate, period: Period) -> Self {
        let fields = people::fields(&rows.fields, sources, as_of);
        Self {
            id: rows.id.clone(),
            name: fields.any().and_then(|fields| fields.name.clone()).unwrap_or_else(|| rows.id.as_str().into()),
            as_of,
            period,
            usage: usage(figures.usage, as_of),
            points: Vec::new(),
            tickets: tickets(figures.tickets, sources, as_of),
            contract: contract::figures(&rows.contracts, sources, as_of),
            contact: people::contact(&rows.contacts, &fields, sources, as_of),
            others: people::others(&rows.contacts, sources, as_of),
            satisfaction: people::satisfaction(&rows.satisfaction, as_of),
            activity: activity::figures(&rows.activity, as_of),
            gone: people::gone(&rows.fields, as_of),
            fields,
        }
    }

    /// When the contract renews. A renewal that has passed since the contract was last delivered may have been settled:
    /// it is stale, not overdue. One that had passed by then already is overdue.
    pub fn renewal(&self) -> Knowledge<NaiveDate> {
        let renewal = self.contract.and_then(|contract| contract.main.renewal_date);
        match &renewal {
            Knowledge::Known { value, source } if may_be_settled(*value, source, self.as_of) => renewal.into_stale(),
            _ => renewal,
        }
    }

    /// Whether it counts.
    pub fn standing(&self) -> Standing {
        match self.fields.any().and_then(|fields| fields.status) {
            _ if self.gone.is_some() => Standing::Gone,
            Some(Status::Churned) => Standing::Churned,
            Some(Status::Active) | None => Standing::Active,
        }
    }

    /// Whole days from `day` to the as-of day; negative where that is before it.
    pub fn days_since(&self, day: NaiveDate) -> i64 {
        self.as_of.signed_duration_since(day).num_days()
    }
}

/// Tickets as of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketFigures {
    /// Who keeps them; of several sources the one that delivered last.
    pub origin: Line,
    /// The day they were counted on, where they were only ever counted.
    pub counted_on: Option<NaiveDate>,
    /// How many are open, by priority.
    pub by_priority: OpenByPriority,
    /// When the oldest open one was opened.
    pub oldest_open: Option<NaiveDate>,
    /// Those to talk about, twenty at most: the open ones, most serious and then oldest first, then the newest closed
    /// ones.
    pub recent: Vec<Ticket>,
    /// What happened in the period; absent where tickets were only ever counted, or only the figures were kept.
    pub period: Option<TicketPeriod>,
}

/// What happened to tickets in a period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketPeriod {
    /// How many were opened.
    pub opened: u32,
    /// How many were closed.
    pub closed: u32,
    /// Median days from opening to closing of those closed; absent where none was.
    pub days_to_solve: Option<u32>,
    /// A subject that came three times or more, and how often; the most frequent.
    pub recurring: Option<(Line, u32)>,
}

/// All current contracts of a customer together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractFigures {
    /// The terms of the contract that most revenue hangs on, whose renewal counts.
    pub main: ContractTerms,
    /// How many there are.
    pub contracts: u32,
    /// Annual recurring revenue of all, one amount a currency, by currency; empty where none is known.
    pub arr: Vec<Money>,
    /// The same before it last changed, and the last day of that; absent where it never did. The first version also
    /// stands for earlier days.
    pub before: Option<(NaiveDate, Vec<Money>)>,
    /// Seats of all; absent where none are known.
    pub seats: Option<u32>,
}

impl ContractFigures {
    /// The revenue of all in the currency of the main contract, else in the first there is.
    pub fn main_arr(&self) -> Option<&Money> {
        let currency = self.main.arr.as_ref().map(|arr| &arr.currency);
        self.arr.iter().find(|arr| Some(&arr.currency) == currency).or(self.arr.first())
    }
}

/// An answer to a survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Satisfaction {
    pub survey: Survey,
    pub score: u32,
    pub date: NaiveDate,
}

/// What was done with a customer, and what is owed to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityFigures {
    /// The newest call, meeting or email, and its day; absent where there was none.
    pub last_touch: Option<(NaiveDate, ActivityKind)>,
    /// The first line of what was noted of it; absent where nothing was.
    pub talked_about: Option<Line>,
    /// What is to follow and is open, soonest first.
    pub follow_ups: Vec<Activity>,
    /// What was to follow and was closed on the day itself, soonest first.
    pub closed: Vec<Activity>,
    /// What was agreed last, and on which day; absent where nothing was.
    pub agreed: Option<(NaiveDate, Line)>,
}

/// Whether a renewal has passed since the contract was last delivered, so that nobody has heard what became of it.
pub(crate) fn may_be_settled(renewal: NaiveDate, source: &Source, as_of: NaiveDate) -> bool {
    source.as_of <= renewal && renewal < as_of
}
