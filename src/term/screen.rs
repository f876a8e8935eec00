//! The loop of the screen: wait, take in everything that has come, draw once.

use std::{
    io,
    path::PathBuf,
    process::ExitCode,
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use thiserror::Error;

use super::{
    clipboard::{self, Environment, Way},
    editor, files,
    guard::Guard,
    incoming::Incoming,
    input::{self, HUNG_UP, Heard, Reply},
    job, listen,
    output::Output,
    remembered,
    runner::Runner,
    theme::{self, Choice},
};
use crate::{
    agent::Agent,
    app::{CopyOutcome, Effect, Message, Model, Remembered, Settings, ThemeName, Viewport, update},
    auth::Authenticator,
    chat,
    config::{Clipboard, Notify, ScreenConfig, ThemeChoice},
    own_tasks::Folder,
    ui::{Screen, title},
};

/// The title while nothing is under way.
const TITLE: &str = "cs-copilot";
/// How long a reply may keep the program from ending: one that came later would be typed into the shell.
const LAST_REPLY: Duration = Duration::from_millis(500);

/// What the screen is opened with.
#[derive(Debug)]
pub struct Options {
    /// What runs tasks, on which tools server.
    pub agent: Agent,
    /// The language models that it may be made to ask, as the settings name them.
    pub models: Vec<chat::Model>,
    /// The sign-in; none where none is configured.
    pub authenticator: Option<Authenticator>,
    /// What holds for as long as the program runs.
    pub settings: Settings,
    /// The colours to begin with.
    pub theme: ThemeChoice,
    /// How to copy.
    pub clipboard: Clipboard,
    /// Where the user's own tasks are.
    pub own_tasks: Option<Folder>,
    /// What may be done to the terminal.
    pub screen: ScreenConfig,
    /// The file with what is remembered from session to session.
    pub remembers: PathBuf,
}

/// The screen, opened: the first frame is on it, and nothing but the terminal has been touched.
#[derive(Debug)]
pub struct Opened {
    screen: Loop,
    agent: Agent,
    models: Vec<chat::Model>,
    authenticator: Option<Authenticator>,
    own_tasks: Option<Folder>,
    ways: Vec<Way>,
    remembers: PathBuf,
    is_theme_given: bool,
}

/// Opens the screen and draws its first frame.
///
/// # Errors
/// The terminal cannot be used.
pub fn open(options: Options) -> io::Result<Opened> {
    let env = |name: &str| std::env::var(name).ok();
    let choice = theme::choose(options.theme, env);
    let theme = match choice {
        Choice::Is(theme) => theme,
        Choice::AskTerminal => ThemeName::Dark,
    };
    let mut screen = Loop {
        began: Instant::now(),
        model: Model::new(options.settings, theme),
        screen: Screen::default(),
        guard: Guard::enter()?,
        output: Output::new()?,
        is_asked: theme::can_be_asked(env),
        // A terminal that understands no question may write a title into the text.
        config: ScreenConfig { title: options.screen.title && theme::can_be_asked(env), ..options.screen },
        title: TITLE.to_owned(),
        to_edit: None,
        to_import: None,
        is_to_suspend: false,
        is_suspended: false,
        exit: None,
    };
    screen.draw()?;
    if screen.is_asked {
        screen.output.queue(&input::questions(choice == Choice::AskTerminal));
    }
    if options.screen.mouse {
        screen.output.queue(screen.guard.hear_mouse(true));
    }
    if screen.config.title {
        screen.output.queue(screen.guard.keep_title());
    }
    screen.output.send()?;
    let ways = clipboard::ways(options.clipboard, &Environment::of_process());
    Ok(Opened {
        screen,
        agent: options.agent,
        models: options.models,
        authenticator: options.authenticator,
        own_tasks: options.own_tasks,
        ways,
        remembers: options.remembers,
        is_theme_given: options.theme != ThemeChoice::Auto || choice == Choice::Is(ThemeName::Mono),
    })
}

/// Why the screen ended badly.
#[derive(Debug, Error)]
pub enum ScreenError {
    /// The threads that it needs cannot be started.
    #[error("the screen cannot be opened: {0}")]
    Threads(#[from] io::Error),
    /// So many writes that were under way when the user left failed, or took too long.
    #[error("what you did last may not be kept ({0} of it); open the book again and look")]
    NotKept(usize),
}

impl Opened {
    /// Opens the book and stays until the user leaves, and what they did last is kept.
    ///
    /// # Errors
    /// See [`ScreenError`].
    pub fn stay(self) -> Result<ExitCode, ScreenError> {
        let Self { mut screen, agent, models, authenticator, own_tasks, ways, remembers, is_theme_given } = self;
        let (sender, incoming) = mpsc::channel();
        let runner = Runner::start(agent, models, authenticator, own_tasks, ways, sender.clone())?;
        listen::listen(sender, screen.is_asked)?;
        let before = remembered::read(&remembers);
        let theme = before.theme.filter(|_| !is_theme_given);
        screen.update(Message::Recalled(Remembered { theme, ..before }), &runner);
        let facts = screen.model.book.wanted().to_vec();
        runner.perform(Effect::LoadBook { as_of: screen.model.settings.as_of, facts });
        runner.perform(Effect::FindModel);
        let left = screen.stay(&incoming, &runner).and_then(|exit| screen.hear_out(&incoming, &runner).map(|()| exit));
        let remembered = screen.model.remember();
        // The shell has its terminal again before anything is waited for.
        drop(screen);
        remembered::write(&remembers, &remembered);
        match runner.end() {
            // A terminal that takes nothing any more has gone, and with it whoever could be told.
            0 => Ok(left.unwrap_or(ExitCode::from(HUNG_UP))),
            lost => Err(ScreenError::NotKept(lost)),
        }
    }
}

/// The loop and what it keeps. The terminal is given back when this is dropped, so that nothing is written afterwards.
#[derive(Debug)]
pub(super) struct Loop {
    began: Instant,
    pub(super) model: Model,
    screen: Screen,
    output: Output,
    guard: Guard,
    /// Whether the terminal owes a reply.
    is_asked: bool,
    config: ScreenConfig,
    /// The title that the terminal has of us.
    title: String,
    /// What the user's editor is to have, and the terminal with it.
    to_edit: Option<String>,
    /// What is to be imported, with the terminal as well.
    to_import: Option<String>,
    /// Whether the shell is to have the terminal.
    is_to_suspend: bool,
    /// Whether it has.
    is_suspended: bool,
    exit: Option<u8>,
}

/// Tells of something in the way the user likes.
fn notification(notify: Notify, text: &str) -> String {
    match notify {
        Notify::Bell => "\x07".to_owned(),
        Notify::Osc9 => format!("\x1b]9;{text}\x1b\\"),
        Notify::Off => String::new(),
    }
}

impl Loop {
    fn stay(&mut self, incoming: &Receiver<Incoming>, runner: &Runner) -> io::Result<ExitCode> {
        loop {
            let wake = self.model.next_wake(self.now()).filter(|_| !self.is_suspended);
            let first = match wake {
                None => incoming.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(wake) => incoming.recv_timeout(wake.saturating_sub(self.now())),
            };
            match first {
                Ok(first) => {
                    for event in std::iter::once(first).chain(incoming.try_iter()) {
                        self.take(event, incoming, runner)?;
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.update(Message::Tick, runner),
                Err(RecvTimeoutError::Disconnected) => self.exit = Some(0),
            }
            if let Some(code) = self.exit {
                return Ok(ExitCode::from(code));
            }
            if !self.is_suspended {
                self.draw()?;
            }
        }
    }

    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    fn draw(&mut self) -> io::Result<()> {
        let now = self.now();
        let title = title(&self.model);
        if self.config.title && title != self.title {
            self.output.queue(&format!("\x1b]2;{title}\x1b\\"));
            self.title = title;
        }
        let mut viewport = Viewport::default();
        self.output.draw(|frame| viewport = self.screen.draw(frame, &self.model, now))?;
        if update(&mut self.model, Message::Drawn(viewport), now).contains(&Effect::Draw) {
            return self.draw();
        }
        Ok(())
    }

    fn take(&mut self, event: Incoming, incoming: &Receiver<Incoming>, runner: &Runner) -> io::Result<()> {
        match event {
            Incoming::Heard(Heard::Reply(reply)) => self.answered(reply, runner)?,
            Incoming::Heard(heard) => self.hear(heard, runner),
            Incoming::App(message) => self.update(message, runner),
            Incoming::CopyThroughTerminal { what, chars, sequence } => {
                self.output.sequence(&sequence)?;
                self.update(Message::Copied { what, chars, outcome: CopyOutcome::Sent }, runner);
            }
            Incoming::Resized => self.output.repaint(),
            Incoming::Suspend => self.is_to_suspend = true,
            Incoming::Continued => {
                self.guard.take_again()?;
                self.is_suspended = false;
                self.output.repaint();
                self.update(Message::Focused, runner);
            }
            Incoming::Stop(code) => self.exit = Some(code),
        }
        if std::mem::take(&mut self.is_to_suspend) && self.model.settings.can_suspend && !self.is_suspended {
            self.is_suspended = true;
            self.hear_out(incoming, runner)?;
            self.guard.give_back();
            job::stop();
        }
        if let Some(text) = self.to_edit.take() {
            self.hear_out(incoming, runner)?;
            let written = input::elsewhere(|| {
                self.guard.give_back();
                editor::edit(&text)
            });
            self.guard.take_again()?;
            self.output.repaint();
            self.update(Message::Edited(written), runner);
        }
        if let Some(path) = self.to_import.take() {
            self.hear_out(incoming, runner)?;
            input::elsewhere(|| {
                self.guard.give_back();
                files::import(&path);
            });
            self.guard.take_again()?;
            self.output.repaint();
            self.update(Message::Imported, runner);
        }
        Ok(())
    }

    fn answered(&mut self, reply: Reply, runner: &Runner) -> io::Result<()> {
        match reply {
            Reply::Background(theme) => self.update(Message::ThemeFound(theme), runner),
            Reply::Keyboard => self.guard.tell_keys()?,
            Reply::Last => self.is_asked = false,
        }
        Ok(())
    }

    /// Waits for the reply that is still owed, so that it is not typed into the shell.
    fn hear_out(&mut self, incoming: &Receiver<Incoming>, runner: &Runner) -> io::Result<()> {
        let until = Instant::now() + LAST_REPLY;
        while self.is_asked {
            let Ok(event) = incoming.recv_timeout(until.saturating_duration_since(Instant::now())) else { break };
            self.take(event, incoming, runner)?;
        }
        Ok(())
    }

    pub(super) fn update(&mut self, message: Message, runner: &Runner) {
        let now = self.now();
        for effect in update(&mut self.model, message, now) {
            match effect {
                Effect::Quit => self.exit = Some(0),
                Effect::Suspend => self.is_to_suspend = true,
                Effect::Repaint => self.output.repaint(),
                // What comes of a key is drawn anyway.
                Effect::Draw => {}
                Effect::Mouse(is_heard) => {
                    let sequence = self.guard.hear_mouse(is_heard);
                    self.output.queue(sequence);
                }
                Effect::Notify(text) => self.output.queue(&notification(self.config.notify, &text)),
                Effect::Edit(text) => self.to_edit = Some(text),
                Effect::Import(path) => self.to_import = Some(path),
                Effect::CompletePath(typed) => {
                    let completed = files::complete(&typed);
                    self.update(Message::PathCompleted { typed, completed }, runner);
                }
                effect => runner.perform(effect),
            }
        }
    }
}
