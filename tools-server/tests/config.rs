//! Configuration: layers, refusals, and the example that is shipped.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use tools_server::{
    Authority,
    config::{AuthLayer, Database, Layer, LimitsLayer},
    store::Pooled,
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
    let Layer {
        database,
        master_key,
        master_key_previous,
        bind,
        authority,
        metrics_bind,
        log,
        auth: AuthLayer { issuer, client_ids, audience, clerk_secret_key, clerk_api_url },
        limits: LimitsLayer { requests_per_minute, sessions_per_minute, proxies, rows },
        service_clients,
    } = file(example);
    assert!(database.url.is_some() && database.direct_url.is_some() && database.pooled.is_some());
    let complete = metrics_bind.is_some() && bind.is_some() && authority.is_some() && log.is_some();
    assert!(complete && master_key_previous.is_some(), "every setting is in the example");
    assert!(clerk_secret_key.is_some() && issuer.is_some() && client_ids.is_some() && audience.is_some());
    assert_eq!(clerk_api_url.as_deref(), Some("https://api.clerk.com"), "the default");
    assert_eq!((requests_per_minute, sessions_per_minute), (Some(6000), Some(120)), "the defaults");
    assert_eq!(rows.map(u64::from), Some(Layer::default().rows().unwrap()), "the default");
    assert!(proxies.is_some() && service_clients.len() == 1);
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
        "TOOLS_AUTH_ISSUER",
        "TOOLS_AUTH_CLIENT_IDS",
        "TOOLS_AUTH_AUDIENCE",
        "TOOLS_AUTH_CLERK_SECRET_KEY",
        "TOOLS_AUTH_CLERK_API_URL",
        "TOOLS_LIMITS_REQUESTS_PER_MINUTE",
        "TOOLS_LIMITS_SESSIONS_PER_MINUTE",
        "TOOLS_LIMITS_PROXIES",
        "TOOLS_LIMITS_ROWS",
    ] {
        assert!(example.contains(variable), "{variable} is in the example");
    }
}

#[test]
fn sign_in_is_configured_whole_or_not_at_all() {
    let auth = |variables: &[(&str, &str)]| env(&[&[("TOOLS_MASTER_KEY", KEY)], variables].concat());
    assert!(auth(&[]).serving().unwrap().token_rules.is_none(), "everybody is a guest");
    let issuer = ("TOOLS_AUTH_ISSUER", "https://clerk.example.com");
    let clients = ("TOOLS_AUTH_CLIENT_IDS", "one, two");
    let rules = auth(&[issuer, clients]).serving().unwrap().token_rules.unwrap();
    assert_eq!((rules.issuer.as_str(), rules.client_ids), (issuer.1, vec!["one".to_owned(), "two".to_owned()]));
    assert!(rules.audience.is_none() && rules.clerk.is_none());
    assert!(refused(&auth(&[issuer])).contains("set TOOLS_AUTH_CLIENT_IDS"));
    assert!(refused(&auth(&[issuer, ("TOOLS_AUTH_CLIENT_IDS", ", ")])).contains("set TOOLS_AUTH_CLIENT_IDS"));
    assert!(refused(&auth(&[clients])).contains("set TOOLS_AUTH_ISSUER"));
    for bad in ["http://clerk.example.com", "clerk.example.com", "https://user:hunter2@clerk.example.com", "ftp://x"] {
        let line = refused(&auth(&[("TOOLS_AUTH_ISSUER", bad), clients]));
        assert!(line.starts_with("TOOLS_AUTH_ISSUER is "), "{line}");
    }
    auth(&[("TOOLS_AUTH_ISSUER", "http://127.0.0.1:9000"), clients]).serving().unwrap();
    let opaque = [issuer, clients, ("TOOLS_AUTH_CLERK_SECRET_KEY", "sk_test_hunter2")];
    let clerk = auth(&opaque).serving().unwrap().token_rules.unwrap().clerk.unwrap();
    assert_eq!(clerk.url.as_str(), "https://api.clerk.com");
    assert!(!format!("{clerk:?} {:?}", auth(&opaque)).contains("hunter2"));
}

#[test]
fn limits_are_numbers_that_make_sense() {
    let limits = |name: &str, value: &str| env(&[("TOOLS_MASTER_KEY", KEY), (name, value)]);
    let read = limits("TOOLS_LIMITS_REQUESTS_PER_MINUTE", "5").serving().unwrap().limits;
    assert_eq!((read.requests_per_minute.get(), read.sessions_per_minute.get(), read.proxies), (5, 120, 0));
    for (name, value) in [
        ("TOOLS_LIMITS_REQUESTS_PER_MINUTE", "0"),
        ("TOOLS_LIMITS_SESSIONS_PER_MINUTE", "many"),
        ("TOOLS_LIMITS_PROXIES", "-1"),
        ("TOOLS_LIMITS_PROXIES", "11"),
    ] {
        assert!(refused(&limits(name, value)).starts_with(&format!("{name} must be a number")), "{name}={value}");
    }
    let rows = |value: &str| limits("TOOLS_LIMITS_ROWS", value).rows();
    assert_eq!(rows("5").unwrap(), 5);
    for value in ["0", "many"] {
        assert!(rows(value).unwrap_err().to_string().starts_with("TOOLS_LIMITS_ROWS must be a number"), "{value}");
    }
}

#[test]
fn a_service_has_a_name_strong_secrets_and_owners() {
    let secret = "s".repeat(32);
    let service = |name: &str, secrets: &str, owners: &str| {
        let text = format!("[[service_clients]]\nname = '{name}'\nsecrets = [{secrets}]\nowners = [{owners}]\n");
        env(&[("TOOLS_MASTER_KEY", KEY)]).over(file(&text))
    };
    let good = service("web", &format!("'{secret}', '{secret}2'"), "'public'").serving().unwrap();
    assert_eq!((good.service_clients.len(), good.service_clients[0].secrets.len()), (1, 2));
    assert!(!good.service_clients[0].legacy);
    let marked = service("web", &format!("'{secret}'"), "'public']\nlegacy = true #").serving().unwrap();
    assert!(marked.service_clients[0].legacy);
    assert!(!format!("{:?}", good.service_clients).contains(&secret));
    for (name, secrets, expected) in [
        ("web", "'short'", "the service web cannot be used: the secret of a service needs 32 bytes"),
        ("web", "", "the service web has 0 secrets"),
        ("web", "'a', 'b', 'c'", "the service web has 3 secrets"),
        ("we.b", "'a'", "a name of service_clients is \"we.b\""),
        ("", "'a'", "a name of service_clients is \"\""),
    ] {
        let line = refused(&service(name, secrets, "'public'"));
        assert!(line.starts_with(expected), "{line}");
    }
    let owner = Layer::from_toml(Path::new("s.toml"), "[[service_clients]]\nname='w'\nsecrets=[]\nowners=['../x']");
    assert!(owner.unwrap_err().to_string().contains("not a valid owner id"));
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
