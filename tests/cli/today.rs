//! What deserves attention, without the screen: its order beside one computed in SQL, and what becomes of items.

use std::path::Path;

use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

use crate::{Account, fixture};

const DAY: &str = "2024-12-20";

/// An account with the twelve customers as of a day.
fn ravenstack(day: &str) -> Account {
    let account = Account::new();
    account.good(&["import", &fixture(), "--preset", "ravenstack", "--as-of", day]);
    account.good(&["demo", "remove"]);
    account
}

fn today(account: &Account, day: &str, more: &[&str]) -> Value {
    let arguments = [&["--as-of", day, "today", "--format", "json"], more].concat();
    serde_json::from_str(&account.good(&arguments)).unwrap()
}

fn rows(document: &Value) -> &[Value] {
    document["rows"].as_array().unwrap()
}

fn ids(document: &Value) -> Vec<&str> {
    rows(document).iter().map(|row| row[0]["id"].as_str().unwrap()).collect()
}

/// Makes a table of texts and integers, as the CSV has them.
async fn table(db: &mut SqliteConnection, name: &str, csv: &str) {
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let headings = reader.headers().unwrap().clone();
    let columns: Vec<_> = headings.iter().map(|heading| format!("\"{heading}\" NUMERIC")).collect();
    let create = format!("CREATE TABLE {name} ({})", columns.join(", "));
    sqlx::query(AssertSqlSafe(create)).execute(&mut *db).await.unwrap();
    let insert = format!("INSERT INTO {name} VALUES ({})", vec!["?"; headings.len()].join(", "));
    for record in reader.records() {
        let record = record.unwrap();
        let query =
            record.iter().fold(sqlx::query(AssertSqlSafe(insert.clone())), |query, cell| query.bind(cell.to_owned()));
        query.execute(&mut *db).await.unwrap();
    }
}

/// The customers with their priorities, in SQL of the exported rows.
async fn in_sql(account: &Account, day: &str, before: &str) -> Vec<(String, i64)> {
    let mut db = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    for (name, file) in [("accounts", "accounts"), ("subscriptions", "subscriptions"), ("tickets", "supports_ticket")] {
        let csv = std::fs::read_to_string(Path::new(&fixture()).join(format!("ravenstack_{file}.csv"))).unwrap();
        table(&mut db, name, &csv).await;
    }
    let fact = |day, fact| account.good(&["--as-of", day, "customers", "--columns", fact, "--format", "csv"]);
    table(&mut db, "trends", &fact(day, "usage.trend")).await;
    table(&mut db, "scores", &fact(before, "health.score")).await;
    let facts =
        "CREATE VIEW facts AS SELECT customer_id, t.\"usage.trend\" AS trend, s.\"health.score\" AS score_before
                 FROM trends t LEFT JOIN scores s USING (customer_id)";
    sqlx::query(facts).execute(&mut db).await.unwrap();
    let priorities = include_str!("priorities.sql").replace(DAY, day);
    sqlx::query_as(AssertSqlSafe(priorities)).fetch_all(&mut db).await.unwrap()
}

#[tokio::test]
async fn the_order_is_that_of_priorities_computed_in_sql() {
    let mut compared = 0;
    for (day, before) in [(DAY, "2024-11-22"), ("2024-10-18", "2024-09-20"), ("2024-06-28", "2024-05-31")] {
        let account = ravenstack(day);
        let expected = in_sql(&account, day, before).await;
        let listed = today(&account, day, &[]);
        let listed: Vec<_> = rows(&listed)
            .iter()
            .filter_map(|row| {
                let name = row[0]["about"]["customer"]["name"].as_str()?.to_owned();
                Some((name, row[0]["priorityHundredths"].as_i64().unwrap()))
            })
            .collect();
        let expected: Vec<_> = expected.into_iter().map(|(name, it)| (name, (it + 5_000_000) / 10_000_000)).collect();
        assert_eq!(listed, expected, "{day}");
        compared += listed.len();
    }
    assert!(compared >= 8, "{compared} customers were compared");
}

#[test]
fn two_runs_on_one_state_are_equal_in_every_format() {
    let account = ravenstack(DAY);
    for format in ["text", "markdown", "json"] {
        let run = || account.good(&["--as-of", DAY, "today", "--format", format]);
        assert_eq!(run(), run(), "{format}");
    }
    let text = account.good(&["--as-of", DAY, "today"]);
    assert!(text.starts_with("Today · 3 in all · as of 2024-12-20\n\nYearly revenue at risk: none"), "{text}");
    assert!(text.contains("\n  1  Company_299 · USD 206,364 · 2024-12-20\n"), "{text}");
    assert!(text.contains("value 1.2: USD 206,364 a year over the median of USD 178,962"), "{text}");
}

#[test]
fn items_are_done_undone_and_put_off_by_their_ids() {
    let account = ravenstack(DAY);
    let all = today(&account, DAY, &[]);
    let [first, second, third] = ids(&all)[..] else { panic!("{all}") };
    let said = account.good(&["--as-of", DAY, "done", first]);
    assert!(said.starts_with("Done: Company_299, urgent ticket T-922d49 has been open since today"), "{said}");
    assert_eq!(ids(&today(&account, DAY, &[])), [second, third]);
    account.good(&["--as-of", DAY, "done", first, "--undo"]);
    assert_eq!(ids(&today(&account, DAY, &[])), [first, second, third]);

    account.good(&["--as-of", DAY, "snooze", first, third, "--until", "3d"]);
    account.good(&["--as-of", DAY, "snooze", second]);
    assert!(ids(&today(&account, DAY, &[])).is_empty());
    let later = today(&account, "2024-12-23", &[]);
    let waits = |id: &str| rows(&later).iter().flat_map(|row| row.as_array().unwrap()).any(|item| item["id"] == id);
    assert!(waits(first) && waits(third), "the day has come: {later}");

    let past = account.run(&["--as-of", DAY, "snooze", first, "--until", "2024-12-20"]);
    assert_eq!((past.code, past.stderr.as_str()), (Some(2), "cs-copilot: 2024-12-20 is not to come\n"));
    let unknown = account.refused(&["--as-of", DAY, "done", first, "nobody"]);
    assert_eq!(unknown, "there is no item nobody on 2024-12-20: cs-copilot today names those there are");
}

#[test]
fn the_time_cuts_the_list_and_a_query_says_whose() {
    let account = ravenstack(DAY);
    let text = account.good(&["--as-of", DAY, "today", "--time", "30m"]);
    assert!(text.starts_with("Today · 2 of 3 in 30 min · as of"), "{text}");
    assert!(text.ends_with("\nLeft for another day: 1, USD 111,300 a year\n"), "{text}");
    let near = today(&account, DAY, &["--where", "renewal:<60d"]);
    assert_eq!(ids(&near).len(), 1);
    assert_eq!(near["totals"]["customers"], 1);
    let wrong = account.run(&["--as-of", DAY, "today", "--where", "renewal:<soon"]);
    assert!(wrong.code == Some(2) && wrong.stderr.contains("this query is not understood"), "{}", wrong.stderr);
    assert_eq!(account.run(&["today", "--time", "soon"]).code, Some(2));
}

#[test]
fn asking_what_to_work_on_gives_the_same_list() {
    let account = ravenstack(DAY);
    let list = account.good(&["--as-of", DAY, "today"]);
    assert_eq!(account.good(&["--as-of", DAY, "ask", "what should I work on today?"]), list);
    assert_eq!(account.good(&["--as-of", DAY, "ask", "who needs attention first?"]), list);
}

#[test]
fn who_cannot_be_told_is_said_and_every_item_has_its_id() {
    let account = ravenstack(DAY);
    let text = account.good(&["--as-of", DAY, "today", "--where", "touch:>30d"]);
    let customers = today(&account, DAY, &[])["totals"]["customers"].as_u64().unwrap();
    let left_out = format!("Left out: {customers} customers without a known time since the last touch.");
    assert!(text.contains("Nothing waits.") && text.ends_with(&format!("\n{left_out}\n")), "{text}");
    let markdown = account.good(&["--as-of", DAY, "today", "--where", "touch:>30d", "--format", "markdown"]);
    assert!(markdown.contains(&left_out), "{markdown}");
    let page = today(&account, DAY, &["--where", "touch:>30d"]);
    assert_eq!(page["leftOut"]["customers"], customers);

    account.good(&["--as-of", DAY, "follow-up", "Company_299", "today", "send the order form"]);
    let markdown = account.good(&["--as-of", DAY, "today", "--format", "markdown"]);
    for item in rows(&today(&account, DAY, &[])).iter().flat_map(|row| row.as_array().unwrap()) {
        assert!(markdown.contains(item["id"].as_str().unwrap()), "{item}: {markdown}");
    }
}
