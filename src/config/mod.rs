//! The settings: defaults, then the configuration file, then the environment, then flags. The last one that says
//! something wins; clap has already merged the last two.

mod attention;
mod auth;
mod book;
mod choices;
mod eval;
mod file;
mod flags;
mod keys;
mod llm;
mod profiles;
mod screen;
mod server_url;

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use contracts::SourceName;
use directories::ProjectDirs;
use domain::letter::Voice;

pub use attention::{AttentionConfig, AttentionFile, NoTime, Percent, Time};
pub use auth::{AuthConfig, AuthFile, Scopes};
pub use book::{BookConfig, Currency, NoCurrency, SourceConfig, View};
pub use choices::{Clipboard, LogLevel, Planner, ThemeChoice, TokenStore};
pub use eval::EvalLimits;
pub use file::ConfigFile;
pub use flags::{AuthArgs, GlobalArgs, LlmArgs};
pub use keys::{OwnKey, OwnKeys};
pub use llm::{Limits, LlmConfig, LlmSettings, Models, Profile};
pub use profiles::LlmFile;
pub use screen::{Notify, ScreenConfig};
pub use server_url::{ApiUrl, InvalidServerUrl, ServerUrl};

/// The settings of one start, whole and valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The tools server; the one inside when absent.
    pub server: Option<ServerUrl>,
    /// Where the server inside keeps its database.
    pub data_dir: PathBuf,
    /// Colours of the screen.
    pub theme: ThemeChoice,
    /// How the screen copies.
    pub clipboard: Clipboard,
    /// How much goes into the log file.
    pub log_level: LogLevel,
    /// How to sign in; nobody can where it is absent.
    pub auth: Option<AuthConfig>,
    /// The language models, used where there is a key for one or it is a server of one's own.
    pub models: Models,
    /// What an evaluation of the language model may come to.
    pub eval: EvalLimits,
    /// What is listed of what deserves attention.
    pub attention: AttentionConfig,
    /// How the book is read.
    pub book: BookConfig,
    /// What is known of single sources.
    pub sources: BTreeMap<SourceName, SourceConfig>,
    /// Queries that are kept under names.
    pub views: BTreeMap<String, View>,
    /// Keys of the user's own.
    pub keys: OwnKeys,
    /// What the screen may do to the terminal.
    pub screen: ScreenConfig,
    /// Who writes letters, and how.
    pub voice: Voice,
    /// Where the log files go; none where the account has no home directory.
    pub log_dir: Option<PathBuf>,
    /// The configuration file that was read; none where there is none.
    pub file: Option<PathBuf>,
}

/// The directories this platform has for us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directories {
    /// Where `config.toml` is.
    pub config: PathBuf,
    /// Where data is kept.
    pub data: PathBuf,
    /// Where log files go.
    pub logs: PathBuf,
}

impl Directories {
    /// Where the configuration file is looked for.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// This account's own; none without a home directory.
    pub fn of_this_account() -> Option<Self> {
        let dirs = ProjectDirs::from("", "", "cs-copilot")?;
        let logs = dirs.state_dir().unwrap_or_else(|| dirs.data_local_dir()).join("logs");
        Some(Self { config: dirs.config_dir().to_owned(), data: dirs.data_dir().to_owned(), logs })
    }
}

/// Why there are no settings: one sentence, with what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file that was asked for is not there.
    #[error("there is no configuration file {}: check --config or CS_COPILOT_CONFIG", .0.display())]
    NotThere(PathBuf),
    /// It cannot be read.
    #[error("cannot read the configuration file {}: {reason}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// It says something that it may not.
    #[error("{}, line {line}: {message}", file.display())]
    Invalid {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong, with the allowed values.
        message: String,
    },
    /// Nowhere to keep data.
    #[error("this account has no home directory: say where to keep the data with --data-dir")]
    NoHome,
    /// A model that is asked for by a name that none has.
    #[error("there is no [llm.{asked}] in the configuration file{}", listed(names))]
    NoProfile {
        /// The name.
        asked: String,
        /// The names that there are.
        names: Vec<String>,
    },
    /// An issuer without a client, or the other way round.
    #[error("sign-in needs both issuer and client_id under [auth]: {missing} is missing")]
    HalfASignIn {
        /// The setting.
        missing: &'static str,
    },
}

fn listed(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!("; it has {}", names.join(", ")) }
}

impl Config {
    /// Where the user's own files are: beside the configuration file that was read, or where one would be; none where this
    /// account has no home directory.
    pub fn directory(&self) -> Option<PathBuf> {
        let beside = self.file.as_deref().and_then(Path::parent).map(Path::to_owned);
        beside.or_else(|| Directories::of_this_account().map(|directories| directories.config))
    }

    /// Reads the configuration file, if there is one, and merges it with `given` (flags and environment).
    ///
    /// # Errors
    /// A file that was asked for and is not there, one that cannot be read or is wrong, or nowhere to keep data.
    pub fn load(given: &GlobalArgs) -> Result<Self, ConfigError> {
        let directories = Directories::of_this_account();
        let usual = directories.as_ref().map(Directories::config_file);
        let file = match (&given.config, usual) {
            (Some(asked), _) => {
                Some((asked.clone(), read(asked)?.ok_or_else(|| ConfigError::NotThere(asked.clone()))?))
            }
            (None, Some(usual)) => read(&usual)?.map(|settings| (usual, settings)),
            (None, None) => None,
        };
        Self::merge(given, file, directories)
    }

    /// Merges flags and environment over the file over the defaults. Pure.
    ///
    /// # Errors
    /// [`ConfigError::NoHome`] where no one says where to keep data; [`ConfigError::HalfASignIn`];
    /// [`ConfigError::NoProfile`].
    pub fn merge(
        given: &GlobalArgs,
        file: Option<(PathBuf, ConfigFile)>,
        directories: Option<Directories>,
    ) -> Result<Self, ConfigError> {
        let (path, file) = file.map_or((None, ConfigFile::default()), |(path, file)| (Some(path), file));
        let (data, logs) = directories.map_or((None, None), |dirs| (Some(dirs.data), Some(dirs.logs)));
        let data_dir = given.data_dir.clone().or(file.data_dir.map(PathBuf::from)).or(data);
        Ok(Self {
            server: given.server.clone().or(file.server),
            data_dir: data_dir.ok_or(ConfigError::NoHome)?,
            theme: given.theme.or(file.theme).unwrap_or_default(),
            clipboard: given.clipboard.or(file.clipboard).unwrap_or_default(),
            log_level: given.log_level.or(file.log_level).unwrap_or_default(),
            auth: AuthConfig::merge(&given.auth, file.auth.unwrap_or_default())?,
            models: Models::merge(&given.llm, file.llm.unwrap_or_default())?,
            eval: file.eval.unwrap_or_default(),
            attention: AttentionConfig::merge(file.attention.unwrap_or_default()),
            book: file.book.unwrap_or_default(),
            sources: file.sources.unwrap_or_default(),
            views: file.views.unwrap_or_default(),
            keys: file.keys.unwrap_or_default(),
            screen: file.screen.unwrap_or_default(),
            voice: file.voice.unwrap_or_default(),
            log_dir: logs,
            file: path,
        })
    }
}

fn read(file: &Path) -> Result<Option<ConfigFile>, ConfigError> {
    match std::fs::read_to_string(file) {
        Ok(text) => ConfigFile::parse(file, &text).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(reason) => Err(ConfigError::Unreadable { file: file.to_owned(), reason }),
    }
}
