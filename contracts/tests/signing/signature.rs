//! Signature v2: what is signed is what is verified, and nothing else is.

use crate::support::*;
use base64::{Engine, prelude::*};
use contracts::signing::*;
use hmac::{Hmac, KeyInit, Mac};
use proptest::prelude::*;
use sha2::Sha256;

/// RFC 9421, appendix B.2.5: its key, its components and its published signature.
#[test]
fn the_signature_base_is_that_of_the_rfc() {
    let components = [
        ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("@authority", "example.com"),
        ("content-type", "application/json"),
    ];
    let params = r#"("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret""#;
    let base = signature_base(&components, params);
    assert_eq!(
        base,
        "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n\
         \"@authority\": example.com\n\
         \"content-type\": application/json\n\
         \"@signature-params\": (\"date\" \"@authority\" \"content-type\");created=1618884473;keyid=\"test-shared-secret\""
    );
    let secret = "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";
    let key = BASE64_STANDARD.decode(secret).unwrap();
    let mac = Hmac::<Sha256>::new_from_slice(&key).unwrap().chain_update(&base).finalize().into_bytes();
    assert_eq!(BASE64_STANDARD.encode(mac), "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=");
}

/// The example body of RFC 9530, and no body at all.
#[test]
fn the_content_digest_is_that_of_the_rfc() {
    assert_eq!(content_digest(b"{\"hello\": \"world\"}\n"), "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:");
    assert_eq!(content_digest(b""), "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:");
}

#[test]
fn the_profile_on_the_wire_is_fixed() {
    let signed = Signed::new(&master(1), "/v1/customers", Some("sort=name"), b"");
    let keyid = claims(&master(1)).keyid();
    assert_eq!(
        signed.input,
        format!(
            "cs=(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-type\" \"content-digest\");created={NOW};\
             expires={};nonce=\"nonce-0123456789\";keyid=\"{keyid}\";tag=\"cs-v2\"",
            NOW + 60
        )
    );
    let base = format!(
        "\"@method\": POST\n\"@authority\": tools.example.com\n\"@path\": /v1/customers\n\"@query\": ?sort=name\n\
         \"content-type\": application/json\n\"content-digest\": {}\n\"@signature-params\": {}",
        signed.content_digest,
        &signed.input[3..]
    );
    let (_, key) = KeyClaims::open(&keyid, &masters(1, None)).unwrap();
    assert_eq!(signed.signature, mac(&key, &base), "another implementation signs the same");
}

#[test]
fn every_component_and_parameter_that_is_altered_is_refused() {
    let original = Signed::new(&master(1), "/v1/tools/calculate_health", Some("a=1"), b"{}");
    original.verify(&masters(1, None), NOW).unwrap();
    let in_input = |from: &str, to: &str| {
        assert!(original.input.contains(from), "{from} is in the header");
        original.input.replacen(from, to, 1)
    };
    let other_keyid = Signed::new(&master(2), "/", None, b"").input;
    let altered = [
        ("method", Signed { method: "PUT".into(), ..original.clone() }),
        ("authority", Signed { authority: "evil.example.com".into(), ..original.clone() }),
        ("path", Signed { path: "/v1/tools/generate_email".into(), ..original.clone() }),
        ("query", Signed { query: Some("a=2".into()), ..original.clone() }),
        ("no query", Signed { query: None, ..original.clone() }),
        ("content-type", Signed { content_type: "text/plain".into(), ..original.clone() }),
        ("content-digest", Signed { content_digest: content_digest(b"{ }"), ..original.clone() }),
        (
            "created",
            Signed { input: in_input(&format!("created={NOW}"), &format!("created={}", NOW + 1)), ..original.clone() },
        ),
        (
            "expires",
            Signed {
                input: in_input(&format!("expires={}", NOW + 60), &format!("expires={}", NOW + 61)),
                ..original.clone()
            },
        ),
        ("nonce", Signed { input: in_input("nonce-0", "nonce-1"), ..original.clone() }),
        ("tag", Signed { input: in_input("cs-v2", "cs-v1"), ..original.clone() }),
        ("keyid of a stranger", Signed { input: other_keyid, ..original.clone() }),
        ("label", Signed { input: in_input("cs=", "sig="), ..original.clone() }),
        ("signature", Signed { signature: Signed::new(&master(1), "/", None, b"").signature, ..original.clone() }),
    ];
    for (what, request) in altered {
        assert!(request.verify(&masters(1, None), NOW).is_err(), "an altered {what} was accepted");
    }
}

/// Signed with the right key, and still refused: the profile has one form.
#[test]
fn any_other_list_order_or_parameter_is_refused_although_well_signed() {
    let original = Signed::new(&master(1), "/v1/tools/calculate_health", None, b"{}");
    let (_, key) = KeyClaims::open(&claims(&master(1)).keyid(), &masters(1, None)).unwrap();
    let values = |name: &str| match name {
        "@method" => original.method.clone(),
        "@authority" => original.authority.clone(),
        "@path" => original.path.clone(),
        "@query" => "?".to_owned(),
        "content-type" => original.content_type.clone(),
        _ => original.content_digest.clone(),
    };
    let signed_as = |list: &[&str], params: &str| {
        let quoted: Vec<_> = list.iter().map(|name| format!("\"{name}\"")).collect();
        let input = format!("({}){params}", quoted.join(" "));
        let components: Vec<_> = list.iter().map(|name| (*name, values(name))).collect();
        let components: Vec<_> = components.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let signature = mac(&key, &signature_base(&components, &input));
        Signed { input: format!("cs={input}"), signature, ..original.clone() }
    };
    let list = ["@method", "@authority", "@path", "@query", "content-type", "content-digest"];
    let (_, params) = original.input.split_once(')').unwrap();
    signed_as(&list, params).verify(&masters(1, None), NOW).unwrap();

    for left_out in 0..list.len() {
        let fewer: Vec<_> = list.iter().enumerate().filter(|(i, _)| *i != left_out).map(|(_, name)| *name).collect();
        assert!(signed_as(&fewer, params).verify(&masters(1, None), NOW).is_err(), "without {}", list[left_out]);
        let mut swapped = list;
        swapped.swap(left_out, (left_out + 1) % list.len());
        assert!(signed_as(&swapped, params).verify(&masters(1, None), NOW).is_err(), "{swapped:?}");
    }
    let reordered = params.replacen(&format!(";created={NOW}"), "", 1) + &format!(";created={NOW}");
    let others = [
        format!("{params};alg=\"hmac-sha256\""),
        params.replacen(";tag=\"cs-v2\"", "", 1),
        params.replacen(";created", "; created", 1),
        params.replacen("nonce=\"nonce-0123456789\"", "nonce=\"short\"", 1),
        reordered,
    ];
    for params in others {
        assert!(signed_as(&list, &params).verify(&masters(1, None), NOW).is_err(), "{params}");
    }
    let mut twice = original.clone();
    twice.input = format!("{}, {}", original.input, original.input.replacen("cs=", "cs2=", 1));
    assert!(twice.verify(&masters(1, None), NOW).is_err(), "a second signature");
}

#[test]
fn the_time_window_ends_where_it_says() {
    let signed_at = |created: i64, expires: i64| {
        let input = Signed::new(&master(1), "/", None, b"").input;
        let input = input.replacen(&format!("created={NOW}"), &format!("created={created}"), 1);
        let input = input.replacen(&format!("expires={}", NOW + 60), &format!("expires={expires}"), 1);
        Presented::parse(&input, "cs=:AAAA:").unwrap().check_time(NOW)
    };
    assert_eq!(signed_at(NOW, NOW + MAX_SKEW_SECS), Ok(()));
    assert_eq!(signed_at(NOW - MAX_SKEW_SECS, NOW), Ok(()));
    assert_eq!(signed_at(NOW + MAX_SKEW_SECS, NOW + 2 * MAX_SKEW_SECS), Ok(()));
    assert_eq!(signed_at(NOW - MAX_SKEW_SECS - 1, NOW), Err(SignatureError::ClockOff));
    assert_eq!(signed_at(NOW + MAX_SKEW_SECS + 1, NOW + 400), Err(SignatureError::ClockOff));
    assert_eq!(signed_at(NOW - 3600, NOW - 3540), Err(SignatureError::ClockOff));
    assert_eq!(signed_at(NOW - 60, NOW - 1), Err(SignatureError::Expired));
    assert_eq!(signed_at(NOW, NOW + MAX_SKEW_SECS + 1), Err(SignatureError::Malformed), "lives too long");
    assert_eq!(signed_at(NOW, NOW - 1), Err(SignatureError::Malformed), "ends before it begins");
    assert_eq!(signed_at(-999_999_999_999_999, 999_999_999_999_999), Err(SignatureError::ClockOff));
}

#[test]
fn hostile_headers_are_malformed() {
    let good = Signed::new(&master(1), "/", None, b"");
    let long = good.input.replacen("keyid=\"", &format!("keyid=\"{}", "A".repeat(1_000_000)), 1);
    let inputs = ["", "cs", "cs=", "cs=()", "cs=1", "cs=(\"@method\")", "\u{0}", "cs=(((((((((", "é", &long];
    for input in inputs {
        assert_eq!(Presented::parse(input, &good.signature).unwrap_err(), SignatureError::Malformed, "{input:.40}");
    }
    let bare = good.signature.trim_start_matches("cs=:").trim_end_matches(':');
    let signatures =
        ["", "cs=", "cs=:", "cs=::x", "cs=:!:", bare, &format!("cs=:{bare}:;a=1"), &format!("cs=:{bare}:, b=:AA==:")];
    for signature in signatures {
        let refused = match Presented::parse(&good.input, signature) {
            Err(error) => error == SignatureError::Malformed,
            Ok(_) => false,
        };
        assert!(refused, "{signature}");
    }
}

#[test]
fn a_shortened_signature_does_not_match() {
    let mut signed = Signed::new(&master(1), "/", None, b"");
    for mac in ["cs=::", "cs=:AA==:"] {
        signed.signature = mac.to_owned();
        assert!(signed.verify(&masters(1, None), NOW).is_err(), "{mac}");
    }
}

proptest! {
    #[test]
    fn what_is_signed_is_verified(
        path in "/[a-z_/%0-9.~-]{0,40}",
        query in prop::option::of("[a-zA-Z=&%0-9]{0,40}"),
        body in prop::collection::vec(any::<u8>(), 0..200),
        later in -MAX_SKEW_SECS..=60,
    ) {
        let signed = Signed::new(&master(7), &path, query.as_deref(), &body);
        let claims = signed.verify(&masters(7, None), NOW + later);
        prop_assert_eq!(claims, Ok(crate::support::claims(&master(7))));
    }

    #[test]
    fn any_flipped_bit_of_the_signature_is_refused(byte in 0_usize..32, bit in 0_u32..8) {
        let mut signed = Signed::new(&master(7), "/x", None, b"{}");
        let text = signed.signature.trim_start_matches("cs=:").trim_end_matches(':');
        let mut mac = BASE64_STANDARD.decode(text).unwrap();
        mac[byte] ^= 1 << bit;
        signed.signature = format!("cs=:{}:", BASE64_STANDARD.encode(mac));
        prop_assert!(signed.verify(&masters(7, None), NOW).is_err());
    }

    #[test]
    fn no_header_makes_it_panic(input in any::<String>(), signature in any::<String>()) {
        prop_assert!(Presented::parse(&input, &signature).is_err());
    }
}
