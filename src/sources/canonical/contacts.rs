//! Rows of people.

use contracts::{
    CustomerId, Line,
    delivery::{Contact, ContactRow},
};

use super::Firsts;
use crate::sources::{
    cell,
    problem::{Problem, Why},
    sheet::Row,
};

#[derive(Debug, Default)]
pub(super) struct Contacts {
    pub(super) rows: Vec<ContactRow>,
    firsts: Firsts<(CustomerId, Line)>,
}

impl Contacts {
    pub(super) fn take(&mut self, row: &mut Row<'_>) -> Result<(), Problem> {
        let customer_id = row.required("customer_id", cell::customer_id)?;
        let contact = Contact {
            name: row.optional("name", cell::line),
            role: row.optional("role", cell::line),
            email: row.optional("email", cell::email),
            primary: row.optional("primary", cell::yes_no),
        };
        let (column, key) = match (&contact.email, &contact.name) {
            (Some(email), _) => ("email", email.clone()),
            (None, Some(name)) => ("name", name.clone()),
            (None, None) => {
                let what = "is empty, and so is name; a contact needs one of them";
                return Err(row.bad("email").unwrap_or_else(|| row.problem("email", Why::always(what))));
            }
        };
        match self.firsts.first((customer_id.clone(), key.clone()), row.number()) {
            Some(first) => Err(row.again(column, first)),
            None => {
                self.rows.push(ContactRow { customer_id, key, contact });
                Ok(())
            }
        }
    }
}
