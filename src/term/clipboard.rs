//! Ways to the clipboard, and saying no more than is known about each.

use std::{
    process::Stdio,
    sync::mpsc::{self, Sender},
    thread,
    time::Duration,
};

use base64::{Engine, prelude::BASE64_STANDARD};
use tokio::{io::AsyncWriteExt, process::Command, sync::oneshot, time::timeout};

use super::screen::Incoming;
use crate::{
    app::{CopyOutcome, CopyWhat, Message},
    config::Clipboard,
};

/// How long a clipboard may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// A way to a clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// `tmux load-buffer -w -`, which confirms.
    Tmux,
    /// This machine's own clipboard, which confirms.
    Native,
    /// Through the terminal (OSC 52), which never confirms.
    Osc52,
}

/// What the environment says about where the terminal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Environment {
    /// Inside tmux.
    pub tmux: bool,
    /// At the other end of an SSH connection.
    pub ssh: bool,
}

impl Environment {
    /// As this process has it.
    pub fn of_process() -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        Self { tmux: set("TMUX"), ssh: set("SSH_TTY") || set("SSH_CONNECTION") }
    }
}

/// The ways to try, one after the other; none where copying is switched off.
pub fn ways(choice: Clipboard, environment: &Environment) -> Vec<Way> {
    match choice {
        Clipboard::Off => vec![],
        Clipboard::Tmux => vec![Way::Tmux],
        Clipboard::Native => vec![Way::Native],
        Clipboard::Osc52 => vec![Way::Osc52],
        Clipboard::Auto if environment.tmux => vec![Way::Tmux, Way::Osc52],
        Clipboard::Auto if environment.ssh => vec![Way::Osc52],
        Clipboard::Auto => vec![Way::Native, Way::Osc52],
    }
}

/// The sequence that asks the terminal to take the text.
pub(super) fn osc52(text: &str) -> String {
    format!("\x1b]52;c;{}\x1b\\", BASE64_STANDARD.encode(text))
}

type Request = (String, oneshot::Sender<Result<(), String>>);

/// Carries out copies.
#[derive(Debug, Clone)]
pub(super) struct Clipboards {
    ways: Vec<Way>,
    native: Sender<Request>,
}

impl Clipboards {
    pub(super) fn new(ways: Vec<Way>) -> Self {
        let (native, requests) = mpsc::channel();
        if ways.contains(&Way::Native) {
            thread::spawn(move || serve_native(&requests));
        }
        Self { ways, native }
    }

    /// Copies by the first way that works and tells the screen how it ended.
    pub(super) async fn copy(&self, what: CopyWhat, text: String, incoming: &Sender<Incoming>) {
        let mut reason = "copying is switched off in the configuration.".to_owned();
        for way in &self.ways {
            let outcome = match way {
                Way::Tmux => tmux(&text).await,
                Way::Native => self.native(&text).await,
                Way::Osc52 => {
                    let _ = incoming.send(Incoming::CopyThroughTerminal { what, text });
                    return;
                }
            };
            match outcome {
                Ok(()) => return finish(incoming, what, &text, CopyOutcome::Copied),
                Err(why) => reason = why,
            }
        }
        finish(incoming, what, &text, CopyOutcome::Failed(reason));
    }

    async fn native(&self, text: &str) -> Result<(), String> {
        let (sender, receiver) = oneshot::channel();
        let gone = || "this machine's clipboard is not there; set clipboard to osc52.".to_owned();
        self.native.send((text.to_owned(), sender)).map_err(|_| gone())?;
        match timeout(PATIENCE, receiver).await {
            Ok(answer) => answer.map_err(|_| gone())?,
            Err(_) => Err("this machine's clipboard does not answer; set clipboard to osc52.".to_owned()),
        }
    }
}

fn finish(incoming: &Sender<Incoming>, what: CopyWhat, text: &str, outcome: CopyOutcome) {
    let copied = Message::Copied { what, chars: text.chars().count(), outcome };
    // Once the screen is closed nobody wants to know.
    let _ = incoming.send(Incoming::App(copied));
}

/// Holds this machine's clipboard for as long as the program runs: on X11 and Wayland what was copied is gone once its
/// owner is. A thread of its own, since the calls may block.
fn serve_native(requests: &mpsc::Receiver<Request>) {
    let mut clipboard = None;
    for (text, answer) in requests {
        let copied = match &mut clipboard {
            Some(clipboard) => Ok(clipboard),
            empty => arboard::Clipboard::new().map(|new| empty.insert(new)),
        }
        .and_then(|clipboard| clipboard.set_text(text));
        // Whoever asked may have lost patience.
        let _ = answer.send(copied.map_err(|error| format!("{error}.")));
    }
}

async fn tmux(text: &str) -> Result<(), String> {
    let copy = async {
        let mut tmux = Command::new("tmux")
            .args(["load-buffer", "-w", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        if let Some(mut stdin) = tmux.stdin.take() {
            stdin.write_all(text.as_bytes()).await?;
        }
        tmux.wait().await
    };
    match timeout(PATIENCE, copy).await {
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(Ok(_)) => Err("tmux refused it; tmux 3.2 or later is needed.".to_owned()),
        Ok(Err(_)) => Err("tmux could not be started.".to_owned()),
        Err(_) => Err("tmux does not answer.".to_owned()),
    }
}
