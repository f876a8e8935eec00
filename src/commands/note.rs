//! `note` and `follow-up`: what was done with a customer, and what is to follow.

use std::process::ExitCode;

use chrono::NaiveDate;
use contracts::{
    Line, Text,
    activity::{Activity, ActivityKind},
    book::CustomerRow,
};

use super::{
    Context,
    book::{self, NotOne},
    print, refused, today,
};
use crate::{
    cli::{FollowUpArgs, NoteArgs},
    days::{self, Towards},
    note::{Note, Problem},
    words::date,
};

/// Keeps what was done.
pub async fn execute(context: &Context, args: &NoteArgs) -> anyhow::Result<ExitCode> {
    match note(args, today(context)) {
        Ok(note) => keep(context, note, book::find(&context.backend, &args.customer, context.as_of).await?).await,
        Err(problem) => refused(&problem.to_string()),
    }
}

/// Keeps what is to follow.
pub async fn follow_up(context: &Context, args: &FollowUpArgs) -> anyhow::Result<ExitCode> {
    let today = today(context);
    let note = day(&args.day, today, Towards::Future).and_then(|due| {
        let (kind, text) = (ActivityKind::Note, Text::new(&args.text.join(" ")));
        Note { kind, on: today, text, agreed: None, follow_up: Some(due) }.checked()
    });
    match note {
        Ok(note) => keep(context, note, whom(context, &args.whom).await?).await,
        Err(problem) => refused(&problem.to_string()),
    }
}

/// The day that counts.
fn today(context: &Context) -> NaiveDate {
    context.as_of.unwrap_or_else(|| context.backend.today())
}

fn day(word: &str, today: NaiveDate, towards: Towards) -> Result<NaiveDate, Problem> {
    days::day(word, today, towards).ok_or_else(|| Problem::NoDay(Line::new(word)))
}

fn note(args: &NoteArgs, today: NaiveDate) -> Result<Note, Problem> {
    Note {
        kind: args.kind,
        on: day(&args.on, today, Towards::Past)?,
        text: Text::new(&args.text.join(" ")),
        agreed: args.agreed.as_deref().map(Line::new),
        follow_up: args.follow_up.as_deref().map(|word| day(word, today, Towards::Future)).transpose()?,
    }
    .checked()
}

/// The customer that is named, or that an item of today is about.
async fn whom(context: &Context, named: &str) -> anyhow::Result<CustomerRow> {
    let nobody = match book::find(&context.backend, named, context.as_of).await {
        Err(error) if matches!(error.downcast_ref(), Some(NotOne::Unknown { .. })) => error,
        found => return found,
    };
    let page = today::read(context).await?;
    let item = page.items.iter().find(|item| item.id.as_str() == named);
    match item.and_then(|item| item.about.customer()) {
        Some(customer) => book::find(&context.backend, customer.as_str(), context.as_of).await,
        None => Err(nobody),
    }
}

async fn keep(context: &Context, note: Note, customer: CustomerRow) -> anyhow::Result<ExitCode> {
    let id = format!("{:032x}", rand::random::<u128>()).parse().expect("hexadecimal digits make an id");
    let activity = note.activity(id, customer.id);
    context.backend.keep_activity(&activity).await?;
    print(&format!("{}\n", told(&activity, customer.name.as_str())))?;
    Ok(ExitCode::SUCCESS)
}

/// `Kept for Acme Corp: call of 20 Dec 2026, follow-up due 23 Dec 2026.`
fn told(activity: &Activity, name: &str) -> String {
    let due = activity.follow_up.map(|follow_up| format!(", follow-up due {}", date(follow_up.due)));
    let (kind, on) = (activity.kind.as_str(), date(activity.on));
    format!("Kept for {name}: {kind} of {on}{} (id {}).", due.unwrap_or_default(), activity.id)
}
