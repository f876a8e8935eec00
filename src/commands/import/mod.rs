//! `import`: files in, piece by piece, and what became of them.

mod asking;
mod reading;

use std::{fs, io, process::ExitCode, time::Duration};

use anyhow::Context as _;
use contracts::{ImportId, SourceName, delivery::Delivery};
use futures::{StreamExt, TryStreamExt, future, stream};
use indicatif::ProgressBar;

use self::reading::{Read, Reading};
use super::{Context, confirmed, print, progress, query, refused, screen_width};
use crate::{
    cli::{ImportArgs, ImportFormat},
    render::{
        delivery::{Rejected, Told, json, left_out, losses, markdown, summary},
        wrapped,
    },
    sources::{
        canonical::{Import, rows_of},
        columns,
    },
};

/// From how many rows on there is something to wait for.
const LARGE: u64 = 50_000;

/// How many pieces are under way at once: while some are taken, the next one is made.
const AT_ONCE: usize = 3;

/// From how many bytes on there is something to wait for.
const MANY_BYTES: u64 = 4 * 1024 * 1024;

/// Reads the files, asks what only their owner knows, sends the rows, and says what changed.
///
/// # Errors
/// Everything that is wrong with the files, or why the server did not take them.
pub async fn execute(context: &Context, args: &ImportArgs) -> anyhow::Result<ExitCode> {
    if args.columns {
        print(&columns::listed(&args.paths)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Read { import, source, day, remember } = match reading::read(context, args).await? {
        Reading::Done(read) => *read,
        Reading::Refused(why) => return refused(&why),
    };
    let import = if args.strict { import.strict()? } else { import.plausible()? };
    if let Some(left_out) = left_out(&import.notes).filter(|_| !args.yes && !args.dry_run)
        && let Some(why) = stopped_by(&left_out)?
    {
        return refused(&why);
    }
    let rejected = rejects(context, &source, &import)?;
    let id = format!("import-{:032x}", rand::random::<u128>()).parse().expect("letters, digits and a hyphen");
    let bar = progress(import.rows >= LARGE, "Sending {wide_bar} {human_pos} of {human_len} rows");
    let pieces = send(context, &id, &import, &bar).await;
    bar.finish_and_clear();
    let book = &context.config.book;
    let delivery = Delivery {
        source,
        day: day.day,
        mode: args.mode,
        parts: import.parts.clone(),
        pieces: pieces?,
        rejected: import.rejects.by_part().clone(),
        partly: import.partly(),
        gone: args.gone,
        accept_losses: args.yes,
        strict: args.strict,
        dry_run: args.dry_run,
        primary_metric: book.primary_metric.clone(),
        source_order: book.sources.clone(),
    };
    let report = context.backend.deliver(&id, &delivery).await?;
    let report = match losses(&delivery, &report).filter(|_| !delivery.dry_run) {
        None => report,
        Some(losses) => match stopped_by(&losses)? {
            None => context.backend.deliver(&id, &Delivery { accept_losses: true, ..delivery.clone() }).await?,
            Some(why) => return refused(&why),
        },
    };
    if let Some((file, saved)) = remember.filter(|_| !args.dry_run) {
        saved.keep(&file)?;
    }
    let told =
        Told { delivery: &delivery, day: &day, report: &report, notes: &import.notes, rejected: rejected.as_ref() };
    if !args.dry_run {
        query::prepare(context).await?;
    }
    print(&match args.format {
        ImportFormat::Text => wrapped(&summary(&told), screen_width(&io::stdout())),
        ImportFormat::Markdown => markdown(&told),
        ImportFormat::Json => json(&told),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the rows and cells down that could not be read, where there are any.
fn rejects(context: &Context, source: &SourceName, import: &Import) -> anyhow::Result<Option<Rejected>> {
    if import.rejects.total() == 0 {
        return Ok(None);
    }
    let file = context.config.data_dir.join("rejects").join(format!("{source}.csv"));
    let cannot = || format!("what cannot be read cannot be written to {}", file.display());
    file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| import.rejects.write(&file)).with_context(cannot)?;
    let file = file.display().to_string();
    let cells = import.rejects.cells().values().sum();
    Ok(Some(Rejected { rows: import.rejects.rows(), cells, kinds: import.rejects.lines(), file }))
}

/// Sends the rows piece by piece, and counts the pieces.
async fn send(context: &Context, id: &ImportId, import: &Import, bar: &ProgressBar) -> anyhow::Result<u32> {
    bar.set_length(import.rows);
    let pieces = stream::iter((1..).zip(import.pieces())).map(|(number, piece)| async move {
        context.backend.send_piece(id, number, &piece).await?;
        bar.inc(rows_of(&piece) as u64);
        anyhow::Ok(number)
    });
    pieces.buffered(AT_ONCE).try_fold(0, |_, number| future::ready(Ok(number))).await
}

/// Asks whether to go on where much would be lost or left out; else why not.
fn stopped_by(losses: &str) -> anyhow::Result<Option<String>> {
    Ok(match confirmed(&format!("This would {losses}. Go on?"))? {
        Some(true) => None,
        Some(false) => Some("nothing was imported".to_owned()),
        None => Some(format!("nothing was imported: this would {losses}; if that is right, say --yes")),
    })
}

/// A sign on stderr that the files are being read, where that is a terminal and there is something to wait for.
fn spinner(bytes: u64) -> ProgressBar {
    let bar = progress(bytes >= MANY_BYTES, "{spinner} Reading, {elapsed}");
    if !bar.is_hidden() {
        bar.enable_steady_tick(Duration::from_millis(100));
    }
    bar
}
