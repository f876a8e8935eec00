//! Rows of customers.

use contracts::delivery::{CustomerFields, CustomerRow};

use super::Firsts;
use crate::sources::{cell, problem::Problem, sheet::Row};

#[derive(Debug, Default)]
pub(super) struct Customers {
    pub(super) rows: Vec<CustomerRow>,
    firsts: Firsts<String>,
}

impl Customers {
    pub(super) fn take(&mut self, row: &mut Row<'_>) -> Result<(), Problem> {
        let id = row.required("customer_id", cell::customer_id)?;
        let fields = CustomerFields {
            name: Some(row.required("name", cell::line)?),
            industry: row.optional("industry", cell::line),
            segment: row.optional("segment", cell::line),
            owner: row.optional("owner", cell::line),
            status: row.optional("status", cell::status),
            since: row.optional("since", cell::date),
            contact: row.optional("contact", cell::line),
        };
        self.firsts.take(id.to_string(), "customer_id", row)?;
        self.rows.push(CustomerRow { id, fields });
        Ok(())
    }
}
