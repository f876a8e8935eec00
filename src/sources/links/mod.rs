//! Which customer a row of another system is of: by an id that one system stores of the other, else by a company domain
//! that only one customer has, else by name. Pure.

mod customers;
mod ids;
mod joined;
mod names;

use std::{collections::BTreeMap, fmt};

use ::contracts::CustomerId;
use serde::{Deserialize, Serialize};

pub use self::customers::Customers;
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
    /// By its id, and the row's domain is its own, too.
    IdAndDomain,
    /// By its id, though the row's domain is that of another customer.
    IdNotDomain,
    /// By the first of several ids in its cell that is one of a customer.
    FirstOfSeveral,
    /// By its domain.
    Domain,
    /// By its domain, of which the row's own is a part.
    WiderDomain,
    /// By its name.
    Name,
    /// As was remembered, or as another file says whose id it is.
    Linked,
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id => "by id",
            Self::IdAndDomain => "by id and domain",
            Self::IdNotDomain => "by id, though their domain is another customer's",
            Self::FirstOfSeveral => "by the first known of several ids",
            Self::Domain => "by domain",
            Self::WiderDomain => "by the domain that theirs is part of",
            Self::Name => "by name",
            Self::Linked => "by link",
        })
    }
}

/// What a row says by which a customer may be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// An id of the customer.
    Id,
    /// An id that is linked to the customer.
    Linked,
    /// A domain.
    Domain,
    /// A name.
    Name,
}

impl fmt::Display for Says {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Id => "id",
            Self::Linked => "id in another system",
            Self::Domain => "domain",
            Self::Name => "name",
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
    /// Two things that the row says are those of two customers.
    Contradicts([(Says, CustomerId); 2]),
    /// Several customers have the name or the domain.
    Several,
    /// The row has no name, and no address but one that anybody may have.
    Unnamed,
}

/// The domain of an address.
pub fn domain_of(email: &str) -> Option<&str> {
    email.rsplit_once('@').map(|(_, domain)| domain).filter(|domain| domain.contains('.'))
}
