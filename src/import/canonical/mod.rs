//! The four canonical tables and what their rows have to fulfil, wherever they come from.

mod contracts;
mod customers;
mod tickets;
mod usage;

use std::collections::HashMap;

use ::contracts::{
    CustomerId, Line,
    facts::Ticket,
    import::{ContractRecord, CustomerRecord, ImportRequest, MAX_POINTS, TicketsRecord, UsageRecord},
};
use chrono::NaiveDate;
use csv::StringRecord;

use self::usage::UsageDraft;
use super::{
    cell,
    problem::{Problem, Problems, quoted},
    sheet::{Origin, Row, Sheet},
};

/// The largest body that the server takes, in bytes.
pub const MAX_BODY: usize = 32 * 1024 * 1024;

/// One of the four tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Part {
    Customers,
    Usage,
    Tickets,
    Contracts,
}

impl Part {
    /// Every part, customers first: the others name them.
    pub const ALL: [Self; 4] = [Self::Customers, Self::Usage, Self::Tickets, Self::Contracts];

    /// The part's name, as a preset's section has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Usage => "usage",
            Self::Tickets => "tickets",
            Self::Contracts => "contracts",
        }
    }

    /// The part's CSV file.
    pub fn file(self) -> String {
        format!("{}.csv", self.name())
    }

    fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Customers => customers::COLUMNS,
            Self::Usage => usage::COLUMNS,
            Self::Tickets => tickets::COLUMNS,
            Self::Contracts => contracts::COLUMNS,
        }
    }

    /// The sets of columns of which the header has to have one.
    fn forms(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Customers => customers::FORMS,
            Self::Usage => usage::FORMS,
            Self::Tickets => tickets::FORMS,
            Self::Contracts => contracts::FORMS,
        }
    }
}

/// What a good import is worth telling about besides its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// Columns that nobody asked for, by table.
    pub ignored: Vec<(Origin, Vec<String>)>,
    /// How many older points of usage were left out because a customer had more than [`MAX_POINTS`].
    pub points_left_out: u64,
    /// How many ticket subjects were cut because they were too long.
    pub subjects_cut: u64,
}

/// A valid import, and what to tell about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// What is sent; not a dry run.
    pub request: ImportRequest,
    /// What to tell.
    pub notes: Notes,
}

/// The rows read so far, and what is wrong with them.
#[derive(Debug, Default)]
pub struct Book {
    customers: Vec<Draft>,
    index: HashMap<CustomerId, usize>,
    ticket_rows: HashMap<String, u64>,
    tickets_known: bool,
    bytes: usize,
    problems: Problems,
    customers_at_fault: bool,
    notes: Notes,
}

/// A customer with all that has been read about it.
#[derive(Debug)]
struct Draft {
    record: CustomerRecord,
    row: u64,
    usage: Option<UsageDraft>,
    tickets: Vec<Ticket>,
    contract: Option<ContractRecord>,
}

impl Book {
    /// Begins a table. None where its header will not do, which is then among the problems.
    pub fn open(&mut self, part: Part, origin: Origin, header: &StringRecord) -> Option<Sheet> {
        self.tickets_known |= part == Part::Tickets;
        match Sheet::new(origin, header, part.columns()).and_then(|sheet| check_header(part, sheet, header)) {
            Ok(sheet) => {
                if !sheet.ignored.is_empty() {
                    self.notes.ignored.push((sheet.origin().clone(), sheet.ignored.clone()));
                }
                Some(sheet)
            }
            Err(problem) => {
                self.fail(part, problem);
                None
            }
        }
    }

    /// Takes a row of the table.
    pub fn row(&mut self, part: Part, row: Row<'_>) {
        if row.is_blank() {
            return;
        }
        let taken = match part {
            Part::Customers => self.customer(row),
            Part::Usage => self.usage(row),
            Part::Tickets => self.ticket(row),
            Part::Contracts => self.contract(row),
        };
        if let Err(problem) = taken {
            self.fail(part, problem);
        }
    }

    /// Adds a problem with the table of `part`.
    pub fn fail(&mut self, part: Part, problem: Problem) {
        self.customers_at_fault |= part == Part::Customers;
        self.problems.push(problem);
    }

    /// Whether there is more already than the server takes, so that reading on is of no use.
    pub fn is_full(&self) -> bool {
        self.bytes > MAX_BODY
    }

    /// The import, if all is well.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn finish(mut self, origin: Line, as_of: NaiveDate) -> Result<Import, Problems> {
        if self.is_full() {
            self.problems.push(Problem::of("all files together", TOO_MUCH));
        } else if self.customers.is_empty() && !self.customers_at_fault {
            self.problems.push(Problem::of(Part::Customers.name(), "there is no row below the header"));
        }
        if self.problems.total() > 0 {
            return Err(self.problems);
        }
        let mut request = ImportRequest {
            origin,
            as_of,
            dry_run: false,
            customers: Vec::with_capacity(self.customers.len()),
            usage: Vec::new(),
            tickets: Vec::new(),
            contracts: Vec::new(),
        };
        for draft in self.customers {
            let customer_id = draft.record.id.clone();
            if let Some(usage) = draft.usage {
                let UsageDraft { metric, series } = usage;
                request.usage.push(UsageRecord { customer_id: customer_id.clone(), metric, series: series.into() });
            }
            if self.tickets_known {
                request.tickets.push(TicketsRecord { customer_id, tickets: draft.tickets });
            }
            request.contracts.extend(draft.contract);
            request.customers.push(draft.record);
        }
        let body = body_length(&request);
        if body > MAX_BODY {
            return Err(Problem::of("all files together", TOO_MUCH).into());
        }
        Ok(Import { request, notes: self.notes })
    }

    /// The customer that a row of another table names. None where the row's customer was refused itself, which has
    /// been told already.
    fn owner_of(&mut self, row: &Row<'_>) -> Result<Option<&mut Draft>, Problem> {
        let id = row.required("customer_id", cell::customer_id)?;
        match self.index.get(&id) {
            Some(at) => Ok(Some(&mut self.customers[*at])),
            None if self.customers_at_fault => Ok(None),
            None => Err(row.problem("customer_id", format_args!("{} is not among the customers", quoted(id.as_str())))),
        }
    }
}

const TOO_MUCH: &str =
    "come to more than the 32 MB that one import may have: leave out closed tickets and older usage, or some customers";

fn check_header(part: Part, sheet: Sheet, header: &StringRecord) -> Result<Sheet, Problem> {
    let forms = part.forms();
    let whole = forms.iter().filter(|form| form.iter().all(|column| sheet.has(column))).count();
    match whole {
        1 => Ok(sheet),
        0 => {
            let wanted = forms.iter().map(|form| form.join(", ")).collect::<Vec<_>>().join(" or ");
            let found = quoted(&header.iter().collect::<Vec<_>>().join(", "));
            let hint = match header.get(0) {
                Some(only) if header.len() == 1 && only.contains([';', '\t']) => "; separate the columns with commas",
                _ => "",
            };
            Err(Problem::of(sheet.origin(), format_args!("the header must have {wanted}, but it is {found}{hint}")))
        }
        _ => Err(Problem::of(sheet.origin(), "the header mixes dated points (date, value) with summaries (trend)")),
    }
}

/// How long the request is as JSON, in bytes, without making it.
fn body_length(request: &ImportRequest) -> usize {
    struct Count(usize);
    impl std::io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(0);
    serde_json::to_writer(&mut count, request).expect("plain data, and counting cannot fail");
    count.0
}
