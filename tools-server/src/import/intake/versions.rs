//! Customers' fields, contracts and contacts: what has versions.

use contracts::{
    CustomerId, Line,
    delivery::{Contact, ContactRow, ContractRow, ContractTerms, CustomerFields, CustomerRow, columns::Columns},
    facts::Part,
};
use domain::rows::{CustomerRows, Version};

use super::{
    Intake, Kept,
    past::{Past, merged},
    tally::{Fate, Standing},
};

type Versions<T> = Vec<(CustomerId, Version<T>)>;

impl Intake {
    /// Takes customers' own rows, by which customers come into the book.
    pub(super) fn customers(&mut self, rows: &[CustomerRow], kept: &Kept) -> Versions<CustomerFields> {
        let standing = if self.is_older(Part::Customers) { Standing::LeftOut } else { Standing::Created };
        for row in rows.iter().filter(|row| !kept.contains_key(&row.id)) {
            self.tally.arrives(&row.id, standing);
        }
        let keys: Vec<_> = rows.iter().map(|row| Line::new(row.id.as_str())).collect();
        let rows = rows.iter().zip(&keys).map(|(row, key)| (&row.id, key, &row.fields));
        self.versions(Part::Customers, rows, kept, |rows| &rows.fields)
    }

    /// Takes contracts.
    pub(super) fn contracts(&mut self, rows: &[ContractRow], kept: &Kept) -> Versions<ContractTerms> {
        let rows = rows.iter().map(|row| (&row.customer_id, &row.contract_id, &row.terms));
        self.versions(Part::Contracts, rows, kept, |rows| &rows.contracts)
    }

    /// Takes contacts.
    pub(super) fn contacts(&mut self, rows: &[ContactRow], kept: &Kept) -> Versions<Contact> {
        let rows = rows.iter().map(|row| (&row.customer_id, &row.key, &row.contact));
        self.versions(Part::Contacts, rows, kept, |rows| &rows.contacts)
    }

    /// A version where a row says something new; a thing that was gone and is back is news.
    fn versions<'a, T: Columns>(
        &mut self,
        part: Part,
        rows: impl Iterator<Item = (&'a CustomerId, &'a Line, &'a T)>,
        kept: &Kept,
        of: fn(&CustomerRows) -> &[Version<T>],
    ) -> Versions<T> {
        let source = self.delivery.source.clone();
        let pasts = Past::by_key(kept, &source, of);
        let mut versions = Vec::new();
        for (id, key, row) in rows {
            if !self.admits(part, id, 1, kept) {
                continue;
            }
            if self.is_older(part) {
                self.tally.row(part, id, Fate::Outdated, None);
                continue;
            }
            let past = pasts.get(&(id, key));
            let before = past.and_then(Past::says);
            let now = merged(past.and_then(Past::last_said), row, self.columns(part));
            if self.sees(part, id, key, before.is_some())
                && let Some(before) = before
            {
                self.losses.compare(part, before, &now);
            }
            let is_known = before == Some(&now);
            self.tally.row(part, id, if is_known { Fate::Unchanged } else { Fate::Changed }, None);
            if !is_known {
                let version =
                    Version { source: source.clone(), key: key.clone(), from: self.delivery.day, says: Some(now) };
                versions.push((id.clone(), version));
            }
        }
        versions
    }
}
