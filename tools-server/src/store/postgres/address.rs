//! From a database URL to how it is connected to.

use std::{net::IpAddr, str::FromStr};

use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::{PgConnectOptions, PgSslMode};

/// The port on which PgBouncer listens unless told otherwise.
const PGBOUNCER_PORT: u16 = 6432;

/// A database URL that cannot be used. Never shows the URL, which holds a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is not a URL of PostgreSQL, such as postgres://user:password@host/database")]
pub struct InvalidDatabaseUrl;

/// How the URL is connected to. Every host but this machine must prove its name with a certificate.
pub(super) fn connect_options(url: &SecretString) -> Result<PgConnectOptions, InvalidDatabaseUrl> {
    let url = without_channel_binding(url.expose_secret());
    let is_postgres = url.starts_with("postgres://") || url.starts_with("postgresql://");
    let options = PgConnectOptions::from_str(&url).ok().filter(|_| is_postgres).ok_or(InvalidDatabaseUrl)?;
    // Strict poolers refuse this start-up parameter; numbers travel in binary form and do not need it.
    let options = options.extra_float_digits(None);
    // Weaker modes accept any certificate, even `require`.
    Ok(if is_local(&options) { options } else { options.ssl_mode(PgSslMode::VerifyFull) })
}

/// Whether the server is this machine, so that nobody can stand in between.
pub(super) fn is_local(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    let loopback = host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    loopback || host == "localhost" || options.get_socket().is_some()
}

/// Whether the address is a pooler's by its looks: Neon's have `-pooler` at the end of the host's first label, and
/// PgBouncer has a port of its own.
pub(super) fn looks_pooled(options: &PgConnectOptions) -> bool {
    let endpoint = options.get_host().split('.').next().unwrap_or_default();
    endpoint.ends_with("-pooler") || options.get_port() == PGBOUNCER_PORT
}

/// The URL without `channel_binding`, which sqlx does not know.
fn without_channel_binding(url: &str) -> String {
    let Some((base, query)) = url.split_once('?') else { return url.to_owned() };
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("channel_binding=")).collect();
    if kept.len() < query.split('&').count() {
        tracing::info!("channel_binding in the database URL is left out: the driver does not support it");
    }
    format!("{base}?{}", kept.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(url: &str) -> Result<PgConnectOptions, InvalidDatabaseUrl> {
        connect_options(&url.into())
    }

    #[test]
    fn another_machine_must_prove_its_name_whatever_the_url_says() {
        let modes = [
            ("postgres://u:p@db.example.com/d", true),
            ("postgres://u:p@db.example.com/d?sslmode=disable", true),
            ("postgres://u:p@db.example.com/d?sslmode=allow", true),
            ("postgres://u:p@db.example.com/d?sslmode=prefer", true),
            ("postgres://u:p@db.example.com/d?sslmode=verify-ca", true),
            ("postgresql://u:p@db.example.com/d?sslmode=require&channel_binding=require", true),
            ("postgres://u:p@ep-cool-1-pooler.eu.neon.tech:6432/d?sslmode=disable", true),
            ("postgres://u:p@d/d?host=db.example.com&sslmode=disable", true),
            ("postgres://u:p@10.0.0.7/d", true),
            ("postgres://u:p@localhost.example.com/d", true),
            ("postgres://u:p@127.0.0.1:5433/d", false),
            ("postgres://u:p@localhost/d", false),
            ("postgres://u:p@[::1]/d", false),
            ("postgres://u:p@localhost/d?host=/run/postgresql", false),
        ];
        for (url, verified) in modes {
            let options = options(url).expect("a PostgreSQL URL");
            assert_eq!(matches!(options.get_ssl_mode(), PgSslMode::VerifyFull), verified, "{url}");
        }
    }

    #[test]
    fn a_pooler_is_known_by_its_host_or_port() {
        let addresses = [
            ("postgres://u:p@ep-cool-1-pooler.eu.neon.tech/d", true),
            ("postgres://u:p@127.0.0.1:6432/d", true),
            ("postgres://u:p@ep-cool-1.eu.neon.tech/d", false),
            ("postgres://u:p@ep-cool-1.my-pooler.example.com/d", false),
            ("postgres://u:p@127.0.0.1/d", false),
        ];
        for (url, pooled) in addresses {
            assert_eq!(looks_pooled(&options(url).expect("a PostgreSQL URL")), pooled, "{url}");
        }
    }

    #[test]
    fn channel_binding_is_left_out_and_nothing_else() {
        let url = "postgres://u@h/d?sslmode=require&channel_binding=require&application_name=x";
        assert_eq!(without_channel_binding(url), "postgres://u@h/d?sslmode=require&application_name=x");
    }

    #[test]
    fn what_is_no_url_is_refused_without_repeating_it() {
        for url in ["", "secret", "mysql://u:secret@h/d", "postgres://u:secret@h:port/d"] {
            let error = options(url).expect_err("not a PostgreSQL URL");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
}
