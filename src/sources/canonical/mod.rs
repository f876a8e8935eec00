//! The canonical rows and what they have to fulfil, wherever they come from.

mod activity;
mod contacts;
mod contracts;
mod customers;
mod numbers;
mod pieces;
mod satisfaction;
mod tables;
mod tickets;
mod usage;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, hash_map::Entry},
    hash::Hash,
    ops::ControlFlow,
};

use ::contracts::{
    CustomerId, Line,
    activity::Activity,
    delivery::{ContactRow, ContractRow, CustomerRow, ResponseRow, columns},
    facts::Part,
};
use csv::StringRecord;

use self::{
    activity::Activities, contacts::Contacts, contracts::Contracts, customers::Customers, numbers::Named,
    satisfaction::Satisfaction, tickets::Tickets, usage::Usage,
};
pub use self::{
    pieces::rows_of,
    tables::{TABLES, Table, described},
};
use super::{
    origin::Origin,
    problem::{BadCell, Problem, Problems, quoted},
    rejects::{self, Rejects},
    sheet::{Row, Sheet},
};
use crate::words::{count, grouped};

/// The most rows of one import.
pub const MAX_ROWS: u64 = 5_000_000;

/// What a good import is worth telling about besides its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// Columns that nobody asked for, by table.
    pub ignored: Vec<(Origin, Vec<String>)>,
    /// CSV files beside those that were read.
    pub unread: Vec<String>,
    /// Files and sheets that were not used, with the reason.
    pub unused: Vec<(String, String)>,
    /// What was delivered before and is not there this time: the file as it is remembered, and the parts it tells of.
    pub missing: Vec<(String, Vec<Part>)>,
    /// How many rows were left out although they can be read, by part.
    pub left_out: BTreeMap<Part, u64>,
    /// Tables of which most rows are of customers who were not found, where nobody has said that they are: how many rows,
    /// and of how many.
    pub unfound: Vec<(String, u64, u64)>,
    /// What was decided, a line each.
    pub decisions: Vec<String>,
    /// What the columns became, where that was not seen before.
    pub mapping: Option<String>,
    /// What the sections of a preset made of its files.
    pub made: Vec<Made>,
    /// How many older points of usage were left out because a series had more than
    /// [`MAX_POINTS`](::contracts::delivery::MAX_POINTS).
    pub points_left_out: u64,
    /// How many ticket subjects were cut because they were too long.
    pub subjects_cut: u64,
}

/// What a section of a preset made of the files that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What it makes.
    pub part: Part,
    /// How many rows it made.
    pub rows: u64,
    /// The files it names, with how many rows each has; the largest first.
    pub of: Vec<(String, u64)>,
    /// Whether it takes rows together, so that fewer of them are no wonder.
    pub groups: bool,
    /// Whether it joins tables, so that rows without the other side are lost.
    pub joins: bool,
}

impl Made {
    /// Whether most rows of the largest file are lost although it only joins or filters them.
    pub fn lost_most(&self) -> bool {
        !self.groups && self.of.first().is_some_and(|(_, of)| self.rows < of / 2)
    }
}

/// A valid import.
#[derive(Debug)]
pub struct Import {
    /// The parts that are there, each with those of its optional [`columns`] that are there.
    pub parts: BTreeMap<Part, Vec<Line>>,
    /// How many rows were read.
    pub rows: u64,
    by_part: BTreeMap<Part, u64>,
    /// What to tell.
    pub notes: Notes,
    /// The rows that were left out.
    pub rejects: Rejects,
    ids: Named<CustomerId>,
    customers: Vec<CustomerRow>,
    usage: Usage,
    tickets: Tickets,
    contracts: Vec<ContractRow>,
    contacts: Vec<ContactRow>,
    satisfaction: Vec<ResponseRow>,
    activity: Vec<Activity>,
}

/// The rows read so far, and what is wrong with them.
#[derive(Debug, Default)]
pub struct Book {
    ids: Named<CustomerId>,
    customers: Customers,
    usage: Usage,
    tickets: Tickets,
    contracts: Contracts,
    contacts: Contacts,
    satisfaction: Satisfaction,
    activity: Activities,
    origins: BTreeMap<Part, Origin>,
    parts: BTreeMap<Part, Vec<Line>>,
    rows: u64,
    by_part: BTreeMap<Part, u64>,
    problems: Problems,
    rejects: Rejects,
    notes: Notes,
}

impl Book {
    /// An empty book; `currency` is that of amounts without one, where somebody said.
    pub fn new(currency: Option<Line>) -> Self {
        Self { contracts: Contracts::new(currency), ..Self::default() }
    }

    /// Begins a table. None where its header will not do, which is then among the problems.
    pub fn open(&mut self, part: Part, origin: Origin, header: &StringRecord) -> Option<Sheet> {
        let table = Table::of(part);
        match Sheet::new(origin, header, table.columns).and_then(|sheet| check_header(table, sheet, header)) {
            Ok(sheet) => {
                if !sheet.ignored.is_empty() {
                    self.notes.ignored.push((sheet.origin().clone(), sheet.ignored.clone()));
                }
                let clearing = columns::names(part).into_iter().filter(|column| sheet.has(column)).map(Line::new);
                let clearing = clearing.collect::<Vec<_>>();
                // Of two tables of a part, one may lack what the other has: its rows clear nothing of that.
                let known = self.parts.entry(part).or_insert_with(|| clearing.clone());
                known.retain(|column| clearing.contains(column));
                self.origins.insert(part, sheet.origin().clone());
                Some(sheet)
            }
            Err(problem) => {
                self.fail(problem);
                None
            }
        }
    }

    /// Takes a row of the table of `part`; breaks where there are too many to go on.
    pub fn row(&mut self, part: Part, mut row: Row<'_>) -> ControlFlow<()> {
        if row.is_blank() {
            return ControlFlow::Continue(());
        }
        self.rows += 1;
        *self.by_part.entry(part).or_default() += 1;
        if self.rows > MAX_ROWS {
            return ControlFlow::Break(());
        }
        let taken = match part {
            Part::Customers => self.customers.take(&mut row),
            Part::Usage => self.usage.take(&mut row, &mut self.ids),
            Part::Tickets => self.tickets.take(&mut row, &mut self.ids),
            Part::Contracts => self.contracts.take(&mut row),
            Part::Contacts => self.contacts.take(&mut row),
            Part::Satisfaction => self.satisfaction.take(&row),
            Part::Activity => self.activity.take(&mut row),
            Part::Health => Ok(()),
        };
        match taken {
            Ok(()) => row.into_bad().into_iter().for_each(|bad| self.bad_cell(part, bad)),
            Err(problem) => self.leave_out(part, problem),
        }
        ControlFlow::Continue(())
    }

    /// Counts a cell of a part that cannot be read, where a row does without it or none is made.
    pub fn bad_cell(&mut self, part: Part, bad: BadCell) {
        self.rejects.add_cell(part, bad);
    }

    /// Counts a row of `part` of which nothing is made, as this cell of it cannot be read.
    pub fn bad_point(&mut self, part: Part, bad: BadCell) {
        *self.by_part.entry(part).or_default() += 1;
        self.bad_cell(part, bad);
    }

    /// Counts a row of the table of `part` that cannot even be made, and leaves it out.
    pub fn bad_row(&mut self, part: Part, problem: Problem) {
        self.rows += 1;
        *self.by_part.entry(part).or_default() += 1;
        self.leave_out(part, problem);
    }

    /// Leaves out a row of the table of `part`, where the problem is the row's alone.
    fn leave_out(&mut self, part: Part, problem: Problem) {
        match problem {
            Problem::Row(reject) => self.rejects.add(part, *reject),
            whole @ Problem::Whole(_) => self.problems.push(whole),
        }
    }

    /// Adds a problem.
    pub fn fail(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Adds what is worth telling.
    pub fn notes(&mut self) -> &mut Notes {
        &mut self.notes
    }

    /// Whether no row has come, not even one that cannot be read.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// How many customers have several contracts.
    pub fn with_several_contracts(&self) -> u64 {
        let mut of = BTreeMap::<_, u32>::new();
        self.contracts.rows.iter().for_each(|row| *of.entry(&row.customer_id).or_default() += 1);
        of.values().filter(|contracts| **contracts > 1).count() as u64
    }

    /// The import, if all is well.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn finish(mut self) -> Result<Import, Problems> {
        self.tickets.settle();
        self.satisfaction.settle();
        self.activity.settle();
        let (twice, much) = self.usage.settle(&self.ids);
        twice.into_iter().for_each(|twice| self.rejects.add(Part::Usage, twice));
        much.into_iter().for_each(|much| self.problems.push(much));
        if self.rows > MAX_ROWS {
            self.problems.push(Problem::of("all files together", TOO_MANY));
        } else if self.rejects.total() > rejects::MAX as u64 {
            self.problems.push(Problem::of("all files together", TOO_MANY_REJECTS));
        } else if let Some(origin) = self.origins.get(&Part::Customers)
            && self.customers.rows.is_empty()
            && self.problems.total() == 0
            && self.rejects.total() == 0
        {
            self.problems.push(Problem::of(origin, "there is no row below the header"));
        }
        if self.problems.total() > 0 {
            return Err(self.problems);
        }
        // What a file that is not there says of the same things is not cleared either.
        for part in self.notes.missing.iter().flat_map(|(_, parts)| parts) {
            self.parts.entry(*part).and_modify(Vec::clear);
        }
        // Nor is anything cleared by a column of which a cell cannot be read. A currency stands and falls with its amount.
        for (part, columns) in &mut self.parts {
            let is_unknown = |column: &str| self.rejects.is_unknown(*part, column);
            columns.retain(|column| match column.as_str() {
                "arr" => !is_unknown("arr") && !is_unknown("currency"),
                column => !is_unknown(column),
            });
        }
        Ok(Import {
            parts: self.parts,
            rows: self.rows,
            by_part: self.by_part,
            notes: Notes {
                points_left_out: self.usage.points_left_out,
                subjects_cut: self.tickets.subjects_cut,
                ..self.notes
            },
            rejects: self.rejects,
            ids: self.ids,
            customers: self.customers.rows,
            usage: self.usage,
            tickets: self.tickets,
            contracts: self.contracts.rows,
            contacts: self.contacts.rows,
            satisfaction: self.satisfaction.rows,
            activity: self.activity.rows,
        })
    }
}

impl Import {
    /// The parts of which something is not there that was delivered before; and contacts whose addresses cannot be read,
    /// by which they would be known.
    pub fn partly(&self) -> BTreeSet<Part> {
        let missing = self.notes.missing.iter().flat_map(|(_, parts)| parts).copied();
        let unknown = self.rejects.is_unknown(Part::Contacts, "email").then_some(Part::Contacts);
        missing.chain(unknown).filter(|part| self.parts.contains_key(part)).collect()
    }

    /// The import, if no row or cell had to be left out.
    ///
    /// # Errors
    /// What is wrong with those.
    pub fn strict(self) -> Result<Self, Problems> {
        if self.rejects.total() == 0 {
            return Ok(self);
        }
        let mut problems = Problems::default();
        for reject in self.rejects.first() {
            problems.push(Problem::Row(Box::new(reject.clone())));
        }
        Err(problems)
    }

    /// The import, if no more rows of a part, or cells of one of its columns, had to be left out than could be taken: else
    /// they are not what they seem.
    ///
    /// # Errors
    /// What is wrong with those, by their kinds.
    pub fn plausible(self) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let read = |part| self.by_part.get(part).copied().unwrap_or_default();
        let are_most = |left_out: u64, part| left_out * 2 > read(part);
        let of_all = |left_out, what, part| {
            format!("{} of {} cannot be read", count(left_out, what), grouped(&read(part).to_string()))
        };
        for (part, rows) in self.rejects.by_part() {
            if are_most((*rows).into(), part) {
                problems.push(Problem::of(part.as_str(), of_all((*rows).into(), "row", part)));
            }
        }
        for ((part, column), cells) in self.rejects.cells() {
            if are_most(*cells, part) {
                let what = of_all(*cells, "cell", part);
                let what =
                    format_args!("column {column}: {what}; if it is not what it seems, say --map \"FILE:{column}=-\"");
                problems.push(Problem::of(part.as_str(), what));
            }
        }
        if problems.total() == 0 {
            return Ok(self);
        }
        self.rejects.lines().into_iter().for_each(|line| problems.push(Problem::Whole(line)));
        Err(problems.decided(&self.notes.decisions))
    }
}

/// On which row each key of a table was met first.
#[derive(Debug)]
struct Firsts<K>(HashMap<K, u64>);

impl<K> Default for Firsts<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash> Firsts<K> {
    /// Keeps the key; where it is there already, the row that had it first.
    fn first(&mut self, key: K, row: u64) -> Option<u64> {
        match self.0.entry(key) {
            Entry::Occupied(first) => Some(*first.get()),
            Entry::Vacant(place) => {
                place.insert(row);
                None
            }
        }
    }

    /// Keeps the key that stands in `column` of the row, once.
    fn take(&mut self, key: K, column: &str, row: &Row<'_>) -> Result<(), Problem> {
        self.first(key, row.number()).map_or(Ok(()), |first| Err(row.again(column, first)))
    }
}

const TOO_MANY: &str =
    "have more than the 5 million rows that one import may have: leave out closed tickets and older usage";

const TOO_MANY_REJECTS: &str = "more than 100,000 rows cannot be read: these are not the files they seem to be";

fn check_header(table: &Table, sheet: Sheet, header: &StringRecord) -> Result<Sheet, Problem> {
    if table.forms.iter().any(|form| form.iter().all(|column| sheet.has(column))) {
        return Ok(sheet);
    }
    let found = quoted(&header.iter().collect::<Vec<_>>().join(", "));
    let hint = match header.get(0) {
        Some(only) if header.len() == 1 && only.contains([';', '\t']) => "; separate the columns with commas",
        _ => "",
    };
    let wanted = table.wanted();
    Err(Problem::of(sheet.origin(), format_args!("the header must have {wanted}, but it is {found}{hint}")))
}
