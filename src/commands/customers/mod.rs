//! `customers`: the book, listed, written into files, or with customers taken out of it.

mod export;
mod list;
mod remove;

use std::process::ExitCode;

use super::Context;
use crate::cli::{CustomersAction, CustomersArgs};

/// Lists the book, or does what else was asked for.
pub async fn execute(context: &Context, args: &CustomersArgs) -> anyhow::Result<ExitCode> {
    match &args.action {
        None => list::execute(context, &args.list).await,
        Some(CustomersAction::Remove(args)) => remove::execute(context, args).await,
        Some(CustomersAction::Export(args)) => export::execute(context, args).await,
    }
}
