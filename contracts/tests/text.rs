//! Foreign text is clean once it is a [`Line`] or a [`Text`].
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use contracts::{Line, Text};
use proptest::prelude::*;

#[test]
fn control_sequences_lose_what_makes_them_work() {
    let cases = [
        ("\u{1b}[31mred\u{1b}[0m", "[31mred[0m"),
        ("ding\u{7}", "ding"),
        ("\u{1b}]8;;https://evil.example\u{7}Acme\u{1b}]8;;\u{7}", "]8;;https://evil.exampleAcme]8;;"),
        ("\u{1b}]52;c;cm0gLXJm\u{1b}\\", "]52;c;cm0gLXJm\\"),
        ("\u{9b}31mC1", "31mC1"),
        ("nul\0", "nul"),
        ("del\u{7f}", "del"),
        ("gnp.\u{202e}exe", "gnp.exe"),
        ("\u{2066}isolate\u{2069}", "isolate"),
        ("zero\u{200b}width\u{2060}\u{feff}", "zerowidth"),
        ("soft\u{ad}hyphen", "softhyphen"),
        ("\u{3164}\u{115f}\u{1160}\u{ffa0}filler", "filler"),
        ("tag\u{e0041}ged", "tagged"),
    ];
    for (foreign, clean) in cases {
        assert_eq!(Line::new(foreign).as_str(), clean, "{foreign:?} as a line");
        assert_eq!(Text::new(foreign).as_str(), clean, "{foreign:?} as a text");
    }
}

#[test]
fn joiners_and_combined_letters_stay() {
    for text in ["👩‍💻", "می‌خواهم", "क्‍ष", "שלום", "日本語", "❤️"] {
        assert_eq!(Line::new(text).as_str(), text);
    }
    assert_eq!(Line::new("Cafe\u{301}").as_str(), "Café", "composed");
}

#[test]
fn a_line_has_no_line_breaks_and_a_text_has_plain_ones() {
    assert_eq!(Line::new(" one\ntwo\tthree\u{2028}\u{85} ").as_str(), "one two three");
    assert_eq!(Text::new("one\r\ntwo\n\nthree\u{2029}\r").as_str(), "one\ntwo\n\nthree");
    assert!(Line::new(" \u{200b}\n").is_empty());
}

#[test]
fn text_is_cleaned_on_its_way_through_json() {
    let line: Line = serde_json::from_str(r#""a\u001b\u202eb""#).unwrap();
    assert_eq!(line, Line::new("ab"));
}

proptest! {
    #[test]
    fn cleaning_twice_is_cleaning_once_and_leaves_no_control(foreign in any::<String>()) {
        let line = Line::new(&foreign);
        prop_assert_eq!(&Line::new(line.as_str()), &line);
        prop_assert!(!line.as_str().chars().any(char::is_control));
        let text = Text::new(&foreign);
        prop_assert_eq!(&Text::new(text.as_str()), &text);
        prop_assert!(!text.as_str().chars().any(|c| c.is_control() && c != '\n'));
    }

    #[test]
    fn what_is_hidden_between_letters_is_found(
        before in "[a-z]{0,4}",
        hidden in prop::sample::select(vec!['\u{1b}', '\u{7}', '\u{90}', '\u{200e}', '\u{202a}', '\u{2067}', '\u{feff}']),
        after in "[a-z]{0,4}",
    ) {
        prop_assert_eq!(Line::new(&format!("{before}{hidden}{after}")), Line::new(&format!("{before}{after}")));
    }
}
