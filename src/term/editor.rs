//! The user's own editor, which has the terminal meanwhile.

use std::{
    env,
    io::{Read, Write},
    process::Command,
};

use contracts::activity::MAX_WORDS;

use crate::app::NotEdited;

/// The longest text that is read back, in bytes: no character of a note takes more than four.
const LONGEST: u64 = MAX_WORDS as u64 * 4;

/// Has `text` edited, and answers what became of it. The terminal must be given back before.
///
/// # Errors
/// There is no editor, it failed, or what it wrote cannot be used.
pub(super) fn edit(text: &str) -> Result<String, NotEdited> {
    let named =
        ["VISUAL", "EDITOR"].into_iter().find_map(|name| env::var(name).ok().filter(|it| !it.trim().is_empty()));
    let named = named.ok_or(NotEdited::NoEditor)?;
    let mut words = named.split_whitespace();
    let program = words.next().ok_or(NotEdited::NoEditor)?;
    let failed = |_| NotEdited::NoFile;
    // Readable by this account alone.
    let mut file = tempfile::Builder::new().prefix("cs-copilot-").suffix(".txt").tempfile().map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.flush()).map_err(failed)?;
    let ended = Command::new(program).args(words).arg(file.path()).status();
    if !ended.is_ok_and(|status| status.success()) {
        return Err(NotEdited::Failed(named));
    }
    // Editors often write another file in the place of the first.
    let written = std::fs::File::open(file.path()).map_err(failed)?;
    let mut text = String::new();
    written.take(LONGEST + 1).read_to_string(&mut text).map_err(|_| NotEdited::NoText)?;
    if text.len() as u64 > LONGEST { Err(NotEdited::TooLong) } else { Ok(text) }
}
