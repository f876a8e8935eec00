//! The mapping and the joins, as people read them.

use std::fmt::Write as _;

use crate::{
    sources::{
        links::{Customers, Joined, Stranger},
        origin::Origin,
        planned::Planned,
        problem::{Problem, quoted},
        recognise::{Becomes, Why},
    },
    words::count,
};

/// How many values of a column are shown.
const SAMPLES: usize = 3;

/// Why a sum is left out.
const NO_INTERVAL: &str = "a sum of which nothing says how often it is paid (--map FILE:COLUMN=contracts.arr if each year, contracts.mrr if each \
     month)";

/// How many columns that are left out are named.
const COLUMNS: usize = 30;

/// How many who were not found are named.
const STRANGERS: usize = 10;

/// What each column becomes, with some of its values; what is left out and why; and what is not used at all.
pub(super) fn mapping(tables: &[Planned], unused: &[(String, String)]) -> String {
    let mut text = String::new();
    for planned in tables.iter().filter(|planned| !planned.is_known) {
        let parts = planned.layout.parts.iter().map(|part| part.as_str()).collect::<Vec<_>>().join(", ");
        let system = planned.layout.system.map_or_else(String::new, |system| format!(" ({})", system.as_str()));
        let rows = count(planned.survey.rows, "row");
        let _ = writeln!(text, "{}{system}: {rows} of {parts}", planned.table.place);
        let used =
            planned.layout.columns.iter().enumerate().filter_map(|(at, becomes)| Some((at, becomes_words(becomes)?)));
        let used = used.collect::<Vec<_>>();
        let title = |at: usize| planned.table.header[at].shown.as_str();
        let width = used.iter().map(|(at, _)| title(*at).chars().count()).max().unwrap_or_default();
        for (at, becomes) in used {
            let _ = writeln!(text, "  {:<width$}  {becomes:<24}  {}", title(at), samples(planned, at));
        }
        for (why, columns) in left_out(planned) {
            let _ = writeln!(text, "  left out, {why}: {}", first(&columns).join(", "));
        }
    }
    for (place, why) in unused {
        let _ = writeln!(text, "Not used: {place}: {why}");
    }
    text.truncate(text.trim_end().len());
    text
}

fn becomes_words(becomes: &Becomes) -> Option<String> {
    match becomes {
        Becomes::Field(part, field) => Some(format!("{}.{}", part.as_str(), field.name)),
        Becomes::Point(period) => Some(format!("usage up to {}", period.last)),
        Becomes::Metric(_) => Some("usage, a metric".to_owned()),
        Becomes::Nothing(_) => None,
    }
}

/// The first different values of a column.
fn samples(planned: &Planned, at: usize) -> String {
    let mut shown = Vec::<&str>::new();
    for cell in planned.table.sample.iter().filter_map(|row| row.cells.get(at)).map(str::trim) {
        if !cell.is_empty() && !shown.contains(&cell) {
            shown.push(cell);
        }
        if shown.len() == SAMPLES {
            break;
        }
    }
    if shown.is_empty() { "(empty)".to_owned() } else { shown.into_iter().map(quoted).collect::<Vec<_>>().join(", ") }
}

/// The columns of a table that nothing takes, or that lack something.
pub(super) fn ignored(planned: &Planned) -> Option<(Origin, Vec<String>)> {
    let columns = planned.layout.columns.iter().zip(&planned.table.header);
    let is_ignored = |becomes| matches!(becomes, &Becomes::Nothing(Why::Unknown | Why::NoInterval | Why::Lacks(_)));
    let ignored = columns.filter(|(becomes, title)| is_ignored(*becomes) && !title.written.trim().is_empty());
    let ignored = ignored.map(|(_, title)| quoted(&title.written)).collect::<Vec<_>>();
    (!ignored.is_empty()).then(|| (Origin::File(planned.table.place.to_string()), first(&ignored)))
}

/// The first of them, and how many more there are.
fn first(columns: &[String]) -> Vec<String> {
    let more = columns.len().saturating_sub(COLUMNS);
    let more = (more > 0).then(|| count(more as u64, "more column"));
    columns.iter().take(COLUMNS).cloned().chain(more).collect()
}

/// The columns that are left out, by the reason.
fn left_out(planned: &Planned) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::<(String, Vec<String>)>::new();
    for (becomes, title) in planned.layout.columns.iter().zip(&planned.table.header) {
        let Becomes::Nothing(why) = becomes else { continue };
        let why = match *why {
            Why::Unknown => "nothing takes them".to_owned(),
            Why::Said => "as said".to_owned(),
            Why::Asked => "another one may be the same".to_owned(),
            Why::Same(at) => format!("{} says the same", planned.table.header[at].shown),
            Why::Empty => "empty".to_owned(),
            Why::NoInterval => NO_INTERVAL.to_owned(),
            Why::Lacks(what) => what.to_owned(),
        };
        match all.iter_mut().find(|(other, _)| *other == why) {
            Some((_, columns)) => columns.push(title.shown.clone()),
            None => all.push((why, vec![title.shown.clone()])),
        }
    }
    all
}

/// How rows found their customers, and who was not found: most rows first, with whom it may be.
pub(super) fn joins(joined: &Joined, customers: &Customers) -> Vec<String> {
    let ways = joined.ways().into_iter().map(|(by, rows)| format!("{} {by}", count(rows, "row")));
    let ways = ways.collect::<Vec<_>>();
    let mut told = Vec::new();
    if !ways.is_empty() {
        told.push(format!("Found their customer: {}", ways.join(", ")));
    }
    let strangers = joined.strangers();
    let rows = strangers.iter().map(|stranger| stranger.rows).sum::<u64>();
    if rows == 0 {
        return told;
    }
    let hint = if ways.is_empty() { "; if they are not in the book yet, name the file that has them, too" } else { "" };
    told.push(format!("Left out: {} of customers who were not found{hint}", count(rows, "row")));
    for stranger in strangers.iter().take(STRANGERS) {
        let (called, rows) = (quoted(&stranger.called), count(stranger.rows, "row"));
        let hint = match &stranger.what {
            Stranger::Zeros(id) => format!(
                "{id} differs from it by zeros or the case of letters only; if it is the same, write \"{}\" = \"{id}\" under [links.id] in the source's file, sources/NAME.toml beside the configuration",
                stranger.called
            ),
            Stranger::Contradicts([(one, a), (other, b)]) => {
                format!("its {one} is that of {a}, its {other} that of {b}")
            }
            Stranger::Several => "several customers are called so".to_owned(),
            Stranger::Unnamed => {
                told.push(format!("  {rows}: no customer is named, nor an address but one that anybody may have"));
                continue;
            }
            Stranger::Unknown => match customers.suggestion(&stranger.called) {
                Some(customer) => format!("perhaps {} ({})", customer.name, customer.id),
                None => "nobody is called like it".to_owned(),
            },
        };
        told.push(format!("  {called}, {rows}: {hint}"));
    }
    if strangers.len() > STRANGERS {
        told.push(format!("  and {} more", strangers.len() - STRANGERS));
    }
    told
}

/// That the ids of a table are those of other customers than its domains: another system may have the same ids.
pub(super) fn strange_ids(planned: &Planned, rows: u64) -> Problem {
    let (file, layout) = (planned.table.place.to_string().replace(", sheet ", "#"), &planned.layout);
    let shown = |name| layout.column(name).map_or("", |at| planned.table.header[at].shown.as_str());
    let domain = [shown("domain"), shown("email")].into_iter().find(|shown| !shown.is_empty()).unwrap_or_default();
    let what = format_args!(
        "{} of column {id} have the id of one customer and in {domain} the domain of another; if the ids are those of \
         another system, say --map \"{file}:{id}=-\", if the domains tell nothing, --map \"{file}:{domain}=-\"",
        count(rows, "row"),
        id = shown("customer_id"),
    );
    Problem::of(&planned.table.place, what)
}
