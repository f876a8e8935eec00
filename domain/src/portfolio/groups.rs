//! Customers in groups.

use std::collections::BTreeMap;

use contracts::{Line, book::CustomerRow, health::Risk, reading::Value};

use super::{
    Group,
    rows::{is_silent, known, total},
};
use crate::{thresholds::RENEWAL_IN_SIGHT_DAYS, words};

/// What customers are put into groups by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Their segment.
    Segment,
    /// Whoever looks after them.
    Owner,
    /// Their industry.
    Industry,
    /// The month in which they renew.
    Month,
}

impl By {
    /// Each of them.
    pub const ALL: [Self; 4] = [Self::Segment, Self::Owner, Self::Industry, Self::Month];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Segment => "segment",
            Self::Owner => "owner",
            Self::Industry => "industry",
            Self::Month => "month of renewal",
        }
    }

    /// What has to be known of a customer.
    pub(super) fn fact(self) -> &'static str {
        match self {
            Self::Segment => "customer.segment",
            Self::Owner => "customer.owner",
            Self::Industry => "customer.industry",
            Self::Month => "contract.renewal_date",
        }
    }

    /// The name of the group that a customer is in; a month as `2027-03`, so that names sort as the months come.
    fn group(self, row: &CustomerRow) -> Option<String> {
        match (self, known(row, self.fact())?) {
            (Self::Month, Value::Date(day)) => Some(day.format("%Y-%m").to_string()),
            (_, value) => Some(words::cell_of(value)),
        }
    }
}

/// The customers in groups, by their names; those of whom nobody knows come last.
pub(super) fn groups(rows: &[&CustomerRow], by: By) -> Vec<Group> {
    let mut groups: BTreeMap<Option<String>, Vec<&CustomerRow>> = BTreeMap::new();
    for row in rows {
        groups.entry(by.group(row)).or_default().push(row);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(name, _)| name.is_none());
    let group = |(name, rows): (Option<String>, Vec<&CustomerRow>)| {
        let of = |is: fn(&CustomerRow) -> bool| rows.iter().copied().filter(|row| is(row)).collect::<Vec<_>>();
        Group {
            name: Line::new(name.as_deref().unwrap_or("not known")),
            total: total(&rows),
            at_risk: total(&of(|row| row.risk == Risk::High)),
            silent: of(is_silent).len(),
            renewing_soon: total(&of(|row| {
                row.days_to_renewal.is_some_and(|days| (0..=RENEWAL_IN_SIGHT_DAYS).contains(&days))
            })),
        }
    };
    groups.into_iter().map(group).collect()
}
