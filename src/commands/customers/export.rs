//! Writes everything the book holds into files that `import` reads again.

use std::{fmt::Write as _, process::ExitCode};

use anyhow::Context as _;

use super::super::{Context, book::EMPTY_BOOK, print, refused};
use crate::{
    cli::ExportArgs,
    export::{Export, Written},
    words::{count, list},
};

/// Reads the book page by page and writes it, visible at once at the end.
pub(super) async fn execute(context: &Context, args: &ExportArgs) -> anyhow::Result<ExitCode> {
    let dir = args.dir.display();
    let mut export = Export::begin(&args.dir).with_context(|| format!("the folder {dir} cannot be written"))?;
    let mut after = None;
    loop {
        let page = context.backend.export(after).await?;
        for rows in &page.sources {
            export.write(rows).with_context(|| format!("the folder {dir} cannot be written"))?;
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let written = export.finish().with_context(|| format!("the folder {dir} cannot be written"))?;
    if written.is_empty() {
        return refused(EMPTY_BOOK);
    }
    print(&told(&written))?;
    Ok(ExitCode::SUCCESS)
}

fn told(written: &[Written]) -> String {
    let mut text = String::new();
    for Written { folder, rows, .. } in written {
        let parts = rows.iter().map(|(part, rows)| format!("{} of {}", count(*rows, "row"), part.as_str()));
        let _ = writeln!(text, "Wrote {}: {}.", folder.display(), list(&parts.collect::<Vec<_>>()));
    }
    let order = if written.len() > 1 { ", in this order" } else { "" };
    let _ = writeln!(text, "To bring it back in{order}:");
    for Written { source, folder, .. } in written {
        let _ = writeln!(text, "  cs-copilot import {} --source {source}", folder.display());
    }
    text
}
