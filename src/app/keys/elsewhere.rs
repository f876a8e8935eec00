//! The keys everywhere else: in lines that are typed, and in what lies over the panes or in their place.

use crossterm::event::KeyCode;

use super::{Command, Key, Scope, Section, key, row, section};
use crate::{
    app::{Action, CopyWhat, Mode},
    send::Form,
};

/// The sections, in the order of the help.
pub(super) const SECTIONS: &[Section] = &[
    section("After {yank}", OF_YANK),
    section("After {out}", OF_OUT),
    section("While sending", OF_OUTGOING),
    section("While sending for all that are marked", OF_SENDINGS),
    section("In the palette", OF_PALETTE),
    section("While asking", OF_ASK),
    section("While choosing whom", OF_CHOOSE),
    section("Among all tasks", OF_TASKS),
    section("While filtering", OF_FILTER),
    section("While importing", OF_IMPORT),
    section("While snoozing", OF_SNOOZE),
    section("While reading why", OF_WHY),
    section("In timeline and changes", OF_SHEET),
    section("While searching", OF_FIND),
    section("When asked for a yes", OF_CONFIRM),
    section("While noting", OF_NOTE),
    section("Among the evaluations", OF_EVALS),
    section("While signing in", OF_SIGN_IN),
    section("In this help", OF_HELP),
];

const ENTER: &[Key] = &[Key::of_code(KeyCode::Enter)];
const ESC: &[Key] = &[Key::of_code(KeyCode::Esc)];
const ESC_OR_Q: &[Key] = &[Key::of_code(KeyCode::Esc), Key::char('q')];
const TAB: &[Key] = &[Key::of_code(KeyCode::Tab)];
const NEXT: &[Key] = &[Key::of_code(KeyCode::Down), Key::ctrl('n')];
const BEFORE: &[Key] = &[Key::of_code(KeyCode::Up), Key::ctrl('p')];
const PGDN: &[Key] = &[Key::of_code(KeyCode::PageDown)];
const PGUP: &[Key] = &[Key::of_code(KeyCode::PageUp)];

const YANK: Scope = Scope::Mode(Mode::Yank);
const OUT: Scope = Scope::Mode(Mode::Out);
const OUTGOING: Scope = Scope::Mode(Mode::Outgoing);
const SENDINGS: Scope = Scope::Mode(Mode::Sendings);
const PALETTE: Scope = Scope::Mode(Mode::Palette);
const ASK: Scope = Scope::Mode(Mode::Ask);
const CHOOSE: Scope = Scope::Mode(Mode::Choose);
const TASKS: Scope = Scope::Mode(Mode::Tasks);
const FILTER: Scope = Scope::Mode(Mode::Filter);
const IMPORT: Scope = Scope::Mode(Mode::Import);
const SNOOZE: Scope = Scope::Mode(Mode::Snooze);
const WHY: Scope = Scope::Mode(Mode::Why);
const SHEET: Scope = Scope::Mode(Mode::Sheet);
const FIND: Scope = Scope::Mode(Mode::Find);
const CONFIRM: Scope = Scope::Mode(Mode::Confirm);
const NOTE: Scope = Scope::Mode(Mode::Note);
const EVALS: Scope = Scope::Mode(Mode::Evals);
const SIGN_IN: Scope = Scope::Mode(Mode::SignIn);
const HELP: Scope = Scope::Mode(Mode::Help);

const OF_YANK: &[Command] = &[
    row("copy-summary", Action::Copy(CopyWhat::Summary), key!('s'), Some("summary"), "copy the summary", YANK),
    row("copy-actions", Action::Copy(CopyWhat::Actions), key!('a'), Some("actions"), "copy the actions", YANK),
    row("copy-email", Action::Copy(CopyWhat::Email), key!('e'), Some("email"), "copy the email", YANK),
    row("copy-outline", Action::Copy(CopyWhat::Qbr), key!('q'), Some("outline"), "copy the outline", YANK),
    row("copy-markdown", Action::Copy(CopyWhat::Markdown), key!('m'), Some("all"), "copy all as Markdown", YANK),
    row("copy-json", Action::Copy(CopyWhat::Json), key!('j'), Some("JSON"), "copy all as JSON", YANK),
    row("back", Action::Escape, ESC, Some("back"), "copy nothing", YANK),
];

const OF_OUT: &[Command] = &[
    row("out-file", Action::Outgoing(Form::Markdown), key!('f'), Some("file"), "the answer as a file", OUT),
    row("out-mail", Action::Outgoing(Form::Mail), key!('m'), Some("mail"), "the email as a draft", OUT),
    row("out-calendar", Action::Outgoing(Form::Calendar), key!('c'), Some("calendar"), "the dates for a calendar", OUT),
    row("back", Action::Escape, ESC, Some("back"), "send nothing", OUT),
];

const OF_OUTGOING: &[Command] = &[
    row("accept", Action::Accept, ENTER, Some("write"), "write the file", OUTGOING),
    row("next-form", Action::NextForm, TAB, Some("other form"), "Markdown, page, JSON, figures", OUTGOING),
    row("open-mail", Action::OpenMail, key!('o'), Some("open"), "open it in your mail program", OUTGOING),
    row("back", Action::Escape, ESC_OR_Q, Some("back"), "send nothing", OUTGOING),
];

const OF_SENDINGS: &[Command] = &[
    row("accept", Action::Accept, ENTER, Some("write"), "write the files; then go to a customer", SENDINGS),
    row("next-form", Action::NextForm, TAB, Some("other form"), "Markdown, page, JSON, figures", SENDINGS),
    row("back", Action::Escape, ESC_OR_Q, Some("back"), "write no more", SENDINGS),
];

const OF_PALETTE: &[Command] = &[
    row("accept", Action::Accept, ENTER, Some("this"), "do what is under the cursor", PALETTE),
    row("up", Action::Up, BEFORE, Some("up"), "up", PALETTE),
    row("down", Action::Down, NEXT, Some("down"), "down", PALETTE),
    row("page-down", Action::PageDown, PGDN, None, "a page down", PALETTE),
    row("page-up", Action::PageUp, PGUP, None, "a page up", PALETTE),
    row("back", Action::Escape, ESC, Some("back"), "do nothing", PALETTE),
];

const OF_ASK: &[Command] = &[
    row("accept", Action::Accept, ENTER, Some("ask"), "ask", ASK),
    row("up", Action::Up, BEFORE, Some("earlier"), "an earlier question", ASK),
    row("down", Action::Down, NEXT, None, "a later question", ASK),
    row("back", Action::Escape, ESC, Some("back"), "leave; what was typed stays", ASK),
];

const OF_CHOOSE: &[Command] = &[
    row("accept", Action::Accept, ENTER, Some("this one"), "the customer under the cursor", CHOOSE),
    pick("pick-1", 0, key!('1')),
    pick("pick-2", 1, key!('2')),
    pick("pick-3", 2, key!('3')),
    pick("pick-4", 3, key!('4')),
    pick("pick-5", 4, key!('5')),
    pick("pick-6", 5, key!('6')),
    pick("pick-7", 6, key!('7')),
    pick("pick-8", 7, key!('8')),
    pick("pick-9", 8, key!('9')),
    row("back", Action::Escape, ESC, Some("none"), "ask nothing", CHOOSE),
];

const fn pick(name: &'static str, place: usize, keys: &'static [Key]) -> Command {
    row(name, Action::Pick(place), keys, None, "the customer of this number", CHOOSE)
}

const OF_TASKS: &[Command] = &[
    row("accept", Action::Accept, ENTER, Some("run"), "run the task under the cursor", TASKS),
    row("back", Action::Escape, ESC_OR_Q, Some("close"), "run nothing", TASKS),
];

const OF_FILTER: &[Command] = &[
    row("accept", Action::Accept, ENTER, Some("keep"), "keep the filter", FILTER),
    row("back", Action::Escape, ESC, Some("clear"), "clear the filter", FILTER),
    row("complete", Action::Complete, TAB, Some("complete"), "complete the fact or the value", FILTER),
    row("down", Action::Down, NEXT, None, "down", FILTER),
    row("up", Action::Up, BEFORE, None, "up", FILTER),
    row("page-down", Action::PageDown, PGDN, None, "a page down", FILTER),
    row("page-up", Action::PageUp, PGUP, None, "a page up", FILTER),
];

const OF_IMPORT: &[Command] = &[
    row("accept", Action::Accept, ENTER, Some("import"), "import it", IMPORT),
    row("complete", Action::Complete, TAB, Some("complete"), "complete the path", IMPORT),
    row("back", Action::Escape, ESC, Some("back"), "leave", IMPORT),
];

const OF_SNOOZE: &[Command] = &[
    row("accept", Action::Accept, ENTER, Some("put off"), "put the item off", SNOOZE),
    row("back", Action::Escape, ESC, Some("back"), "leave it as it is", SNOOZE),
];

const OF_WHY: &[Command] = &[
    row("why", Action::Why, key!('x'), None, "close", WHY),
    row("back", Action::Escape, ESC_OR_Q, Some("close"), "close", WHY),
];

const OF_SHEET: &[Command] = &[
    row("back", Action::Escape, ESC_OR_Q, Some("back"), "back", SHEET),
    row(
        "portfolio",
        Action::Portfolio,
        key!('P'),
        Some("other groups"),
        "what the book comes to, by segment and so on",
        SHEET,
    ),
    row("copy-page", Action::Copy(CopyWhat::Page), key!('y'), Some("copy"), "copy the page as Markdown", SHEET),
    row("changes", Action::Changes, key!('d'), Some("book or customer"), "changes of the customer, or of all", SHEET),
    row("timeline", Action::Timeline, key!('H'), Some("timeline"), "what happened with the customer", SHEET),
    row("note", Action::Note, key!('i'), Some("note"), "note something of the customer", SHEET),
    row("follow-up", Action::FollowUp, key!('f'), Some("follow up"), "promise something for a day", SHEET),
    row("undo", Action::Undo, key!('u'), Some("undo"), "take back what you did last", SHEET),
];

const OF_FIND: &[Command] = &[
    row("accept", Action::Accept, ENTER, Some("keep"), "keep the words, to go through them", FIND),
    row("next-hit", Action::NextHit, NEXT, Some("next"), "the next place", FIND),
    row("previous-hit", Action::PrevHit, BEFORE, None, "the place before", FIND),
    row("back", Action::Escape, ESC, Some("clear"), "look for nothing", FIND),
];

const OF_CONFIRM: &[Command] = &[
    row("accept", Action::Accept, &[Key::of_code(KeyCode::Enter), Key::char('y')], Some("yes"), "yes", CONFIRM),
    row("back", Action::Escape, &[Key::of_code(KeyCode::Esc), Key::char('n')], Some("no"), "no", CONFIRM),
];

const OF_NOTE: &[Command] = &[
    row("accept", Action::Accept, ENTER, Some("keep"), "keep the note", NOTE),
    row("editor", Action::Editor, &[Key::ctrl('o')], Some("editor"), "write it in your editor", NOTE),
    row("back", Action::Escape, ESC, Some("back"), "leave; what was typed stays", NOTE),
];

const OF_EVALS: &[Command] = &[
    row("back", Action::Escape, ESC_OR_Q, Some("back"), "back", EVALS),
    row("accept", Action::Accept, ENTER, Some("open"), "open the result", EVALS),
    row(
        "older",
        Action::OlderEval,
        &[Key::char(']'), Key::of_code(KeyCode::Right)],
        Some("older"),
        "the evaluation before",
        EVALS,
    ),
    row(
        "newer",
        Action::NewerEval,
        &[Key::char('['), Key::of_code(KeyCode::Left)],
        Some("newer"),
        "the evaluation after",
        EVALS,
    ),
    row("evals", Action::Evals, &[Key::char('R'), Key::char('E')], Some("reload"), "read them again", EVALS),
];

const OF_SIGN_IN: &[Command] = &[
    row("copy-address", Action::Copy(CopyWhat::SignInAddress), key!('y'), Some("address"), "copy the address", SIGN_IN),
    row("copy-code", Action::Copy(CopyWhat::SignInCode), key!('c'), Some("code"), "copy the code", SIGN_IN),
    row("sign-in", Action::SignIn, key!('L'), Some("again"), "start the sign-in again", SIGN_IN),
    row("back", Action::Escape, ESC, Some("close"), "give the sign-in up", SIGN_IN),
];

const OF_HELP: &[Command] = &[row("back", Action::Escape, ESC_OR_Q, Some("close"), "close", HELP)];
