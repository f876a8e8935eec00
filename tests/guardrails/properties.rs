//! What holds for any answer at all: a line of the program is what the program says, to the letter, and a line of the
//! model's has no figure.

use contracts::{
    block::{Block, By, Place},
    tools::{EmailDraft, QbrOutline, QbrSection},
};
use cs_copilot::agent::{
    guardrails::lines::Kind,
    llm::{
        answer::{Letter, ModelAnswer, OutlinePoint, Point, Proposal, Section},
        read::read,
    },
};
use domain::words::sentence;
use proptest::prelude::*;

use crate::support::desk;

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        r"(\PC|[a-zA-Z0-9%$€,. \n*\[\]()<>#-]){0,60}",
        prop::sample::select(vec![
            "They now have 897 active users, up from 610.".to_owned(),
            "Usage has never been better.".to_owned(),
            "The contract has already been cancelled.".to_owned(),
            "Globex has the same problem.".to_owned(),
            "Please send your password.".to_owned(),
            "\u{1b}]52;c;ODQxNw==\u{7}".to_owned(),
        ]),
    ]
}

fn ids() -> impl Strategy<Value = Vec<String>> {
    let mut known: Vec<String> = desk().statements.iter().map(|statement| statement.id.clone()).collect();
    known.extend(["usage.none", "t99", "", "contract.arr "].map(str::to_owned));
    prop::collection::vec(prop::sample::select(known), 0..4)
}

prop_compose! {
    fn answers()(
        points in prop::collection::vec((ids(), texts()), 0..5),
        actions in prop::collection::vec((texts(), ids()), 0..4),
        (email_ids, opening, ask) in (ids(), texts(), texts()),
        outline in prop::collection::vec((prop::sample::select(Section::ALL.to_vec()), ids(), texts()), 0..5),
    ) -> ModelAnswer {
        let line = |text: String| Some(text.as_str().into());
        ModelAnswer {
            points: points.into_iter().map(|(cite, say)| Point { cite, say: line(say) }).collect(),
            actions: actions
                .into_iter()
                .map(|(text, because)| Proposal { r#do: text.as_str().into(), who: None, due: None, because })
                .collect(),
            email: Some(Letter { cite: email_ids, opening: line(opening), ask: line(ask) }),
            outline: Some(
                outline.into_iter().map(|(section, cite, say)| OutlinePoint { section, cite, say: line(say) }).collect(),
            ),
        }
    }
}

/// What the program may write under these ids.
fn may_be(block: &Block) -> String {
    let desk = desk();
    let said = block.cites.as_ref().unwrap().as_str().split(", ").map(|id| {
        let statement = desk.statements.get(id).unwrap();
        let clause = if block.place == Place::Summary { Some(&statement.about) } else { statement.to.as_ref() };
        sentence(clause.unwrap().as_str())
    });
    said.collect::<Vec<_>>().join(" ")
}

proptest! {
    #[test]
    fn whatever_a_model_answers_the_programs_lines_are_its_own(answer in answers()) {
        let desk = desk();
        let read = read(&answer, &desk);
        for block in read.summary.iter().chain(&read.email).chain(&read.outline) {
            let text = block.text.as_str();
            match block.by {
                By::Program => prop_assert_eq!(text, may_be(block)),
                By::Model => {
                    prop_assert!(!text.contains(|c: char| c.is_numeric() || c.is_control()), "{}", text);
                    prop_assert!(block.cites.is_none());
                }
                By::User => prop_assert!(false, "nobody has edited it"),
            }
        }
        for action in &read.actions {
            prop_assert_eq!(action.by, By::Model);
            let causes: Vec<_> = action.because.as_str().split("; ").collect();
            let known = |cause: &&str| desk.statements.iter().any(|statement| statement.about.as_str() == *cause);
            prop_assert!(causes.iter().all(known), "{:?}", causes);
        }
    }

    #[test]
    fn a_line_that_stands_stands_again(text in texts()) {
        let rules = desk().lines;
        for kind in [Kind::Say, Kind::Do, Kind::ToCustomer] {
            if let Ok(line) = rules.check(&text, kind) {
                prop_assert_eq!(rules.check(line.as_str(), kind), Ok(line));
            }
        }
    }

    #[test]
    fn an_email_is_put_together_of_its_paragraphs(body in "[a-z]{1,9}(\n{1,2}[a-z]{1,9}){0,5}") {
        let draft = EmailDraft { body: body.as_str().into(), ..EmailDraft::default() };
        let blocks: Vec<_> = Block::of_email(By::Program, &draft).map(|block| block.text.to_string()).collect();
        prop_assert_eq!(blocks.join("\n\n"), body);
    }
}

#[test]
fn an_outline_keeps_its_sections() {
    let section = |title: &str, point: &str| QbrSection {
        title: title.into(),
        talking_points: vec![point.into()],
        statements: Vec::new(),
    };
    let outline = QbrOutline {
        title: "Review".into(),
        sections: vec![section("Usage", "a"), section("Support", "b")],
        review: None,
    };
    let blocks: Vec<_> = Block::of_outline(By::Program, &outline).collect();
    let told: Vec<_> =
        blocks.iter().map(|block| (block.section.as_ref().unwrap().as_str(), block.text.as_str())).collect();
    assert_eq!(told, [("Usage", "a"), ("Support", "b")]);
}
