//! `config.toml`: every setting is optional, an unknown one is an error.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use contracts::SourceName;

use directories::BaseDirs;
use domain::letter::Voice;
use serde::Deserialize;

use super::{
    AttentionFile, AuthFile, BookConfig, Clipboard, ConfigError, EvalLimits, LlmFile, LogLevel, OwnKeys, ScreenConfig,
    ServerUrl, SourceConfig, ThemeChoice, View,
};
use crate::words::line_of;

/// What a configuration file says.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigFile {
    /// See [`super::Config::server`].
    pub server: Option<ServerUrl>,
    /// See [`super::Config::data_dir`].
    pub data_dir: Option<Directory>,
    /// See [`super::Config::theme`].
    pub theme: Option<ThemeChoice>,
    /// See [`super::Config::clipboard`].
    pub clipboard: Option<Clipboard>,
    /// See [`super::Config::log_level`].
    pub log_level: Option<LogLevel>,
    /// See [`super::Config::auth`].
    pub auth: Option<AuthFile>,
    /// See [`super::Config::llm`].
    pub llm: Option<LlmFile>,
    /// See [`super::Config::eval`].
    pub eval: Option<EvalLimits>,
    /// See [`super::Config::attention`].
    pub attention: Option<AttentionFile>,
    /// See [`super::Config::book`].
    pub book: Option<BookConfig>,
    /// See [`super::Config::sources`].
    pub sources: Option<BTreeMap<SourceName, SourceConfig>>,
    /// See [`super::Config::voice`].
    pub voice: Option<Voice>,
    /// See [`super::Config::views`].
    pub views: Option<BTreeMap<String, View>>,
    /// See [`super::Config::keys`].
    pub keys: Option<OwnKeys>,
    /// See [`super::Config::screen`].
    pub screen: Option<ScreenConfig>,
}

/// A directory that means the same wherever the program is started: absolute, or under the home directory (`~/`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Directory(PathBuf);

impl TryFrom<String> for Directory {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let path = match text.strip_prefix("~/") {
            Some(rest) => BaseDirs::new().ok_or("this account has no home directory for ~/")?.home_dir().join(rest),
            None => PathBuf::from(text),
        };
        if path.is_absolute() { Ok(Self(path)) } else { Err("write the whole path, or begin it with ~/") }
    }
}

impl From<Directory> for PathBuf {
    fn from(directory: Directory) -> Self {
        directory.0
    }
}

impl ConfigFile {
    /// Reads the `text` of `file`.
    ///
    /// # Errors
    /// [`ConfigError::Invalid`] with the line, and the allowed values where there is a list of them.
    pub fn parse(file: &Path, text: &str) -> Result<Self, ConfigError> {
        let mut read: Self = toml::from_str(text).map_err(|error| {
            let line = line_of(text, error.span().map_or(0, |span| span.start));
            ConfigError::Invalid { file: file.to_owned(), line, message: error.message().to_owned() }
        })?;
        for own in read.keys.iter_mut().flat_map(|keys| &mut keys.0) {
            own.at = line_of(text, own.at);
        }
        Ok(read)
    }
}
