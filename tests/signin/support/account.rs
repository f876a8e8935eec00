use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::PathBuf,
    process::{Child, ChildStdout, Command, Stdio},
};

use cs_copilot::config::ServerUrl;
use tempfile::{TempDir, tempdir};
use tokio::task::spawn_blocking;

use super::{Agent, bounded};

/// An account of its own on this machine, without a browser and without a keyring.
pub struct Account {
    home: TempDir,
    pub environment: Vec<(&'static str, String)>,
}

/// What a start of the program left behind.
#[derive(Debug, PartialEq)]
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Account {
    pub fn new(issuer: &ServerUrl, server: Option<&ServerUrl>) -> Self {
        let mut environment = vec![
            ("CS_COPILOT_AUTH_ISSUER", issuer.to_string()),
            ("CS_COPILOT_AUTH_CLIENT_ID", "cs-copilot".to_owned()),
            ("CS_COPILOT_AUTH_STORE", "file".to_owned()),
        ];
        environment.extend(server.map(|server| ("CS_COPILOT_SERVER", server.to_string())));
        Self { home: tempdir().unwrap(), environment }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cs-copilot"));
        let home = self.home.path();
        command.args(arguments).env_clear().env("HOME", home).current_dir(home).envs(self.environment.clone());
        command
    }

    pub async fn run(&self, arguments: &[&str]) -> Ended {
        let mut command = self.command(arguments);
        let output = bounded(spawn_blocking(move || command.output())).await.unwrap().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ended { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Signs in as a user does: reads the address off the terminal, and agrees in a browser somewhere.
    pub async fn login(&self, way: &str, user: &str) -> Ended {
        let mut child = self.command(&["login", way]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut shown = BufReader::new(child.stdout.take().unwrap());
        let address = address(&mut shown);
        Agent::new().agree(&address, user).await;
        bounded(spawn_blocking(move || rest(child, shown))).await.unwrap()
    }

    /// Where the tokens are kept.
    pub fn tokens(&self) -> PathBuf {
        self.path(".local/share/cs-copilot/sign-in/tokens.json")
    }

    /// Every log file.
    pub fn logs(&self) -> Vec<PathBuf> {
        let dir = fs::read_dir(self.path(".local/state/cs-copilot/logs")).unwrap();
        dir.map(|entry| entry.unwrap().path()).collect()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }
}

/// The line that holds nothing but an address.
fn address(shown: &mut BufReader<ChildStdout>) -> String {
    let mut lines = shown.lines().map(Result::unwrap);
    lines.find(|line| line.starts_with("http")).unwrap()
}

fn rest(mut child: Child, mut shown: BufReader<ChildStdout>) -> Ended {
    let (mut stdout, mut stderr) = (String::new(), String::new());
    shown.read_to_string(&mut stdout).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    Ended { code: child.wait().unwrap().code(), stdout, stderr }
}
