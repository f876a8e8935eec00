//! What is sent to ask for a session, and the name of a write.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use contracts::{IdempotencyKey, session::SessionRequest};
use serde_json::{Value, from_value, json, to_value};

#[test]
fn a_guest_sends_an_empty_object_and_a_user_a_token_that_is_never_printed() {
    assert_eq!(to_value(SessionRequest::default()).unwrap(), json!({}));
    let user = SessionRequest { access_token: Some("the-token".into()) };
    assert_eq!(to_value(&user).unwrap(), json!({ "accessToken": "the-token" }));
    assert!(!format!("{user:?} {user:#?}").contains("the-token"));
}

#[test]
fn a_session_request_is_read_strictly() {
    let read = |value: Value| from_value::<SessionRequest>(value);
    assert!(read(json!({})).unwrap().access_token.is_none());
    assert!(read(json!({ "accessToken": null })).unwrap().access_token.is_none());
    assert!(read(json!({ "accessToken": "t" })).unwrap().access_token.is_some());
    for wrong in [json!({ "token": "t" }), json!({ "accessToken": 1 }), json!({ "access_token": "t" })] {
        assert!(read(wrong.clone()).is_err(), "{wrong}");
    }
}

#[test]
fn an_idempotency_key_is_16_to_64_of_base64url() {
    for text in ["0123456789abcdef", "67e55044-10b1-426f-9247-bb680e5fe0c8", &"k".repeat(64)] {
        assert_eq!(text.parse::<IdempotencyKey>().unwrap().as_str(), text);
    }
    for text in ["", "0123456789abcde", &"k".repeat(65), "0123456789 abcdef", "0123456789abcdeé", "'; DROP TABLE x;--"]
    {
        assert!(text.parse::<IdempotencyKey>().is_err(), "{text}");
    }
}
