//! Everybody that rows may be of, and who of them a row is of.

use std::{
    collections::{BTreeMap, HashMap},
    iter,
};

use ::contracts::CustomerId;

use super::{
    By, Customer, Links, Reference, Says, Stranger,
    ids::{salesforce, without_zeros},
    names::{is_of_anybody, plain_name},
};

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
        let short = all
            .customers
            .iter()
            .enumerate()
            .filter_map(|(at, customer)| Some((salesforce(customer.id.as_str())?.to_owned(), at)));
        for (id, at) in stored.chain(short).collect::<Vec<_>>() {
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
        let linked =
            |links: &BTreeMap<String, CustomerId>, text: &str| self.by_id.get(links.get(text)?.as_str()).copied();
        let own = self.at_id(row.id).or_else(|| self.at_id(row.other_id));
        let by_link = linked(&links.id, row.id);
        let (domain, names) = (self.by_domain.get(row.domain).map(Vec::as_slice), self.at_name(row.name));
        let by_domain = linked(&links.domain, row.domain).map(|at| (at, By::Linked)).or(match domain {
            Some(&[only]) => Some((only, By::Domain)),
            _ => None,
        });
        let by_name = linked(&links.name, row.name).map(|at| (at, By::Linked)).or(match names {
            Some(&[only]) => Some((only, By::Name)),
            _ => None,
        });
        let is_called_so = |at: usize| plain_name(&self.customers[at].name) == plain_name(row.name);
        let contradicts = |one: (Says, usize), other: (Says, usize)| {
            Err(Stranger::Contradicts([one, other].map(|(says, at)| (says, id(at).clone()))))
        };
        match (own, by_link, by_domain, by_name) {
            // The same id of two systems: what else the row says decides. What is stored now goes before what was remembered.
            (Some(own), Some(link), by_domain, by_name) if own != link && id(own).as_str() == row.id => {
                let said = by_domain.into_iter().chain(by_name).find(|(at, _)| [own, link].contains(at));
                said.map_or_else(|| contradicts((Says::Id, own), (Says::Linked, link)), |(at, by)| Ok((id(at), by)))
            }
            (Some(own), _, _, Some((named, _))) if named != own && !is_called_so(own) => {
                contradicts((Says::Id, own), (Says::Name, named))
            }
            (Some(own), _, None, _) => Ok((id(own), By::Id)),
            (Some(own), _, Some((same, _)), _) if same == own => Ok((id(own), By::IdAndDomain)),
            (Some(own), ..) => Ok((id(own), By::IdNotDomain)),
            (None, Some(link), ..) => Ok((id(link), By::Linked)),
            (None, None, Some((at, By::Linked)), _) | (None, None, _, Some((at, By::Linked))) => {
                Ok((id(at), By::Linked))
            }
            (None, None, Some((at, _)), Some((named, _))) if at != named => {
                contradicts((Says::Domain, at), (Says::Name, named))
            }
            (None, None, Some((at, by)), _) | (None, None, None, Some((at, by))) => Ok((id(at), by)),
            (None, None, None, None) if domain.is_some() || names.is_some() => Err(Stranger::Several),
            (None, None, None, None) => match (self.first_of_several(row.id), self.at_wider_domain(row.domain)) {
                (Some(at), _) => Ok((id(at), By::FirstOfSeveral)),
                (None, Some(at)) => Ok((id(at), By::WiderDomain)),
                (None, None) => Err(match self.at_digits(row.id) {
                    Some(at) => Stranger::Zeros(id(at).clone()),
                    None => Stranger::Unknown,
                }),
            },
        }
    }

    /// The customer with this id, or of whom another system stores it.
    pub fn with_id(&self, id: &str) -> Option<&CustomerId> {
        self.at_id(id).map(|at| &self.customers[at].id)
    }

    fn at_id(&self, id: &str) -> Option<usize> {
        let exact = self.by_id.get(id).or_else(|| self.by_id.get(salesforce(id)?));
        exact.copied().filter(|_| !id.is_empty())
    }

    fn at_digits(&self, id: &str) -> Option<usize> {
        self.by_digits.get(&without_zeros(id)).copied().filter(|_| !id.is_empty())
    }

    /// Whose the nearest domain is that this one is part of.
    fn at_wider_domain(&self, domain: &str) -> Option<usize> {
        let mut wider = iter::successors(domain.split_once('.'), |(_, wider)| wider.split_once('.'));
        match wider.find_map(|(_, wider)| self.by_domain.get(wider)).map(Vec::as_slice) {
            Some(&[only]) => Some(only),
            _ => None,
        }
    }

    fn at_name(&self, name: &str) -> Option<&[usize]> {
        self.by_name.get(&plain_name(name)).filter(|_| !name.is_empty()).map(Vec::as_slice)
    }

    /// A row that belongs to several lists them in one cell; a comma alone may be one of a number's.
    fn first_of_several(&self, ids: &str) -> Option<usize> {
        ids.split(';').flat_map(|ids| ids.split(", ")).find_map(|one| self.at_id(one.trim()))
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
