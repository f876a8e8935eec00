//! Taking in what a delivery brings: its rows, what is gone from its source, and how far its usage reaches.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contracts::{CustomerId, Line, OwnerId, SourceName, delivery::Piece, facts::Part};
use domain::rows::{CustomerRows, Series};
use futures::TryStreamExt;
use serde::Serialize;

use super::{
    Kept, LAST_DAY, SqlStore, StoreError,
    assembly::part,
    reading::keys,
    sql,
    statement::Runs,
    summing_up::Outdated,
    transaction::Transaction,
    values::{numbered, rows, unreadable},
};
use crate::import::{
    intake::{self, Changes, Current, Intake},
    portions::halves,
    reach::Reach,
};

/// How many of a source's things are looked through at once.
const CURRENT_AT_ONCE: usize = 5_000;

/// Of how many customers the names are read at once.
const NAMED_AT_ONCE: usize = 2_000;

/// What a delivery has done so far.
#[derive(Default)]
pub(super) struct Done {
    /// Whether anything is known otherwise: a row, a day that a source speaks of, or which source counts first.
    pub(super) changed: bool,
    /// Customers whose own fields changed.
    pub(super) named: BTreeSet<CustomerId>,
    /// Customers of the demo book whose ids others have now.
    pub(super) replaced: BTreeSet<CustomerId>,
    pub(super) outdated: Outdated,
    reach: Reach,
    /// The series of a delivery that has some of the customers only.
    partial: Vec<(CustomerId, Line)>,
}

impl Done {
    /// Notes what was changed of customers of whom this was `kept`; the others have the name they came with.
    fn note(&mut self, changes: &Changes, kept: &intake::Kept) {
        self.changed |= *changes != Changes::default();
        self.named.extend(changes.fields.iter().map(|(id, _)| id.clone()).filter(|id| kept.contains_key(id)));
        self.outdated.usage.extend(changes.series.iter().map(|series| series.customer_id.clone()));
        self.outdated.tickets.extend(changes.tickets.iter().map(|(id, _)| id.clone()));
    }
}

/// A thing that is gone.
#[derive(Serialize)]
struct GoneRow<'a> {
    customer: &'a CustomerId,
    key: &'a Line,
    from: NaiveDate,
}

/// A day that usage reaches.
#[derive(Serialize)]
struct ReachRow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<&'a CustomerId>,
    metric: &'a Line,
    day: NaiveDate,
}

/// The rows of a write that is going on.
pub(super) struct Target<'a> {
    pub(super) owner: &'a OwnerId,
    pub(super) source: &'a SourceName,
    pub(super) day: NaiveDate,
}

impl<DB: Runs> SqlStore<DB> {
    /// Takes a portion of a piece, by halves where there is no room for what is kept of all of its customers.
    pub(super) async fn take(
        &self,
        tx: &mut Transaction<DB>,
        target: &Target<'_>,
        (part, portion): (Part, Piece),
        is_whole: bool,
        intake: &mut Intake,
        done: &mut Done,
    ) -> Result<(), StoreError> {
        let mut waiting = vec![portion];
        while let Some(portion) = waiting.pop() {
            if !self.take_at_once(tx, target, (part, &portion), is_whole, intake, done).await? {
                waiting.extend(halves(portion).into_iter().rev());
            }
        }
        Ok(())
    }

    /// Takes rows of a piece: reads what is kept of the customers they name, and writes what is new. Of those whom this
    /// very delivery has brought into the book, nothing is kept that it does not say itself. False, and nothing is done, where
    /// there is no room for it.
    async fn take_at_once(
        &self,
        tx: &mut Transaction<DB>,
        target: &Target<'_>,
        (part, portion): (Part, &Piece),
        is_whole: bool,
        intake: &mut Intake,
        done: &mut Done,
    ) -> Result<bool, StoreError> {
        // A series that was begun by an earlier piece is written again as a whole.
        let is_new = |id: &&CustomerId| intake.has_created(id) && !done.outdated.usage.contains(*id);
        let (new, others): (Vec<_>, Vec<_>) = named(portion).into_iter().partition(is_new);
        let mut customers = Vec::new();
        if !others.is_empty() {
            let (statement, count) = (sql::part_of_many(part), others.len());
            let ids = (keys(others), count);
            let known = self.portion_within(tx, statement, target.owner, ids, target.day).await?;
            let Some(known) = known else { return Ok(false) };
            customers = known.customers;
        }
        let (demo, own): (Vec<_>, Vec<_>) = customers.into_iter().partition(|kept| kept.demo);
        if part == Part::Customers {
            done.replaced.extend(demo.into_iter().map(|kept| kept.rows.id));
        }
        let new = new.into_iter().map(|id| (id.clone(), CustomerRows::none(id.clone())));
        let kept: BTreeMap<_, _> = own.into_iter().map(|kept| (kept.rows.id.clone(), kept.rows)).chain(new).collect();
        let begun: Vec<_> = portion.usage.iter().map(|usage| intake.has_begun(usage)).collect();
        let changes = intake.take(portion, &kept);
        self.write_changes(tx, target.owner, target.source, target.day, &changes, &kept).await?;
        done.note(&changes, &kept);
        let usage = portion.usage.iter().zip(begun);
        for (usage, has_begun) in usage.filter(|(usage, _)| kept.contains_key(&usage.customer_id)) {
            let of = |series: &&Series| series.source == *target.source && series.metric == usage.metric;
            let before = kept.get(&usage.customer_id).and_then(|rows| rows.usage.iter().find(of));
            done.reach.count(usage, before.map_or(&[], |series| &series.points), has_begun);
            if !is_whole {
                done.partial.push((usage.customer_id.clone(), usage.metric.clone()));
            }
        }
        Ok(true)
    }

    /// Marks what is gone from the source; answers the customers among it.
    pub(super) async fn end_gone(
        &self,
        tx: &mut Transaction<DB>,
        target: &Target<'_>,
        intake: &mut Intake,
        done: &mut Done,
    ) -> Result<BTreeSet<CustomerId>, StoreError> {
        let mut gone = Current::new();
        {
            let query = self.query_as::<(String, String, String)>(sql::CURRENT).bind(target.owner.as_str());
            let mut found = query.bind(target.source.as_str()).fetch(tx);
            let mut current = Vec::with_capacity(CURRENT_AT_ONCE);
            let mut pass = |current: &mut Vec<_>| {
                let mut by_part = Current::new();
                for (part, id, key) in current.drain(..) {
                    by_part.entry(part).or_default().push((id, key));
                }
                for (part, things) in intake.gone(&by_part) {
                    gone.entry(part).or_default().extend(things);
                }
            };
            while let Some((word, id, key)) = found.try_next().await? {
                let id = CustomerId::try_from(id).map_err(|error| unreadable(error.into()))?;
                current.push((part(&word).map_err(unreadable)?, id, Line::from(key)));
                if current.len() == CURRENT_AT_ONCE {
                    pass(&mut current);
                }
            }
            pass(&mut current);
        }
        for (part, things) in &gone {
            let Some(text) = end_of(*part).filter(|_| !things.is_empty()) else { continue };
            let ends = things.iter().map(|(customer, key)| GoneRow { customer, key, from: target.day });
            let end = self.query(text).bind(target.owner.as_str()).bind(target.source.as_str());
            end.bind(numbered(ends)).execute(tx).await?;
            done.changed = true;
            let customers = things.iter().map(|(id, _)| id.clone());
            match part {
                Part::Usage => done.outdated.usage.extend(customers),
                Part::Tickets => done.outdated.tickets.extend(customers),
                _ => {}
            }
        }
        Ok(gone.remove(&Part::Customers).unwrap_or_default().into_iter().map(|(id, _)| id).collect())
    }

    /// Keeps how far the delivery's usage reaches: the source's, or its own customers' where it has some of them only.
    pub(super) async fn reached(
        &self,
        tx: &mut Transaction<DB>,
        target: &Target<'_>,
        is_whole: bool,
        done: &mut Done,
    ) -> Result<(), StoreError> {
        let bind = |text| self.query(text).bind(target.owner.as_str()).bind(target.source.as_str());
        if is_whole {
            let days = done.reach.days().map(|(metric, day)| ReachRow { customer: None, metric, day });
            let added = bind(sql::INSERT_REACH).bind(numbered(days)).execute(tx).await?;
            (done.changed, done.outdated.usage_of_source) = (done.changed || added > 0, added > 0);
            return Ok(());
        }
        let newest: BTreeMap<_, _> = done.reach.days().collect();
        let reached = done.partial.iter().filter_map(|(customer, metric)| {
            Some(ReachRow { customer: Some(customer), metric, day: *newest.get(metric)? })
        });
        let added = bind(sql::INSERT_PARTIAL_REACH).bind(numbered(reached)).execute(tx).await?;
        if added > 0 {
            done.changed = true;
            done.outdated.usage.extend(done.partial.iter().map(|(customer, _)| customer.clone()));
        }
        Ok(())
    }

    /// Gives customers the names that their sources say now; one that is gone keeps the name it had.
    pub(super) async fn rename(
        &self,
        tx: &mut Transaction<DB>,
        target: &Target<'_>,
        customers: &BTreeSet<CustomerId>,
    ) -> Result<(), StoreError> {
        let customers: Vec<_> = customers.iter().collect();
        for chunk in customers.chunks(NAMED_AT_ONCE) {
            let ids = keys(chunk.iter().copied());
            let known = self.known_within(tx, sql::ENTRIES_OF_MANY, target.owner, ids, LAST_DAY).await?;
            let name = |kept: &Kept| kept.said_name(&known.sources);
            let names: BTreeMap<_, _> =
                known.customers.iter().filter_map(|kept| Some((&kept.rows.id, [name(kept)?]))).collect();
            let rename = self.query(sql::RENAME_CUSTOMERS).bind(target.owner.as_str()).bind(rows(&names));
            rename.execute(tx).await?;
        }
        Ok(())
    }
}

/// How the end of a thing is written.
fn end_of(part: Part) -> Option<&'static str> {
    match part {
        Part::Customers => Some(sql::INSERT_FIELDS),
        Part::Contracts => Some(sql::INSERT_CONTRACTS),
        Part::Contacts => Some(sql::INSERT_CONTACTS),
        Part::Usage => Some(sql::END_SERIES),
        Part::Tickets => Some(sql::END_TICKETS),
        Part::Satisfaction | Part::Activity | Part::Health => None,
    }
}

/// The customers that a piece names.
fn named(piece: &Piece) -> BTreeSet<&CustomerId> {
    let customers = piece.customers.iter().map(|row| &row.id);
    let usage = piece.usage.iter().map(|rows| &rows.customer_id);
    let tickets = piece.tickets.iter().map(|rows| &rows.customer_id);
    let contracts = piece.contracts.iter().map(|row| &row.customer_id);
    let contacts = piece.contacts.iter().map(|row| &row.customer_id);
    let satisfaction = piece.satisfaction.iter().map(|row| &row.customer_id);
    let activity = piece.activity.iter().map(|row| &row.customer_id);
    let happened = tickets.chain(satisfaction).chain(activity);
    customers.chain(usage).chain(contracts).chain(contacts).chain(happened).collect()
}
