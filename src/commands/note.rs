//! `note`: what was done with a customer, and what is to follow.

use std::process::ExitCode;

use chrono::NaiveDate;
use contracts::{Line, Text, activity::Activity};

use super::{Context, book, print, refused};
use crate::{
    cli::NoteArgs,
    note::{self, Note, Problem},
    words::date,
};

/// Keeps it.
pub async fn execute(context: &Context, args: &NoteArgs) -> anyhow::Result<ExitCode> {
    let today = context.as_of.unwrap_or_else(|| context.backend.today());
    let note = match note(args, today) {
        Ok(note) => note,
        Err(problem) => return refused(&problem.to_string()),
    };
    let customer = book::find(&context.backend, &args.customer, context.as_of).await?;
    let id = format!("{:032x}", rand::random::<u128>()).parse().expect("hexadecimal digits make an id");
    let activity = note.activity(id, customer.id);
    context.backend.keep_activity(&activity).await?;
    print(&format!("{}\n", told(&activity, customer.name.as_str())))?;
    Ok(ExitCode::SUCCESS)
}

fn note(args: &NoteArgs, today: NaiveDate) -> Result<Note, Problem> {
    let day = |word: &str| note::day(word, today).ok_or_else(|| Problem::NoDay(Line::new(word)));
    Note {
        kind: args.kind,
        on: day(&args.on)?,
        text: Text::new(&args.text.join(" ")),
        agreed: args.agreed.as_deref().map(Line::new),
        follow_up: args.follow_up.as_deref().map(day).transpose()?,
    }
    .checked()
}

/// `Kept for Acme Corp: call of 20 Dec 2026, follow-up due 23 Dec 2026.`
fn told(activity: &Activity, name: &str) -> String {
    let due = activity.follow_up.map(|follow_up| format!(", follow-up due {}", date(follow_up.due)));
    let (kind, on) = (activity.kind.as_str(), date(activity.on));
    format!("Kept for {name}: {kind} of {on}{} (id {}).", due.unwrap_or_default(), activity.id)
}
