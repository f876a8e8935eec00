//! Signature v2: the covered components, the text that is signed, and its verification.

use std::{fmt::Write, str::FromStr};

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::Mac;
use sfv::{BareItem, DictSerializer, Dictionary, KeyRef, ListEntry, Parser, StringRef};
use sha2::{Digest, Sha256};

use super::keys::SigningKey;

/// How far a caller's clock may be off, in seconds; also the longest life of a signature.
pub const MAX_SKEW_SECS: i64 = 300;

/// The longest `Signature-Input` that is read, in bytes; keyids and nonces of this crate stay well below.
const MAX_INPUT_LEN: usize = 1024;
const LABEL: &str = "cs";
const TAG: &str = "cs-v2";
const COMPONENTS: [&str; 6] = ["@method", "@authority", "@path", "@query", "content-type", "content-digest"];

/// Why a signature is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// A header is absent, is no structured field, or covers other components.
    #[error("the request is not signed as this server expects")]
    Malformed,
    /// `created` is further from the server's clock than the window allows.
    #[error("the request's time is more than five minutes away from the server's")]
    ClockOff,
    /// The signature itself ended.
    #[error("the request's signature has expired")]
    Expired,
    /// Something that is signed was altered, or the key is another one.
    #[error("the signature does not match the request")]
    Mismatch,
}

/// A text that is no nonce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a nonce is 16 to 64 characters of base64url")]
pub struct InvalidNonce;

/// A text that is used once: 16 to 64 characters of base64url.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Nonce(String);

impl Nonce {
    /// The nonce as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Nonce {
    type Err = InvalidNonce;

    fn from_str(text: &str) -> Result<Self, InvalidNonce> {
        let valid = (16..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        if valid { Ok(Self(text.to_owned())) } else { Err(InvalidNonce) }
    }
}

/// The covered components of one request.
#[derive(Debug, Clone, Copy)]
pub struct SignedRequest<'a> {
    /// `POST`, `GET`, …
    pub method: &'a str,
    /// Host and, unless it is the scheme's own, port; lower case.
    pub authority: &'a str,
    /// The path as sent.
    pub path: &'a str,
    /// The query as sent, without its `?`.
    pub query: Option<&'a str>,
    /// The `Content-Type` header.
    pub content_type: &'a str,
    /// The `Content-Digest` header; see [`content_digest`].
    pub content_digest: &'a str,
}

/// The parameters of a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SigningParameters {
    /// When it was made, Unix seconds.
    pub created: i64,
    /// When it ends, Unix seconds.
    pub expires: i64,
    /// Used once.
    pub nonce: Nonce,
    /// The public half of the key.
    pub keyid: String,
}

impl SigningParameters {
    /// The one `Signature-Input` with these values; `None` where a value fits no structured field.
    fn signature_input(&self) -> Option<String> {
        let mut dict = DictSerializer::new();
        let mut list = dict.inner_list(KeyRef::from_str(LABEL).ok()?);
        for component in COMPONENTS {
            list.bare_item(StringRef::from_str(component).ok()?);
        }
        list.finish()
            .parameter(KeyRef::from_str("created").ok()?, sfv::Integer::try_from(self.created).ok()?)
            .parameter(KeyRef::from_str("expires").ok()?, sfv::Integer::try_from(self.expires).ok()?)
            .parameter(KeyRef::from_str("nonce").ok()?, StringRef::from_str(self.nonce.as_str()).ok()?)
            .parameter(KeyRef::from_str("keyid").ok()?, StringRef::from_str(&self.keyid).ok()?)
            .parameter(KeyRef::from_str("tag").ok()?, StringRef::from_str(TAG).ok()?);
        dict.finish()
    }
}

/// The `Content-Digest` of a body: `sha-256=:…:` (RFC 9530).
pub fn content_digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", BASE64_STANDARD.encode(Sha256::digest(body)))
}

/// The text that is signed (RFC 9421, section 2.5): a line a component, then the signature's own parameters.
pub fn signature_base(components: &[(&str, &str)], signature_params: &str) -> String {
    let mut base = String::with_capacity(512);
    for (name, value) in components {
        let _ = writeln!(base, "\"{name}\": {value}");
    }
    let _ = write!(base, "\"@signature-params\": {signature_params}");
    base
}

fn base_of(request: &SignedRequest<'_>, signature_input: &str) -> String {
    let query = format!("?{}", request.query.unwrap_or_default());
    let values =
        [request.method, request.authority, request.path, &query, request.content_type, request.content_digest];
    let components: Vec<_> = COMPONENTS.into_iter().zip(values).collect();
    let params = signature_input.split_once('=').map_or("", |(_, params)| params);
    signature_base(&components, params)
}

/// Signs a request. Returns the `Signature-Input` and the `Signature` header; `None` where a parameter fits no
/// structured field, which the keyids and nonces of this crate always do.
pub fn sign(key: &SigningKey, request: &SignedRequest<'_>, parameters: &SigningParameters) -> Option<(String, String)> {
    let input = parameters.signature_input()?;
    let mac = key.hmac(base_of(request, &input).as_bytes());
    let signature = format!("{LABEL}=:{}:", BASE64_STANDARD.encode(mac));
    Some((input, signature))
}

/// A signature as it came in, readable but not yet verified.
#[derive(Debug, Clone)]
pub struct Presented {
    /// Its parameters, of which nothing is to be believed before [`Presented::verify`].
    pub parameters: SigningParameters,
    input: String,
    mac: Vec<u8>,
}

impl Presented {
    /// Reads the two headers. Any other component list, order or parameter than this profile's is refused.
    pub fn parse(signature_input: &str, signature: &str) -> Result<Self, SignatureError> {
        if signature_input.len() > MAX_INPUT_LEN {
            return Err(SignatureError::Malformed);
        }
        let parameters = parse_input(signature_input).ok_or(SignatureError::Malformed)?;
        let canonical = parameters.signature_input().ok_or(SignatureError::Malformed)?;
        if canonical != signature_input {
            return Err(SignatureError::Malformed);
        }
        let mac = parse_signature(signature).ok_or(SignatureError::Malformed)?;
        Ok(Self { parameters, input: canonical, mac })
    }

    /// Whether the signature's time fits the server's, `now` in Unix seconds.
    pub fn check_time(&self, now: i64) -> Result<(), SignatureError> {
        let SigningParameters { created, expires, .. } = self.parameters;
        if (created - now).abs() > MAX_SKEW_SECS {
            return Err(SignatureError::ClockOff);
        }
        if expires < created || expires - created > MAX_SKEW_SECS {
            return Err(SignatureError::Malformed);
        }
        if expires < now {
            return Err(SignatureError::Expired);
        }
        Ok(())
    }

    /// Whether `key` signed `request`; compared in constant time.
    pub fn verify(&self, key: &SigningKey, request: &SignedRequest<'_>) -> Result<(), SignatureError> {
        key.mac()
            .chain_update(base_of(request, &self.input))
            .verify_slice(&self.mac)
            .map_err(|_| SignatureError::Mismatch)
    }
}

fn parse_input(header: &str) -> Option<SigningParameters> {
    let dict: Dictionary = Parser::new(header).parse().ok()?;
    let Some(ListEntry::InnerList(list)) = dict.get(LABEL) else { return None };
    let integer = |name: &str| match list.params.get(name)? {
        BareItem::Integer(value) => Some(i64::from(*value)),
        _ => None,
    };
    let string = |name: &str| match list.params.get(name)? {
        BareItem::String(value) => Some(value.as_str()),
        _ => None,
    };
    Some(SigningParameters {
        created: integer("created")?,
        expires: integer("expires")?,
        nonce: string("nonce")?.parse().ok()?,
        keyid: string("keyid")?.to_owned(),
    })
}

fn parse_signature(header: &str) -> Option<Vec<u8>> {
    let mac = header.strip_prefix(LABEL)?.strip_prefix("=:")?.strip_suffix(':')?;
    BASE64_STANDARD.decode(mac).ok()
}
