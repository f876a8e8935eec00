//! The keys among the panes.

use crossterm::event::KeyCode;

use super::{Command, Key, Scope, Section, TASKS, key, row, section};
use crate::app::{Action, Pane};

const NORMAL: Scope = Scope::Normal;
const READING: Scope = Scope::Reading;
const LIST: Scope = Scope::Pane(Pane::List);
const ENTER: &[Key] = &[Key::of_code(KeyCode::Enter)];
const SPACE: &[Key] = &[Key::char(' ')];
const NEXT_TAB: &[Key] = &[Key::char(']'), Key::of_code(KeyCode::Right)];
const PREV_TAB: &[Key] = &[Key::char('['), Key::of_code(KeyCode::Left)];
const DOWN: &[Key] = &[Key::char('j'), Key::of_code(KeyCode::Down)];
const UP: &[Key] = &[Key::char('k'), Key::of_code(KeyCode::Up)];
const PAGE_DOWN: &[Key] = &[Key::of_code(KeyCode::PageDown), Key::ctrl('d')];
const PAGE_UP: &[Key] = &[Key::of_code(KeyCode::PageUp), Key::ctrl('u')];
const TOP: &[Key] = &[Key::char('g'), Key::of_code(KeyCode::Home)];
const BOTTOM: &[Key] = &[Key::char('G'), Key::of_code(KeyCode::End)];

/// The sections, in the order of the hints.
pub(super) const SECTIONS: &[Section] = &[
    section("In and back", IN_AND_BACK),
    section("Today and book", LISTS),
    section(TASKS, OF_TASKS),
    section("Ask and find", FIND),
    section("The answer", ANSWER),
    section("The customer", CUSTOMER),
    section("The whole book", BOOK),
    section("Move", MOVE),
    section("The program", PROGRAM),
];

const IN_AND_BACK: &[Command] = &[
    row("back", Action::Escape, &[Key::of_code(KeyCode::Esc)], Some("back"), "cancel the run, or go back", NORMAL),
    row("visit", Action::Visit, ENTER, Some("customer"), "go to the answer's customer", Scope::Pane(Pane::Result)),
    row("open", Action::Open, ENTER, None, "the task that fits; read the answer", LIST),
];

const LISTS: &[Command] = &[
    row("done", Action::Done, key!('D'), Some("done"), "mark the item as done", NORMAL),
    row("snooze", Action::Snooze, key!('Z'), Some("snooze"), "put the item off", NORMAL),
    row("undo", Action::Undo, key!('u'), Some("undo"), "take back what you did last", NORMAL),
    row("why", Action::Why, key!('x'), Some("why"), "why the item stands where it stands", NORMAL),
    row("mark", Action::Mark, SPACE, Some("mark"), "mark the customer, or take the mark away", LIST),
    row("mark-range", Action::MarkRange, key!('v'), None, "mark from here to where the cursor goes", LIST),
    row("mark-all", Action::MarkAll, key!('*'), None, "mark all that the list shows", LIST),
    row("today", Action::ShowToday, key!('T'), None, "what deserves attention", NORMAL),
    row("book", Action::ShowBook, key!('B'), Some("book"), "all customers", NORMAL),
];

const OF_TASKS: &[Command] = &[
    row("tasks", Action::Tasks, key!('o'), None, "all tasks", NORMAL),
    row("again", Action::Again, key!('.'), Some("again"), "run the task, or ask, again", NORMAL),
    row("planner", Action::Planner, key!('p'), Some("planner"), "who plans: auto, model or rules", NORMAL),
];

const FIND: &[Command] = &[
    row("ask", Action::Ask, key!('a'), Some("ask"), "ask in your own words", NORMAL),
    row(
        "palette",
        Action::Palette,
        &[Key::char(':'), Key::ctrl('p')],
        Some("all"),
        "find anything, or ask it",
        READING,
    ),
    row("find", Action::Find, key!('/'), Some("find"), "search, or filter by a query", READING),
    row("next-hit", Action::NextHit, key!('n'), None, "the next place, or customer marked or found", READING),
    row("previous-hit", Action::PrevHit, key!('N'), None, "the one before", READING),
    row("sort", Action::Sort, key!('s'), Some("sort"), "sort by risk, renewal, ARR, name", NORMAL),
    row("view", Action::View, key!('V'), None, "the next of your saved views", NORMAL),
];

const ANSWER: &[Command] = &[
    row("yank", Action::Yank, key!('y'), Some("yank"), "copy a part of the answer", NORMAL),
    row("edit-email", Action::Editor, &[Key::ctrl('o')], None, "the email in your editor", NORMAL),
    row("out", Action::Out, key!('w'), Some("out"), "as a file, a mail or dates", NORMAL),
    row("next-tab", Action::NextTab, NEXT_TAB, Some("tab"), "next tab of the answer", NORMAL),
    row("previous-tab", Action::PrevTab, PREV_TAB, None, "previous tab of the answer", NORMAL),
    row("next-pane", Action::NextPane, &[Key::of_code(KeyCode::Tab)], Some("pane"), "next pane", NORMAL),
    row("previous-pane", Action::PrevPane, &[Key::of_code(KeyCode::BackTab)], None, "previous pane", NORMAL),
    row("answer-down", Action::AnswerDown, key!('J'), None, "the answer a line down", LIST),
    row("answer-up", Action::AnswerUp, key!('K'), None, "the answer a line up", LIST),
    row("zoom", Action::Zoom, key!('z'), Some("zoom"), "the answer alone, and back", NORMAL),
    row("grow", Action::Grow, &[Key::char('+'), Key::char('=')], None, "more room for the pane", NORMAL),
    row("shrink", Action::Shrink, key!('-'), None, "less room for the pane", NORMAL),
];

const CUSTOMER: &[Command] = &[
    row("note", Action::Note, key!('i'), Some("note"), "note a call, a meeting, an email", NORMAL),
    row("follow-up", Action::FollowUp, key!('f'), Some("follow up"), "promise something for a day", NORMAL),
    row("timeline", Action::Timeline, key!('H'), Some("timeline"), "what happened with the customer", NORMAL),
    row("changes", Action::Changes, key!('d'), Some("changed"), "what changed since your last visit", NORMAL),
];

const BOOK: &[Command] = &[
    row("portfolio", Action::Portfolio, key!('P'), None, "what the book comes to", NORMAL),
    row("evals", Action::Evals, key!('E'), Some("evals"), "the evaluations", NORMAL),
    row("import", Action::Import, key!('I'), None, "import a file or a folder", NORMAL),
    row("reload", Action::Reload, key!('R'), Some("reload"), "read the book again", NORMAL),
];

const MOVE: &[Command] = &[
    row("down", Action::Down, DOWN, None, "down", READING),
    row("up", Action::Up, UP, None, "up", READING),
    row("page-down", Action::PageDown, PAGE_DOWN, None, "a page down", READING),
    row("page-up", Action::PageUp, PAGE_UP, None, "a page up", READING),
    row("top", Action::Top, TOP, None, "to the top", READING),
    row("bottom", Action::Bottom, BOTTOM, None, "to the bottom", READING),
];

const PROGRAM: &[Command] = &[
    row("theme", Action::Theme, key!('t'), Some("theme"), "dark, light or mono", NORMAL),
    row("sign-in", Action::SignIn, key!('L'), Some("sign in"), "sign in to your team's server", NORMAL),
    row("help", Action::Help, key!('?'), Some("help"), "this list", READING),
    row("quit", Action::Quit, key!('q'), Some("quit"), "leave", NORMAL),
    row("interrupt", Action::Interrupt, &[Key::ctrl('c')], None, "leave the line; cancel; leave", Scope::Everywhere),
    row("repaint", Action::Repaint, &[Key::ctrl('l')], None, "draw the screen again", Scope::Everywhere),
    row("suspend", Action::Suspend, &[Key::ctrl('z')], None, "to the shell; fg comes back", Scope::Everywhere),
];
