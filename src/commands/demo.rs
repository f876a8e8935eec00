//! `demo`: puts the demo customers in, or takes them out.

use std::process::ExitCode;

use super::{Context, print};
use crate::{
    cli::{DemoAction, DemoArgs},
    words,
};

/// Adds or removes the demo customers.
pub async fn execute(context: &Context, args: &DemoArgs) -> anyhow::Result<ExitCode> {
    let sentence = match args.action {
        DemoAction::Add => {
            let report = context.backend.seed_demo().await?;
            format!("The demo book is in: {}.", words::count(report.customers.into(), "customer"))
        }
        DemoAction::Remove => match context.backend.remove_demo().await?.customers {
            0 => "There are no demo customers.".to_owned(),
            customers => format!("Removed {}; your own stay.", words::count(customers.into(), "demo customer")),
        },
    };
    print(&format!("{sentence}\n"))?;
    Ok(ExitCode::SUCCESS)
}
