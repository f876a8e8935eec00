//! JWT access tokens (RFC 9068) as Clerk makes them. The key and the time are given.

use contracts::OrganisationId;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;

use super::{NumericDate, SignedIn, TokenRefused, TokenRules, owner, record};

/// The types of access tokens; ID and session tokens have another.
const TYPES: [&str; 2] = ["at+jwt", "application/at+jwt"];

/// How far the issuer's clock may be ahead of this server's, in seconds.
const LEEWAY_SECS: i64 = 60;

/// A token whose header is one of an access token's, and which may still be anybody's.
pub(super) struct Unverified<'a> {
    token: &'a str,
    pub(super) key_id: String,
}

/// What is asked of a token. Whatever else it says decides nothing.
#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    client_id: String,
    iat: NumericDate,
    exp: NumericDate,
    nbf: Option<NumericDate>,
    org_id: Option<OrganisationId>,
    #[serde(default)]
    aud: Audience,
}

/// One audience, or several, or none.
#[derive(Default, Deserialize)]
#[serde(untagged)]
pub(super) enum Audience {
    One(String),
    Many(Vec<String>),
    #[default]
    None,
}

impl Audience {
    pub(super) fn check(&self, rules: &TokenRules) -> Result<(), TokenRefused> {
        let Some(expected) = &rules.audience else { return Ok(()) };
        let meant = match self {
            Self::One(audience) => audience == expected,
            Self::Many(audiences) => audiences.contains(expected),
            Self::None => false,
        };
        if meant { Ok(()) } else { Err(TokenRefused::Audience) }
    }
}

impl<'a> Unverified<'a> {
    /// Reads the header.
    pub(super) fn read(token: &'a str) -> Result<Self, TokenRefused> {
        let header = decode_header(token).map_err(|_| TokenRefused::Malformed)?;
        if header.alg != Algorithm::RS256 {
            return Err(TokenRefused::Algorithm);
        }
        let typ = header.typ.unwrap_or_default();
        if !TYPES.iter().any(|access| typ.eq_ignore_ascii_case(access)) {
            return Err(TokenRefused::Type);
        }
        // An extension that must be understood is not.
        if header.crit.is_some() {
            return Err(TokenRefused::Malformed);
        }
        Ok(Self { token, key_id: header.kid.ok_or(TokenRefused::UnknownKey)? })
    }

    /// Verifies the signature first, and then what the token says.
    pub(super) fn verify(&self, key: &DecodingKey, rules: &TokenRules, now: i64) -> Result<SignedIn, TokenRefused> {
        // The library checks the signature alone: it reads the wall clock, and takes a list for an issuer.
        let mut signature_alone = Validation::new(Algorithm::RS256);
        signature_alone.required_spec_claims.clear();
        signature_alone.validate_exp = false;
        signature_alone.validate_aud = false;
        let claims = decode::<Claims>(self.token, key, &signature_alone).map_err(|error| match error.kind() {
            jsonwebtoken::errors::ErrorKind::InvalidSignature => TokenRefused::Signature,
            _ => TokenRefused::Malformed,
        })?;
        record(&claims.claims.client_id, &claims.claims.sub);
        claims.claims.check(rules, now)
    }
}

impl Claims {
    fn check(self, rules: &TokenRules, now: i64) -> Result<SignedIn, TokenRefused> {
        if self.iss != rules.issuer.as_str() {
            return Err(TokenRefused::Issuer);
        }
        self.aud.check(rules)?;
        if !rules.client_ids.contains(&self.client_id) {
            return Err(TokenRefused::Client);
        }
        if self.exp.0 <= now {
            return Err(TokenRefused::Expired);
        }
        if self.iat.max(self.nbf.unwrap_or(self.iat)).0 > now.saturating_add(LEEWAY_SECS) {
            return Err(TokenRefused::NotYetValid);
        }
        Ok(SignedIn { owner: owner(&self.sub)?, organisation: self.org_id, expires: Some(self.exp.0) })
    }
}
