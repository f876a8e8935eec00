//! From tables of any system to the canonical rows, which pass the same gate as those of canonical files.

mod activity;
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
    canonical::Book,
    cell,
    known::{Known, Whose},
    links::Joined,
    origin::Origin,
    planned::{Bad, Planned},
    problem::{Problem, Reject, Why},
    recognise::Layout,
    says::{Cells, Says},
    sheet::Sheet,
    table::Row,
};

pub use self::{
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
    /// What was made of rows, and of how many.
    pub made: BTreeMap<Made, u64>,
    /// How many contracts each customer has.
    pub contracts: BTreeMap<String, u32>,
    /// Whether there are amounts of which nobody has said the currency.
    pub lacks_currency: bool,
    /// What it says of customers, with the line: several tables may say something of one.
    pub customers: Vec<(u64, Customer)>,
}

impl Came {
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
    fn put(&mut self, part: Part, line: u64, cells: &[Cow<'_, str>], book: &mut Book) -> ControlFlow<()> {
        self.row.clear();
        self.columns.iter().for_each(|at| self.row.push_field(&cells[*at]));
        book.row(part, self.sheet.row(line, &self.row))
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
        // Contracts without ids of their own are told apart when all are there.
        let mut apart = Vec::new();
        let mut rows = planned.table.rows(&planned.survey)?;
        let mut row = Row::default();
        loop {
            match rows.read(&mut row) {
                Ok(true) => {}
                Ok(false) => break,
                Err(problem) => {
                    book.bad_row(planned.layout.parts[0], problem);
                    continue;
                }
            }
            let customer = match self.known.whose(self.tables, self.at, &row, joined) {
                Whose::Customer(customer) => customer,
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
                let rows = match self.rows(&row, part, customer.as_str(), &mut came) {
                    Ok(rows) => rows,
                    Err(bad) => {
                        book.bad_row(part, self.problem(&row, &bad));
                        continue;
                    }
                };
                for cells in rows {
                    if part == Part::Contracts && cells[contracts::ID].is_empty() {
                        apart.push((row.line, cells.into_iter().map(|cell| cell.into_owned().into()).collect()));
                    } else if let Some(out) = outs.get_mut(&part)
                        && out.put(part, row.line, &cells, book).is_break()
                    {
                        return Ok(came);
                    }
                }
            }
        }
        contracts::told_apart(&mut apart);
        if let Some(out) = outs.get_mut(&Part::Contracts) {
            let _ = apart.iter().try_for_each(|(line, cells)| out.put(Part::Contracts, *line, cells, book));
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
        Some(Out { sheet: book.open(part, origin, &header)?, columns, row: StringRecord::new() })
    }

    /// The canonical rows that a row makes of a part, in all its columns.
    fn rows<'r>(&'r self, row: &'r Row, part: Part, customer: &'r str, came: &mut Came) -> Result<Vec<Cells<'r>>, Bad> {
        let says = self.planned().says(row, part)?;
        let made = match part {
            Part::Customers => customers::row(&says, customer).map(|customer| {
                came.customers.push((row.line, customer));
                Vec::new()
            }),
            Part::Tickets => {
                came.count(Made::ClosedWhenChanged, tickets::is_closed_when_changed(&says));
                tickets::row(says, customer).map(|ticket| vec![ticket])
            }
            Part::Contracts => {
                came.count(Made::TrialWithoutRevenue, contracts::is_without_revenue(&says));
                came.count(Made::SumWithoutInterval, contracts::is_without_interval(&says));
                came.count(Made::AmountOfAllSeats, contracts::is_of_all_seats(&says));
                contracts::row(says, customer, self.currency, self.day).map(|contract| {
                    came.lacks_currency |= contracts::lacks_currency(&contract);
                    *came.contracts.entry(customer.to_owned()).or_default() += 1;
                    vec![contract]
                })
            }
            Part::Usage => {
                let points = usage::rows(says, customer, self.planned().points(row)?, self.day);
                *came.left_out.entry(LeftOut::NotOver).or_default() += points.not_over;
                Ok(points.rows)
            }
            Part::Contacts => Ok(people::contact(self.with_contact(row, says)?, customer)),
            Part::Satisfaction => Ok(people::responses(&says, customer)),
            Part::Activity => Ok(vec![activity::row(says, customer)]),
            Part::Health => Ok(Vec::new()),
        };
        Ok(made.unwrap_or_else(|why| {
            *came.left_out.entry(why).or_default() += 1;
            Vec::new()
        }))
    }

    /// What a row says of a person: its name may be the contact in the customer's own row.
    fn with_contact<'r>(&'r self, row: &'r Row, mut says: Says<'r>) -> Result<Says<'r>, Bad> {
        if self.planned().layout.parts.first() == Some(&Part::Customers) {
            says.put("name", self.planned().says(row, Part::Customers)?.take("contact"));
        }
        Ok(says)
    }

    /// What is wrong with a row that does not name its customer.
    fn unnamed(&self, row: &Row) -> Problem {
        if let Err(bad) = self.planned().says(row, self.planned().layout.parts[0]) {
            return self.problem(row, &bad);
        }
        let layout = &self.planned().layout;
        let column = layout.column("customer_id").or_else(|| layout.column("name")).unwrap_or_default();
        let expected = cell::customer_id("").expect_err("nothing is no id");
        self.problem(row, &Bad { at: column, expected })
    }

    fn problem(&self, row: &Row, bad: &Bad) -> Problem {
        let text = row.cells.get(bad.at).unwrap_or_default().trim();
        Problem::Row(Box::new(Reject {
            origin: Origin::File(self.planned().table.place.to_string()),
            row: row.line,
            column: self.planned().table.header[bad.at].shown.clone(),
            customer: self.planned().reference(row).reference().called().to_owned(),
            text: text.to_owned(),
            why: if text.is_empty() { Why::Empty(bad.expected) } else { Why::Not(bad.expected) },
        }))
    }
}

/// The canonical columns that are made of a part.
fn columns(part: Part) -> &'static [&'static str] {
    match part {
        Part::Customers => &customers::COLUMNS,
        Part::Usage => &usage::COLUMNS,
        Part::Tickets => &tickets::COLUMNS,
        Part::Contracts => &contracts::COLUMNS,
        Part::Contacts => &people::CONTACT,
        Part::Satisfaction => &people::RESPONSE,
        Part::Activity => &activity::COLUMNS,
        Part::Health => &[],
    }
}

/// Whether a table has anything for a canonical column. One that it has not leaves what is known.
pub fn has(layout: &Layout, part: Part, column: &str) -> bool {
    let any = |names: &[&str]| names.iter().any(|name| layout.column_of(part, name).is_some());
    match (part, column) {
        (_, "customer_id")
        | (Part::Customers, "name")
        | (Part::Tickets, "priority")
        | (Part::Contracts, "contract_id")
        | (Part::Satisfaction, "survey" | "score") => true,
        (Part::Tickets, "closed_on") => any(&["closed_on", "status"]),
        (Part::Contracts, "arr" | "currency") => any(&["arr", "mrr", "amount", "unit_amount"]),
        (Part::Contracts, "auto_renew") => any(&["auto_renew", "cancels", "ended_on"]),
        (Part::Contacts, "name") => any(&["name", "first_name", "last_name"]) || layout.column("contact").is_some(),
        (Part::Usage, "date" | "value" | "metric") if layout.has_points() => true,
        _ => any(&[column]),
    }
}
