//! Sign-in by a code that is confirmed on any device (RFC 8628).

use std::{sync::Arc, time::Duration};

use contracts::Line;
use oauth2::{DeviceAuthorizationResponse, EmptyExtraDeviceAuthorizationFields};
use reqwest::Url;

use super::{AuthError, Prompt, discovery::not_usable, provider::Provider, tokens::Tokens, wire};

type Codes = DeviceAuthorizationResponse<EmptyExtraDeviceAuthorizationFields>;

/// The longest pause between two polls while the network is down, once slowed down by nothing else.
const MAX_BACKOFF: Duration = Duration::from_secs(60);

/// A code that waits to be confirmed.
#[derive(Debug)]
pub(super) struct DeviceAttempt {
    provider: Arc<Provider>,
    codes: Codes,
    prompt: Prompt,
}

impl DeviceAttempt {
    /// Asks for a code; `None` where the provider offers none.
    pub(super) async fn begin(provider: Arc<Provider>) -> Result<Option<Self>, AuthError> {
        let Some(oauth) = provider.oauth_for_device().await? else { return Ok(None) };
        let mut request = oauth.exchange_device_code().add_scopes(provider.scopes());
        for (name, value) in provider.resource() {
            request = request.add_extra_param(name, value);
        }
        let http = |request| wire::exchange(provider.http.clone(), request);
        let codes: Codes = request.request_async(&http).await.map_err(|error| provider.explain(error))?;
        let complete = codes.verification_uri_complete().map(|link| link.secret().as_str());
        let link = Url::parse(complete.unwrap_or(codes.verification_uri().as_str())).ok();
        let link = link.filter(|link| provider.config.issuer.vouches_for(link));
        let address = link.ok_or_else(|| not_usable(&provider.config.issuer, "its address for codes is not one"))?;
        let code = Some(Line::new(codes.user_code().secret()));
        let prompt = Prompt { address: address.into(), code, lives: codes.expires_in() };
        Ok(Some(Self { provider, codes, prompt }))
    }

    pub(super) fn prompt(&self) -> &Prompt {
        &self.prompt
    }

    /// Asks at the provider's pace until the user has decided or the code has ended.
    pub(super) async fn finish(self) -> Result<Tokens, AuthError> {
        let Self { provider, codes, .. } = self;
        let oauth = provider.oauth().await?;
        let time = &provider.time;
        let request = oauth.exchange_device_access_token(&codes).set_time_fn(|| time.now());
        let mut request = request.set_max_backoff_interval(MAX_BACKOFF);
        for (name, value) in provider.resource() {
            request = request.add_extra_param(name, value);
        }
        let http = |request| wire::exchange(provider.http.clone(), request);
        let granted = request.request_async(&http, |pause| time.sleep(pause), None).await;
        let granted = granted.map_err(|error| match provider.explain(error) {
            // A code that the provider no longer knows.
            AuthError::Ended => AuthError::TooLate,
            other => other,
        })?;
        Ok(Tokens::granted(&granted, time.now(), None))
    }
}
