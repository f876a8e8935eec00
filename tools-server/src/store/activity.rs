//! What users do with their customers, and when they looked last: a part of [`Store`](super::Store) of its own.

use std::slice;

use async_trait::async_trait;
use chrono::NaiveDate;
use contracts::{
    ActivityId, CustomerId, OwnerId,
    activity::{Activity, ActivityRow},
    facts::Part,
};
use serde::Serialize;

use super::{
    SqlStore, StoreError, Write,
    columns::Changed,
    crowded::Of,
    rows::{Done, DoneRow},
    sql,
    statement::Runs,
    transaction::Transaction,
    values::{MANUAL, Rows, numbered, unreadable},
    writes::Begun,
};

/// The activity of every owner.
#[async_trait]
pub trait ActivityStore {
    /// Keeps what a user did with a customer; one with the same id gives way to it.
    async fn keep_activity(&self, write: &Write, activity: &Activity) -> Result<(), StoreError>;
    /// Removes what a user said to have done.
    async fn delete_activity(&self, write: &Write, activity: &ActivityId) -> Result<(), StoreError>;
    /// What was done with a customer, newest first.
    async fn activity(
        &self,
        owner: &OwnerId,
        customer: &CustomerId,
        limit: u32,
    ) -> Result<Vec<ActivityRow>, StoreError>;
    /// Counts a visit of the owner on a day, and answers the day of the one before; several on one day are one.
    async fn visit(&self, write: &Write, day: NaiveDate) -> Result<Option<NaiveDate>, StoreError>;
}

/// An activity as a bulk statement writes it.
#[derive(Serialize)]
struct NewRow<'a> {
    customer: &'a CustomerId,
    id: &'a ActivityId,
    on: NaiveDate,
    says: Done,
}

impl<'a> From<&'a Activity> for NewRow<'a> {
    fn from(activity: &'a Activity) -> Self {
        Self { customer: &activity.customer_id, id: &activity.id, on: activity.on, says: activity.into() }
    }
}

/// Activities in the form of a bulk statement.
pub(super) fn new_rows<'a>(activity: impl IntoIterator<Item = &'a Activity>) -> Rows {
    numbered(activity.into_iter().map(NewRow::from))
}

impl<DB: Runs> SqlStore<DB> {
    /// Closes what the user promised a customer on a day, or opens it again. What other sources say stays theirs.
    pub(super) async fn close_follow_up(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        (customer, id): (&CustomerId, &ActivityId),
        closed_on: Option<NaiveDate>,
    ) -> Result<(), StoreError> {
        let find = self.query_as::<DoneRow>(sql::ONE_ACTIVITY).bind(owner.as_str()).bind(MANUAL);
        let found = find.bind(customer.as_str()).bind(id.as_str()).fetch_optional(tx).await?;
        let found = found.map(|row| row.into_row(customer)).transpose().map_err(unreadable)?;
        let Some(mut activity) = found.map(|row| row.activity) else { return Ok(()) };
        let Some(follow_up) = activity.follow_up.as_mut().filter(|it| it.closed_on != closed_on) else { return Ok(()) };
        follow_up.closed_on = closed_on;
        let keep = self.query(sql::INSERT_ACTIVITY).bind(owner.as_str()).bind(MANUAL).bind(new_rows([&activity]));
        keep.execute(tx).await?;
        self.take_book(tx, owner, Changed::These(slice::from_ref(customer))).await
    }
}

#[async_trait]
impl<DB: Runs> ActivityStore for SqlStore<DB> {
    async fn keep_activity(&self, write: &Write, activity: &Activity) -> Result<(), StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let insert = self.query(sql::INSERT_ACTIVITY).bind(write.owner.as_str()).bind(MANUAL);
        insert.bind(new_rows([activity])).execute(&mut tx).await.map_err(|error| match &error {
            sqlx::Error::Database(cause) if cause.is_foreign_key_violation() => {
                StoreError::UnknownCustomer(activity.customer_id.clone())
            }
            _ => error.into(),
        })?;
        self.refuse_crowds(&mut tx, &write.owner, Part::Activity, Of::One(&activity.customer_id)).await?;
        self.take_book(&mut tx, &write.owner, Changed::These(slice::from_ref(&activity.customer_id))).await?;
        self.commit(tx, write, ()).await
    }

    async fn delete_activity(&self, write: &Write, activity: &ActivityId) -> Result<(), StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let delete = self.query_as::<(String,)>(sql::DELETE_ACTIVITY).bind(write.owner.as_str()).bind(MANUAL);
        let deleted = delete.bind(activity.as_str()).fetch_all(&mut tx).await?;
        let customers = deleted.into_iter().map(|(id,)| CustomerId::try_from(id)).collect::<Result<Vec<_>, _>>();
        let customers = customers.map_err(|error| unreadable(error.into()))?;
        if customers.is_empty() {
            return Err(StoreError::UnknownActivity(activity.clone()));
        }
        self.take_book(&mut tx, &write.owner, Changed::These(&customers)).await?;
        self.commit(tx, write, ()).await
    }

    async fn activity(
        &self,
        owner: &OwnerId,
        customer: &CustomerId,
        limit: u32,
    ) -> Result<Vec<ActivityRow>, StoreError> {
        let query = || self.query_as::<DoneRow>(sql::ACTIVITY).bind(owner.as_str()).bind(customer.as_str());
        let rows = self.read(|| query().bind(i64::from(limit))).await?;
        rows.into_iter().map(|row| row.into_row(customer).map_err(unreadable)).collect()
    }

    async fn visit(&self, write: &Write, day: NaiveDate) -> Result<Option<NaiveDate>, StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let visit = self.query_as::<(Option<NaiveDate>,)>(sql::VISIT).bind(write.owner.as_str()).bind(day);
        let (before,) = visit.fetch_one(&mut tx).await?;
        self.commit(tx, write, before).await
    }
}
