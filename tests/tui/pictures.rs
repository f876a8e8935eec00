//! The pictures of the documents: what the real program draws of a small book that is made up, as of a fixed day.

use std::{
    env,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use chrono::{Days, NaiveDate};

use crate::support::{picture, terminal::Terminal};

const DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 20).expect("it is a day");
/// Weeks of usage, and how many of them are after the change.
const WEEKS: u64 = 30;
const AFTER: u64 = 6;

/// A customer that is made up.
struct Customer {
    id: &'static str,
    name: &'static str,
    segment: &'static str,
    /// Dollars a year.
    arr: u32,
    /// Days to the renewal.
    renewal: u64,
    /// Users a week, before the change and after it.
    users: [u32; 2],
    /// Weeks without any.
    silent: u64,
}

const fn customer(
    id: &'static str,
    name: &'static str,
    segment: &'static str,
    arr: u32,
    renewal: u64,
    users: [u32; 2],
    silent: u64,
) -> Customer {
    Customer { id, name, segment, arr, renewal, users, silent }
}

const BOOK: [Customer; 12] = [
    customer("alder", "Alder & Finch", "enterprise", 184_000, 41, [900, 420], 0),
    customer("bluewater", "Bluewater Labs", "mid-market", 96_000, 12, [300, 310], 0),
    customer("cobalt", "Cobalt Freight", "enterprise", 240_000, 150, [1200, 1210], 0),
    customer("dunes", "Dunes Hotels", "mid-market", 61_000, 84, [260, 250], 11),
    customer("elm", "Elm Street Bank", "enterprise", 310_000, 210, [1500, 1980], 0),
    customer("fjord", "Fjord Energy", "enterprise", 152_000, 63, [700, 540], 0),
    customer("granite", "Granite Health", "mid-market", 78_000, 300, [410, 405], 0),
    customer("harbour", "Harbour Foods", "small", 18_500, 25, [90, 96], 0),
    customer("iris", "Iris Media", "small", 22_000, 119, [150, 70], 0),
    customer("juniper", "Juniper Schools", "mid-market", 45_000, 190, [380, 385], 0),
    customer("kestrel", "Kestrel Air", "enterprise", 270_000, 95, [1000, 1120], 0),
    customer("lumen", "Lumen Works", "small", 12_000, 330, [60, 75], 0),
];

/// Tickets: whose, which, how urgent, and since how many days it is open.
const TICKETS: [(&str, &str, &str, u64); 8] = [
    ("alder", "Export fails for all users", "urgent", 9),
    ("alder", "Sign-in loops on tablets", "high", 12),
    ("alder", "Question about seats", "normal", 30),
    ("cobalt", "Orders are booked twice", "urgent", 3),
    ("fjord", "Report is a day late", "normal", 6),
    ("fjord", "Filter forgets its choice", "normal", 8),
    ("harbour", "Typo in an invoice", "low", 14),
    ("kestrel", "Crew view is slow", "high", 4),
];

/// The book as an export, imported as of that day; the demo customers are taken out.
fn account(home: &Path) {
    let before = |days: u64| DAY - Days::new(days);
    let (mut customers, mut contracts) = ("customer_id,name,segment\n".to_owned(), String::new());
    contracts += "customer_id,contract_id,arr,currency,renewal_date,auto_renew\n";
    let (mut usage, mut contacts) =
        ("customer_id,date,value,metric\n".to_owned(), "customer_id,name,email\n".to_owned());
    for (place, Customer { id, name, segment, arr, renewal, users: [old, new], silent }) in BOOK.into_iter().enumerate()
    {
        let _ = writeln!(customers, "{id},{name},{segment}");
        let _ = writeln!(contracts, "{id},K-{id},{arr},USD,{},no", DAY + Days::new(renewal));
        let person = ["Ana Costa", "Ben Ode", "Chi Lam", "Dora Weiss"][place % 4];
        let _ = writeln!(contacts, "{id},{person},hello@{id}.example");
        for week in silent..WEEKS {
            let users = if week < AFTER { new } else { old };
            // A little more or less, as in life.
            let users = users * (100 + week as u32 * 7 % 5) / 102;
            let _ = writeln!(usage, "{id},{},{users},weekly active users", before(7 * week + 1));
        }
    }
    let mut tickets = "ticket_id,customer_id,subject,priority,status,opened_on\n".to_owned();
    for (number, (customer, subject, priority, days)) in TICKETS.into_iter().enumerate() {
        let _ = writeln!(tickets, "T-{},{customer},{subject},{priority},open,{}", 101 + number, before(days));
    }
    let export = home.join("export");
    fs::create_dir(&export).unwrap();
    for (name, text) in [
        ("customers", customers),
        ("contracts", contracts),
        ("usage", usage),
        ("contacts", contacts),
        ("tickets", tickets),
    ] {
        fs::write(export.join(format!("{name}.csv")), text).unwrap();
    }
    for arguments in [&["import", "export", "--yes"][..], &["demo", "remove"]] {
        let ended = Command::new(env!("CARGO_BIN_EXE_cs-copilot"))
            .args(arguments)
            .current_dir(home)
            .env("HOME", home)
            .env("CS_COPILOT_DATA_DIR", home.join("data"))
            .env("CS_COPILOT_AS_OF", DAY.to_string())
            .output()
            .unwrap();
        assert!(ended.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ended.stderr));
    }
}

/// The screen with the book of that day on it.
fn open(home: &Path, rows: u16, columns: u16) -> Terminal {
    account(home);
    let mut terminal = Terminal::start(home, rows, columns, &[("CS_COPILOT_AS_OF", &DAY.to_string())]);
    terminal.background = "\x1b]11;rgb:1212/1212/1212\x1b\\";
    terminal.wait_for("Alder & Finch");
    terminal.wait("the whole book", |screen| {
        ["q quit", "as of 2026-11-20"].iter().all(|it| screen.contents().contains(it))
    });
    terminal
}

/// What deserves attention, and a renewal brief beside it.
fn day(home: &Path) -> Terminal {
    let mut terminal = open(home, 36, 128);
    terminal.press("r");
    terminal.wait("answer", |screen| ["r✓", "Tools ✓", "made "].iter().all(|it| screen.contents().contains(it)));
    terminal
}

/// A task for all whose renewal is near, and the first of its answers.
fn marks(home: &Path) -> Terminal {
    let mut terminal = open(home, 28, 120);
    terminal.press("/");
    terminal.wait_for("enter keep");
    terminal.press("renewal:<100d");
    terminal.wait_for("Customers 6 of 12");
    terminal.press("\r");
    terminal.press("*");
    terminal.wait_for("6 customers marked");
    terminal.press("e");
    terminal.wait_for("6 answers");
    terminal.press("n");
    terminal.wait("the next one", |screen| {
        let text = screen.contents();
        ["Fjord Energy · Check-in email", "made ", "q quit"].iter().all(|it| text.contains(it))
    });
    terminal
}

/// Everything that a few letters lead to.
fn palette(home: &Path) -> Terminal {
    let mut terminal = open(home, 20, 100);
    terminal.press(":");
    terminal.wait_for("What next?");
    terminal.press("ren");
    terminal
        .wait("entries", |screen| screen.contents().contains(": ren") && screen.contents().contains("Renewal brief"));
    terminal
}

fn document(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

#[test]
fn the_pictures_of_the_documents_show_what_the_program_draws() {
    type Drive = fn(&Path) -> Terminal;
    let pictures: [(&str, Drive); 3] = [("screen.svg", day), ("marks.svg", marks), ("palette.svg", palette)];
    for (name, drive) in pictures {
        let home = tempfile::tempdir().unwrap();
        let drawn = drive(home.path()).see(picture::svg);
        if env::var_os("UPDATE_DOCS").is_some() {
            fs::write(document(name), drawn).unwrap();
            continue;
        }
        let kept = fs::read_to_string(document(name)).unwrap();
        assert_eq!(picture::text(&kept), picture::text(&drawn), "docs/{name} is old: scripts/pictures draws it anew");
    }
}
