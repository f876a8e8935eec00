//! What several sources say of the same things, taken together.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contracts::{
    Line, SourceName,
    delivery::{Contact, ContractTerms, CustomerFields},
    facts::{Part, Source},
};

use crate::rows::{Sources, Version};

/// What one source may leave unsaid and another say.
pub(super) trait Layer: Clone {
    /// Which part it is of.
    const PART: Part;

    /// What this one says, and where it says nothing, what `other` says.
    fn or(self, other: Self) -> Self;
}

/// A thing with all that is said of it.
pub(super) struct Merged<T> {
    /// The sources' own key of it.
    pub key: Line,
    /// What is said of it.
    pub says: T,
    /// The first source that says something of it, and its last delivery.
    pub source: Source,
}

/// What is said on the day `as_of`, by key. A source that has cleared a thing, or where it is gone, says nothing of it;
/// where two say different things, the one that counts first is right.
pub(super) fn merged<T: Layer>(versions: &[Version<T>], sources: &Sources, as_of: NaiveDate) -> Vec<Merged<T>> {
    let names: BTreeSet<&SourceName> = versions.iter().map(|version| &version.source).collect();
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_by_key(|name| sources.rank(name));
    let mut merged: BTreeMap<Line, Merged<T>> = BTreeMap::new();
    for version in names.into_iter().flat_map(|name| current(versions, name, as_of)) {
        let Some(says) = version.says.clone() else { continue };
        let known = merged.remove(&version.key);
        let (key, says, source) = match known {
            Some(known) => (known.key, known.says.or(says), known.source),
            None => (version.key.clone(), says, delivered(version, sources)),
        };
        merged.insert(key.clone(), Merged { key, says, source });
    }
    merged.into_values().collect()
}

/// The newest versions of what one source says, by key. What it said first stands for earlier days, too.
fn current<'a, T>(versions: &'a [Version<T>], source: &SourceName, as_of: NaiveDate) -> Vec<&'a Version<T>> {
    let of_source = || versions.iter().filter(|version| version.source == *source);
    let first = of_source().map(|version| version.from).min();
    let day = first.map_or(as_of, |first| first.max(as_of));
    let mut newest: BTreeMap<&Line, &Version<T>> = BTreeMap::new();
    for version in of_source().filter(|version| version.from <= day) {
        let known = newest.entry(&version.key).or_insert(version);
        if known.from <= version.from {
            *known = version;
        }
    }
    newest.into_values().collect()
}

/// The source of a version, and the last day on which it said so.
fn delivered<T: Layer>(version: &Version<T>, sources: &Sources) -> Source {
    let delivered = sources.delivered(&version.source, T::PART);
    let as_of = delivered.map_or(version.from, |day| day.max(version.from));
    Source { origin: version.source.as_str().into(), as_of }
}

impl Layer for CustomerFields {
    const PART: Part = Part::Customers;

    fn or(self, other: Self) -> Self {
        Self {
            name: self.name.or(other.name),
            industry: self.industry.or(other.industry),
            segment: self.segment.or(other.segment),
            owner: self.owner.or(other.owner),
            status: self.status.or(other.status),
            since: self.since.or(other.since),
            contact: self.contact.or(other.contact),
        }
    }
}

impl Layer for ContractTerms {
    const PART: Part = Part::Contracts;

    fn or(self, other: Self) -> Self {
        Self {
            renewal_date: self.renewal_date.or(other.renewal_date),
            arr: self.arr.or(other.arr),
            plan: self.plan.or(other.plan),
            seats: self.seats.or(other.seats),
            auto_renew: self.auto_renew.or(other.auto_renew),
            notice_days: self.notice_days.or(other.notice_days),
        }
    }
}

impl Layer for Contact {
    const PART: Part = Part::Contacts;

    fn or(self, other: Self) -> Self {
        Self {
            name: self.name.or(other.name),
            role: self.role.or(other.role),
            email: self.email.or(other.email),
            primary: self.primary.or(other.primary),
        }
    }
}
