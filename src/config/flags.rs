//! What flags and the environment say of the settings: options of every subcommand.

use std::{ffi::OsStr, marker::PhantomData, path::PathBuf, str::FromStr};

use chrono::NaiveDate;
use clap::{Args, Error, builder::TypedValueParser, error::ErrorKind};

use super::{ApiUrl, Clipboard, InvalidServerUrl, LogLevel, Scopes, ServerUrl, ThemeChoice, TokenStore};
use crate::sources::cell;

/// Options of every subcommand: flag, then environment, then configuration file, then default.
#[derive(Debug, Default, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Use the tools server at this URL instead of the one inside.
    #[arg(long, global = true, value_name = "URL", env = "CS_COPILOT_SERVER", value_parser = Address::<ServerUrl>(PhantomData))]
    #[arg(hide_env_values = true)]
    pub server: Option<ServerUrl>,
    /// Keep the database in this directory (only without a server).
    #[arg(long, global = true, value_name = "DIR", env = "CS_COPILOT_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// Read this configuration file instead of the usual one.
    #[arg(long, global = true, value_name = "FILE", env = "CS_COPILOT_CONFIG")]
    pub config: Option<PathBuf>,
    /// Count days from this date (YYYY-MM-DD, UTC) instead of today: for older exports and reports that can be repeated.
    #[arg(long, global = true, value_name = "DATE", env = "CS_COPILOT_AS_OF", value_parser = day)]
    pub as_of: Option<NaiveDate>,
    /// Colours of the screen.
    #[arg(long, global = true, env = "CS_COPILOT_THEME")]
    pub theme: Option<ThemeChoice>,
    /// How the screen copies.
    #[arg(long, global = true, value_name = "WAY", env = "CS_COPILOT_CLIPBOARD")]
    pub clipboard: Option<Clipboard>,
    /// How much goes into the log file.
    #[arg(long, global = true, value_name = "LEVEL", env = "CS_COPILOT_LOG_LEVEL")]
    pub log_level: Option<LogLevel>,
    /// How to sign in.
    #[command(flatten)]
    pub auth: AuthArgs,
    /// Which language model to ask.
    #[command(flatten)]
    pub llm: LlmArgs,
}

/// How to sign in. Most people have these in the configuration file, so only the long help shows them.
#[derive(Debug, Default, Clone, Args)]
#[command(next_help_heading = "Sign-in options")]
pub struct AuthArgs {
    /// Sign in with the identity provider at this URL.
    #[arg(long, global = true, hide_short_help = true, value_name = "URL", env = "CS_COPILOT_AUTH_ISSUER")]
    #[arg(hide_env_values = true, value_parser = Address::<ServerUrl>(PhantomData))]
    pub auth_issuer: Option<ServerUrl>,
    /// Sign in as this client of the identity provider.
    #[arg(long, global = true, hide_short_help = true, value_name = "ID", env = "CS_COPILOT_AUTH_CLIENT_ID")]
    pub auth_client_id: Option<String>,
    /// Ask for these scopes, separated by spaces.
    #[arg(long, global = true, hide_short_help = true, value_name = "SCOPES", env = "CS_COPILOT_AUTH_SCOPES")]
    pub auth_scopes: Option<Scopes>,
    /// Ask for tokens for this audience.
    #[arg(long, global = true, hide_short_help = true, value_name = "URI", env = "CS_COPILOT_AUTH_RESOURCE")]
    pub auth_resource: Option<String>,
    /// Where to keep the tokens.
    #[arg(long, global = true, hide_short_help = true, value_name = "PLACE", env = "CS_COPILOT_AUTH_STORE")]
    pub auth_store: Option<TokenStore>,
}

/// Which language model to ask. Its key comes from OPENAI_API_KEY or `config set-key`, never from a flag: others on the
/// machine can read those.
#[derive(Debug, Default, Clone, Args)]
#[command(next_help_heading = "Model options")]
pub struct LlmArgs {
    /// Ask the model that the configuration file has under [llm.NAME].
    #[arg(long, global = true, hide_short_help = true, value_name = "NAME", env = "CS_COPILOT_LLM")]
    pub llm: Option<String>,
    /// Ask the model at this URL (Chat Completions).
    #[arg(long, global = true, hide_short_help = true, value_name = "URL", env = "OPENAI_BASE_URL")]
    #[arg(hide_env_values = true, value_parser = Address::<ApiUrl>(PhantomData))]
    pub llm_url: Option<ApiUrl>,
    /// Ask this model.
    #[arg(long, global = true, hide_short_help = true, value_name = "NAME", env = "OPENAI_MODEL")]
    pub llm_model: Option<String>,
}

/// Reads an address and, where it is refused, does not repeat it, as the library would: there may be a password in it.
#[derive(Clone)]
struct Address<T>(PhantomData<T>);

impl<T> TypedValueParser for Address<T>
where
    T: FromStr<Err = InvalidServerUrl> + Clone + Send + Sync + 'static,
{
    type Value = T;

    fn parse_ref(&self, command: &clap::Command, arg: Option<&clap::Arg>, value: &OsStr) -> Result<T, Error> {
        value.to_str().unwrap_or_default().parse().map_err(|reason| {
            let option = arg.map(ToString::to_string).unwrap_or_default();
            // The value may be one that was set for other programs.
            let name = arg.and_then(|arg| arg.get_env()).and_then(OsStr::to_str).unwrap_or_default();
            let message = format!("the value of {option} ({name}) cannot be used: {reason}\n");
            Error::raw(ErrorKind::ValueValidation, message).with_cmd(command)
        })
    }
}

/// What is given is no day; what was expected.
#[derive(Debug, thiserror::Error)]
#[error("it is not {0}")]
struct NoDay(&'static str);

fn day(text: &str) -> Result<NaiveDate, NoDay> {
    cell::date(text).map_err(NoDay)
}
