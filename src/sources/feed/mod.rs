//! From tables of any system to the canonical rows, which pass the same gate as those of canonical files.

mod activity;
mod columns;
mod contracts;
mod counted;
mod customers;
mod people;
mod tickets;
mod usage;

use std::{borrow::Cow, collections::BTreeMap, ops::ControlFlow};

use ::contracts::{Line, facts::Part};
use chrono::NaiveDate;
use csv::StringRecord;

use super::{
    canonical::{Book, MAX_ROWS},
    cell,
    known::{Known, Whose},
    links::{By, Joined},
    origin::Origin,
    planned::Planned,
    problem::{BadCell, Lost, Problem, Reject, Why},
    recognise::REFERENCES,
    says::{Bad, Cells, Says},
    sheet::Sheet,
    table::Row,
};

use self::{
    columns::{columns, made_of},
    contracts::Contract,
};
pub use self::{
    columns::{has, titles},
    counted::{LeftOut, Made},
    customers::{COLUMNS as CUSTOMER, Customer},
};

/// What is needed to make canonical rows of a table.
pub struct Feed<'a> {
    /// All tables.
    pub tables: &'a [Planned],
    /// Which of them is read.
    pub at: usize,
    /// Whom its rows may be of.
    pub known: &'a Known,
    /// The day of the delivery.
    pub day: NaiveDate,
    /// The currency of amounts without one.
    pub currency: Option<&'a Line>,
}

/// What came of the rows of a table.
#[derive(Debug, Default)]
pub struct Came {
    /// Rows that are no rows of their part, and how many.
    pub left_out: BTreeMap<LeftOut, u64>,
    /// How many rows are of customers who were not found.
    pub nobodys: u64,
    /// How many rows are of companies that are no customers yet.
    pub of_prospects: u64,
    /// How many rows name a customer by its id whose domain they have, too.
    pub by_id_and_domain: u64,
    /// How many have the domain of another.
    pub by_id_not_domain: u64,
    /// What was made of rows, and of how many.
    pub made: BTreeMap<Made, u64>,
    /// Whether there are amounts of which nobody has said the currency.
    pub lacks_currency: bool,
    /// What it says of customers: several tables may say something of one.
    pub customers: Vec<Found>,
}

/// What a row says of a customer.
#[derive(Debug)]
pub struct Found {
    /// The row's line.
    pub line: u64,
    /// What it says.
    pub says: Customer,
    /// Its cells that cannot be read.
    pub bad: Vec<BadCell>,
}

impl Came {
    fn leave_out(&mut self, why: LeftOut, rows: u64) {
        *self.left_out.entry(why).or_default() += rows;
    }

    fn count(&mut self, made: Made, is_so: bool) {
        *self.made.entry(made).or_default() += u64::from(is_so);
    }
}

/// Where the rows of a part go.
struct Out {
    sheet: Sheet,
    /// Which of the canonical columns the table has.
    columns: Vec<usize>,
    /// The row that is put, in one place so that a million of them need no room of their own.
    row: StringRecord,
}

impl Out {
    fn put(
        &mut self,
        part: Part,
        line: u64,
        cells: &[Cow<'_, str>],
        bad: Vec<BadCell>,
        book: &mut Book,
    ) -> ControlFlow<()> {
        self.row.clear();
        self.columns.iter().for_each(|at| self.row.push_field(&cells[*at]));
        book.row(part, self.sheet.row(line, &self.row).without(bad))
    }
}

impl Feed<'_> {
    /// Reads every row into `book`; whose each is, is kept in `joined`.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn run(&self, book: &mut Book, joined: &mut Joined) -> Result<Came, Problem> {
        let planned = self.planned();
        let mut came = Came::default();
        let mut outs = BTreeMap::new();
        for &part in planned.layout.parts.iter().filter(|part| **part != Part::Customers) {
            let Some(out) = self.open(part, book) else { return Ok(came) };
            outs.insert(part, out);
        }
        // Which contracts others have renewed, and how those without ids are told apart, is seen when all are there.
        let mut contracts = Vec::new();
        let mut rows = planned.table.rows(&planned.survey)?;
        let mut row = Row::default();
        loop {
            match rows.read(&mut row) {
                // So many contracts are more than an import may have rows.
                Ok(true) if contracts.len() as u64 > MAX_ROWS => break,
                Ok(true) => {}
                Ok(false) => break,
                Err(problem) => {
                    book.bad_row(planned.layout.parts[0], problem);
                    continue;
                }
            }
            let customer = match self.known.whose(self.tables, self.at, &row, joined) {
                Whose::Customer(customer, by) => {
                    came.by_id_and_domain += u64::from(by == By::IdAndDomain);
                    came.by_id_not_domain += u64::from(by == By::IdNotDomain);
                    customer
                }
                Whose::Prospects => {
                    came.of_prospects += 1;
                    continue;
                }
                Whose::Nobodys => {
                    came.nobodys += 1;
                    continue;
                }
                Whose::Unnamed => {
                    book.bad_row(planned.layout.parts[0], self.unnamed(&row));
                    continue;
                }
            };
            for &part in &planned.layout.parts {
                let mut says = planned.says(&row, part);
                if part == Part::Tickets {
                    tickets::leave_out_early_closing(&mut says, planned.layout.column_of(part, "closed_on"));
                }
                let bad = says.bad.iter().map(|bad| self.bad_cell(part, &row, bad)).collect::<Vec<_>>();
                if part == Part::Customers {
                    match customers::row(&says, customer.as_str()) {
                        Ok(says) => came.customers.push(Found { line: row.line, says, bad }),
                        Err(why) => came.leave_out(why, 1),
                    }
                    continue;
                }
                let Some(made) = self.rows(&row, part, customer.as_str(), says, &mut came) else { continue };
                made.bad.iter().for_each(|bad| book.bad_point(part, self.bad_cell(part, &row, bad)));
                if made.rows.is_empty() {
                    bad.iter().for_each(|bad| book.bad_point(part, bad.clone()));
                }
                for cells in made.rows {
                    if part == Part::Contracts {
                        contracts.push(Contract::new(row.line, cells, bad.clone()));
                    } else if let Some(out) = outs.get_mut(&part)
                        && out.put(part, row.line, &cells, bad.clone(), book).is_break()
                    {
                        return Ok(came);
                    }
                }
            }
        }
        came.leave_out(LeftOut::Renewed, contracts::leave_out_renewed(&mut contracts, self.day));
        contracts::tell_apart(&mut contracts);
        if let Some(out) = outs.get_mut(&Part::Contracts) {
            let mut put = |Contract { line, cells, bad }| out.put(Part::Contracts, line, &cells, bad, book);
            let _ = contracts.into_iter().try_for_each(&mut put);
        }
        Ok(came)
    }

    fn planned(&self) -> &Planned {
        &self.tables[self.at]
    }

    fn open(&self, part: Part, book: &mut Book) -> Option<Out> {
        let layout = &self.planned().layout;
        let columns = columns(part).iter().enumerate().filter(|(_, column)| has(layout, part, column));
        let (columns, header): (Vec<_>, StringRecord) = columns.map(|(at, column)| (at, *column)).unzip();
        let origin = Origin::File(self.planned().table.place.to_string());
        let sheet = book.open(part, origin, &header)?.titled(titles(self.planned(), part));
        Some(Out { sheet, columns, row: StringRecord::new() })
    }

    /// The canonical rows that a row makes of a part other than the customers, in all its columns; none where it is no row
    /// of it.
    fn rows<'r>(
        &'r self,
        row: &'r Row,
        part: Part,
        customer: &'r str,
        says: Says<'r>,
        came: &mut Came,
    ) -> Option<Rows<'r>> {
        let made = match part {
            Part::Tickets => {
                came.count(Made::ClosedWhenChanged, tickets::is_closed_when_changed(&says));
                let made = [
                    (Made::NormalAsPriorityIsNotRead, says.is_bad("priority")),
                    (Made::OpenAsStatusIsNotRead, tickets::is_open_unread(&says)),
                    (Made::OpenAsClosingIsNotRead, tickets::is_open_without_closing(&says)),
                ];
                tickets::row(says, customer).map(|ticket| {
                    made.into_iter().for_each(|(what, is_so)| came.count(what, is_so));
                    vec![ticket]
                })
            }
            Part::Contracts => {
                came.count(Made::TrialWithoutRevenue, contracts::is_without_revenue(&says));
                came.count(Made::SumWithoutInterval, contracts::is_without_interval(&says));
                came.count(Made::AmountOfAllSeats, contracts::is_of_all_seats(&says));
                contracts::row(says, customer, self.currency, self.day).map(|contract| {
                    came.lacks_currency |= contracts::lacks_currency(&contract);
                    vec![contract]
                })
            }
            Part::Usage => {
                if self.planned().layout.has_points() {
                    let (points, bad) = self.planned().points(row);
                    let points = usage::points(says, customer, points, self.day);
                    came.leave_out(LeftOut::NotOver, points.not_over);
                    return Some(Rows { rows: points.rows, bad });
                }
                Ok(vec![usage::row(says, customer)])
            }
            Part::Contacts => Ok(people::contact(self.with_contact(row, says), customer)),
            Part::Satisfaction => Ok(people::responses(&says, customer)),
            Part::Activity => Ok(vec![activity::row(says, customer)]),
            Part::Customers | Part::Health => Ok(Vec::new()),
        };
        match made {
            Ok(rows) => Some(Rows { rows, bad: Vec::new() }),
            Err(why) => {
                came.leave_out(why, 1);
                None
            }
        }
    }

    /// What a row says of a person: its name may be the contact in the customer's own row.
    fn with_contact<'r>(&'r self, row: &'r Row, mut says: Says<'r>) -> Says<'r> {
        if self.planned().layout.parts.first() == Some(&Part::Customers) {
            says.put("name", self.planned().says(row, Part::Customers).take("contact"));
        }
        says
    }

    /// What is wrong with a row that does not name its customer.
    fn unnamed(&self, row: &Row) -> Problem {
        let layout = &self.planned().layout;
        let says = self.planned().says(row, layout.parts[0]);
        let names = |bad: &&Bad| REFERENCES.contains(&bad.field) || bad.field == "name";
        let bad = says.bad.iter().find(names).copied().unwrap_or_else(|| Bad {
            field: "customer_id",
            at: layout.column("customer_id").or_else(|| layout.column("name")).unwrap_or_default(),
            expected: cell::customer_id("").expect_err("nothing is no id"),
        });
        Problem::Row(Box::new(self.reject(row, &bad)))
    }

    fn bad_cell(&self, part: Part, row: &Row, bad: &Bad) -> BadCell {
        BadCell { columns: made_of(part, bad.field), reject: self.reject(row, bad) }
    }

    fn reject(&self, row: &Row, bad: &Bad) -> Reject {
        let text = row.cells.get(bad.at).unwrap_or_default().trim();
        Reject {
            lost: Lost::Row,
            origin: Origin::File(self.planned().table.place.to_string()),
            row: row.line,
            column: self.planned().table.header[bad.at].shown.clone(),
            customer: self.planned().reference(row).reference().called().to_owned(),
            text: text.to_owned(),
            why: if text.is_empty() { Why::Empty(bad.expected) } else { Why::Not(bad.expected) },
        }
    }
}

/// The canonical rows that a row makes of a part, and the cells of rows that cannot be made.
struct Rows<'a> {
    rows: Vec<Cells<'a>>,
    bad: Vec<Bad>,
}
