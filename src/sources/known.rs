//! The customers that the rows of a delivery may be of: those that it brings, and those that are in the book.

use std::collections::{BTreeMap, BTreeSet};

use ::contracts::{CustomerId, facts::Part};

use super::{
    links::{By, Customer, Customers, Joined, Links, Reference, Stranger},
    named::Named,
    planned::Planned,
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
    /// What was remembered.
    links: Links,
    /// The same, with what the tables that add to customers say of their own ids.
    linked: Links,
    /// Companies that are no customers yet.
    prospects: BTreeSet<CustomerId>,
    /// Which tables say who there is; others add to them, and name nobody new.
    main: Vec<usize>,
    /// Ids that the book cannot hold as they are.
    rewritten: Ids,
    /// Ids that were made of names, as no column has one.
    made: Ids,
    /// Customers that the book would have for the first time, and may have by another id already.
    twice: Ids,
    /// Customers whose ids are those of others but for the case of their letters.
    by_case: Ids,
}

/// Ids that came about in some way: how many, and of the first what it came of.
#[derive(Debug, Default)]
struct Ids {
    count: u64,
    first: Option<(String, CustomerId)>,
}

impl Ids {
    fn note(&mut self, of: &str, id: &CustomerId) {
        self.count += 1;
        self.first.get_or_insert_with(|| (of.to_owned(), id.clone()));
    }
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
            linked: links.clone(),
            links,
            prospects: BTreeSet::new(),
            main,
            rewritten: Ids::default(),
            made: Ids::default(),
            twice: Ids::default(),
            by_case: Ids::default(),
        };
        let mut brought = Vec::new();
        for &at in &known.main {
            let table = &tables[at];
            let has_ids = table.layout.column("customer_id").is_some();
            for row in table.table.rows(&table.survey)?.filter_map(Result::ok) {
                let named = table.reference(&row);
                let Some(id) = known.own(table, &named) else { continue };
                if !has_ids {
                    known.made.note(&named.name, &id);
                } else if customer_id(&named.id).as_ref() == Some(&id) && named.id != id.as_str() {
                    known.rewritten.note(&named.id, &id);
                }
                if table.is_prospect(&row) {
                    known.prospects.insert(id.clone());
                }
                let domains = named.domain.split([',', ';', ' ']).filter(|domain| !domain.is_empty());
                let domains = domains.map(str::to_owned).collect();
                let other_ids = [&named.other_id, &named.id].into_iter().filter(|id| !id.is_empty());
                let other_ids = other_ids.map(ToString::to_string).collect();
                brought.push(Customer { id, name: named.name.into_owned(), domains, other_ids });
            }
        }
        let mut ids = BTreeMap::<String, &CustomerId>::new();
        for customer in &brought {
            let first = *ids.entry(customer.id.as_str().to_lowercase()).or_insert(&customer.id);
            if *first != customer.id {
                known.by_case.note(first.as_str(), &customer.id);
            }
        }
        known.twice = known.alike(&brought);
        known.customers = Customers::new(brought.into_iter().chain(book));
        for (at, table) in tables.iter().enumerate() {
            if !known.is_main(at) && table.names_customers() {
                for (id, customer) in known.ids_of(table)? {
                    known.linked.id.entry(id).or_insert(customer);
                }
            }
        }
        Ok(known)
    }

    /// Whose the ids are that a table has of customers whom another one names, by what else its rows say of them. Where they
    /// are those of that other one, there is nothing to tell.
    fn ids_of(&self, table: &Planned) -> Result<Vec<(String, CustomerId)>, Problem> {
        let (mut ids, mut same) = (Vec::new(), 0);
        for row in table.table.rows(&table.survey)?.filter_map(Result::ok) {
            let named = table.reference(&row);
            let besides = Reference { id: "", ..named.reference() };
            let found = self.customers.find(besides, &self.links).ok().filter(|(_, by)| *by != By::WiderDomain);
            let Some((customer, _)) = found else { continue };
            if !named.other_id.is_empty() && self.customers.with_id(&named.other_id).is_none() {
                ids.push((named.other_id.to_string(), customer.clone(), false));
            }
            match self.customers.with_id(&named.id) {
                Some(own) if own == customer => same += 1,
                own if !named.id.is_empty() => ids.push((named.id.into_owned(), customer.clone(), own.is_some())),
                _ => {}
            }
        }
        let others = ids.iter().filter(|(.., is_known)| *is_known).count();
        let are_its_own = others > same;
        Ok(ids.into_iter().filter(|(.., is_known)| are_its_own || !is_known).map(|(id, of, _)| (id, of)).collect())
    }

    /// What is worth telling of the ids of the customers that are brought, a line each.
    pub fn told(&self) -> Vec<String> {
        let Self { rewritten, made, twice, by_case, .. } = self;
        let told = |ids: &Ids, what: &dyn Fn(&str, &CustomerId) -> String| {
            ids.first.as_ref().map(|(of, id)| format!("{}: {}", count(ids.count, "customer"), what(of, id)))
        };
        let lines = [
            told(rewritten, &|of, id| {
                format!("an id may only have letters, digits and . _ -, so that {} is {id}", quoted(of))
            }),
            told(made, &|of, id| {
                format!(
                    "no column has an id, so that one is made of the name: {} is {id}; another name is another customer",
                    quoted(of)
                )
            }),
            told(twice, &|of, id| {
                format!(
                    "new, but perhaps in the book under another id: {of} has the name or domain of {id}; if it is the same, write \"{of}\" = \
                     \"{id}\" under [links.id] in the source's file"
                )
            }),
        ];
        let case = told(by_case, &|of, id| {
            format!("the ids {of} and {id} differ by the case of letters only, and are two customers")
        });
        lines.into_iter().chain([case]).flatten().collect()
    }

    /// Whether a table says who there is.
    pub fn is_main(&self, table: usize) -> bool {
        self.main.contains(&table)
    }

    /// Everybody.
    pub fn customers(&self) -> &Customers {
        &self.customers
    }

    /// What was remembered, and what the tables say of ids.
    pub fn linked(&self) -> &Links {
        &self.linked
    }

    /// Whose a row of the table at `at` is; kept in `joined`, where the table says nothing of who there is.
    pub fn whose(&self, tables: &[Planned], at: usize, row: &Row, joined: &mut Joined) -> Whose {
        let named = tables[at].reference(row);
        if self.is_main(at) {
            return self.own(&tables[at], &named).map_or(Whose::Unnamed, |id| Whose::Customer(id, By::Id));
        }
        let links = if tables[at].names_customers() { &self.links } else { &self.linked };
        match joined.take(named.reference(), &self.customers, links) {
            Ok((found, _)) if self.prospects.contains(found) => Whose::Prospects,
            Ok((found, by)) => Whose::Customer(found.clone(), by),
            // An id alone, which nobody here knows, may be one that the server knows.
            Err(Stranger::Unknown) if named.is_id_alone() => {
                customer_id(&named.id).map_or(Whose::Unnamed, |id| Whose::Customer(id, By::Id))
            }
            Err(_) => Whose::Nobodys,
        }
    }

    /// The id of a customer that a row brings: its own, as it is linked where the book does not have it; else that of the
    /// customer in the book with its name or domain, else one made of its name.
    fn own(&self, table: &Planned, named: &Named<'_>) -> Option<CustomerId> {
        if table.layout.column("customer_id").is_some() {
            let own = customer_id(&named.id)?;
            let linked = self.links.id.get(named.id.as_ref()).filter(|_| self.book.get(&own).is_none());
            return Some(linked.cloned().unwrap_or(own));
        }
        // A daughter may have a domain below her mother's.
        let found = self.book.find(named.reference(), &self.links).ok().filter(|(_, by)| *by != By::WiderDomain);
        found.map(|(id, _)| id.clone()).or_else(|| customer_id(&named.name.to_lowercase()))
    }

    /// Those of the customers who are brought that the book does not have by their id, but by their name or domain.
    fn alike(&self, brought: &[Customer]) -> Ids {
        let ids = brought.iter().map(|customer| &customer.id).collect::<BTreeSet<_>>();
        let mut alike = Ids::default();
        for customer in brought.iter().filter(|customer| self.book.get(&customer.id).is_none()) {
            let domain = customer.domains.first().map_or("", String::as_str);
            let row = Reference { domain, name: &customer.name, ..Reference::default() };
            if let Ok((other, by)) = self.book.find(row, &self.links)
                && by != By::WiderDomain
                && !ids.contains(other)
            {
                alike.note(customer.id.as_str(), other);
            }
        }
        alike
    }
}

/// Whose a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// This customer's, and how that was found.
    Customer(CustomerId, By),
    /// A company's that is no customer yet.
    Prospects,
    /// Nobody's who is known here.
    Nobodys,
    /// It has to name its customer, and does not.
    Unnamed,
}

/// The tables that say who there is: those that said so before, else the one that says most of customers and those of the
/// very same header.
fn main(tables: &[Planned]) -> Vec<usize> {
    let may_name = |at: &usize| tables[*at].may_name();
    let said_so = |at: &usize| tables[*at].adds == Some(false);
    let remembered = (0..tables.len()).filter(may_name).filter(said_so).collect::<Vec<_>>();
    if !remembered.is_empty() {
        return remembered;
    }
    let says = |table: &Planned| {
        let fields = table.layout.columns.iter();
        let own = fields.filter(|becomes| matches!(becomes, super::recognise::Becomes::Field(Part::Customers, _)));
        (table.layout.column_of(Part::Customers, "customer_id").is_some(), table.layout.parts.len() == 1, own.count())
    };
    let titles = |at: &usize| tables[*at].table.header.iter().map(|title| title.folded.clone()).collect::<Vec<_>>();
    let first = (0..tables.len()).rev().filter(may_name).max_by_key(|at| says(&tables[*at]));
    let Some(header) = first.as_ref().map(titles) else { return Vec::new() };
    (0..tables.len()).filter(may_name).filter(|at| titles(at) == header).collect()
}
