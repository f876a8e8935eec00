//! What is kept of a customer: rows that say which day they speak of and which source brought them. Nothing in them
//! depends on the day they are read; [`case`](crate::case) makes them into what is known as of a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, SourceName,
    activity::ActivityRow,
    delivery::{Contact, ContractTerms, CustomerFields, UsageSummary},
    facts::{Measure, OpenByPriority, Part, Source, Survey, Ticket, UsagePoint},
};

/// Everything kept of one customer.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerRows {
    /// The customer.
    pub id: CustomerId,
    /// Its own fields, as its sources say them; the key is the customer's id.
    pub fields: Vec<Version<CustomerFields>>,
    /// Its usage.
    pub usage: Vec<Series>,
    /// Its tickets, in no particular order.
    pub tickets: Vec<TicketRow>,
    /// Tickets that were only ever counted, before tickets themselves were kept; used until a source delivers tickets.
    pub counted_tickets: Option<CountedTickets>,
    /// Its contracts; the key is the contract's id.
    pub contracts: Vec<Version<ContractTerms>>,
    /// Its people; the key is the e-mail address, else the name.
    pub contacts: Vec<Version<Contact>>,
    /// What its people answered, in no particular order.
    pub satisfaction: Vec<Response>,
    /// What was done with it, in no particular order.
    pub activity: Vec<ActivityRow>,
}

impl CustomerRows {
    /// A customer of whom nothing is kept.
    pub fn none(id: CustomerId) -> Self {
        Self {
            id,
            fields: Vec::new(),
            usage: Vec::new(),
            tickets: Vec::new(),
            counted_tickets: None,
            contracts: Vec::new(),
            contacts: Vec::new(),
            satisfaction: Vec::new(),
            activity: Vec::new(),
        }
    }
}

/// What is known of all sources of a book, as of a day: needed to read any customer of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    /// Which source counts first where two say different things; those not named come after, by name.
    pub order: Vec<SourceName>,
    /// The newest delivery not after the day, of each part of each source.
    pub delivered: Vec<Delivered>,
    /// The metric that stands for usage where a customer has several; the one with most points where absent.
    pub primary_metric: Option<Line>,
}

impl Sources {
    /// When `source` delivered `part` last.
    pub fn delivered(&self, source: &SourceName, part: Part) -> Option<NaiveDate> {
        let of_both = |delivered: &&Delivered| delivered.source == *source && delivered.part == part;
        self.delivered.iter().find(of_both).map(|delivered| delivered.day)
    }

    /// Whether `source`, once it delivers `part` on `day`, does so for the first time or overtakes another that had delivered
    /// it later. These are the sources as of that day, without the delivery.
    pub fn reorders(&self, source: &SourceName, part: Part, day: NaiveDate) -> bool {
        let Some(before) = self.delivered(source, part) else { return true };
        let mut others = self.delivered.iter().filter(|other| other.part == part && other.source != *source);
        before < day && others.any(|other| before <= other.day)
    }

    /// The same as it was on a day: of each part of each source the newest delivery not after it.
    pub fn as_of(&self, day: NaiveDate) -> Self {
        let mut newest: BTreeMap<(&SourceName, Part), NaiveDate> = BTreeMap::new();
        for Delivered { source, part, day } in self.delivered.iter().filter(|delivered| delivered.day <= day) {
            let known = newest.entry((source, *part)).or_insert(*day);
            *known = (*known).max(*day);
        }
        let delivered = newest.into_iter().map(|((source, part), day)| Delivered { source: source.clone(), part, day });
        Self { delivered: delivered.collect(), ..self.clone() }
    }

    /// The place of `source` among all: smaller ones count first.
    pub fn rank<'a>(&self, source: &'a SourceName) -> (usize, &'a str) {
        (self.order.iter().position(|named| named == source).unwrap_or(usize::MAX), source.as_str())
    }
}

/// That a source delivered a part.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Delivered {
    pub source: SourceName,
    pub part: Part,
    pub day: NaiveDate,
}

/// What one source says of one thing from a day on, until its next version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version<T> {
    /// Who says it.
    pub source: SourceName,
    /// Of which thing, by the source's own key.
    pub key: Line,
    /// From which day on: that of the delivery that said it first.
    pub from: NaiveDate,
    /// What is said; none where the thing is gone from the source.
    pub says: Option<T>,
}

/// Usage of one customer by one metric, as one source delivers it.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Who measures.
    pub source: SourceName,
    /// What is measured, such as `logins a day`.
    pub metric: Line,
    /// Whether it is a count or a level, where the source says.
    pub measure: Option<Measure>,
    /// The dated points, oldest first, each day once; those after the as-of day are passed over.
    pub points: Vec<UsagePoint>,
    /// What the source computed itself, by the day it was told, oldest first; told again unchanged, it speaks of the later
    /// day.
    pub told: Vec<(NaiveDate, UsageSummary)>,
    /// The day up to which the source reaches (D of the design): the newest day not after the as-of day on which enough
    /// of its customers have a row of this metric, or a partial delivery's own for the customers in it. None without
    /// points.
    pub reach: Option<NaiveDate>,
    /// From which day on the series is gone from its source.
    pub gone_on: Option<NaiveDate>,
}

/// A ticket, and whether its source still knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketRow {
    /// Who keeps it.
    pub source: SourceName,
    /// The ticket; its closing day may be after the as-of day.
    pub ticket: Ticket,
    /// From which day on it is gone from its source: neither open nor closed.
    pub gone_on: Option<NaiveDate>,
}

/// A count of open tickets on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedTickets {
    /// Who counted, and for which day.
    pub source: Source,
    /// How many were open.
    pub by_priority: OpenByPriority,
    /// When the oldest of them was opened.
    pub oldest_open: Option<NaiveDate>,
    /// The tickets to talk about, twenty at most.
    pub recent: Vec<Ticket>,
}

/// One answer to a survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Who asked.
    pub source: SourceName,
    /// The source's own id of the response.
    pub key: Line,
    /// The day (UTC) of the response.
    pub date: NaiveDate,
    /// What was asked.
    pub survey: Survey,
    /// 1 to 5 for CSAT, 0 to 10 for NPS.
    pub score: u32,
}
