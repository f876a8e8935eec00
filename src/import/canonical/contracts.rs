//! Rows of contracts.

use contracts::{facts::Money, import::ContractRecord};

use super::Book;
use crate::import::{cell, problem::Problem, sheet::Row};

pub(super) const COLUMNS: &[&str] = &["customer_id", "renewal_date", "arr", "currency", "plan", "seats", "auto_renew"];
pub(super) const FORMS: &[&[&str]] = &[&["customer_id"]];

/// A contract's JSON, in bytes, at the least.
const BYTES: usize = 20;

impl Book {
    pub(super) fn contract(&mut self, row: Row<'_>) -> Result<(), Problem> {
        let arr = match (row.optional("arr", cell::money)?, row.optional("currency", cell::currency)?) {
            (Some(minor), Some(currency)) => Some(Money { minor, currency }),
            (Some(_), None) => return Err(row.problem("currency", "is empty; an arr needs a currency such as USD")),
            (None, _) => None,
        };
        let renewal_date = row.optional("renewal_date", cell::date)?;
        let plan = row.optional("plan", cell::line)?;
        let seats = row.optional("seats", cell::seats)?;
        let auto_renew = row.optional("auto_renew", cell::yes_no)?;
        let Some(customer) = self.owner_of(&row)? else { return Ok(()) };
        if customer.contract.is_some() {
            return Err(row.problem("customer_id", "has a contract already; one row a customer"));
        }
        let customer_id = customer.record.id.clone();
        customer.contract = Some(ContractRecord { customer_id, renewal_date, arr, plan, seats, auto_renew });
        self.bytes += BYTES;
        Ok(())
    }
}
