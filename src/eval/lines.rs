//! The lines of a model's own in an answer.

use crate::agent::{guardrails::tongue::Tongue, llm::answer::ModelAnswer};

/// The lines of a model's own, in one spelling and without the customer's name, so that the same words for two customers
/// are the same.
pub(crate) fn own_lines(answer: &ModelAnswer, customer: &str) -> Vec<String> {
    let customer = customer.to_lowercase();
    let plain = |line: &str| {
        let line = line.to_lowercase().replace(&customer, "");
        line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    lines(answer).map(plain).filter(|line| !line.is_empty()).collect()
}

/// The lines of a model's own, as it wrote them.
pub(super) fn lines(answer: &ModelAnswer) -> impl Iterator<Item = &str> {
    let points = answer.points.iter().filter_map(|point| point.say.as_ref());
    let actions = answer.actions.iter().map(|action| &action.r#do);
    let letter = answer.email.iter().flat_map(|letter| [letter.opening.as_ref(), letter.ask.as_ref()]).flatten();
    let outline = answer.outline.iter().flatten().filter_map(|point| point.say.as_ref());
    points.chain(actions).chain(letter).chain(outline).map(|line| line.as_str()).filter(|line| !line.trim().is_empty())
}

/// Whether the line is in another language than English.
pub(super) fn is_foreign(line: &str) -> bool {
    let is_long = line.split_whitespace().count() >= 4;
    let (latin, other): (Vec<char>, Vec<char>) =
        line.chars().filter(|c| c.is_alphabetic()).partition(|c| u32::from(*c) < 0x250);
    // A name may be in its own script.
    other.len() > latin.len() || (is_long && Tongue::of(line).is_some_and(|tongue| tongue != Tongue::English))
}
