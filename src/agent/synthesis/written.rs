//! What the task's own file says of the customer.

use std::iter;

use chrono::NaiveDate;
use contracts::{
    Line, Text,
    facts::{Priority, Ticket},
    planner::Action,
    tools::EmailDraft,
};
use domain::{
    facts::Audience,
    occasion::working_days_after,
    tasks::{Given, Task, Written},
    words::told_subject,
};

use super::{Case, actions, summary};
use crate::words;

/// What is made of a task's file.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The answer, paragraph by paragraph.
    pub summary: Option<Text>,
    /// The letter, where the file writes one.
    pub letter: Option<EmailDraft>,
    /// Why the file could not be filled in.
    pub note: Option<String>,
}

/// Fills the file in. While no tool has answered it says nothing.
pub(super) fn page(task: &Task, case: &Case<'_>) -> Page {
    if case.is_empty() {
        return Page::default();
    }
    match task.write(&given(task, case)) {
        Ok(Written::Answer(lines)) => Page { summary: text(&lines), ..Page::default() },
        Ok(Written::Letter { subject, body }) => {
            let letter = EmailDraft { subject, body, ..EmailDraft::default() };
            let case = Case { email: Some(&letter), ..*case };
            let said = [summary::email(&case), summary::gaps(&case)];
            let summary = text(&said.into_iter().flatten().collect::<Vec<_>>());
            Page { summary, letter: Some(letter), note: None }
        }
        Err(error) => Page { note: Some(error.to_string()), ..Page::default() },
    }
}

fn given(task: &Task, case: &Case<'_>) -> Given {
    let mut given = Given::of(task, case.name, case.as_of, case.readings());
    for (name, sentence) in summary::sentences(case) {
        given.say(name, sentence);
    }
    if ["actions", "sentence.first"].iter().any(|name| task.speaks_of(name)) {
        let actions = actions::actions(case);
        given.say("sentence.first", actions.first().map(|first| first.text.to_string()));
        given.list("actions", actions.iter().map(|it| action(it, case.as_of)).collect());
    }
    let open = || case.tickets.into_iter().flat_map(|tickets| &tickets.recent).filter(|it| it.closed_on.is_none());
    given.list("tickets.lines", open().map(|open| ticket(open, task.reader())).collect());
    let serious = open().filter(|ticket| matches!(ticket.priority, Priority::Urgent | Priority::High));
    let by = words::date(working_days_after(case.as_of, 1));
    let asks = serious.map(|ticket| format!("An owner and a date for {}, by {by}", named(ticket, task.reader())));
    given.list("tickets.asks", asks.collect());
    given
}

/// `By 23 Dec 2026: Call Ana. (about 30 min; logins a day fell from 41 to 29, by 29%)`
fn action(action: &Action, as_of: NaiveDate) -> String {
    let terms = words::terms(action).map(|terms| format!("{terms}; ")).unwrap_or_default();
    words::capital(&format!("{}: {} ({terms}{})", words::when(action, as_of), action.text, action.because))
}

/// `T-12 “Export fails”, urgent, open since 10 Nov 2026`; to the customer without its code and its priority.
fn ticket(ticket: &Ticket, reader: Audience) -> String {
    let since = format!("open since {}", words::date(ticket.opened_on));
    match reader {
        Audience::Internal => format!("{}, {}, {since}", named(ticket, reader), ticket.priority.as_str()),
        Audience::Customer => format!("{}, {since}", named(ticket, reader)),
    }
}

/// `T-12 “Export fails”`; to the customer without its code.
fn named(ticket: &Ticket, reader: Audience) -> String {
    let quoted = |subject: &Line| format!("“{subject}”");
    match (reader, &ticket.subject) {
        (Audience::Internal, subject) => {
            iter::once(ticket.id.to_string()).chain(subject.as_ref().map(quoted)).collect::<Vec<_>>().join(" ")
        }
        (Audience::Customer, subject) => {
            let told = subject.as_ref().and_then(|subject| told_subject(subject.as_str()));
            told.as_ref().map_or_else(|| "a question of yours".to_owned(), quoted)
        }
    }
}

/// Lines as Markdown has them: those that follow each other are one paragraph, but for headings and items of lists.
pub(in crate::agent) fn text(lines: &[String]) -> Option<Text> {
    let mut text = String::new();
    for line in lines {
        let is_apart =
            text.is_empty() || text.ends_with('\n') || line.is_empty() || line.starts_with(['-', '#', '*', '|', '>']);
        let between = if text.is_empty() {
            ""
        } else if is_apart {
            "\n"
        } else {
            " "
        };
        text.push_str(between);
        text.push_str(line);
    }
    let text = Text::new(&text);
    (!text.is_empty()).then_some(text)
}
