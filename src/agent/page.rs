//! A task over the whole book: the page that its file writes of the customers of a query.

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, TaskId, Text,
    block::{Block, Place},
    book::{BookQuery, CustomerRow},
    failure::Failure,
    planner::{PlannerResult, TimingInfo},
    query::Query,
};
use domain::{
    portfolio::portfolio,
    query,
    tasks::{Given, Task, Written},
};
use serde::Serialize;

use super::{Agent, RunRequest, book, portfolio::unique, synthesis};
use crate::{backend::Backend, words};

/// What the totals of a page are made of.
const TOTALS: &str = "health.risk,contract.arr";

/// The page of a task over the book.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The task.
    pub task: TaskId,
    /// Its title.
    pub title: Line,
    /// The query in its text form; absent where it is everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<Line>,
    /// The day (UTC) everything is counted from.
    pub as_of: NaiveDate,
    /// How many customers are on it.
    pub customers: usize,
    /// Of how many nobody can tell whether they are on it, for something is missing.
    pub left_out: usize,
    /// What the file of the task says of them.
    pub text: Text,
}

/// Which customers a page is of.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wanted {
    /// The query; the task's own where none is said.
    pub query: Option<Query>,
    /// These alone; everybody of the query where nobody is named.
    pub only: Vec<CustomerId>,
    /// The day (UTC) to count from; the server's today when absent.
    pub as_of: Option<NaiveDate>,
}

/// Reads the book with what the page says, and writes it.
///
/// # Errors
/// The book cannot be read.
pub async fn read(backend: &Backend, task: &Task, wanted: &Wanted) -> Result<Page, Failure> {
    let asked = wanted.query.clone().or_else(|| task.query()).unwrap_or_default();
    let asked = Query { group: None, measure: None, ..asked };
    let rows = task.row_facts();
    let facts: Vec<_> = rows.iter().map(|fact| fact.as_str()).chain([TOTALS]).collect();
    let facts = unique(&[book::wanted(&asked), facts.join(",")].join(","));
    // One customer is found by its id; several are few among the whole book.
    let filter = <&[_; 1]>::try_from(wanted.only.as_slice()).ok().map(|[one]| one.to_string());
    let read = BookQuery { as_of: wanted.as_of, facts: Some(facts), filter, ..BookQuery::default() };
    let whole = backend.whole_book(&read).await?;
    let customers: Vec<_> =
        whole.customers.into_iter().filter(|row| wanted.only.is_empty() || wanted.only.contains(&row.id)).collect();
    Ok(page(task, &asked, &customers, whole.as_of))
}

/// The page of the customers of a query.
fn page(task: &Task, asked: &Query, book: &[CustomerRow], as_of: NaiveDate) -> Page {
    let found = query::answer(asked, book, as_of);
    let rows: Vec<_> = found.shown.iter().map(|&place| &book[place]).collect();
    let query = Some(query::text(asked)).filter(|text| !text.is_empty());
    let left_out = found.outcome.left_out.customers;
    let totals = portfolio(&rows, &[], (as_of, &[]), None, as_of);
    let mut given = Given::of_book(task, as_of, rows.iter().copied());
    given.say("book.query", query.clone());
    given.say("book.left_out", (left_out > 0).then(|| words::count(left_out.into(), "customer")));
    given.say("book.arr", Some(words::moneys(&totals.all.arr)));
    given.say("book.arr_at_risk", Some(words::moneys(&totals.at_risk.arr)));
    let text = match task.write(&given) {
        Ok(Written::Answer(lines)) => synthesis::text(&lines).unwrap_or_default(),
        Ok(Written::Letter { body, .. }) => body,
        Err(error) => Text::new(&error.to_string()),
    };
    Page {
        task: task.id.clone(),
        title: task.title.clone(),
        query: query.map(|query| Line::new(&query)),
        as_of,
        customers: rows.len(),
        left_out: left_out as usize,
        text,
    }
}

impl Agent {
    /// The page of one customer alone, as the answer of a run: where a task over the book is run for somebody.
    pub(super) async fn page_of_one(&self, request: &RunRequest) -> Result<PlannerResult, Failure> {
        let wanted =
            Wanted { query: Some(Query::default()), only: vec![request.customer_id.clone()], as_of: request.as_of };
        let page = read(&self.backend, &request.task, &wanted).await?;
        let nothing = TimingInfo::default();
        let result = synthesis::synthesise(request, page.as_of, &[], &[], nothing);
        let blocks = vec![Block::program(Place::Summary, page.text.as_str())];
        Ok(PlannerResult { summary: Some(page.text), blocks, ..result })
    }
}
