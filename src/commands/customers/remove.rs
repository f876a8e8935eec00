//! Removes customers with everything known of them.

use std::process::ExitCode;

use contracts::book::{BookQuery, CustomerRow};

use super::super::{Context, book::NotOne, confirmed, print, refused};
use crate::{
    cli::RemoveArgs,
    words::{count, list},
};

/// Removes the customers, all of whom must be in the book, once somebody has said yes.
pub(super) async fn execute(context: &Context, args: &RemoveArgs) -> anyhow::Result<ExitCode> {
    let book = context.backend.whole_book(&BookQuery::default()).await?.customers;
    let mut rows: Vec<&CustomerRow> = Vec::new();
    for id in &args.ids {
        let row = book.iter().find(|row| row.id == *id).ok_or_else(|| NotOne::unknown(&book, id.as_str()))?;
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    let names = list(&rows.iter().map(|row| format!("{} ({})", row.name, row.id)).collect::<Vec<_>>());
    if !args.yes {
        match confirmed(&format!("Remove {names} with everything known of them?"))? {
            Some(true) => {}
            Some(false) => return refused("nothing was removed"),
            None => {
                return refused(&format!(
                    "this would remove {names} with everything known of them; say --yes to do so"
                ));
            }
        }
    }
    for row in &rows {
        context.backend.remove_customer(&row.id).await?;
    }
    print(&format!("Removed {}: {names}.\n", count(rows.len() as u64, "customer")))?;
    Ok(ExitCode::SUCCESS)
}
