//! `import`: CSV files in, one request, and what became of it.

use std::{
    fmt::Write as _,
    io::{self, IsTerminal},
    path::Path,
    process::ExitCode,
};

use chrono::Utc;
use contracts::{
    CustomerId,
    import::{ImportReport, ImportRequest, MAX_LINE, MAX_POINTS},
};
use indicatif::{ProgressBar, ProgressStyle};

use super::{Context, print};
use crate::{
    cli::ImportArgs,
    import::{self, canonical::Notes, preset},
    words::count,
};

/// From how many bytes of CSV files on there is something to wait for.
const LARGE: u64 = 4 * 1024 * 1024;

/// How many ids a line of the report names.
const NAMED: usize = 5;

/// Reads the files, sends them if every row is right, and says what changed.
///
/// # Errors
/// Everything that is wrong with the files, or why the server did not take them.
pub async fn execute(context: &Context, args: &ImportArgs) -> anyhow::Result<ExitCode> {
    let as_of = context.as_of.unwrap_or_else(|| Utc::now().date_naive());
    let bar = progress(&args.dir);
    let read = match &args.preset {
        Some(preset) => preset::read_directory(&args.dir, preset, as_of, &bar).await,
        None => import::read_directory(&args.dir, as_of, &bar),
    };
    bar.finish_and_clear();
    let mut import = read?;
    import.request.dry_run = args.dry_run;
    let report = context.backend.import(&import.request).await?;
    print(&summary(&import.request, &report, &import.notes))?;
    Ok(ExitCode::SUCCESS)
}

/// A bar on stderr where that is a terminal and the files are large.
fn progress(dir: &Path) -> ProgressBar {
    let files = dir.read_dir().into_iter().flatten().flatten().filter_map(|entry| entry.metadata().ok());
    let bytes = files.map(|about| about.len()).sum::<u64>();
    if bytes < LARGE || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg} {wide_bar} {bytes} of {total_bytes}");
    ProgressBar::new(bytes).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// What an import did, or would do, as lines for people.
pub fn summary(request: &ImportRequest, report: &ImportReport, notes: &Notes) -> String {
    let ImportReport { created, updated, unchanged, .. } = report;
    let (begin, would) =
        if request.dry_run { ("Checked, and changed nothing:", "would be ") } else { ("Imported", "") };
    let mut text = format!(
        "{begin} {} as of {}; {created} {would}created, {updated} {would}updated, {unchanged} unchanged.\n",
        count(request.customers.len() as u64, "customer"),
        request.as_of
    );
    let missing = [
        ("usage", &report.without_usage),
        ("tickets", &report.without_tickets),
        ("contract", &report.without_contract),
    ];
    for (what, ids) in missing.into_iter().filter(|(_, ids)| !ids.is_empty()) {
        line(&mut text, format_args!("Without {what}: {} ({})", count(ids.len() as u64, "customer"), first(ids)));
    }
    for (origin, columns) in &notes.ignored {
        line(&mut text, format_args!("Ignored in {origin}: the columns {}", columns.join(", ")));
    }
    if notes.points_left_out > 0 {
        let points = notes.points_left_out;
        line(
            &mut text,
            format_args!("Left out: {points} older points of usage; the newest {MAX_POINTS} a customer are kept"),
        );
    }
    if notes.subjects_cut > 0 {
        line(&mut text, format_args!("Cut at {MAX_LINE} characters: {} ticket subjects", notes.subjects_cut));
    }
    if report.demo_customers > 0 {
        let demo = count(report.demo_customers.into(), "demo customer");
        line(&mut text, format_args!("Still in the book: {demo}; take them out with `cs-copilot demo remove`"));
    }
    text
}

fn line(text: &mut String, content: std::fmt::Arguments<'_>) {
    writeln!(text, "{content}").expect("a string takes everything");
}

fn first(ids: &[CustomerId]) -> String {
    let mut text = ids.iter().take(NAMED).map(CustomerId::as_str).collect::<Vec<_>>().join(", ");
    if ids.len() > NAMED {
        text.push_str(", …");
    }
    text
}
