//! Free texts of the data that look like figures: they carry none.

use contracts::{
    Line,
    facts::Ticket,
    tools::{ContractReport, TicketsReport, ToolOutput, UsageReport},
};
use cs_copilot::agent::guardrails::grounding::{Known, Subject, check};

use crate::support::{contract, tickets, today, usage};

/// A customer with these words in its data, and what the tools answered else.
fn of(name: &str, metric: &str, plan: &str, ids_and_titles: [(&str, &str); 2]) -> Known {
    let mut report = tickets();
    for (ticket, (id, title)) in report.recent.iter_mut().zip(ids_and_titles) {
        *ticket = Ticket { id: id.into(), subject: Some(title.into()), ..ticket.clone() };
    }
    let outputs = [
        ToolOutput::Usage(UsageReport { metric: metric.into(), ..usage() }),
        ToolOutput::Tickets(TicketsReport { ..report }),
        ToolOutput::Contract(ContractReport { plan: Some(plan.into()), ..contract() }),
    ];
    let (id, name) = ("acme".parse().unwrap(), Line::new(name));
    Known::new(Subject { id: &id, name: &name, question: None, as_of: today(), others: &[] }, &outputs)
}

fn passes(sentence: &str, known: &Known) -> bool {
    check(sentence, known).text == sentence
}

#[test]
fn a_title_that_is_a_figure_carries_none() {
    let known = of("Acme", "logins", "Pro", [("A-1", "99%"), ("A-2", "Health score 99")]);
    for sentence in ["“99%” is the title.", "Health is at “99%”.", "It shows “Health score 99”."] {
        assert!(!passes(sentence, &known), "{sentence}");
    }
    let known = of("Acme", "logins", "Pro", [("A-1", "Error 504"), ("A-2", "Slow for 3 days now")]);
    for sentence in ["A-1 (“Error 504”) is open.", "They report “Slow for 3 days now”."] {
        assert!(passes(sentence, &known), "{sentence}");
    }
}

#[test]
fn an_id_that_is_a_figure_stands_only_where_it_is_called_one() {
    let known = of("Acme", "logins", "Pro", [("5m", "Export"), ("90", "Import")]);
    for sentence in
        ["They pay 5m a year.", "ARR is 5m.", "90 seats are used.", "The score is 90.", "Tickets 90 days old."]
    {
        assert!(!passes(sentence, &known), "{sentence}");
    }
    for sentence in ["Ticket 5m is urgent.", "Ticket #90 is open.", "Case 90 comes first."] {
        assert!(passes(sentence, &known), "{sentence}");
    }
}

#[test]
fn a_unit_of_the_usage_is_counted() {
    let known = of("Acme", "GB/day", "Pro", [("A-1", "a"), ("A-2", "b")]);
    assert!(passes("Usage is at 29 GB/day.", &known) && passes("GB/day: 29, before 41.", &known));
    assert!(!passes("They store 150 GB.", &known));
}

#[test]
fn a_name_that_is_a_figure_carries_none() {
    for (name, sentence) in [
        ("9 days", "It renews in 9 days."),
        ("Health 99", "The score is Health 99."),
        ("5M", "They pay 5M."),
        ("June", "It renews in June."),
    ] {
        let outputs = ["logins", name].map(|metric| of(name, metric, name, [("A-1", "a"), ("A-2", "b")]));
        assert!(outputs.iter().all(|known| !passes(sentence, known)), "{sentence}");
    }
    let metric = of("Acme", "9 days", "Pro", [("A-1", "a"), ("A-2", "b")]);
    assert!(!passes("9 days are left.", &metric));
    for name in ["Studio 54", "Forever 21", "August Home", "Q2 Holdings", "Company_461", "A-12", "Web2Go"] {
        let known = of(name, "active users in 28 days", "Team 50", [("A-1", "a"), ("A-2", "b")]);
        assert!(passes(&format!("{name} has 29 active users in 28 days."), &known), "{name}");
        assert!(passes(&format!("{name} is on the Team 50 plan."), &known), "{name}");
    }
}
