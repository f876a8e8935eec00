//! Keeps what usage and tickets come to, so that a book of any size is read without the rows of them. All of it may be
//! deleted at any time: what is not kept is computed when it is read.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contracts::{CustomerId, OwnerId};

use super::{
    Known, SqlStore, StoreError,
    reading::{keys, of_ids},
    sql,
    statement::Runs,
    transaction::Transaction,
    values::rows,
};
use crate::summaries;

/// Of how many customers usage and tickets are read at once.
const SUMMED_AT_ONCE: usize = 500;

/// Of whom something must be computed again.
#[derive(Debug, Default)]
pub(super) struct Outdated {
    /// Customers whose usage changed.
    pub(super) usage: BTreeSet<CustomerId>,
    /// Customers whose tickets changed.
    pub(super) tickets: BTreeSet<CustomerId>,
    /// All, because sources count in another order, or another metric counts first.
    pub(super) all_usage: bool,
    /// All customers of the delivery's source, because its usage reaches further.
    pub(super) usage_of_source: bool,
    /// All, because tickets were not known before.
    pub(super) all_tickets: bool,
}

impl<DB: Runs> SqlStore<DB> {
    /// Forgets what a delivery of `source` has made wrong.
    pub(super) async fn forget_sums(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        source: &str,
        outdated: &Outdated,
    ) -> Result<(), StoreError> {
        let owner = owner.as_str();
        if outdated.all_usage {
            self.query(sql::FORGET_USAGE_SUMMARIES).bind(owner).execute(tx).await?;
        } else if outdated.usage_of_source {
            let forget = self.query(sql::FORGET_USAGE_SUMMARIES_OF_SOURCE).bind(owner).bind(source);
            forget.execute(tx).await?;
        }
        if outdated.all_tickets {
            self.query(sql::FORGET_TICKET_SUMMARIES).bind(owner).execute(tx).await?;
        }
        let some = [
            (sql::FORGET_USAGE_SUMMARIES_OF_MANY, &outdated.usage),
            (sql::FORGET_TICKET_SUMMARIES_OF_MANY, &outdated.tickets),
        ];
        for (text, customers) in some.into_iter().filter(|(_, customers)| !customers.is_empty()) {
            self.query(text).bind(owner).bind(keys(customers)).execute(tx).await?;
        }
        Ok(())
    }

    /// Computes what is not kept for the day, some customers at a time.
    pub(super) async fn sum_up(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        day: NaiveDate,
    ) -> Result<(), StoreError> {
        let mut after = String::new();
        loop {
            let ids = self.query_as::<(String,)>(sql::CUSTOMERS_TO_SUM_UP).bind(owner.as_str());
            let ids = ids.bind(after.as_str()).bind(SUMMED_AT_ONCE as i64).bind(day).fetch_all(tx).await?;
            let Some((last,)) = ids.last() else { return Ok(()) };
            let known = self.known_within(tx, sql::TO_SUM_UP, owner, of_ids(&ids), day).await?;
            let Known { sources, changes, customers, .. } = &known;
            let sums = customers.iter().map(|kept| {
                let (usage, tickets) = summaries::sum_up(&kept.rows, sources, changes, day);
                ((&kept.rows.id, usage), (&kept.rows.id, tickets))
            });
            let (usage, tickets): (BTreeMap<_, _>, BTreeMap<_, _>) = sums.unzip();
            let (usage, tickets) = (rows(&usage), rows(&tickets));
            for (text, rows) in [(sql::INSERT_USAGE_SUMMARIES, usage), (sql::INSERT_TICKET_SUMMARIES, tickets)] {
                self.query(text).bind(owner.as_str()).bind(rows).execute(tx).await?;
            }
            after.clone_from(last);
        }
    }
}
