use std::{
    collections::{HashMap, HashSet},
    mem,
    path::PathBuf,
    time::Duration,
};

use chrono::{DateTime, NaiveDate, Utc};
use contracts::{
    ActivityId, CustomerId, Line, RunId, book::CustomerRow, failure::Failure, planner::ModelUsage, query::Query,
};
use domain::tasks::Tasks;
use serde::{Deserialize, Serialize};

use super::{
    Action, Asking, AttemptId, Batch, Book, Check, Find, Lens, Marks, Mode, Noting, Report, Runs, Tab, Today, Topic,
    View, Viewport,
    keys::{self, Command},
    undo::Undo,
};
use crate::{
    backend::Identity,
    config::{AttentionConfig, EvalLimits, OwnKeys, Planner},
    conversations::Conversation,
};

/// Where the data is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// On this machine, served from inside this program.
    Embedded,
    /// On the tools server at this address.
    Server(String),
}

/// The edition of the colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ThemeName {
    Dark,
    Light,
    Mono,
}

impl ThemeName {
    /// Every edition.
    pub const ALL: [Self; 3] = [Self::Dark, Self::Light, Self::Mono];

    /// The word for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Mono => "mono",
        }
    }
}

/// Where the keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Pane {
    List,
    Result,
    Tools,
}

/// A message that goes away by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// The message.
    pub text: String,
    /// Whether something went wrong.
    pub is_error: bool,
    /// When it goes away, since the program's start.
    pub until: Duration,
}

/// Who is calling, as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identified {
    /// The server has not been heard yet.
    NotYet,
    /// The server said so.
    As(Identity),
    /// The server could not be asked.
    Failed(Failure),
}

/// What holds for as long as the program runs.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the data is.
    pub origin: Origin,
    /// The day (UTC) to count from; the server's today when absent.
    pub as_of: Option<NaiveDate>,
    /// Whether there is anything to sign in with.
    pub can_sign_in: bool,
    /// Whether there is a shell to give the terminal back to for a while.
    pub can_suspend: bool,
    /// Who plans, until the user says otherwise.
    pub planner: Planner,
    /// The names of the language models, the one that is asked at first before the others.
    pub models: Vec<Line>,
    /// What is listed of what deserves attention.
    pub attention: AttentionConfig,
    /// What an evaluation of the language model may come to.
    pub eval: EvalLimits,
    /// When the program started, Unix seconds.
    pub started: i64,
    /// The tasks that there were at the start.
    pub tasks: Tasks,
    /// The files of them that were confirmed as the model's instruction.
    pub trusted: HashSet<String>,
    /// The queries that are kept, by their names.
    pub views: Vec<(String, String)>,
    /// Keys of the user's own.
    pub keys: OwnKeys,
    /// Where files go that answers are written to.
    pub folder: PathBuf,
    /// Beginning of every run id, different at every start of the program.
    pub run_prefix: String,
}

/// Everything the screen knows.
#[derive(Debug, Clone)]
pub struct Model {
    /// What holds for as long as the program runs.
    pub settings: Settings,
    /// The tasks that there are.
    pub tasks: Tasks,
    /// The files of tasks that were confirmed as the model's instruction, each as it was.
    pub trusted: HashSet<String>,
    /// Who is calling.
    pub identity: Identified,
    /// The customers.
    pub book: Book,
    /// What deserves attention.
    pub today: Today,
    /// Which of the two the list shows.
    pub lens: Lens,
    /// Whether that is still what the data says, as far as that was asked.
    pub check: Check,
    /// The runs.
    pub runs: Runs,
    /// The topic that is shown for a customer.
    pub shown: HashMap<CustomerId, Topic>,
    /// The answer about the whole book, while it is on the screen instead of a customer's.
    pub report: Option<Report>,
    /// A question that waits for the facts it needs.
    pub(super) waiting: Option<Line>,
    /// A question that waits for the query that a language model makes of it.
    pub(super) queried: Option<Line>,
    /// The same with its query, which waits for the facts it needs.
    pub(super) understood: Option<(Line, Query, Option<ModelUsage>)>,
    /// The last conversation about each customer.
    pub(super) conversations: HashMap<CustomerId, Conversation>,
    /// The line questions are typed into.
    pub asking: Asking,
    /// Who plans.
    pub planner: Planner,
    /// The place of the language model that is asked among those of the settings.
    pub asks: usize,
    /// The language model that can be asked, as far as that is known.
    pub model_name: Option<Line>,
    /// The pane that has the keys, where no line or overlay has them.
    pub focus: Pane,
    /// What has the keys.
    pub view: View,
    /// The words that are looked for in what is read.
    pub find: Option<Find>,
    /// The customers that something is to be done with at once.
    pub marks: Marks,
    /// What the user did that can be taken back.
    pub(super) undo: Undo,
    /// The task that is under way for those that were marked.
    pub batch: Option<Batch>,
    /// Whether the border between list and answer is held.
    pub(super) drags: bool,
    /// How much wider the list is than usual, in cells.
    pub split: i16,
    /// Whether the answer has the screen to itself.
    pub is_zoomed: bool,
    /// The view the user asked for; see [`Model::tab`] for the one that is shown.
    pub wanted_tab: Tab,
    /// Lines of the answer that are scrolled away.
    pub scroll: usize,
    /// The call or turn whose timing is split.
    pub row: usize,
    /// The colours.
    pub theme: ThemeName,
    /// The colours that the user chose.
    pub(super) chosen_theme: Option<ThemeName>,
    /// Since when runs have been under way without a pause.
    pub(super) busy_since: Option<Duration>,
    /// Whether the user looks elsewhere.
    pub(super) is_away: bool,
    /// The message at the bottom.
    pub toast: Option<Toast>,
    /// A note that was begun and left.
    pub(super) draft: Option<Noting>,
    /// The last day before today on which the user looked at the book, as far as that is known.
    pub last_visit: Option<NaiveDate>,
    /// What the last frame had room for.
    pub viewport: Viewport,
    /// The last action that a key asked for, and when: a key that is held asks again and again.
    pub(super) last: Option<(Action, Duration)>,
    /// Every command that there is, with its keys.
    pub(super) commands: Vec<Command>,
    pub(super) runs_started: u64,
    attempts_started: u64,
    /// Whether this visit was counted.
    pub(super) is_visit_counted: bool,
}

impl Model {
    /// The state before anything has happened: the book is being opened.
    pub fn new(settings: Settings, theme: ThemeName) -> Self {
        Self {
            planner: settings.planner,
            commands: keys::commands(&settings.keys, &settings.tasks),
            tasks: settings.tasks.clone(),
            trusted: settings.trusted.clone(),
            asks: 0,
            settings,
            identity: Identified::NotYet,
            book: Book::default(),
            today: Today::default(),
            lens: Lens::default(),
            check: Check::UnderWay,
            runs: Runs::default(),
            shown: HashMap::new(),
            report: None,
            waiting: None,
            queried: None,
            understood: None,
            conversations: HashMap::new(),
            model_name: None,
            asking: Asking::default(),
            focus: Pane::List,
            view: View::Panes,
            find: None,
            marks: Marks::default(),
            undo: Undo::default(),
            batch: None,
            drags: false,
            split: 0,
            is_zoomed: false,
            wanted_tab: Tab::Summary,
            scroll: 0,
            row: 0,
            theme,
            chosen_theme: None,
            busy_since: None,
            is_away: false,
            toast: None,
            draft: None,
            last_visit: None,
            viewport: Viewport::default(),
            last: None,
            runs_started: 0,
            attempts_started: 0,
            is_visit_counted: false,
        }
    }

    /// The customer under the cursor of the list; none where there is none, or that is about a source.
    pub fn selected(&self) -> Option<&CustomerRow> {
        match self.lens {
            Lens::Book => self.book.selected(),
            Lens::Today => self.book.find(self.today.selected()?.about().customer()?),
        }
    }

    /// Whether a question is put to the language model.
    pub fn asks_model(&self) -> bool {
        self.planner != Planner::Deterministic && self.model_name.is_some()
    }

    /// The time of day (UTC) at a time since the program's start.
    pub fn now(&self, now: Duration) -> DateTime<Utc> {
        let seconds = self.settings.started.saturating_add_unsigned(now.as_secs());
        DateTime::from_timestamp(seconds, 0).unwrap_or_default()
    }

    /// Every topic, in the order of the keys.
    pub fn topics(&self) -> impl Iterator<Item = Topic> {
        self.tasks.ids().map(Topic::Task).chain([Topic::Ask])
    }

    /// A topic in words.
    pub fn title(&self, topic: &Topic) -> Line {
        match topic {
            Topic::Task(task) => self.tasks.title(task),
            Topic::Ask => "Question".into(),
        }
    }

    /// What the keys mean.
    pub fn mode(&self) -> Mode {
        if self.find.as_ref().is_some_and(|find| find.is_typed) { Mode::Find } else { self.view.mode() }
    }

    /// Puts a view on the screen in the place of the one before. A note that was begun stays for later.
    pub(super) fn open(&mut self, view: View) {
        self.find = None;
        if let View::Note { noting, .. } = mem::replace(&mut self.view, view) {
            self.draft = Some(noting);
        }
    }

    pub(super) fn next_attempt(&mut self) -> AttemptId {
        self.attempts_started += 1;
        AttemptId(self.attempts_started)
    }

    pub(super) fn next_activity_id(&mut self) -> ActivityId {
        self.next_run_id().as_str().parse().expect("what makes the id of a run makes any id")
    }

    pub(super) fn next_run_id(&mut self) -> RunId {
        self.runs_started += 1;
        let id = format!("{}-{}", self.settings.run_prefix, self.runs_started);
        id.parse().expect("the prefix is short and made of letters and digits")
    }
}
