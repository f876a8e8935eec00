//! The customer itself, its people and what they answered.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{
    SourceName,
    delivery::{Contact, CustomerFields},
    facts::{Part, Source},
    reading::Knowledge,
};

use super::{Satisfaction, freshness::aged, merged::merged};
use crate::rows::{Response, Sources, Version};

/// The customer's own fields. Of a customer that is gone from all its sources the last ones stay, as stale.
pub(super) fn fields(
    versions: &[Version<CustomerFields>],
    sources: &Sources,
    as_of: NaiveDate,
) -> Knowledge<CustomerFields> {
    if let Some(said) = merged(versions, sources, as_of).into_iter().next() {
        return aged(Part::Customers, said.says, said.source, as_of);
    }
    let gone_on = versions.iter().filter(|version| version.says.is_none() && version.from <= as_of);
    let last_day = gone_on.map(|version| version.from).max().and_then(|day| day.pred_opt());
    let last = last_day.and_then(|day| merged(versions, sources, day).into_iter().next().zip(Some(day)));
    last.map_or(Knowledge::Missing, |(said, as_of)| Knowledge::Stale {
        value: said.says,
        source: Source { as_of, ..said.source },
    })
}

/// The source that was the last to lose the customer, and when, where every source that knew it has.
pub(super) fn gone(versions: &[Version<CustomerFields>], as_of: NaiveDate) -> Option<Source> {
    let mut newest: BTreeMap<&SourceName, &Version<CustomerFields>> = BTreeMap::new();
    for version in versions.iter().filter(|version| version.from <= as_of) {
        let known = newest.entry(&version.source).or_insert(version);
        if known.from <= version.from {
            *known = version;
        }
    }
    let last = newest.values().max_by_key(|version| version.from)?;
    let is_gone = newest.values().all(|version| version.says.is_none());
    is_gone.then(|| Source { origin: last.source.as_str().into(), as_of: last.from })
}

/// Whom emails address: the contact that is marked as primary, else the first by key, else the name among the
/// customer's own fields.
pub(super) fn contact(
    versions: &[Version<Contact>],
    fields: &Knowledge<CustomerFields>,
    sources: &Sources,
    as_of: NaiveDate,
) -> Knowledge<Contact> {
    let mut people = merged(versions, sources, as_of);
    let primary = people.iter().position(|person| person.says.primary == Some(true));
    if !people.is_empty() {
        let person = people.swap_remove(primary.unwrap_or(0));
        return aged(Part::Contacts, person.says, person.source, as_of);
    }
    fields.and_then(|fields| Some(Contact { name: Some(fields.contact.clone()?), ..Contact::default() }))
}

/// The people on record beside that contact, in the order of their keys.
pub(super) fn others(versions: &[Version<Contact>], sources: &Sources, as_of: NaiveDate) -> Vec<Contact> {
    let mut people: Vec<_> = merged(versions, sources, as_of).into_iter().map(|said| said.says).collect();
    if !people.is_empty() {
        people.remove(people.iter().position(|person| person.primary == Some(true)).unwrap_or(0));
    }
    people
}

/// The newest answer to a survey.
pub(super) fn satisfaction(responses: &[Response], as_of: NaiveDate) -> Knowledge<Satisfaction> {
    let known = responses.iter().filter(|response| response.date <= as_of);
    let newest = known.max_by_key(|response| (response.date, &response.source, &response.key));
    newest.map_or(Knowledge::Missing, |&Response { ref source, date, survey, score, .. }| {
        let source = Source { origin: source.as_str().into(), as_of: date };
        aged(Part::Satisfaction, Satisfaction { survey, score, date }, source, as_of)
    })
}
