//! Master keys, the claims of a keyid, and the signing key derived from both.

use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretBox, SecretSlice, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{OrganisationId, OwnerId, session::CallerKind};

/// The shortest master key, in bytes.
const MIN_MASTER_LEN: usize = 32;
/// The longest keyid that is read, in bytes; the longest one this crate makes has under 400.
const MAX_KEYID_LEN: usize = 512;
const VERSION: u8 = 2;
const INFO: &[u8] = b"cs-v2";

/// A master key that is too short to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a master key needs 32 bytes or more, written in base64; make one with `tools-server keygen`")]
pub struct WeakMasterKey;

/// The server's secret, from which every signing key is derived.
#[derive(Clone)]
pub struct MasterKey {
    id: String,
    secret: SecretSlice<u8>,
}

impl MasterKey {
    /// A master key of these bytes, 32 or more. Its id is the beginning of a hash of them.
    pub fn new(secret: Vec<u8>) -> Result<Self, WeakMasterKey> {
        if secret.len() < MIN_MASTER_LEN {
            return Err(WeakMasterKey);
        }
        let digest = Sha256::new().chain_update(b"cs-master-id").chain_update(&secret).finalize();
        let id = BASE64_URL_SAFE_NO_PAD.encode(&digest[..6]);
        Ok(Self { id, secret: secret.into() })
    }

    /// A master key as configuration holds it: base64url or standard base64, with or without padding.
    pub fn from_base64(text: &SecretString) -> Result<Self, WeakMasterKey> {
        let text = text.expose_secret().trim().trim_end_matches('=').replace('+', "-").replace('/', "_");
        BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| WeakMasterKey).and_then(Self::new)
    }

    /// The key's public name.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({})", self.id)
    }
}

/// The master key in use and the one before it, so that keys rotate without downtime.
#[derive(Debug, Clone)]
pub struct MasterKeys {
    /// Derives every new key.
    pub current: MasterKey,
    /// Still accepted.
    pub previous: Option<MasterKey>,
}

impl MasterKeys {
    fn find(&self, id: &str) -> Option<&MasterKey> {
        [Some(&self.current), self.previous.as_ref()].into_iter().flatten().find(|key| key.id == id)
    }
}

/// A keyid that cannot be read, or that names a master key nobody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the keyid is not one of this server's")]
pub struct InvalidKeyId;

/// What a keyid says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyClaims {
    /// The format; 2.
    #[serde(rename = "v")]
    version: u8,
    /// Whose rows.
    #[serde(rename = "own")]
    pub owner: OwnerId,
    /// The organisation that the access token was given for. Carried, and decides nothing.
    #[serde(rename = "org", default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// What kind of caller.
    #[serde(rename = "knd")]
    pub kind: CallerKind,
    /// When the key was given, Unix seconds.
    #[serde(rename = "iat")]
    pub issued: i64,
    /// When it ends, Unix seconds.
    #[serde(rename = "exp")]
    pub expires: i64,
    /// A random id of the key; the salt of its derivation.
    pub jti: String,
    /// The id of the master key.
    #[serde(rename = "mk")]
    master: String,
}

impl KeyClaims {
    /// Claims of a new key under `master`. `jti` must be random.
    pub fn new(master: &MasterKey, owner: OwnerId, kind: CallerKind, issued: i64, expires: i64, jti: String) -> Self {
        Self { version: VERSION, owner, organisation: None, kind, issued, expires, jti, master: master.id.clone() }
    }

    /// The same claims, for a member of `organisation`.
    pub fn within(self, organisation: Option<OrganisationId>) -> Self {
        Self { organisation, ..self }
    }

    /// The claims as a keyid.
    pub fn keyid(&self) -> String {
        let json = serde_json::to_vec(self).expect("claims are plain strings and integers");
        BASE64_URL_SAFE_NO_PAD.encode(json)
    }

    /// Reads a keyid and derives its key again. Nothing of the claims is to be believed before the key has verified a
    /// signature, and then only until [`KeyClaims::expires`].
    pub fn open(keyid: &str, masters: &MasterKeys) -> Result<(Self, SigningKey), InvalidKeyId> {
        if keyid.len() > MAX_KEYID_LEN {
            return Err(InvalidKeyId);
        }
        let json = BASE64_URL_SAFE_NO_PAD.decode(keyid).map_err(|_| InvalidKeyId)?;
        let claims: Self = serde_json::from_slice(&json).map_err(|_| InvalidKeyId)?;
        if claims.version != VERSION {
            return Err(InvalidKeyId);
        }
        let master = masters.find(&claims.master).ok_or(InvalidKeyId)?;
        let key = SigningKey::derive(master, &claims.jti, keyid);
        Ok((claims, key))
    }
}

/// A derived key: `HKDF-SHA256(master, salt = jti, info = "cs-v2" || keyid)`.
pub struct SigningKey(SecretBox<[u8; 32]>);

impl SigningKey {
    /// Derives the key of `keyid`, whose claims hold `jti`.
    pub fn derive(master: &MasterKey, jti: &str, keyid: &str) -> Self {
        let mut okm = Box::new([0; 32]);
        Hkdf::<Sha256>::new(Some(jti.as_bytes()), master.secret.expose_secret())
            .expand_multi_info(&[INFO, keyid.as_bytes()], okm.as_mut_slice())
            .expect("32 bytes is a valid HKDF length");
        Self(SecretBox::new(okm))
    }

    /// The key as a session grant carries it.
    pub fn to_base64(&self) -> SecretString {
        BASE64_URL_SAFE_NO_PAD.encode(self.0.expose_secret()).into()
    }

    /// The key of a session grant.
    pub fn from_base64(text: &SecretString) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text.expose_secret()).ok()?;
        bytes.try_into().ok().map(|key| Self(SecretBox::new(Box::new(key))))
    }

    pub(super) fn mac(&self) -> Hmac<Sha256> {
        Hmac::<Sha256>::new_from_slice(self.0.expose_secret()).expect("HMAC takes a key of any length")
    }

    pub(super) fn hmac(&self, message: &[u8]) -> [u8; 32] {
        self.mac().chain_update(message).finalize().into_bytes().into()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}
