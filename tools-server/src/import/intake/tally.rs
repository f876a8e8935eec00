//! Counts for the report: of each part its rows, of each customer what became of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line,
    delivery::{MAX_NAMED, Named, PartReport},
    facts::Part,
};

/// What became of a row that was compared with what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It says something new.
    Changed,
    /// It says what is known.
    Unchanged,
    /// A newer delivery overrules it.
    Outdated,
}

/// How a customer that is no stranger stands to the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Not in it, and named by a delivery that is older than the source's newest.
    LeftOut,
    /// New in it.
    Created,
    /// In it before.
    Known { changed: bool },
}

#[derive(Debug)]
struct Met {
    standing: Standing,
    /// The parts of which it has rows, by their bits.
    parts: u8,
}

#[derive(Debug, Default)]
struct PartTally {
    report: PartReport,
    /// The first things that are gone.
    gone: BTreeSet<(CustomerId, Line)>,
    /// The first strangers.
    strangers: BTreeSet<Line>,
}

#[derive(Debug, Default)]
pub(super) struct Tally {
    customers: HashMap<CustomerId, Met>,
    parts: BTreeMap<Part, PartTally>,
}

impl Tally {
    /// Begins with a part that has no rows yet for each of `parts`.
    pub(super) fn new(parts: impl Iterator<Item = Part>) -> Self {
        Self { customers: HashMap::new(), parts: parts.map(|part| (part, PartTally::default())).collect() }
    }

    /// A row of a customer's own, where the customer is not in the book: it is new, or left out.
    pub(super) fn arrives(&mut self, id: &CustomerId, standing: Standing) {
        self.customers.entry(id.clone()).or_insert(Met { standing, parts: 0 });
    }

    /// How a customer stands, as far as it was met in the delivery.
    pub(super) fn standing(&self, id: &CustomerId) -> Option<Standing> {
        self.customers.get(id).map(|met| met.standing)
    }

    /// Rows of a customer who is not in the book.
    pub(super) fn strange(&mut self, part: Part, id: &CustomerId, rows: u64) {
        let tally = self.parts.entry(part).or_default();
        tally.report.read += rows;
        tally.report.strangers.count += rows;
        keep_first(&mut tally.strangers, Line::new(id.as_str()));
    }

    /// Rows of a customer who is left out.
    pub(super) fn left_out(&mut self, part: Part, rows: u64) {
        let report = &mut self.parts.entry(part).or_default().report;
        report.read += rows;
        report.outdated += rows;
    }

    /// One row of a customer of the book, with its oldest and newest day where it has days.
    pub(super) fn row(&mut self, part: Part, id: &CustomerId, fate: Fate, days: Option<(NaiveDate, NaiveDate)>) {
        let met = self.met(id);
        let is_first = met.parts & bit(part) == 0;
        met.parts |= bit(part);
        if fate == Fate::Changed {
            met.change();
        }
        let report = &mut self.parts.entry(part).or_default().report;
        report.read += 1;
        report.customers += u64::from(is_first);
        report.taken += u64::from(fate != Fate::Outdated);
        report.changed += u64::from(fate == Fate::Changed);
        report.outdated += u64::from(fate == Fate::Outdated);
        if let Some((oldest, newest)) = days {
            report.oldest = Some(report.oldest.map_or(oldest, |day| day.min(oldest)));
            report.newest = report.newest.max(Some(newest));
        }
    }

    /// Something of a customer changed that is no row: a series is back, or is measured otherwise.
    pub(super) fn changes(&mut self, id: &CustomerId) {
        self.met(id).change();
    }

    /// A thing of the source is gone.
    pub(super) fn gone(&mut self, part: Part, id: &CustomerId, key: &Line) {
        self.met(id).change();
        let tally = self.parts.entry(part).or_default();
        tally.report.gone.count += 1;
        keep_first(&mut tally.gone, (id.clone(), key.clone()));
    }

    /// The parts that there are rows of, or that were announced.
    pub(super) fn parts(&self) -> impl Iterator<Item = Part> {
        self.parts.keys().copied()
    }

    /// Rows of strangers in all parts, and the first of their ids.
    pub(super) fn strangers(&self) -> Named {
        let count = self.parts.values().map(|tally| tally.report.strangers.count).sum();
        named(count, self.parts.values().flat_map(|tally| tally.strangers.iter().cloned()).collect())
    }

    /// How many customers are new, changed and unchanged.
    pub(super) fn customers(&self) -> (u32, u32, u32) {
        let count = |standing| self.customers.values().filter(|met| met.standing == standing).count() as u32;
        let known = |changed| count(Standing::Known { changed });
        (count(Standing::Created), known(true), known(false))
    }

    /// The customers by whose names things that are gone are told.
    pub(super) fn to_name(&self) -> BTreeSet<&CustomerId> {
        let by_name = self.parts.iter().filter(|(part, _)| is_told_by_name(**part));
        by_name.flat_map(|(_, tally)| tally.gone.iter().map(|(id, _)| id)).collect()
    }

    /// What became of each part. A customer that `names` does not have is told by its id.
    pub(super) fn report(self, names: &BTreeMap<CustomerId, Line>) -> BTreeMap<Part, PartReport> {
        let name = |id: &CustomerId| names.get(id).cloned().unwrap_or_else(|| Line::new(id.as_str()));
        let finish = |(part, PartTally { mut report, gone, strangers })| {
            let gone = gone.into_iter().map(|(id, key)| if is_told_by_name(part) { name(&id) } else { key });
            report.gone = named(report.gone.count, gone.collect());
            report.strangers = named(report.strangers.count, strangers);
            (part, report)
        };
        self.parts.into_iter().map(finish).collect()
    }

    /// A customer of the book, who was in it before unless it was met otherwise.
    fn met(&mut self, id: &CustomerId) -> &mut Met {
        let known = || Met { standing: Standing::Known { changed: false }, parts: 0 };
        self.customers.entry(id.clone()).or_insert_with(known)
    }
}

impl Met {
    fn change(&mut self) {
        if let Standing::Known { changed } = &mut self.standing {
            *changed = true;
        }
    }
}

/// Customers and usage series are told by the customer's name, everything else by its own key.
fn is_told_by_name(part: Part) -> bool {
    matches!(part, Part::Customers | Part::Usage)
}

fn named(count: u64, names: BTreeSet<Line>) -> Named {
    Named { count, names: names.into_iter().take(MAX_NAMED).collect() }
}

fn keep_first<T: Ord>(first: &mut BTreeSet<T>, another: T) {
    first.insert(another);
    if first.len() > MAX_NAMED {
        first.pop_last();
    }
}

fn bit(part: Part) -> u8 {
    1 << part as u8
}
