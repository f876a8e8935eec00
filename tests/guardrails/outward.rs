//! Sentences, links and customers, as they are found in any text.

use cs_copilot::agent::guardrails::outward::{Names, plain, reading, sentences};

#[test]
fn sentences_end_where_a_reader_would_end_them() {
    for (line, count) in [
        ("One. Two! Three?", 3),
        ("It renews on 11 Feb. and not before.", 1),
        ("See e.g. the SSO loop. Then call.", 2),
        ("更新は来月です。電話してください。", 2),
        ("", 0),
    ] {
        assert_eq!(sentences(line).len(), count, "{line}");
        assert_eq!(sentences(line).concat(), line, "nothing is lost");
    }
}

#[test]
fn a_text_has_one_reading_however_it_is_spelled() {
    assert_eq!(reading("２９ ｌｏｇｉｎｓ"), "29 logins");
    assert_eq!(reading("8\u{200d}4"), "84");
    assert_eq!(reading("٢٩"), "29");
    assert_eq!(reading("3²"), "3²", "of two systems, it is no number at all");
    assert_eq!(plain("# Head\n> *quoted*\n```\n* item"), "Head\nquoted\n- item");
}

#[test]
fn other_customers_are_found_in_any_spelling_and_the_own_name_never() {
    let others = ["Globex Ltd", "Signal", "Umbrella Health GmbH", "Acme Germany"];
    let names = Names::new("Acme Corp", others.iter(), "how does it compare with Hooli?");
    for foreign in [
        "globex does better",
        "GLOBEX Ltd is first",
        "G l o b e x",
        "Umbrella-Health",
        "Umbrеllа Hеаlth",
        "We met Signal.",
        "They talk to Contoso Inc about it.",
    ] {
        assert!(names.has_foreign(foreign), "{foreign}");
    }
    for own in ["Acme Corp is fine", "Acme is fine", "a clear signal", "Hooli is what was asked for", "health matters"]
    {
        assert!(!names.has_foreign(own), "{own}");
    }
}
