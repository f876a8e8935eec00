//! Signature v1 against openssl's own figures, and against everything that may be altered.

use contracts::signing::{
    MAX_SKEW_SECS, SignatureError,
    v1::{Presented, ServiceSecret, WeakServiceSecret, sign},
};
use proptest::prelude::*;

const NOW: i64 = 1_800_000_000;
const BODY: &[u8] = br#"{"customerId":"acme"}"#;

fn secret(text: &str) -> ServiceSecret {
    ServiceSecret::new(&text.into()).unwrap()
}

fn ours() -> ServiceSecret {
    secret("0123456789abcdef0123456789abcdef")
}

/// `printf '1800000000123.web.{"customerId":"acme"}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef`
const BY_OPENSSL: &str = "29d5a3a8d1984f2ed4e48fd06b9bfe17e190d843ad6dd095428a88d4aa19d122";

#[test]
fn it_is_what_openssl_computes() {
    assert_eq!(sign(&ours(), NOW * 1000 + 123, "web", BODY), BY_OPENSSL);
}

#[test]
fn what_was_signed_is_verified_by_either_secret() {
    let timestamp = (NOW * 1000).to_string();
    let (old, new) = (secret(&"o".repeat(32)), secret(&"n".repeat(40)));
    for key in [&old, &new] {
        let signature = sign(key, NOW * 1000, "web", BODY);
        for spelling in [signature.clone(), signature.to_uppercase()] {
            let presented = Presented::parse("web", &timestamp, &spelling).unwrap();
            presented.verify(&[old.clone(), new.clone()], BODY).unwrap();
            presented.check_time(NOW).unwrap();
            let plain = Presented::parse("web", &timestamp, &signature).unwrap();
            assert_eq!(presented.nonce("/a"), plain.nonce("/a"), "one signature is one nonce, however it is written");
            assert_ne!(presented.nonce("/a"), plain.nonce("/b"), "at each path");
        }
    }
    let signature = sign(&old, NOW * 1000, "web", BODY);
    let presented = Presented::parse("web", &timestamp, &signature).unwrap();
    assert_eq!(presented.verify(&[new], BODY), Err(SignatureError::Mismatch), "after the rotation");
    assert_eq!(presented.verify(&[], BODY), Err(SignatureError::Mismatch));
}

#[test]
fn every_altered_part_is_refused() {
    let timestamp = (NOW * 1000).to_string();
    let later = (NOW * 1000 + 1).to_string();
    let signature = sign(&ours(), NOW * 1000, "web", BODY);
    let flipped = format!("{}{}", if signature.starts_with('0') { '1' } else { '0' }, &signature[1..]);
    for (client, timestamp, signature, body) in [
        ("wеb", &timestamp, &signature, BODY),
        ("we", &timestamp, &signature, BODY),
        ("web", &later, &signature, BODY),
        ("web", &timestamp, &flipped, BODY),
        ("web", &timestamp, &signature, br#"{"customerId":"acme" }"#),
        ("web", &timestamp, &signature, b""),
    ] {
        let presented = Presented::parse(client, timestamp, signature).unwrap();
        assert_eq!(presented.verify(&[ours()], body), Err(SignatureError::Mismatch), "{client} {timestamp}");
    }
}

#[test]
fn the_time_may_be_five_minutes_off_and_no_more() {
    let signature = "0".repeat(64);
    for (created, fits) in [
        (NOW * 1000, true),
        ((NOW - MAX_SKEW_SECS) * 1000, true),
        ((NOW - MAX_SKEW_SECS) * 1000 - 1, false),
        ((NOW + MAX_SKEW_SECS) * 1000, true),
        ((NOW + MAX_SKEW_SECS) * 1000 + 1, false),
        (NOW, false),
        (0, false),
        (i64::MAX, false),
    ] {
        let text = created.to_string();
        let presented = Presented::parse("web", &text, &signature).unwrap();
        assert_eq!(presented.check_time(NOW).is_ok(), fits, "{created}");
    }
}

#[test]
fn headers_that_are_none_are_refused() {
    let good = "0".repeat(64);
    for (timestamp, signature) in [
        ("", good.as_str()),
        ("+1800000000000", &good),
        ("-1", &good),
        (" 1800000000000", &good),
        ("1.8e12", &good),
        ("99999999999999999999", &good),
        ("1800000000000", ""),
        ("1800000000000", &good[1..]),
        ("1800000000000", &format!("{good}0")),
        ("1800000000000", &format!("{good}00")),
        ("1800000000000", &good.replace('0', "g")),
        ("1800000000000", &good.replace('0', "é")),
    ] {
        let error = Presented::parse("web", timestamp, signature).unwrap_err();
        assert_eq!(error, SignatureError::Malformed, "{timestamp} {signature}");
    }
}

#[test]
fn a_secret_has_32_bytes_and_is_not_printed() {
    assert_eq!(ServiceSecret::new(&"s".repeat(31).into()).unwrap_err(), WeakServiceSecret);
    assert!(!format!("{:?}", ours()).contains("0123456789"));
}

proptest! {
    #[test]
    fn no_header_makes_it_panic(client in any::<String>(), timestamp in any::<String>(), signature in any::<String>()) {
        if let Ok(presented) = Presented::parse(&client, &timestamp, &signature) {
            prop_assert!(presented.verify(&[ours()], BODY).is_err());
        }
    }

    #[test]
    fn any_body_of_any_client_is_verified(client in "[A-Za-z0-9_-]{1,64}", body: Vec<u8>, timestamp in 0..i64::MAX) {
        let (signature, text) = (sign(&ours(), timestamp, &client, &body), timestamp.to_string());
        let presented = Presented::parse(&client, &text, &signature).unwrap();
        prop_assert!(presented.verify(&[ours()], &body).is_ok());
    }
}
