//! The emails: what they say, and what they never say.

use chrono::Days;
use contracts::{
    delivery::ContractTerms,
    facts::{Priority, Trend},
    reading::Knowledge,
    tools::{EmailDraft, EmailOccasion},
};
use domain::case::Case;
use proptest::prelude::*;

use crate::facts::{any_case, contact, contract, email, in_days, nameless, of_terms, said, tickets, today, usage};

fn falling_with_tickets() -> Case {
    let mut facts = nameless();
    facts.contact = contact("Dana Reyes");
    facts.usage = usage(Some(Trend::Down), 41.0, 29.0);
    facts.tickets = tickets(&[Priority::Urgent, Priority::Normal]);
    facts.contract = contract(Some(80));
    facts
}

#[test]
fn a_check_in_tells_what_is_known() {
    let draft = email(EmailOccasion::CheckIn, &falling_with_tickets()).unwrap();
    assert_eq!(draft.subject.as_str(), "Acme Corp: checking in on two open tickets");
    let expected = "Hi Dana Reyes,\n\n\
        I wanted to check in and see how things are going.\n\n\
        Your usage (logins a day) has gone down from 41 to 29.\n\n\
        You have two open tickets with us: 1 urgent and 1 normal. The most pressing one is T-1, “Subject 1”, open since 2 Nov 2026.\n\n\
        Your contract is up for renewal on 11 Feb 2027, in 80 days.\n\n\
        I would like to understand what has changed for your team, and where we can help. \
        Is there a good time for a short call this week or next?\n\n\
        Best regards";
    assert_eq!(draft.body.as_str(), expected);
}

#[test]
fn a_renewal_email_is_about_the_renewal() {
    let mut facts = falling_with_tickets();
    facts.tickets = tickets(&[Priority::High]);
    let draft = email(EmailOccasion::Renewal, &facts).unwrap();
    assert_eq!(draft.subject.as_str(), "Acme Corp: renewal on 11 Feb 2027");
    let expected = "Hi Dana Reyes,\n\n\
        Your contract is up for renewal on 11 Feb 2027, in 80 days.\n\n\
        Your usage (logins a day) has gone down from 41 to 29.\n\n\
        You have one open ticket with us: 1 high. It is T-1, “Subject 1”, open since 2 Nov 2026. \
        I would like to see it settled first.\n\n\
        Could we find a time in the next days to go through your plans, and anything you would like to change?\n\n\
        Best regards";
    assert_eq!(draft.body.as_str(), expected);
}

#[test]
fn a_subject_names_the_real_occasion() {
    let facts = |trend: Option<Trend>, open: usize, days: Option<i64>| Case {
        usage: trend.map_or(Knowledge::Missing, |trend| usage(Some(trend), 10.0, 20.0)),
        tickets: tickets(&vec![Priority::Normal; open]),
        contract: contract(days),
        ..nameless()
    };
    let cases = [
        (facts(Some(Trend::Down), 1, Some(5)), "checking in on your open ticket"),
        (facts(None, 11, None), "checking in on 11 open tickets"),
        (facts(Some(Trend::Down), 0, Some(5)), "checking in on your recent usage"),
        (facts(Some(Trend::Up), 0, Some(-12)), "checking in on your renewal of 11 Nov 2026"),
        (facts(Some(Trend::Up), 0, Some(90)), "checking in before your renewal on 21 Feb 2027"),
        (facts(Some(Trend::Up), 0, Some(91)), "checking in on your growing usage"),
        (facts(Some(Trend::Flat), 0, None), "checking in"),
        (facts(Some(Trend::Silent), 0, Some(-12)), "checking in on how your team is getting on"),
    ];
    for (facts, subject) in cases {
        let draft = email(EmailOccasion::CheckIn, &facts).unwrap();
        assert_eq!(draft.subject.as_str(), format!("Acme Corp: {subject}"));
    }
}

#[test]
fn renewals_are_worded_by_their_distance() {
    let cases = [
        (1, None, "renewal on 24 Nov 2026", "is up for renewal on 24 Nov 2026, tomorrow."),
        (0, Some(true), "renewal on 23 Nov 2026", "renews by itself on 23 Nov 2026, today."),
        (-1, Some(true), "renewal on 22 Nov 2026", "was to renew by itself on 22 Nov 2026, yesterday."),
        (-30, None, "renewal was due on 24 Oct 2026", "was due for renewal on 24 Oct 2026, 30 days ago."),
    ];
    for (days, auto_renew, subject, sentence) in cases {
        let mut facts = nameless();
        let renewal_date = Some(in_days(days));
        facts.contract = of_terms(ContractTerms { renewal_date, auto_renew, ..ContractTerms::default() });
        let draft = email(EmailOccasion::Renewal, &facts).unwrap();
        assert_eq!(draft.subject.as_str(), format!("Acme Corp: {subject}"));
        assert!(draft.body.as_str().contains(sentence), "{}", draft.body);
        assert!(draft.body.as_str().starts_with("Hi Acme Corp team,\n"), "{}", draft.body);
    }
}

#[test]
fn old_figures_are_dated_and_what_is_not_known_is_not_mentioned() {
    let mut facts = nameless();
    facts.usage = said(usage(Some(Trend::Up), 1000.0, 1500.0), today() - Days::new(30));
    let body = email(EmailOccasion::CheckIn, &facts).unwrap().body;
    assert!(body.as_str().contains("has grown from 1,000 to 1,500 as of 24 Oct 2026."), "{body}");
    assert!(!body.as_str().contains("ticket") && !body.as_str().contains("contract"), "{body}");
}

#[test]
fn a_customer_who_has_stopped_is_asked_and_not_shown_figures() {
    let mut facts = nameless();
    facts.usage = usage(Some(Trend::Silent), 4_711.0, 0.0);
    let asked =
        "I would like to hear how your team is getting on, and whether what we set up still fits the way you work.";
    let check_in = email(EmailOccasion::CheckIn, &facts).unwrap();
    assert!(check_in.body.as_str().contains(asked), "{}", check_in.body);
    facts.contract = contract(Some(20));
    let renewal = email(EmailOccasion::Renewal, &facts).unwrap();
    assert!(renewal.body.as_str().contains(asked), "{}", renewal.body);
    for draft in [check_in, renewal] {
        for shaming in ["4,711", "usage", "logins"] {
            assert!(!draft.body.as_str().contains(shaming), "{shaming} in {}", draft.body);
        }
    }
}

#[test]
fn a_renewal_that_may_have_happened_is_not_called_due() {
    let mut facts = nameless();
    facts.contract = said(contract(Some(-12)), today() - Days::new(30));
    let draft = email(EmailOccasion::Renewal, &facts).unwrap();
    assert_eq!(draft.subject.as_str(), "Acme Corp: renewal on 11 Nov 2026");
    assert!(draft.body.as_str().contains("was up for renewal on 11 Nov 2026, 12 days ago."), "{}", draft.body);
    assert!(!draft.body.as_str().contains("due"), "{}", draft.body);
}

#[test]
fn nothing_to_say_is_an_error_that_says_what_to_add() {
    let mut facts = nameless();
    let error = email(EmailOccasion::CheckIn, &facts).unwrap_err().to_string();
    assert!(error.contains("Acme Corp") && error.contains("usage.csv"), "{error}");
    facts.tickets = tickets(&[]);
    facts.contract = contract(None);
    let error = email(EmailOccasion::Renewal, &facts).unwrap_err().to_string();
    assert!(error.contains("No renewal date of Acme Corp"), "{error}");
    assert!(email(EmailOccasion::CheckIn, &facts).is_ok());
}

fn text(draft: &EmailDraft) -> String {
    format!("{}\n{}", draft.subject, draft.body).to_lowercase()
}

proptest! {
    #[test]
    fn no_internal_word_ever_reaches_the_customer(facts in any_case()) {
        for occasion in [EmailOccasion::CheckIn, EmailOccasion::Renewal] {
            let Ok(draft) = email(occasion, &facts) else { continue };
            let text = text(&draft);
            for word in ["score", "risk", "churn", "health"] {
                prop_assert!(!text.contains(word), "{word} in {text}");
            }
        }
    }

    #[test]
    fn an_email_is_addressed_signed_off_and_well_formed(mut facts in any_case()) {
        // Foreign text may hold anything; what is looked at here is the rest.
        if let Knowledge::Known { value, .. } = &mut facts.usage {
            value.metric = "logins".into();
        }
        if let Knowledge::Known { value, .. } = &mut facts.tickets {
            value.recent.iter_mut().for_each(|ticket| (ticket.id, ticket.subject) = ("T-1".into(), None));
        }
        for occasion in [EmailOccasion::CheckIn, EmailOccasion::Renewal] {
            let Ok(draft) = email(occasion, &facts) else { continue };
            let body = draft.body.as_str();
            prop_assert!(draft.subject.as_str().starts_with("Acme Corp: "));
            prop_assert!(body.starts_with("Hi ") && body.ends_with("\n\nBest regards"));
            for wrong in ["None", "NaN", "inf ", "[", "{", "one open tickets", " 1 days", "  ", "..", ",,"] {
                prop_assert!(!body.contains(wrong), "{wrong:?} in {body}");
            }
        }
    }
}
