//! A customer as of a day: what its rows come to. Facts, health and words read this and nothing else.

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    delivery::{Contact, ContractTerms, CustomerFields},
    facts::{Money, OpenByPriority, Source, Survey, Ticket, UsagePoint},
    reading::Knowledge,
};
use serde::{Deserialize, Serialize};

use crate::usage::UsageFigures;

/// The days that totals and counts are made over, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
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
    /// Its newest answer to a survey.
    pub satisfaction: Knowledge<Satisfaction>,
    /// Where and since when it is gone from every source that knew it.
    pub gone: Option<Source>,
}

/// Tickets as of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TicketFigures {
    /// How many are open, by priority.
    pub by_priority: OpenByPriority,
    /// When the oldest open one was opened.
    pub oldest_open: Option<NaiveDate>,
    /// Those to talk about, ten at most: the open ones, most serious and then oldest first, then the newest closed ones.
    pub recent: Vec<Ticket>,
    /// What happened in the period; absent where tickets were only ever counted, or only the figures were read.
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
    /// The same in the version before, and the day that ended; absent where there is none. The first version also stands
    /// for earlier days.
    pub before: Option<(NaiveDate, Vec<Money>)>,
    /// Seats of all; absent where none are known.
    pub seats: Option<u32>,
}

/// An answer to a survey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Satisfaction {
    pub survey: Survey,
    pub score: u32,
    pub date: NaiveDate,
}
