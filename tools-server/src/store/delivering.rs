//! Imports: pieces are kept as they come, and the delivery that ends them is carried out in one transaction.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use contracts::{
    CustomerId, ImportId, Line, OwnerId, SourceName,
    delivery::{Delivery, DeliveryReport, Gone, MAX_NAMED, Mode, Named, PartReport, Piece},
    facts::Part,
};
use domain::{
    health::{inputs_of, judge},
    rows::Series,
};
use futures::TryStreamExt;
use serde::Serialize;
use sqlx::{Encode, Executor, IntoArguments, Type};

use super::{
    Kept, Known, SqlStore, StoreError, Write,
    assembly::{PartRow, part},
    reading::{keys, of_ids},
    relational::{Begun, Bind, Dialect, Read, Rows, numbered, rows, unreadable},
    rows::AnswerRow,
    sql,
    summing_up::Outdated,
    transaction::Transaction,
};
use crate::{
    book::Entry,
    import::{
        intake::{Changes, Current, Intake},
        news::{Glimpse, Glimpses, news},
        portions::portions,
        reach::Reach,
    },
};

/// How long pieces are kept.
const PIECES_LAST: TimeDelta = TimeDelta::hours(1);

/// How many of a source's things are looked through at once.
const CURRENT_AT_ONCE: usize = 5_000;

/// How many customers are glimpsed at at once.
const GLIMPSED_AT_ONCE: i64 = 2_000;

/// How many changes a report tells of.
const MAX_CHANGES: usize = 10;

/// The last day that both databases keep.
const LAST_DAY: NaiveDate = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day");

/// What a delivery has done so far.
#[derive(Default)]
struct Done {
    /// Whether any row changed.
    changed: bool,
    /// Customers whose own fields changed.
    named: BTreeSet<CustomerId>,
    outdated: Outdated,
    reach: Reach,
    /// The series of a delivery that has some of the customers only.
    partial: Vec<(CustomerId, Line)>,
}

impl Done {
    fn note(&mut self, changes: &Changes) {
        self.changed |= *changes != Changes::default();
        self.named.extend(changes.fields.iter().map(|(id, _)| id.clone()));
        self.outdated.usage.extend(changes.series.iter().map(|series| series.customer_id.clone()));
        self.outdated.tickets.extend(changes.tickets.iter().map(|(id, _)| id.clone()));
    }
}

/// Where the pieces of an import are.
#[derive(Clone, Copy)]
pub(super) enum Pieces<'a> {
    /// In the database, under this import.
    Kept(&'a ImportId),
    /// Here, all of them in one.
    Sent(&'a Piece),
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
struct Target<'a> {
    owner: &'a OwnerId,
    source: &'a SourceName,
    day: NaiveDate,
}

impl<DB> SqlStore<DB>
where
    DB: Dialect<Arguments: IntoArguments<DB>>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    bool: Bind<DB>,
    i64: Bind<DB>,
    NaiveDate: Bind<DB>,
    DateTime<Utc>: Bind<DB>,
    Rows: Bind<DB>,
    AnswerRow: Read<DB>,
    PartRow: Read<DB>,
    (String,): Read<DB>,
    (String, NaiveDate): Read<DB>,
    (String, String, String): Read<DB>,
    (i64,): Read<DB>,
{
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
        put.execute(&mut *tx).await?;
        self.query(sql::FORGET_PIECES).bind(write.now).execute(&mut *tx).await?;
        self.commit(tx, write, ()).await
    }

    pub(super) async fn carry_out(
        &self,
        write: &Write,
        pieces: Pieces<'_>,
        delivery: &Delivery,
    ) -> Result<DeliveryReport, StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let (owner, today) = (&write.owner, write.now.date_naive());
        let target = Target { owner, source: &delivery.source, day: delivery.day };
        self.take_book(&mut tx, owner, 0).await?;
        if let Pieces::Kept(import) = pieces {
            self.count_pieces(&mut tx, owner, import, delivery.pieces).await?;
        }
        self.sum_up(&mut tx, owner, today).await?;
        let before = self.glimpses(&mut tx, owner, today).await?;

        let mut intake = Intake::new(delivery.clone(), self.newest(&mut tx, &target).await?);
        let mut done = Done::default();
        for number in 1..=delivery.pieces {
            let piece = match pieces {
                Pieces::Kept(import) => self.piece(&mut tx, owner, import, number).await?,
                Pieces::Sent(piece) => piece.clone(),
            };
            for (part, portion) in portions(piece) {
                self.take(&mut tx, &target, (part, &portion), delivery.mode, &mut intake, &mut done).await?;
            }
        }
        let gone = self.end_gone(&mut tx, &target, &mut intake, &mut done).await?;
        let to_name: BTreeSet<_> = intake.to_name().into_iter().cloned().collect();
        let names = self.names(&mut tx, owner, &to_name).await?;
        let mut report = intake.finish(&names)?;
        if delivery.gone == Gone::Remove && delivery.mode == Mode::Snapshot && report.newer.is_none() {
            let delete = self.query(sql::DELETE_GONE).bind(owner.as_str()).bind(target.source.as_str());
            done.changed |= DB::rows_affected(&delete.execute(&mut *tx).await?) > 0;
        }
        self.reached(&mut tx, &target, delivery.mode, &mut done).await?;
        self.record_delivery(&mut tx, write, delivery, &report.parts, &mut done).await?;
        self.rename(&mut tx, &target, &done.named).await?;
        self.take_book(&mut tx, owner, i64::from(done.changed)).await?;
        self.forget_sums(&mut tx, owner, target.source.as_str(), &done.outdated).await?;
        self.sum_up(&mut tx, owner, today).await?;

        let after = self.glimpses(&mut tx, owner, today).await?;
        let told = if delivery.dry_run { MAX_NAMED } else { MAX_CHANGES };
        report.changes = news(&before, &after, &gone);
        report.more_changes = u32::try_from(report.changes.len().saturating_sub(told)).unwrap_or(u32::MAX);
        report.changes.truncate(told);
        report.without = self.without(&mut tx, owner).await?;
        report.demo_customers = self.count_demo(&mut tx, owner).await?;
        if !report.applied {
            return Ok(report);
        }
        if let Pieces::Kept(import) = pieces {
            self.query(sql::DELETE_PIECES).bind(owner.as_str()).bind(import.as_str()).execute(&mut *tx).await?;
        }
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
        let (there,) = count.fetch_one(&mut **tx).await?;
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
        let piece = piece.bind(i64::from(number)).fetch_optional(&mut **tx).await?;
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
        let newest = newest.bind(target.source.as_str()).fetch_all(&mut **tx).await?;
        newest.into_iter().map(|(word, day)| Ok((part(&word).map_err(unreadable)?, day))).collect()
    }

    /// Takes a portion of a piece: reads what is kept of the customers it names, and writes what is new.
    async fn take(
        &self,
        tx: &mut Transaction<DB>,
        target: &Target<'_>,
        (part, portion): (Part, &Piece),
        mode: Mode,
        intake: &mut Intake,
        done: &mut Done,
    ) -> Result<(), StoreError> {
        let (statement, ids) = (sql::part_of_many(part), keys(named(portion)));
        let Known { customers, .. } = self.known_within(tx, statement, target.owner, ids, target.day).await?;
        let own = customers.into_iter().filter(|kept| !kept.demo);
        let kept: BTreeMap<_, _> = own.map(|kept| (kept.rows.id.clone(), kept.rows)).collect();
        let changes = intake.take(portion, &kept);
        self.write_changes(tx, target.owner, target.source, target.day, &changes).await?;
        done.note(&changes);
        for usage in portion.usage.iter().filter(|usage| kept.contains_key(&usage.customer_id)) {
            let of = |series: &&Series| series.source == *target.source && series.metric == usage.metric;
            let before = kept.get(&usage.customer_id).and_then(|rows| rows.usage.iter().find(of));
            done.reach.count(usage, before.map_or(&[], |series| &series.points));
            if mode == Mode::Changes {
                done.partial.push((usage.customer_id.clone(), usage.metric.clone()));
            }
        }
        Ok(())
    }

    /// Marks what is gone from the source; answers the customers among it.
    async fn end_gone(
        &self,
        tx: &mut Transaction<DB>,
        target: &Target<'_>,
        intake: &mut Intake,
        done: &mut Done,
    ) -> Result<BTreeSet<CustomerId>, StoreError> {
        let mut gone = Current::new();
        {
            let query = self.query_as::<(String, String, String)>(sql::CURRENT).bind(target.owner.as_str());
            let mut found = query.bind(target.source.as_str()).fetch(&mut **tx);
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
            end.bind(numbered(ends)).execute(&mut **tx).await?;
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

    async fn names(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        customers: &BTreeSet<CustomerId>,
    ) -> Result<BTreeMap<CustomerId, Line>, StoreError> {
        let known = self.known_within(tx, sql::ENTRIES_OF_MANY, owner, keys(customers), LAST_DAY).await?;
        Ok(known.customers.into_iter().map(|kept| (kept.rows.id, kept.name)).collect())
    }

    /// Keeps how far the delivery's usage reaches: the source's, or its own customers' where it has some of them only.
    async fn reached(
        &self,
        tx: &mut Transaction<DB>,
        target: &Target<'_>,
        mode: Mode,
        done: &mut Done,
    ) -> Result<(), StoreError> {
        let bind = |text| self.query(text).bind(target.owner.as_str()).bind(target.source.as_str());
        match mode {
            Mode::Snapshot => {
                let days = done.reach.days().map(|(metric, day)| ReachRow { customer: None, metric, day });
                let added = bind(sql::INSERT_REACH).bind(numbered(days)).execute(&mut **tx).await?;
                done.outdated.usage_of_source = DB::rows_affected(&added) > 0;
            }
            Mode::Changes => {
                let newest: BTreeMap<_, _> = done.reach.days().collect();
                let reached = done.partial.iter().filter_map(|(customer, metric)| {
                    Some(ReachRow { customer: Some(customer), metric, day: *newest.get(metric)? })
                });
                let added = bind(sql::INSERT_PARTIAL_REACH).bind(numbered(reached)).execute(&mut **tx).await?;
                if DB::rows_affected(&added) > 0 {
                    done.outdated.usage.extend(done.partial.iter().map(|(customer, _)| customer.clone()));
                }
            }
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
        record.bind(delivery.mode.as_str()).bind(write.now).execute(&mut **tx).await?;
        done.outdated.all_tickets = delivery.parts.contains_key(&Part::Tickets);
        let order = self.query(sql::PREFER_SOURCES).bind(owner).bind(rows(&delivery.source_order));
        if !delivery.source_order.is_empty() && DB::rows_affected(&order.execute(&mut **tx).await?) > 0 {
            (done.changed, done.outdated.all_usage) = (true, true);
        }
        if let Some(metric) = &delivery.primary_metric {
            let prefer = self.query(sql::PREFER_METRIC).bind(owner).bind(metric.as_str());
            if DB::rows_affected(&prefer.execute(&mut **tx).await?) > 0 {
                (done.changed, done.outdated.all_usage) = (true, true);
            }
        }
        Ok(())
    }

    /// Gives customers the names that their sources say now; one that is gone keeps the name it had.
    async fn rename(
        &self,
        tx: &mut Transaction<DB>,
        target: &Target<'_>,
        customers: &BTreeSet<CustomerId>,
    ) -> Result<(), StoreError> {
        let customers: Vec<_> = customers.iter().collect();
        for chunk in customers.chunks(GLIMPSED_AT_ONCE as usize) {
            let ids = keys(chunk.iter().copied());
            let known = self.known_within(tx, sql::ENTRIES_OF_MANY, target.owner, ids, LAST_DAY).await?;
            let name = |kept: &Kept| kept.said_name(&known.sources);
            let names: BTreeMap<_, _> =
                known.customers.iter().filter_map(|kept| Some((&kept.rows.id, [name(kept)?]))).collect();
            let rename = self.query(sql::RENAME_CUSTOMERS).bind(target.owner.as_str()).bind(rows(&names));
            rename.execute(&mut **tx).await?;
        }
        Ok(())
    }

    /// The owner's own customers at a glance, some at a time.
    async fn glimpses(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        today: NaiveDate,
    ) -> Result<Glimpses, StoreError> {
        let mut glimpses = Glimpses::new();
        let mut after = String::new();
        loop {
            let ids = self.query_as::<(String,)>(sql::CUSTOMERS_AFTER).bind(owner.as_str()).bind(after.as_str());
            let ids = ids.bind(GLIMPSED_AT_ONCE).fetch_all(&mut **tx).await?;
            let Some((last,)) = ids.last() else { return Ok(glimpses) };
            let known = self.known_within(tx, sql::ENTRIES_OF_MANY, owner, of_ids(&ids), today).await?;
            let Known { sources, customers, .. } = known;
            glimpses.extend(customers.into_iter().map(|kept| {
                let figures = kept.tickets.as_ref().and_then(|tickets| tickets.figures.as_ref());
                let urgent = figures.map_or(0, |figures| figures.by_priority.urgent);
                let Entry { case, .. } = Entry::of(kept, &sources, today);
                let risk = judge(&inputs_of(&case)).risk;
                let arr = case.contract.any().map(|contract| contract.arr.clone()).unwrap_or_default();
                (case.id, Glimpse { name: case.name, risk, arr, urgent })
            }));
            after.clone_from(last);
        }
    }

    /// Customers of the book of whom a part is not known.
    async fn without(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
    ) -> Result<BTreeMap<Part, Named>, StoreError> {
        let mut without = BTreeMap::<Part, Named>::new();
        let query = self.query_as::<(String, String, String)>(sql::WITHOUT).bind(owner.as_str());
        let mut found = query.fetch(&mut **tx);
        while let Some((word, _, name)) = found.try_next().await? {
            let named = without.entry(part(&word).map_err(unreadable)?).or_default();
            named.count += 1;
            if named.names.len() < MAX_NAMED {
                named.names.push(name.into());
            }
        }
        Ok(without)
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
    customers.chain(usage).chain(tickets).chain(contracts).chain(contacts).chain(satisfaction).collect()
}
