//! A person, and a response to a survey, of what a row of any system says.

use crate::sources::says::{Cells, Says};

/// The columns of the canonical file of contacts that are made.
pub(super) const CONTACT: [&str; 5] = ["customer_id", "name", "role", "email", "primary"];

/// The columns of the canonical file of responses that are made.
pub(super) const RESPONSE: [&str; 5] = ["customer_id", "date", "survey", "score", "response_id"];

/// The canonical cells of a person, if the row names one.
pub(super) fn contact<'a>(mut says: Says<'a>, customer: &'a str) -> Vec<Cells<'a>> {
    let names = [says.text("first_name"), says.text("last_name")].join(" ").trim().to_owned();
    let name = Some(says.take("name")).filter(|name| !name.is_empty()).unwrap_or(names.into());
    let [role, email, primary] = ["role", "email", "primary"].map(|field| says.take(field));
    if name.is_empty() && email.is_empty() {
        return Vec::new();
    }
    vec![vec![customer.into(), name, role, email, primary]]
}

/// The canonical cells of the responses of a row; none where it has no answer.
pub(super) fn responses<'a>(says: &Says<'a>, customer: &'a str) -> Vec<Cells<'a>> {
    let named = [("nps", says.text("nps")), ("csat", says.text("csat")), (says.text("survey"), says.text("score"))];
    let answered = named.into_iter().filter(|(_, score)| !score.is_empty());
    let response = |(survey, score): (&str, &str)| {
        let own = [says.text("date"), survey, score, says.text("response_id")].map(|text| text.to_owned().into());
        [customer.into()].into_iter().chain(own).collect()
    };
    answered.map(response).collect()
}
