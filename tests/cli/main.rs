//! The program as its users start it: arguments in, stdout, stderr and exit code out.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod customers;
mod day;
#[cfg(target_os = "linux")]
mod disk;
mod doctor;
mod exports;
mod files;
mod foreign_names;
mod import;
mod key;
mod log;
mod plain;
mod reports;
mod today;
mod usage;
mod voice;
mod worth;

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

/// An account of its own on this machine: a home directory with nothing in it.
struct Account {
    home: TempDir,
}

/// What a start of the program left behind.
#[derive(Debug)]
struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Account {
    fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    /// The program with `arguments`, in an environment that holds nothing else of this machine.
    fn command(&self, arguments: &[&str]) -> Command {
        self.command_of(env!("CARGO_BIN_EXE_cs-copilot"), arguments)
    }

    /// The same for another program.
    fn command_of(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        let home = self.home.path();
        command.args(arguments).env_clear().env("HOME", home).current_dir(home).env("CS_COPILOT_CLIPBOARD", "off");
        command
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        self.command(arguments).output().unwrap().into()
    }

    /// Runs and expects exit code 0 and nothing on stderr.
    fn good(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{arguments:?}");
        ended.stdout
    }

    /// Runs and expects exit code 1, nothing on stdout, and a sentence on stderr.
    fn refused(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(1), ""), "{arguments:?}");
        ended.stderr.strip_prefix("cs-copilot: ").unwrap().trim_end().to_owned()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }
}

fn fixture() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ravenstack").to_str().unwrap().to_owned()
}
