//! What a configuration may not say.

use std::{fs, path::Path};

use cs_copilot::config::{Config, ConfigFile, GlobalArgs, ServerUrl};

fn told(text: &str) -> String {
    ConfigFile::parse(Path::new("config.toml"), text).unwrap_err().to_string()
}

#[test]
fn a_wrong_setting_is_told_with_file_line_and_what_is_allowed() {
    let table = [
        (
            "theme = \"auto\"\ncolour = \"blue\"",
            "config.toml, line 2: unknown field `colour`, expected one of `server`, `data_dir`, `theme`, `clipboard`, `log_level`, `auth`, `llm`, `eval`, `attention`, `book`, `sources`, `voice`, `views`, `keys`, `screen`",
        ),
        (
            "# ours\n\ntheme = \"blue\"",
            "config.toml, line 3: unknown variant `blue`, expected one of `auto`, `dark`, `light`, `mono`",
        ),
        (
            "clipboard = \"on\"",
            "config.toml, line 1: unknown variant `on`, expected one of `auto`, `native`, `osc52`, `tmux`, `off`",
        ),
        (
            "[auth]\nissuer = \"http://clerk.example.com\"",
            "config.toml, line 2: plain http would send your customers' data unprotected: use https (http is for this machine only)",
        ),
        (
            "[llm]\nbase_url = \"http://llm.example.com/v1\"",
            "config.toml, line 2: plain http would send your customers' data unprotected: use https (http is for this machine only)",
        ),
        ("[llm]\nrounds = 0", "config.toml, line 2: invalid value: integer `0`, expected a nonzero u32"),
        (
            "[llm]\nkey = \"x\"",
            "config.toml, line 2: unknown field `key`, expected one of `base_url`, `model`, `planner`, `store`, `rounds`, `tool_calls`, `call_seconds`, `run_seconds`, `input_tokens`, `output_tokens`, `daily_tokens`, `concurrency`, `share_activity`, `allowed`",
        ),
        (
            "[llm]\nkeys = [\"sk-1\"]\n",
            "config.toml, line 2: unknown field `keys`, expected one of `base_url`, `model`, `planner`, `store`, `rounds`, `tool_calls`, `call_seconds`, `run_seconds`, `input_tokens`, `output_tokens`, `daily_tokens`, `concurrency`, `share_activity`, `allowed`",
        ),
        ("[llm.local]\nrounds = 0", "config.toml, line 2: invalid value: integer `0`, expected a nonzero u32"),
        (
            "[sources.crm]\ncurrency = \"dollars\"",
            "config.toml, line 2: it is not a currency of three letters such as USD",
        ),
        (
            "[book]\nsources = [\"our crm\"]",
            "config.toml, line 2: not a valid source name: use 1 to 100 of A-Z a-z 0-9 . _ - and begin with a letter or digit",
        ),
        ("data_dir = \"data\"", "config.toml, line 1: write the whole path, or begin it with ~/"),
        (
            "server = \"http://tools.example.com\"",
            "config.toml, line 1: plain http would send your customers' data unprotected: use https (http is for this machine only)",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(told(text), expected);
    }
    assert!(told("theme = auto").starts_with("config.toml, line 1: "));
    assert!(told("theme = 3").starts_with("config.toml, line 1: "));
}

#[test]
fn a_server_address_protects_what_is_sent() {
    let good = [
        ("https://tools.example.com", "https://tools.example.com"),
        (" https://tools.example.com:8443/ ", "https://tools.example.com:8443"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://127.8.9.1", "http://127.8.9.1"),
        ("http://[::1]:80", "http://[::1]"),
    ];
    for (text, expected) in good {
        assert_eq!(text.parse::<ServerUrl>().unwrap().as_str(), expected);
    }
    let bad = [
        ("", "not a server address"),
        ("tools.example.com", "not a server address"),
        ("localhost:8080", "begins with https://"),
        ("ftp://tools.example.com", "begins with https://"),
        ("file:///etc/passwd", "begins with https://"),
        ("http://tools.example.com", "unprotected"),
        ("http://localhost.example.com", "unprotected"),
        ("http://127.0.0.1.example.com", "unprotected"),
        ("http://10.0.0.1", "unprotected"),
        ("http://0.0.0.0", "unprotected"),
        ("https://me:secret@tools.example.com", "no user name or password"),
        ("https://tools.example.com/path", "ends after the host and port"),
        ("https://tools.example.com/?key=1", "ends after the host and port"),
        ("https://tools.example.com/#x", "ends after the host and port"),
    ];
    for (text, expected) in bad {
        let told = text.parse::<ServerUrl>().unwrap_err().to_string();
        assert!(told.contains(expected), "{text}: {told}");
    }
}

#[test]
fn a_file_that_was_asked_for_has_to_be_there() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("mine.toml");
    let given = GlobalArgs { config: Some(file.clone()), data_dir: Some("/d".into()), ..GlobalArgs::default() };
    let told = Config::load(&given).unwrap_err().to_string();
    assert_eq!(told, format!("there is no configuration file {}: check --config or CS_COPILOT_CONFIG", file.display()));

    fs::write(&file, "theme = \"dark\"").unwrap();
    assert_eq!(Config::load(&given).unwrap().file, Some(file.clone()));

    fs::write(&file, b"theme = \"\xff\"").unwrap();
    let told = Config::load(&given).unwrap_err().to_string();
    assert!(told.starts_with(&format!("cannot read the configuration file {}: ", file.display())), "{told}");
}
