//! The loop of the screen: wait, take in everything that has come, draw once.

use std::{
    io,
    process::ExitCode,
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use crossterm::event::Event;

use super::{
    clipboard::{self, Environment, Way},
    guard::Guard,
    input::{self, ReplyFilter, Sorted},
    output::Output,
    runner::Runner,
    theme::{self, Choice},
};
use crate::{
    agent::Agent,
    app::{CopyOutcome, CopyWhat, Effect, Message, Model, Settings, ThemeName, update},
    auth::Keeper,
    config::{Clipboard, ThemeChoice},
    ui::{Screen, keymap},
};

/// What the screen is opened with.
#[derive(Debug)]
pub struct Options {
    /// What runs tasks, on which tools server.
    pub agent: Agent,
    /// The sign-in; none where none is configured.
    pub keeper: Option<Keeper>,
    /// What holds for as long as the program runs.
    pub settings: Settings,
    /// The colours to begin with.
    pub theme: ThemeChoice,
    /// How to copy.
    pub clipboard: Clipboard,
}

/// Everything that can wake the screen.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A key, a paste or a new size.
    Terminal(Event),
    /// Nobody holds the other end of the terminal any more.
    TerminalGone,
    /// Something the state machine must know.
    App(Message),
    /// The clipboard is to be reached through the terminal.
    CopyThroughTerminal { what: CopyWhat, text: String },
    /// The system asks the program to end, with this exit code.
    Stop(u8),
}

/// The screen, opened: the first frame is on it, and nothing but the terminal has been touched.
#[derive(Debug)]
pub struct Opened {
    screen: Loop,
    agent: Agent,
    keeper: Option<Keeper>,
    ways: Vec<Way>,
    // Dropped last, so that nothing is written once the terminal is back.
    guard: Guard,
}

/// Opens the screen and draws its first frame.
///
/// # Errors
/// The terminal cannot be used.
pub fn open(options: Options) -> io::Result<Opened> {
    let choice = theme::choose(options.theme, |name| std::env::var(name).ok());
    let theme = match choice {
        Choice::Is(theme) => theme,
        Choice::AskTerminal => ThemeName::Dark,
    };
    let guard = Guard::enter()?;
    let mut screen = Loop {
        began: Instant::now(),
        model: Model::new(options.settings, theme),
        screen: Screen::default(),
        output: Output::new()?,
        replies: ReplyFilter::default(),
        exit: None,
    };
    screen.draw()?;
    if choice == Choice::AskTerminal {
        screen.output.sequence(theme::QUESTION)?;
    }
    let ways = clipboard::ways(options.clipboard, &Environment::of_process());
    Ok(Opened { screen, agent: options.agent, keeper: options.keeper, ways, guard })
}

impl Opened {
    /// Opens the book and stays until the user leaves.
    ///
    /// # Errors
    /// The terminal cannot be written to any more.
    pub fn stay(self) -> io::Result<ExitCode> {
        let Self { mut screen, agent, keeper, ways, guard } = self;
        let (sender, incoming) = mpsc::channel();
        let runner = Runner::start(agent, keeper, ways, sender.clone())?;
        input::listen(sender)?;
        runner.perform(Effect::LoadBook { as_of: screen.model.settings.as_of });
        runner.perform(Effect::FindModel);
        let exit = screen.stay(&incoming, &runner);
        drop(guard);
        exit
    }
}

#[derive(Debug)]
struct Loop {
    began: Instant,
    model: Model,
    screen: Screen,
    output: Output,
    replies: ReplyFilter,
    exit: Option<u8>,
}

impl Loop {
    fn stay(&mut self, incoming: &Receiver<Incoming>, runner: &Runner) -> io::Result<ExitCode> {
        loop {
            let first = match self.model.next_wake(self.now()) {
                None => incoming.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(wake) => incoming.recv_timeout(wake.saturating_sub(self.now())),
            };
            match first {
                Ok(first) => {
                    for event in std::iter::once(first).chain(incoming.try_iter()) {
                        self.take(event, runner)?;
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.update(Message::Tick, runner),
                Err(RecvTimeoutError::Disconnected) => self.exit = Some(0),
            }
            if let Some(code) = self.exit {
                return Ok(ExitCode::from(code));
            }
            self.draw()?;
        }
    }

    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    fn draw(&mut self) -> io::Result<()> {
        let now = self.now();
        let mut viewport = self.model.viewport;
        self.output.draw(|frame| viewport = self.screen.draw(frame, &self.model, now))?;
        update(&mut self.model, Message::Drawn(viewport), now);
        Ok(())
    }

    fn take(&mut self, incoming: Incoming, runner: &Runner) -> io::Result<()> {
        match incoming {
            Incoming::Terminal(event) => match self.replies.sort(event) {
                Sorted::Event(event) => {
                    if let Some(message) = keymap::dispatch(&self.model, &event) {
                        self.update(message, runner);
                    }
                }
                Sorted::Reply => {}
                Sorted::Theme(theme) => self.update(Message::ThemeFound(theme), runner),
            },
            Incoming::App(message) => self.update(message, runner),
            Incoming::CopyThroughTerminal { what, text } => {
                self.output.sequence(&clipboard::osc52(&text))?;
                let chars = text.chars().count();
                self.update(Message::Copied { what, chars, outcome: CopyOutcome::Sent }, runner);
            }
            Incoming::TerminalGone => self.exit = Some(1),
            Incoming::Stop(code) => self.exit = Some(code),
        }
        Ok(())
    }

    fn update(&mut self, message: Message, runner: &Runner) {
        let now = self.now();
        for effect in update(&mut self.model, message, now) {
            if effect == Effect::Quit {
                self.exit = Some(0);
            }
            runner.perform(effect);
        }
    }
}
