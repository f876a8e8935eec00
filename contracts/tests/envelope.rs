//! The envelope is a result or an error, never both, neither or a mixture.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use contracts::{Envelope, ErrorCode, WireError};
use serde_json::{Value, json};

const CODES: [(ErrorCode, &str, u16); 11] = [
    (ErrorCode::InvalidInput, "INVALID_INPUT", 400),
    (ErrorCode::Unauthorized, "UNAUTHORIZED", 401),
    (ErrorCode::Replayed, "REPLAYED", 401),
    (ErrorCode::Forbidden, "FORBIDDEN", 403),
    (ErrorCode::NotFound, "NOT_FOUND", 404),
    (ErrorCode::MissingData, "MISSING_DATA", 404),
    (ErrorCode::Conflict, "CONFLICT", 409),
    (ErrorCode::TooLarge, "TOO_LARGE", 413),
    (ErrorCode::RateLimited, "RATE_LIMITED", 429),
    (ErrorCode::Unavailable, "UNAVAILABLE", 503),
    (ErrorCode::ToolFailure, "TOOL_FAILURE", 500),
];

#[test]
fn codes_have_one_word_and_one_status() {
    for (code, word, status) in CODES {
        assert_eq!((code.as_str(), code.status()), (word, status));
        assert_eq!(serde_json::to_value(code).unwrap(), json!(word));
    }
}

#[test]
fn both_kinds_of_answers_look_as_documented() {
    let good = serde_json::to_value(Envelope::success(7)).unwrap();
    assert_eq!(good, json!({"ok": true, "data": 7, "error": null}));
    let bad = Envelope::<()>::failure(WireError::new(ErrorCode::NotFound, "There is no customer x."));
    assert_eq!(
        serde_json::to_value(bad).unwrap(),
        json!({"ok": false, "data": null, "error": {"code": "NOT_FOUND", "message": "There is no customer x."}})
    );
}

#[test]
fn contradictions_are_neither_a_result_nor_an_error() {
    let error = json!({"code": "CONFLICT", "message": "no"});
    let contradictions = [
        json!({"ok": true, "data": null, "error": null}),
        json!({"ok": true, "data": 7, "error": error}),
        json!({"ok": true, "data": null, "error": error}),
        json!({"ok": false, "data": 7, "error": error}),
        json!({"ok": false, "data": 7, "error": null}),
        json!({"ok": false, "data": null, "error": null}),
        json!({"ok": true}),
    ];
    for envelope in contradictions {
        let read: Envelope<Value> = serde_json::from_value(envelope.clone()).unwrap();
        assert!(read.into_result().is_err(), "{envelope} was taken for an answer");
    }
}

#[test]
fn a_message_is_cleaned_on_both_sides() {
    assert_eq!(WireError::new(ErrorCode::Conflict, "a\u{1b}[2Jb").message.as_str(), "a[2Jb");
    let read: WireError = serde_json::from_value(json!({"code": "CONFLICT", "message": "a\u{202e}b"})).unwrap();
    assert_eq!(read.message.as_str(), "ab");
}
