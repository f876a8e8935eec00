//! Subjects of tickets as letters speak of them.

use domain::words::subject;

#[test]
fn marks_addresses_and_markup_are_not_told_and_words_are() {
    for (raw, expected) in [
        ("Data export loses rows", Some("Data export loses rows")),
        ("[JIRA-1234] sync broken", Some("sync broken")),
        ("P1: API 500", Some("API 500")),
        ("SEV-2 - Re: FW: login fails", Some("login fails")),
        ("ACME-77: login fails", Some("login fails")),
        ("Q: how do I export?", Some("how do I export?")),
        ("Feature request: dark mode", Some("Feature request: dark mode")),
        ("Down <script>alert(1)</script> see https://x.example/a?b=1 now", Some("Down alert(1) see now")),
        ("use < 5 seats", Some("use < 5 seats")),
        ("日本語の表示が崩れる", Some("日本語の表示が崩れる")),
        ("[P1]", None),
        ("  ", None),
    ] {
        assert_eq!(subject(raw).as_ref().map(|line| line.as_str()), expected, "{raw}");
    }
}

#[test]
fn a_long_subject_ends_at_a_word() {
    let told = subject(&"word ".repeat(40)).expect("words");
    assert!(told.as_str().ends_with("word…") && told.as_str().chars().count() <= 81, "{told}");
}
