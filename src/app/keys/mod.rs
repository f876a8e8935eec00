//! What can be asked for with a key. One table: dispatch, footer, help, palette, the settings' `[keys]` and the documents
//! follow from it.

mod elsewhere;
mod own;
mod panes;

use std::borrow::Cow;

use domain::tasks::Tasks;

pub use own::{Refused, check};

use super::{Action, Mode, Model, Pane, Topic, allowed};
use crate::{config::OwnKeys, key::Key};

/// Where a command's keys are listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In every mode.
    Everywhere,
    /// In normal mode, whichever pane has the keys.
    Normal,
    /// In normal mode, in this pane alone.
    Pane(Pane),
    /// Wherever something is read and nothing typed: among the panes, in what lies over them or in their place.
    Reading,
    /// In this mode alone.
    Mode(Mode),
}

/// One row of the table.
#[derive(Debug, Clone)]
pub struct Command {
    /// What it is called in the palette and under `[keys]`.
    pub name: Cow<'static, str>,
    /// What is asked for.
    pub action: Action,
    /// The keys that ask for it; the first one stands in the hints.
    pub keys: Cow<'static, [Key]>,
    /// The word for the footer; none for what everybody tries anyway.
    pub hint: Option<Cow<'static, str>>,
    /// The words for the help.
    pub help: Cow<'static, str>,
    /// Where the keys are listened to.
    pub scope: Scope,
}

/// Rows that belong together.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// What is over them in the help, with names in the place of keys.
    pub title: &'static str,
    /// The rows.
    pub rows: &'static [Command],
}

/// The title of the section whose rows are the tasks that there are, and what there is to do with them.
pub const TASKS: &str = "Tasks";

const fn section(title: &'static str, rows: &'static [Command]) -> Section {
    Section { title, rows }
}

const fn row(
    name: &'static str,
    action: Action,
    keys: &'static [Key],
    hint: Option<&'static str>,
    help: &'static str,
    scope: Scope,
) -> Command {
    let hint = match hint {
        Some(hint) => Some(Cow::Borrowed(hint)),
        None => None,
    };
    Command { name: Cow::Borrowed(name), action, keys: Cow::Borrowed(keys), hint, help: Cow::Borrowed(help), scope }
}

/// A key that is one character.
macro_rules! key {
    ($c:literal) => {
        &[Key::char($c)]
    };
}
use key;

/// Every section, in the order of the hints and of the help.
pub fn sections() -> impl Iterator<Item = &'static Section> {
    panes::SECTIONS.iter().chain(elsewhere::SECTIONS)
}

/// Every command that there is, in that order, with the keys of the user's own.
pub fn commands(own: &OwnKeys, tasks: &Tasks) -> Vec<Command> {
    let with_own = |command: Command| own::with(command, own);
    let fixed: Vec<_> = sections().flat_map(|section| section.rows).cloned().map(with_own).collect();
    let letters: Vec<_> = fixed.iter().filter(|row| row.scope.is_of_panes()).flat_map(|row| row.keys.iter()).collect();
    let of_tasks: Vec<_> = of_tasks(tasks, |key| letters.contains(&&key)).map(with_own).collect();
    let at = fixed.iter().position(|command| command.action == Action::Tasks).unwrap_or(fixed.len());
    let (before, after) = fixed.split_at(at);
    [before, &of_tasks, after].concat()
}

/// A task is run by its digit, and by its letter where the screen does not use that for itself.
fn of_tasks(tasks: &Tasks, is_taken: impl Fn(Key) -> bool) -> impl Iterator<Item = Command> {
    tasks.iter().enumerate().map(move |(place, task)| {
        let letter = task.key.map(Key::char).filter(|key| !is_taken(*key));
        let digit = u32::try_from(place + 1).ok().and_then(|digit| char::from_digit(digit, 10)).map(Key::char);
        Command {
            name: Cow::Owned(task.id.to_string()),
            action: Action::Run(place),
            keys: letter.into_iter().chain(digit).collect::<Vec<_>>().into(),
            hint: letter.map(|_| Cow::Owned(task.id.to_string())),
            help: Cow::Owned(task.title.to_string()),
            scope: Scope::Normal,
        }
    })
}

impl Scope {
    /// Whether the keys are listened to in this mode and pane.
    pub fn holds(self, mode: Mode, focus: Pane) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Normal => mode == Mode::Normal,
            Self::Pane(pane) => mode == Mode::Normal && focus == pane,
            Self::Reading => mode.is_reading(),
            Self::Mode(own) => mode == own,
        }
    }

    /// Whether the keys are listened to among the panes.
    pub fn is_of_panes(self) -> bool {
        !matches!(self, Self::Mode(_))
    }

    /// Whether there is a place where the keys of both are listened to.
    fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::Everywhere, _) | (_, Self::Everywhere) => true,
            (Self::Pane(one), Self::Pane(other)) => one == other,
            (Self::Mode(one), Self::Mode(other)) => one == other,
            (Self::Reading, Self::Mode(mode)) | (Self::Mode(mode), Self::Reading) => mode.is_reading(),
            _ => self.is_of_panes() && other.is_of_panes(),
        }
    }
}

impl Command {
    /// Whether its keys are listened to. On a screen too small to show what they do, only those that leave it are.
    pub fn listens(&self, model: &Model) -> bool {
        if model.viewport.is_too_small {
            return matches!(self.scope, Scope::Everywhere) || self.action == Action::Quit;
        }
        self.scope.holds(model.mode(), model.focus)
    }

    /// Whether it can be used now.
    pub fn is_live(&self, model: &Model) -> bool {
        self.scope.holds(model.mode(), model.focus) && allowed(model, self.action).is_ok()
    }

    /// The key that stands in the hints; none where the palette alone leads to it.
    pub fn key(&self) -> Option<String> {
        self.keys.first().map(|key| key.label())
    }
}

impl Model {
    /// Every command that there is now, in the order of the hints.
    pub fn commands(&self) -> &[Command] {
        &self.commands
    }

    /// The key that asks for this, or how the palette leads to it.
    pub fn key(&self, action: Action) -> String {
        self.command(|command| command.action == action).map(label).unwrap_or_default()
    }

    /// The key that gets an answer on the topic.
    pub fn key_of(&self, topic: &Topic) -> String {
        self.key(match topic {
            Topic::Task(id) => Action::Run(self.tasks.iter().position(|task| task.id == *id).unwrap_or(usize::MAX)),
            Topic::Ask => Action::Ask,
        })
    }

    /// The sentence with keys in the place of names: `{again} runs it again` is `. runs it again`. For sentences of the
    /// program's own alone.
    pub fn fill(&self, sentence: &str) -> String {
        let mut parts = sentence.split(['{', '}']);
        let mut filled = parts.next().unwrap_or_default().to_owned();
        while let (Some(name), Some(text)) = (parts.next(), parts.next()) {
            filled += &self.command(|command| command.name == name).map_or_else(|| name.to_owned(), label);
            filled += text;
        }
        filled
    }

    /// The command that is meant: the one whose keys are listened to now, where there are several.
    fn command(&self, is_it: impl Fn(&Command) -> bool) -> Option<&Command> {
        let (mode, focus) = (self.mode(), self.focus);
        let all = self.commands.iter().filter(|command| is_it(command));
        all.min_by_key(|command| !command.scope.holds(mode, focus))
    }
}

fn label(command: &Command) -> String {
    command.key().unwrap_or_else(|| format!(":{}", command.name))
}
