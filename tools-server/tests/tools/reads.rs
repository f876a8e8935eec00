//! The three tools that only read.

use contracts::{
    facts::Trend,
    reading::{Knowledge, Value},
    tools::{ReadParams, ToolCall, ToolOutput},
};

use crate::facts::{call, contact, contract, in_days, nameless, source, tickets, usage};

#[test]
fn what_is_missing_is_said_with_the_file_that_brings_it() {
    let params = ReadParams::default();
    let cases = [
        (ToolCall::GetCustomerUsage(params), "usage.csv"),
        (ToolCall::GetRecentTickets(params), "tickets.csv"),
        (ToolCall::GetContractInfo(params), "contracts.csv"),
    ];
    for (tool, file) in cases {
        let message = call(tool, &nameless()).unwrap_err().to_string();
        assert!(message.contains("Acme Corp") && message.contains(file), "{message}");
    }
}

#[test]
fn without_a_contract_the_people_of_a_customer_are_told_all_the_same() {
    let mut facts = nameless();
    facts.contact = contact("Dana Reyes");
    let answer = call(ToolCall::GetContractInfo(ReadParams::default()), &facts).unwrap();
    let ToolOutput::Contract(report) = answer else { panic!("not a contract: {answer:?}") };
    assert_eq!((report.renewal_date, report.arr, report.seats, report.stale), (None, None, None, false));
    let known = report.facts.iter().find(|reading| reading.fact.as_str() == "contact.primary").unwrap();
    assert_eq!(known.knowledge.known(), Some(&Value::Text("Dana Reyes".into())));
}

#[test]
fn usage_and_tickets_are_answered_as_they_are_known() {
    let mut facts = nameless();
    facts.usage = usage(Some(Trend::Up), 29.0, 41.0);
    facts.tickets = tickets(&[]);
    let params = ReadParams::default();
    let answers = [ToolCall::GetCustomerUsage(params), ToolCall::GetRecentTickets(params)];
    let answers = answers.map(|tool| call(tool, &facts).unwrap());
    let [ToolOutput::Usage(usage), ToolOutput::Tickets(tickets)] = answers else { panic!("others: {answers:?}") };
    assert_eq!((usage.trend, usage.before, usage.recent), (Some(Trend::Up), Some(29.0), 41.0));
    assert_eq!((usage.stale, usage.source), (false, source()));
    assert!(usage.facts.iter().any(|reading| reading.fact.as_str() == "usage.change" && reading.says.is_some()));
    assert_eq!((tickets.open, tickets.stale, tickets.source), (0, false, source()));
    assert!(tickets.facts.iter().any(|reading| reading.fact.as_str() == "tickets.open"));
}

#[test]
fn what_is_too_old_is_answered_with_its_state() {
    let mut facts = nameless();
    let value = usage(Some(Trend::Up), 29.0, 41.0).known().unwrap().clone();
    facts.usage = Knowledge::Stale { value, source: source() };
    let answer = call(ToolCall::GetCustomerUsage(ReadParams::default()), &facts).unwrap();
    let ToolOutput::Usage(report) = answer else { panic!("not usage: {answer:?}") };
    assert!(report.stale);
    assert!(report.facts.iter().all(|reading| reading.knowledge.known().is_none()));
}

#[test]
fn days_to_the_renewal_are_whole_days_from_today() {
    for days in [Some(80), Some(0), Some(-1), None] {
        let mut facts = nameless();
        facts.contract = contract(days);
        let answer = call(ToolCall::GetContractInfo(ReadParams::default()), &facts).unwrap();
        let ToolOutput::Contract(report) = answer else { panic!("not a contract: {answer:?}") };
        assert_eq!((report.days_to_renewal, report.renewal_date), (days, days.map(in_days)));
    }
}
