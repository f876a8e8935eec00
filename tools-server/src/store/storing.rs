//! [`Store`] on any database that sqlx speaks to and that takes the statements of [`sql`].

use std::{
    collections::{BTreeMap, BTreeSet},
    slice,
    time::Duration,
};

use async_trait::async_trait;
use chrono::NaiveDate;
use contracts::{
    CustomerId, ImportId, OwnerId,
    book::CustomerRecord,
    db::DbHealth,
    delivery::{Delivery, DeliveryReport, Piece},
    history::{Message, NewMessage},
};
use tokio::{sync::mpsc, time::timeout};

use super::{
    Connections, Known, SqlStore, Store, StoreError, Write,
    columns::Changed,
    rows::{FinishedRun, MessageRow},
    sql,
    statement::Runs,
    values::{keyed, rows, unreadable},
    writes::Begun,
    writing::Edit,
};
use crate::order::Listing;

/// How long a probe waits for the database; probes' own patience is a few seconds.
const PING_TIMEOUT: Duration = Duration::from_secs(2);

#[async_trait]
impl<DB: Runs> Store for SqlStore<DB> {
    async fn rows(&self, owner: &OwnerId, customer: &CustomerId, as_of: NaiveDate) -> Result<Known, StoreError> {
        self.read_rows(owner, customer, as_of).await
    }

    async fn book(&self, owner: &OwnerId, as_of: NaiveDate) -> Result<Known, StoreError> {
        self.read_book(owner, as_of).await
    }

    async fn entries(&self, owner: &OwnerId, customers: &[CustomerId], as_of: NaiveDate) -> Result<Known, StoreError> {
        self.read_some(owner, customers, as_of).await
    }

    async fn rows_of(
        &self,
        owner: &OwnerId,
        customers: &[CustomerId],
        as_of: NaiveDate,
    ) -> Result<(Known, usize), StoreError> {
        let (assembly, read) = self.read_first(sql::ROWS_OF_MANY, owner, customers, as_of).await?;
        Ok((assembly.finish(as_of), read))
    }

    async fn customers(&self, owner: &OwnerId, after: Option<&CustomerId>, limit: u32) -> Result<Listing, StoreError> {
        self.list(owner, after, limit).await
    }

    async fn revision(&self, owner: &OwnerId) -> Result<u64, StoreError> {
        let found = self.read(|| self.query_as::<(i64,)>(sql::REVISION).bind(owner.as_str())).await?;
        let revision = found.first().map_or(Ok(0), |&(revision,)| u64::try_from(revision));
        revision.map_err(|error| unreadable(error.into()))
    }

    async fn page(
        &self,
        owner: &OwnerId,
        after: Option<&CustomerId>,
        limit: u32,
        as_of: NaiveDate,
    ) -> Result<(Known, Option<CustomerId>), StoreError> {
        self.read_page(owner, after, limit, as_of).await
    }

    async fn create_customer(&self, write: &Write, customer: &CustomerRecord) -> Result<(), StoreError> {
        self.write_customer(write, customer, Edit::Add).await
    }

    async fn update_customer(&self, write: &Write, customer: &CustomerRecord) -> Result<(), StoreError> {
        self.write_customer(write, customer, Edit::Replace).await
    }

    async fn delete_customer(&self, write: &Write, customer: &CustomerId) -> Result<(), StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let delete = self.query(sql::DELETE_CUSTOMER).bind(write.owner.as_str()).bind(customer.as_str());
        if delete.execute(&mut tx).await? == 0 {
            return Err(StoreError::UnknownCustomer(customer.clone()));
        }
        self.take_book(&mut tx, &write.owner, Changed::These(slice::from_ref(customer))).await?;
        self.commit_less(tx, write, ()).await
    }

    async fn put_piece(&self, write: &Write, import: &ImportId, number: u32, piece: &Piece) -> Result<(), StoreError> {
        self.keep_piece(write, import, number, piece).await
    }

    async fn deliver(
        &self,
        write: &Write,
        import: &ImportId,
        delivery: &Delivery,
    ) -> Result<DeliveryReport, StoreError> {
        self.carry_out(write, import, delivery).await
    }

    async fn seed_demo(&self, write: &Write) -> Result<u32, StoreError> {
        self.add_demo(write).await
    }

    async fn remove_demo(&self, write: &Write) -> Result<u32, StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let deleted = self.query(sql::DELETE_DEMO).bind(write.owner.as_str()).execute(&mut tx).await?;
        let deleted = u32::try_from(deleted).unwrap_or(u32::MAX);
        self.take_book(&mut tx, &write.owner, Changed::everybody(deleted > 0)).await?;
        self.commit_less(tx, write, deleted).await
    }

    async fn record(&self, write: &Write, message: &NewMessage) -> Result<(), StoreError> {
        let customer = &message.result.customer_id;
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let insert = self.query(sql::RECORD).bind(write.owner.as_str()).bind(message.run_id.as_str());
        let insert = insert.bind(customer.as_str()).bind(write.now).bind(rows(&message.result));
        let inserted = insert.execute(&mut tx).await.map_err(|error| match &error {
            sqlx::Error::Database(cause) if cause.is_foreign_key_violation() => {
                StoreError::UnknownCustomer(customer.clone())
            }
            _ => error.into(),
        })?;
        if inserted == 0 {
            return Err(StoreError::RunExists(message.run_id.clone()));
        }
        self.commit(tx, write, ()).await
    }

    async fn record_many(
        &self,
        write: &Write,
        mut messages: mpsc::UnboundedReceiver<Vec<NewMessage>>,
    ) -> Result<u32, StoreError> {
        let mut tx = match self.begin(write).await? {
            Begun::First(tx) => tx,
            Begun::Again(answer) => return Ok(answer),
        };
        let mut new = 0;
        while let Some(some) = messages.recv().await {
            let finished = some.iter().map(|NewMessage { run_id, result }| {
                (run_id, FinishedRun { customer_id: &result.customer_id, result })
            });
            let runs = rows(&finished.collect::<BTreeMap<_, _>>());
            let insert = self.query(sql::RECORD_MANY).bind(write.owner.as_str()).bind(write.now).bind(runs);
            new += insert.execute(&mut tx).await?;
        }
        self.commit(tx, write, u32::try_from(new).unwrap_or(u32::MAX)).await
    }

    async fn history(&self, owner: &OwnerId, customer: &CustomerId, limit: u32) -> Result<Vec<Message>, StoreError> {
        let query = || self.query_as::<MessageRow>(sql::HISTORY).bind(owner.as_str()).bind(customer.as_str());
        let rows = self.read(|| query().bind(i64::from(limit))).await?;
        rows.into_iter().map(|row| row.into_message().map_err(unreadable)).collect()
    }

    async fn ping(&self) -> Result<(), StoreError> {
        let tables = keyed(sql::TABLES.map(|table| (table, true)));
        let unusable = || self.query_as::<(String,)>(DB::LIST_UNUSABLE).bind(tables.clone());
        let found = timeout(PING_TIMEOUT, self.probe(unusable)).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))?;
        if found.is_empty() {
            return Ok(());
        }
        let names = found.into_iter().map(|(name,)| name).collect::<Vec<_>>().join(", ");
        Err(StoreError::Unfit(format!("tables are missing, or its role may not use them: {names}").into()))
    }

    async fn health(&self) -> DbHealth {
        let found = self.read(|| self.query_as::<(String,)>(DB::LIST_TABLES)).await;
        let connected = found.is_ok();
        let found: BTreeSet<String> = found.unwrap_or_default().into_iter().map(|(name,)| name).collect();
        let version = self.read(|| self.query_as::<(Option<i64>,)>(sql::SCHEMA_VERSION));
        let (tables, missing_tables) =
            sql::TABLES.into_iter().map(str::to_owned).partition(|table| found.contains(table));
        DbHealth {
            backend: DB::BACKEND.to_owned(),
            connected,
            schema_version: if connected { version.await.ok().and_then(|mut rows| rows.pop()?.0) } else { None },
            expected_version: DB::migrator().iter().map(|migration| migration.version).max().unwrap_or_default(),
            tables,
            missing_tables,
        }
    }

    fn connections(&self) -> Connections {
        Connections {
            open: self.pool.size(),
            idle: u32::try_from(self.pool.num_idle()).unwrap_or(u32::MAX),
            limit: self.pool.options().get_max_connections(),
        }
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        Ok(DB::migrate(&self.pool).await?)
    }

    async fn close(&self) {
        self.pool.close().await;
    }
}
