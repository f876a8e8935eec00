//! Defaults, then the file, then environment and flags.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::Parser;
use contracts::TaskId;
use cs_copilot::{
    cli::Cli,
    config::{
        AttentionConfig, BookConfig, Clipboard, Config, ConfigError, ConfigFile, Directories, EvalLimits, GlobalArgs,
        Limits, LlmConfig, LogLevel, Models, OwnKeys, Planner, Profile, ScreenConfig, ThemeChoice, TokenStore,
    },
};
use domain::letter::Voice;

const FILE: &str = "server = \"https://tools.example.com/\"\ndata_dir = \"/from/file\"\ntheme = \"light\"\n\
                    clipboard = \"osc52\"\nlog_level = \"debug\"\n";

fn directories() -> Directories {
    Directories { config: "/c".into(), data: "/d".into(), logs: "/l".into() }
}

fn given(arguments: &[&str]) -> GlobalArgs {
    Cli::try_parse_from([&["cs-copilot"], arguments].concat()).unwrap().global
}

fn file() -> Option<(PathBuf, ConfigFile)> {
    let path = Path::new("/c/config.toml");
    Some((path.to_owned(), ConfigFile::parse(path, FILE).unwrap()))
}

#[test]
fn without_anything_the_defaults_hold() {
    let config = Config::merge(&GlobalArgs::default(), None, Some(directories())).unwrap();
    assert_eq!(
        config,
        Config {
            server: None,
            data_dir: "/d".into(),
            theme: ThemeChoice::Auto,
            clipboard: Clipboard::Auto,
            log_level: LogLevel::Info,
            auth: None,
            models: Models {
                asked: Profile {
                    name: None,
                    llm: LlmConfig {
                        base_url: "https://api.openai.com/v1".parse().unwrap(),
                        is_own_server: false,
                        model: "gpt-5-mini".to_owned(),
                        planner: Planner::Auto,
                        store: TokenStore::Auto,
                        limits: Limits::default(),
                        daily_tokens: 500_000,
                        concurrency: 2.try_into().unwrap(),
                        share_activity: false,
                        allowed: BTreeMap::new(),
                    }
                },
                others: Vec::new(),
                home: "https://api.openai.com/v1".parse().unwrap(),
            },
            attention: AttentionConfig::default(),
            eval: EvalLimits::default(),
            book: BookConfig { primary_metric: None, sources: Vec::new() },
            views: Default::default(),
            voice: Voice::default(),
            sources: BTreeMap::new(),
            keys: OwnKeys::default(),
            screen: ScreenConfig::default(),
            log_dir: Some("/l".into()),
            file: None,
        }
    );
}

#[test]
fn the_file_wins_over_defaults() {
    let config = Config::merge(&GlobalArgs::default(), file(), Some(directories())).unwrap();
    assert_eq!(config.server.unwrap().as_str(), "https://tools.example.com");
    assert_eq!(config.data_dir, Path::new("/from/file"));
    assert_eq!(
        (config.theme, config.clipboard, config.log_level),
        (ThemeChoice::Light, Clipboard::Osc52, LogLevel::Debug)
    );
    assert_eq!(config.file.unwrap(), Path::new("/c/config.toml"));
}

#[test]
fn flags_win_over_the_file() {
    let flags =
        ["--server", "http://127.0.0.1:8080", "--data-dir", "/from/flag", "--theme", "mono", "--clipboard", "off"];
    let config =
        Config::merge(&given(&[&flags[..], &["--log-level", "off"]].concat()), file(), Some(directories())).unwrap();
    assert_eq!(config.server.unwrap().as_str(), "http://127.0.0.1:8080");
    assert_eq!(config.data_dir, Path::new("/from/flag"));
    assert_eq!((config.theme, config.clipboard, config.log_level), (ThemeChoice::Mono, Clipboard::Off, LogLevel::Off));
}

#[test]
fn an_account_without_a_home_has_to_say_where_data_goes() {
    let error = Config::merge(&GlobalArgs::default(), None, None).unwrap_err();
    assert!(matches!(error, ConfigError::NoHome));
    let config = Config::merge(&given(&["--data-dir", "/d"]), None, None).unwrap();
    assert_eq!((config.data_dir, config.log_dir), (PathBuf::from("/d"), None));
}

#[test]
fn global_flags_may_stand_behind_the_subcommand() {
    let before = given(&["--as-of", "2024-12-20", "customers"]);
    let behind = given(&["customers", "--as-of", "2024-12-20"]);
    assert_eq!(before.as_of, Some("2024-12-20".parse().unwrap()));
    assert_eq!(before.as_of, behind.as_of);
}

const SIGN_IN: &str =
    "[auth]\nissuer = \"https://clerk.example.com\"\nclient_id = \"from-file\"\nscopes = \" openid  email \"\n";

fn sign_in(arguments: &[&str], file: &str) -> Result<Config, ConfigError> {
    let path = Path::new("/c/config.toml");
    let file = ConfigFile::parse(path, file).unwrap();
    Config::merge(&given(arguments), Some((path.to_owned(), file)), Some(directories()))
}

#[test]
fn sign_in_is_configured_as_everything_else() {
    let auth = sign_in(&[], SIGN_IN).unwrap().auth.unwrap();
    assert_eq!((auth.issuer.as_str(), auth.client_id.as_str()), ("https://clerk.example.com", "from-file"));
    assert_eq!(auth.scopes.iter().collect::<Vec<_>>(), ["openid", "email"]);
    assert_eq!((auth.resource, auth.store), (None, TokenStore::Auto));
    let flags = ["--auth-client-id", "flag", "--auth-store", "file", "--auth-resource", "https://tools.example.com"];
    let auth = sign_in(&flags, SIGN_IN).unwrap().auth.unwrap();
    assert_eq!((auth.client_id.as_str(), auth.store), ("flag", TokenStore::File));
    assert_eq!(auth.resource.as_deref(), Some("https://tools.example.com"));
}

#[test]
fn half_a_sign_in_says_what_is_missing() {
    let told = |flags: &[&str]| sign_in(flags, "").unwrap_err().to_string();
    let sentence = "sign-in needs both issuer and client_id under [auth]:";
    assert_eq!(told(&["--auth-issuer", "https://clerk.example.com"]), format!("{sentence} client_id is missing"));
    assert_eq!(told(&["--auth-client-id", "us"]), format!("{sentence} issuer is missing"));
    assert!(sign_in(&["--auth-store", "file"], "").unwrap().auth.is_none(), "alone it asks for nothing");
}

const MODEL: &str = "[llm]\nbase_url = \"http://localhost:11434/v1/\"\nmodel = \"llama3.3\"\nrounds = 3\ncall_seconds = 5\n\
                     [llm.allowed]\nqbr = [\"gpt-5\"]\n";

#[test]
fn the_model_is_configured_as_everything_else() {
    let llm = sign_in(&[], MODEL).unwrap().models.asked.llm;
    assert_eq!((llm.base_url.as_str(), llm.is_own_server), ("http://localhost:11434/v1", true));
    assert_eq!((llm.limits.rounds, llm.limits.call), (3, Duration::from_secs(5)));
    assert_eq!(llm.limits.run, Limits::default().run, "what is not said stays as it was");
    assert!(llm.allows(&TaskId::HEALTH) && !llm.allows(&TaskId::QBR));
    let flags = ["--llm-url", "https://llm.example.com/openai/v1", "--llm-model", "gpt-5"];
    let llm = sign_in(&flags, MODEL).unwrap().models.asked.llm;
    assert_eq!((llm.base_url.as_str(), llm.model.as_str()), ("https://llm.example.com/openai/v1", "gpt-5"));
    assert!(llm.allows(&TaskId::QBR));
}

const PROFILES: &str = "[llm]\nmodel = \"gpt-5\"\nrounds = 3\n[llm.local]\nbase_url = \"http://localhost:11434/v1\"\n\
                        model = \"llama3.3\"\n[llm.mini]\nmodel = \"gpt-5-mini\"\nrounds = 2\n[llm.allowed]\nqbr = [\"gpt-5\"]\n";

#[test]
fn further_models_have_names_and_what_they_leave_out_is_as_under_llm() {
    let names = |flags: &[&str]| {
        let models = sign_in(flags, PROFILES).unwrap().models;
        models.all().map(|profile| profile.title().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&[]), ["gpt-5", "local", "mini"]);
    assert_eq!(names(&["--llm", "mini"]), ["mini", "gpt-5", "local"], "the screen goes on from there");
    let models = sign_in(&["--llm", "local"], PROFILES).unwrap().models;
    let local = &models.asked.llm;
    assert_eq!((local.base_url.as_str(), local.model.as_str()), ("http://localhost:11434/v1", "llama3.3"));
    assert_eq!((local.limits.rounds, local.is_own_server), (3, true));
    assert!(!local.allows(&TaskId::QBR));
    assert_ne!(local.base_url, models.home, "a key of the environment is not for it");
    let mini = sign_in(&["--llm", "mini"], PROFILES).unwrap().models.asked.llm;
    assert_eq!((mini.base_url.as_str(), mini.limits.rounds), ("https://api.openai.com/v1", 2));
    let models = sign_in(&["--llm", "local", "--llm-url", "https://llm.example.com/v1"], PROFILES).unwrap().models;
    assert_eq!(models.asked.llm.base_url.as_str(), "http://localhost:11434/v1", "what is set for it goes before");
    let told = sign_in(&["--llm", "lokal"], PROFILES).unwrap_err().to_string();
    assert_eq!(told, "there is no [llm.lokal] in the configuration file; it has local, mini");
}
