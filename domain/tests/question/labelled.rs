//! Every question of the fixture against what it was labelled as before there was a grammar.

use domain::{
    query::{parse, text},
    question::{Understood, understand},
};

use crate::given::names;

const QUESTIONS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/questions.txt"));

#[test]
fn no_question_is_answered_wrong_and_of_those_the_book_can_answer_four_of_five_are() {
    let names = names();
    let mut today = "2026-11-23".parse().expect("a day");
    let (mut right, mut honest, mut wrong, mut answerable) = (0, Vec::new(), Vec::new(), 0);
    for line in QUESTIONS.lines() {
        if let Some(day) = line.strip_prefix("# as of ") {
            today = day.parse().expect("a day");
        }
        let Some((label, rest)) = line.split_once('|').filter(|_| !line.starts_with('#')) else { continue };
        let (question, expected) = match label {
            "query" => rest.rsplit_once('|').map(|(question, query)| (question, Some(query))).expect("a query"),
            _ => (rest, None),
        };
        answerable += usize::from(expected.is_some());
        match (understand(question, &names, today), expected) {
            (Understood::As(found), Some(expected)) if found == parse(expected).expect(expected) => right += 1,
            (Understood::As(found), _) => wrong.push(format!("{question}\n    {}", text(&found))),
            (_, None) => right += 1,
            (why, Some(_)) => honest.push(format!("{question}\n    {why:?}")),
        }
    }
    let answered = answerable - honest.len();
    println!("right {right}, honest {}, wrong {}", honest.len(), wrong.len());
    println!("of {answerable} that the book can answer {answered} are answered");
    println!("not answered:\n  {}", honest.join("\n  "));
    assert!(wrong.is_empty(), "answered wrong:\n  {}", wrong.join("\n  "));
    assert!(answered * 5 >= answerable * 4, "{answered} of {answerable}");
}
