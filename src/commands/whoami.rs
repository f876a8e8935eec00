//! `whoami`: who is signed in, and whom the server takes them for.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use chrono::Utc;

use super::Context;
use crate::{auth::Tokens, words};

/// Says it, and fails where the server does not accept the sign-in.
pub async fn execute(context: &Context) -> anyhow::Result<ExitCode> {
    let mut out = io::stdout();
    match &context.keeper {
        None => writeln!(out, "Sign-in: none is configured; you are a guest.")?,
        Some(keeper) => match keeper.kept().await? {
            None => writeln!(out, "Sign-in: nobody at {}; you are a guest.", keeper.issuer())?,
            Some((tokens, place)) => {
                writeln!(out, "Sign-in: {} at {}", tokens.account.name, keeper.issuer())?;
                writeln!(out, "Kept in: {place}")?;
                writeln!(out, "Token:   {}", life(&tokens))?;
            }
        },
    }
    let Some(server) = &context.config.server else {
        writeln!(out, "Server:  inside this program, where the book is this machine's own")?;
        return Ok(ExitCode::SUCCESS);
    };
    match context.backend.identity().await {
        Ok(identity) => {
            let rights = if identity.writable { "" } else { " (read only)" };
            writeln!(out, "Server:  {server} takes you for {}{rights}", identity.owner)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(failure) => {
            writeln!(out, "Server:  {failure}")?;
            Ok(ExitCode::FAILURE)
        }
    }
}

fn life(tokens: &Tokens) -> String {
    let minutes = (tokens.expires - Utc::now()).num_minutes();
    let renewal = if tokens.is_renewable() { "it renews itself" } else { "then you sign in again" };
    match u32::try_from(minutes) {
        Ok(minutes) if minutes >= 120 => format!("good for {}; {renewal}", words::count(minutes / 60, "hour")),
        Ok(minutes) => format!("good for {}; {renewal}", words::count(minutes, "minute")),
        Err(_) if tokens.is_renewable() => "to be renewed at the next call".to_owned(),
        Err(_) => "has ended; sign in again with `cs-copilot login`".to_owned(),
    }
}
