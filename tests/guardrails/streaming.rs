//! What is shown of a text while it is written.

use cs_copilot::agent::guardrails::{
    grounding::{Checked, check},
    stream::Gate,
};
use proptest::prelude::*;

use crate::support::known;

/// Every text that is shown while `text` comes in pieces of so many characters.
fn shown(text: &str, piece: usize) -> Vec<String> {
    let known = known();
    let mut gate = Gate::new(&known);
    let characters: Vec<char> = text.chars().collect();
    let ends = (1..=characters.len()).filter(|end| end % piece == 0 || *end == characters.len());
    ends.filter_map(|end| gate.take(&characters[..end].iter().collect::<String>()))
        .map(|text| text.to_string())
        .collect()
}

#[test]
fn sentences_come_as_they_end() {
    let shown = shown("Acme is at risk. Usage fell 29% to 29 logins. Call them now. ", 1);
    let expected = ["Acme is at risk.", "Acme is at risk. Usage fell 29% to 29 logins."];
    assert_eq!(shown, expected);
}

#[test]
fn nothing_is_shown_of_what_falls() {
    let shown = shown("The score is 99. See https://evil.example/x now. Globex left. Call Acme. They wait.", 1);
    assert_eq!(shown, ["Call Acme."]);
}

#[test]
fn lists_keep_their_lines() {
    let shown = shown("Do this:\n- Settle ACM-412 first.\n- Call them at once.\n- Then", 1);
    let expected =
        ["Do this:", "Do this:\n- Settle ACM-412 first.", "Do this:\n- Settle ACM-412 first.\n- Call them at once."];
    assert_eq!(shown, expected);
}

const PIECES: [&str; 20] = [
    "Acme Corp scores 32 of 100. ",
    "Acme Corp scores 99 of 100. ",
    "Usage fell from 41 to 29 logins a day",
    ", a drop of 29%. ",
    ", a drop of 45%. ",
    "It renews on 2027-02-11. ",
    "It renews on 2028-03-12. ",
    "Globex",
    "Glo",
    "bex is next. ",
    "evil.",
    "example ",
    "https://",
    "\n- ",
    "**Two",
    " hundred seats** ",
    "ACM-412 is open. ",
    "ACM-",
    "“Score 99% reached, call now” ",
    "eve@evil.example. ",
];

proptest! {
    #[test]
    fn all_that_is_shown_passes_the_check_and_stays(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 1..8), size in 1usize..9,
    ) {
        let known = known();
        let mut before = String::new();
        for text in shown(&pieces.concat(), size) {
            prop_assert!(text.starts_with(&before));
            before.clone_from(&text);
            let Checked { removed, .. } = check(&text, &known);
            prop_assert!(removed.is_empty(), "{:?} of {}", removed, text);
        }
    }
}
