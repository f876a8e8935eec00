//! Keeps what usage and tickets come to, so that a book of any size is read without the rows of them. All of it may be
//! deleted at any time: what is not kept is computed when it is read.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use contracts::{CustomerId, OwnerId};
use domain::rows::{CustomerRows, Sources};
use serde::Serialize;

use super::{
    Known, SqlStore, StoreError,
    portion::Portions,
    reading::{keys, of_ids},
    sql,
    statement::Runs,
    transaction::Transaction,
    values::{Rows, keyed},
};
use crate::summaries::{self, Holds};

/// Of how many customers usage or tickets are read at once.
const SUMMED_AT_ONCE: usize = 500;

/// Something that is summed up.
struct Sum {
    /// Finds the customers of whom it is not kept.
    missing: &'static str,
    /// Reads the rows that it is made of.
    read: &'static str,
    made: fn(&Known, NaiveDate) -> Rows,
    insert: &'static str,
}

const SUMS: [Sum; 2] = [
    Sum {
        missing: sql::WITHOUT_USAGE_SUMMARY,
        read: sql::USAGE_TO_SUM_UP,
        made: |known, day| made(known, day, summaries::of_usage),
        insert: sql::INSERT_USAGE_SUMMARIES,
    },
    Sum {
        missing: sql::WITHOUT_TICKET_SUMMARY,
        read: sql::TICKETS_TO_SUM_UP,
        made: |known, day| made(known, day, summaries::of_tickets),
        insert: sql::INSERT_TICKET_SUMMARIES,
    },
];

/// The sums of everybody.
fn made<T: Serialize>(
    known: &Known,
    day: NaiveDate,
    of: fn(&CustomerRows, &Sources, &[NaiveDate], NaiveDate) -> Holds<T>,
) -> Rows {
    let Known { sources, changes, customers, .. } = known;
    let sums = customers.iter().map(|kept| (&kept.rows.id, of(&kept.rows, sources, changes, day)));
    keyed(sums)
}

/// Of whom something must be computed again.
#[derive(Debug, Default)]
pub(super) struct Outdated {
    /// Customers whose usage changed.
    pub(super) usage: BTreeSet<CustomerId>,
    /// Customers whose tickets changed.
    pub(super) tickets: BTreeSet<CustomerId>,
    /// All, because sources count in another order, or another metric counts first.
    pub(super) all_usage: bool,
    /// All customers of the delivery's source, because its usage reaches further or is known of another day.
    pub(super) usage_of_source: bool,
    /// All, because another source's tickets are the newest.
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
        for Sum { missing, read, made, insert } in SUMS {
            let mut after = String::new();
            loop {
                let ids = self.query_as::<(String,)>(missing).bind(owner.as_str()).bind(after.as_str());
                let ids = ids.bind(SUMMED_AT_ONCE as i64).bind(day).fetch_all(tx).await?;
                let Some((last,)) = ids.last() else { break };
                let mut portions = Portions::of(&ids);
                while let Some(some) = portions.next() {
                    let Some(known) = self.portion_within(tx, read, owner, (of_ids(some), some.len()), day).await?
                    else {
                        portions.halve(some);
                        continue;
                    };
                    let insert = self.query(insert).bind(owner.as_str()).bind(made(&known, day));
                    insert.execute(tx).await?;
                }
                after.clone_from(last);
            }
        }
        Ok(())
    }
}
