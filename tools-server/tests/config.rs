//! Configuration: layers, refusals, and the example that is shipped.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use tools_server::{
    Authority,
    config::{Database, Layer, Pooled},
};

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn file(text: &str) -> Layer {
    Layer::from_toml(Path::new("server.toml"), text).unwrap()
}

fn env(variables: &[(&str, &str)]) -> Layer {
    Layer::from_env(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
}

fn refused(layer: &Layer) -> String {
    let line = layer.serving().unwrap_err().to_string();
    assert!(!line.contains('\n'), "{line:?} is one line");
    line
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let file = file("bind = '127.0.0.1:1001'\nauthority = 'file.example.com'\nlog = 'debug'");
    let env =
        env(&[("TOOLS_BIND", "127.0.0.1:1002"), ("TOOLS_AUTHORITY", "env.example.com"), ("TOOLS_MASTER_KEY", KEY)]);
    let flags = Layer { bind: Some("127.0.0.1:1003".into()), ..Layer::default() };
    let merged = flags.over(env).over(file);
    assert_eq!(merged.log(), "debug");
    let serving = merged.serving().unwrap();
    assert_eq!((serving.bind.port(), serving.authority.as_str()), (1003, "env.example.com"));
}

#[test]
fn an_empty_variable_is_not_set() {
    assert!(refused(&env(&[("TOOLS_MASTER_KEY", "")])).contains("no master key"));
}

#[test]
fn every_refusal_names_the_variable_and_what_to_do() {
    let good = || env(&[("TOOLS_MASTER_KEY", KEY)]);
    good().serving().unwrap();
    assert!(refused(&Layer::default()).contains("set TOOLS_MASTER_KEY to what `tools-server keygen` prints"));
    let weak = env(&[("TOOLS_MASTER_KEY", "c2hvcnQ=")]);
    assert!(refused(&weak).starts_with("TOOLS_MASTER_KEY cannot be used: a master key needs 32 bytes"));
    assert!(!refused(&weak).contains("c2hvcnQ"), "it does not repeat the key");
    let weak = Layer { master_key_previous: Some("c2hvcnQ=".into()), ..good() };
    assert!(refused(&weak).starts_with("TOOLS_MASTER_KEY_PREVIOUS cannot be used"));
    let bind = Layer { bind: Some("localhost".into()), ..good() };
    assert!(refused(&bind).starts_with("TOOLS_BIND is \"localhost\"; it must be an address and a port"));
    let bind = Layer { metrics_bind: Some("9187".into()), ..good() };
    assert!(refused(&bind).starts_with("TOOLS_METRICS_BIND is \"9187\"; it must be an address and a port"));
    for open in ["0.0.0.0:8787", "[::]:8787", "10.0.0.5:8787", "127.0.0.1:0"] {
        let line = refused(&Layer { bind: Some(open.into()), ..good() });
        assert!(line.contains("set TOOLS_AUTHORITY"), "{line}");
    }
    for bad in ["https://tools.example.com", "user@host", "host:port", "host:99999", "a b", "", "host/path"] {
        let line = refused(&Layer { authority: Some(bad.into()), ..good() });
        assert!(line.starts_with("TOOLS_AUTHORITY is "), "{line}");
    }
}

#[test]
fn the_authority_is_as_clients_sign_it() {
    for (text, authority) in [
        ("Tools.Example.com", "tools.example.com"),
        ("tools.example.com:443", "tools.example.com"),
        ("tools.example.com:80", "tools.example.com"),
        ("tools.example.com:8443", "tools.example.com:8443"),
        ("10.0.0.5:8080", "10.0.0.5:8080"),
        ("[::1]:8080", "[::1]:8080"),
        ("[::1]", "[::1]"),
    ] {
        assert_eq!(text.parse::<Authority>().unwrap().as_str(), authority);
    }
    for (address, authority) in
        [("127.0.0.1:8787", "127.0.0.1:8787"), ("[::1]:8787", "[::1]:8787"), ("127.0.0.1:80", "127.0.0.1")]
    {
        assert_eq!(Authority::from(address.parse::<std::net::SocketAddr>().unwrap()).as_str(), authority);
    }
}

#[test]
fn a_database_is_a_file_or_a_server() {
    let database = |url: &str| env(&[("DATABASE_URL", url)]).database();
    for url in ["sqlite:data/book.db", "sqlite://data/book.db"] {
        assert!(matches!(database(url).unwrap(), Database::Sqlite(path) if path == Path::new("data/book.db")));
    }
    assert!(
        matches!(database("sqlite:/srv/book.db").unwrap(), Database::Sqlite(path) if path == Path::new("/srv/book.db"))
    );
    let server = database("postgres://tools:hunter2@db.example.com/copilot").unwrap();
    assert!(matches!(&server, Database::Postgres(_)));
    assert!(!format!("{server:?}").contains("hunter2"));
    assert!(database("sqlite:").unwrap_err().to_string().starts_with("DATABASE_URL names no file"));
    assert!(database("").unwrap_err().to_string().contains("set DATABASE_URL"));
}

#[test]
fn a_pooler_is_said_or_guessed() {
    let pooled = |word: &str| {
        env(&[("DATABASE_URL", "postgres://h/d"), ("TOOLS_DATABASE_POOLED", word)]).database().map(|database| {
            let Database::Postgres(postgres) = database else { panic!("not a server") };
            postgres.pooled
        })
    };
    for (word, expected) in [("", Pooled::Auto), ("auto", Pooled::Auto), ("on", Pooled::On), ("off", Pooled::Off)] {
        assert_eq!(pooled(word).unwrap(), expected);
    }
    let refused = pooled("yes").unwrap_err().to_string();
    assert_eq!(refused, "TOOLS_DATABASE_POOLED is \"yes\"; it must be auto, on or off");
}

#[test]
fn a_mistake_in_the_file_is_found_by_line_and_column_and_not_quoted() {
    let mistakes = [
        ("log = 'info'\nport = 8787\n", "server.toml:2:1: unknown field `port`"),
        ("bind = 8787\n", "server.toml:1:8: invalid type"),
        ("log = 'info'\n\n  master_key = hunter2\n", "server.toml:3:"),
    ];
    for (text, expected) in mistakes {
        let line = Layer::from_toml(Path::new("server.toml"), text).unwrap_err().to_string();
        assert!(line.starts_with(expected), "{line}");
        assert!(!line.contains("hunter2"), "{line}");
        assert!(!line.contains('\n'), "{line:?} is one line");
    }
}

#[test]
fn the_example_is_complete_and_its_placeholders_are_no_keys() {
    let example = include_str!("../config.example.toml");
    let Layer { database, master_key, master_key_previous, bind, authority, metrics_bind, log } = file(example);
    assert!(database.url.is_some() && database.direct_url.is_some() && database.pooled.is_some());
    let complete = metrics_bind.is_some() && bind.is_some() && authority.is_some() && log.is_some();
    assert!(complete && master_key_previous.is_some(), "every setting is in the example");
    let shipped = Layer { master_key, bind, authority, ..Layer::default() };
    assert!(refused(&shipped).starts_with("TOOLS_MASTER_KEY cannot be used"));
    let serving = env(&[("TOOLS_MASTER_KEY", KEY)]).over(shipped).serving().unwrap();
    assert_eq!(serving.authority.as_str(), "tools.example.com");
    for variable in [
        "DATABASE_URL",
        "DATABASE_DIRECT_URL",
        "TOOLS_DATABASE_POOLED",
        "TOOLS_MASTER_KEY",
        "TOOLS_MASTER_KEY_PREVIOUS",
        "TOOLS_BIND",
        "TOOLS_AUTHORITY",
        "TOOLS_METRICS_BIND",
        "TOOLS_LOG",
    ] {
        assert!(example.contains(variable), "{variable} is in the example");
    }
}

#[test]
fn debug_prints_no_secret() {
    let layer = env(&[
        ("DATABASE_URL", "postgres://u:hunter2@h/d"),
        ("TOOLS_MASTER_KEY", KEY),
        ("TOOLS_MASTER_KEY_PREVIOUS", KEY),
    ]);
    let printed = format!("{layer:?} {:?}", layer.serving().unwrap());
    assert!(!printed.contains("hunter2") && !printed.contains(KEY), "{printed}");
}
