//! Files that are named on the screen: their paths completed, and their import, which has the terminal meanwhile.

use std::{
    env, fs,
    io::{self, Write},
    path::{MAIN_SEPARATOR, Path, PathBuf},
    process::Command,
};

/// The path that is typed, completed as far as all names go on alike that begin so.
pub(super) fn complete(typed: &str) -> String {
    let (folder, begun) =
        typed.rsplit_once(MAIN_SEPARATOR).map_or(("", typed), |(folder, _)| typed.split_at(folder.len() + 1));
    let place = if folder.is_empty() { PathBuf::from(".") } else { at_home(folder) };
    let entries = fs::read_dir(place).into_iter().flatten().filter_map(Result::ok);
    let names = entries.filter_map(|entry| {
        let end = if entry.path().is_dir() { String::from(MAIN_SEPARATOR) } else { String::new() };
        Some(entry.file_name().to_str()?.to_owned() + &end)
    });
    let alike = |one: String, other: String| {
        let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
        same.map(|(c, _)| c).collect()
    };
    let fits = |name: &String| name.starts_with(begun) && (begun.starts_with('.') || !name.starts_with('.'));
    names.filter(fits).reduce(alike).map_or_else(|| typed.to_owned(), |name| format!("{folder}{name}"))
}

/// Imports the file or folder, as the command does, and waits until the user has read what it says. The terminal must be
/// given back before.
pub(super) fn import(typed: &str) {
    // The screen has no subcommand: whatever it was started with holds for any.
    let own = env::args_os().skip(1);
    let ended = env::current_exe()
        .and_then(|program| Command::new(program).arg("import").args(own).arg("--").arg(at_home(typed)).status());
    if let Err(error) = ended {
        eprintln!("cs-copilot: the import cannot be started: {error}");
    }
    eprint!("\nEnter goes back to the screen. ");
    let _ = io::stderr().flush();
    let _ = io::stdin().read_line(&mut String::new());
}

/// The path, with the home directory for `~`.
fn at_home(typed: &str) -> PathBuf {
    let home = typed.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with(MAIN_SEPARATOR));
    match home.and_then(|rest| Some((env::home_dir()?, rest))) {
        Some((home, rest)) => home.join(Path::new(rest.trim_start_matches(MAIN_SEPARATOR))),
        None => PathBuf::from(typed),
    }
}
