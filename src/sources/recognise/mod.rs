//! Which parts a table holds, and what each of its columns becomes, by its header and by what its cells look like.
//! Pure: nothing is asked here; what has two readings is a [`Question`].

mod parts;

use std::collections::BTreeMap;

use ::contracts::facts::Part;

use self::parts::{Parts, parts};
use super::{
    fields::{self, Field, System, folded},
    periods::{self, Period},
    values::{Kind, has_currency, is_known},
};

/// What a column becomes.
#[derive(Debug, Clone, PartialEq)]
pub enum Becomes {
    /// A field of a part.
    Field(Part, &'static Field),
    /// Points of usage, of the stretch of time that its header names.
    Point(Period),
    /// Values of usage by a metric of its own.
    Metric(String),
    /// Nothing, and why.
    Nothing(Why),
}

/// Why a column is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Nothing takes such a column.
    Unknown,
    /// Somebody said so.
    Said,
    /// Another column could be the same field, and nobody has said which one is.
    Asked,
    /// Another column says the same.
    Same(usize),
    /// It is empty in the rows that were looked at.
    Empty,
    /// It is a sum, and nothing says how often it is paid.
    NoInterval,
    /// What is missing to make something of it.
    Lacks(&'static str),
}

/// Two columns that could be one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Of which part.
    pub part: Part,
    /// The field.
    pub field: &'static Field,
    /// The columns.
    pub columns: Vec<usize>,
}

/// What a table holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The parts it feeds, the first of which names the customer of a row.
    pub parts: Vec<Part>,
    /// What each column becomes.
    pub columns: Vec<Becomes>,
    /// What has two readings; none of its columns is used.
    pub questions: Vec<Question>,
    /// The system it comes from, where its header tells.
    pub system: Option<System>,
}

impl Layout {
    /// The column that is this field of any part.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|becomes| matches!(becomes, Becomes::Field(_, field) if field.name == name))
    }

    /// The column that is this field of `part`.
    pub fn column_of(&self, part: Part, name: &str) -> Option<usize> {
        let is = |becomes: &Becomes| matches!(becomes, Becomes::Field(of, field) if *of == part && field.name == name);
        self.columns.iter().position(is)
    }

    /// The sum that may be the revenue of a year or of a month, where nothing else is the revenue.
    pub fn open_sum(&self) -> Option<usize> {
        let has_revenue = ["arr", "mrr"].iter().any(|name| self.column_of(Part::Contracts, name).is_some());
        let is_sum = |becomes: &Becomes| *becomes == Becomes::Nothing(Why::NoInterval);
        self.columns.iter().position(is_sum).filter(|_| !has_revenue)
    }

    /// Whether it is nothing but what was said, and points whose header says what they are.
    pub fn follows(&self, said: &SaidOf) -> bool {
        let follows = |(at, becomes): (usize, &Becomes)| match becomes {
            Becomes::Field(part, field) => said.get(&at) == Some(&Some((*part, *field))),
            Becomes::Point(_) | Becomes::Metric(_) | Becomes::Nothing(_) => true,
        };
        self.columns.iter().enumerate().all(follows)
    }

    /// Whether columns are points of usage, or a metric each.
    pub fn has_points(&self) -> bool {
        self.columns.iter().any(|becomes| matches!(becomes, Becomes::Point(_) | Becomes::Metric(_)))
    }

    /// Whether every column that is used bears the field's own name, so that nothing was guessed.
    pub fn is_canonical(&self, header: &[&str]) -> bool {
        let known = |becomes: &Becomes, title: &&str| match becomes {
            Becomes::Field(_, field) => folded(title) == folded(field.name),
            Becomes::Nothing(_) => true,
            Becomes::Point(_) | Becomes::Metric(_) => false,
        };
        self.parts.len() == 1 && self.columns.iter().zip(header).all(|(becomes, title)| known(becomes, title))
    }
}

/// Why a table is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unused {
    /// It is known, and holds nothing to take in.
    #[error("{0}")]
    OfNoUse(&'static str),
    /// Its header says nothing that is known.
    #[error(
        "its header names nothing that an import takes in (docs/import.md); say what its columns are, such as --map \
         \"FILE:COLUMN=customers.name\""
    )]
    Unknown,
    /// It has the columns of a part, but not the customers.
    #[error(
        "no column of it names the customer; say which one does, such as --map \"FILE:COLUMN=customers.name\" (or \
         =tickets.customer, as docs/import.md has them)"
    )]
    NoCustomer,
}

/// A table as it is looked at: its file's name, its header, and some of its rows.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The file's name.
    pub file: &'a str,
    /// The sheet's, where it is one.
    pub sheet: &'a str,
    /// The header, a cell a column.
    pub header: &'a [&'a str],
    /// Some rows, each as wide as the header.
    pub rows: &'a [Vec<&'a str>],
}

/// What somebody said that a column is: a field of a part, or nothing.
pub type SaidOf = BTreeMap<usize, Option<(Part, &'static Field)>>;

/// Recognises a table; `said` goes before everything else.
///
/// # Errors
/// Why it is not used.
pub fn recognise(look: Look<'_>, said: &SaidOf) -> Result<Layout, Unused> {
    let periods = usage_periods(look);
    let parts = parts(look, said, &periods)?;
    let mut columns = vec![None; look.header.len()];
    let mut questions = Vec::new();
    for (&at, field) in said {
        columns[at] = Some(field.map_or(Becomes::Nothing(Why::Said), |(part, field)| Becomes::Field(part, field)));
    }
    for &part in &parts.feeds {
        for field in fields::of(part) {
            assign(look, &parts, part, field, &mut columns, &mut questions);
        }
        if part == Part::Usage {
            measure(look, &periods, &mut columns);
        }
    }
    find_interval(look, &mut columns);
    let feeds_customers = parts.feeds.contains(&Part::Customers);
    let left = |at: usize, title: &&str| match fields::called(Part::Customers, title) {
        Some(field) if feeds_customers && !parts.give(Part::Customers, field, title) => {
            Becomes::Nothing(Why::Lacks("it may be the contract's (--map FILE:COLUMN=FIELD says whose it is)"))
        }
        _ => left(look.header[at], periods[at].as_ref()),
    };
    let columns = columns.into_iter().zip(look.header).enumerate();
    let columns = columns.map(|(at, (becomes, title))| becomes.unwrap_or_else(|| left(at, title)));
    let mut columns = columns.collect::<Vec<_>>();
    let system = system(look, &columns);
    leave_sums(&mut columns);
    Ok(Layout { parts: parts.feeds, columns, questions, system })
}

/// Gives a field its column.
fn assign(
    look: Look<'_>,
    parts: &Parts,
    part: Part,
    field: &'static Field,
    columns: &mut [Option<Becomes>],
    questions: &mut Vec<Question>,
) {
    let has = |becomes: &Option<Becomes>| matches!(becomes, Some(Becomes::Field(of, known)) if *of == part && known.name == field.name);
    if columns.iter().any(has) {
        return;
    }
    // The customer of a row is named once, by the first part.
    let is_own = part == Part::Customers || part == Part::Contacts && field.name == "email";
    let is_reference = REFERENCES.contains(&field.name) && !is_own;
    if is_reference && columns.iter().any(|becomes| matches!(becomes, Some(Becomes::Field(Part::Customers, _)))) {
        return;
    }
    let free = |at: &usize| columns[*at].is_none();
    let calls = |at: &usize| {
        let title = look.header[*at];
        fields::called(part, title).is_some_and(|called| called.name == field.name) && parts.give(part, field, title)
    };
    let mut found = (0..columns.len()).filter(free).filter(calls).collect::<Vec<_>>();
    // Columns that bear the field's own name go before those that others call so.
    let is_own = |at: &usize| folded(look.header[*at]) == folded(field.name);
    if found.iter().any(is_own) {
        found.retain(is_own);
    }
    // Of a status and a kind of customer the one with the words of a status is it.
    let knows = |at: &usize| look.rows.iter().any(|row| is_known(field.kind, row[*at].trim()));
    if found.len() > 1 && found.iter().any(knows) {
        found.retain(knows);
    }
    // Of a person's name and address the name is better known.
    let is_address = |at: &usize| field.kind == Kind::Text && folded(look.header[*at]).ends_with("email");
    if !found.iter().all(is_address) {
        found.retain(|at| !is_address(at));
    }
    // Of a company's domain and its site the domain is better known.
    let is_site = |at: &usize| field.kind == Kind::Domain && !folded(look.header[*at]).contains("domain");
    if !found.iter().all(is_site) {
        found.retain(|at| !is_site(at));
    }
    // Several columns of values are a metric each.
    if field.name == "value" && found.len() > 1 {
        return;
    }
    let Some(&only) = found.first() else { return };
    let says = |at: usize| look.rows.iter().map(move |row| row[at].trim());
    let filled = found.iter().copied().filter(|at| says(*at).any(|cell| !cell.is_empty())).collect::<Vec<_>>();
    let first = filled.first().copied().unwrap_or(only);
    if filled.iter().any(|at| !says(*at).eq(says(first))) {
        for at in &filled {
            columns[*at] = Some(Becomes::Nothing(Why::Asked));
        }
        questions.push(Question { part, field, columns: filled });
        return;
    }
    for at in found {
        let why = if filled.contains(&at) { Why::Same(first) } else { Why::Empty };
        columns[at] = Some(if at == first { Becomes::Field(part, field) } else { Becomes::Nothing(why) });
    }
}

/// Where something is paid each interval and no column is called so, the one column whose cells say mostly how often is it.
fn find_interval(look: Look<'_>, columns: &mut [Option<Becomes>]) {
    let has = |names: &[&str]| {
        let is = |becomes: &Option<Becomes>| matches!(becomes, Some(Becomes::Field(Part::Contracts, field)) if names.contains(&field.name));
        columns.iter().any(is)
    };
    let Some(field) =
        fields::named(Part::Contracts, "interval").filter(|_| has(&["amount", "unit_amount"]) && !has(&["interval"]))
    else {
        return;
    };
    let says_mostly = |at: &usize| {
        let cells = look.rows.iter().map(|row| row[*at].trim()).filter(|cell| !cell.is_empty());
        let (known, other) = cells.partition::<Vec<_>, _>(|cell| is_known(Kind::Interval, cell));
        known.len() > other.len()
    };
    let found = (0..columns.len()).filter(|at| columns[*at].is_none()).filter(says_mostly).collect::<Vec<_>>();
    if let [only] = found[..] {
        columns[only] = Some(Becomes::Field(Part::Contracts, field));
    }
}

/// Leaves out what is paid each interval where no column says which: it may be for a month or for a year.
fn leave_sums(columns: &mut [Becomes]) {
    let is = |becomes: &Becomes, name| matches!(becomes, Becomes::Field(Part::Contracts, field) if field.name == name);
    if columns.iter().any(|becomes| is(becomes, "interval")) {
        return;
    }
    for becomes in columns {
        if is(becomes, "amount") {
            *becomes = Becomes::Nothing(Why::NoInterval);
        } else if is(becomes, "unit_amount") {
            *becomes = Becomes::Nothing(Why::Lacks("a price needs a column contracts.interval, how often it is paid"));
        }
    }
}

/// The names of fields that say which customer a row is of.
pub const REFERENCES: [&str; 5] = ["customer_id", "customer", "domain", "email", "other_id"];

/// Columns that are points of a stretch of time each, and columns that are a metric each.
fn measure(look: Look<'_>, periods: &Periods, columns: &mut [Option<Becomes>]) {
    let mut periods = free_periods(periods, columns);
    periods::months_of_firsts(&mut periods);
    if periods.len() > 1 {
        // What stands beside them is their sum, or one of them again.
        for becomes in columns.iter_mut() {
            if matches!(becomes, Some(Becomes::Field(Part::Usage, field)) if field.name == "value") {
                *becomes = Some(Becomes::Nothing(Why::Lacks("the columns of single periods say more")));
            }
        }
        for (at, period) in periods {
            columns[at] = Some(Becomes::Point(period));
        }
        return;
    }
    let has_value = columns
        .iter()
        .any(|becomes| matches!(becomes, Some(Becomes::Field(Part::Usage, field)) if field.name == "value"));
    for (becomes, title) in columns.iter_mut().zip(look.header).filter(|_| !has_value) {
        if becomes.is_none() && fields::called(Part::Usage, title).is_some_and(|field| field.name == "value") {
            *becomes = Some(Becomes::Metric(title.trim().to_lowercase()));
        }
    }
}

fn free_periods(periods: &Periods, columns: &[Option<Becomes>]) -> Vec<(usize, Period)> {
    let free = (0..columns.len()).filter(|at| columns[*at].is_none());
    free.filter_map(|at| Some((at, periods[at].clone()?.ok()?))).collect()
}

/// By column the stretch of time that its name says, whose usage it holds; or why it holds none.
type Periods = Vec<Option<Result<Period, &'static str>>>;

/// What the columns are points of usage of. One is none where its name, its cells or the name of its sheet or file say
/// that it holds money or what people think, or where nothing tells a day from a year.
fn usage_periods(look: Look<'_>) -> Periods {
    let named = look.header.iter().map(|title| periods::period(title)).collect::<Vec<_>>();
    let is_of_money = periods::is_of_money(look.file) || periods::is_of_money(look.sheet);
    let are_days = periods::are_days(look.header, &named);
    let read = |(at, period): (usize, Option<Period>)| {
        let period = period?;
        let has_money = || look.rows.iter().any(|row| has_currency(row[at]));
        Some(if is_of_money || periods::is_no_usage(&period) || has_money() {
            Err("amounts and scores of single months are no usage")
        } else if are_days && periods::is_short(look.header[at]) {
            Err("a day needs its year, such as \"15 Nov 2026\"")
        } else {
            Ok(period)
        })
    };
    named.into_iter().enumerate().map(read).collect()
}

/// Why a column is left out that nothing takes.
fn left(title: &str, period: Option<&Result<Period, &'static str>>) -> Becomes {
    let is = |part: Part, name: &str| fields::called(part, title).is_some_and(|field| field.name == name);
    Becomes::Nothing(if let Some(Err(why)) = period {
        Why::Lacks(why)
    } else if periods::is_month_alone(title) {
        Why::Lacks("the month needs a year, such as \"Jan 2026\"")
    } else if is(Part::Satisfaction, "nps") || is(Part::Satisfaction, "csat") {
        Why::Lacks("an answer to a survey needs the day it was given")
    } else if is(Part::Usage, "value") {
        Why::Lacks("usage needs the day it was measured")
    } else {
        Why::Unknown
    })
}

/// The system that most of the used columns are called by, if it is clearly one: no other one knows all of these names.
fn system(look: Look<'_>, columns: &[Becomes]) -> Option<System> {
    let mut counts: BTreeMap<System, usize> = BTreeMap::new();
    let mut own = Vec::new();
    for (becomes, title) in columns.iter().zip(look.header) {
        let Becomes::Field(_, field) = becomes else { continue };
        let systems = field.systems(&folded(title)).collect::<Vec<_>>();
        systems.iter().for_each(|system| *counts.entry(*system).or_default() += 1);
        if let [only] = systems[..] {
            own.push(only);
        }
    }
    let most = counts.values().copied().max().filter(|most| *most >= 3)?;
    let mut first = counts.into_iter().filter(|(_, count)| *count == most);
    let (system, _) = first.next()?;
    let is_clear = first.next().is_none() && own.contains(&system);
    Some(system).filter(|system| is_clear && !matches!(system, System::Sheets | System::German))
}
