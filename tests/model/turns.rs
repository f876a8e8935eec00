//! A turn is the same however its stream is cut up.

use cs_copilot::{
    agent::llm::{answer::Point, reading::Growing},
    chat::{chunk::Chunk, turn::Turn},
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A text in pieces of these sizes, and then the rest.
fn pieces(text: &str, sizes: &[usize]) -> Vec<String> {
    let mut letters = text.chars();
    let mut pieces: Vec<String> = sizes.iter().map(|&size| letters.by_ref().take(size).collect()).collect();
    pieces.push(letters.collect());
    pieces
}

fn turn(chunks: impl IntoIterator<Item = Value>) -> Turn {
    let mut turn = Turn::default();
    for chunk in chunks {
        turn.take(serde_json::from_value::<Chunk>(chunk).unwrap()).unwrap();
    }
    turn
}

fn content(text: &str) -> Value {
    json!({"choices": [{"index": 0, "delta": {"content": text}}]})
}

fn part(index: Option<usize>, id: Option<&str>, name: Option<&str>, arguments: &str) -> Value {
    let call = json!({"index": index, "id": id, "function": {"name": name, "arguments": arguments}});
    json!({"choices": [{"delta": {"tool_calls": [call]}}]})
}

proptest! {
    #[test]
    fn text_is_put_together_again(text in "\\PC{0,80}", sizes in prop::collection::vec(0usize..9, 0..20)) {
        let whole = turn([content(&text)]);
        let cut = turn(pieces(&text, &sizes).iter().map(|piece| content(piece)));
        prop_assert_eq!(&cut, &whole);
        prop_assert_eq!(cut.content, text);
    }

    #[test]
    fn calls_side_by_side_are_kept_apart(
        texts in prop::collection::vec("\\PC{0,40}", 1..5),
        sizes in prop::collection::vec(0usize..9, 0..12),
    ) {
        let ids: Vec<String> = (0..texts.len()).map(|place| format!("call_{place}")).collect();
        let heads = || ids.iter().enumerate().map(|(place, id)| part(Some(place), Some(id), Some("get_contract_info"), ""));
        let whole = texts.iter().enumerate().map(|(place, text)| part(Some(place), None, None, text));
        let cut: Vec<Vec<String>> = texts.iter().map(|text| pieces(text, &sizes)).collect();
        // One piece of each call in turn.
        let woven = (0..=sizes.len()).flat_map(|step| {
            cut.iter().enumerate().map(move |(place, pieces)| part(Some(place), None, None, &pieces[step])).collect::<Vec<_>>()
        });
        let (whole, cut) = (turn(heads().chain(whole)), turn(heads().chain(woven)));
        prop_assert_eq!(&cut, &whole);
        prop_assert_eq!(cut.calls.iter().map(|call| call.arguments.clone()).collect::<Vec<_>>(), texts);
    }

    #[test]
    fn points_are_read_whole_and_in_their_order(
        says in prop::collection::vec("\\PC{0,30}", 0..5),
        sizes in prop::collection::vec(0usize..30, 0..40),
    ) {
        let points: Vec<_> = says.iter().map(|say| json!({"cite": ["usage.change"], "say": say})).collect();
        let json = json!({"points": points, "actions": []}).to_string();
        let expected: Vec<Point> = serde_json::from_value(json!(points)).unwrap();
        let (mut growing, mut so_far, mut last) = (Growing::default(), String::new(), 0);
        for piece in pieces(&json, &sizes) {
            so_far += &piece;
            if let Some(whole) = growing.read(&so_far) {
                prop_assert!(expected.starts_with(&whole), "{whole:?} of {expected:?}");
                prop_assert!(whole.len() >= last);
                last = whole.len();
            }
        }
        prop_assert_eq!(last, expected.len());
    }
}

#[test]
fn servers_that_do_not_number_their_calls_are_understood() {
    let parts = |first: Option<usize>, second: Option<usize>| {
        turn([
            part(first, Some("a"), Some("get_contract_info"), "{}"),
            part(second, Some("b"), Some("get_recent_tickets"), "{"),
            part(second, None, None, "}"),
        ])
    };
    for turn in [parts(None, None), parts(Some(0), Some(0)), parts(Some(0), Some(1))] {
        let calls: Vec<_> = turn.calls.iter().map(|call| (call.name.as_str(), call.arguments.as_str())).collect();
        assert_eq!(calls, [("get_contract_info", "{}"), ("get_recent_tickets", "{}")]);
    }
}

#[test]
fn tokens_are_those_of_the_last_count() {
    let usage = |prompt: u64| json!({"choices": [], "usage": {"prompt_tokens": prompt, "completion_tokens": 1}});
    let turn = turn([content("a"), usage(3), usage(5), json!({"choices": []})]);
    assert_eq!(turn.usage.unwrap().prompt_tokens, Some(5));
}

#[test]
fn counts_are_read_as_far_as_they_are_counts() {
    for (given, read) in [
        (json!({"prompt_tokens": 900, "completion_tokens": 70}), (Some(900), Some(70))),
        (json!({"prompt_tokens": u64::MAX, "completion_tokens": 1.5}), (Some(u64::from(u32::MAX)), None)),
        (json!({"prompt_tokens": -1, "completion_tokens": "70"}), (None, None)),
        (json!({"prompt_tokens": null}), (None, None)),
    ] {
        let usage = turn([json!({"choices": [], "usage": given})]).usage.unwrap();
        assert_eq!((usage.prompt_tokens, usage.completion_tokens), read, "{given}");
    }
}
