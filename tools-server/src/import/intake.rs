//! What a delivery changes: its pieces against what its source said before. Pure; the store only reads and writes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    delivery::{Contact, ContractTerms, CustomerFields, Delivery, PartReport, Piece, UsageSummary},
    facts::{Measure, Part, Ticket, UsagePoint},
};
use domain::rows::{CustomerRows, Response, Version};

/// A delivery that is being taken in, piece by piece.
#[derive(Debug)]
pub struct Intake {
    delivery: Delivery,
    /// The source's newest delivery of each part so far.
    newest: BTreeMap<Part, NaiveDate>,
    parts: BTreeMap<Part, PartReport>,
}

/// Rows to write; all of them are the delivery's source's, from the delivery's day on. What says nothing new is not
/// among them.
#[derive(Debug, Clone, Default, PartialEq)]
#[expect(missing_docs, reason = "one list a table")]
pub struct Changes {
    pub fields: Vec<(CustomerId, Version<CustomerFields>)>,
    pub series: Vec<SeriesChange>,
    pub tickets: Vec<(CustomerId, Ticket)>,
    pub contracts: Vec<(CustomerId, Version<ContractTerms>)>,
    pub contacts: Vec<(CustomerId, Version<Contact>)>,
    pub responses: Vec<(CustomerId, Response)>,
}

/// What is new of one series of usage.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "as in domain::rows::Series")]
pub struct SeriesChange {
    pub customer_id: CustomerId,
    pub metric: Line,
    pub measure: Option<Measure>,
    /// Points that are new or have another value.
    pub points: Vec<UsagePoint>,
    pub told: Option<UsageSummary>,
}

/// What the source knows now of a part, by customer and key; a customer's own key is its id, a series' its metric, a
/// ticket's its id.
pub type Current = BTreeMap<Part, Vec<(CustomerId, Line)>>;

impl Intake {
    /// Begins. `newest` has the day of the source's newest delivery of each part before this one.
    pub fn new(delivery: Delivery, newest: BTreeMap<Part, NaiveDate>) -> Self {
        Self { delivery, newest, parts: BTreeMap::new() }
    }

    /// Takes a piece. `kept` has what this source said of the customers that the piece names and that are in the book.
    pub fn take(&mut self, piece: &Piece, kept: &BTreeMap<CustomerId, CustomerRows>) -> Changes {
        let _ = (piece, kept, &self.delivery, &self.newest, &self.parts);
        Changes::default()
    }

    /// After the last piece: what the source knew and this delivery does not have. Nothing in mode `changes`, or of a part
    /// that a newer delivery told.
    pub fn gone(&mut self, current: &Current) -> Current {
        let _ = current;
        Current::new()
    }
}
