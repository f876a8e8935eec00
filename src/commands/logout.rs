//! `logout`: revokes the tokens and deletes them.

use std::process::ExitCode;

use super::{Context, EXIT_PARTIAL, print};
use crate::auth::SignedOut;

/// Signs out. The tokens are deleted in any case.
pub async fn execute(context: &Context) -> anyhow::Result<ExitCode> {
    let signed_out = context.authenticator()?.end().await?;
    let (sentence, code) = match &signed_out {
        SignedOut::Nobody => ("Nobody was signed in.".to_owned(), ExitCode::SUCCESS),
        SignedOut::Revoked => ("Signed out: the tokens are revoked and deleted.".to_owned(), ExitCode::SUCCESS),
        SignedOut::Deleted => {
            ("Signed out: the tokens are deleted. The sign-in service revokes none.".to_owned(), ExitCode::SUCCESS)
        }
        SignedOut::NotTold(error) => (
            format!("Signed out here: the tokens are deleted, but they could not be revoked. {error}"),
            ExitCode::from(EXIT_PARTIAL),
        ),
    };
    print(&format!("{sentence}\n"))?;
    Ok(code)
}
