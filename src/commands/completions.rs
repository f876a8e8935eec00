//! `completions`: a shell's completion script on stdout.

use std::process::ExitCode;

use clap::CommandFactory;

use super::print;
use crate::cli::{Cli, CompletionsArgs};

/// Prints the script.
///
/// # Errors
/// Stdout cannot be written.
pub fn execute(args: &CompletionsArgs) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "cs-copilot", &mut script);
    print(&String::from_utf8(script)?)?;
    Ok(ExitCode::SUCCESS)
}
