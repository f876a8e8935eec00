//! Imports: pieces are kept as they come, and the delivery that ends them is carried out in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};
use contracts::{
    ImportId, Line, OwnerId,
    delivery::{Delivery, DeliveryReport, Gone, MAX_NAMED, Named, PartReport, Piece},
    facts::Part,
};

use super::{
    SqlStore, StoreError, Write,
    assembly::part,
    columns::Changed,
    crowded::Of,
    reading::keys,
    sql,
    statement::Runs,
    taking_in::{Done, Target},
    transaction::Transaction,
    values::{rows, unreadable},
    writes::Begun,
};
use crate::import::{intake::Intake, news::news, portions::portions};

/// How long pieces are kept.
const PIECES_LAST: TimeDelta = TimeDelta::hours(1);

/// How many changes a report tells of.
const MAX_CHANGES: usize = 10;

impl<DB: Runs> SqlStore<DB> {
    pub(super) async fn keep_piece(
        &self,
        write: &Write,
        import: &ImportId,
        number: u32,
        piece: &Piece,
    ) -> Result<(), StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let text = serde_json::to_string(piece).expect("a piece is plain data with text for keys");
        let put = self.query(sql::PUT_PIECE).bind(write.owner.as_str()).bind(import.as_str());
        let put = put.bind(i64::from(number)).bind(text.as_str()).bind(write.now + PIECES_LAST);
        put.execute(&mut tx).await?;
        self.query(sql::FORGET_PIECES).bind(write.now).execute(&mut tx).await?;
        self.commit(tx, write, ()).await
    }

    pub(super) async fn carry_out(
        &self,
        write: &Write,
        import: &ImportId,
        delivery: &Delivery,
    ) -> Result<DeliveryReport, StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let (owner, today) = (&write.owner, write.now.date_naive());
        let target = Target { owner, source: &delivery.source, day: delivery.day };
        self.take_book(&mut tx, owner, Changed::Nobody).await?;
        self.count_pieces(&mut tx, owner, import, delivery.pieces).await?;
        self.sum_up(&mut tx, owner, today).await?;
        let before = self.glimpses(&mut tx, owner, today, delivery.dry_run).await?;

        let newest = self.newest(&mut tx, &target).await?;
        let is_first = newest.is_empty();
        let mut intake = Intake::new(delivery.clone(), newest.clone());
        let mut done = Done::default();
        for number in 1..=delivery.pieces {
            let piece = self.piece(&mut tx, owner, import, number).await?;
            for (part, portion) in portions(piece) {
                let is_whole = delivery.is_whole(part);
                self.take(&mut tx, &target, (part, portion), is_whole, &mut intake, &mut done).await?;
            }
        }
        for part in Part::DELIVERED.into_iter().filter(|part| delivery.parts.contains_key(part)) {
            self.refuse_crowds(&mut tx, owner, part, Of::Each).await?;
        }
        // A source can only lose what it has delivered.
        let gone = match is_first {
            true => BTreeSet::new(),
            false => self.end_gone(&mut tx, &target, &mut intake, &mut done).await?,
        };
        let to_name: BTreeSet<_> = intake.to_name().into_iter().cloned().collect();
        let names = self.names(&mut tx, owner, &to_name).await?;
        let mut report = intake.finish(&names)?;
        if delivery.gone == Gone::Remove && delivery.is_whole(Part::Customers) && report.newer.is_none() {
            let delete = self.query(sql::DELETE_GONE).bind(owner.as_str()).bind(target.source.as_str());
            done.changed |= delete.execute(&mut tx).await? > 0;
        }
        self.reached(&mut tx, &target, delivery.is_whole(Part::Usage), &mut done).await?;
        self.note_day(&mut tx, &target, delivery, &newest, &mut done).await?;
        self.record_delivery(&mut tx, write, delivery, &report.parts, &mut done).await?;
        self.rename(&mut tx, &target, &done.named).await?;
        self.take_book(&mut tx, owner, Changed::everybody(done.changed)).await?;
        self.forget_sums(&mut tx, owner, target.source.as_str(), &done.outdated).await?;
        self.sum_up(&mut tx, owner, today).await?;

        if done.changed {
            let after = self.glimpses_again(&mut tx, owner, today, delivery.dry_run, &before).await?;
            report.changes = news(&before, &after, &gone);
        }
        let told = if delivery.dry_run { MAX_NAMED } else { MAX_CHANGES };
        report.more_changes = u32::try_from(report.changes.len().saturating_sub(told)).unwrap_or(u32::MAX);
        report.changes.truncate(told);
        report.without = self.without(&mut tx, owner).await?;
        let replaced = done.replaced.iter().take(MAX_NAMED).map(|id| Line::new(id.as_str()));
        report.demo_replaced = Named { count: done.replaced.len() as u64, names: replaced.collect() };
        report.demo_customers = self.count_demo(&mut tx, owner).await?;
        if !report.applied {
            return Ok(report);
        }
        self.quota.doubt(owner);
        self.query(sql::DELETE_PIECES).bind(owner.as_str()).bind(import.as_str()).execute(&mut tx).await?;
        self.commit(tx, write, report).await
    }

    async fn count_pieces(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        import: &ImportId,
        wanted: u32,
    ) -> Result<(), StoreError> {
        let count = self.query_as::<(i64,)>(sql::COUNT_PIECES).bind(owner.as_str()).bind(import.as_str());
        let (there,) = count.fetch_one(tx).await?;
        let there = u32::try_from(there).unwrap_or(u32::MAX);
        if there == wanted {
            return Ok(());
        }
        Err(StoreError::MissingPieces { import: import.clone(), there, wanted })
    }

    async fn piece(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        import: &ImportId,
        number: u32,
    ) -> Result<Piece, StoreError> {
        let piece = self.query_as::<(String,)>(sql::PIECE).bind(owner.as_str()).bind(import.as_str());
        let piece = piece.bind(i64::from(number)).fetch_optional(tx).await?;
        let missing = || StoreError::MissingPieces { import: import.clone(), there: 0, wanted: number };
        let (text,) = piece.ok_or_else(missing)?;
        serde_json::from_str(&text).map_err(|error| unreadable(error.into()))
    }

    /// The days of the source's newest deliveries.
    async fn newest(
        &self,
        tx: &mut Transaction<DB>,
        target: &Target<'_>,
    ) -> Result<BTreeMap<Part, NaiveDate>, StoreError> {
        let newest = self.query_as::<(String, NaiveDate)>(sql::NEWEST_DELIVERIES).bind(target.owner.as_str());
        let newest = newest.bind(target.source.as_str()).fetch_all(tx).await?;
        newest.into_iter().map(|(word, day)| Ok((part(&word).map_err(unreadable)?, day))).collect()
    }

    /// Notes what the day of the delivery makes wrong, whatever its rows say: its parts may be known of another day than they
    /// were.
    async fn note_day(
        &self,
        tx: &mut Transaction<DB>,
        target: &Target<'_>,
        delivery: &Delivery,
        newest: &BTreeMap<Part, NaiveDate>,
        done: &mut Done,
    ) -> Result<(), StoreError> {
        let moves = |part| delivery.parts.contains_key(&part) && newest.get(&part) != Some(&target.day);
        done.changed |= Part::DELIVERED.into_iter().any(moves);
        done.outdated.usage_of_source |= moves(Part::Usage);
        if moves(Part::Tickets) {
            let nobody = self.known_within(tx, sql::ENTRIES_OF_MANY, target.owner, keys([]), target.day).await?;
            done.outdated.all_tickets = nobody.sources.reorders(target.source, Part::Tickets, target.day);
        }
        Ok(())
    }

    /// Records the delivery, whether it changed something or not, and what it says of the sources.
    async fn record_delivery(
        &self,
        tx: &mut Transaction<DB>,
        write: &Write,
        delivery: &Delivery,
        parts: &BTreeMap<Part, PartReport>,
        done: &mut Done,
    ) -> Result<(), StoreError> {
        let owner = write.owner.as_str();
        let delivered = delivery.parts.keys().map(|part| (part, parts.get(part).cloned().unwrap_or_default()));
        let record = self.query(sql::RECORD_DELIVERY).bind(owner).bind(delivery.source.as_str());
        let record = record.bind(rows(&delivered.collect::<BTreeMap<_, _>>())).bind(delivery.day);
        record.bind(delivery.mode.as_str()).bind(write.now).execute(tx).await?;
        let order = self.query(sql::PREFER_SOURCES).bind(owner).bind(rows(&delivery.source_order));
        if !delivery.source_order.is_empty() && order.execute(tx).await? > 0 {
            (done.changed, done.outdated.all_usage) = (true, true);
        }
        if let Some(metric) = &delivery.primary_metric {
            let prefer = self.query(sql::PREFER_METRIC).bind(owner).bind(metric.as_str());
            if prefer.execute(tx).await? > 0 {
                (done.changed, done.outdated.all_usage) = (true, true);
            }
        }
        Ok(())
    }
}
