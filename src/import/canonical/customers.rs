//! Rows of customers.

use contracts::import::CustomerRecord;

use super::{Book, Draft};
use crate::import::{
    cell,
    problem::{Problem, quoted},
    sheet::Row,
};

pub(super) const COLUMNS: &[&str] = &["customer_id", "name", "industry", "segment", "contact"];
pub(super) const FORMS: &[&[&str]] = &[&["customer_id", "name"]];

/// A customer's JSON without its texts, in bytes, at the least.
const BYTES: usize = 40;

impl Book {
    pub(super) fn customer(&mut self, row: Row<'_>) -> Result<(), Problem> {
        let record = CustomerRecord {
            id: row.required("customer_id", cell::customer_id)?,
            name: row.required("name", cell::line)?,
            industry: row.optional("industry", cell::line)?,
            segment: row.optional("segment", cell::line)?,
            contact: row.optional("contact", cell::line)?,
        };
        if let Some(first) = self.index.get(&record.id) {
            let first = row.numbered(self.customers[*first].row);
            let id = quoted(record.id.as_str());
            return Err(row.problem("customer_id", format_args!("{id} is on {first} already")));
        }
        self.bytes += BYTES + record.id.as_str().len() + record.name.as_str().len();
        self.index.insert(record.id.clone(), self.customers.len());
        self.customers.push(Draft { record, row: row.number(), usage: None, tickets: Vec::new(), contract: None });
        Ok(())
    }
}
