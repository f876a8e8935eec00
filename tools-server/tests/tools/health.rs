//! `calculate_health`: what of a customer is scored. The formula has tests of its own, in `domain`.

use contracts::{
    delivery::ContractTerms,
    facts::{Priority, Source, Trend},
    health::{HealthPart, Risk, Signal, Why},
    tools::{HealthReport, ReadParams, ToolCall, ToolOutput},
};
use domain::case::Case;
use tools_server::tools::MissingData;

use crate::facts::{call, contract, in_days, nameless, of_terms, said, source, tickets, today, usage};

fn health(facts: &Case) -> Result<HealthReport, MissingData> {
    match call(ToolCall::CalculateHealth(ReadParams::default()), facts)? {
        ToolOutput::Health(report) => Ok(report),
        other => panic!("not a health report: {other:?}"),
    }
}

#[test]
fn all_that_is_known_is_scored() {
    let acme = Case {
        usage: usage(Some(Trend::Up), 10.0, 20.0),
        tickets: tickets(&[Priority::Normal, Priority::Low]),
        contract: contract(Some(80)),
        ..nameless()
    };
    let report = health(&acme).unwrap();
    assert_eq!((report.score, report.risk, report.coverage), (Some(87), Risk::Low, 100));
    assert_eq!((report.model.as_str(), report.as_of), ("v2", today()));
    assert_eq!(report.signals, [Signal::UsageUp, Signal::FewTickets]);
}

#[test]
fn what_is_not_scored_has_its_reason() {
    let mut facts = Case { usage: usage(None, 5.0, 5.0), ..nameless() };
    let report = health(&facts).unwrap();
    assert_eq!((report.score, report.risk), (None, Risk::Unknown));
    assert_eq!(report.gap(HealthPart::UsageTrend), Some(&Why::TooFew));
    assert_eq!(report.gap(HealthPart::OpenTickets), Some(&Why::Missing));

    let why = |facts: &Case| health(facts).unwrap().gap(HealthPart::DaysToRenewal).cloned();
    facts.contract = contract(Some(-12));
    assert_eq!(why(&facts), None);
    facts.contract = said(contract(Some(-12)), in_days(-30));
    assert_eq!(why(&facts), Some(Why::Stale { source: Source { as_of: in_days(-30), ..source() } }));
    let terms = ContractTerms { renewal_date: Some(in_days(-12)), auto_renew: Some(true), ..ContractTerms::default() };
    let automatic = Some(Why::RenewsByItself { on: in_days(-12) });
    facts.contract = said(of_terms(terms.clone()), in_days(-30));
    assert_eq!(why(&facts), automatic);
    facts.contract = of_terms(terms);
    assert_eq!(why(&facts), automatic);
}

#[test]
fn no_data_is_an_error_that_says_what_to_add() {
    let mut empty = nameless();
    let error = health(&empty).unwrap_err().to_string();
    assert!(error.contains("Acme Corp") && error.contains("usage.csv"), "{error}");
    empty.contract = contract(None);
    assert!(health(&empty).is_err());
}
