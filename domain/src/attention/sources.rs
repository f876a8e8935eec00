//! The reasons that a source gives: it is stale, or its customers fall together, which they seldom do by themselves.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contracts::{
    Line, SourceName,
    attention::{About, Factors, Grounds, Item, Kind, State},
    facts::{Part, Source, Trend},
    reading::Knowledge,
};

use super::{
    factors::{self, Medians},
    id,
};
use crate::{
    case::Case,
    thresholds::SOURCE_CUSTOMERS,
    words::{count, date},
};

/// The sources of usage of whose customers over half go down or have stopped, where there are enough of them.
pub(super) fn fallen<'a>(cases: impl Iterator<Item = &'a Case>) -> BTreeSet<&'a SourceName> {
    let mut counted: BTreeMap<&SourceName, (usize, usize)> = BTreeMap::new();
    for usage in cases.filter_map(|case| case.usage.known()) {
        let (fell, all) = counted.entry(&usage.source).or_default();
        *fell += usize::from(falls(usage.trend));
        *all += 1;
    }
    counted.retain(|_, (fell, all)| *all >= SOURCE_CUSTOMERS && 2 * *fell > *all);
    counted.into_keys().collect()
}

fn falls(trend: Option<Trend>) -> bool {
    matches!(trend, Some(Trend::Down | Trend::Silent))
}

/// One of each source that fell, and one of each part of a source that is stale.
pub(super) fn items(cases: &[&Case], fallen: &BTreeSet<&SourceName>, medians: &Medians) -> Vec<Item> {
    let fell = fallen.iter().map(|source| fell(source, cases, medians));
    fell.chain(stale(cases, medians)).collect()
}

fn fell(source: &SourceName, cases: &[&Case], medians: &Medians) -> Item {
    let usage = |case: &&&Case| case.usage.known().is_some_and(|usage| usage.source == *source);
    let of_source: Vec<&Case> = cases.iter().filter(usage).copied().collect();
    let falling = || of_source.iter().filter(|case| case.usage.known().is_some_and(|usage| falls(usage.trend)));
    let newest = of_source.iter().filter_map(|case| Some(case.usage.source()?.as_of)).max();
    let says = format!(
        "usage falls or has stopped at {} of {} that {source} tells of: look at the source before you call them",
        falling().count(),
        count(of_source.len() as u64, "customer"),
    );
    item(source.clone(), Part::Usage, Kind::SourceFell, newest, &says, &falling().copied().collect::<Vec<_>>(), medians)
}

fn stale(cases: &[&Case], medians: &Medians) -> Vec<Item> {
    let mut old: BTreeMap<(SourceName, Part), (NaiveDate, Vec<&Case>)> = BTreeMap::new();
    for case in cases {
        for (part, source) in stale_parts(case) {
            // Counts of old releases have a name of their own that is none of a source.
            let Ok(name) = source.origin.as_str().parse::<SourceName>() else { continue };
            let (newest, of_source) = old.entry((name, part)).or_insert_with(|| (source.as_of, Vec::new()));
            *newest = source.as_of.max(*newest);
            of_source.push(case);
        }
    }
    let items = old.into_iter().map(|((name, part), (newest, cases))| {
        let whose = count(cases.len() as u64, "customer");
        let says = format!(
            "what {name} says of {} is of {} at the newest, for {whose}: bring in newer data",
            part.as_str(),
            date(newest)
        );
        item(name, part, Kind::SourceStale, Some(newest), &says, &cases, medians)
    });
    items.collect()
}

/// The parts that are too old, and whose they are.
fn stale_parts(case: &Case) -> impl Iterator<Item = (Part, &Source)> {
    fn old<T>(knowledge: &Knowledge<T>) -> Option<&Source> {
        knowledge.source().filter(|_| knowledge.is_stale())
    }
    let parts =
        [(Part::Usage, old(&case.usage)), (Part::Tickets, old(&case.tickets)), (Part::Contracts, old(&case.contract))];
    parts.into_iter().filter_map(|(part, source)| Some((part, source?)))
}

fn item(
    name: SourceName,
    part: Part,
    kind: Kind,
    newest: Option<NaiveDate>,
    says: &str,
    cases: &[&Case],
    medians: &Medians,
) -> Item {
    let about = About::Source { name, part };
    let cause = newest.map(|day| day.to_string()).unwrap_or_default();
    let factors = Factors {
        value: medians.worth_of_all(cases.iter().copied()),
        likelihood: factors::likelihood(Grounds::Kind),
        urgency: factors::urgency(kind, std::iter::empty()),
    };
    Item {
        id: id::of(&about, kind, &cause),
        kind,
        about,
        reasons: vec![Line::new(says)],
        day: newest,
        promised: None,
        factors,
        situation: count(cases.len() as u64, "customer").as_str().into(),
        state: State::Open,
    }
}
