//! Signature v2 against the `httpsig` crate, which shares no code with ours: each verifies what the other signs.

use base64::{Engine, prelude::*};
use contracts::signing::*;
use httpsig::prelude::{
    HttpSignatureBase, HttpSignatureHeaders, HttpSignatureParams, SharedKey, VerifyingKey,
    message_component::HttpMessageComponent,
};
use proptest::prelude::*;
use secrecy::ExposeSecret;

use crate::support::*;

/// The key of a keyid, as the peer takes it.
fn peer_key(keyid: &str) -> SharedKey {
    let (_, key) = KeyClaims::open(keyid, &masters(1, None)).unwrap();
    SharedKey::HmacSha256(BASE64_URL_SAFE_NO_PAD.decode(key.to_base64().expose_secret()).unwrap())
}

/// What the peer signs or verifies: the components it finds in `params`, with the values of `request`.
fn peer_base(request: &Signed, params: HttpSignatureParams) -> HttpSignatureBase {
    let value = |component: &str| match component {
        "\"@method\"" => request.method.clone(),
        "\"@authority\"" => request.authority.clone(),
        "\"@path\"" => request.path.clone(),
        "\"@query\"" => format!("?{}", request.query.as_deref().unwrap_or_default()),
        "\"content-type\"" => request.content_type.clone(),
        "\"content-digest\"" => request.content_digest.clone(),
        other => panic!("{other} is not signed"),
    };
    let lines: Vec<_> = params
        .covered_components
        .iter()
        .map(|id| HttpMessageComponent::try_from((id, &[value(&id.to_string())][..])).unwrap())
        .collect();
    HttpSignatureBase::try_new(&lines, &params).unwrap()
}

fn peer_verifies(signed: &Signed) -> bool {
    let headers = HttpSignatureHeaders::try_parse(&signed.signature, &signed.input).unwrap();
    let headers = &headers["cs"];
    let mac = BASE64_STANDARD.decode(headers.signature().to_string()).unwrap();
    let base = peer_base(signed, headers.signature_params().clone());
    peer_key(base.keyid().unwrap()).verify(&base.as_bytes(), &mac).is_ok()
}

/// The same request with the peer's signature in the place of ours.
fn peer_signs(request: &Signed) -> Signed {
    let (_, params) = request.input.split_once('=').unwrap();
    let base = peer_base(request, HttpSignatureParams::try_from(params).unwrap());
    let headers = base.build_signature_headers(&peer_key(base.keyid().unwrap()), Some("cs")).unwrap();
    Signed {
        input: headers.signature_input_header_value(),
        signature: headers.signature_header_value(),
        ..request.clone()
    }
}

#[test]
fn the_peer_refuses_every_altered_component_as_we_do() {
    let original = Signed::new(&master(1), "/v1/tools/calculate_health", Some("a=1"), b"{}");
    let altered = [
        Signed { method: "PUT".into(), ..original.clone() },
        Signed { authority: "evil.example.com".into(), ..original.clone() },
        Signed { path: "/v1/tools/generate_email".into(), ..original.clone() },
        Signed { query: None, ..original.clone() },
        Signed { content_type: "text/plain".into(), ..original.clone() },
        Signed { content_digest: content_digest(b"{ }"), ..original.clone() },
        Signed { input: original.input.replacen("nonce-0", "nonce-1", 1), ..original.clone() },
        Signed { input: original.input.replacen("cs-v2", "cs-v1", 1), ..original.clone() },
    ];
    assert!(peer_verifies(&original));
    for request in altered {
        assert!(!peer_verifies(&request), "{request:?}");
        assert!(request.verify(&masters(1, None), NOW).is_err(), "{request:?}");
    }
}

proptest! {
    #[test]
    fn each_verifies_what_the_other_signs(
        path in "/[a-z_/%0-9.~-]{0,40}",
        query in prop::option::of("[a-zA-Z=&%0-9]{0,40}"),
        body in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let ours = Signed::new(&master(1), &path, query.as_deref(), &body);
        prop_assert!(peer_verifies(&ours));
        let theirs = peer_signs(&ours);
        prop_assert_eq!(&theirs.signature, &ours.signature);
        prop_assert_eq!(theirs.verify(&masters(1, None), NOW), Ok(claims(&master(1))));
    }
}
