//! Secrets sent through every way in which the program can fail; its output, its screen and its log are searched for
//! them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod headless;
mod screen;
mod server;
#[path = "../tui/support/terminal.rs"]
#[expect(dead_code, reason = "the screen's own tests use all of it")]
mod terminal;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::json;
use tempfile::TempDir;

/// What somebody who signed in keeps.
const ACCESS_TOKEN: &str = "eyJhbGciOiJSUzI1NiJ9.Y2FuYXJ5LWFjY2Vzcy10b2tlbg.canary-signature";
const REFRESH_TOKEN: &str = "canary-refresh-token";
/// A password in an address.
const PASSWORD: &str = "canary-password-in-an-address";

/// Fails where a secret, or a beginning of one, is in `text`.
#[track_caller]
fn clean(what: &str, text: &str) {
    for secret in [PASSWORD, ACCESS_TOKEN, REFRESH_TOKEN, server::KEY, "canary-", "Y2FuYXJ5"] {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
}

/// An account of its own on this machine.
struct Account(TempDir);

impl Account {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn home(&self) -> &Path {
        self.0.path()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home().join(name)
    }

    /// The program, as talkative as it can be.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cs-copilot"));
        command.args(arguments).env_clear().env("HOME", self.home()).current_dir(self.home());
        command.env("CS_COPILOT_LOG_LEVEL", "trace").env("CS_COPILOT_CLIPBOARD", "off").env("RUST_BACKTRACE", "full");
        command
    }

    /// Somebody has signed in at `issuer`, until this time.
    fn signed_in(&self, issuer: &str, expires: &str) {
        let dir = self.path(".local/share/cs-copilot/sign-in");
        fs::create_dir_all(&dir).unwrap();
        let tokens = json!({
            "access": ACCESS_TOKEN, "refresh": REFRESH_TOKEN, "expires": expires,
            "account": { "name": "a@example.com", "subject": "user_a" },
        });
        let kept = json!({ "owner": format!("cs-copilot at {issuer}"), "secret": tokens.to_string() });
        fs::write(dir.join("tokens.json"), kept.to_string()).unwrap();
    }

    /// The program, used by somebody who signs in at `issuer`.
    fn command_of_a_user(&self, issuer: &str, arguments: &[&str]) -> Command {
        let mut command = self.command(arguments);
        command.env("CS_COPILOT_AUTH_ISSUER", issuer).env("CS_COPILOT_AUTH_CLIENT_ID", "cs-copilot");
        command.env("CS_COPILOT_AUTH_STORE", "file");
        command
    }

    /// Runs it; all that it printed.
    fn run(&self, mut command: Command) -> String {
        let output = command.output().unwrap();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    }

    /// Everything in the log.
    fn log(&self) -> String {
        let Ok(files) = fs::read_dir(self.path(".local/state/cs-copilot/logs")) else { return String::new() };
        files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect()
    }
}
