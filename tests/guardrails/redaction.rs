//! What is taken out of a text before it is sent or stored, and what stays.

use cs_copilot::redaction::redact;
use proptest::prelude::*;

/// Each with what must not be in the text any more.
const SECRETS: &[(&str, &str)] = &[
    ("use sk-abc123DEF456ghi789JKL012 please", "abc123"),
    ("sk-proj-Ab1_cd2-Ef3gh4Ij5kl6Mn7op8Qr9st0", "Ab1_cd2"),
    ("sk-ant-api03-Zx9yW8vU7tS6rQ5pO4nM3lK2", "Zx9yW8"),
    ("sk-svcacct-A1b2C3d4E5f6G7h8", "A1b2C3"),
    ("sk-or-v1-0123456789abcdef0123", "0123456789"),
    ("AKIAIOSFODNN7EXAMPLE leaked", "IOSFODNN7"),
    ("ASIAIOSFODNN7EXAMPLE", "IOSFODNN7"),
    ("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "16C7e42F"),
    ("gho_16C7e42F292c6912E7710c838347Ae178B4a", "16C7e42F"),
    ("ghs_16C7e42F292c6912E7710c838347Ae178B4a", "16C7e42F"),
    ("github_pat_11ABCDEFG0aBcDeFgHiJkL_mNoPqRsTuVwXyZ", "11ABCDEFG0"),
    ("glpat-xY9zAbCdEfGhIjKlMnOp", "xY9zAb"),
    ("xoxb-123456789012-abcdefABCDEF", "123456789012"),
    ("xoxp-1234567890-abc", "1234567890"),
    ("xapp-1-A02-1234567890-abcdef", "1234567890"),
    ("AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY", "9tSrke72"),
    ("ya29.a0AfH6SMBx1234567890-_abc", "a0AfH6"),
    ("GOCSPX-1a2b3c4d5e6f7g8h9i0jKLMN", "1a2b3c"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP", "eyJzdWI"),
    ("npm_abcdefghijklmnopqrstuvwxyz0123456789", "0123456789"),
    ("pypi-AgEIcHlwaS5vcmcCJDU1", "AgEIcHl"),
    ("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", "ngeVfQ"),
    ("whsec_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH", "5WbX5k"),
    // Split, so that no scanner of sources takes it for a real one.
    (concat!("sk_", "live_4eC39HqLyjWDarjtT1zdp7dc"), "4eC39H"),
    (concat!("rk_", "live_4eC39HqLyjWDarjtT1zdp7dc"), "4eC39H"),
    (concat!("sk_", "test_Q2xlcmsxMjM0NTY3ODkw"), "Q2xlcm"),
    ("hf_aBcDeFgHiJkLmNoPqRsTuVwXyZ012345", "aBcDeF"),
    ("gsk_a1B2c3D4e5F6g7H8i9J0", "a1B2c3"),
    ("dop_v1_0123456789abcdef0123456789abcdef", "0123456789"),
    ("shpat_0123456789abcdef0123456789abcdef", "0123456789"),
    ("postgres://app:hunter2@db.internal:5432/book", "hunter2"),
    ("redis://:p4ss@cache:6379", "p4ss"),
    ("https://user:pass@example.com/path", "pass@"),
    ("https://hooks.slack.com/services/T000/B000/XXXX", "T000"),
    ("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----", "MIIEvQ"),
    ("-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1r", "b3Blbn"),
    ("-----BEGIN RSA PRIVATE KEY----- MIIEpA -----END RSA PRIVATE KEY----- and more", "MIIEpA"),
    ("Authorization: Bearer abcDEF123456ghi", "abcDEF"),
    ("Authorization: Basic dXNlcjpwYXNzd29yZDE=", "dXNlcj"),
    ("password=hunter2", "hunter2"),
    ("PASSWORD = correct-horse", "correct-horse"),
    (r#"{"api_key": "a1b2c3d4"}"#, "a1b2c3d4"),
    ("the password is Tr0ub4dor&3 now", "Tr0ub4dor"),
    ("Passwort: geheim123", "geheim123"),
    ("client_secret=abc.def~ghi", "abc.def"),
    ("5f4dcc3b5aa765d61d8327deb882cf99", "5f4dcc"),
    ("d8E3kLmN0pQrStUvWxYz1a2b3c4d5e6f7g8h9i0jKL==", "d8E3kL"),
    ("card 4111 1111 1111 1111 on file", "1111"),
    ("5500-0000-0000-0004", "5500"),
    ("378282246310005", "378282"),
    ("123456789:AAE-abcdefghijklmnopqrstuvwxyz01234", "AAE-"),
    (concat!("S", "K0123456789abcdef0123456789abcdef"), "0123456789"),
    (concat!("A", "C0123456789ABCDEF0123456789ABCDEF"), "0123456789"),
    (concat!("MTk4NjIyNDgzNDcxOTI1MjQ4", ".Cl2FMQ.", "ZnCjm1XVW7vRze4b7Cq4se7kKWs"), "MTk4Nj"),
    ("the value is q7Rw2Lk9Zt4Vb8Nc1Xm5Pd3Gh6Jf0SaY here", "q7Rw2L"),
    ("password: correct horse battery staple", "horse"),
    ("Password = my dog has fleas", "fleas"),
    ("Passwort: geheim", "geheim"),
    ("contraseña: mi perro azul", "perro"),
    ("contrasen\u{303}a: azul", "azul"),
    ("mot de passe : soleil", "soleil"),
    ("wachtwoord: zonnebloem", "zonnebloem"),
    ("hasło: kwiatek", "kwiatek"),
    ("passphrase: Correct Horse", "Horse"),
];

const CONTACTS: &[(&str, &str)] = &[
    ("write to dana.reyes@example.com today", "write to [e-mail] today"),
    ("<a+b@sub.example.co.uk>", "<[e-mail]>"),
    ("用户@例子.广告", "[e-mail]"),
    ("jörg@bücher.example", "[e-mail]"),
    ("\"dana reyes\"@example.com", "[e-mail]"),
    ("dana (at) example (dot) com", "[e-mail]"),
    ("dana[at]example.com", "[e-mail]"),
    ("write to jane at acme dot com today", "write to [e-mail] today"),
    ("jane [at] acme [dot] com", "[e-mail]"),
    ("jane [at] acme dot co dot uk", "[e-mail]"),
    ("jane.doe AT acme DOT com", "[e-mail]"),
    ("dana＠example．com", "[e-mail]"),
    ("root@[10.0.0.1]", "[e-mail]"),
    ("call +1 415 555 0123.", "call [phone]."),
    ("+49 (0)30 1234567", "[phone]"),
    ("0049 30 1234567", "[phone]"),
    ("+442079460958", "[phone]"),
    ("020 7946 0958", "[phone]"),
    ("01 23 45 67 89", "[phone]"),
    ("(415) 555-0123", "[phone]"),
    ("415-555-0123", "[phone]"),
    ("415.555.0123", "[phone]"),
    ("1-800-555-0199", "[phone]"),
    ("phone: 5550123", "phone: [phone]"),
    ("Tel. 4155550123", "Tel. [phone]"),
    ("call me at 4155550123", "call me at [phone]"),
    ("0171/1234567", "[phone]"),
];

const HARMLESS: &[&str] = &[
    "The renewal is on 2027-02-11, in 80 days.",
    "on 11.02.2027 or 02/11/2027",
    "2026-11-20 to 2027-02-11",
    "USD 120,000 a year",
    "1 200 000 events a day",
    "1.200.000 events",
    "EUR 99.50",
    "1234567",
    "12345678901",
    "ticket 4155550123",
    "#20261123",
    "ACM-371 is open since 2026-09-24.",
    "INV-2026-11-0042",
    "41 -> 29 logins a day",
    "1500 seats, 41 logins, 29% less",
    "password: reset fails on login",
    "Password reset email never arrives",
    "the token is expired",
    "Password: wrong characters are accepted",
    "Passwort: Link in der E-Mail fehlt",
    "password: minimum length is ignored",
    "look at the dot on the map",
    "customer 0015f00000ABCdEfGHI",
    "ticket a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P",
    "CustomerSuccessManagementPlatform",
    "Token: refresh loops",
    "secret santa",
    "The key account manager is new.",
    "API key rotation is broken",
    "basic internationalization of the report",
    "bearer of bad news",
    "sk-learn integration is slow",
    "the sk-something-or-other-long-name flag",
    "https://status.example.org/incidents",
    "usage.csv and tickets.csv",
    "550e8400-e29b-41d4-a716-446655440000",
    "version 10.4.12.88",
    "10.0.0.1 does not answer",
    "score 24 of 100",
    "24/7 support",
    "from 9:00 to 17:30",
    "Q1 2027",
    "3.14159265358979",
    "run-0123456789abcdef",
    "call on 2026-12-01 at 10:00",
    "4111 1111 1111 1112",
    "a@b",
    "@dana please look",
    "price: 3 @ 40",
    "Zoë’s team — 東京 — Москва",
    "the antidisestablishmentarianism-of-internationalization",
    "",
];

#[test]
fn secrets_of_every_shape_go() {
    for (text, secret) in SECRETS {
        let redacted = redact(text);
        assert!(!redacted.contains(secret) && redacted.contains("[secret]"), "{text} -> {redacted}");
    }
    assert!(SECRETS.len() + CONTACTS.len() >= 40);
}

#[test]
fn what_reaches_people_goes() {
    for (text, expected) in CONTACTS {
        assert_eq!(redact(text), *expected);
    }
}

#[test]
fn harmless_texts_stay() {
    for text in HARMLESS {
        assert_eq!(redact(text), *text);
    }
    assert!(HARMLESS.len() >= 40);
}

proptest! {
    #[test]
    fn twice_is_once(texts in prop::collection::vec(piece(), 1..6)) {
        let once = redact(&texts.concat());
        prop_assert_eq!(redact(&once), once);
    }

    #[test]
    fn a_secret_goes_wherever_it_stands(before in "[a-z ]{0,20}", i in 0..SECRETS.len(), after in "[a-z ]{0,20}") {
        let (text, secret) = SECRETS[i];
        let redacted = redact(&[&before, text, &after].join(" "));
        prop_assert!(!redacted.contains(secret), "{}", redacted);
    }
}

/// Anything at all, and pieces of what is looked for, run together.
fn piece() -> impl Strategy<Value = String> {
    let of = |texts: Vec<&'static str>| prop::sample::select(texts).prop_map(str::to_owned);
    prop_oneof![
        ".{0,12}",
        "[0-9 ()+.@/-]{0,20}",
        of(SECRETS.iter().map(|(text, _)| *text).collect()),
        of(CONTACTS.iter().map(|(text, _)| *text).collect()),
        of(HARMLESS.to_vec()),
    ]
}
