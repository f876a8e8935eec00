//! Ids: what is one, and what never is.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use contracts::{CustomerId, OwnerId, RunId};
use proptest::prelude::*;

#[test]
fn hostile_texts_are_no_ids() {
    let long = "a".repeat(101);
    let hostile = [
        "",
        " ",
        ".",
        "..",
        "../etc/passwd",
        "-rf",
        "_a",
        "a/b",
        "a\\b",
        "a b",
        "a\0",
        "a\n",
        "\u{1b}[31m",
        "a'--",
        "'; DROP TABLE companies;--",
        "a\"b",
        "a%2e",
        "a?b",
        "a#b",
        "é",
        "a\u{202e}b",
        "ａ",
        &long,
    ];
    for text in hostile {
        assert!(text.parse::<CustomerId>().is_err(), "{text:?} became an id");
        assert!(serde_json::from_value::<CustomerId>(text.into()).is_err(), "{text:?} became an id through JSON");
    }
}

#[test]
fn the_error_says_what_an_id_looks_like_and_does_not_repeat_the_text() {
    let error = "\u{1b}]52;c;AAAA\u{7}".parse::<CustomerId>().unwrap_err().to_string();
    assert_eq!(error, "not a valid customer id: use 1 to 100 of A-Z a-z 0-9 . _ - and begin with a letter or digit");
}

#[test]
fn the_public_owner_is_an_owner_like_any_other() {
    assert_eq!("public".parse::<OwnerId>().unwrap(), OwnerId::public());
}

proptest! {
    #[test]
    fn every_text_of_the_pattern_is_an_id_and_survives_json(text in "[A-Za-z0-9][A-Za-z0-9._-]{0,99}") {
        let id: CustomerId = text.parse().unwrap();
        prop_assert_eq!(id.as_str(), &text);
        let json = serde_json::to_string(&id).unwrap();
        prop_assert_eq!(&json, &format!("\"{text}\""));
        prop_assert_eq!(serde_json::from_str::<CustomerId>(&json).unwrap(), id);
    }

    #[test]
    fn nothing_else_is(text in any::<String>()) {
        let first = text.chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
        let rest = text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
        prop_assert_eq!(text.parse::<RunId>().is_ok(), first && rest && text.len() <= 100);
    }
}
