//! Questions of one customer against what answers them, which was labelled before there was anything to read them.

use domain::{
    facts::find,
    question::{
        customer::{Asked, Wanted, asked},
        who,
    },
};

const QUESTIONS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/customer-questions.txt"));

/// What a question was read as, as the labels say it: of several facts the first.
fn read(question: &str) -> String {
    let Asked { task, wanted, unknown } = asked(question);
    match (unknown.as_slice(), wanted.as_slice()) {
        ([], []) => format!("task {task}"),
        ([], wanted) => wanted.iter().map(part).collect::<Vec<_>>().join(" "),
        _ => "refuse".to_owned(),
    }
}

fn part(wanted: &Wanted) -> String {
    match wanted {
        Wanted::Facts(ids) => ids[0].to_owned(),
        Wanted::OpenTickets => "open tickets".to_owned(),
        Wanted::Ticket(id) => format!("t:{}", id.as_str().to_uppercase()),
    }
}

#[test]
fn no_question_of_a_customer_is_answered_wrong_and_most_that_a_fact_answers_are_answered() {
    let questions = QUESTIONS.lines().filter(|line| !line.starts_with('#'));
    let (mut right, mut answerable, mut honest, mut wrong) = (0, 0, Vec::new(), Vec::new());
    for (label, question) in questions.filter_map(|line| line.split_once('|')) {
        let found = read(question);
        answerable += usize::from(label != "refuse");
        match found.as_str() {
            found if found == label => right += 1,
            "refuse" => honest.push(format!("{question}\n    {:?}", asked(question).unknown)),
            found => wrong.push(format!("{question}\n    {found}, and not {label}")),
        }
    }
    println!("of one customer: right {right}, honest {}, wrong {}", honest.len(), wrong.len());
    println!("of {answerable} that there is an answer to {} are answered", answerable - honest.len());
    println!("not answered:\n  {}", honest.join("\n  "));
    assert!(wrong.is_empty(), "answered wrong:\n  {}", wrong.join("\n  "));
    assert!((answerable - honest.len()) * 5 >= answerable * 4, "{} of {answerable}", answerable - honest.len());
}

#[test]
fn every_fact_that_a_word_asks_for_is_in_the_catalogue() {
    let questions = QUESTIONS.lines().filter_map(|line| line.split_once('|'));
    let wanted = questions.flat_map(|(_, question)| asked(question).wanted);
    let ids = wanted.filter_map(|wanted| match wanted {
        Wanted::Facts(ids) => Some(ids),
        Wanted::OpenTickets | Wanted::Ticket(_) => None,
    });
    for id in ids.flatten() {
        assert!(find(id).is_some(), "{id}");
    }
}

#[test]
fn a_whole_question_in_another_language_is_no_name() {
    let stranger = |question| who::find(question, &[], false).stranger.map(|name| name.to_string());
    assert_eq!(stranger("welche Kunden sind gefährdet?"), None);
    for (question, name) in [("how is foobar doing", "foobar"), ("Dunder Mifflin", "Dunder Mifflin")] {
        assert_eq!(stranger(question).as_deref(), Some(name), "{question}");
    }
}
