//! Where answers go: documents, mails and dates that other programs open. Nothing here sends by itself: a file is
//! *prepared*, and may be prepared again.

mod calendar;
mod folder;
mod html;
mod mail;
mod table;

use chrono::{DateTime, Utc};
use clap::ValueEnum;
use contracts::planner::PlannerResult;

use crate::render;

pub use folder::{Folder, FolderError};
pub use html::sections as page;
pub use mail::mailto;

/// What an answer is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
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

/// An answer in a form; `None` where it has nothing that the form could hold. `now` is when it is written.
pub fn document(form: Form, customer_name: &str, result: &PlannerResult, now: DateTime<Utc>) -> Option<String> {
    match form {
        Form::Markdown => Some(render::markdown(customer_name, result)),
        Form::Html => Some(html::page(customer_name, result)),
        Form::Json => Some(format!("{}\n", render::json(result))),
        Form::Csv => table::figures(customer_name, result),
        Form::Mail => mail::draft(result, now),
        Form::Calendar => calendar::dates(customer_name, result, now),
    }
}
