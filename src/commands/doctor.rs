//! `doctor`: looks at everything the program stands on, and says for each that it is well or what to do.

use std::{
    env, fs,
    io::{self, IsTerminal},
    path::Path,
    process::{Command, ExitCode, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use contracts::{db::DbHealth, failure::Stage, tools::ToolName};

use super::{Context, print};
use crate::{
    config::{Clipboard, Config, Directories, LogLevel},
    logging,
    term::{self, Way},
    ui::view::{MIN_HEIGHT, MIN_WIDTH},
    words,
};

/// How long a clipboard may take to answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// What a look at one thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// All is well; with a detail.
    Good(String),
    /// Nothing is broken, but there is something to know.
    Note(String),
    /// Broken: what, and the remedy.
    Bad(String, &'static str),
}

use Finding::{Bad, Good, Note};

/// Checks everything and prints a line each.
///
/// # Errors
/// Stdout cannot be written.
pub async fn execute(context: &Context) -> anyhow::Result<ExitCode> {
    let config = &context.config;
    let mut findings = vec![("configuration", configuration(config))];
    if config.server.is_none() {
        findings.push(("data directory", data_directory(&config.data_dir)));
    }
    findings.push(("log", log(config)));
    findings.push(("sign-in", sign_in(context).await));
    findings.push(("server", server(context).await));
    findings.push(("version", version(context).await));
    findings.extend(database(context).await);
    findings.extend(model(context).await);
    findings.push(("clipboard", clipboard(config.clipboard)));
    findings.push(("terminal", terminal()));

    let mut text = String::new();
    for (what, finding) in &findings {
        text.push_str(&match finding {
            Good(detail) => format!("✓ {what:<15} {detail}\n"),
            Note(detail) => format!("· {what:<15} {detail}\n"),
            Bad(problem, remedy) => format!("✗ {what:<15} {problem}\n  {:<15} → {remedy}\n", ""),
        });
    }
    print(&text)?;
    let is_broken = findings.iter().any(|(_, finding)| matches!(finding, Bad(..)));
    Ok(if is_broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

// A configuration that is wrong ends the program before this, with its own sentence.
fn configuration(config: &Config) -> Finding {
    match &config.file {
        Some(file) => Good(file.display().to_string()),
        None => match Directories::of_this_account() {
            Some(directories) => {
                let place = directories.config_file();
                Good(format!("defaults, environment and flags; a file would be {}", place.display()))
            }
            None => Good("defaults, environment and flags".to_owned()),
        },
    }
}

fn data_directory(dir: &Path) -> Finding {
    // Enough to notice a disk that is full.
    let probe = || {
        fs::create_dir_all(dir)?;
        let file = dir.join(format!(".doctor-{}", std::process::id()));
        let written = fs::write(&file, vec![0; 64 * 1024]);
        let removed = fs::remove_file(&file);
        written.and(removed)
    };
    match probe() {
        Ok(()) => Good(dir.display().to_string()),
        Err(error) => {
            let problem = format!("{} cannot be written: {error}", dir.display());
            Bad(problem, "make room or give yourself access, or name another with --data-dir")
        }
    }
}

fn log(config: &Config) -> Finding {
    let place = config.log_dir.as_ref().map_or("nowhere".to_owned(), |dir| dir.display().to_string());
    match logging::check(config) {
        _ if config.log_level == LogLevel::Off => Note("off".to_owned()),
        Ok(()) => Good(place),
        Err(error) => Note(format!("{place} cannot be written, so there is no log: {error}")),
    }
}

async fn sign_in(context: &Context) -> Finding {
    let Some(authenticator) = &context.authenticator else {
        return Note("none is configured; you are a guest".to_owned());
    };
    match authenticator.kept().await {
        Ok(None) => Note(format!("nobody at {}; you are a guest", authenticator.issuer())),
        Ok(Some((tokens, place))) => Good(format!("{}, kept in {place}", tokens.account.name)),
        Err(error) => Bad(error.to_string(), "sign in again with `cs-copilot login`"),
    }
}

async fn server(context: &Context) -> Finding {
    let place = match &context.config.server {
        Some(server) => server.to_string(),
        None => "inside this program".to_owned(),
    };
    match context.backend.identity().await {
        Ok(identity) if identity.writable => Good(format!("{place}, as {}", identity.owner)),
        Ok(identity) => Good(format!("{place}, as {} (read only)", identity.owner)),
        Err(failure) if failure.stage == Stage::Auth => {
            Bad(failure.to_string(), "run `cs-copilot login`; `cs-copilot whoami` says more")
        }
        Err(failure) if context.config.server.is_some() => {
            Bad(failure.to_string(), "check the address and whether the server runs; without one, leave --server out")
        }
        Err(failure) => {
            Bad(failure.to_string(), "see the data directory above; is another program holding its database?")
        }
    }
}

async fn version(context: &Context) -> Finding {
    let own = env!("CARGO_PKG_VERSION");
    let Ok(server) = context.backend.server().await else {
        return Note(format!("{own}; the server does not say its own"));
    };
    let lacking: Vec<_> = server.lacks().into_iter().map(ToolName::as_str).collect();
    match server.version.as_str() {
        theirs if !lacking.is_empty() => {
            let problem = format!("{own}, and the server's {theirs} does not have {}", lacking.join(", "));
            Bad(problem, "have the server updated; until then answers that need it say so")
        }
        theirs if theirs == own => Good(format!("{own}, on both sides")),
        theirs => Good(format!("{own}, and the server's {theirs} has all that it asks for")),
    }
}

async fn database(context: &Context) -> [(&'static str, Finding); 2] {
    let (connection, schema) = match context.backend.db_health().await {
        Ok(health) => (connection(&health), schema(&health)),
        Err(_) => (Note("not known: the server does not say".to_owned()), Note("not known".to_owned())),
    };
    [("database", connection), ("schema", schema)]
}

/// Tries the model with one tiny request, and says what its server can do.
async fn model(context: &Context) -> Vec<(&'static str, Finding)> {
    let llm = &context.config.models.asked.llm;
    let place = format!("{} at {}", llm.model, llm.base_url);
    let tried = match context.agent.model() {
        Some(model) => model.try_out(super::asker(context).await, context.backend.today()).await,
        None => Ok(None),
    };
    match tried {
        Ok(None) => vec![("model", Note("none is configured; the rules answer everything".to_owned()))],
        Ok(Some(abilities)) => {
            let answered =
                Good(format!("{place} answers in {}", words::duration(1000.0 * abilities.took.as_secs_f64())));
            let can = |(what, can, means): (_, _, &str)| (what, if can { Good } else { Note }(means.to_owned()));
            std::iter::once(("model", answered)).chain(abilities.lines().map(can)).collect()
        }
        Err(why) => {
            let remedy = "see [llm] in config.toml and `cs-copilot config set-key`; until then the rules answer";
            vec![("model", Bad(format!("{place}: {why}"), remedy))]
        }
    }
}

fn connection(health: &DbHealth) -> Finding {
    if health.connected {
        Good(health.backend.clone())
    } else {
        Bad(format!("{} does not answer", health.backend), "start the database, or check the server's DATABASE_URL")
    }
}

fn schema(health: &DbHealth) -> Finding {
    let expected = health.expected_version;
    match health.schema_version {
        Some(version) if version > expected => {
            Bad(format!("version {version}, newer than this program's {expected}"), "install the newest version")
        }
        Some(version) if version == expected && health.missing_tables.is_empty() => Good(format!("version {version}")),
        Some(version) if version == expected => Bad(
            format!("without the tables {}", health.missing_tables.join(", ")),
            "restore the database from a backup",
        ),
        Some(version) => Bad(format!("version {version} where {expected} is needed"), "run `tools-server migrate`"),
        None => Bad("empty".to_owned(), "run `tools-server migrate`"),
    }
}

/// Why a way to a clipboard does not work.
#[derive(Debug, thiserror::Error)]
enum NoClipboard {
    #[error("this is not inside tmux")]
    NotInTmux,
    #[error("tmux cannot be started: {0}")]
    NoTmux(io::Error),
    #[error("this machine has none: {0}")]
    None(arboard::Error),
    #[error("this machine's clipboard does not answer")]
    Unanswered,
}

/// The first way that would be taken and works, as the screen tries them.
fn clipboard(choice: Clipboard) -> Finding {
    let mut reason = None;
    for way in term::ways(choice, &term::Environment::of_process()) {
        let works = match way {
            Way::Osc52 => return Good("through the terminal (OSC 52), which never confirms".to_owned()),
            Way::Screen => return Good("through GNU screen (OSC 52), which never confirms".to_owned()),
            Way::Tmux => tmux().map(|()| "through tmux"),
            Way::Native => native().map(|()| "this machine's own"),
        };
        match works {
            Ok(how) => return Good(how.to_owned()),
            Err(why) => reason = Some(why),
        }
    }
    reason.map_or_else(|| Note("off".to_owned()), |why| Bad(why.to_string(), "set clipboard to auto or osc52"))
}

fn tmux() -> Result<(), NoClipboard> {
    let answer = Command::new("tmux").args(["display-message", "-p", "#{version}"]).stderr(Stdio::null()).output();
    match answer {
        Ok(output) if output.status.success() => Ok(()),
        Ok(_) => Err(NoClipboard::NotInTmux),
        Err(error) => Err(NoClipboard::NoTmux(error)),
    }
}

/// Asks in a thread of its own: a display that hangs must not hang the doctor.
fn native() -> Result<(), NoClipboard> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(arboard::Clipboard::new().map(drop)));
    match receiver.recv_timeout(PATIENCE) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(NoClipboard::None(error)),
        Err(_) => Err(NoClipboard::Unanswered),
    }
}

fn terminal() -> Finding {
    if !io::stdout().is_terminal() {
        return Note("the output goes elsewhere here; the screen needs a terminal".to_owned());
    }
    if env::var("TERM").is_ok_and(|term| term == "dumb") {
        return Bad("TERM is dumb: it cannot place text".to_owned(), "use another terminal, or the subcommands");
    }
    match crossterm::terminal::size() {
        Ok((columns, rows)) if columns >= MIN_WIDTH && rows >= MIN_HEIGHT => Good(format!("{columns}x{rows}")),
        Ok((columns, rows)) => {
            Bad(format!("{columns}x{rows} is less than {MIN_WIDTH}x{MIN_HEIGHT}"), "make the window larger")
        }
        Err(error) => Bad(format!("its size is not known: {error}"), "use another terminal"),
    }
}
