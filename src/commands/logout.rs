//! `logout`: revokes the tokens and deletes them.

use std::process::ExitCode;

use super::{Context, EXIT_PARTIAL, print};
use crate::auth::Farewell;

/// Signs out. The tokens are deleted in any case.
pub async fn execute(context: &Context) -> anyhow::Result<ExitCode> {
    let farewell = context.keeper()?.end().await?;
    let (sentence, code) = match &farewell {
        Farewell::Nobody => ("Nobody was signed in.".to_owned(), ExitCode::SUCCESS),
        Farewell::Revoked => ("Signed out: the tokens are revoked and deleted.".to_owned(), ExitCode::SUCCESS),
        Farewell::Deleted => {
            ("Signed out: the tokens are deleted. The sign-in service revokes none.".to_owned(), ExitCode::SUCCESS)
        }
        Farewell::NotTold(error) => (
            format!("Signed out here: the tokens are deleted, but they could not be revoked. {error}"),
            ExitCode::from(EXIT_PARTIAL),
        ),
    };
    print(&format!("{sentence}\n"))?;
    Ok(code)
}
