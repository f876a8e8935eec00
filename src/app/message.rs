use std::{io, path::PathBuf, sync::Arc};

use contracts::{
    CustomerId, EvalId, ItemId, Line, RunId, TaskId,
    activity::Activity,
    attention::{Attention, Item},
    book::{BookPage, BookRevision},
    changes::{ChangesPage, Timeline, Visit},
    eval::{EvalResult, EvalSession},
    failure::Failure,
    planner::ModelUsage,
    query::Query,
    run::RunEvent,
};
use domain::{
    portfolio::By,
    tasks::{Task, Tasks},
};
use tui_input::InputRequest;

use super::{AttemptId, Mouse, NotEdited, Remembered, Setting, SignInEvent, Spot, ThemeName};
use crate::{
    agent::{page, portfolio::Page},
    backend::Identity,
    send::{FolderError, Form, Prepared},
};

/// What a user can ask for with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it, and the table of keys has the words")]
pub enum Action {
    Down,
    Up,
    PageDown,
    PageUp,
    Top,
    Bottom,
    AnswerDown,
    AnswerUp,
    Zoom,
    Grow,
    Shrink,
    NextHit,
    PrevHit,
    Mark,
    MarkRange,
    MarkAll,
    Open,
    Visit,
    Palette,
    Find,
    Complete,
    View,
    Accept,
    Sort,
    /// The task at this place.
    Run(usize),
    Tasks,
    Portfolio,
    Ask,
    Pick(usize),
    Planner,
    Again,
    Reload,
    ShowToday,
    ShowBook,
    Done,
    Snooze,
    Undo,
    Why,
    NextPane,
    PrevPane,
    NextTab,
    PrevTab,
    Yank,
    Copy(CopyWhat),
    Out,
    /// Show the answer in this form, before it goes out.
    Outgoing(Form),
    NextForm,
    OpenMail,
    Theme,
    /// Sets something while the program runs.
    Set(Setting),
    SignIn,
    Timeline,
    Changes,
    Note,
    Import,
    FollowUp,
    Editor,
    Evals,
    NewerEval,
    OlderEval,
    Help,
    Escape,
    Repaint,
    Suspend,
    Interrupt,
    Quit,
}

/// What can be copied: a part of the answer, or what a sign-in needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum CopyWhat {
    Summary,
    Actions,
    Email,
    Qbr,
    Markdown,
    Json,
    /// The page over the book that is open.
    Page,
    SignInAddress,
    SignInCode,
}

impl CopyWhat {
    /// Every part of the answer, in the order it is offered.
    pub const ALL: [Self; 6] = [Self::Summary, Self::Actions, Self::Email, Self::Qbr, Self::Markdown, Self::Json];

    /// The part in words, as in "copied the summary".
    pub fn label(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Actions => "actions",
            Self::Email => "email",
            Self::Qbr => "outline",
            Self::Markdown => "answer as Markdown",
            Self::Json => "answer as JSON",
            Self::Page => "page as Markdown",
            Self::SignInAddress => "address",
            Self::SignInCode => "code",
        }
    }
}

/// How copying ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CopyOutcome {
    /// The clipboard took it, and keeps it.
    Copied,
    /// The clipboard has it for as long as this program runs.
    UntilYouLeave,
    /// tmux has it, and hands none on to its terminal.
    InTmux,
    /// tmux has it and sent it to its terminal, which never confirms.
    ThroughTmux,
    /// It went to the terminal, which never confirms.
    Sent,
    /// It did not work; the reason and the remedy in a sentence.
    Failed(String),
}

/// What a frame had room for, told after it was drawn, so that paging and scrolling know their bounds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Viewport {
    /// Customers that fit into the list.
    pub list_rows: usize,
    /// Lines, or rows of a table, of what is read that fit: the answer, or what lies over it or in its place.
    pub page_rows: usize,
    /// Lines or rows that it has.
    pub page_lines: usize,
    /// Those of them that have the words which are looked for.
    pub hits: Vec<usize>,
    /// What lies where, for the mouse; what is later lies over the rest.
    pub spots: Vec<Spot>,
    /// Whether there is room for one pane at a time.
    pub is_narrow: bool,
    /// Whether there was room for nothing.
    pub is_too_small: bool,
}

/// Everything that can happen.
#[derive(Debug, Clone)]
pub enum Message {
    /// What the language model made of a question about the book: a query, or why there is none, and what that took.
    Queried(Line, Result<Query, Line>, Option<ModelUsage>),
    /// A key asked for something.
    Do(Action),
    /// A key changed the text that is typed: the filter, the question, a search or a note.
    Edit(InputRequest),
    /// A key was pressed that means nothing here; its character, if it has one.
    OtherKey(Option<char>),
    /// The terminal has the user's attention again.
    Focused,
    /// The user looks elsewhere.
    Unfocused,
    /// How things were when the user left the last time.
    Recalled(Remembered),
    /// The mouse did something.
    Mouse(Mouse),
    /// Text was pasted, or its beginning.
    Paste {
        /// The text.
        text: String,
        /// Whether there was more.
        is_cut: bool,
    },
    /// The server said who is calling, or could not be asked.
    Identified(Result<Identity, Failure>),
    /// There is a language model to ask, of this name; or there is none.
    ModelFound(Option<Line>),
    /// The book was read, or could not be.
    BookLoaded(Result<BookPage, Failure>),
    /// What deserves attention was read, or could not be.
    AttentionLoaded(Result<Attention, Failure>),
    /// What became of an item was kept, or could not be; then it is as it was before.
    ItemSet {
        /// Which item.
        item: ItemId,
        /// As it was.
        before: Box<Item>,
        /// Whether it was kept.
        outcome: Result<(), Failure>,
    },
    /// The user's own tasks were looked at: the tasks that there are, and what is wrong with a file of them.
    TasksFound(Tasks, Option<String>),
    /// What the book comes to was read, or could not be.
    PortfolioLoaded(Option<By>, Result<Box<Page>, Failure>),
    /// What a task over the book says was read, or could not be.
    TaskLoaded(TaskId, Result<Box<page::Page>, Failure>),
    /// The file of a task was confirmed as the model's instruction, or that could not be kept: why.
    TaskTrusted(Arc<Task>, Result<(), Arc<io::Error>>),
    /// The server said which book would be read now, or could not be asked.
    BookChecked(Result<BookRevision, Failure>),
    /// A run went on.
    Run(RunEvent),
    /// A run ended without a word, which only a defect can cause.
    RunLost(RunId),
    /// The evaluations were read, or could not be.
    EvalsLoaded(Result<Vec<EvalSession>, Failure>),
    /// The results of an evaluation were read, or could not be.
    EvalResultsLoaded(EvalId, Result<Vec<EvalResult>, Failure>),
    /// A customer's results were read with their steps, or could not be.
    EvalStepsLoaded(EvalId, CustomerId, Result<Vec<EvalResult>, Failure>),
    /// What happened with a customer was read, or could not be.
    TimelineLoaded(CustomerId, Result<Timeline, Failure>),
    /// What changed was read, of one customer or of the book, or could not be.
    ChangesLoaded(Option<CustomerId>, Result<ChangesPage, Failure>),
    /// A visit was counted, or could not be.
    Visited(Result<Visit, Failure>),
    /// What was done with a customer was kept, or could not be.
    ActivityKept(Activity, Result<(), Failure>),
    /// What was noted was taken back, or could not be.
    ActivityRemoved(Activity, Result<(), Failure>),
    /// The user's editor has ended, with what was written in it or why it could not be used.
    Edited(Result<String, NotEdited>),
    /// As far as the names of files go on alike behind what was typed.
    PathCompleted {
        /// What was typed.
        typed: String,
        /// The same, completed.
        completed: String,
    },
    /// The import that had the terminal has ended.
    Imported,
    /// Copying ended.
    Copied {
        /// What was copied.
        what: CopyWhat,
        /// How many characters.
        chars: usize,
        /// How it ended.
        outcome: CopyOutcome,
    },
    /// A file was written, or could not be.
    Written(Prepared, Result<PathBuf, Arc<FolderError>>),
    /// The mail program was opened, or there is none.
    MailOpened(Prepared, bool),
    /// An attempt to sign in went on.
    SignIn(AttemptId, SignInEvent),
    /// The terminal told its background.
    ThemeFound(ThemeName),
    /// A frame was drawn.
    Drawn(Viewport),
    /// The time asked for by [`super::Model::next_wake`] has come.
    Tick,
}
