//! Words that stay in the house: nothing that the customer reads has them, not even by way of a metric's or a ticket's
//! name.

const INTERNAL: [&str; 12] = [
    "churn", "churned", "churning", "health", "risk", "risks", "risky", "score", "scores", "scored", "scoring",
    "upsell",
];

/// Whether one of them is in the text, in whatever case, or a part of a name such as `RiskScore`.
pub fn is_internal(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.flat_map(|word| [word].into_iter().chain(parts(word))).any(|word| INTERNAL.contains(&&*word.to_lowercase()))
}

/// `RiskScore` is `Risk` and `Score`.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let chars = word.char_indices().zip(word.chars().skip(1));
    let ends = chars.filter(|((_, c), next)| c.is_lowercase() && next.is_uppercase());
    let ends = ends.map(|((at, c), _)| at + c.len_utf8()).chain([word.len()]);
    ends.scan(0, |from, end| Some(&word[std::mem::replace(from, end)..end]))
}
