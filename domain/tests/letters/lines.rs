//! What no line may say, whoever the customer is.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use contracts::tools::{Edition, QbrOutline};
use domain::{
    letter::{Language, Register},
    outline::{brief, review},
};

use crate::made_up::made_up;

const CUSTOMERS: u64 = 300;
const MONTHS: [&str; 24] = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// A text that is read about a customer, and whether by the customer.
struct Read {
    text: String,
    by_them: bool,
}

/// The customer's edition in German.
fn in_german(outline: &QbrOutline, today: NaiveDate, register: Register) -> Option<Read> {
    let said = Language::german().review(outline.review.as_ref()?, today, register);
    let (title, sections) = said.expect("German has every phrase");
    let text = lines(&QbrOutline { title, sections, review: None });
    for english in ["Your", "your", " the ", "by us", "ticket is", "Please"] {
        assert!(!text.contains(english), "{english}: {text}");
    }
    Some(Read { text, by_them: true })
}

fn lines(outline: &QbrOutline) -> String {
    let points = outline.sections.iter().flat_map(|section| &section.talking_points);
    [&outline.title].into_iter().chain(points).map(|line| format!("{line}\n")).collect()
}

/// Every letter, review and brief of a customer.
fn texts(number: u64) -> Vec<Read> {
    let case = made_up(number).case();
    let mut all = Vec::new();
    for language in [Language::english(), Language::german()] {
        for register in [Register::Formal, Register::Informal] {
            all.push(Read { text: made_up(number).letter(register, language), by_them: true });
        }
    }
    for edition in [Edition::Internal, Edition::Customer] {
        let by_them = edition == Edition::Customer;
        let outline = review(&case, edition);
        all.extend(outline.iter().map(|outline| Read { text: lines(outline), by_them }));
        for register in [Register::Formal, Register::Informal] {
            all.extend(outline.as_ref().and_then(|outline| in_german(outline, case.as_of, register)));
        }
    }
    all.extend(brief(&case).map(|brief| Read { text: lines(&brief), by_them: false }));
    all
}

/// The days that a sentence names: `17 Dec`.
fn days(sentence: &str) -> Vec<String> {
    let words: Vec<_> = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_month = |word: &str| MONTHS.iter().any(|month| word.starts_with(month));
    let named = words.windows(2).filter(|pair| pair[0].parse::<u32>().is_ok() && is_month(pair[1]));
    named.map(|pair| format!("{} {}", pair[0], pair[1].chars().take(3).collect::<String>())).collect()
}

/// The sentences, with dates in German kept whole.
fn sentences(text: &str) -> Vec<String> {
    let whole = |text: String, month: &&str| text.replace(&format!(". {month}"), &format!(" {month}"));
    let text = MONTHS.iter().fold(text.replace("\n", ". "), whole);
    text.split(['?', ';']).flat_map(|part| part.split(". ").map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn no_sentence_names_a_day_twice_or_a_span_that_is_none() {
    let mut named = 0;
    for Read { text, .. } in (0..CUSTOMERS).flat_map(texts) {
        for sentence in sentences(&text) {
            let days = days(&sentence);
            named += days.len();
            assert_eq!(days.iter().collect::<BTreeSet<_>>().len(), days.len(), "a day twice: {sentence}");
            assert!(!days.contains(&"20 Dec".to_owned()) || !sentence.contains("today"), "today twice: {sentence}");
        }
        let text = text.to_lowercase();
        assert!(!text.contains("this week") && !text.contains("diese woche"), "a week that may be over: {text}");
    }
    assert!(named > 1_500, "{named} days were named");
}

#[test]
fn a_contract_is_theirs_alone_where_they_have_no_other() {
    let (mut one, mut several) = (0, 0);
    for number in 0..CUSTOMERS {
        let contracts = made_up(number).case().contract.known().map_or(0, |contract| contract.contracts);
        for Read { text, .. } in texts(number) {
            let text = text.to_lowercase();
            let says = |what: &[&str]| what.iter().any(|what| text.contains(what));
            let the_only = says(&["your contract ", "the contract ", "ihr vertrag ", "euer vertrag "]);
            assert!(!the_only || contracts == 1, "{contracts} contracts: {text}");
            one += usize::from(the_only);
            several += usize::from(says(&["one of your ", "one of the ", "einer ihrer ", "einer eurer "]));
        }
    }
    assert!(one > 200 && several > 50, "{one} and {several}");
}

#[test]
fn the_customer_reads_a_subject_without_what_the_help_desk_put_before_it() {
    let mut told = 0;
    for Read { text, by_them } in (0..CUSTOMERS).flat_map(texts) {
        if by_them {
            assert!(!text.contains("P1") && !text.contains("ACME-77"), "{text}");
            told += usize::from(text.contains("sign-in fails"));
        }
    }
    assert!(told > 30, "{told}");
}
