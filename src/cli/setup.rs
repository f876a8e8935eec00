//! Options of what sets the program up: `login`, `config` and `completions`.

use clap::{Args, Subcommand};

const LOGIN_EXAMPLES: &str = "\
Sign-in by code works from anywhere, also over SSH: open the address on any device and confirm the code. Sign-in by
browser needs one on this machine. Without a flag the code is used where the identity provider offers it.

Examples:
  cs-copilot login
  cs-copilot login --browser

Exit codes: 0 signed in, 1 not signed in.";

pub(super) const WHOAMI_EXAMPLES: &str = "\
Examples:
  cs-copilot whoami

Exit codes: 0 a guest or signed in, 1 the sign-in has ended or the server does not accept it.";

/// `login`.
#[derive(Debug, Args)]
#[command(after_help = LOGIN_EXAMPLES)]
pub struct LoginArgs {
    /// Sign in by a code that is confirmed on any device.
    #[arg(long)]
    pub device: bool,
    /// Sign in by the browser on this machine.
    #[arg(long, conflicts_with = "device")]
    pub browser: bool,
}

const CONFIG_EXAMPLES: &str = "\
The other settings are in config.toml; config.example.toml has them all, with their defaults.

Examples:
  cs-copilot config set-key                      asks for the key, without showing it
  pass show openai | cs-copilot config set-key   reads it from a pipe
  cs-copilot config delete-key";

/// `config`.
#[derive(Debug, Args)]
#[command(after_help = CONFIG_EXAMPLES)]
pub struct ConfigArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: ConfigAction,
}

/// What to do with the key to the language model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum ConfigAction {
    /// Keep the key in this machine's keyring, or in a file that this account alone can read.
    SetKey,
    /// Forget the key.
    DeleteKey,
}

/// `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell.
    pub shell: clap_complete::Shell,
}
