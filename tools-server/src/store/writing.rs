//! Writing rows: what a delivery changes, what a user says of one customer, and which customers the demo book has.

use std::{collections::BTreeMap, slice};

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, OwnerId, SourceName,
    book::CustomerRecord,
    delivery::CustomerFields,
    facts::{Measure, Ticket},
};
use domain::rows::{Response, Series, Version};
use serde::Serialize;

use super::{
    SqlStore, StoreError, Write,
    activity::new_rows,
    assembly::Answered,
    columns::Changed,
    points, sql,
    statement::Runs,
    transaction::Transaction,
    values::{MANUAL, numbered, rows},
    writes::Begun,
};
use crate::{
    demo,
    import::intake::{Changes, Kept, SeriesChange},
};

/// Whether a user adds a customer or changes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edit {
    Add,
    Replace,
}

#[derive(Serialize)]
struct VersionRow<'a, T> {
    customer: &'a CustomerId,
    key: &'a Line,
    from: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    says: &'a Option<T>,
}

#[derive(Serialize)]
struct SeriesRow<'a> {
    customer: &'a CustomerId,
    metric: &'a Line,
    #[serde(skip_serializing_if = "Option::is_none")]
    measure: Option<Measure>,
    points: String,
}

#[derive(Serialize)]
struct TicketRow<'a> {
    customer: &'a CustomerId,
    ticket: &'a Ticket,
}

#[derive(Serialize)]
struct ResponseRow<'a> {
    customer: &'a CustomerId,
    key: &'a Line,
    date: NaiveDate,
    answer: Answered,
}

fn version_rows<'a, T: Serialize + 'a>(
    versions: impl IntoIterator<Item = &'a (CustomerId, Version<T>)>,
) -> impl Iterator<Item = VersionRow<'a, T>> {
    versions.into_iter().map(|(customer, Version { key, from, says, .. })| VersionRow {
        customer,
        key,
        from: *from,
        says,
    })
}

impl<'a> SeriesRow<'a> {
    /// The series as a whole, with what is `kept` of it.
    fn new(change: &'a SeriesChange, source: &SourceName, kept: &Kept) -> Self {
        let of = |series: &&Series| series.source == *source && series.metric == change.metric;
        let before = kept.get(&change.customer_id).and_then(|rows| rows.usage.iter().find(of));
        let before = before.map_or(&[][..], |series| &series.points);
        Self {
            customer: &change.customer_id,
            metric: &change.metric,
            measure: change.measure,
            points: points::written(&points::with(before, &change.points)),
        }
    }
}

impl<'a> From<&'a (CustomerId, Response)> for ResponseRow<'a> {
    fn from((customer, response): &'a (CustomerId, Response)) -> Self {
        let answer = Answered { survey: response.survey, score: response.score };
        Self { customer, key: &response.key, date: response.date, answer }
    }
}

impl<DB: Runs> SqlStore<DB> {
    /// Has the owner's book to itself until the transaction ends; its revision grows where something is known otherwise of
    /// somebody.
    pub(super) async fn take_book(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        changed: Changed<'_>,
    ) -> Result<(), StoreError> {
        let changes = i64::from(changed != Changed::Nobody);
        self.query(sql::TAKE_BOOK).bind(owner.as_str()).bind(changes).execute(tx).await?;
        self.forget_columns(tx, owner, changed).await
    }

    /// Writes what a delivery of `source` changes of customers of whom this was `kept`: one statement a table.
    pub(super) async fn write_changes(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        source: &SourceName,
        day: NaiveDate,
        changes: &Changes,
        kept: &Kept,
    ) -> Result<(), StoreError> {
        if !changes.fields.is_empty() {
            self.add_customers(tx, owner, changes).await?;
        }
        let told = changes.series.iter().filter(|series| series.told.is_some());
        let told = told.map(|SeriesChange { customer_id: customer, metric: key, told: says, .. }| VersionRow {
            customer,
            key,
            from: day,
            says,
        });
        let series = numbered(changes.series.iter().map(|change| SeriesRow::new(change, source, kept)));
        let back =
            changes.series.iter().filter(|series| series.back).map(|series| (&series.customer_id, &series.metric));
        let tickets = changes.tickets.iter().map(|(customer, ticket)| TicketRow { customer, ticket });
        let parts = [
            (sql::INSERT_FIELDS, numbered(version_rows(&changes.fields)), !changes.fields.is_empty()),
            (sql::INSERT_CONTRACTS, numbered(version_rows(&changes.contracts)), !changes.contracts.is_empty()),
            (sql::INSERT_CONTACTS, numbered(version_rows(&changes.contacts)), !changes.contacts.is_empty()),
            (sql::INSERT_SERIES, series, !changes.series.is_empty()),
            (sql::BRING_SERIES_BACK, numbered(back), changes.series.iter().any(|series| series.back)),
            (sql::INSERT_TOLD_USAGE, numbered(told), changes.series.iter().any(|series| series.told.is_some())),
            (sql::INSERT_TICKETS, numbered(tickets), !changes.tickets.is_empty()),
            (
                sql::INSERT_RESPONSES,
                numbered(changes.responses.iter().map(ResponseRow::from)),
                !changes.responses.is_empty(),
            ),
            (
                sql::INSERT_ACTIVITY,
                new_rows(changes.activity.iter().map(|row| &row.activity)),
                !changes.activity.is_empty(),
            ),
        ];
        for (text, rows, any) in parts {
            if any {
                let write = self.query(text).bind(owner.as_str()).bind(source.as_str()).bind(rows);
                write.execute(tx).await?;
            }
        }
        Ok(())
    }

    /// Adds the customers that are not there yet. One of the demo book goes, with everything of it, before the user's own
    /// comes.
    async fn add_customers(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        changes: &Changes,
    ) -> Result<(), StoreError> {
        let name = |fields: &Option<CustomerFields>| fields.as_ref().and_then(|fields| fields.name.clone());
        let names = changes.fields.iter().map(|(id, version)| {
            let name = name(&version.says).unwrap_or_else(|| Line::new(id.as_str()));
            (id, [name])
        });
        let names = rows(&names.collect::<BTreeMap<_, _>>());
        let delete = self.query(sql::DELETE_DEMO_OF_MANY).bind(owner.as_str()).bind(names.clone());
        delete.execute(tx).await?;
        let insert = self.query(sql::INSERT_CUSTOMERS).bind(owner.as_str()).bind(names).bind(false);
        insert.execute(tx).await?;
        Ok(())
    }

    /// Keeps what a user says of a customer; it is a source like any other, with a row a day at the most.
    pub(super) async fn write_customer(
        &self,
        write: &Write,
        customer: &CustomerRecord,
        edit: Edit,
    ) -> Result<(), StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let (owner, id) = (&write.owner, &customer.id);
        let names = rows(&BTreeMap::from([(id, [&customer.name])]));
        let known = match edit {
            Edit::Add => self.query(sql::INSERT_CUSTOMERS).bind(owner.as_str()).bind(names).bind(false),
            Edit::Replace => self.query(sql::OWN_CUSTOMERS).bind(owner.as_str()).bind(names),
        };
        if known.execute(&mut tx).await? == 0 {
            return Err(match edit {
                Edit::Add => StoreError::Exists(id.clone()),
                Edit::Replace => StoreError::UnknownCustomer(id.clone()),
            });
        }
        let says = Some(CustomerFields {
            name: Some(customer.name.clone()),
            industry: customer.industry.clone(),
            segment: customer.segment.clone(),
            contact: customer.contact.clone(),
            ..CustomerFields::default()
        });
        let key = Line::new(id.as_str());
        let version = VersionRow { customer: id, key: &key, from: write.now.date_naive(), says: &says };
        let insert = self.query(sql::INSERT_FIELDS).bind(owner.as_str()).bind(MANUAL).bind(numbered([version]));
        insert.execute(&mut tx).await?;
        self.take_book(&mut tx, owner, Changed::These(slice::from_ref(id))).await?;
        self.commit(tx, write, ()).await
    }

    /// Adds the demo book's customers that are not there; an id that is the user's own is let be.
    pub(super) async fn add_demo(&self, write: &Write) -> Result<u32, StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let names = rows(&demo::names().map(|(id, name)| (id, [name])).collect::<BTreeMap<_, _>>());
        let insert = self.query(sql::INSERT_CUSTOMERS).bind(write.owner.as_str()).bind(names).bind(true);
        let added = insert.execute(&mut tx).await?;
        self.take_book(&mut tx, &write.owner, Changed::everybody(added > 0)).await?;
        let customers = self.count_demo(&mut tx, &write.owner).await?;
        self.commit(tx, write, customers).await
    }

    pub(super) async fn count_demo(&self, tx: &mut Transaction<DB>, owner: &OwnerId) -> Result<u32, StoreError> {
        let count = self.query_as::<(i64,)>(sql::COUNT_DEMO).bind(owner.as_str());
        let (customers,) = count.fetch_one(tx).await?;
        Ok(u32::try_from(customers).unwrap_or(u32::MAX))
    }
}
