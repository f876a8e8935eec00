//! What several tables say of the same customers, brought together.

use std::collections::BTreeMap;

use ::contracts::facts::Part;
use csv::StringRecord;

use super::{Book, Planned, record};
use crate::sources::{
    feed::{CUSTOMER, Customer, Found, has, titles},
    origin::Origin,
};

/// The customers of all tables.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// The rows of those tables that say who there is, by table.
    main: BTreeMap<usize, Vec<Found>>,
    /// What other tables add, by id.
    added: BTreeMap<String, Customer>,
    columns: Vec<bool>,
}

impl Merged {
    /// Takes the customers of a table.
    pub(super) fn take(&mut self, planned: &Planned, at: usize, rows: Vec<Found>, is_main: bool, book: &mut Book) {
        if !planned.layout.parts.contains(&Part::Customers) {
            return;
        }
        self.columns.resize(CUSTOMER.len(), false);
        for (is_there, column) in self.columns.iter_mut().zip(CUSTOMER) {
            *is_there |= has(&planned.layout, Part::Customers, column);
        }
        if is_main {
            self.main.insert(at, rows);
        } else {
            for Found { says, bad, .. } in rows {
                let known = self.added.entry(says[0].clone()).or_insert_with(|| says.clone());
                fill(known, &says);
                bad.into_iter().for_each(|bad| book.bad_cell(Part::Customers, bad));
            }
        }
    }

    /// Gives them to the book: each once, with what any table says of it; what the main table says counts first.
    pub(super) fn feed(mut self, tables: &[Planned], book: &mut Book) {
        for (at, mut rows) in std::mem::take(&mut self.main) {
            // A sheet with a row a contract names its customer in each.
            let is_of_contracts = tables[at].layout.parts.contains(&Part::Contracts);
            if is_of_contracts {
                let mut once = BTreeMap::<String, usize>::new();
                let mut kept = Vec::<Found>::new();
                for row in rows {
                    match once.get(&row.says[0]) {
                        Some(first) => {
                            fill(&mut kept[*first].says, &row.says);
                            kept[*first].bad.extend(row.bad);
                        }
                        None => {
                            once.insert(row.says[0].clone(), kept.len());
                            kept.push(row);
                        }
                    }
                }
                rows = kept;
            }
            let used = (0..CUSTOMER.len()).filter(|at| self.columns[*at]).collect::<Vec<_>>();
            let header = used.iter().map(|at| CUSTOMER[*at]).collect::<StringRecord>();
            let origin = Origin::File(tables[at].table.place.to_string());
            let Some(sheet) = book.open(Part::Customers, origin, &header) else { continue };
            let sheet = sheet.titled(titles(&tables[at], Part::Customers));
            for Found { line, says: mut row, bad } in rows {
                if let Some(added) = self.added.get(&row[0]) {
                    fill(&mut row, added);
                }
                let cells = used.iter().map(|at| row[*at].clone()).collect::<Vec<_>>();
                if book.row(Part::Customers, sheet.row(line, &record(&cells)).without(bad)).is_break() {
                    return;
                }
            }
        }
    }
}

/// Adds what is not said yet.
fn fill(row: &mut Customer, with: &Customer) {
    for (cell, other) in row.iter_mut().zip(with).filter(|(cell, _)| cell.is_empty()) {
        cell.clone_from(other);
    }
}
