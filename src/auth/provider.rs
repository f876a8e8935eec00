//! The identity provider as this program talks to it.

use std::borrow::Cow;

use contracts::Line;
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, DeviceAuthorizationUrl, EndpointNotSet, EndpointSet, ErrorResponse,
    ErrorResponseType, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope, StandardErrorResponse,
    StandardRevocableToken, TokenUrl,
    basic::{BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse},
};
use reqwest::{Client, header::HeaderMap};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::OnceCell;

use super::{
    AuthError, Time,
    discovery::{self, Metadata, not_usable},
    tokens::{Granted, Tokens},
    wire::{self, Unanswered},
};
use crate::{config::AuthConfig, http};

/// The client of the `oauth2` crate: addresses are set from discovery, as each flow needs them.
pub(super) type Oauth<Auth = EndpointNotSet, Device = EndpointNotSet> = oauth2::Client<
    BasicErrorResponse,
    Granted,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    Auth,
    Device,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// Why the provider gave no tokens.
pub(super) type TokenError<T> = RequestTokenError<Unanswered, StandardErrorResponse<T>>;

/// The identity provider. Nothing is sent before the first call.
#[derive(Debug)]
pub(super) struct Provider {
    pub(super) config: AuthConfig,
    pub(super) time: Time,
    pub(super) http: Client,
    metadata: OnceCell<Metadata>,
}

impl Provider {
    pub(super) fn new(config: AuthConfig, time: Time) -> Result<Self, AuthError> {
        let http = http::client(config.issuer.is_protected(), HeaderMap::new())
            .map_err(|_| not_usable(&config.issuer, "this machine's root certificates cannot be read"))?;
        Ok(Self { config, time, http, metadata: OnceCell::new() })
    }

    /// What the provider says of itself, asked once.
    pub(super) async fn metadata(&self) -> Result<&Metadata, AuthError> {
        self.metadata.get_or_try_init(|| discovery::discover(&self.http, &self.config.issuer)).await
    }

    pub(super) async fn oauth(&self) -> Result<Oauth, AuthError> {
        let token_url = TokenUrl::from_url(self.metadata().await?.token_endpoint.clone());
        Ok(oauth2::Client::new(ClientId::new(self.config.client_id.clone())).set_token_uri(token_url))
    }

    pub(super) async fn oauth_for_device(&self) -> Result<Option<Oauth<EndpointNotSet, EndpointSet>>, AuthError> {
        let endpoint = self.metadata().await?.device_authorization_endpoint.clone();
        let Some(endpoint) = endpoint.map(DeviceAuthorizationUrl::from_url) else { return Ok(None) };
        Ok(Some(self.oauth().await?.set_device_authorization_url(endpoint)))
    }

    pub(super) async fn oauth_for_browser(&self) -> Result<Oauth<EndpointSet>, AuthError> {
        let endpoint = self.metadata().await?.authorization_endpoint.clone();
        let endpoint = endpoint.ok_or_else(|| not_usable(&self.config.issuer, "it offers no sign-in by browser"))?;
        Ok(self.oauth().await?.set_auth_uri(AuthUrl::from_url(endpoint)))
    }

    pub(super) fn scopes(&self) -> impl Iterator<Item = Scope> {
        self.config.scopes.iter().map(|scope| Scope::new(scope.to_owned()))
    }

    /// The audience, as every request for tokens has to name it (RFC 8707).
    pub(super) fn resource(&self) -> impl Iterator<Item = (&'static str, Cow<'static, str>)> {
        self.config.resource.clone().map(|resource| ("resource", Cow::from(resource))).into_iter()
    }

    /// Trades the code that the browser brought for tokens.
    pub(super) async fn redeem(
        &self,
        code: String,
        verifier: PkceCodeVerifier,
        redirect: RedirectUrl,
    ) -> Result<Tokens, AuthError> {
        let oauth = self.oauth().await?.set_redirect_uri(redirect);
        let mut request = oauth.exchange_code(AuthorizationCode::new(code)).set_pkce_verifier(verifier);
        for (name, value) in self.resource() {
            request = request.add_extra_param(name, value);
        }
        let http = |request| wire::exchange(self.http.clone(), request);
        let granted = request.request_async(&http).await.map_err(|error| self.explain(error))?;
        Ok(Tokens::granted(&granted, self.time.now(), None))
    }

    /// Trades the refresh token for new tokens. Every refresh token is good for one exchange.
    pub(super) async fn refresh(&self, before: &Tokens, refresh: &SecretString) -> Result<Tokens, AuthError> {
        let oauth = self.oauth().await?;
        let refresh = RefreshToken::new(refresh.expose_secret().to_owned());
        let mut request = oauth.exchange_refresh_token(&refresh);
        for (name, value) in self.resource() {
            request = request.add_extra_param(name, value);
        }
        let http = |request| wire::exchange(self.http.clone(), request);
        let granted = request.request_async(&http).await.map_err(|error| self.explain(error))?;
        Ok(Tokens::granted(&granted, self.time.now(), Some(before)))
    }

    /// Tells the provider that the tokens are no longer wanted. Whether it offers that at all.
    pub(super) async fn revoke(&self, tokens: &Tokens) -> Result<bool, AuthError> {
        let Some(endpoint) = self.metadata().await?.revocation_endpoint.clone() else { return Ok(false) };
        let (token, hint) = match &tokens.refresh {
            Some(refresh) => (refresh, "refresh_token"),
            None => (&tokens.access, "access_token"),
        };
        let client_id = self.config.client_id.as_str();
        let form = [("token", token.expose_secret()), ("token_type_hint", hint), ("client_id", client_id)];
        match wire::answer(self.http.post(endpoint).form(&form)).await {
            Ok((status, _)) if status.is_success() => Ok(true),
            Ok((status, _)) => Err(AuthError::Refused(Line::new(&format!("it answered HTTP {}", status.as_u16())))),
            Err(_) => Err(AuthError::Unreachable(self.config.issuer.clone())),
        }
    }

    /// What a failed exchange means. Nothing of an answer that cannot be read is repeated: it may hold tokens.
    pub(super) fn explain<T: ErrorResponseType>(&self, error: TokenError<T>) -> AuthError
    where
        StandardErrorResponse<T>: ErrorResponse,
    {
        match error {
            RequestTokenError::ServerResponse(error) => {
                let code = serde_json::to_value(error.error()).ok();
                match code.as_ref().and_then(|code| code.as_str()) {
                    Some("invalid_grant") => AuthError::Ended,
                    Some("access_denied") => AuthError::Denied,
                    Some("expired_token") => AuthError::TooLate,
                    code => {
                        let code = code.unwrap_or("no reason given");
                        let more = error.error_description().map(|text| format!(", {text}")).unwrap_or_default();
                        AuthError::Refused(Line::new(format!("{code}{more}").trim_end_matches('.')))
                    }
                }
            }
            RequestTokenError::Request(_) => AuthError::Unreachable(self.config.issuer.clone()),
            RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                not_usable(&self.config.issuer, "its answer has not the shape it should")
            }
        }
    }
}
