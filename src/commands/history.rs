//! `history`: what was answered for a customer before, newest first.

use std::{
    cmp::Reverse,
    fmt::Write as _,
    io::{self, Write},
    process::ExitCode,
};

use contracts::{
    activity::{Activity, ActivityQuery},
    history::{HistoryQuery, Message},
    planner::Completeness,
};

use super::{Context, book, print};
use crate::{
    cli::{HistoryArgs, HistoryFormat},
    words,
};

/// Shows the history of a customer.
pub async fn execute(context: &Context, args: &HistoryArgs) -> anyhow::Result<ExitCode> {
    let customer = book::find(&context.backend, &args.customer, context.as_of).await?;
    let done = ActivityQuery { customer_id: customer.id.clone(), limit: None };
    let done = context.backend.activity(&done).await?;
    let sendings: Vec<_> = done.into_iter().map(|row| row.activity).filter(|it| it.kind.is_sending()).collect();
    let query = HistoryQuery { customer_id: customer.id, limit: Some(args.limit) };
    let messages = context.backend.history(&query).await?;
    match args.format {
        HistoryFormat::Json => print(&format!("{}\n", serde_json::to_string_pretty(&messages)?))?,
        HistoryFormat::Text if messages.is_empty() && sendings.is_empty() => {
            writeln!(io::stderr(), "Nothing has been answered for {} yet.", customer.name)?;
        }
        HistoryFormat::Text => {
            let sent = sendings.iter().map(|sending| (sending.on, sent(sending)));
            let mut entries: Vec<_> = messages.iter().map(|it| (it.result.as_of, entry(it))).chain(sent).collect();
            entries.sort_by_key(|(on, _)| Reverse(*on));
            let entries: Vec<_> = entries.into_iter().map(|(_, entry)| entry).collect();
            print(&entries.join("\n"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// `2026-12-20 · prepared`, and what.
fn sent(Activity { on, kind, text, .. }: &Activity) -> String {
    format!("{on} · {}\n  {text}\n", kind.as_str())
}

fn entry(message: &Message) -> String {
    let result = &message.result;
    let mut entry = format!("{} · {}", message.created_at.format("%Y-%m-%d %H:%M UTC"), result.title());
    if let Some(health) = &result.health {
        let _ = write!(entry, " · {}", words::standing(health));
    }
    if result.completeness() != Completeness::Complete {
        entry.push_str(" · partial");
    }
    entry.push('\n');
    if let Some(question) = &result.question {
        let _ = writeln!(entry, "  Asked: {question}");
    }
    for line in result.summary.iter().flat_map(|summary| summary.as_str().lines()) {
        let _ = writeln!(entry, "  {line}");
    }
    entry
}
