//! Ways to the clipboard, and saying no more than is known about each.

use std::{
    env, io,
    process::{ExitStatus, Stdio},
    sync::mpsc::{self, Sender},
    thread,
    time::Duration,
};

use tokio::{io::AsyncWriteExt, process::Command, sync::oneshot, time::timeout};

use super::{incoming::Incoming, osc52};
use crate::{
    app::{CopyOutcome, CopyWhat, Message},
    config::Clipboard,
};

/// How long a clipboard may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// Programs that keep a selection for as long as nobody takes another, and where they work: by variable.
const HOLDERS: [(&str, &str, &[&str]); 3] = [
    ("WAYLAND_DISPLAY", "wl-copy", &[]),
    ("DISPLAY", "xclip", &["-selection", "clipboard"]),
    ("DISPLAY", "xsel", &["--clipboard", "--input"]),
];

/// A way to a clipboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// `tmux load-buffer -w -`, which confirms that tmux has it.
    Tmux,
    /// This machine's own clipboard, which confirms.
    Native,
    /// Through the terminal (OSC 52), which never confirms.
    Osc52,
    /// The same through GNU screen.
    Screen,
}

/// What the environment says about where the terminal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Environment {
    /// Inside tmux.
    pub tmux: bool,
    /// Inside GNU screen.
    pub screen: bool,
    /// At the other end of an SSH connection.
    pub ssh: bool,
}

impl Environment {
    /// As this process has it.
    pub fn of_process() -> Self {
        let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
        Self { tmux: set("TMUX"), screen: set("STY"), ssh: set("SSH_TTY") || set("SSH_CONNECTION") }
    }
}

/// The ways to try, one after the other; none where copying is switched off.
pub fn ways(choice: Clipboard, environment: &Environment) -> Vec<Way> {
    let terminal = if environment.screen && !environment.tmux { Way::Screen } else { Way::Osc52 };
    match choice {
        Clipboard::Off => vec![],
        Clipboard::Tmux => vec![Way::Tmux],
        Clipboard::Native => vec![Way::Native],
        Clipboard::Osc52 => vec![terminal],
        Clipboard::Auto if environment.tmux => vec![Way::Tmux, terminal],
        Clipboard::Auto if environment.ssh => vec![terminal],
        Clipboard::Auto => vec![Way::Native, terminal],
    }
}

/// Why a way did not work: a sentence.
#[derive(Debug, thiserror::Error)]
enum NotCopied {
    #[error("copying is switched off in the configuration.")]
    Off,
    #[error("it is too long for a terminal to take.")]
    TooLong,
    #[error("this machine's clipboard is not there; set clipboard to osc52.")]
    NotThere,
    #[error("this machine's clipboard does not answer; set clipboard to osc52.")]
    Unanswered,
    #[error("{0}.")]
    Native(#[from] arboard::Error),
    #[error("tmux refused it; tmux 3.2 or later is needed.")]
    TmuxRefused,
    #[error("tmux does not answer.")]
    TmuxUnanswered,
    #[error("tmux could not be started.")]
    NoTmux,
}

type Request = (String, oneshot::Sender<Result<(), arboard::Error>>);

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
        let chars = text.chars().count();
        let mut reason = NotCopied::Off;
        for way in &self.ways {
            let outcome = match way {
                Way::Tmux => tmux(&text).await,
                Way::Native => self.native(&text).await,
                Way::Osc52 | Way::Screen => match osc52::sequence(&text, *way == Way::Screen) {
                    Some(sequence) => {
                        let _ = incoming.send(Incoming::CopyThroughTerminal { what, chars, sequence });
                        return;
                    }
                    None => Err(NotCopied::TooLong),
                },
            };
            match outcome {
                Ok(outcome) => return finish(incoming, what, chars, outcome),
                Err(why) => reason = why,
            }
        }
        finish(incoming, what, chars, CopyOutcome::Failed(reason.to_string()));
    }

    /// By a program that outlives this one where there is one.
    async fn native(&self, text: &str) -> Result<CopyOutcome, NotCopied> {
        for (_, program, arguments) in HOLDERS.iter().filter(|(variable, ..)| env::var_os(variable).is_some()) {
            if hand_over(program, arguments, text).await.is_ok_and(|status| status.success()) {
                return Ok(CopyOutcome::Copied);
            }
        }
        let (sender, receiver) = oneshot::channel();
        self.native.send((text.to_owned(), sender)).map_err(|_| NotCopied::NotThere)?;
        let answer = timeout(PATIENCE, receiver).await.map_err(|_| NotCopied::Unanswered)?;
        answer.map_err(|_| NotCopied::NotThere)??;
        // A selection of X11 or Wayland goes with its owner.
        let stays = cfg!(any(windows, target_os = "macos"));
        Ok(if stays { CopyOutcome::Copied } else { CopyOutcome::UntilYouLeave })
    }
}

fn finish(incoming: &Sender<Incoming>, what: CopyWhat, chars: usize, outcome: CopyOutcome) {
    let copied = Message::Copied { what, chars, outcome };
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
        let _ = answer.send(copied);
    }
}

/// Copies into tmux, and has it hand the copy on to its terminal where both take it.
async fn tmux(text: &str) -> Result<CopyOutcome, NotCopied> {
    let asked = Command::new("tmux")
        .args(["display-message", "-p", "#{set-clipboard} #{client_termfeatures}"])
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let hands_on = match timeout(PATIENCE, asked).await {
        Ok(Ok(output)) => takes_clipboard(&String::from_utf8_lossy(&output.stdout)) && osc52::fits(text),
        _ => false,
    };
    // Asked for it, tmux hands a copy on whatever its option says.
    let (arguments, outcome): (&[&str], _) = match hands_on {
        true => (&["load-buffer", "-w", "-"], CopyOutcome::ThroughTmux),
        false => (&["load-buffer", "-"], CopyOutcome::InTmux),
    };
    match hand_over("tmux", arguments, text).await {
        Ok(status) if status.success() => Ok(outcome),
        Ok(_) => Err(NotCopied::TmuxRefused),
        Err(error) if error.kind() == io::ErrorKind::TimedOut => Err(NotCopied::TmuxUnanswered),
        Err(_) => Err(NotCopied::NoTmux),
    }
}

/// Whether tmux hands a copy on: what its option is set to, and what it knows of its terminal, separated by commas.
fn takes_clipboard(said: &str) -> bool {
    let (setting, features) = said.trim().split_once(' ').unwrap_or_default();
    setting != "off" && features.split(',').any(|feature| feature == "clipboard")
}

/// Runs a program with the text as its input, out of reach of what stops or ends this one.
async fn hand_over(program: &str, arguments: &[&str], text: &str) -> io::Result<ExitStatus> {
    let copy = async {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        #[cfg(unix)]
        command.process_group(0);
        let mut program = command.spawn()?;
        if let Some(mut stdin) = program.stdin.take() {
            stdin.write_all(text.as_bytes()).await?;
        }
        program.wait().await
    };
    timeout(PATIENCE, copy).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}
