//! Words that stay in the house: nothing that the customer reads has them, not even by way of a metric's or a ticket's
//! name.

const INTERNAL: [&str; 12] = [
    "churn", "churned", "churning", "health", "risk", "risks", "risky", "score", "scores", "scored", "scoring",
    "upsell",
];

/// Whether one of them is in the text, in whatever case.
pub fn is_internal(text: &str) -> bool {
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| INTERNAL.contains(&word))
}
