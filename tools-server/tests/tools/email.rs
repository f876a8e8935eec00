//! The emails: what they say, and what they never say.

use contracts::{
    facts::{Priority, Trend},
    reading::Knowledge,
    tools::{EmailDraft, EmailOccasion},
};
use proptest::prelude::*;

use crate::facts::{any_case, contact, contract, email, nameless, tickets, usage};

#[test]
fn a_letter_is_about_what_matters_most_and_a_renewal_letter_about_the_renewal() {
    let mut facts = nameless();
    facts.contact = contact("Dana Reyes");
    facts.usage = usage(Some(Trend::Down), 41.0, 29.0);
    facts.tickets = tickets(&[Priority::Urgent, Priority::Normal]);
    facts.contract = contract(Some(50));
    let subject = |occasion| email(occasion, &facts).unwrap().subject.to_string();
    assert_eq!(subject(EmailOccasion::CheckIn), "Acme Corp: our apology for “Subject 1”");
    assert_eq!(subject(EmailOccasion::Renewal), "Acme Corp: your renewal on 12 January 2027");
}

#[test]
fn a_renewal_that_nobody_knows_cannot_be_written_about() {
    let error = email(EmailOccasion::Renewal, &nameless()).unwrap_err().to_string();
    assert!(error.contains("No renewal date of Acme Corp"), "{error}");
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
            for word in text.split(|c: char| !c.is_alphanumeric()) {
                let is_internal = ["score", "risk", "churn", "health", "riskscore"].contains(&word);
                prop_assert!(!is_internal, "{word} in {text}");
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
