//! Mails: as a file that opens as a draft, and as an address that opens one.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use contracts::{planner::PlannerResult, tools::EmailDraft};
use mail_builder::MessageBuilder;

use crate::render;

/// The longest address that every mail program takes.
const LONGEST_ADDRESS: usize = 2_000;

/// The email as a message that has not been sent (`X-Unsent`), which mail programs open for writing. The same answer has
/// the same message id; `now` is its date.
pub(super) fn draft(result: &PlannerResult, now: DateTime<Utc>) -> Option<String> {
    let draft = result.email_draft.as_ref()?;
    let id = format!("{}-{}-{}@cs-copilot", result.task, result.customer_id, result.as_of);
    let message = MessageBuilder::new()
        .header("X-Unsent", mail_builder::headers::raw::Raw::new("1"))
        .message_id(id)
        .date(now.timestamp())
        .subject(draft.subject.as_str())
        .text_body(draft.body.as_str());
    let message = match (&draft.to, &draft.person) {
        (Some(to), Some(person)) => message.to((person.as_str(), to.as_str())),
        (Some(to), None) => message.to(to.as_str()),
        (None, _) => message,
    };
    message.write_to_string().ok()
}

/// The email as its writer reads it, with whom it goes to.
pub(super) fn shown(result: &PlannerResult) -> Option<String> {
    let to = match &result.email_draft.as_ref()?.to {
        Some(to) => format!("To: {to}"),
        None => "To: nobody's address is on record".to_owned(),
    };
    Some(format!("{to}\n{}", render::email(result)?))
}

/// The email as an address that a mail program opens (RFC 6068); `None` where it would be longer than programs take.
pub fn mailto(draft: &EmailDraft) -> Option<String> {
    let to = draft.to.as_ref().map(|to| encoded(to.as_str())).unwrap_or_default();
    let body = draft.body.as_str().replace('\n', "\r\n");
    let address = format!("mailto:{to}?subject={}&body={}", encoded(draft.subject.as_str()), encoded(&body));
    (address.len() <= LONGEST_ADDRESS).then_some(address)
}

/// Every byte but those that stand for themselves in every part of an address.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' => out.push(byte.into()),
            _ => _ = write!(out, "%{byte:02X}"),
        }
        out
    })
}
