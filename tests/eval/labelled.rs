//! The labelled sets: what becomes of each sentence as a line of the model's own and as its nearest citation, and which
//! lines are doubted. Half of the sets is held out: it is counted and printed, and nothing is asked of it but that no false
//! sentence is the program's.

use std::io::{self, Write as _};

use contracts::block::By;
use cs_copilot::agent::{
    guardrails::lines::Kind,
    llm::{answer::ModelAnswer, desk::Desk, read::read},
};
use serde_json::json;

use crate::desk::desk;

const SENTENCES: &str = include_str!("../../evals/sentences.txt");
const HELD_OUT: &str = include_str!("../../evals/held_out/sentences.txt");

#[derive(Default)]
struct Counts {
    sentences: usize,
    /// As a line of the model's own.
    stand_as_said: usize,
    /// As a suggestion.
    stand_as_advice: usize,
    /// By the nearest citation.
    rendered: usize,
    /// Word for word in a line of the program's.
    the_programs: usize,
}

fn answer(cite: &str, sentence: &str) -> ModelAnswer {
    let point = json!({"cite": [cite], "say": sentence});
    serde_json::from_value(json!({"points": [point], "actions": [{"do": sentence, "because": [cite]}]})).unwrap()
}

fn count(set: &str, label: &str, desk: &Desk) -> Counts {
    let mut counts = Counts::default();
    for line in set.lines() {
        let [of, cite, sentence] = line.split('|').collect::<Vec<_>>()[..] else { panic!("{line}") };
        if of != label {
            continue;
        }
        let read = read(&answer(cite, sentence), desk);
        let by = |by| read.summary.iter().filter(move |block| block.by == by);
        counts.sentences += 1;
        counts.stand_as_said += usize::from(by(By::Model).count() == 1);
        counts.stand_as_advice += usize::from(desk.lines.check(sentence, Kind::Do).is_ok());
        counts.rendered += usize::from(by(By::Program).count() == 1);
        let causes = read.actions.iter().map(|action| action.because.as_str());
        let said = by(By::Program).map(|block| block.text.as_str()).chain(causes);
        counts.the_programs += said.filter(|said| said.contains(sentence.trim_end_matches('.'))).count();
    }
    counts
}

#[test]
fn true_sentences_are_rendered_by_citing_false_ones_never_and_all_advice_can_be_given() {
    let desk = desk();
    for (name, set) in [("tuned on", SENTENCES), ("held out", HELD_OUT)] {
        let [truths, lies, advice] = ["T", "F", "A"].map(|label| count(set, label, &desk));
        // Written past the test harness, which hides what a test that passes prints.
        writeln!(
            io::stderr(),
            "sentences, {name}: {} true: {} stand as the model's own, {} rendered by citing; {} false: {} stand as the \
             model's own, {} in a line of the program's; {} pieces of advice: {} can be given",
            truths.sentences,
            truths.stand_as_said,
            truths.rendered,
            lies.sentences,
            lies.stand_as_said,
            lies.the_programs,
            advice.sentences,
            advice.stand_as_advice
        )
        .unwrap();
        assert!(truths.sentences > 5 && lies.sentences > 5 && advice.sentences > 3);
        assert_eq!(truths.rendered, truths.sentences, "a true one always renders");
        assert_eq!(lies.the_programs, 0, "no false sentence is the program's");
        assert_eq!(advice.stand_as_advice, advice.sentences);
    }
}
