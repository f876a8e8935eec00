//! `docs/import.md`, made of the tables that an import reads by.

use std::fmt::Write as _;

use ::contracts::facts::Part;

use super::{
    canonical::Table,
    fields::{self, Field, OF_NO_USE, System},
    values::{Kind, known},
};

const HEAD: &str = "\
# What an import reads

This page is made of the tables that the program reads by; a test keeps it so. `cs-copilot import PATH…` takes CSV, Excel
and ZIP files, or folders of them. Each table is matched to parts by the names of its columns, whatever their case and the
signs between their words. A column may say again of what it speaks (`Client Status` is `Status`), and what it says in
brackets at its end makes no odds; but a currency and a unit count: figures under `ARR (k€)` or `ARR in TEUR` are thousands
of euros, those under `ARR (cents)` hundredths.

One table may have several parts: a sheet with a row a customer may hold its contract, its contact and its usage, too.
Where each row is a contract (contracts have numbers, or a customer is there again), its status, owner and start are the
contract's, unless the column says `Customer`, `Client`, `Account` or the like.
Columns that are months (`Jan 2026`, `2026-01`), weeks (`2026-W05`), quarters (`Q1 2026`) or days are points of usage on
their last day; columns of the first of each month are months. Amounts and scores of single months are no usage, and are left
out. Totals, also those of groups (`Total Ada` below Ada's rows), titles and footers are left out and told. Two tables in one
sheet or file are refused: each needs one of its own.

What has two readings is asked, or said with `--map FILE:COLUMN=FIELD`, `--dates`, `--decimals`, `--priorities`,
`--currency` and `--match-names`; what was decided is kept in `sources/NAME.toml` beside the configuration.

That file also remembers which files there were. Of a part with one that is not there this time, nothing is gone or cleared,
and the report says so. A file that will not come again can be taken out of it. Where most rows of a file are of others than the
customers of the book, that is asked once.

Of one customer at most 20,000 rows of each part are kept, from all sources together; of activity 5,000, and of usage 400,000
points. An import that would bring more is refused, and says of whom and of what.
";

/// The page.
pub fn page() -> String {
    let mut text = HEAD.to_owned();
    for part in Part::DELIVERED.into_iter().filter(|part| !fields::of(*part).is_empty()) {
        let _ = write!(text, "\n## {}\n\n", part.as_str());
        for field in fields::of(part) {
            let _ = writeln!(text, "- `{}.{}`: {}", part.as_str(), field.name, says(part, field));
            for (system, names) in field.names {
                let _ = writeln!(text, "  - {}: {}", named(*system), names.join(", "));
            }
        }
    }
    text.push_str("\n## Formats\n\n");
    for kind in KINDS {
        let _ = writeln!(text, "- {}: {}", noun(kind), formats(kind));
    }
    text.push_str("\n## Tables that are not read\n\n");
    for (header, why) in OF_NO_USE {
        let _ = writeln!(text, "- With {}: {why}.", header.join(" and "));
    }
    text
}

/// What a field holds and is good for.
fn says(part: Part, field: &Field) -> String {
    let canonical =
        Table::of(part).columns.iter().find(|(column, _)| *column == field.name).map_or("", |(_, what)| what);
    let what = if field.what.is_empty() { canonical } else { field.what };
    let noun = noun(field.kind);
    if what.is_empty() { noun.to_owned() } else { format!("{noun}; {what}") }
}

fn named(system: System) -> String {
    let name = system.as_str();
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Every kind, in the order of the page.
const KINDS: [Kind; 19] = [
    Kind::Text,
    Kind::Id,
    Kind::Date,
    Kind::Number,
    Kind::Money,
    Kind::Whole,
    Kind::Days,
    Kind::Currency,
    Kind::Email,
    Kind::Domain,
    Kind::YesNo,
    Kind::Priority,
    Kind::TicketState,
    Kind::CustomerStatus,
    Kind::ContractState,
    Kind::Interval,
    Kind::Trend,
    Kind::Measure,
    Kind::Survey,
];

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "a text",
        Kind::Id => "an id",
        Kind::Date => "a date",
        Kind::Number => "a number",
        Kind::Money => "an amount",
        Kind::Whole => "a whole number",
        Kind::Days => "a number of days",
        Kind::Currency => "a currency",
        Kind::Email => "an address",
        Kind::Domain => "a domain",
        Kind::YesNo => "yes or no",
        Kind::Priority => "a priority",
        Kind::TicketState => "the state of a ticket",
        Kind::CustomerStatus => "the status of a customer",
        Kind::ContractState => "the state of a contract",
        Kind::Interval => "an interval",
        Kind::Trend => "a trend",
        Kind::Measure => "a measure",
        Kind::Survey => "a survey",
    }
}

/// The formats that are read.
fn formats(kind: Kind) -> String {
    match kind {
        Kind::Text => "`N/A`, `-`, `null`, `#N/A` and the like say nothing, here and everywhere".to_owned(),
        Kind::Id => "text, with its zeros".to_owned(),
        Kind::Date => {
            "2026-12-24, 24/12/2026, 12/24/2026, 24.12.2026, 24 Dec 2026, 24/Dec/26 10:17 PM, and the numbers of Excel; a \
             time behind the day and its zone are left out; weeks (2026-W48), months and quarters (Q4 2026) stand for their last \
             days; the order of day and month is decided by the whole column, else asked"
                .to_owned()
        }
        Kind::Number => "1250, 1,250.5, 1.250,5; the mark of decimals is decided by the whole column, else asked".to_owned(),
        Kind::Money => "as numbers, with $, € or USD before or behind, (500.00), 120k, 1.2m, 12 Tsd.".to_owned(),
        Kind::Whole => "1200 or 1,200".to_owned(),
        Kind::Days => "90, 90 days or 12 weeks".to_owned(),
        Kind::Currency => "USD; an amount without a currency is asked about".to_owned(),
        Kind::Email => "ada@example.com, also with a name before it".to_owned(),
        Kind::Domain => "example.com, or the address of a page".to_owned(),
        kind => {
            let words = known(kind).map(|(word, others)| format!("**{word}** ({})", others.join(", ")));
            words.collect::<Vec<_>>().join("; ")
        }
    }
}
