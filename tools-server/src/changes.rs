//! What changed between two days, and what happened with one customer. Pure.

use chrono::NaiveDate;
use contracts::{
    CustomerId,
    activity::ActivityRow,
    changes::{ChangesPage, ChangesQuery, Happened, Timeline, TimelineEntry},
    history::Message,
    query::Filter,
};
use domain::{
    past,
    query::{Truth, holds},
    rows::Sources,
};

use crate::{
    demo,
    store::{PastOf, Pasts},
};

/// What changed from the query's day to `as_of` of those of these customers for whom `filter` holds. `next` is where another page begins.
pub fn page(
    pasts: Pasts,
    next: Option<CustomerId>,
    query: &ChangesQuery,
    filter: &Filter,
    as_of: NaiveDate,
) -> ChangesPage {
    let Pasts { sources, customers } = pasts;
    let since = query.since;
    let (mut changed, mut unchanged, mut left_out) = (Vec::new(), 0, 0);
    let [own, demos] = [false, true].map(|demo| [since, as_of].map(|day| sources_on(demo, &sources, day)));
    for PastOf { demo, mut past } in customers {
        let [earlier, later] = if demo { &demos } else { &own };
        let was_known_on = |day| demo || past.known_since().is_some_and(|first| first <= day);
        if !was_known_on(as_of) {
            continue;
        }
        let was_known = was_known_on(since);
        let before = was_known.then(|| past.case(earlier, since));
        let after = past.case(later, as_of);
        match holds(filter, &after, as_of) {
            Truth::True => {}
            Truth::False => continue,
            Truth::Unknown => {
                left_out += 1;
                continue;
            }
        }
        match past::changes(before.as_ref(), &after, query.all) {
            Some(changes) => changed.push(changes),
            None => unchanged += 1,
        }
    }
    let first_delivery = sources.delivered.iter().map(|delivered| delivered.day).min();
    ChangesPage { since, as_of, first_delivery, customers: changed, unchanged, left_out, next }
}

/// The sources as they were on a day. Those of the demo book deliver every day.
fn sources_on(is_demo: bool, sources: &Sources, day: NaiveDate) -> Sources {
    if is_demo { demo::sources(day) } else { sources.as_of(day) }
}

/// Everything that happened with a customer up to `as_of`, newest first, and its score week by week.
pub fn timeline(
    PastOf { demo, mut past }: PastOf,
    sources: &Sources,
    done: Vec<ActivityRow>,
    runs: Vec<Message>,
    as_of: NaiveDate,
) -> Timeline {
    let on = |day| sources_on(demo, sources, day);
    let name = past.case(&on(as_of), as_of).name;
    let scores = past::scores(&mut past, as_of, on);
    let deliveries = if demo { Vec::new() } else { past::deliveries(&mut past, as_of, sources) };
    let done = done.into_iter().map(|row| TimelineEntry { on: row.activity.on, what: Happened::Activity { row } });
    let runs = runs.into_iter().map(|Message { run_id, created_at: at, result }| {
        let summary = result.summary.and_then(|text| text.as_str().lines().next().map(Into::into));
        let what = Happened::Run { run_id, at, task: result.task, question: result.question, summary };
        TimelineEntry { on: at.date_naive(), what }
    });
    let mut entries: Vec<_> = done.chain(runs).chain(deliveries).collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.on));
    Timeline { name, as_of, scores, entries }
}
