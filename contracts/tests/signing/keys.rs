//! Master keys, keyids and what is derived from them.

use crate::support::*;
use base64::{Engine, prelude::*};
use contracts::{OwnerId, session::*, signing::*};
use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

#[test]
fn a_master_key_needs_32_bytes() {
    assert_eq!(MasterKey::new(vec![7; 31]).unwrap_err(), WeakMasterKey);
    assert!(MasterKey::new(vec![7; 32]).is_ok());
    for text in ["", "short", "not base64 at all, but quite long enough to be a key", &BASE64_STANDARD.encode([7; 31])]
    {
        assert_eq!(MasterKey::from_base64(&text.into()).unwrap_err(), WeakMasterKey, "{text}");
    }
}

#[test]
fn a_master_key_is_the_same_in_every_base64() {
    let bytes = [0xfb; 32];
    let texts = [
        BASE64_STANDARD.encode(bytes),
        BASE64_STANDARD_NO_PAD.encode(bytes),
        BASE64_URL_SAFE.encode(bytes),
        format!(" {}\n", BASE64_URL_SAFE_NO_PAD.encode(bytes)),
    ];
    for text in texts {
        assert_eq!(MasterKey::from_base64(&text.into()).unwrap().id(), master(0xfb).id());
    }
    assert_ne!(master(1).id(), master(2).id());
}

#[test]
fn the_keyid_says_who_until_when_under_which_master_key() {
    let (claims, _) = KeyClaims::open(&claims(&master(1)).keyid(), &masters(1, None)).unwrap();
    assert_eq!(claims.owner, OwnerId::public());
    assert_eq!(claims.kind, CallerKind::Guest);
    assert_eq!((claims.issued, claims.expires), (NOW, NOW + MAX_SESSION_SECS));
}

/// The claims carry no signature of their own: whoever alters them holds a key that the server will not derive.
#[test]
fn an_altered_keyid_derives_another_key() {
    let keyid = claims(&master(1)).keyid();
    let (_, key) = KeyClaims::open(&keyid, &masters(1, None)).unwrap();
    let plain: Value = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(&keyid).unwrap()).unwrap();
    for (field, value) in [
        ("own", json!("somebody")),
        ("iat", json!(NOW - 1)),
        ("exp", json!(NOW + 1_000_000)),
        ("jti", json!("another")),
    ] {
        let mut altered = plain.clone();
        altered[field] = value;
        let altered = BASE64_URL_SAFE_NO_PAD.encode(altered.to_string());
        let (_, other) = KeyClaims::open(&altered, &masters(1, None)).unwrap();
        assert_ne!(other.to_base64().expose_secret(), key.to_base64().expose_secret(), "{field}");
    }
    for (field, value) in [("v", json!(1)), ("knd", json!("admin")), ("mk", json!("nobody's")), ("more", json!(1))] {
        let mut altered = plain.clone();
        altered[field] = value;
        let altered = BASE64_URL_SAFE_NO_PAD.encode(altered.to_string());
        assert!(KeyClaims::open(&altered, &masters(1, None)).is_err(), "{field}");
    }
}

#[test]
fn the_same_claims_in_other_words_derive_another_key() {
    let keyid = claims(&master(1)).keyid();
    let (_, key) = KeyClaims::open(&keyid, &masters(1, None)).unwrap();
    let json = BASE64_URL_SAFE_NO_PAD.decode(&keyid).unwrap();
    let spaced = BASE64_URL_SAFE_NO_PAD.encode([b" ", json.as_slice()].concat());
    let (_, other) = KeyClaims::open(&spaced, &masters(1, None)).unwrap();
    assert_ne!(other.to_base64().expose_secret(), key.to_base64().expose_secret());
}

#[test]
fn the_previous_master_key_is_accepted_and_a_forgotten_one_is_not() {
    let old = Signed::new(&master(1), "/", None, b"");
    assert!(old.verify(&masters(1, None), NOW).is_ok(), "before the rotation");
    assert!(old.verify(&masters(2, Some(1)), NOW).is_ok(), "during it");
    assert!(old.verify(&masters(2, None), NOW).is_err(), "after it");
    assert!(old.verify(&masters(3, Some(2)), NOW).is_err(), "after another");
}

#[test]
fn an_endless_keyid_is_not_read() {
    let mut claims: Value = serde_json::to_value(claims(&master(1))).unwrap();
    claims["jti"] = "j".repeat(10_000_000).into();
    let keyid = BASE64_URL_SAFE_NO_PAD.encode(claims.to_string());
    assert_eq!(KeyClaims::open(&keyid, &masters(1, None)).unwrap_err(), InvalidKeyId);
    let longest = KeyClaims::new(
        &master(1),
        "o".repeat(100).parse().unwrap(),
        CallerKind::Guest,
        i64::MIN,
        i64::MIN,
        "0123456789abcdefghijkl".to_owned(),
    );
    assert!(KeyClaims::open(&longest.keyid(), &masters(1, None)).is_ok(), "the longest genuine one is");
}

#[test]
fn a_session_key_survives_its_way_to_the_client() {
    let (_, key) = KeyClaims::open(&claims(&master(1)).keyid(), &masters(1, None)).unwrap();
    let copy = SigningKey::from_base64(&key.to_base64()).unwrap();
    assert_eq!(mac(&copy, "text"), mac(&key, "text"));
    for text in ["", "AAAA", "not base64"] {
        assert!(SigningKey::from_base64(&text.into()).is_none(), "{text}");
    }
}

#[test]
fn debug_prints_no_secret() {
    let bytes = *b"a-very-secret-master-key-of-ours";
    let master = MasterKey::new(bytes.to_vec()).unwrap();
    let masters = MasterKeys { current: master.clone(), previous: Some(master.clone()) };
    let keyid = claims(&master).keyid();
    let (_, key) = KeyClaims::open(&keyid, &masters).unwrap();
    let secret = key.to_base64();
    let grant = SessionGrant {
        keyid,
        key: secret.clone(),
        owner: OwnerId::public(),
        kind: CallerKind::Guest,
        writable: true,
        expires: NOW,
        server_time: NOW,
    };
    let printed = format!("{masters:?} {key:?} {grant:?} {secret:?} {master:#?}");
    let raw = BASE64_URL_SAFE_NO_PAD.decode(secret.expose_secret()).unwrap();
    let forms = [
        "a-very-secret".to_owned(),
        secret.expose_secret().to_owned(),
        BASE64_STANDARD_NO_PAD.encode(bytes),
        BASE64_URL_SAFE_NO_PAD.encode(bytes),
        format!("{bytes:?}").trim_matches(['[', ']']).to_owned(),
        format!("{raw:?}").trim_matches(['[', ']']).to_owned(),
    ];
    for form in forms {
        assert!(!printed.contains(&form), "{printed} holds {form}");
    }
}

#[test]
fn nonces_are_16_to_64_of_base64url() {
    for text in ["0123456789abcdef", "-_-_-_-_-_-_-_-_", &"n".repeat(64)] {
        assert_eq!(text.parse::<Nonce>().unwrap().as_str(), text);
    }
    for text in ["", "0123456789abcde", &"n".repeat(65), "0123456789abcde=", "0123456789abcde'", "0123456789abcdé"] {
        assert!(text.parse::<Nonce>().is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn no_keyid_makes_it_panic(keyid in any::<String>(), json in any::<Vec<u8>>()) {
        prop_assert!(KeyClaims::open(&keyid, &masters(1, None)).is_err());
        prop_assert!(KeyClaims::open(&BASE64_URL_SAFE_NO_PAD.encode(json), &masters(1, None)).is_err());
    }

    #[test]
    fn master_keys_of_any_text_are_refused_or_read(text in any::<String>()) {
        let long_enough = MasterKey::from_base64(&SecretString::from(text.clone())).is_ok();
        prop_assert!(!long_enough || text.len() >= 43);
    }
}
