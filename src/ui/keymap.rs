//! The one table of commands. Dispatch, the footer, the help and the check for clashes all read it.

use std::borrow::Cow;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use tui_input::backend::crossterm::to_input_request;

use crate::{
    app::{Action, CopyWhat, Message, Mode, Model, Pane, Topic, allowed},
    send::Form,
};

/// Where a command's keys are listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// In every mode.
    Everywhere,
    /// In normal mode, whichever pane has the keys.
    Normal,
    /// In normal mode, in this pane alone.
    Pane(Pane),
    /// In this mode alone.
    Mode(Mode),
}

/// A key with its modifier; shift is part of the character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    code: KeyCode,
    modifiers: KeyModifiers,
}

/// One row of the table.
#[derive(Debug, Clone)]
pub struct Command {
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

const fn key(code: KeyCode) -> Key {
    Key { code, modifiers: KeyModifiers::NONE }
}

const fn ch(c: char) -> Key {
    key(KeyCode::Char(c))
}

const fn ctrl(c: char) -> Key {
    Key { code: KeyCode::Char(c), modifiers: KeyModifiers::CONTROL }
}

const fn row(
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
    Command { action, keys: Cow::Borrowed(keys), hint, help: Cow::Borrowed(help), scope }
}

const NORMAL: Scope = Scope::Normal;
const FILTER: Scope = Scope::Mode(Mode::Filter);
const YANK: Scope = Scope::Mode(Mode::Yank);
const OUT: Scope = Scope::Mode(Mode::Out);
const OUTGOING: Scope = Scope::Mode(Mode::Outgoing);
const SIGN_IN: Scope = Scope::Mode(Mode::SignIn);
const HELP: Scope = Scope::Mode(Mode::Help);
const EVALS: Scope = Scope::Mode(Mode::Evals);
const SHEET: Scope = Scope::Mode(Mode::Sheet);
const SEARCH: Scope = Scope::Mode(Mode::Search);
const NOTE: Scope = Scope::Mode(Mode::Note);
const ASK: Scope = Scope::Mode(Mode::Ask);
const SNOOZE: Scope = Scope::Mode(Mode::Snooze);
const IMPORT: Scope = Scope::Mode(Mode::Import);
const WHY: Scope = Scope::Mode(Mode::Why);
const CHOOSE: Scope = Scope::Mode(Mode::Choose);
const TASKS: Scope = Scope::Mode(Mode::Tasks);
const DOWN: &[Key] = &[ch('j'), key(KeyCode::Down)];
const UP: &[Key] = &[ch('k'), key(KeyCode::Up)];

/// Every command but those of tasks, in the order of the hints.
pub const COMMANDS: &[Command] = &[
    row(Action::Escape, &[key(KeyCode::Esc)], Some("back"), "cancel the run, or go back", NORMAL),
    row(
        Action::Visit,
        &[key(KeyCode::Enter)],
        Some("customer"),
        "go to the answer's customer",
        Scope::Pane(Pane::Result),
    ),
    row(Action::Done, &[ch('D')], Some("done"), "mark the item as done", NORMAL),
    row(Action::Snooze, &[ch('Z')], Some("snooze"), "put the item off", NORMAL),
    row(Action::Undo, &[ch('u')], Some("undo"), "bring back what was done or put off", NORMAL),
    row(Action::Why, &[ch('x')], Some("why"), "why the item stands where it stands", NORMAL),
    row(Action::ShowToday, &[ch('T')], None, "what deserves attention", NORMAL),
    row(Action::ShowBook, &[ch('B')], Some("book"), "all customers", NORMAL),
    row(Action::Tasks, &[ch('o')], None, "all tasks", NORMAL),
    row(Action::Portfolio, &[ch('P')], None, "what the book comes to", NORMAL),
    row(Action::Ask, &[ch(':')], Some("ask"), "ask in your own words", NORMAL),
    row(Action::Yank, &[ch('y')], Some("yank"), "copy a part of the answer", NORMAL),
    row(Action::Out, &[ch('w')], Some("out"), "as a file, a mail or dates", NORMAL),
    row(Action::Editor, &[ctrl('o')], None, "the email in your editor", NORMAL),
    row(Action::Again, &[ch('.')], Some("again"), "run the task, or ask, again", NORMAL),
    row(Action::Filter, &[ch('/')], Some("filter"), "search, or filter by a query", NORMAL),
    row(Action::View, &[ch('V')], None, "the next of your saved views", NORMAL),
    row(Action::Sort, &[ch('s')], Some("sort"), "sort by risk, renewal, ARR, name", NORMAL),
    row(Action::NextTab, &[ch(']'), key(KeyCode::Right)], Some("tab"), "next tab of the answer", NORMAL),
    row(Action::PrevTab, &[ch('['), key(KeyCode::Left)], None, "previous tab of the answer", NORMAL),
    row(Action::NextPane, &[key(KeyCode::Tab)], Some("pane"), "next pane", NORMAL),
    row(Action::PrevPane, &[key(KeyCode::BackTab)], None, "previous pane", NORMAL),
    row(Action::Open, &[key(KeyCode::Enter)], None, "the task that fits; read the answer", Scope::Pane(Pane::List)),
    row(Action::AnswerDown, &[ch('J')], None, "the answer a line down", Scope::Pane(Pane::List)),
    row(Action::AnswerUp, &[ch('K')], None, "the answer a line up", Scope::Pane(Pane::List)),
    row(Action::Zoom, &[ch('z')], Some("zoom"), "the answer alone, and back", NORMAL),
    row(Action::Note, &[ch('i')], Some("note"), "note a call, a meeting, an email", NORMAL),
    row(Action::Import, &[ch('I')], None, "import a file or a folder", NORMAL),
    row(Action::FollowUp, &[ch('f')], Some("follow up"), "promise something for a day", NORMAL),
    row(Action::Timeline, &[ch('H')], Some("timeline"), "what happened with the customer", NORMAL),
    row(Action::Changes, &[ch('d')], Some("changed"), "what changed since your last visit", NORMAL),
    row(Action::Down, DOWN, None, "down", NORMAL),
    row(Action::Up, UP, None, "up", NORMAL),
    row(Action::PageDown, &[key(KeyCode::PageDown), ctrl('d')], None, "a page down", NORMAL),
    row(Action::PageUp, &[key(KeyCode::PageUp), ctrl('u')], None, "a page up", NORMAL),
    row(Action::Top, &[ch('g'), key(KeyCode::Home)], None, "to the top", NORMAL),
    row(Action::Bottom, &[ch('G'), key(KeyCode::End)], None, "to the bottom", NORMAL),
    row(Action::Reload, &[ch('R')], Some("reload"), "read the book again", NORMAL),
    row(Action::Theme, &[ch('t')], Some("theme"), "dark, light or mono", NORMAL),
    row(Action::Planner, &[ch('p')], Some("planner"), "who plans: auto, model or rules", NORMAL),
    row(Action::Evals, &[ch('E')], Some("evals"), "the evaluations", NORMAL),
    row(Action::SignIn, &[ch('L')], Some("sign in"), "sign in to your team's server", NORMAL),
    row(Action::Help, &[ch('?')], Some("help"), "this list", NORMAL),
    row(Action::Quit, &[ch('q')], Some("quit"), "leave", NORMAL),
    row(Action::Interrupt, &[ctrl('c')], None, "leave the line; cancel; leave", Scope::Everywhere),
    row(Action::Repaint, &[ctrl('l')], None, "draw the screen again", Scope::Everywhere),
    row(Action::Suspend, &[ctrl('z')], None, "to the shell; fg comes back", Scope::Everywhere),
    row(Action::Accept, &[key(KeyCode::Enter)], Some("keep"), "keep the filter", FILTER),
    row(Action::Escape, &[key(KeyCode::Esc)], Some("clear"), "clear the filter", FILTER),
    row(Action::Complete, &[key(KeyCode::Tab)], Some("complete"), "complete the fact or the value", FILTER),
    row(Action::Down, &[key(KeyCode::Down)], None, "down", FILTER),
    row(Action::Up, &[key(KeyCode::Up)], None, "up", FILTER),
    row(Action::PageDown, &[key(KeyCode::PageDown)], None, "a page down", FILTER),
    row(Action::PageUp, &[key(KeyCode::PageUp)], None, "a page up", FILTER),
    row(Action::Accept, &[key(KeyCode::Enter)], Some("ask"), "ask", ASK),
    row(Action::Up, &[key(KeyCode::Up), ctrl('p')], Some("earlier"), "an earlier question", ASK),
    row(Action::Down, &[key(KeyCode::Down), ctrl('n')], None, "a later question", ASK),
    row(Action::Escape, &[key(KeyCode::Esc)], Some("back"), "leave; what was typed stays", ASK),
    row(Action::Accept, &[key(KeyCode::Enter)], Some("run"), "run the task under the cursor", TASKS),
    row(Action::Down, DOWN, Some("down"), "down", TASKS),
    row(Action::Up, UP, Some("up"), "up", TASKS),
    row(Action::Escape, &[key(KeyCode::Esc), ch('q')], Some("close"), "run nothing", TASKS),
    row(Action::Accept, &[key(KeyCode::Enter)], Some("this one"), "the customer under the cursor", CHOOSE),
    row(Action::Pick(0), &[ch('1')], None, "the customer of this number", CHOOSE),
    row(Action::Pick(1), &[ch('2')], None, "the customer of this number", CHOOSE),
    row(Action::Pick(2), &[ch('3')], None, "the customer of this number", CHOOSE),
    row(Action::Pick(3), &[ch('4')], None, "the customer of this number", CHOOSE),
    row(Action::Pick(4), &[ch('5')], None, "the customer of this number", CHOOSE),
    row(Action::Pick(5), &[ch('6')], None, "the customer of this number", CHOOSE),
    row(Action::Pick(6), &[ch('7')], None, "the customer of this number", CHOOSE),
    row(Action::Pick(7), &[ch('8')], None, "the customer of this number", CHOOSE),
    row(Action::Pick(8), &[ch('9')], None, "the customer of this number", CHOOSE),
    row(Action::Down, DOWN, Some("down"), "down", CHOOSE),
    row(Action::Up, UP, Some("up"), "up", CHOOSE),
    row(Action::Escape, &[key(KeyCode::Esc)], Some("none"), "ask nothing", CHOOSE),
    row(Action::Copy(CopyWhat::Summary), &[ch('s')], Some("summary"), "copy the summary", YANK),
    row(Action::Copy(CopyWhat::Actions), &[ch('a')], Some("actions"), "copy the actions", YANK),
    row(Action::Copy(CopyWhat::Email), &[ch('e')], Some("email"), "copy the email", YANK),
    row(Action::Copy(CopyWhat::Qbr), &[ch('q')], Some("outline"), "copy the outline", YANK),
    row(Action::Copy(CopyWhat::Markdown), &[ch('m')], Some("all"), "copy all as Markdown", YANK),
    row(Action::Copy(CopyWhat::Json), &[ch('j')], Some("JSON"), "copy all as JSON", YANK),
    row(Action::Escape, &[key(KeyCode::Esc)], Some("back"), "copy nothing", YANK),
    row(Action::Outgoing(Form::Markdown), &[ch('f')], Some("file"), "the answer as a file", OUT),
    row(Action::Outgoing(Form::Mail), &[ch('m')], Some("mail"), "the email as a draft", OUT),
    row(Action::Outgoing(Form::Calendar), &[ch('c')], Some("calendar"), "the dates for a calendar", OUT),
    row(Action::Escape, &[key(KeyCode::Esc)], Some("back"), "send nothing", OUT),
    row(Action::Accept, &[key(KeyCode::Enter)], Some("write"), "write the file", OUTGOING),
    row(Action::NextForm, &[key(KeyCode::Tab)], Some("other form"), "Markdown, page, JSON, figures", OUTGOING),
    row(Action::OpenMail, &[ch('o')], Some("open"), "open it in your mail program", OUTGOING),
    row(Action::Down, DOWN, Some("down"), "down", OUTGOING),
    row(Action::Up, UP, Some("up"), "up", OUTGOING),
    row(Action::PageDown, &[key(KeyCode::PageDown), ctrl('d')], None, "a page down", OUTGOING),
    row(Action::PageUp, &[key(KeyCode::PageUp), ctrl('u')], None, "a page up", OUTGOING),
    row(Action::Escape, &[key(KeyCode::Esc), ch('q')], Some("back"), "send nothing", OUTGOING),
    row(Action::Accept, &[key(KeyCode::Enter)], Some("put off"), "put the item off", SNOOZE),
    row(Action::Escape, &[key(KeyCode::Esc)], Some("back"), "leave it as it is", SNOOZE),
    row(Action::Why, &[ch('x')], None, "close", WHY),
    row(Action::Escape, &[key(KeyCode::Esc), ch('q')], Some("close"), "close", WHY),
    row(Action::Down, DOWN, Some("down"), "down", WHY),
    row(Action::Up, UP, Some("up"), "up", WHY),
    row(Action::PageDown, &[key(KeyCode::PageDown)], None, "a page down", WHY),
    row(Action::PageUp, &[key(KeyCode::PageUp)], None, "a page up", WHY),
    row(Action::Copy(CopyWhat::SignInAddress), &[ch('y')], Some("address"), "copy the address", SIGN_IN),
    row(Action::Copy(CopyWhat::SignInCode), &[ch('c')], Some("code"), "copy the code", SIGN_IN),
    row(Action::SignIn, &[ch('L')], Some("again"), "start the sign-in again", SIGN_IN),
    row(Action::Escape, &[key(KeyCode::Esc)], Some("close"), "give the sign-in up", SIGN_IN),
    row(Action::Escape, &[key(KeyCode::Esc), ch('q')], Some("back"), "back", EVALS),
    row(Action::Accept, &[key(KeyCode::Enter)], Some("open"), "open the result", EVALS),
    row(Action::OlderEval, &[ch(']'), key(KeyCode::Right)], Some("older"), "the evaluation before", EVALS),
    row(Action::NewerEval, &[ch('['), key(KeyCode::Left)], Some("newer"), "the evaluation after", EVALS),
    row(Action::Evals, &[ch('R'), ch('E')], Some("reload"), "read them again", EVALS),
    row(Action::Down, DOWN, Some("down"), "down", EVALS),
    row(Action::Up, UP, Some("up"), "up", EVALS),
    row(Action::PageDown, &[key(KeyCode::PageDown), ctrl('d')], None, "a page down", EVALS),
    row(Action::PageUp, &[key(KeyCode::PageUp), ctrl('u')], None, "a page up", EVALS),
    row(Action::Top, &[ch('g'), key(KeyCode::Home)], None, "to the top", EVALS),
    row(Action::Bottom, &[ch('G'), key(KeyCode::End)], None, "to the bottom", EVALS),
    row(Action::Escape, &[key(KeyCode::Esc), ch('q')], Some("back"), "back", SHEET),
    row(Action::Filter, &[ch('/')], Some("search"), "look for words", SHEET),
    row(Action::Changes, &[ch('d')], Some("book or customer"), "changes of the customer, or of all", SHEET),
    row(Action::Timeline, &[ch('H')], Some("timeline"), "what happened with the customer", SHEET),
    row(Action::Note, &[ch('i')], Some("note"), "note something of the customer", SHEET),
    row(Action::FollowUp, &[ch('f')], Some("follow up"), "promise something for a day", SHEET),
    row(Action::Down, DOWN, Some("down"), "down", SHEET),
    row(Action::Up, UP, Some("up"), "up", SHEET),
    row(Action::PageDown, &[key(KeyCode::PageDown), ctrl('d')], None, "a page down", SHEET),
    row(Action::PageUp, &[key(KeyCode::PageUp), ctrl('u')], None, "a page up", SHEET),
    row(Action::Top, &[ch('g'), key(KeyCode::Home)], None, "to the top", SHEET),
    row(Action::Bottom, &[ch('G'), key(KeyCode::End)], None, "to the bottom", SHEET),
    row(Action::Accept, &[key(KeyCode::Enter)], Some("keep"), "keep the search", SEARCH),
    row(Action::Escape, &[key(KeyCode::Esc)], Some("clear"), "clear the search", SEARCH),
    row(Action::Accept, &[key(KeyCode::Enter)], Some("keep"), "keep the note", NOTE),
    row(Action::Editor, &[ctrl('o')], Some("editor"), "write it in your editor", NOTE),
    row(Action::Escape, &[key(KeyCode::Esc)], Some("back"), "leave; what was typed stays", NOTE),
    row(Action::Accept, &[key(KeyCode::Enter)], Some("import"), "import it", IMPORT),
    row(Action::Complete, &[key(KeyCode::Tab)], Some("complete"), "complete the path", IMPORT),
    row(Action::Escape, &[key(KeyCode::Esc)], Some("back"), "leave", IMPORT),
    row(Action::Help, &[ch('?')], None, "close", HELP),
    row(Action::Escape, &[key(KeyCode::Esc), ch('q')], Some("close"), "close", HELP),
    row(Action::Down, DOWN, Some("down"), "down", HELP),
    row(Action::Up, UP, Some("up"), "up", HELP),
    row(Action::PageDown, &[key(KeyCode::PageDown)], None, "a page down", HELP),
    row(Action::PageUp, &[key(KeyCode::PageUp)], None, "a page up", HELP),
    row(Action::Top, &[ch('g'), key(KeyCode::Home)], None, "to the top", HELP),
    row(Action::Bottom, &[ch('G'), key(KeyCode::End)], None, "to the bottom", HELP),
];

impl Key {
    /// The key that was pressed.
    pub fn of(event: KeyEvent) -> Self {
        let modifiers = match event.code {
            KeyCode::Char(_) | KeyCode::BackTab => event.modifiers.difference(KeyModifiers::SHIFT),
            _ => event.modifiers,
        };
        Self { code: event.code, modifiers }
    }

    /// The key as people write it.
    pub fn label(self) -> String {
        let name = match self.code {
            KeyCode::Char(c) => c.to_string(),
            KeyCode::Esc => "esc".to_owned(),
            KeyCode::Enter => "enter".to_owned(),
            KeyCode::Tab => "tab".to_owned(),
            KeyCode::BackTab => "shift-tab".to_owned(),
            KeyCode::Up => "↑".to_owned(),
            KeyCode::Down => "↓".to_owned(),
            KeyCode::Left => "←".to_owned(),
            KeyCode::Right => "→".to_owned(),
            KeyCode::PageUp => "pgup".to_owned(),
            KeyCode::PageDown => "pgdn".to_owned(),
            KeyCode::Home => "home".to_owned(),
            KeyCode::End => "end".to_owned(),
            other => other.to_string(),
        };
        if self.modifiers.contains(KeyModifiers::CONTROL) { format!("ctrl-{name}") } else { name }
    }
}

impl Scope {
    /// Whether the keys are listened to in this mode and pane.
    pub fn holds(self, mode: Mode, focus: Pane) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Normal => mode == Mode::Normal,
            Self::Pane(pane) => mode == Mode::Normal && focus == pane,
            Self::Mode(own) => mode == own,
        }
    }
}

impl Command {
    /// Whether its keys are listened to. On a screen too small to show what they do, only those that leave it are.
    fn listens(&self, model: &Model) -> bool {
        if model.viewport.is_too_small {
            return matches!(self.scope, Scope::Everywhere) || self.action == Action::Quit;
        }
        self.scope.holds(model.mode(), model.focus)
    }

    /// Whether it can be used now.
    pub fn is_live(&self, model: &Model) -> bool {
        self.scope.holds(model.mode(), model.focus) && allowed(model, self.action).is_ok()
    }
}

/// Every command that there is now, in the order of the hints: those of the tasks stand before the others of their kind.
pub fn commands(model: &Model) -> Vec<Command> {
    let at = COMMANDS.iter().position(|command| command.action == Action::Tasks).unwrap_or(COMMANDS.len());
    let (before, after) = COMMANDS.split_at(at);
    before.iter().cloned().chain(tasks(model)).chain(after.iter().cloned()).collect()
}

/// A task is run by its digit, and by its letter where the screen does not use that for itself.
fn tasks(model: &Model) -> impl Iterator<Item = Command> {
    model.tasks.iter().enumerate().filter_map(|(place, task)| {
        let letter = task.key.filter(|key| !is_taken(*key)).map(ch);
        let digit = u32::try_from(place + 1).ok().and_then(|digit| char::from_digit(digit, 10)).map(ch);
        let keys: Vec<_> = letter.into_iter().chain(digit).collect();
        let hint = letter.map(|_| Cow::Owned(task.id.to_string()));
        let help = Cow::Owned(task.title.to_string());
        (!keys.is_empty()).then_some(Command {
            action: Action::Run(place),
            keys: keys.into(),
            hint,
            help,
            scope: NORMAL,
        })
    })
}

/// Whether the screen uses this key for itself, among the panes.
pub fn is_taken(letter: char) -> bool {
    let is_there = |scope| matches!(scope, Scope::Everywhere | Scope::Normal | Scope::Pane(_));
    COMMANDS.iter().any(|command| is_there(command.scope) && command.keys.contains(&ch(letter)))
}

/// Alt where shells take it for a word: whoever reads the line's keys calls it meta.
fn as_in_a_shell(pressed: KeyEvent) -> Event {
    let is_of_a_word = pressed.modifiers == KeyModifiers::ALT && matches!(pressed.code, KeyCode::Char('b' | 'f' | 'd'));
    Event::Key(KeyEvent { modifiers: if is_of_a_word { KeyModifiers::META } else { pressed.modifiers }, ..pressed })
}

/// What the terminal's event asks for, if anything.
pub fn dispatch(model: &Model, event: &Event) -> Option<Message> {
    let Event::Key(pressed) = event else { return None };
    if pressed.kind == KeyEventKind::Release {
        return None;
    }
    let key = Key::of(*pressed);
    let commands = commands(model);
    let listens = |command: &&Command| command.listens(model) && command.keys.contains(&key);
    Some(match commands.iter().find(listens) {
        Some(command) => Message::Do(command.action),
        None if model.viewport.is_too_small => Message::OtherKey(None),
        None if model.mode().is_typing() => {
            to_input_request(&as_in_a_shell(*pressed)).map_or(Message::OtherKey(None), Message::Edit)
        }
        // Any other key after `y` or `w` means: nothing after all.
        None if matches!(model.mode(), Mode::Yank | Mode::Out) => Message::Do(Action::Escape),
        None => Message::OtherKey(pressed.code.as_char().filter(|_| key.modifiers.is_empty())),
    })
}

/// The key that gets an answer on the topic.
pub fn key_of(model: &Model, topic: &Topic) -> String {
    let action = match topic {
        Topic::Task(task) => Action::Run(model.tasks.iter().position(|other| other.id == *task).unwrap_or(usize::MAX)),
        Topic::Ask => Action::Ask,
    };
    let commands = commands(model);
    let row = commands.iter().find(|command| command.action == action);
    row.and_then(|command| command.keys.first()).map(|key| key.label()).unwrap_or_default()
}
