//! How much of a good model's answer survives: true sentences about the demo book, as such a model writes them.

use std::io::{self, Write};

use contracts::{Line, TaskId};
use cs_copilot::agent::guardrails::{
    data::cleaned,
    grounding::{Known, Subject, check},
};
use domain::{case::Case, tasks::Tasks};
use tools_server::tools;

use crate::{books, support::today};

/// Customers after `==`, each with the sentences about it. `\n` ends a line, and what the customer reads begins with
/// `> `. What goes by design begins with `falls: `, the reason and ` | `.
const TABLE: &str = include_str!("natural.txt");

/// Like sentences of the table, and false.
const FALSE: &[(&str, &str)] = &[
    ("acme", "Logins rose, roughly a 40% jump."),
    ("acme", "Logins went from 112 to 156 a day."),
    ("acme", "Logins went from 35 to less."),
    ("acme", "Because: logins up 29% (112 → 156 a day)"),
    ("acme", "The renewal is over the 75 days away."),
    ("acme", "Acme pays USD 130,000/year."),
    ("acme", "Acme pays USD 120,000/month."),
    ("acme", "Acme pays $120k/mo."),
    ("acme", "Acme has 80 logins/day."),
    ("acme", "The trend covers 14 weekly measurements."),
    ("acme", "A rise of 45% has weight."),
    ("acme", "A jump of 45% weighs on the score."),
    ("acme", "Given the weight of usage, a rise of 45% helps."),
    ("acme", "Logins rose by 45%, a large weight."),
    ("acme", "Usage is weighted at 55%."),
    ("acme", "Two open tickets cost 9 of the 35 possible points."),
    ("acme", "The score lost 46 usage points."),
    ("acme", "87 of the 100 seats are used."),
    ("acme", "The renewal is in mid-2028."),
    ("acme", "The renewal is in mid-2027."),
    ("acme", "The renewal is in late 2027."),
    ("acme", "Der Vertrag läuft am 12. Februar 2027 aus."),
    ("umbrella", "Half of the open tickets are urgent."),
    ("umbrella", "50% of the open tickets are urgent."),
    ("umbrella", "Active users are down by more than half."),
    ("umbrella", "Usage is at a third of what it was."),
    ("umbrella", "There's no open ticket."),
    ("umbrella", "No tickets are in the data."),
    ("vandelay", "Logins have stayed in a band of 11–19 a day."),
];

/// A customer with all that the tools answer about it.
fn known(all: &[Case], id: &str) -> Known {
    let customer = all.iter().find(|case| case.id.as_str() == id).unwrap();
    let plan =
        [TaskId::RENEWAL, TaskId::QBR].map(|task| Tasks::shipped().get(&task).unwrap().plan(Some(today()))).concat();
    let outputs: Vec<_> = plan.iter().filter_map(|step| tools::run(&step.call, customer).ok()).map(cleaned).collect();
    let (id, name) = (&customer.id, &customer.name);
    let others: Vec<Line> = all.iter().map(|other| other.name.clone()).filter(|other| other != name).collect();
    Known::new(Subject { id, name, question: None, as_of: today(), others: &others }, &outputs)
}

#[test]
fn false_texts_like_them_go() {
    let all = books::demo(today());
    let passes = |(id, text): &&(&str, &str)| check(text, &known(&all, id)).removed.is_empty();
    let passed: Vec<_> = FALSE.iter().filter(passes).collect();
    assert!(passed.is_empty(), "{passed:#?}");
}

#[test]
fn true_texts_of_a_good_model_stay() {
    let all = books::demo(today());
    let mut known_of = None;
    let (mut count, mut stayed) = (0, 0);
    let mut wrong = Vec::new();
    for line in TABLE.lines() {
        if let Some(id) = line.strip_prefix("== ") {
            let inward = known(&all, id);
            known_of = Some((inward.for_the_customer(), inward));
            continue;
        }
        let (outward, inward) = known_of.as_ref().unwrap();
        let (falls, line) = match line.strip_prefix("falls: ") {
            Some(rest) => (true, rest.split_once(" | ").unwrap().1),
            None => (false, line),
        };
        let (known, text) = line.strip_prefix("> ").map_or((inward, line), |text| (outward, text));
        let removed = check(&text.replace("\\n", "\n"), known).removed;
        count += 1;
        stayed += usize::from(removed.is_empty());
        if removed.is_empty() == falls {
            wrong.push(format!("{text}   {:?}", removed.iter().map(|r| &r.reason).collect::<Vec<_>>()));
        }
    }
    // Written past the test harness, which hides what a test that passes prints.
    writeln!(io::stderr(), "grounding: {stayed} of {count} true texts of a good model stay").unwrap();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
