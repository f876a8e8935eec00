//! Customers in order.

use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
};

use contracts::{book::CustomerRow, facts::Trend};

use super::{Column, Rank};

/// Whether the score may be another one with all of the data.
pub(super) fn is_partial(row: &CustomerRow) -> bool {
    row.score.is_some() && row.coverage < 100
}

/// Sorts by the figure; customers that tie or lack it go by name. Scores of partial data come behind the others, as
/// nobody can say where they belong.
pub(super) fn sort(rows: &mut [&CustomerRow], rank: Rank) {
    let crowd = currencies(rows);
    // The greater currency first: amounts of different ones do not compare.
    let currency = |row: &CustomerRow| {
        let currency = row.arr.as_ref().map(|arr| arr.currency.as_str())?;
        Some((Reverse(crowd.get(currency).copied()), currency.to_owned()))
    };
    rows.sort_by_cached_key(|row| (row.name.as_str().to_lowercase(), row.id.clone()));
    rows.sort_by(|a, b| compare(a, b, rank));
    match rank.by {
        Column::Arr => rows.sort_by_cached_key(|row| (row.arr.is_none(), currency(row))),
        Column::Score => rows.sort_by_key(|row| (row.score.is_none(), is_partial(row))),
        _ => {}
    }
}

/// No more than `limit` rows; of each currency where they are ranked by amounts.
pub(super) fn cut(rows: &mut Vec<&CustomerRow>, rank: Rank, limit: usize) {
    if rank.by != Column::Arr {
        rows.truncate(limit);
        return;
    }
    let mut taken = BTreeMap::new();
    rows.retain(|row| {
        let taken = taken.entry(row.arr.as_ref().map(|arr| arr.currency.clone())).or_insert(0);
        *taken += 1;
        *taken <= limit
    });
}

/// How many of the rows pay in which currency.
pub(super) fn currencies(rows: &[&CustomerRow]) -> BTreeMap<String, usize> {
    let mut crowd = BTreeMap::new();
    for arr in rows.iter().filter_map(|row| row.arr.as_ref()) {
        *crowd.entry(arr.currency.to_string()).or_default() += 1;
    }
    crowd
}

fn compare(a: &CustomerRow, b: &CustomerRow, rank: Rank) -> Ordering {
    let figure = |row: &CustomerRow| -> Option<i64> {
        match rank.by {
            // The lower the score, the greater the risk within its band.
            Column::Risk => Some(-1000 * row.risk as i64 - row.score.map_or(999, i64::from)),
            Column::Score => row.score.map(i64::from),
            Column::Trend => row.trend.map(|trend| match trend {
                Trend::Silent => 0,
                Trend::Down => 1,
                Trend::Flat => 2,
                Trend::Up => 3,
            }),
            Column::Arr => row.arr.as_ref().map(|arr| arr.minor),
            Column::Renewal | Column::RenewalDate => row.days_to_renewal,
            Column::OpenTickets => row.open_tickets.map(i64::from),
        }
    };
    match (figure(a), figure(b)) {
        (Some(a), Some(b)) if rank.descending => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}
