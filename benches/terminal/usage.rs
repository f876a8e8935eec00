//! What a process has used so far, of `/proc`, and what its first frame asked of the system.

use std::{fs, path::Path, process::Command, time::Duration};

use super::pty::Program;

/// What a process has used so far, all of its threads together.
pub struct Usage {
    /// Processor time in ticks of 10 ms.
    pub ticks: u64,
    /// How often those of its threads were woken that are still there.
    pub wakeups: u64,
    /// Memory that it holds, in KiB.
    pub resident_kb: u64,
}

impl Usage {
    /// Of a process that is running.
    pub fn of(pid: u32) -> Self {
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

    /// The memory in megabytes.
    pub fn megabytes(&self) -> f64 {
        self.resident_kb as f64 / 1024.0
    }

    /// The share of a processor that was used since `before`, in percent.
    pub fn percent_since(&self, before: &Self, span: Duration) -> f64 {
        (self.ticks - before.ticks) as f64 / span.as_secs_f64()
    }
}

fn number_after(text: &str, label: &str) -> u64 {
    let rest = text.split_once(label).map_or("", |(_, rest)| rest);
    rest.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// How many system calls a program makes until its first frame is written, and how many of them write to the terminal;
/// none where strace is not installed.
pub fn first_frame(program: &Path, args: &[&str]) -> Option<(usize, usize)> {
    Command::new("strace").arg("-V").output().ok()?;
    let folder = tempfile::tempdir().expect("a directory for the trace");
    let trace = folder.path().join("trace");
    let traced = [&["-f", "-qq", "-o", trace.to_str()?, program.to_str()?], args].concat();
    let mut traced = Program::start(Path::new("strace"), &traced);
    traced.shown_after(|screen| !screen.contents().trim().is_empty());
    traced.settle(Duration::from_millis(500));
    drop(traced);
    let text = fs::read_to_string(trace).expect("strace has written it");
    let calls: Vec<&str> = text.lines().filter(|line| line.contains('(')).collect();
    let writes = |line: &&str| line.contains(" write(1, ");
    // The frame may be preceded by a question to the terminal.
    let first = calls.iter().position(|line| writes(line) && line.len() > 40)?;
    Some((first + 1, calls[..=first].iter().copied().filter(writes).count()))
}
