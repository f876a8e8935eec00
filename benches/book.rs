//! How long books of 10,000 and 100,000 customers take to import, to import again a week later, and to list, and how
//! much memory the whole program has at most: client, embedded server and SQLite are one process here. The floor is
//! `sqlite3 .import` of the same files into tables of text, which checks, joins and keeps nothing else.
//!
//! The files are made up: twelve weekly points of usage a customer, the last of today, a contract, and a ticket for every
//! third.

#![expect(clippy::print_stdout, reason = "a bench is there to print")]

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use chrono::{NaiveDate, TimeDelta, Utc};
use contracts::book::{BookQuery, BookSort};
use cs_copilot::backend::{Backend, Target};

const SIZES: [u32; 2] = [10_000, 100_000];
const POINTS: u32 = 12;
/// Where the program keeps its book, in a home directory.
const DATA: &str = ".local/share/cs-copilot";
/// A condition that few fit, one that some fit, an order, and groups: what they take beyond the program's start is theirs.
const QUERIES: [&str; 4] =
    ["risk:high renewal:<60d arr:>10k", "renewal:<10d arr:>10k", "sort:-arr limit:10", "by:month(renewal) sum:arr"];
/// One of a fact of a period, which is made of all rows when it is first asked about.
const OF_PERIOD: &str = "opened:>0 sort:-opened limit:10";
/// How often what reads the whole book is run; the middle one counts.
const OFTEN: usize = 3;
/// How the program ends where some data is missing: of the made customers two in three have no tickets.
const PARTIAL: i32 = 3;
/// How often the memory is read; what is read is the most there ever was.
const SAMPLE: Duration = Duration::from_millis(10);

fn main() {
    let today = Utc::now().date_naive();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    println!("| customers, points of usage | what | s | rows a second | memory at most, MB |");
    println!("|---|---|---|---|---|");
    for customers in SIZES {
        let home = tempfile::tempdir().expect("a directory for the book");
        let rows = [0, 1]
            .map(|week| write(&home.path().join(week.to_string()), customers, week, today).expect("room for files"));
        if let Some((took, memory)) = floor(&home.path().join("0"), &home.path().join("floor.db")) {
            let rate = f64::from(rows[0]) / took;
            println!("| {customers}, {} | `sqlite3 .import` | {took:.1} | {rate:.0} | {memory} |", customers * POINTS);
        }
        run(&home, &["demo", "remove"]);
        for (what, week) in [("import", 0), ("the same again", 0), ("a week later", 1)] {
            let day = first_day(week, today) + TimeDelta::weeks(i64::from(POINTS) - 1);
            let directory = home.path().join(week.to_string());
            let directory = directory.to_str().expect("a path of plain letters");
            let (took, memory) = run(&home, &["import", directory, "--as-of", &day.to_string(), "--yes"]);
            let rate = f64::from(rows[week as usize]) / took;
            println!("| {customers}, {} | {what} | {took:.1} | {rate:.0} | {memory} |", customers * POINTS);
        }
        let whole: [(&str, &[&str]); 5] = [
            ("what deserves attention", &["today", "--format", "json"]),
            ("what deserves attention of some", &["today", "--where", "renewal:<60d", "--format", "json"]),
            ("the book", &["customers", "--format", "json"]),
            ("a health check of everybody", &["run", "health", "--all"]),
            ("the same as JSON", &["run", "health", "--all", "--format", "ndjson"]),
        ];
        for (what, arguments) in whole {
            let mut runs = [(); OFTEN].map(|()| run(&home, arguments));
            runs.sort_by(|(a, _), (b, _)| a.total_cmp(b));
            let (took, memory) = runs[OFTEN / 2];
            println!("| {customers}, {} | {what} | {took:.2} | | {memory} |", customers * POINTS);
        }
        let (took, memory) = run(&home, &["--version"]);
        println!("| {customers}, {} | the program's start | {took:.3} | | {memory} |", customers * POINTS);
        let of_period = [("the first query of a period", OF_PERIOD), (OF_PERIOD, OF_PERIOD)];
        let first = [("the first query of a day", QUERIES[0])].into_iter();
        let asked = first.chain(QUERIES.map(|query| (query, query))).chain(of_period);
        for (what, query) in asked {
            let (took, memory) = run(&home, &["customers", "--where", query, "--format", "json"]);
            println!("| {customers}, {} | `{what}` | {took:.3} | | {memory} |", customers * POINTS);
        }
        for (what, took) in runtime.block_on(pages(&home.path().join(DATA))) {
            println!("| {customers}, {} | {what} | {took:.3} | | |", customers * POINTS);
        }
    }
}

/// How long pages of a hundred customers take, and by which order.
async fn pages(data: &Path) -> Vec<(&'static str, f64)> {
    let backend = Backend::new(Target::Embedded(data.to_owned()));
    let mut after = None;
    let mut times = Vec::new();
    for (what, sort) in [
        ("the server's start, and a page by id", BookSort::Id),
        ("a page by id", BookSort::Id),
        ("a page by revenue, which orders the book", BookSort::Arr),
        ("a page by revenue", BookSort::Arr),
        ("a page by risk", BookSort::Risk),
    ] {
        let query = BookQuery { sort, limit: Some(100), after: after.take(), ..BookQuery::default() };
        let start = Instant::now();
        let page = backend.book(&query).await.expect("a page");
        times.push((what, start.elapsed().as_secs_f64()));
        assert_eq!(page.customers.len(), 100);
        after = page.next;
    }
    times
}

/// The first day of usage in the export of a week. The last one of the second week is today: of a book of which nothing was
/// heard for a month everybody is looked at twice.
fn first_day(week: u32, today: NaiveDate) -> NaiveDate {
    today - TimeDelta::weeks(i64::from(POINTS - week))
}

/// Writes the export of a week, and says how many rows it has.
fn write(directory: &Path, customers: u32, week: u32, today: NaiveDate) -> io::Result<u32> {
    fs::create_dir_all(directory)?;
    let file = |name: &str, header: &str| -> io::Result<BufWriter<File>> {
        let mut file = BufWriter::new(File::create(directory.join(name))?);
        writeln!(file, "{header}")?;
        Ok(file)
    };
    let mut book = file("customers.csv", "customer_id,name,industry,segment,contact")?;
    let mut usage = file("usage.csv", "customer_id,date,value,metric")?;
    let mut tickets = file("tickets.csv", "ticket_id,customer_id,priority,opened_on,closed_on,subject")?;
    let mut contracts = file("contracts.csv", "customer_id,renewal_date,arr,currency,plan,seats,auto_renew")?;
    let mut rows = 0;
    for n in 0..customers {
        writeln!(book, "C-{n},Customer {n},Retail,SMB,Pat {n}")?;
        for point in 0..POINTS {
            let day = first_day(week, today) + TimeDelta::weeks(i64::from(point));
            writeln!(usage, "C-{n},{day},{},active users a week", 40 + (n * 7 + (point + week) * 13) % 17)?;
        }
        let renewal = first_day(0, today) + TimeDelta::days(i64::from(n % 700));
        writeln!(contracts, "C-{n},{renewal},{}.00,USD,Pro,{},no", 1_000 + n % 50_000, 5 + n % 200)?;
        rows += 2 + POINTS;
        if n % 3 == 0 {
            writeln!(tickets, "T-{n},C-{n},normal,{},,Export is slow", first_day(0, today))?;
            rows += 1;
        }
    }
    [&mut book, &mut usage, &mut tickets, &mut contracts].into_iter().try_for_each(BufWriter::flush)?;
    Ok(rows)
}

/// Imports the same files with SQLite's own program; none where that is not there.
fn floor(directory: &Path, database: &Path) -> Option<(f64, u64)> {
    let mut sqlite = Command::new("sqlite3");
    sqlite.arg(database).args(["-cmd", ".mode csv"]);
    for part in ["customers", "usage", "tickets", "contracts"] {
        sqlite.arg(format!(".import '{}/{part}.csv' {part}", directory.display()));
    }
    match measured(&mut sqlite) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        measured => Some(measured.expect("SQLite's program starts")),
    }
}

/// Runs the program to its end; how many seconds it took and how many megabytes it had at most.
fn run(home: &tempfile::TempDir, arguments: &[&str]) -> (f64, u64) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_cs-copilot"));
    measured(program.args(arguments).env_clear().env("HOME", home.path())).expect("the program starts")
}

/// Runs a program to its end; how many seconds it took and how many megabytes it had at most.
fn measured(command: &mut Command) -> io::Result<(f64, u64)> {
    let start = Instant::now();
    let mut program = command.stdout(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", program.id());
    let mut memory = 0;
    let ended = loop {
        memory = peak(&status).unwrap_or(memory);
        if let Some(ended) = program.try_wait()? {
            break ended;
        }
        thread::sleep(SAMPLE);
    };
    assert!(ended.success() || ended.code() == Some(PARTIAL), "{command:?} ended with {ended}");
    Ok((start.elapsed().as_secs_f64(), memory))
}

/// The most resident memory there ever was, in megabytes; Linux tells it.
fn peak(status: &str) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}
