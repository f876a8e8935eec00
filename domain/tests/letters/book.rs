//! A whole book of made-up customers: who is written to, and how alike the letters are.

use std::collections::{BTreeMap, BTreeSet};

use contracts::occasion::Occasion;
use domain::letter::{Language, Register};
use serde_json::Value;

use crate::made_up::made_up;

const BOOK: u64 = 500;

/// The letter without what is the customer's own: names, subjects of tickets, dates and figures.
fn skeleton(letter: &str) -> String {
    let mut quoted = false;
    let unquoted = letter.chars().filter(|c| {
        quoted = (quoted || *c == '“') && *c != '”';
        !quoted
    });
    let text: String = unquoted.map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
    let (subject, body) = text.split_once("\n\n").expect("a subject and a body");
    let (_, body) = body.split_once("\n\n").expect("a greeting");
    let subject = subject.split_once(": ").map_or(subject, |(_, rest)| rest);
    let months = ["October", "November", "December", "January", "February", "March", "April", "May", "June", "July"];
    let months = months.into_iter().chain(["August", "September"]);
    let text = months.fold(format!("{subject}\n{body}"), |text, month| text.replace(month, "Month"));
    let text = text.split_inclusive(['#', ',', '.']).filter(|part| *part != "#").collect::<String>();
    text.replace("Month #", "Month").replace("#,", "#")
}

/// What sets situations apart: the kind, how pressing it is, and what is asked for.
fn situation(occasion: &Occasion) -> String {
    let about = serde_json::to_value(&occasion.about).expect("JSON");
    let words = ["kind", "due", "open", "lasted", "fall"].map(|key| about[key].as_str().unwrap_or_default());
    format!("{} {:?}", words.join(" ").trim(), occasion.ask)
}

fn why_held(occasion: &Occasion) -> Option<String> {
    let hold = serde_json::to_value(occasion.hold.as_ref()?).expect("JSON");
    hold.get("why").and_then(Value::as_str).map(str::to_owned)
}

/// The numbers and dates of a sentence, without those inside of a quotation.
fn figures(sentence: &str) -> Vec<(&str, Option<&str>)> {
    let spoken = sentence.split('“').map(|part| part.split_once('”').map_or(part, |(_, rest)| rest));
    let words = spoken.flat_map(str::split_whitespace).map(|word| word.trim_matches(['.', ',', '(', ')']));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let numbers = (0..words.len()).filter(|&at| words[at].starts_with(|c: char| c.is_ascii_digit()));
    let month = |at: usize| words.get(at + 1).copied().filter(|word| word.starts_with(char::is_uppercase));
    numbers.map(|at| (words[at], month(at))).collect()
}

#[test]
fn letters_of_a_whole_book_are_as_different_as_its_customers() {
    let (mut held, mut skeletons) = (BTreeMap::<String, u32>::new(), BTreeMap::<String, Vec<String>>::new());
    for number in 0..BOOK {
        let (occasion, letter) = made_up(number).letter_of(Register::Informal, Language::english());
        for sentence in letter.split(['\n', '?', ';']).flat_map(|line| line.split(". ")) {
            let said = figures(sentence);
            assert_eq!(said.iter().collect::<BTreeSet<_>>().len(), said.len(), "a figure twice: {sentence}");
        }
        match why_held(&occasion) {
            Some(why) => *held.entry(why).or_default() += 1,
            None => skeletons.entry(skeleton(&letter)).or_default().push(situation(&occasion)),
        }
    }
    let written: usize = skeletons.values().map(Vec::len).sum();
    eprintln!("{BOOK} customers, {written} written to, held: {held:?}");
    for (skeleton, situations) in &skeletons {
        let share = 100 * situations.len() / written;
        eprintln!(
            "{:>4} ({share}%) {}: {:?}",
            situations.len(),
            situations[0],
            skeleton.lines().nth(1).unwrap_or_default()
        );
        assert!(4 * situations.len() <= written, "{share}% of all letters: {skeleton}");
        assert!(situations.iter().all(|one| *one == situations[0]), "{situations:?} share {skeleton}");
    }
    assert!(written >= 100 && held.contains_key("nothing"), "{written} written to, held: {held:?}");
}
