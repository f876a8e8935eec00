//! `calculate_health`: what of a customer is scored. The formula has tests of its own, in `domain`.

use contracts::{
    facts::{Priority, Trend},
    health::{HealthPart, HealthReport, Risk, Signal, Why},
    tools::{ReadParams, ToolCall, ToolOutput},
};
use tools_server::{store::CustomerFacts, tools::MissingData};

use crate::facts::{call, contract, in_days, nameless, source, tickets, today, usage};

fn health(facts: &CustomerFacts) -> Result<HealthReport, MissingData> {
    match call(ToolCall::CalculateHealth(ReadParams::default()), facts)? {
        ToolOutput::Health(report) => Ok(report),
        other => panic!("not a health report: {other:?}"),
    }
}

#[test]
fn all_that_is_known_is_scored() {
    let acme = CustomerFacts {
        usage: Some(usage(Some(Trend::Up), 10.0, 20.0)),
        tickets: Some(tickets(&[Priority::Normal, Priority::Low])),
        contract: Some(contract(Some(80))),
        ..nameless()
    };
    let report = health(&acme).unwrap();
    assert_eq!((report.score, report.risk, report.coverage), (Some(87), Risk::Low, 100));
    assert_eq!((report.model.as_str(), report.as_of), ("v2", today()));
    assert_eq!(report.signals, [Signal::UsageUp, Signal::FewTickets]);
}

#[test]
fn what_is_not_scored_has_its_reason() {
    let mut facts = CustomerFacts { usage: Some(usage(None, 5.0, 5.0)), ..nameless() };
    let report = health(&facts).unwrap();
    assert_eq!((report.score, report.risk), (None, Risk::Unknown));
    assert_eq!(report.gap(HealthPart::UsageTrend), Some(&Why::TooFew));
    assert_eq!(report.gap(HealthPart::OpenTickets), Some(&Why::Missing));

    facts.contract = Some(contract(Some(-12)));
    assert_eq!(health(&facts).unwrap().gap(HealthPart::DaysToRenewal), None);
    facts.contract.as_mut().unwrap().source.as_of = in_days(-30);
    let stale = Why::Stale { source: facts.contract.as_ref().unwrap().source.clone() };
    assert_eq!(health(&facts).unwrap().gap(HealthPart::DaysToRenewal), Some(&stale));
    facts.contract.as_mut().unwrap().auto_renew = Some(true);
    let automatic = Why::RenewsByItself { on: in_days(-12) };
    assert_eq!(health(&facts).unwrap().gap(HealthPart::DaysToRenewal), Some(&automatic));
    facts.contract.as_mut().unwrap().source = source();
    assert_eq!(health(&facts).unwrap().gap(HealthPart::DaysToRenewal), Some(&automatic));
}

#[test]
fn no_data_is_an_error_that_says_what_to_add() {
    let mut empty = nameless();
    let error = health(&empty).unwrap_err().to_string();
    assert!(error.contains("Acme Corp") && error.contains("usage.csv"), "{error}");
    empty.contract = Some(contract(None));
    assert!(health(&empty).is_err());
}
