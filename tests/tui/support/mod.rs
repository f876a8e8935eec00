//! A screen without a terminal, and the customers, answers and events it is fed with.

pub mod data;
pub mod draw;
pub mod picture;
pub mod terminal;

use std::{collections::HashSet, time::Duration};

use contracts::{
    RunId,
    book::CustomerRow,
    run::{RunEvent, RunEventKind, ToolOutcome},
    tools::ToolName,
};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use cs_copilot::{
    agent::RunRequest,
    app::{Action, Effect, Message, Model, Origin, Settings, ThemeName, Topic, Viewport, update},
    config::{AttentionConfig, EvalLimits, OwnKeys, Planner},
    ui::keymap::dispatch,
};
use domain::tasks::Tasks;

/// When the program of every test started, Unix seconds.
pub const STARTED: i64 = 1_800_000_000;

/// The state machine with a clock that only the test moves.
pub struct App {
    pub model: Model,
    pub now: Duration,
}

impl App {
    pub fn opening() -> Self {
        Self::opening_at(Origin::Embedded)
    }

    pub fn opening_at(origin: Origin) -> Self {
        let can_sign_in = origin != Origin::Embedded;
        let settings = Settings {
            origin,
            as_of: None,
            can_sign_in,
            can_suspend: true,
            planner: Planner::Auto,
            models: vec!["gpt-5-mini".into()],
            attention: AttentionConfig::default(),
            tasks: Tasks::shipped().clone(),
            trusted: HashSet::new(),
            eval: EvalLimits::default(),
            views: vec![("risky".to_owned(), "risk:high sort:-arr".to_owned())],
            keys: OwnKeys::default(),
            started: STARTED,
            folder: "/home/dana".into(),
            run_prefix: "test".to_owned(),
        };
        Self { model: Model::new(settings, ThemeName::Dark), now: Duration::ZERO }
    }

    /// On a team's server, as a guest who may sign in.
    pub fn on_a_server() -> Self {
        let mut app = Self::opening_at(Origin::Server("https://tools.example.com".to_owned()));
        app.tell(Message::Identified(Ok(data::guest())));
        app.tell(Message::BookLoaded(Ok(data::page(data::book()))));
        app.act(Action::ShowBook);
        app
    }

    pub fn with(customers: Vec<CustomerRow>) -> Self {
        let mut app = Self::opening();
        app.tell(Message::Identified(Ok(data::guest())));
        app.tell(Message::BookLoaded(Ok(data::page(customers))));
        app.act(Action::ShowBook);
        app.tell(Message::Drawn(Viewport { list_rows: 10, page_rows: 10, page_lines: 0, ..Viewport::default() }));
        app
    }

    pub fn open() -> Self {
        Self::with(data::book())
    }

    /// With a language model configured.
    pub fn with_a_model() -> Self {
        let mut app = Self::open();
        app.tell(Message::ModelFound(Some("gpt-5-mini".into())));
        app
    }

    pub fn tell(&mut self, message: Message) -> Vec<Effect> {
        update(&mut self.model, message, self.now)
    }

    pub fn paste(&mut self, text: &str) -> Vec<Effect> {
        self.tell(Message::Paste { text: text.to_owned(), is_cut: false })
    }

    pub fn press(&mut self, code: KeyCode) -> Vec<Effect> {
        self.key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    pub fn key(&mut self, key: KeyEvent) -> Vec<Effect> {
        dispatch(&self.model, &Event::Key(key)).map(|message| self.tell(message)).unwrap_or_default()
    }

    /// Presses the characters one after the other; answers with what the last one caused.
    pub fn keys(&mut self, keys: &str) -> Vec<Effect> {
        keys.chars().map(|c| self.press(KeyCode::Char(c))).last().unwrap_or_default()
    }

    pub fn act(&mut self, action: Action) -> Vec<Effect> {
        self.tell(Message::Do(action))
    }

    /// Starts a run by its key.
    pub fn start(&mut self, key: char) -> RunRequest {
        let effects = self.keys(&key.to_string());
        let started = effects.iter().find_map(|effect| match effect {
            Effect::StartRun(request) => Some(request.clone()),
            _ => None,
        });
        started.unwrap_or_else(|| panic!("{key} started no run but {effects:?}"))
    }

    pub fn event(&mut self, id: &RunId, at_ms: f64, kind: RunEventKind) {
        self.tell(Message::Run(RunEvent { run_id: id.clone(), at_ms, kind }));
    }

    /// The run's plan, and its calls begun.
    pub fn plan(&mut self, request: &RunRequest, tools: &[ToolName]) {
        self.event(&request.run_id, 0.1, data::planned(request, tools));
        for index in 0..tools.len() {
            self.event(&request.run_id, 0.2 + index as f64, RunEventKind::ToolStarted { index });
        }
    }

    pub fn call_ended(&mut self, request: &RunRequest, index: usize, at_ms: f64, outcome: ToolOutcome) {
        let timing = data::timing(at_ms - 0.2 - index as f64);
        self.event(&request.run_id, at_ms, RunEventKind::ToolFinished { index, outcome, timing });
    }

    pub fn finish(&mut self, request: &RunRequest) {
        let result = Box::new(data::result(request));
        self.event(&request.run_id, 60.0, RunEventKind::Finished { result });
    }

    /// Asks in words; answers with what that caused.
    pub fn ask(&mut self, question: &str) -> Vec<Effect> {
        self.keys(&format!("a{question}"));
        self.press(KeyCode::Enter)
    }

    /// Asks in words what starts a run.
    pub fn start_asking(&mut self, question: &str) -> RunRequest {
        match self.ask(question).pop() {
            Some(Effect::StartRun(request)) => request,
            other => panic!("{question} started no run but {other:?}"),
        }
    }

    /// Runs a task by its key, from the plan to the answer.
    pub fn answer(&mut self, key: char) -> RunRequest {
        let request = self.start(key);
        self.plan(&request, &[ToolName::GetCustomerUsage, ToolName::GetRecentTickets, ToolName::CalculateHealth]);
        for index in 0..3 {
            self.call_ended(&request, index, 20.0 + 9.0 * index as f64, ToolOutcome::Answered);
        }
        self.finish(&request);
        request
    }

    pub fn selected(&self) -> &str {
        self.model.book.selected().unwrap().name.as_str()
    }

    pub fn names(&self) -> Vec<&str> {
        (0..self.model.book.len()).map(|place| self.model.book.row(place).unwrap().name.as_str()).collect()
    }

    pub fn topic(&self) -> Option<Topic> {
        self.model.place().map(|(_, topic)| topic.clone())
    }
}
