//! The HTTP client that everything here calls out with: one TLS, one set of root certificates, no redirects.

use std::{sync::Once, time::Duration};

use reqwest::{Client, ClientBuilder, header::HeaderMap, redirect};

/// How long an unused connection is kept: less than a tools server keeps it, so that no request meets a closing one.
const IDLE: Duration = Duration::from_secs(20);

const USER_AGENT: &str = concat!("cs-copilot/", env!("CARGO_PKG_VERSION"));

/// A client for one server, whose address is protected or on this machine, with one pool of connections, which sends
/// `headers` with every request. What is sent is meant for one address, so redirects are not followed.
///
/// # Errors
/// This machine's root certificates cannot be used.
pub(crate) fn client(is_protected: bool, headers: HeaderMap) -> Result<Client, reqwest::Error> {
    install_crypto();
    let builder = ClientBuilder::new()
        .redirect(redirect::Policy::none())
        .pool_idle_timeout(IDLE)
        .user_agent(USER_AGENT)
        .default_headers(headers);
    // Plain HTTP goes to this machine alone: no proxy belongs in between, and no root certificates are loaded.
    let builder = if is_protected { builder } else { builder.no_proxy().tls_certs_only([]) };
    builder.build()
}

fn install_crypto() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        // An error means that the process already has a provider, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
