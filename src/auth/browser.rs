//! Sign-in by the browser on this machine: authorization code with PKCE, answered on a loopback port (RFC 8252).

use std::{net::Ipv4Addr, sync::Arc, time::Duration};

use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl};
use tokio::net::TcpListener;

use super::{AuthError, Prompt, callback, provider::Provider, tokens::Tokens};

/// How long the browser may take.
pub(super) const LIMIT: Duration = Duration::from_secs(120);

/// A browser that is waited for.
#[derive(Debug)]
pub(super) struct BrowserAttempt {
    provider: Arc<Provider>,
    listener: TcpListener,
    redirect: RedirectUrl,
    state: CsrfToken,
    verifier: PkceCodeVerifier,
    prompt: Prompt,
}

impl BrowserAttempt {
    /// Listens on a free port and makes the address to open.
    pub(super) async fn begin(provider: Arc<Provider>) -> Result<Self, AuthError> {
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let bound = bound.and_then(|listener| Ok((listener.local_addr()?.port(), listener)));
        let (port, listener) = bound.map_err(|error| AuthError::NoPort(error.to_string()))?;
        let redirect = RedirectUrl::new(format!("http://127.0.0.1:{port}{}", callback::PATH))
            .expect("a loopback address is a URL");
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let oauth = provider.oauth_for_browser().await?.set_redirect_uri(redirect.clone());
        let mut request =
            oauth.authorize_url(CsrfToken::new_random).add_scopes(provider.scopes()).set_pkce_challenge(challenge);
        // Without it the provider would leave that scope out (OpenID Connect Core, section 11).
        if provider.config.scopes.iter().any(|scope| scope == "offline_access") {
            request = request.add_extra_param("prompt", "consent");
        }
        for (name, value) in provider.resource() {
            request = request.add_extra_param(name, value);
        }
        let (address, state) = request.url();
        let prompt = Prompt { address: address.into(), code: None, lives: LIMIT };
        Ok(Self { provider, listener, redirect, state, verifier, prompt })
    }

    pub(super) fn prompt(&self) -> &Prompt {
        &self.prompt
    }

    /// Waits for the browser, and trades what it brings for tokens.
    pub(super) async fn finish(self) -> Result<Tokens, AuthError> {
        let Self { provider, listener, redirect, state, verifier, .. } = self;
        let issuer = provider.config.issuer.clone();
        let code = tokio::select! {
            code = callback::receive(listener, state.into_secret(), issuer) => code?,
            () = provider.time.sleep(LIMIT) => return Err(AuthError::TooLate),
        };
        provider.redeem(code, verifier, redirect).await
    }
}
