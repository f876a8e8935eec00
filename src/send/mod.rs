//! Where answers go: documents, mails and dates that other programs open. Nothing here sends by itself: a file is
//! *prepared*, and may be prepared again.

mod calendar;
mod folder;
mod html;
mod mail;
mod several;
mod table;

use chrono::{DateTime, NaiveDate, Utc};
use clap::ValueEnum;
use contracts::{
    ActivityId, CustomerId, TaskId, Text,
    activity::{Activity, ActivityKind},
    planner::PlannerResult,
};

use crate::render;

pub use folder::{Folder, FolderError};
pub use html::sections as page;
pub use mail::mailto;
pub use several::{Without, file, goes, hold};

/// What an answer is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum Form {
    /// Markdown, for a wiki or a ticket.
    Markdown,
    /// A page that a browser shows and prints; a QBR as slides in it.
    Html,
    /// One JSON document.
    Json,
    /// The figures, each with its source and day, for a spreadsheet.
    Csv,
    /// A draft that a mail program opens (.eml).
    Mail,
    /// The dates of the answer, for a calendar (.ics).
    Calendar,
}

impl Form {
    /// Those that hold the whole answer or its figures.
    pub const FILES: [Self; 4] = [Self::Markdown, Self::Html, Self::Json, Self::Csv];

    /// What a file of it is.
    pub fn label(self) -> &'static str {
        match self {
            Self::Markdown => "answer as Markdown",
            Self::Html => "answer as a page",
            Self::Json => "answer as JSON",
            Self::Csv => "figures as CSV",
            Self::Mail => "email draft",
            Self::Calendar => "dates for a calendar",
        }
    }

    /// Whether an answer has anything that it could hold.
    pub fn fits(self, result: &PlannerResult) -> bool {
        match self {
            Self::Markdown | Self::Html | Self::Json => true,
            Self::Csv => !result.facts.is_empty(),
            Self::Mail => result.email_draft.is_some(),
            Self::Calendar => !result.dates.is_empty(),
        }
    }

    /// How names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Mail => "eml",
            Self::Calendar => "ics",
        }
    }
}

/// An answer as a file that is still to be written: it is shown first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// What it is written as.
    pub form: Form,
    /// What is in the file.
    pub document: String,
    customer: CustomerId,
    task: TaskId,
    on: NaiveDate,
    about: String,
}

impl Prepared {
    /// The file's name: one a customer, task and form, so that a newer one takes the place of an older one.
    pub fn file(&self) -> String {
        format!("{}-{}.{}", self.customer, self.task, self.form.extension())
    }

    /// Whose answer it is.
    pub fn customer(&self) -> &CustomerId {
        &self.customer
    }

    /// What the timeline keeps of it. Whoever prepares the same again on one day has one entry.
    pub fn activity(&self) -> Activity {
        let Self { form, customer, task, on, about, .. } = self;
        let id = format!("prepared-{task}-{}-{on}", form.extension());
        Activity {
            id: ActivityId::try_from(id).expect("the name of a task is short, and made of letters, digits and hyphens"),
            customer_id: customer.clone(),
            kind: ActivityKind::Prepared,
            on: *on,
            text: Text::new(&format!("{about}, {}: {}", form.label(), self.file())),
            agreed: None,
            follow_up: None,
        }
    }
}

/// An answer in a form; `None` where it has nothing that the form could hold. `now` is when it is written.
pub fn prepare(form: Form, customer_name: &str, result: &PlannerResult, now: DateTime<Utc>) -> Option<Prepared> {
    let document = match form {
        Form::Markdown => render::markdown(customer_name, result),
        Form::Html => html::page(customer_name, result),
        Form::Json => format!("{}\n", render::json(result)),
        Form::Csv => table::figures(customer_name, result)?,
        Form::Mail => mail::draft(result, now)?,
        Form::Calendar => calendar::dates(customer_name, result, now)?,
    };
    let (customer, task) = (result.customer_id.clone(), result.task.clone());
    Some(Prepared { form, document, customer, task, on: result.as_of, about: result.title().to_string() })
}

/// What is in a file, as people read it before it is written.
pub fn shown(prepared: &Prepared, customer_name: &str, result: &PlannerResult) -> String {
    match prepared.form {
        Form::Markdown | Form::Json | Form::Csv => prepared.document.clone(),
        Form::Html => render::markdown(customer_name, result),
        Form::Mail => mail::shown(result).unwrap_or_default(),
        Form::Calendar => calendar::shown(customer_name, result),
    }
}
