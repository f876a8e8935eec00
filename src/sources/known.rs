//! The customers that the rows of a delivery may be of: those that it brings, and those that are in the book.

use ::contracts::{CustomerId, facts::Part};

use super::{
    links::{Customer, Customers, Joined, Links},
    planned::{Named, Planned},
    problem::{Problem, quoted},
    table::Row,
    values::customer_id,
};
use crate::words::count;

/// Everybody that rows may be of, and who each row is of.
#[derive(Debug)]
pub struct Known {
    customers: Customers,
    book: Customers,
    links: Links,
    /// Which tables say who there is; others add to them, and name nobody new.
    main: Vec<usize>,
    /// Ids that the book cannot hold as they are: how many, and the first.
    rewritten: (u64, Option<(String, CustomerId)>),
}

impl Known {
    /// Reads the customers of the tables that have them; `book` are those that are there already.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn of(tables: &[Planned], book: Vec<Customer>, links: Links) -> Result<Self, Problem> {
        let main = main(tables);
        let mut known = Self {
            customers: Customers::default(),
            book: Customers::new(book.iter().cloned()),
            links,
            main,
            rewritten: (0, None),
        };
        let mut brought = Vec::new();
        for &at in &known.main {
            let table = &tables[at];
            for row in table.table.rows(&table.survey)?.filter_map(Result::ok) {
                let named = table.reference(&row);
                let Some(id) = known.own(table, &named) else { continue };
                if !named.id.is_empty() && named.id != id.as_str() {
                    known.rewritten.0 += 1;
                    known.rewritten.1.get_or_insert_with(|| (named.id.clone(), id.clone()));
                }
                let domains = named.domain.split([',', ';', ' ']).filter(|domain| !domain.is_empty());
                let domains = domains.map(str::to_owned).collect();
                let other_ids = [&named.other_id, &named.id].into_iter().filter(|id| !id.is_empty()).cloned().collect();
                brought.push(Customer { id, name: named.name, domains, other_ids });
            }
        }
        known.customers = Customers::new(brought.into_iter().chain(book));
        Ok(known)
    }

    /// That ids were written in another way, with an example.
    pub fn rewritten(&self) -> Option<String> {
        let (rows, first) = &self.rewritten;
        let (text, id) = first.as_ref()?;
        let ids = count(*rows, "id");
        Some(format!("{ids} of customers may only have letters, digits and . _ -: {} is {id}", quoted(text)))
    }

    /// Whether a table says who there is.
    pub fn is_main(&self, table: usize) -> bool {
        self.main.contains(&table)
    }

    /// Everybody.
    pub fn customers(&self) -> &Customers {
        &self.customers
    }

    /// What was remembered.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// Who each row of a table is of, which says nothing of who there is.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn join(&self, table: &Planned, joined: &mut Joined) -> Result<(), Problem> {
        for row in table.table.rows(&table.survey)?.filter_map(Result::ok) {
            let named = table.reference(&row);
            let _ = joined.take(named.reference(), &self.customers, &self.links);
        }
        Ok(())
    }

    /// Whose a row of the table at `at` is.
    pub fn whose(&self, tables: &[Planned], at: usize, row: &Row, joined: &Joined) -> Whose {
        let named = tables[at].reference(row);
        if self.is_main(at) {
            return self.own(&tables[at], &named).map_or(Whose::Unnamed, Whose::Customer);
        }
        if let Some(found) = joined.get(named.reference()) {
            return Whose::Customer(found.clone());
        }
        // An id alone, which nobody here knows, may be one that the server knows.
        let is_servers = named.is_id_alone() && !joined.is_doubtful(named.reference());
        match customer_id(&named.id).filter(|_| is_servers) {
            Some(id) => Whose::Customer(id),
            None if is_servers => Whose::Unnamed,
            None => Whose::Nobodys,
        }
    }

    /// The id of a customer that a row brings: its own, else that of the customer in the book with its name or domain,
    /// else one made of its name.
    fn own(&self, table: &Planned, named: &Named) -> Option<CustomerId> {
        if table.layout.column("customer_id").is_some() {
            return customer_id(&named.id);
        }
        let found = self.book.find(named.reference(), &self.links).ok().map(|(id, _)| id.clone());
        found.or_else(|| customer_id(&named.name.to_lowercase()))
    }
}

/// Whose a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// This customer's.
    Customer(CustomerId),
    /// Nobody's who is known here.
    Nobodys,
    /// It has to name its customer, and does not.
    Unnamed,
}

/// The tables that say who there is: the one that says most of customers, and those of the very same header.
fn main(tables: &[Planned]) -> Vec<usize> {
    let brings = |table: &&Planned| table.layout.parts.first() == Some(&Part::Customers);
    let says = |table: &Planned| {
        let fields = table.layout.columns.iter();
        let own = fields.filter(|becomes| matches!(becomes, super::recognise::Becomes::Field(Part::Customers, _)));
        (table.layout.column_of(Part::Customers, "customer_id").is_some(), table.layout.parts.len() == 1, own.count())
    };
    let titles = |table: &Planned| table.table.header.iter().map(|title| title.folded.clone()).collect::<Vec<_>>();
    let Some(first) = tables.iter().rev().filter(brings).max_by_key(|table| says(table)) else { return Vec::new() };
    let header = titles(first);
    (0..tables.len()).filter(|at| brings(&&tables[*at]) && titles(&tables[*at]) == header).collect()
}
