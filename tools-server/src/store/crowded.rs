//! How many rows may be kept of one customer: whoever reads a customer reads all of them.

use contracts::{
    CustomerId, OwnerId,
    delivery::{MAX_ACTIVITY_KEPT, MAX_POINTS_KEPT, MAX_ROWS_KEPT},
    facts::Part,
};

use super::{
    SqlStore, StoreError,
    points::BYTES_OF_A_POINT,
    statement::{Runs, Statement},
    transaction::Transaction,
    values::unreadable,
};

/// Whose rows are counted: only keys and lengths are looked at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of<'a> {
    /// Those of one customer.
    One(&'a CustomerId),
    /// Those of each of the owner's.
    Each,
}

/// The tables that keep rows of a part.
fn tables(part: Part) -> &'static [&'static str] {
    match part {
        Part::Customers => &["customer_versions"],
        Part::Usage => &["usage_series", "told_usage", "partial_reach"],
        Part::Tickets => &["tickets"],
        Part::Contracts => &["contracts"],
        Part::Contacts => &["contacts"],
        Part::Satisfaction => &["satisfaction"],
        Part::Activity => &["activity"],
        Part::Health => &[],
    }
}

/// The most rows of a part.
fn most_rows(part: Part) -> u32 {
    if part == Part::Activity { MAX_ACTIVITY_KEPT } else { MAX_ROWS_KEPT }
}

/// The statement that finds one of the customers `$2` of the owner `$1` who has more of a part than is kept of one.
fn crowded(part: Part, of: Of<'_>) -> String {
    let which = match of {
        Of::One(_) => "external_id = $2",
        Of::Each => "external_id > $2",
    };
    let select = |table: &str, having: String| {
        format!(
            "SELECT external_id FROM {table} WHERE owner_user_id = $1 AND {which} GROUP BY external_id HAVING {having}"
        )
    };
    let rows = tables(part).iter().map(|table| select(table, format!("COUNT(*) > {}", most_rows(part))));
    let bytes = MAX_POINTS_KEPT as usize * BYTES_OF_A_POINT;
    let points = (part == Part::Usage).then(|| select("usage_series", format!("SUM(octet_length(points)) > {bytes}")));
    let any = rows.chain(points).collect::<Vec<_>>().join(" UNION ALL ");
    format!("{any} LIMIT 1")
}

impl<DB: Runs> SqlStore<DB> {
    /// Refuses what was written where a customer would have more rows of a part than are kept of one.
    pub(super) async fn refuse_crowds(
        &self,
        tx: &mut Transaction<DB>,
        owner: &OwnerId,
        part: Part,
        of: Of<'_>,
    ) -> Result<(), StoreError> {
        let customer = match of {
            Of::One(customer) => customer.as_str(),
            Of::Each => "",
        };
        let find = Statement::<DB, (String,)>::made(crowded(part, of)).bind(owner.as_str()).bind(customer);
        match find.fetch_optional(tx).await? {
            None => Ok(()),
            Some((customer,)) => {
                let customer = CustomerId::try_from(customer).map_err(|error| unreadable(error.into()))?;
                Err(StoreError::Crowded { customer, part, most: most_rows(part) })
            }
        }
    }
}
