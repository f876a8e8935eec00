//! What the person at the keyboard feels, side by side with [`floor`]: first paint, key latency, idling and memory.
//! Linux only: processor time, wake-ups and memory are read from `/proc`.

#![expect(clippy::print_stdout, reason = "a bench is there to print")]

mod floor;
mod pty;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use pty::{Program, marked_row};

const STARTS: usize = 15;
const KEYS: usize = 200;
const QUIET: Duration = Duration::from_millis(30);
const IDLE: Duration = Duration::from_secs(10);

fn main() {
    if env::args().nth(1).as_deref() == Some("floor") {
        floor::run().expect("the floor runs in a terminal");
        return;
    }
    let floor = env::current_exe().expect("the bench knows its own path");
    let copilot = PathBuf::from(env!("CARGO_BIN_EXE_cs-copilot"));
    let demo = tempfile::tempdir().expect("a directory for the demo book");
    let large = tempfile::tempdir().expect("a directory for the large book");
    import_large_book(&copilot, large.path());
    let demo_args = ["--data-dir", path(demo.path())];
    let large_args = ["--data-dir", path(large.path())];

    println!("| 120x40 terminal | floor | copilot | ratio |");
    println!("|---|---|---|---|");
    open_once(&copilot, &demo_args);
    let least = first_paints(&floor, &["floor"]);
    let ours = first_paints(&copilot, &demo_args);
    row("first paint, median ms", median(&least), median(&ours));
    let books = books_shown(&copilot, &demo_args);
    println!("| demo book on screen, median ms | | {:.1} | |", median(&books));

    let least = key_times(&floor, &["floor"], "j");
    let ours = key_times(&copilot, &large_args, "j");
    row("key to output, 10,000 customers, p50 ms", median(&least), median(&ours));
    row("key to output, 10,000 customers, p95 ms", p95(&least), p95(&ours));
    let busy = key_times(&copilot, &large_args, "hrbcej");
    row("the same with five runs started by the same burst, p95 ms", p95(&least), p95(&busy));

    let mut program = Program::start(&copilot, &demo_args);
    program.shown_after(|screen| screen.contents().contains("Acme Corp"));
    program.settle(Duration::from_secs(2));
    let before = Usage::of(program.pid());
    let bytes = program.bytes_within(IDLE);
    let after = Usage::of(program.pid());
    println!("| idle for {} s: bytes written | | {bytes} | |", IDLE.as_secs());
    println!("| idle: wake-ups | | {} | |", after.wakeups - before.wakeups);
    println!("| idle: processor ticks of 10 ms | | {} | |", after.ticks - before.ticks);
    println!("| resident memory with the demo book, MB | | {:.1} | |", after.resident_kb as f64 / 1024.0);
}

fn path(path: &Path) -> &str {
    path.to_str().expect("temporary paths are UTF-8")
}

fn row(what: &str, floor: f64, copilot: f64) {
    println!("| {what} | {floor:.2} | {copilot:.2} | {:.2} |", copilot / floor);
}

/// Writes and imports a book of 10,000 customers with 12 points of usage each.
fn import_large_book(copilot: &Path, data_dir: &Path) {
    let files = tempfile::tempdir().expect("a directory for the files");
    let mut customers = String::from("customer_id,name\n");
    let mut usage = String::from("customer_id,date,value\n");
    for n in 0..10_000 {
        customers.push_str(&format!("C-{n},Customer {n}\n"));
        for month in 1..=12 {
            usage.push_str(&format!("C-{n},2026-{month:02}-01,{}\n", 40 + (n * month) % 17));
        }
    }
    fs::write(files.path().join("customers.csv"), customers).expect("the files can be written");
    fs::write(files.path().join("usage.csv"), usage).expect("the files can be written");
    let status = Command::new(copilot)
        .args(["--data-dir", path(data_dir), "import", path(files.path())])
        .stdout(std::process::Stdio::null())
        .status()
        .expect("the import starts");
    assert!(status.success(), "the import of the large book failed");
}

/// The first start seeds the demo book; no later one does.
fn open_once(program: &Path, args: &[&str]) {
    Program::start(program, args).shown_after(|screen| screen.contents().contains("Acme Corp"));
}

fn first_paints(program: &Path, args: &[&str]) -> Vec<f64> {
    let shown = |screen: &vt100::Screen| !screen.contents().trim().is_empty();
    (0..STARTS).map(|_| millis(Program::start(program, args).shown_after(shown))).collect()
}

fn books_shown(program: &Path, args: &[&str]) -> Vec<f64> {
    let shown = |screen: &vt100::Screen| screen.contents().contains("Acme Corp");
    (0..STARTS).map(|_| millis(Program::start(program, args).shown_after(shown))).collect()
}

/// Types `keys`, the last of which moves the selection down by one row, and back up unmeasured, again and again.
fn key_times(program: &Path, args: &[&str], keys: &str) -> Vec<f64> {
    let mut program = Program::start(program, args);
    program.shown_after(|screen| marked_row(screen).is_some());
    program.settle(QUIET);
    (0..KEYS)
        .map(|_| {
            let row = program.marked_row().expect("a row is marked");
            let took = program.answer_time(keys, |screen| marked_row(screen) == Some(row + 1));
            program.settle(QUIET);
            program.answer_time("k", |screen| marked_row(screen) == Some(row));
            program.settle(QUIET);
            millis(took)
        })
        .collect()
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

fn p95(values: &[f64]) -> f64 {
    quantile(values, 0.95)
}

fn quantile(values: &[f64], at: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * at).round() as usize]
}

/// What a process has used so far, all of its threads together.
struct Usage {
    ticks: u64,
    wakeups: u64,
    resident_kb: u64,
}

impl Usage {
    fn of(pid: u32) -> Self {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("the program is running");
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = fields[11..=12].iter().filter_map(|field| field.parse::<u64>().ok()).sum();
        let tasks = fs::read_dir(format!("/proc/{pid}/task")).expect("the program is running");
        let wakeups = tasks
            .flatten()
            .filter_map(|task| fs::read_to_string(task.path().join("status")).ok())
            .map(|status| number_after(&status, "\nvoluntary_ctxt_switches:"))
            .sum();
        let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("the program is running");
        Self { ticks, wakeups, resident_kb: number_after(&status, "VmRSS:") }
    }
}

fn number_after(text: &str, label: &str) -> u64 {
    let rest = text.split_once(label).map_or("", |(_, rest)| rest);
    rest.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}
