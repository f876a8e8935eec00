//! `generate_email`: a draft for the customer, in the house's plain voice. What it is about is chosen by the table of
//! occasions; a client may say the same in another language and voice.

use contracts::tools::{EmailDraft, EmailOccasion};
use domain::{
    case::Case,
    letter::{Addressee, Language, Voice, letter},
    occasion::{occasion, renewal},
};

use super::MissingData;

pub(super) fn run(case: &Case, asked: EmailOccasion) -> Result<EmailDraft, MissingData> {
    let occasion = match asked {
        EmailOccasion::CheckIn => occasion(case),
        EmailOccasion::Renewal => renewal(case).ok_or_else(|| {
            MissingData(format!(
                "No renewal date of {} is known; add renewal_date in contracts.csv and import it.",
                case.name
            ))
        })?,
    };
    let contact = case.contact.any();
    let to = Addressee { customer: &case.name, contact: contact.and_then(|contact| contact.name.as_ref()) };
    let draft = letter(&occasion, to, case.as_of, &Voice::default(), Language::english());
    Ok(EmailDraft {
        to: contact.and_then(|contact| contact.email.clone()),
        person: contact.and_then(|contact| contact.name.clone()),
        occasion: Some(occasion),
        ..draft.expect("the shipped language can write every letter")
    })
}
