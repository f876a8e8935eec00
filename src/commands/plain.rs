//! A loop of prompts over the commands, for screen readers and for whoever likes lines better than a screen.

use std::{
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
};

use clap::{CommandFactory, Parser};

use super::print;
use crate::cli::Cli;

const WELCOME: &str = "cs-copilot, line by line. Type a command, such as: today, or: run health acme; or ask a question. \
    help lists the commands, quit leaves.\n";

/// Reads lines until there are no more or one says `quit`, and has each carried out: a command as on the command line,
/// anything else as a question. `own` is what the program was started with, which holds for every line.
///
/// # Errors
/// Input or output cannot be used. What fails in a line is told, and the next one is read.
pub fn execute(own: &[OsString], run: impl Fn(Cli) -> anyhow::Result<ExitCode>) -> anyhow::Result<ExitCode> {
    print(WELCOME)?;
    loop {
        print("> ")?;
        let mut line = String::new();
        if io::stdin().read_line(&mut line)? == 0 {
            return Ok(ExitCode::SUCCESS);
        }
        let said = match read(own, line.trim()) {
            Asked::Nothing => continue,
            Asked::Quit => return Ok(ExitCode::SUCCESS),
            Asked::Command(Ok(cli)) => run(*cli).err().map(|error| format!("cs-copilot: {error:#}\n")),
            Asked::Command(Err(error)) => Some(error.to_string()),
        };
        if let Some(said) = said {
            io::stderr().write_all(said.as_bytes())?;
        }
    }
}

/// What a line asks for.
enum Asked {
    Nothing,
    Quit,
    Command(Result<Box<Cli>, clap::Error>),
}

fn read(own: &[OsString], line: &str) -> Asked {
    let words = words(line);
    let is_command = |word: &str| Cli::command().get_subcommands().any(|command| command.get_name() == word);
    let asked: Vec<String> = match words.first().map(String::as_str) {
        None => return Asked::Nothing,
        Some("quit" | "exit" | "q") => return Asked::Quit,
        Some("help" | "?") => vec!["--help".to_owned()],
        Some(word) if is_command(word) => words,
        Some(_) => vec!["ask".to_owned(), "--".to_owned(), line.to_owned()],
    };
    let program = OsString::from("cs-copilot");
    let all = [program].into_iter().chain(own.iter().cloned()).chain(asked.into_iter().map(OsString::from));
    Asked::Command(Cli::try_parse_from(all).map(Box::new))
}

/// The words of a line; what is in quotes is one.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars().chain([' ']) {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') if word.is_none() => {
                quote = Some(c);
                word = Some(String::new());
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}
