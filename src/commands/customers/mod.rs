//! `customers`: the book, listed, written into files, or with customers taken out of it.

mod export;
mod list;
mod remove;

use std::process::ExitCode;

use super::Context;
use crate::cli::{CustomersAction, CustomersArgs};

/// What is said of a book without customers.
pub(super) const EMPTY_BOOK: &str =
    "The book is empty. Bring customers in with `cs-copilot import DIR`, or see `cs-copilot demo add`.";

/// Lists the book, or does what else was asked for.
pub async fn execute(context: &Context, args: &CustomersArgs) -> anyhow::Result<ExitCode> {
    match &args.action {
        None => list::execute(context, &args.list).await,
        Some(CustomersAction::Remove(args)) => remove::execute(context, args).await,
        Some(CustomersAction::Export(args)) => export::execute(context, args).await,
    }
}
