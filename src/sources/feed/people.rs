//! A person, and a response to a survey, of what a row of any system says.

use crate::sources::says::Says;

/// The columns of the canonical file of contacts that are made.
pub(super) const CONTACT: [&str; 5] = ["customer_id", "name", "role", "email", "primary"];

/// The columns of the canonical file of responses that are made.
pub(super) const RESPONSE: [&str; 5] = ["customer_id", "date", "survey", "score", "response_id"];

/// The canonical cells of a person, if the row names one.
pub(super) fn contact(says: &Says, customer: &str) -> Vec<Vec<String>> {
    let names = [says.text("first_name"), says.text("last_name")].join(" ");
    let name = Some(says.text("name")).filter(|name| !name.is_empty()).unwrap_or(names.trim());
    let [role, email, primary] = ["role", "email", "primary"].map(|field| says.text(field).to_owned());
    if name.is_empty() && email.is_empty() {
        return Vec::new();
    }
    vec![vec![customer.to_owned(), name.to_owned(), role, email, primary]]
}

/// The canonical cells of the responses of a row; none where it has no answer.
pub(super) fn responses(says: &Says, customer: &str) -> Vec<Vec<String>> {
    let named = [("nps", says.text("nps")), ("csat", says.text("csat")), (says.text("survey"), says.text("score"))];
    let answered = named.into_iter().filter(|(_, score)| !score.is_empty());
    let response = |(survey, score): (&str, &str)| {
        [customer, says.text("date"), survey, score, says.text("response_id")].map(str::to_owned).into()
    };
    answered.map(response).collect()
}
