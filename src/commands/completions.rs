//! `completions`: a shell's completion script on stdout.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::CommandFactory;

use crate::cli::{Cli, CompletionsArgs};

/// Prints the script.
///
/// # Errors
/// Stdout cannot be written.
pub fn execute(args: &CompletionsArgs) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "cs-copilot", &mut script);
    io::stdout().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
