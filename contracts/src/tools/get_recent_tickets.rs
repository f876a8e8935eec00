//! `get_recent_tickets`: open tickets by priority, and the ones to talk about.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Foreign, ReadParams, Tool};
use crate::{
    facts::{OpenByPriority, Part, Source, Ticket},
    reading::Reading,
};

/// The tool.
#[derive(Debug)]
pub enum GetRecentTickets {}

impl Tool for GetRecentTickets {
    const SUMMARY: &'static str = "Open tickets by priority, and the most serious ones.";
    const FACTS: &'static [Part] = &[Part::Tickets];
    type Params = ReadParams;
    type Report = TicketsReport;

    fn facts(report: &TicketsReport) -> &[Reading] {
        &report.facts
    }

    fn clean(report: &mut TicketsReport, by: &dyn Foreign) {
        for ticket in &mut report.recent {
            by.line(&mut ticket.id);
            ticket.subject.iter_mut().for_each(|subject| by.line(subject));
        }
        by.source(&mut report.source);
        by.readings(&mut report.facts);
    }
}

/// The answer of `get_recent_tickets`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TicketsReport {
    /// How many are open.
    pub open: u32,
    /// The open ones by priority.
    pub by_priority: OpenByPriority,
    /// When the oldest open one was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest_open: Option<NaiveDate>,
    /// Twenty tickets at most: the open ones, most serious and then oldest first, then the newest closed ones.
    #[serde(deserialize_with = "crate::newer::known_items")]
    pub recent: Vec<Ticket>,
    /// Whether it is too old to speak of as present.
    #[serde(default)]
    pub stale: bool,
    /// Where it comes from.
    pub source: Source,
    /// Everything that is known of tickets, as facts.
    #[serde(default, deserialize_with = "crate::newer::known_items")]
    pub facts: Vec<Reading>,
}
