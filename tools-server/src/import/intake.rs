//! What a delivery changes: its pieces against what its source said before. Pure; the store only reads and writes.
//!
//! A row is compared with what the same source said of the same thing, and written where it says something else. What
//! the source knew and the delivery does not have is gone. Where the source has told a part of a later day already, the
//! delivery adds what has a day of its own, and everything else stays as the later one says it.

mod events;
mod losses;
mod past;
mod seen;
mod tally;
mod usage;
mod versions;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    activity::ActivityRow,
    delivery::{
        Contact, ContractTerms, CustomerFields, Delivery, DeliveryReport, Named, PartReport, Piece, UsageRows,
        UsageSummary,
    },
    facts::{Measure, Part, Ticket, UsagePoint},
};
use domain::rows::{CustomerRows, Response, Version};

use losses::Losses;
use seen::Seen;
use tally::{Standing, Tally};

/// A delivery that is being taken in, piece by piece. What it keeps grows with the customers and things of the delivery,
/// by some 20 to 100 bytes each, and not with its points, closed tickets and responses.
#[derive(Debug)]
pub struct Intake {
    delivery: Delivery,
    /// The source's newest delivery of each part so far.
    newest: BTreeMap<Part, NaiveDate>,
    tally: Tally,
    seen: Seen,
    losses: Losses,
}

/// Rows to write; all of them are the delivery's source's, from the delivery's day on. What says nothing new is not
/// among them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// Versions that are new or replace the one of the same day.
    pub fields: Vec<(CustomerId, Version<CustomerFields>)>,
    /// Series with news, or that are back.
    pub series: Vec<SeriesChange>,
    /// Tickets as they are now; none of them is gone, whatever it was before.
    pub tickets: Vec<(CustomerId, Ticket)>,
    /// As `fields`.
    pub contracts: Vec<(CustomerId, Version<ContractTerms>)>,
    /// As `fields`.
    pub contacts: Vec<(CustomerId, Version<Contact>)>,
    /// Responses that are new or say something else.
    pub responses: Vec<(CustomerId, Response)>,
    /// Activities that are new or say something else.
    pub activity: Vec<ActivityRow>,
}

/// What is new of one series of usage.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesChange {
    /// The customer.
    pub customer_id: CustomerId,
    /// What is measured.
    pub metric: Line,
    /// Whether it is a count or a level, as the source says now.
    pub measure: Option<Measure>,
    /// Points that are new or have another value.
    pub points: Vec<UsagePoint>,
    /// What the source computed itself, where it says something else than before.
    pub told: Option<UsageSummary>,
    /// The series was gone from its source and is there again. Points that an older delivery adds to a series that is
    /// gone do not bring it back.
    pub back: bool,
}

/// What the source knows of a part, by customer and key; a customer's own key is its id, a series' its metric, a
/// ticket's its id. Only what is not gone is in it, and of tickets only those without a closing day.
pub type Current = BTreeMap<Part, Vec<(CustomerId, Line)>>;

/// What the source, or another one, said before of the customers that a piece names and that are in the book. Rows of
/// other sources are passed over. Of a thing's versions the newest is needed, and the newest that says something.
pub type Kept = BTreeMap<CustomerId, CustomerRows>;

/// Why a delivery cannot be carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The delivery is strict, and has rows of customers who are not in the book.
    #[error("Rows of customers who are not in the book: {}; among them {}.", .0.count, first(&.0.names))]
    Strangers(Named),
    /// Pieces have rows of a part that is not among the delivery's.
    #[error("There are rows of {}, which is not among the parts of the delivery.", .0.as_str())]
    UnnamedPart(Part),
}

/// As many names as a sentence bears.
fn first(names: &[Line]) -> String {
    names.iter().take(5).map(Line::as_str).collect::<Vec<_>>().join(", ")
}

impl Intake {
    /// Begins. `newest` has the day of the source's newest delivery of each part before this one.
    pub fn new(delivery: Delivery, newest: BTreeMap<Part, NaiveDate>) -> Self {
        let tally = Tally::new(delivery.parts.keys().copied());
        Self { delivery, newest, tally, seen: Seen::default(), losses: Losses::default() }
    }

    /// Takes a piece, customers first, as the other rows name them. `kept` may or may not have what earlier pieces wrote.
    pub fn take(&mut self, piece: &Piece, kept: &Kept) -> Changes {
        Changes {
            fields: self.customers(&piece.customers, kept),
            series: self.usage(&piece.usage, kept),
            tickets: self.tickets(&piece.tickets, kept),
            contracts: self.contracts(&piece.contracts, kept),
            contacts: self.contacts(&piece.contacts, kept),
            responses: self.responses(&piece.satisfaction, kept),
            activity: self.activity(&piece.activity, kept),
        }
    }

    /// Whether the customer came into the book with this delivery.
    pub fn has_created(&self, id: &CustomerId) -> bool {
        self.tally.standing(id) == Some(Standing::Created)
    }

    /// Whether an earlier piece had rows of this series.
    pub fn has_begun(&self, usage: &UsageRows) -> bool {
        self.seen.contains(Part::Usage, &usage.customer_id, &usage.metric)
    }

    /// After the last piece is written: what the source knew and this delivery does not have. `current` may come in
    /// portions. Nothing is gone of a part that is not [whole](Delivery::is_whole), that a newer delivery told, or that has
    /// rejected rows, because nobody can tell which things those were; what stays for that is counted, so that losses are
    /// set against all there is.
    pub fn gone(&mut self, current: &Current) -> Current {
        let mut gone = Current::new();
        for (part, things) in current {
            if !self.delivery.parts.contains_key(part) || self.is_older(*part) {
                continue;
            }
            let absent = things.iter().filter(|(id, key)| !self.seen.contains(*part, id, key));
            if !self.delivery.is_whole(*part) || self.delivery.rejected.get(part).is_some_and(|rows| *rows > 0) {
                self.losses.stays(*part, absent.count());
                continue;
            }
            let absent: Vec<_> = absent.cloned().collect();
            for (id, key) in &absent {
                self.losses.gone(*part);
                self.tally.gone(*part, id, key);
            }
            gone.insert(*part, absent);
        }
        gone
    }

    /// The customers that the report tells by name.
    pub fn to_name(&self) -> BTreeSet<&CustomerId> {
        self.tally.to_name()
    }

    /// Ends. `names` has the names of [`to_name`](Self::to_name). What changed that matters, who is without what and the
    /// demo book are the store's to tell; the report has none of it yet.
    pub fn finish(self, names: &BTreeMap<CustomerId, Line>) -> Result<DeliveryReport, Refused> {
        let delivered = &self.delivery.parts;
        if let Some(part) = self.tally.parts().find(|part| !delivered.contains_key(part)) {
            return Err(Refused::UnnamedPart(part));
        }
        let strangers = self.tally.strangers();
        if self.delivery.strict && strangers.count > 0 {
            return Err(Refused::Strangers(strangers));
        }
        let newer = delivered.keys().filter(|part| self.is_older(**part)).filter_map(|part| self.newest.get(part));
        let newer = newer.max().copied();
        let losses = self.losses.that_ask();
        let (created, updated, unchanged) = self.tally.customers();
        let parts = self.tally.report(names);
        let asks = !losses.is_empty() || parts.values().any(PartReport::is_mostly_of_strangers);
        Ok(DeliveryReport {
            applied: !self.delivery.dry_run && (self.delivery.accept_losses || !asks),
            newer,
            created,
            updated,
            unchanged,
            parts,
            losses,
            changes: Vec::new(),
            more_changes: 0,
            without: BTreeMap::new(),
            demo_customers: 0,
            demo_replaced: Named::default(),
        })
    }

    /// Whether the source has told this part of a later day already.
    fn is_older(&self, part: Part) -> bool {
        self.newest.get(&part).is_some_and(|newest| self.delivery.day < *newest)
    }

    /// The optional columns of a part that were there.
    fn columns(&self, part: Part) -> &[Line] {
        self.delivery.parts.get(&part).map_or(&[], Vec::as_slice)
    }

    /// Whether rows of a customer are to be compared with what is kept. Those of a stranger are counted as such, and those
    /// of a customer whom only an older delivery has as outdated.
    fn admits(&mut self, part: Part, id: &CustomerId, rows: u64, kept: &Kept) -> bool {
        match self.tally.standing(id) {
            Some(Standing::LeftOut) => self.tally.left_out(part, rows),
            None if !kept.contains_key(id) => self.tally.strange(part, id, rows),
            Some(Standing::Created | Standing::Known { .. }) | None => return true,
        }
        false
    }

    /// Notes that the delivery has a thing, and whether the source knew it; false where that was noted before.
    fn sees(&mut self, part: Part, id: &CustomerId, key: &Line, was_known: bool) -> bool {
        let is_first = self.seen.insert(part, id, key);
        if is_first && was_known {
            self.losses.here(part);
        }
        is_first
    }
}
