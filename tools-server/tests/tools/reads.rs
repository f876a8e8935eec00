//! The three tools that only read.

use contracts::{
    facts::Trend,
    tools::{ReadParams, ToolCall, ToolOutput},
};

use crate::facts::{call, contract, in_days, nameless, tickets, usage};

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
fn usage_and_tickets_are_answered_as_they_are_known() {
    let mut facts = nameless();
    facts.usage = Some(usage(Some(Trend::Up), 29.0, 41.0));
    facts.tickets = Some(tickets(&[]));
    let params = ReadParams::default();
    let answers = [ToolCall::GetCustomerUsage(params), ToolCall::GetRecentTickets(params)];
    let answers = answers.map(|tool| call(tool, &facts).unwrap());
    assert_eq!(answers, [ToolOutput::Usage(facts.usage.unwrap()), ToolOutput::Tickets(facts.tickets.unwrap())]);
}

#[test]
fn days_to_the_renewal_are_whole_days_from_today() {
    for days in [Some(80), Some(0), Some(-1), None] {
        let mut facts = nameless();
        facts.contract = Some(contract(days));
        let answer = call(ToolCall::GetContractInfo(ReadParams::default()), &facts).unwrap();
        let ToolOutput::Contract(report) = answer else { panic!("not a contract: {answer:?}") };
        assert_eq!((report.days_to_renewal, report.renewal_date), (days, days.map(in_days)));
    }
}
