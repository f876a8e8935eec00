//! What deliveries changed of a customer, and how its score went.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use contracts::{
    SourceName,
    changes::{DeliveredPart, Happened, ScorePoint, TimelineEntry},
};

use super::Past;
use crate::{
    difference::{Difference, difference, heads_the_news},
    health,
    rows::{CustomerRows, Delivered, Sources},
};

/// How many weeks a line of the score has.
const WEEKS: u64 = 52;

/// How many days of delivery a timeline tells of, newest first.
const MOST_DELIVERIES: usize = 60;

/// The score of every week of the year up to `day`, oldest first, each reckoned from what was known on its day. `sources`
/// tells how they were on a day.
pub fn scores(past: &mut Past, day: NaiveDate, sources: impl Fn(NaiveDate) -> Sources) -> Vec<ScorePoint> {
    let weeks = (0..=WEEKS).rev().filter_map(|weeks| day.checked_sub_days(Days::new(7 * weeks)));
    let score = |on| {
        let report = health::of(&past.case(&sources(on), on));
        ScorePoint { on, score: report.score, risk: report.risk }
    };
    weeks.map(score).collect()
}

/// What the deliveries up to `day` changed of the customer, newest first; those that changed nothing that heads the news
/// are left out.
pub fn deliveries(past: &mut Past, day: NaiveDate, sources: &Sources) -> Vec<TimelineEntry> {
    let names = sources_of(past.rows());
    let since = past.known_since();
    let mut by_day: BTreeMap<NaiveDate, Vec<DeliveredPart>> = BTreeMap::new();
    for Delivered { source, part, day: on } in &sources.delivered {
        if *on <= day && names.contains(source) && since.is_some_and(|since| since <= *on) {
            by_day.entry(*on).or_default().push(DeliveredPart { source: source.clone(), part: *part });
        }
    }
    let skipped = by_day.len().saturating_sub(MOST_DELIVERIES + 1);
    let mut days = by_day.into_iter().skip(skipped);
    let mut before = if skipped > 0 { days.next().map(|(on, _)| past.case(&sources.as_of(on), on)) } else { None };
    let mut entries = Vec::new();
    for (on, delivered) in days {
        let is_first = Some(on) == since;
        // What users wrote themselves comes with no delivery.
        let eve = on.pred_opt().filter(|_| !is_first);
        let earlier = before.take().or_else(|| eve.map(|eve| past.case(&sources.as_of(eve), eve)));
        let after = past.case(&sources.as_of(on), on);
        let Difference { facts, score } =
            earlier.map_or_else(Difference::default, |before| difference(&before, &after));
        let facts: Vec<_> = facts.into_iter().filter(|changed| heads_the_news(&changed.fact)).collect();
        let score = score.filter(|score| score.from_bp != score.to_bp);
        if is_first || !facts.is_empty() || score.is_some() {
            entries.push(TimelineEntry { on, what: Happened::Delivery { delivered, is_first, facts, score } });
        }
        before = Some(after);
    }
    entries.reverse();
    entries
}

/// The sources that say something of a customer.
fn sources_of(rows: &CustomerRows) -> BTreeSet<SourceName> {
    let fields = rows.fields.iter().map(|row| &row.source);
    let usage = rows.usage.iter().map(|row| &row.source);
    let tickets = rows.tickets.iter().map(|row| &row.source);
    let contracts = rows.contracts.iter().map(|row| &row.source);
    let contacts = rows.contacts.iter().map(|row| &row.source);
    let answers = rows.satisfaction.iter().map(|row| &row.source);
    fields.chain(usage).chain(tickets).chain(contracts).chain(contacts).chain(answers).cloned().collect()
}
