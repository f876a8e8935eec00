//! `whoami`: who is signed in, and whom the server takes them for.

use std::process::ExitCode;

use chrono::Utc;

use super::{Context, print};
use crate::{auth::Tokens, words};

/// Says it, and fails where the server does not accept the sign-in.
pub async fn execute(context: &Context) -> anyhow::Result<ExitCode> {
    let sign_in = match &context.authenticator {
        None => "Sign-in: none is configured; you are a guest.\n".to_owned(),
        Some(authenticator) => match authenticator.kept().await? {
            None => format!("Sign-in: nobody at {}; you are a guest.\n", authenticator.issuer()),
            Some((tokens, place)) => format!(
                "Sign-in: {} at {}\nKept in: {place}\nToken:   {}\n",
                tokens.account.name,
                authenticator.issuer(),
                life(&tokens)
            ),
        },
    };
    let (server, code) = match &context.config.server {
        None => ("inside this program, where the book needs no sign-in".to_owned(), ExitCode::SUCCESS),
        Some(server) => match context.backend.identity().await {
            Ok(identity) if identity.writable => {
                (format!("{server} takes you for {}", identity.owner), ExitCode::SUCCESS)
            }
            Ok(identity) => (format!("{server} takes you for {} (read only)", identity.owner), ExitCode::SUCCESS),
            Err(failure) => (failure.to_string(), ExitCode::FAILURE),
        },
    };
    print(&format!("{sign_in}Server:  {server}\n"))?;
    Ok(code)
}

fn life(tokens: &Tokens) -> String {
    let minutes = (tokens.expires - Utc::now()).num_minutes();
    let renewal = if tokens.is_renewable() { "it renews itself" } else { "then you sign in again" };
    match u64::try_from(minutes) {
        Ok(minutes) if minutes >= 120 => format!("good for {}; {renewal}", words::count(minutes / 60, "hour")),
        Ok(minutes) if minutes > 0 => format!("good for {}; {renewal}", words::count(minutes, "minute")),
        _ if tokens.is_renewable() => "to be renewed at the next call".to_owned(),
        _ => "has ended; sign in again with `cs-copilot login`".to_owned(),
    }
}
