//! Programs that are known, where they are installed, measured by the same clock.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use super::{QUIET, SPAN, median, millis, p95, pty::Program, shows_anything, times_shown, usage::Usage};

/// The programs, by what starts them.
const PEERS: [&str; 3] = ["gitui", "btm", "yazi"];
const KEYS: usize = 60;

/// A table with a row for each that is installed; nothing where none is.
pub fn table() {
    let is_installed = |name: &&str| Command::new(name).arg("--version").stdout(Stdio::null()).status().is_ok();
    let installed: Vec<_> = PEERS.into_iter().filter(is_installed).collect();
    if installed.is_empty() {
        println!("\nNone of {} is installed.", PEERS.join(", "));
        return;
    }
    println!(
        "\n| beside them | first paint, median ms | key to output, p50, p95 ms | idle, % | wake-ups a second | MB |"
    );
    println!("|---|---|---|---|---|---|");
    installed.into_iter().for_each(row);
}

fn row(name: &str) {
    let paint = median(&times_shown(Path::new(name), &[], shows_anything));
    let mut program = Program::start(Path::new(name), &[]);
    program.shown_after(shows_anything);
    program.settle(Duration::from_secs(1));
    let keys: Vec<f64> = (0..KEYS)
        .map(|press| {
            let took = program.answer_time(if press % 2 == 0 { "j" } else { "k" }, |_| true);
            program.settle(QUIET);
            millis(took)
        })
        .collect();
    let before = Usage::of(program.pid());
    program.bytes_within(SPAN);
    let after = Usage::of(program.pid());
    let (idle, wakeups) =
        (after.percent_since(&before, SPAN), after.wakeups.saturating_sub(before.wakeups) / SPAN.as_secs());
    println!(
        "| {name} | {paint:.1} | {:.2}, {:.2} | {idle:.2} | {wakeups} | {:.1} |",
        median(&keys),
        p95(&keys),
        after.megabytes()
    );
}
