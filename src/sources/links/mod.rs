//! Which customer a row of another system is of: by an id that one system stores of the other, else by a company domain
//! that only one customer has, else by name. Pure.

mod joined;
mod names;

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
};

use ::contracts::CustomerId;
use serde::{Deserialize, Serialize};

pub use self::joined::{Joined, Named};
pub use self::names::{is_of_anybody, of_other_form, plain_name};

/// A customer that rows may be of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Its id in the book.
    pub id: CustomerId,
    /// Its name.
    pub name: String,
    /// The domains that are its own.
    pub domains: Vec<String>,
    /// Its ids in other systems.
    pub other_ids: Vec<String>,
}

/// What a row says of its customer; empty where it says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Reference<'a> {
    pub id: &'a str,
    pub other_id: &'a str,
    pub domain: &'a str,
    pub name: &'a str,
}

impl Reference<'_> {
    /// What the row calls its customer, for people: the name, else the domain, else the id.
    pub fn called(&self) -> &str {
        [self.name, self.domain, self.id].into_iter().find(|text| !text.is_empty()).unwrap_or("no customer")
    }
}

/// What was remembered, or written by hand: which customer an id, a domain or a name of another system is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Links {
    /// By an id of another system.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub id: BTreeMap<String, CustomerId>,
    /// By a domain.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub domain: BTreeMap<String, CustomerId>,
    /// By a name, as the other system writes it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub name: BTreeMap<String, CustomerId>,
}

/// How a customer was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// By its own id, or by one that another system stores of it.
    Id,
    /// By the first of several ids in its cell that is one of a customer.
    FirstOfSeveral,
    /// By its domain.
    Domain,
    /// By its name.
    Name,
    /// As was remembered.
    Remembered,
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id => "by id",
            Self::FirstOfSeveral => "by the first known of several ids",
            Self::Domain => "by domain",
            Self::Name => "by name",
            Self::Remembered => "as remembered",
        })
    }
}

/// Why no customer was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stranger {
    /// No customer has such an id, domain or name.
    Unknown,
    /// The id is that of a customer but for its zeros.
    Zeros(CustomerId),
    /// The id is that of one customer, and the name that of another.
    Contradicts(CustomerId, CustomerId),
    /// Several customers have the name or the domain.
    Several,
    /// The row has no name, and no address but one that anybody may have.
    Unnamed,
}

/// The customers, as rows find them.
#[derive(Debug, Default)]
pub struct Customers {
    customers: Vec<Customer>,
    by_id: HashMap<String, usize>,
    by_domain: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    by_digits: HashMap<String, usize>,
}

impl Customers {
    /// These customers; of two with the same id the first counts.
    pub fn new(customers: impl IntoIterator<Item = Customer>) -> Self {
        let mut all = Self::default();
        for customer in customers {
            if all.by_id.contains_key(customer.id.as_str()) {
                continue;
            }
            let at = all.customers.len();
            all.by_digits.entry(without_zeros(customer.id.as_str())).or_insert(at);
            all.by_id.insert(customer.id.as_str().to_owned(), at);
            for domain in customer.domains.iter().filter(|domain| !is_of_anybody(domain)) {
                all.by_domain.entry(domain.clone()).or_default().push(at);
            }
            all.by_name.entry(plain_name(&customer.name)).or_default().push(at);
            all.customers.push(customer);
        }
        // An id of the customer's own goes before one that another system stores of somebody else.
        let stored = all.customers.iter().enumerate();
        let stored = stored.flat_map(|(at, customer)| customer.other_ids.iter().map(move |id| (id.clone(), at)));
        for (id, at) in stored.collect::<Vec<_>>() {
            all.by_id.entry(id).or_insert(at);
        }
        all
    }

    /// The customer with this id.
    pub fn get(&self, id: &CustomerId) -> Option<&Customer> {
        self.by_id.get(id.as_str()).map(|at| &self.customers[*at])
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.customers.is_empty()
    }

    /// The customer that a row is of, and how it was found.
    ///
    /// # Errors
    /// Why none was.
    pub fn find(&self, row: Reference<'_>, links: &Links) -> Result<(&CustomerId, By), Stranger> {
        if [row.id, row.other_id, row.domain, row.name].iter().all(|text| text.is_empty()) {
            return Err(Stranger::Unnamed);
        }
        let id = |at: usize| &self.customers[at].id;
        let names = self.by_name.get(&plain_name(row.name)).filter(|_| !row.name.is_empty());
        let own = [row.id, row.other_id].into_iter().find_map(|text| self.by_id.get(text).filter(|_| !text.is_empty()));
        if let Some(&own) = own {
            return match names.map(Vec::as_slice) {
                Some([named]) if *named != own && plain_name(&self.customers[own].name) != plain_name(row.name) => {
                    Err(Stranger::Contradicts(id(own).clone(), id(*named).clone()))
                }
                _ => Ok((id(own), By::Id)),
            };
        }
        let remembered = [(&links.id, row.id), (&links.domain, row.domain), (&links.name, row.name)];
        let remembered = remembered.into_iter().find_map(|(links, text)| links.get(text).filter(|_| !text.is_empty()));
        if let Some(at) = remembered.and_then(|id| self.by_id.get(id.as_str())) {
            return Ok((id(*at), By::Remembered));
        }
        // A row that belongs to several lists them in one cell; a comma alone may be one of a number's.
        let of_several =
            || row.id.split(';').flat_map(|ids| ids.split(", ")).find_map(|one| self.by_id.get(one.trim()));
        match (self.by_domain.get(row.domain).map(Vec::as_slice), names.map(Vec::as_slice)) {
            (Some([only]), _) => Ok((id(*only), By::Domain)),
            (_, Some([only])) => Ok((id(*only), By::Name)),
            (Some(_), _) | (_, Some(_)) => Err(Stranger::Several),
            (None, None) if let Some(at) = of_several() => Ok((id(*at), By::FirstOfSeveral)),
            (None, None) => Err(match self.by_digits.get(&without_zeros(row.id)).filter(|_| !row.id.is_empty()) {
                Some(at) => Stranger::Zeros(id(*at).clone()),
                None => Stranger::Unknown,
            }),
        }
    }

    /// The customer that somebody called so may be: one whose name begins with the same word, or whose domain does.
    pub fn suggestion(&self, called: &str) -> Option<&Customer> {
        let name = plain_name(called.split('.').next().unwrap_or(called));
        let first = name.split(' ').next().filter(|word| word.chars().count() >= 4)?;
        let alike = |customer: &&Customer| {
            let own = plain_name(&customer.name);
            let joined = own.replace(' ', "");
            own.split(' ').next() == Some(first) || joined == name || joined.starts_with(&name.replace(' ', ""))
        };
        let mut found = self.customers.iter().filter(alike);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }
}

/// An id without the zeros it begins with.
fn without_zeros(id: &str) -> String {
    // A number with a decimal point is what a program makes of an id that it takes for a figure.
    id.strip_suffix(".0").unwrap_or(id).trim_start_matches('0').to_lowercase()
}

/// The domain of an address.
pub fn domain_of(email: &str) -> Option<&str> {
    email.rsplit_once('@').map(|(_, domain)| domain).filter(|domain| domain.contains('.'))
}
