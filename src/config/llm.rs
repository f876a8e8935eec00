//! The language model: where it is, what it may do and how much of it may be used.

use std::{
    collections::BTreeMap,
    num::{NonZeroU32, NonZeroUsize},
    time::Duration,
};

use contracts::TaskId;
use serde::Deserialize;

use super::{ApiUrl, ConfigError, LlmArgs, LlmFile, Planner, TokenStore};

const BASE_URL: &str = "https://api.openai.com/v1";
const MODEL: &str = "gpt-5-mini";
const DAILY_TOKENS: u64 = 500_000;
const CONCURRENCY: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// What a configuration file says of one language model.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LlmSettings {
    /// See [`LlmConfig::base_url`].
    pub base_url: Option<ApiUrl>,
    /// See [`LlmConfig::model`].
    pub model: Option<String>,
    /// See [`LlmConfig::planner`].
    pub planner: Option<Planner>,
    /// See [`LlmConfig::store`].
    pub store: Option<TokenStore>,
    /// See [`Limits::rounds`].
    pub rounds: Option<NonZeroU32>,
    /// See [`Limits::tool_calls`].
    pub tool_calls: Option<u32>,
    /// See [`Limits::call`].
    pub call_seconds: Option<NonZeroU32>,
    /// See [`Limits::run`].
    pub run_seconds: Option<NonZeroU32>,
    /// See [`Limits::input_tokens`].
    pub input_tokens: Option<u64>,
    /// See [`Limits::output_tokens`].
    pub output_tokens: Option<u64>,
    /// See [`LlmConfig::daily_tokens`].
    pub daily_tokens: Option<u64>,
    /// See [`LlmConfig::concurrency`].
    pub concurrency: Option<NonZeroUsize>,
    /// See [`LlmConfig::share_activity`].
    pub share_activity: Option<bool>,
    /// See [`LlmConfig::allowed`].
    pub allowed: Option<BTreeMap<TaskId, Vec<String>>>,
}

/// Which model, and how much of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LlmConfig {
    /// Where the Chat Completions API is, such as `https://api.openai.com/v1`.
    pub base_url: ApiUrl,
    /// Whether the address was set: then the server may be one that needs no key.
    pub is_own_server: bool,
    /// The model's name, as the API knows it.
    pub model: String,
    /// Who plans, unless a command says otherwise.
    pub planner: Planner,
    /// Where the key is kept.
    pub store: TokenStore,
    /// What one run may take.
    pub limits: Limits,
    /// How many tokens a user may take a day (UTC), read and written ones together.
    pub daily_tokens: u64,
    /// How many runs may use the model at once.
    pub concurrency: NonZeroUsize,
    /// Whether the model may read what the user wrote of customers.
    pub share_activity: bool,
    /// The models that may do a task; any may where a task is not named.
    pub allowed: BTreeMap<TaskId, Vec<String>>,
}

impl LlmSettings {
    /// These, and what they leave out as `other` has it.
    fn over(self, other: Self) -> Self {
        Self {
            base_url: self.base_url.or(other.base_url),
            model: self.model.or(other.model),
            planner: self.planner.or(other.planner),
            store: self.store.or(other.store),
            rounds: self.rounds.or(other.rounds),
            tool_calls: self.tool_calls.or(other.tool_calls),
            call_seconds: self.call_seconds.or(other.call_seconds),
            run_seconds: self.run_seconds.or(other.run_seconds),
            input_tokens: self.input_tokens.or(other.input_tokens),
            output_tokens: self.output_tokens.or(other.output_tokens),
            daily_tokens: self.daily_tokens.or(other.daily_tokens),
            concurrency: self.concurrency.or(other.concurrency),
            share_activity: self.share_activity.or(other.share_activity),
            allowed: self.allowed.or(other.allowed),
        }
    }
}

/// The models of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Models {
    /// The one that is asked.
    pub asked: Profile,
    /// The others, in the order in which the screen goes through them.
    pub others: Vec<Profile>,
    /// The address that a key of the environment is for; no other server gets to see it.
    pub home: ApiUrl,
}

/// A model of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its name as in `[llm.NAME]`; none for the one under `[llm]`.
    pub name: Option<String>,
    /// What is known of it.
    pub llm: LlmConfig,
}

impl Models {
    /// The models of a file, and the one of them that is asked for by name.
    ///
    /// # Errors
    /// [`ConfigError::NoProfile`]
    pub(super) fn merge(given: &LlmArgs, file: LlmFile) -> Result<Self, ConfigError> {
        let given_settings =
            LlmSettings { base_url: given.llm_url.clone(), model: given.llm_model.clone(), ..LlmSettings::default() };
        let usual = given_settings.over(file.settings);
        let own = Profile { name: None, llm: LlmConfig::of(usual.clone()) };
        let home = own.llm.base_url.clone();
        // What is set for this very model goes before what is set for other programs too.
        let named = |(name, profile): (String, LlmSettings)| Profile {
            name: Some(name),
            llm: LlmConfig::of(profile.over(usual.clone())),
        };
        let mut others: Vec<_> = std::iter::once(own).chain(file.profiles.into_iter().map(named)).collect();
        let Some(at) = others.iter().position(|profile| profile.name == given.llm) else {
            let names = others.into_iter().filter_map(|profile| profile.name).collect();
            return Err(ConfigError::NoProfile { asked: given.llm.clone().unwrap_or_default(), names });
        };
        others.rotate_left(at);
        Ok(Self { asked: others.remove(0), others, home })
    }

    /// All of them, the one that is asked first.
    pub fn all(&self) -> impl Iterator<Item = &Profile> {
        std::iter::once(&self.asked).chain(&self.others)
    }
}

impl Profile {
    /// What the screen calls it.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.llm.model)
    }
}

impl LlmConfig {
    /// The settings over the defaults.
    fn of(file: LlmSettings) -> Self {
        let set = file.base_url;
        let usual = Limits::default();
        let seconds = |set: Option<NonZeroU32>, usual| set.map_or(usual, |set| Duration::from_secs(set.get().into()));
        Self {
            is_own_server: set.is_some(),
            base_url: set.unwrap_or_else(|| BASE_URL.parse().expect("it is an address")),
            model: file.model.unwrap_or_else(|| MODEL.to_owned()),
            planner: file.planner.unwrap_or_default(),
            store: file.store.unwrap_or_default(),
            limits: Limits {
                rounds: file.rounds.map_or(usual.rounds, NonZeroU32::get),
                tool_calls: file.tool_calls.unwrap_or(usual.tool_calls),
                call: seconds(file.call_seconds, usual.call),
                run: seconds(file.run_seconds, usual.run),
                input_tokens: file.input_tokens.unwrap_or(usual.input_tokens),
                output_tokens: file.output_tokens.unwrap_or(usual.output_tokens),
            },
            daily_tokens: file.daily_tokens.unwrap_or(DAILY_TOKENS),
            concurrency: file.concurrency.unwrap_or(CONCURRENCY),
            share_activity: file.share_activity.unwrap_or(false),
            allowed: file.allowed.unwrap_or_default(),
        }
    }

    /// Whether this model may do the task.
    pub fn allows(&self, task: &TaskId) -> bool {
        self.allowed.get(task).is_none_or(|models| models.contains(&self.model))
    }
}

/// What one run may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Turns of the model.
    pub rounds: u32,
    /// Tool calls that are made for the model, and what it asks for beside them.
    pub tool_calls: u32,
    /// A turn, from the request to its last token.
    pub call: Duration,
    /// All turns and the tool calls between them.
    pub run: Duration,
    /// Tokens read.
    pub input_tokens: u64,
    /// Tokens written.
    pub output_tokens: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rounds: 8,
            tool_calls: 12,
            call: Duration::from_secs(30),
            run: Duration::from_secs(90),
            input_tokens: 60_000,
            output_tokens: 8_000,
        }
    }
}
