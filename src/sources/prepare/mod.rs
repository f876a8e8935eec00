//! From files to an import that can be sent: what is in them, what it becomes, and what has to be asked first. Nothing is
//! asked here, and nothing written: who is in front of the screen answers a [`Question`], and it begins again.

mod choices;
mod customers;
mod question;
mod shown;

use std::{cmp::Ordering, collections::BTreeMap, iter};

use ::contracts::{CustomerId, facts::Part};
use chrono::NaiveDate;
use csv::StringRecord;

pub use self::{
    choices::{Choices, Mapped, NoMapping},
    question::{Choice, Question},
};
use super::{
    canonical::{Book, Import, TABLES},
    day,
    feed::{Came, Feed, LeftOut, Made},
    known::Known,
    links::{Customer, Joined, of_other_form},
    planned::{NotRead, Planned},
    problem::{Problem, Problems, quoted},
    recognise::{Look, Unused, recognise},
    saved::{Saved, pattern},
    table::{Opened, Table},
};
use crate::words::count;

/// Why there is no import yet.
#[derive(Debug)]
pub enum Stop {
    /// Something is wrong.
    Problems(Problems),
    /// Something has two readings, or has to be seen first.
    Question(Box<Question>),
}

impl<P: Into<Problems>> From<P> for Stop {
    fn from(problems: P) -> Self {
        Self::Problems(problems.into())
    }
}

impl From<Question> for Stop {
    fn from(question: Question) -> Self {
        Self::Question(Box::new(question))
    }
}

/// What an import is made of.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Given<'a> {
    pub opened: &'a Opened,
    pub day: NaiveDate,
    pub saved: &'a Saved,
    /// The customers that are in the book.
    pub book: &'a [Customer],
}

/// An import that can be sent.
#[derive(Debug)]
pub struct Ready {
    /// Its rows.
    pub import: Import,
    /// What is to be remembered of the source.
    pub saved: Saved,
}

/// Makes an import of files.
///
/// # Errors
/// What is wrong with them, or what has to be asked.
pub fn prepare(given: Given<'_>, choices: &Choices) -> Result<Ready, Stop> {
    let (tables, unused) = planned(given, choices)?;
    let mut book = Book::new(None);
    let notes = book.notes();
    notes.unused = unused;
    notes.missing = missing(given.saved, &tables);
    notes.decisions = tables.iter().flat_map(Planned::decisions).collect();
    notes.ignored = tables.iter().filter(|table| table.is_known).filter_map(shown::ignored).collect();
    let known = Known::of(&tables, given.book.to_vec(), given.saved.links.clone())?;
    let mut joined = Joined::default();
    let mut counted = Counted::default();
    let mut merged = customers::Merged::default();
    let mut of_others = Vec::new();
    let currency = choices.currency_of(given.saved);
    for (at, planned) in tables.iter().enumerate() {
        let feed = Feed { tables: &tables, at, known: &known, day: given.day, currency: currency.as_ref() };
        let came = feed.run(&mut book, &mut joined)?;
        if came.by_id_not_domain > came.by_id_and_domain {
            return Err(shown::strange_ids(planned, came.by_id_not_domain).into());
        }
        if came.lacks_currency {
            return Err(Question::Currency { place: planned.table.place.to_string() }.into());
        }
        if came.nobodys * 2 > planned.survey.rows {
            of_others.push((planned, came.nobodys));
        }
        *book.notes().left_out.entry(planned.layout.parts[0]).or_default() += came.nobodys + came.of_prospects;
        for (why, rows) in &came.left_out {
            *book.notes().left_out.entry(why.part()).or_default() += rows;
        }
        counted.take(&came);
        merged.take(planned, at, came.customers, known.is_main(at), &mut book);
    }
    if !choices.accepts_names {
        ask_names(&joined, &known)?;
    }
    merged.feed(&tables, &mut book);
    book.notes().decisions.extend(known.told());
    let several = book.with_several_contracts();
    book.notes().decisions.extend(counted.told(several));
    let joins = shown::joins(&joined, known.customers());
    if book.is_empty() && joined.has_strangers() {
        return Err(Problem::of("every row is of a customer who was not found", joins.join("\n  ")).into());
    }
    book.notes().decisions.extend(joins);
    if !choices.is_confirmed && tables.iter().any(|table| !table.is_known) {
        let mapping = shown::mapping(&tables, &book.notes().unused);
        return Err(Question::Mapping(mapping).into());
    }
    if tables.iter().any(|table| !table.is_known) {
        book.notes().mapping = Some(shown::mapping(&tables, &[]));
    }
    let mut saved = choices.saved(given.saved, &tables, &known, joined.links(known.linked()));
    for (planned, rows) in of_others {
        let (place, key) = (&planned.table.place, choices::key(&planned.table.place));
        if !given.saved.of(&key).is_some_and(|file| file.of_others) {
            book.notes().unfound.push((place.to_string(), rows, planned.survey.rows));
        }
        saved.have_of_others(&key);
    }
    Ok(Ready { import: book.finish()?, saved })
}

/// Whether rows may be of customers whom only the book knows by name: no table does without guessing.
///
/// # Errors
/// A column that somebody names is not there.
pub fn needs_book(opened: &Opened, saved: &Saved, choices: &Choices) -> Result<bool, Problem> {
    for table in &opened.tables {
        let header = table.header.iter().map(|title| title.written.as_str()).collect::<Vec<_>>();
        if layout(table, saved, choices)?.is_ok_and(|(layout, _)| !layout.is_canonical(&header)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What was made of the rows of all tables, and left out.
#[derive(Default)]
struct Counted {
    left_out: BTreeMap<LeftOut, u64>,
    of_prospects: u64,
    made: BTreeMap<Made, u64>,
}

impl Counted {
    fn take(&mut self, came: &Came) {
        self.of_prospects += came.of_prospects;
        came.left_out.iter().for_each(|(why, rows)| *self.left_out.entry(*why).or_default() += rows);
        came.made.iter().for_each(|(what, rows)| *self.made.entry(*what).or_default() += rows);
    }

    /// What there is to tell, and how many customers have several contracts.
    fn told(&self, several: u64) -> Vec<String> {
        let left_out = self.left_out.iter().filter(|(_, rows)| **rows > 0);
        let left_out = left_out.map(|(why, rows)| format!("Left out: {} of {}", count(*rows, "row"), why.as_str()));
        let of_prospects = (self.of_prospects > 0).then(|| {
            let rows = count(self.of_prospects, "row");
            format!(
                "Left out: {rows} of tickets, contracts and the like of companies that are no customers by their status"
            )
        });
        let made = self
            .made
            .iter()
            .filter(|(_, rows)| **rows > 0)
            .map(|(what, rows)| format!("{}: {}", count(*rows, "row"), what.as_str()));
        let several = (several > 0).then(|| {
            format!(
                "Several contracts: {}; revenue is added up within a currency, and the renewal is that of the contract \
                 with most revenue",
                count(several, "customer")
            )
        });
        left_out.chain(of_prospects).chain(made).chain(several).collect()
    }
}

/// The names of what is not used, with the reason.
type NotUsed = Vec<(String, String)>;

/// The tables that are used, and the names of what is not, with the reason.
fn planned(given: Given<'_>, choices: &Choices) -> Result<(Vec<Planned>, NotUsed), Stop> {
    let unused = given.opened.unused.iter().map(|unused| (unused.place.to_string(), unused.why.clone()));
    let mut unused = unused.collect::<Vec<_>>();
    let mut tables = Vec::new();
    for table in &given.opened.tables {
        let place = table.place.to_string();
        if let Some(newer) = newer(table, &given.opened.tables)? {
            unused.push((place, format!("is an older download than {}", newer.place)));
            continue;
        }
        match layout(table, given.saved, choices)? {
            Err(why) => match canonical(table) {
                // A file of the program's own names has to be what it says.
                Some(what) => return Err(what.into()),
                None => unused.push((place, why.to_string())),
            },
            Ok((layout, is_known)) => {
                if let Some(question) = layout.questions.first() {
                    let columns = question.columns.iter().map(|at| table.header[*at].shown.clone()).collect();
                    return Err(Question::Column { place, part: question.part, field: question.field, columns }.into());
                }
                if let Some(at) = layout.open_sum() {
                    return Err(Question::Sum { place, column: table.header[at].shown.clone() }.into());
                }
                let said = choices.said(given.saved);
                match Planned::of(table.clone(), layout, is_known, &said, choices.currency_of(given.saved)) {
                    Ok(mut planned) => {
                        planned.adds = given.saved.of(&choices::key(&table.place)).map(|file| file.adds);
                        tables.push(planned);
                    }
                    Err(NotRead::Problem(problem)) => return Err(problem.into()),
                    Err(NotRead::Open(open)) => return Err(Question::Values { place, open }.into()),
                }
            }
        }
    }
    if !tables.iter().any(Planned::may_name) {
        let adds = |table: &Planned| table.adds == Some(true) && table.layout.parts == [Part::Customers];
        let why = "only adds to customers whom another file names, and that is not there";
        unused.extend(
            tables.extract_if(.., |table| adds(table)).map(|table| (table.table.place.to_string(), why.to_owned())),
        );
    }
    if tables.is_empty() {
        let mut problems = Problems::default();
        let nothing = || Problem::of("the files", "there is no table among them");
        let told = unused.iter().map(|(place, why)| Problem::of(place, why));
        told.chain(iter::repeat_with(nothing).take(usize::from(unused.is_empty()))).for_each(|one| problems.push(one));
        return Err(problems.into());
    }
    Ok((tables, unused))
}

/// What is remembered of the source and is not among the tables.
fn missing(saved: &Saved, tables: &[Planned]) -> Vec<(String, Vec<Part>)> {
    let there = tables.iter().map(|planned| pattern(&choices::key(&planned.table.place))).collect::<Vec<_>>();
    let missing = saved.files.iter().filter(|file| !there.contains(&file.name));
    missing.map(|file| (file.name.clone(), file.parts.clone())).collect()
}

/// What a file lacks that is named as one of the program's own.
fn canonical(table: &Table) -> Option<Problem> {
    let file = table.place.file.rsplit('/').next().unwrap_or_default();
    let canonical = TABLES.iter().find(|canonical| canonical.file() == file)?;
    let wanted = match canonical.part {
        // A contract without anything else is none.
        Part::Contracts => "customer_id and something of a contract, such as arr or renewal_date".to_owned(),
        _ => canonical.wanted(),
    };
    let header = table.header.iter().map(|title| title.written.as_str()).collect::<Vec<_>>().join(", ");
    let what = format_args!(
        "the header must have {wanted}, by these names or others that are known (docs/import.md, or say with --map which \
         column is which), but it is {}",
        quoted(&header)
    );
    Some(Problem::of(&table.place, what))
}

/// The table that is a newer download of the very same export, by the day in its name.
fn newer<'a>(table: &Table, all: &'a [Table]) -> Result<Option<&'a Table>, Problem> {
    let pattern = |table: &Table| pattern(&choices::key(&table.place));
    let day = |table: &Table| day::in_name(&table.place.file);
    let same = all.iter().filter(|other| other.place != table.place && pattern(other) == pattern(table));
    let mut same = same.filter(|other| other.header == table.header);
    let Some(other) = same.next() else { return Ok(None) };
    let newest = same.fold(other, |newest, other| if day(other) > day(newest) { other } else { newest });
    match day(newest).cmp(&day(table)) {
        Ordering::Greater => Ok(Some(newest)),
        Ordering::Less => Ok(None),
        Ordering::Equal => {
            let what = format_args!("and {} are downloads of the same export with other rows: name one", newest.place);
            Err(Problem::of(&table.place, what))
        }
    }
}

type Found = Result<(super::recognise::Layout, bool), Unused>;

/// What a table holds, and whether that was remembered or said.
fn layout(table: &Table, saved: &Saved, choices: &Choices) -> Result<Found, Problem> {
    let said = choices.of(table, saved)?;
    let header = table.header.iter().map(|title| title.written.as_str()).collect::<Vec<_>>();
    let rows = table.sample.iter().map(|row| row.cells.iter().collect()).collect::<Vec<Vec<_>>>();
    let file = table.place.file.rsplit('/').next().unwrap_or_default();
    let sheet = table.place.sheet.as_deref().unwrap_or_default();
    let layout = recognise(Look { file, sheet, header: &header, rows: &rows }, &said);
    let is_saved = saved.of(&choices::key(&table.place)).is_some();
    Ok(layout.map(|layout| {
        let is_known = layout.is_canonical(&header) || is_saved && layout.follows(&said);
        (layout, is_known)
    }))
}

/// Asks whether those are the same whom rows of other systems name as customers are named.
fn ask_names(joined: &Joined, known: &Known) -> Result<(), Stop> {
    let by_name = joined.by_name();
    if by_name.is_empty() {
        return Ok(());
    }
    let name = |id: &CustomerId| known.customers().get(id).map_or_else(String::new, |customer| customer.name.clone());
    let pairs = by_name.iter().map(|named| {
        let name = name(&named.what);
        let differs = if of_other_form(&named.called, &name) { "; their legal forms differ" } else { "" };
        format!("{} is {name} ({}), {}{differs}", named.called, named.what, count(named.rows, "row"))
    });
    Err(Question::Names { pairs: pairs.collect() }.into())
}

/// A row of the canonical columns.
fn record(cells: &[String]) -> StringRecord {
    cells.iter().map(String::as_str).collect()
}
