//! Words that stay in the house: a text that the customer reads has none of them.

use super::reading::fold;

const INTERNAL: [&str; 12] = [
    "churn", "churned", "churning", "health", "risk", "risks", "risky", "score", "scores", "scored", "scoring",
    "upsell",
];

/// Whether one of them is in the text, whatever letters it is written in.
pub(super) fn is_internal(read: &str) -> bool {
    fold(read).split(|c: char| !c.is_alphanumeric()).any(|word| INTERNAL.contains(&word))
}
