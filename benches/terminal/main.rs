//! What the person at the keyboard feels, side by side with [`floor`] and with programs that are known, where they are
//! installed: first paint, key latency, idling, work and memory.
//! Linux only: processor time, wake-ups and memory are read from `/proc`.

#![expect(clippy::print_stdout, reason = "a bench is there to print")]

mod books;
mod floor;
mod peers;
mod pty;
mod usage;

use std::{
    env,
    net::TcpListener,
    path::{Path, PathBuf},
    time::Duration,
};

use books::{directory, path};
use pty::{Program, marked_row};
use usage::{Usage, first_frame};

const STARTS: usize = 15;
const KEYS: usize = 200;
const BOOKS: [usize; 2] = [10_000, 100_000];
const QUIET: Duration = Duration::from_millis(30);
const SPAN: Duration = Duration::from_secs(10);

fn main() {
    if env::args().nth(1).as_deref() == Some("floor") {
        floor::run().expect("the floor runs in a terminal");
        return;
    }
    let floor = env::current_exe().expect("the bench knows its own path");
    let copilot = PathBuf::from(env!("CARGO_BIN_EXE_cs-copilot"));
    let demo = directory();
    let demo = ["--data-dir", path(&demo)];
    println!("| 120x40 terminal | floor | copilot | ratio |");
    println!("|---|---|---|---|");
    // The first start seeds the demo book; no later one does.
    Program::start(&copilot, &demo).shown_after(shows_demo);
    let least = times_shown(&floor, &["floor"], shows_anything);
    let ours = times_shown(&copilot, &demo, shows_anything);
    row("first paint, median ms", median(&least), median(&ours));
    if let Some((calls, writes)) = first_frame(&copilot, &demo) {
        println!("| first paint: system calls, writes to the terminal | | {calls}, {writes} | |");
    }
    println!("| demo book on screen, median ms | | {:.1} | |", median(&times_shown(&copilot, &demo, shows_demo)));
    let least = key_times(&mut Program::start(&floor, &["floor"]), "j");
    for customers in BOOKS {
        of_a_book(customers, &copilot, &least);
    }
    of_the_demo(&copilot, &demo);
    peers::table();
}

/// Keys, the filter and the memory with a book of this size.
fn of_a_book(customers: usize, copilot: &Path, least: &[f64]) {
    let data = books::of(customers, copilot);
    let args = ["--data-dir", path(&data)];
    let open = || {
        let mut program = Program::start(copilot, &args);
        program.shown_after(|screen| screen.contents().contains("q quit"));
        program.answer_time("B", |screen| screen.contents().contains("Customer 1"));
        program
    };
    let mut program = open();
    let ours = key_times(&mut program, "j");
    println!("| resident memory with {customers} customers, MB | | {:.1} | |", Usage::of(program.pid()).megabytes());
    row(&format!("key to output, {customers} customers, p50 ms"), median(least), median(&ours));
    row(&format!("key to output, {customers} customers, p95 ms"), p95(least), p95(&ours));
    let busy = key_times(&mut open(), "hrbcej");
    row(&format!("the same with five runs started by the same burst, {customers}, p95 ms"), p95(least), p95(&busy));
    let filter = filter_times(&mut open());
    println!(
        "| a letter of the filter over {customers} customers, p50, p95 ms | | {:.2}, {:.2} | |",
        median(&filter),
        p95(&filter)
    );
}

/// What it costs to show the demo book: with nothing to do, and with five runs under way.
fn of_the_demo(copilot: &Path, demo: &[&str]) {
    let mut program = Program::start(copilot, demo);
    program.shown_after(shows_demo);
    program.settle(Duration::from_secs(2));
    let before = Usage::of(program.pid());
    let bytes = program.bytes_within(SPAN);
    let after = Usage::of(program.pid());
    println!("| idle for {} s: bytes written | | {bytes} | |", SPAN.as_secs());
    println!("| idle: wake-ups | | {} | |", after.wakeups.saturating_sub(before.wakeups));
    println!("| idle: processor ticks of 10 ms | | {} | |", after.ticks - before.ticks);
    println!("| resident memory with the demo book, MB | | {:.1} | |", after.megabytes());

    // A model that takes every question and answers none keeps its runs under way.
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = format!("http://{}/v1", silent.local_addr().expect("it has an address"));
    let variables = [("OPENAI_BASE_URL", &*address), ("OPENAI_API_KEY", "none"), ("CS_COPILOT_PLANNER", "llm")];
    let mut program = Program::start_with(copilot, demo, &variables);
    program.shown_after(shows_demo);
    for key in ["h", "r", "b", "c", "e"] {
        program.answer_time(key, |_| true);
    }
    program.answer_time("?", |screen| screen.contents().contains("Keys and signs"));
    program.answer_time("q", |screen| screen.contents().contains("5 running"));
    let before = Usage::of(program.pid());
    program.bytes_within(SPAN);
    let percent = Usage::of(program.pid()).percent_since(&before, SPAN);
    println!("| five runs under way for {} s: share of a processor, % | | {percent:.1} | |", SPAN.as_secs());
}

fn row(what: &str, floor: f64, copilot: f64) {
    println!("| {what} | {floor:.2} | {copilot:.2} | {:.2} |", copilot / floor);
}

fn shows_anything(screen: &vt100::Screen) -> bool {
    !screen.contents().trim().is_empty()
}

fn shows_demo(screen: &vt100::Screen) -> bool {
    screen.contents().contains("Acme Corp")
}

/// How long each of several starts takes until the screen shows it.
fn times_shown(program: &Path, args: &[&str], shows: fn(&vt100::Screen) -> bool) -> Vec<f64> {
    (0..STARTS).map(|_| millis(Program::start(program, args).shown_after(shows))).collect()
}

/// Types `keys`, the last of which moves the selection down by one row, and back up unmeasured, again and again.
fn key_times(program: &mut Program, keys: &str) -> Vec<f64> {
    if program.marked_row().is_none() {
        program.shown_after(|screen| marked_row(screen).is_some());
    }
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

/// Types a name into the filter, letter by letter, again and again.
fn filter_times(program: &mut Program) -> Vec<f64> {
    program.answer_time("/", |screen| screen.contents().contains("enter keep"));
    let mut times = Vec::new();
    while times.len() < KEYS / 4 {
        program.settle(QUIET);
        for typed in ["c", "cu", "cus", "cust", "custo"] {
            let letter = &typed[typed.len() - 1..];
            times.push(millis(program.answer_time(letter, |screen| screen.contents().contains(&format!("/ {typed}")))));
            program.settle(QUIET);
        }
        program.answer_time("\x15", |screen| !screen.contents().contains("/ c"));
    }
    times
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
