//! Every customer that the rows of a delivery name, found once.

use std::{cmp::Reverse, collections::HashMap};

use ::contracts::CustomerId;

use super::{By, Customers, Links, Reference, Stranger};

/// Who somebody is, and how that was found; or why nobody was.
type Found = Result<(CustomerId, By), Stranger>;

/// What rows say of their customers, each different saying once, with who it is.
#[derive(Debug, Default)]
pub struct Joined {
    found: Vec<Saying>,
    /// The place of each, by its key.
    places: HashMap<String, usize>,
    /// The key of the row that is looked at, which is made in one place so that a million rows need no room of their own.
    key: String,
    /// The key of the row before, and its place: rows of one customer mostly follow one another.
    last: (String, usize),
}

/// What some rows say of their customer.
#[derive(Debug)]
struct Saying {
    /// Its id, other id, domain and name.
    says: [String; 4],
    found: Found,
    rows: u64,
}

/// Rows of somebody who was not found, or only by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<T> {
    /// What the rows call the customer.
    pub called: String,
    /// How many rows.
    pub rows: u64,
    /// What there is to know.
    pub what: T,
}

impl Joined {
    /// The customer that a row is of, and how it was found; counted.
    ///
    /// # Errors
    /// Why none was found.
    pub fn take(
        &mut self,
        row: Reference<'_>,
        customers: &Customers,
        links: &Links,
    ) -> Result<(&CustomerId, By), &Stranger> {
        let says = [row.id, row.other_id, row.domain, row.name];
        self.key.clear();
        says.iter().for_each(|text| self.key.extend([text, "\0"]));
        let (last, place) = &mut self.last;
        if *last != self.key {
            *place = self.places.get(&self.key).copied().unwrap_or_else(|| {
                let found = customers.find(row, links).map(|(id, by)| (id.clone(), by));
                self.places.insert(self.key.clone(), self.found.len());
                self.found.push(Saying { says: says.map(str::to_owned), found, rows: 0 });
                self.found.len() - 1
            });
            last.clone_from(&self.key);
        }
        let saying = &mut self.found[*place];
        saying.rows += 1;
        saying.found.as_ref().map(|(id, by)| (id, *by))
    }

    /// Whether anybody was not found.
    pub fn has_strangers(&self) -> bool {
        self.found.iter().any(|saying| saying.found.is_err())
    }

    /// Those found by name alone, most rows first.
    pub fn by_name(&self) -> Vec<Named<CustomerId>> {
        let named = self.found.iter().filter_map(|Saying { says: [.., name], found, rows }| match found {
            Ok((id, By::Name)) => Some((name.clone(), *rows, id.clone())),
            _ => None,
        });
        ordered(named)
    }

    /// Those not found, most rows first.
    pub fn strangers(&self) -> Vec<Named<Stranger>> {
        let named = self.found.iter().filter_map(|Saying { says: [id, other, domain, name], found, rows }| {
            let stranger = found.as_ref().err()?.clone();
            // Of an id alone, the server says whether it is in the book.
            let is_id_alone = !id.is_empty() && [other, domain, name].into_iter().all(String::is_empty);
            if is_id_alone && stranger == Stranger::Unknown {
                return None;
            }
            let called = Reference { id, other_id: other, domain, name }.called().to_owned();
            Some((called, *rows, stranger))
        });
        ordered(named)
    }

    /// What is worth remembering, so that the next delivery of one system alone finds its customers.
    pub fn links(&self, remembered: &Links) -> Links {
        let mut links = remembered.clone();
        for Saying { says: [id, _, domain, name], found, .. } in &self.found {
            let Ok((customer, by)) = found else { continue };
            let (kept, text) = match by {
                By::Id | By::IdAndDomain | By::IdNotDomain if id != customer.as_str() => (&mut links.id, id),
                By::Domain | By::WiderDomain => (&mut links.domain, domain),
                By::Name => (&mut links.name, name),
                By::Id | By::IdAndDomain | By::IdNotDomain | By::FirstOfSeveral | By::Linked => continue,
            };
            if !text.is_empty() {
                kept.insert(text.clone(), customer.clone());
            }
        }
        links
    }

    /// How many rows found their customer in each way.
    pub fn ways(&self) -> Vec<(By, u64)> {
        let mut ways = std::collections::BTreeMap::<By, u64>::new();
        for Saying { found, rows, .. } in &self.found {
            if let Ok((_, by)) = found {
                *ways.entry(*by).or_default() += rows;
            }
        }
        ways.into_iter().collect()
    }
}

/// The rows of each by how many there are; those called the same together.
fn ordered<T>(named: impl Iterator<Item = (String, u64, T)>) -> Vec<Named<T>> {
    let mut all = Vec::<Named<T>>::new();
    for (called, rows, what) in named {
        match all.iter_mut().find(|other| other.called == called) {
            Some(other) => other.rows += rows,
            None => all.push(Named { called, rows, what }),
        }
    }
    all.sort_by(|a, b| (Reverse(a.rows), &a.called).cmp(&(Reverse(b.rows), &b.called)));
    all
}
