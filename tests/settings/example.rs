//! `config.example.toml` is complete and true.

use std::{fs, path::Path};

use contracts::attention::Kind;
use cs_copilot::config::{
    AttentionFile, AuthFile, BookConfig, Config, ConfigFile, Directories, EvalLimits, GlobalArgs, LlmFile, LlmSettings,
    ScreenConfig, SourceConfig,
};
use domain::letter::{Register, Tone, Voice};

fn example() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("config.example.toml")).unwrap()
}

fn parse(text: &str) -> ConfigFile {
    ConfigFile::parse(Path::new("config.example.toml"), text).unwrap()
}

#[test]
fn as_it_stands_it_equals_the_defaults() {
    let directories = Directories { config: "/c".into(), data: "/d".into(), logs: "/l".into() };
    let merge = |file: ConfigFile| {
        Config::merge(&GlobalArgs::default(), Some(("f".into(), file)), Some(directories.clone())).unwrap()
    };
    assert_eq!(merge(parse(&example())), merge(ConfigFile::default()));
    // Without an issuer nothing under [auth] counts, so these are compared by themselves.
    let auth = parse(&example()).auth.unwrap();
    assert_eq!((auth.scopes.unwrap(), auth.store.unwrap()), Default::default());
}

#[test]
fn with_its_commented_settings_it_names_every_one() {
    let is_setting =
        |line: &str| line.starts_with('[') || line.split_once(" = ").is_some_and(|(name, _)| !name.contains(' '));
    let uncommented = example()
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|rest| is_setting(rest)).unwrap_or(line).to_owned() + "\n")
        .collect::<String>();
    // Taken apart by name, so that a new setting does not compile until it is looked for here.
    let ConfigFile {
        server,
        data_dir,
        theme,
        clipboard,
        log_level,
        auth,
        llm,
        eval,
        attention,
        book,
        sources,
        views,
        voice,
        keys,
        screen,
    } = parse(&uncommented);
    let AuthFile { issuer, client_id, scopes, resource, store } = auth.unwrap();
    assert!(server.is_some() && data_dir.is_some());
    assert!(theme.is_some() && clipboard.is_some() && log_level.is_some());
    assert!(issuer.is_some() && client_id.is_some() && scopes.is_some() && resource.is_some() && store.is_some());
    let LlmFile { settings, profiles } = llm.unwrap();
    assert!(!profiles.is_empty());
    let LlmSettings {
        base_url,
        model,
        planner,
        store,
        rounds,
        tool_calls,
        call_seconds,
        run_seconds,
        input_tokens,
        output_tokens,
        daily_tokens,
        concurrency,
        share_activity,
        allowed,
    } = settings;
    assert!(base_url.is_some() && model.is_some() && planner.is_some() && store.is_some());
    assert!(rounds.is_some() && tool_calls.is_some() && call_seconds.is_some() && run_seconds.is_some());
    assert!(input_tokens.is_some() && output_tokens.is_some() && daily_tokens.is_some() && concurrency.is_some());
    assert!(share_activity.is_some() && !allowed.unwrap().is_empty());
    let EvalLimits {
        removed_lines: _,
        unknown_ids: _,
        refused_calls: _,
        carried: _,
        causes: _,
        retold_lines: _,
        foreign_lines: _,
        repeated_lines: _,
        own_lines: _,
        shown_lines: _,
        tokens: _,
        first_point_ms: _,
    } = eval.unwrap();
    let limits = uncommented.parse::<toml::Table>().unwrap()["eval"].as_table().unwrap().len();
    assert_eq!(limits, 12, "each of them is named");
    let AttentionFile { time, weights, minutes } = attention.unwrap();
    assert!(time.is_some() && weights.unwrap().len() == Kind::ALL.len() && minutes.unwrap().len() == Kind::ALL.len());
    let BookConfig { primary_metric, sources: order } = book.unwrap();
    assert!(primary_metric.is_some() && order.is_empty());
    let SourceConfig { currency } = sources.unwrap().into_values().next().unwrap();
    assert!(currency.is_some());
    assert!(!views.unwrap().is_empty());
    assert!(!keys.unwrap().0.is_empty());
    let ScreenConfig { mouse: _, title: _, notify: _ } = screen.unwrap();
    assert_eq!(uncommented.parse::<toml::Table>().unwrap()["screen"].as_table().unwrap().len(), 3);
    let Voice { sender, title, company, product, sign_off, register, tone, language } = voice.unwrap();
    assert!(
        sender.is_some()
            && title.is_some()
            && company.is_some()
            && product.is_some()
            && sign_off.is_some()
            && language.is_some()
    );
    assert_eq!((register, tone), (Register::Informal, Tone::Warm));
}
