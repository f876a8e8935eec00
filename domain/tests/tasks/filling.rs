//! What a task's file says of a customer.

use chrono::NaiveDate;
use contracts::{
    Line,
    book::{CustomerRow, Standing},
    facts::{Money, Source},
    health::Risk,
    reading::{FactId, Knowledge, Reading, Value},
};
use domain::tasks::{Given, Scope, Task, Tasks, Written};
use proptest::prelude::*;

const NAMES: [&str; 6] =
    ["usage.change", "says.usage.change", "contract.renewal_date", "sentence.score", "tickets.open", "contact.primary"];

fn task(template: &str) -> Task {
    Task::read(&format!("---\nname: memo\ndescription: d\n---\n{template}\n")).unwrap()
}

fn given(task: &Task) -> Given {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    Given::of(task, &Line::new("Acme"), day, std::iter::empty())
}

fn lines(task: &Task, given: &Given) -> Vec<String> {
    match task.write(given).unwrap() {
        Written::Answer(lines) => lines,
        letter @ Written::Letter { .. } => panic!("{letter:?}"),
    }
}

#[test]
fn a_line_of_which_nothing_is_left_goes_and_one_that_is_empty_stays() {
    let task = task(
        "{{ customer.name }} on {{ today }}\n\n{% if usage.change %}- {{ usage.change }}{% endif %}\n{% for it in actions %}\n- \
         {{ it }}\n{% endfor %}\n{% if not usage.now %}- no usage{% endif %}\n\n{% if tickets.open %}x{% endif %}\n\nend",
    );
    let mut given = given(&task);
    assert_eq!(lines(&task, &given), ["Acme on 23 Nov 2026", "", "- no usage", "", "end"]);
    given.say("usage.change", Some("-29%".to_owned()));
    given.list("actions", vec!["Call".to_owned(), "Write {{ today }}".to_owned()]);
    assert_eq!(
        lines(&task, &given),
        ["Acme on 23 Nov 2026", "", "- -29%", "- Call", "- Write {{ today }}", "- no usage", "", "end"],
        "what is filled in is no template"
    );
}

#[test]
fn a_line_that_begins_with_a_statement_begins_with_a_capital_and_a_name_as_it_is_written() {
    let task = task(
        "{% if says.usage.change %}- {{ says.usage.change }}\nSo: {{ says.usage.change }}{% endif %}\n- {{ customer.name }}",
    );
    let mut given = given(&task);
    given.say("customer.name", Some("acme".to_owned()));
    given.say("says.usage.change", Some("logins fell".to_owned()));
    assert_eq!(lines(&task, &given), ["- Logins fell", "So: logins fell", "- acme"]);
}

#[test]
fn a_letter_is_its_subject_and_the_rest() {
    let file = "---\nname: memo\ndescription: d\nmetadata:\n  audience: customer\n---\nSubject: For {{ customer.name }}\n\nHello,\nall.\n";
    let task = Task::read(file).unwrap();
    let letter = Written::Letter { subject: "For Acme".into(), body: "Hello,\nall.".into() };
    assert_eq!(task.write(&given(&task)).unwrap(), letter);
}

/// Conditions, nested as people nest them, that say each name where it is asked for.
fn templates() -> impl Strategy<Value = String> {
    let name = || prop::sample::select(NAMES.to_vec());
    let leaf = prop_oneof![
        Just("x".to_owned()),
        name().prop_map(|name| format!("{{% if {name} %}}{{{{ {name} }}}}{{% endif %}}")),
        (name(), name()).prop_map(|(a, b)| format!("{{% if {a} and {b} %}}{{{{ {a} }}}} {{{{ {b} }}}}{{% endif %}}")),
        name().prop_map(|name| format!("{{% if not {name} %}}none{{% else %}}{{{{ {name} }}}}{{% endif %}}")),
    ];
    leaf.prop_recursive(3, 12, 3, move |inner| {
        let name = prop::sample::select(NAMES.to_vec());
        (name, inner.clone(), inner).prop_map(|(name, yes, no)| {
            format!("{{% if {name} %}}\n{{{{ {name} }}}}\n{yes}\n{{% else %}}\n{no}\n{{% endif %}}")
        })
    })
}

proptest! {
    #[test]
    fn what_is_read_can_be_filled_in_for_everybody(template in templates(), known in prop::collection::vec(any::<bool>(), NAMES.len())) {
        let task = task(&template);
        let mut given = given(&task);
        for (name, _) in NAMES.iter().zip(&known).filter(|(_, known)| **known) {
            given.say(*name, Some(format!("<{name}>")));
        }
        let said = lines(&task, &given).join("\n");
        for (name, known) in NAMES.iter().zip(known) {
            let is_said = said.contains(&format!("<{name}>"));
            prop_assert!(known || !is_said);
        }
        prop_assert!(!said.contains("none") || template.contains("none"));
    }
}

#[test]
fn a_page_over_the_book_says_what_is_known_of_each_customer() {
    let file = "---\nname: week\ndescription: d\nmetadata:\n  scope: book\n---\n{{ book.customers }} on {{ today }}\n\n\
                {% for row in customers %}\n- {{ row.customer.name }}{% if row.contract.arr %}: {{ row.contract.arr }}\
                {% else %}: no revenue is known{% endif %}\n{% else %}\nNobody.\n{% endfor %}\n";
    let task = Task::read(file).unwrap();
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let rows = [row("acme", Some(12_000_000)), row("{{ today }}", None)];
    let said = |rows: &[CustomerRow]| lines(&task, &Given::of_book(&task, day, rows.iter()));
    assert_eq!(
        said(&rows),
        ["2 customers on 23 Nov 2026", "", "- acme: USD 120,000", "- {{ today }}: no revenue is known"]
    );
    assert_eq!(said(&[]), ["0 customers on 23 Nov 2026", "", "Nobody."]);
}

fn row(name: &str, arr: Option<i64>) -> CustomerRow {
    let source = Source { origin: "files".into(), as_of: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap() };
    let amount = |minor| Value::Money(vec![Money { minor, currency: "USD".into() }]);
    let knowledge = arr.map_or(Knowledge::Missing, |minor| Knowledge::Known { value: amount(minor), source });
    CustomerRow {
        id: "c-1".parse().unwrap(),
        name: name.into(),
        risk: Risk::Low,
        score: None,
        coverage: 0,
        standing: Standing::Active,
        stale: Vec::new(),
        trend: None,
        spark: Vec::new(),
        arr: None,
        days_to_renewal: None,
        open_tickets: None,
        facts: vec![Reading { fact: FactId::of("contract.arr"), says: None, knowledge }],
    }
}

#[test]
fn the_shipped_tasks_say_nothing_of_nothing() {
    for task in Tasks::shipped().iter().filter(|task| task.scope == Scope::Customer) {
        let said = lines(task, &given(task));
        assert!(said.iter().all(|line| !line.contains("none") && !line.contains("{")), "{}: {said:?}", task.id);
    }
}
