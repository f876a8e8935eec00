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
fn words_come_at_once_and_figures_with_their_sentence() {
    let shown = shown("Acme is at risk. Usage fell 29% to 29 logins. Call them now.", 1);
    let expected = [
        "Acme",
        "Acme is",
        "Acme is at",
        "Acme is at risk.",
        "Acme is at risk. Usage",
        "Acme is at risk. Usage fell",
        "Acme is at risk. Usage fell 29% to 29 logins.",
        "Acme is at risk. Usage fell 29% to 29 logins. Call",
        "Acme is at risk. Usage fell 29% to 29 logins. Call them",
    ];
    assert_eq!(shown, expected);
}

#[test]
fn what_falls_is_never_shown_and_what_was_shown_of_it_goes() {
    let shown = shown("The score is 99. See https://evil.example/x now. Globex left. Call Acme.", 1);
    assert!(
        shown.iter().all(|text| !["9", "evil", "http", "Globex"].iter().any(|bad| text.contains(bad))),
        "{shown:?}"
    );
    assert_eq!(shown.last().unwrap(), "Call");
}

#[test]
fn lists_keep_their_lines() {
    let shown = shown("Do this:\n- Settle ACM-412 first.\n- Call them at once.", 1);
    assert_eq!(shown.last().unwrap(), "Do this:\n- Settle ACM-412 first.\n- Call them at");
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
    fn all_that_is_shown_passes_the_check(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 1..8), size in 1usize..9,
    ) {
        let known = known();
        for text in shown(&pieces.concat(), size) {
            let Checked { removed, .. } = check(&text, &known);
            prop_assert!(removed.is_empty(), "{:?} of {}", removed, text);
        }
    }
}
