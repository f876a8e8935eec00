//! What is read of a task's file, and what is said of one that cannot be.

use contracts::tools::{EmailOccasion, EmailParams, ToolCall, ToolName};
use domain::tasks::{Scope, Task, Tasks};

const HEAD: &str = "---\nname: memo\ndescription: What it is for.\n---\n";

/// What is wrong with a file.
#[track_caller]
fn wrong(file: &str) -> String {
    Task::read(file).unwrap_err().to_string()
}

#[test]
fn the_shipped_tasks_are_read_and_each_key_is_one_tasks() {
    let mut keys: Vec<_> = Tasks::shipped().iter().filter_map(|task| task.key).collect();
    keys.sort_unstable();
    let all = keys.len();
    keys.dedup();
    assert_eq!(keys.len(), all);
    let renewal = Tasks::shipped().iter().find(|task| task.id.as_str() == "renewal").unwrap();
    let email = renewal.plan(None).into_iter().find(|step| step.call.name() == ToolName::GenerateEmail).unwrap();
    let params = EmailParams { as_of: None, occasion: EmailOccasion::Renewal };
    assert_eq!(email.call, ToolCall::GenerateEmail(params));
    assert_eq!(email.reason.as_str(), "The renewal email, ready to send.");
}

#[test]
fn a_task_of_a_few_lines_calls_all_that_reads_and_is_titled_by_its_name() {
    let task = Task::read(&format!("{HEAD}{{{{ customer.name }}}}\n")).unwrap();
    assert_eq!((task.title.as_str(), task.key), ("Memo", None));
    let called: Vec<_> = task.plan(None).iter().map(|step| step.call.name().as_str()).collect();
    assert_eq!(called, ["get_customer_usage", "get_recent_tickets", "get_contract_info", "calculate_health"]);
}

#[test]
fn what_other_agents_write_into_a_skill_is_read_past() {
    let head = "---\r\n# a comment\r\nname: memo\r\ndescription: >-\r\n  What it\r\n  is for.\r\nlicense: 'MIT'\r\nmetadata:\r\n  \
                author: \"us: all\"\r\n  key: m\r\n---\r\n\r\n# A memo\r\n\r\n{{ today }}\r\n";
    let task = Task::read(head).unwrap();
    assert_eq!((task.description.as_str(), task.title.as_str(), task.key), ("What it is for.", "A memo", Some('m')));
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let front = |lines: &str| format!("---\nname: memo\ndescription: d\n{lines}---\n{{{{ today }}}}\n");
    let body = |text: &str| format!("{HEAD}# Memo\n\n{text}\n");
    for (file, says) in [
        ("Hello".to_owned(), "line 1: a task begins with front matter"),
        ("---\nname: memo\n".to_owned(), "line 1: the front matter does not end"),
        ("---\ndescription: d\n---\nx".to_owned(), "line 1: name: is missing"),
        ("---\nname: Memo\ndescription: d\n---\nx".to_owned(), "line 2: a task's name is 1 to 64 of a-z"),
        (front("tool: x\n"), "line 4: there is no tool; there are name, description,"),
        (front("name: other\n"), "line 4: name is there twice"),
        (front("license: [MIT]\n"), "line 4: put this value in quotes"),
        (front("license: a: b\n"), "line 4: put this value in quotes"),
        (front("  key: m\n"), "line 4: this line stands too far in"),
        (front("metadata:\n  key: mm\n"), "line 5: a key is one letter"),
        (front("metadata:\n  audience: us\n"), "line 5: there is no us; there are internal, customer"),
        (
            front("metadata:\n  tools: |\n    get_nothing: why\n"),
            "line 6: there is no get_nothing; there are get_customer_usage",
        ),
        (
            front("metadata:\n  parameters: |\n    generate_email.occasion: renewal\n"),
            "line 6: generate_email is not among",
        ),
        (
            front("metadata:\n  tools: generate_email\n  parameters: |\n    generate_email.occasion: birthday\n"),
            "line 7: generate_email does not take this: occasion",
        ),
        (front("metadata:\n  scope: everything\n"), "line 5: there is no everything; there are customer, book"),
        (front("metadata:\n  query: 'risk:high'\n"), "line 5: a query is of a task over the whole book"),
        (front("metadata:\n  scope: book\n  query: 'risk:purple'\n"), "line 6: this query is not understood"),
        (front("metadata:\n  scope: book\n  period: 2024-Q4\n"), "line 6: a task over the whole book reads"),
        (front("metadata:\n  scope: book\n  tools: calculate_health\n"), "line 6: a task over the whole book reads"),
        (front("metadata:\n  period: last-year\n"), "line 5: there is no period last-year; there are last-quarter,"),
        (
            front("metadata:\n  colour: red\n"),
            "line 5: there is no colour; there are key, scope, query, period, tools,",
        ),
        (HEAD.to_owned(), "line 5: there is nothing below the heading"),
        (body(&"x".repeat(8_001)), "line 7: what a task says has 8000 characters at the most"),
        (body("{% if usage.change %}"), "line 7: this cannot be read"),
        (body("a\n{{ usage.changes }}"), "line 8: there is no usage.changes here; there are usage.metric"),
        (body("{{ usage.change }}"), "line 7: usage.change may not be known: ask first"),
        (body("{% if tickets.open > 3 %}x{% endif %}"), "line 7: a task may ask whether something is known"),
        (body("{% if tickets.open == '3' %}x{% endif %}"), "line 7: a task may ask whether something is known"),
        (body("{% if 1 %}x{% endif %}"), "line 7: a task may ask whether something is known"),
        (body("{{ today | upper }}"), "line 7: a task says what is known"),
        (body("{{ 1 + 1 }}"), "line 7: a task says what is known"),
        (body("{{ tickets.open if tickets.open else 'no' }}"), "line 7: a task says what is known"),
        (body("{% set x = today %}"), "line 7: a task says what is known"),
        (body("{{ tickets.lines }}"), "line 7: tickets.lines is several lines"),
        (body("{% for line in today %}{{ line }}{% endfor %}"), "line 7: today is one line"),
        (body("{% if usage.change or usage.now %}{{ usage.now }}{% endif %}"), "line 7: usage.now may not be known"),
    ] {
        assert!(wrong(&file).starts_with(says), "{file}\n{}", wrong(&file));
    }
}

/// A task over the book that says this.
fn of_book(text: &str) -> String {
    format!("---\nname: memo\ndescription: d\nmetadata:\n  scope: book\n  query: 'risk:high sort:arr'\n---\n{text}\n")
}

#[test]
fn a_task_over_the_book_goes_over_customers_and_says_their_facts() {
    let each = |text: &str| of_book(&format!("{{% for row in customers %}}{text}{{% endfor %}}"));
    let file = each("- {{ row.customer.name }}{% if row.contract.arr %}: {{ row.contract.arr }}{% endif %}\n");
    let task = Task::read(&file).unwrap();
    assert!(matches!(&task.scope, Scope::Book { query } if query.as_str() == "risk:high sort:arr"), "{:?}", task.scope);
    let facts: Vec<_> = task.row_facts().iter().map(|id| id.as_str().to_owned()).collect();
    assert!(facts.contains(&"contract.arr".to_owned()) && !facts.contains(&"tickets.open".to_owned()), "{facts:?}");
    for (file, says) in [
        (each("{{ row.contract.arr }}"), "line 8: row.contract.arr may not be known: ask first"),
        (each("{{ row.contract.arrr }}"), "line 8: there is no row.contract.arrr here; there are contract.arr,"),
        (each("{{ row.tickets.closed_in_period }}"), "line 8: there is no row.tickets.closed_in_period"),
        (of_book("{{ customers }}"), "line 8: customers are several customers"),
        (of_book("{{ customer.name }}"), "line 8: there is no customer.name here; there are book, customers, today"),
        (of_book("{{ book.arr }}"), "line 8: book.arr may not be known: ask first"),
    ] {
        assert!(wrong(&file).starts_with(says), "{file}\n{}", wrong(&file));
    }
}

#[test]
fn a_period_is_a_quarter_by_its_name_or_by_the_day() {
    let period = |says: &str| {
        let file = format!("---\nname: memo\ndescription: d\nmetadata:\n  period: {says}\n---\n{{{{ today }}}}\n");
        let quarter = Task::read(&file).unwrap().period.unwrap().on("2024-12-20".parse().unwrap());
        quarter.to_string()
    };
    assert_eq!(["last-quarter", "this-quarter", "2023-Q2"].map(period), ["2024-Q3", "2024-Q4", "2023-Q2"]);
    assert_eq!(Task::read(&format!("{HEAD}x\n")).unwrap().period, None);
}

#[test]
fn what_the_customer_reads_names_nothing_of_the_house() {
    let letter =
        |text: &str| format!("---\nname: memo\ndescription: d\nmetadata:\n  audience: customer\n---\n{text}\n");
    assert!(wrong(&letter("Hello")).starts_with("line 7: this task writes to the customer"));
    assert!(
        wrong(&letter("Subject: x\n{% if health.score %}y{% endif %}")).starts_with("line 8: there is no health.score")
    );
    for internal in ["sentence.score", "actions"] {
        let file = letter(&format!("Subject: x\n{{% if {internal} %}}y{{% endif %}}"));
        assert!(Task::read(&file).is_err(), "{internal}");
    }
}
