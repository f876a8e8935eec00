//! Every question of the fixture against what it was labelled as before there was a grammar.

use chrono::NaiveDate;
use domain::{
    query::{parse, text},
    question::{Understood, understand},
};

use crate::given::names;

const QUESTIONS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/questions.txt"));

/// Where the questions begin for which nothing in the grammar was changed.
const HELD_OUT: &str = "# Held out";

/// How questions are answered.
#[derive(Default)]
struct Tally {
    right: usize,
    answerable: usize,
    /// Questions the book can answer, and that are not answered.
    honest: Vec<String>,
    wrong: Vec<String>,
}

impl Tally {
    fn of(questions: &str, mut today: NaiveDate) -> Self {
        let names = names();
        let mut tally = Self::default();
        for line in questions.lines() {
            if let Some(day) = line.strip_prefix("# as of ") {
                today = day.parse().expect("a day");
            }
            let Some((label, rest)) = line.split_once('|').filter(|_| !line.starts_with('#')) else { continue };
            let (question, expected) = match label {
                "query" => rest.rsplit_once('|').map(|(question, query)| (question, Some(query))).expect("a query"),
                _ => (rest, None),
            };
            tally.answerable += usize::from(expected.is_some());
            match (understand(question, &names, today), expected) {
                (Understood::As(found), Some(expected)) if found == parse(expected).expect(expected) => {
                    tally.right += 1;
                }
                (Understood::As(found), _) => tally.wrong.push(format!("{question}\n    {}", text(&found))),
                (_, None) => tally.right += 1,
                (why, Some(_)) => tally.honest.push(format!("{question}\n    {why:?}")),
            }
        }
        tally
    }

    /// Of those the book can answer, how many are answered.
    fn answered(&self) -> usize {
        self.answerable - self.honest.len()
    }

    fn print(&self, whose: &str) {
        println!("{whose}: right {}, honest {}, wrong {}", self.right, self.honest.len(), self.wrong.len());
        println!("of {} that the book can answer {} are answered", self.answerable, self.answered());
        println!("not answered:\n  {}", self.honest.join("\n  "));
    }
}

#[test]
fn no_question_is_answered_wrong_and_of_those_the_book_can_answer_four_of_five_are() {
    let (known, held_out) = QUESTIONS.split_once(HELD_OUT).expect("some are held out");
    let today = "2026-11-23".parse().expect("a day");
    let (known, held_out) = (Tally::of(known, today), Tally::of(held_out, today));
    known.print("all but those held out");
    held_out.print("held out");
    let wrong: Vec<_> = known.wrong.iter().chain(&held_out.wrong).map(String::as_str).collect();
    assert!(wrong.is_empty(), "answered wrong:\n  {}", wrong.join("\n  "));
    assert!(known.answered() * 5 >= known.answerable * 4, "{} of {}", known.answered(), known.answerable);
}
