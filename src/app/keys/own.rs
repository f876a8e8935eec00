//! The keys of the user's own in the place of the table's.

use domain::tasks::Tasks;
use thiserror::Error;

use super::{Command, Scope, of_tasks, sections};
use crate::{
    app::Action,
    config::{OwnKey, OwnKeys},
    key::Key,
};

/// Why keys of the user's own cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// Nothing is called so.
    #[error("nothing is called {0}: the palette shows every name")]
    NoName(String),
    /// What leads out of everything cannot be lost.
    #[error("{0} keeps its key, so that there is always a way out")]
    Fixed(String),
    /// A key would mean two things in one place.
    #[error("{} is the key of {other} as well as of {name}: give one of them another", key.label())]
    Clash {
        /// The key.
        key: Key,
        /// What the user gave it to.
        name: String,
        /// What has it already.
        other: String,
    },
}

/// The command with the user's own keys, where there are any. What types into a line stays out of it.
pub(super) fn with(command: Command, own: &OwnKeys) -> Command {
    let Some(own) = own.0.iter().find(|own| own.name == command.name) else { return command };
    let is_line = matches!(command.scope, Scope::Mode(mode) if mode.is_typing());
    let keys: Vec<_> = own.keys.iter().copied().filter(|key| !is_line || !key.is_typed()).collect();
    if is_line && keys.is_empty() { command } else { Command { keys: keys.into(), ..command } }
}

/// Whether the keys can be used beside all others.
///
/// # Errors
/// The line of the settings that cannot, and why.
pub fn check(own: &OwnKeys, tasks: &Tasks) -> Result<(), (usize, Refused)> {
    let shipped: Vec<_> = sections().flat_map(|section| section.rows).cloned().collect();
    let taken: Vec<_> = shipped.iter().filter(|row| row.scope.is_of_panes()).flat_map(|row| row.keys.iter()).collect();
    let of_tasks = of_tasks(tasks, |key| taken.contains(&&key));
    let rows: Vec<_> = shipped.iter().cloned().chain(of_tasks).map(|row| with(row, own)).collect();
    for OwnKey { name, at, .. } in &own.0 {
        let named = || rows.iter().filter(|row| row.name == name.as_str());
        if named().next().is_none() {
            return Err((*at, Refused::NoName(name.clone())));
        }
        if named().any(|row| row.action == Action::Interrupt) {
            return Err((*at, Refused::Fixed(name.clone())));
        }
        for row in named() {
            let others = rows.iter().filter(|other| other.name != row.name && other.scope.meets(row.scope));
            let clash = |other: &Command| row.keys.iter().find(|key| other.keys.contains(key)).copied();
            if let Some((key, other)) = others.filter_map(|other| Some((clash(other)?, other.name.to_string()))).next()
            {
                return Err((*at, Refused::Clash { key, name: name.clone(), other }));
            }
        }
    }
    Ok(())
}
