//! Letters, read whole.

use contracts::facts::{Priority, Trend};
use domain::{
    letter::{Addressee, Language, Register, Voice, letter},
    occasion::occasion,
};

use crate::given::{Customer, customer};

#[test]
fn an_incident_gets_an_apology_what_is_done_and_when_they_hear_next() {
    let acme = || {
        customer("Contoso GmbH")
            .person("Weiß, Jürgen")
            .ticket(Priority::Urgent, "2024-11-05", None, "Data export loses rows")
            .contract("2025-01-24", false, None)
            .usage(Trend::Down, 297.0, 116.0)
    };
    let english = "Contoso GmbH: our apology for “Data export loses rows”\n\nHi Jürgen,\n\n“Data export loses rows” has been open since 5 November. That is far too long for something this serious, and I apologise. I am taking it up with the people in charge here today, and will write to you by 23 December with a plan and a date.\n\nMay I call you before that? I would like to hear from you what it costs your team.\n\nBest regards\nDana Field";
    assert_eq!(acme().letter(Register::Informal, Language::english()), english);
    let german = "Contoso GmbH: unsere Entschuldigung für „Data export loses rows“\n\nGuten Tag Jürgen Weiß,\n\n„Data export loses rows“ ist seit dem 5. November offen. Das ist viel zu lang für etwas so Ernstes, und ich entschuldige mich dafür. Ich spreche heute mit den Verantwortlichen hier und schreibe Ihnen bis zum 23. Dezember, mit Plan und Termin.\n\nDarf ich Sie vorher anrufen? Ich möchte von Ihnen hören, was es Ihr Team kostet.\n\nMit freundlichen Grüßen\nDana Field";
    assert_eq!(acme().letter(Register::Formal, Language::german()), german);
}

#[test]
fn a_second_thing_that_hurts_is_named_and_more_are_counted() {
    let hurt = |subjects: &[&str], opened| {
        subjects.iter().fold(customer("Contoso"), |it, subject| it.ticket(Priority::Urgent, opened, None, subject))
    };
    let opening = |subjects: &[&str], opened, language| {
        let letter = hurt(subjects, opened).letter(Register::Informal, language);
        letter.split("\n\n").nth(2).expect("an opening").to_owned()
    };
    let (two, three) =
        (&["Export loses rows", "Sign-in fails"][..], &["Export loses rows", "Sign-in fails", "Slow"][..]);
    for (opened, english, german) in [
        ("2024-12-19", "The same goes for “Sign-in fails”.", "Dasselbe gilt für „Sign-in fails“."),
        ("2024-12-12", "“Sign-in fails” is open as well,", "auch „Sign-in fails“ ist offen"),
        ("2024-11-05", "“Sign-in fails” is open beside it,", "Auch „Sign-in fails“ ist offen"),
    ] {
        assert!(
            opening(two, opened, Language::english()).contains(english),
            "{}",
            opening(two, opened, Language::english())
        );
        assert!(
            opening(two, opened, Language::german()).contains(german),
            "{}",
            opening(two, opened, Language::german())
        );
        let counted = opening(three, opened, Language::english());
        assert!(counted.contains("2 more problems that cannot wait") && !counted.contains("Sign-in"), "{counted}");
    }
    let unnamed = opening(&["Export loses rows", ""], "2024-12-19", Language::english());
    assert!(unnamed.contains("The same goes for one more problem that cannot wait."), "{unnamed}");
}

#[test]
fn a_renewal_is_settled_whatever_becomes_of_the_small_things() {
    let letter = customer("Proseware")
        .person("Dr. Helen Ortiz")
        .ticket(Priority::Low, "2023-11-16", None, "Dark mode")
        .contract("2024-12-28", false, None)
        .letter(Register::Formal, Language::english());
    assert!(
        letter.starts_with("Proseware: your renewal in 8 days") || letter.contains("28 December, in 8 days"),
        "{letter}"
    );
    assert!(letter.contains("Dear Dr. Ortiz,"), "{letter}");
    assert!(letter.contains("whatever we agree on here"), "{letter}");
    assert!(!letter.contains("settled first") && !letter.contains("Dark mode"), "{letter}");
}

#[test]
fn an_automatic_renewal_is_confirmed_and_not_sold() {
    let letter =
        customer("Adatum").contract("2024-12-30", true, None).ticket(Priority::Low, "2023-11-16", None, "Dark mode");
    let letter = letter.letter(Register::Informal, Language::english());
    assert!(
        letter.contains("renews by itself in 10 days, on 30 December; there is nothing that you need to do"),
        "{letter}"
    );
    assert!(!letter.contains("Dark mode") && !letter.contains("call"), "{letter}");
}

#[test]
fn what_was_solved_on_the_day_it_was_reported_names_the_day_once() {
    let solved = |subject: &str, on: &str| {
        let customer = customer("Lucerne").ticket(Priority::High, "2024-12-17", Some(on), subject);
        [Language::english(), Language::german()].map(|language| customer.clone().letter(Register::Informal, language))
    };
    let [english, german] = solved("", "2024-12-17");
    assert!(english.contains("The problem that you reported on 17 December was solved the same day."), "{english}");
    assert!(german.contains("am 17. Dezember gemeldet habt, wurde noch am selben Tag gelöst."), "{german}");
    let [english, _] = solved("", "2024-12-18");
    assert!(english.contains("reported on 17 December was solved on 18 December."), "{english}");
    let [english, _] = solved("Import stuck", "2024-12-17");
    assert!(english.contains("“Import stuck” was solved on 17 December."), "{english}");
}

#[test]
fn silence_is_asked_about_without_a_figure() {
    for trend in [Trend::Silent, Trend::Down] {
        let letter = customer("Tailspin").usage(trend, 40.0, 0.0).letter(Register::Informal, Language::english());
        assert!(letter.contains("It has been quiet on your side"), "{letter}");
        assert!(!letter.chars().any(|c| c.is_ascii_digit()), "{letter}");
    }
}

#[test]
fn the_product_is_called_by_its_name_where_one_is_said() {
    let voice = |product: Option<&str>| Voice { product: product.map(Into::into), ..Voice::default() };
    let said = |customer: Customer, product| {
        let case = customer.case();
        let to = Addressee { customer: &case.name, contact: None };
        let draft = letter(&occasion(&case), to, case.as_of, &voice(product), Language::english()).expect("a letter");
        draft.body.to_string()
    };
    let silent = || customer("Tailspin").usage(Trend::Silent, 40.0, 0.0);
    assert!(said(silent(), Some("Desk")).contains("It has been quiet in Desk on your side"));
    assert!(said(silent(), None).contains("It has been quiet on your side"));
    let down = customer("Coho").usage(Trend::Down, 40.0, 10.0);
    assert!(said(down, Some("Desk")).contains("Your usage of Desk (weekly active users) fell"));
}

#[test]
fn usage_is_told_in_whole_numbers_where_they_tell_it() {
    for (before, recent, said) in [(39.7, 12.2, "from 40 to 12"), (9.5, 3.25, "from 9.5 to 3.3")] {
        let letter =
            customer("Coho").usage(Trend::Down, before, recent).letter(Register::Informal, Language::english());
        assert!(letter.contains(said), "{letter}");
    }
}

#[test]
fn nothing_internal_and_no_code_reaches_the_customer() {
    let letter = customer("Wingtip")
        .ticket(Priority::Urgent, "2024-12-19", None, "Risk score is wrong")
        .letter(Register::Informal, Language::english());
    assert!(letter.contains("the problem that you reported on 19 December"), "{letter}");
    for word in ["Risk", "score", "T-0", "urgent", "→"] {
        assert!(!letter.contains(word), "{word}: {letter}");
    }
}
