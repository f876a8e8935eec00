//! Why an access token is not accepted: a word for the log, a sentence for the caller. Neither holds the token.

use contracts::{ErrorCode, WireError};

/// Why a token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenRefused {
    #[error("it cannot be read")]
    Malformed,
    #[error("it is not signed with RS256")]
    Algorithm,
    #[error("it is not an access token")]
    Type,
    #[error("its key is none of the issuer's")]
    UnknownKey,
    #[error("its signature does not match")]
    Signature,
    #[error("it comes from another issuer")]
    Issuer,
    #[error("it is meant for another server")]
    Audience,
    #[error("it was given to an application that is not accepted here")]
    Client,
    #[error("it names no user")]
    Subject,
    #[error("it has expired")]
    Expired,
    #[error("it is not valid yet")]
    NotYetValid,
    #[error("the provider does not know it")]
    UnknownToken,
    #[error("it was revoked")]
    Revoked,
    #[error("it is an opaque one, and this server takes JWTs only")]
    Opaque,
    #[error("the provider cannot be asked")]
    ProviderDown,
}

impl TokenRefused {
    /// The word for the log.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Malformed => "token_malformed",
            Self::Algorithm => "token_algorithm",
            Self::Type => "token_type",
            Self::UnknownKey => "token_unknown_key",
            Self::Signature => "token_signature",
            Self::Issuer => "token_issuer",
            Self::Audience => "token_audience",
            Self::Client => "token_client",
            Self::Subject => "token_subject",
            Self::Expired => "token_expired",
            Self::NotYetValid => "token_not_yet_valid",
            Self::UnknownToken => "token_unknown",
            Self::Revoked => "token_revoked",
            Self::Opaque => "token_opaque",
            Self::ProviderDown => "provider_down",
        }
    }
}

impl From<TokenRefused> for WireError {
    fn from(refused: TokenRefused) -> Self {
        let remedy = match refused {
            TokenRefused::ProviderDown => {
                let message = "The sign-in provider cannot be reached from the server just now; try again in a moment.";
                return Self::new(ErrorCode::Unavailable, message);
            }
            TokenRefused::Opaque => "ask its operator to set auth.clerk_secret_key",
            TokenRefused::Issuer | TokenRefused::Audience | TokenRefused::Client | TokenRefused::UnknownKey => {
                "sign in again, and check that client and server have the same sign-in settings"
            }
            TokenRefused::NotYetValid => "check the server's clock and try again",
            _ => "sign in again",
        };
        Self::new(ErrorCode::Unauthorized, format!("The access token is refused: {refused}; {remedy}."))
    }
}
