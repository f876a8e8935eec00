//! Writes and customers for these tests.

use chrono::Utc;
use contracts::{CustomerId, OwnerId, import::CustomerRecord};
use tools_server::store::Write;

pub fn id(text: &str) -> CustomerId {
    text.parse().unwrap()
}

pub fn owner(text: &str) -> OwnerId {
    text.parse().unwrap()
}

/// A write of `owner` with a nonce of its own.
pub fn write(owner: &str) -> Write {
    let now = Utc::now();
    Write {
        owner: owner.parse().unwrap(),
        nonce: format!("{:032x}", rand::random::<u128>()).parse().unwrap(),
        nonce_expires: now + chrono::TimeDelta::minutes(10),
        now,
        once: None,
    }
}

pub fn customer(text: &str) -> CustomerRecord {
    CustomerRecord { id: id(text), name: format!("{text} Ltd").into(), industry: None, segment: None, contact: None }
}
