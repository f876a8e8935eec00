//! What the formula looks at: which parts of a customer are in it, and why the others are not.

use contracts::{
    facts::Trend,
    health::{HealthInput, Why},
    reading::Knowledge,
    tools::HealthReport,
};
use domain::{
    case::Case,
    health::{HealthInputs, Renewal, inputs_of, report},
};

use crate::given::{contract, in_days, known, nameless, source, tickets, today, usage};

#[test]
fn what_is_known_is_looked_at() {
    let case = Case {
        usage: known(usage(Some(Trend::Silent))),
        tickets: known(tickets()),
        contract: known(contract(Some(80), Some(true))),
        ..nameless()
    };
    let renewal = Ok(Renewal { days: 80, automatic: true });
    assert_eq!(inputs_of(&case), HealthInputs { usage: Ok(Trend::Silent), tickets: Ok(3), renewal });
}

#[test]
fn every_gap_has_its_reason() {
    let nothing = HealthInputs { usage: Err(Why::Missing), tickets: Err(Why::Missing), renewal: Err(Why::Missing) };
    assert_eq!(inputs_of(&nameless()), nothing);

    let case = Case { usage: known(usage(None)), contract: known(contract(None, None)), ..nameless() };
    assert_eq!(inputs_of(&case), HealthInputs { usage: Err(Why::TooFew), ..nothing.clone() });

    let case = Case { contract: known(contract(Some(-3), Some(true))), ..nameless() };
    let renewal = Err(Why::RenewsByItself { on: in_days(-3) });
    assert_eq!(inputs_of(&case), HealthInputs { renewal, ..nothing });
}

#[test]
fn what_is_stale_is_not_looked_at_whatever_it_says() {
    let old = || source(-200);
    let case = Case {
        usage: Knowledge::Stale { value: usage(Some(Trend::Up)), source: old() },
        tickets: Knowledge::Stale { value: tickets(), source: old() },
        contract: Knowledge::Stale { value: contract(Some(80), Some(true)), source: old() },
        ..nameless()
    };
    let stale = || Why::Stale { source: old() };
    assert_eq!(inputs_of(&case), HealthInputs { usage: Err(stale()), tickets: Err(stale()), renewal: Err(stale()) });
}

#[test]
fn a_renewal_that_has_passed_is_overdue_only_where_its_source_still_names_it() {
    // Days to the renewal, whether it is automatic, and days to the delivery.
    let overdue = |days| Ok(Renewal { days, automatic: false });
    let cases = [
        (-10, false, 0, overdue(-10)),
        (-10, false, -9, overdue(-10)),
        (-10, false, -10, Err(Why::Stale { source: source(-10) })),
        (-10, false, -60, Err(Why::Stale { source: source(-60) })),
        (-10, true, 0, Err(Why::RenewsByItself { on: in_days(-10) })),
        (-10, true, -60, Err(Why::RenewsByItself { on: in_days(-10) })),
        (0, true, -60, Ok(Renewal { days: 0, automatic: true })),
        (10, false, -60, Ok(Renewal { days: 10, automatic: false })),
    ];
    for (days, automatic, delivered, expected) in cases {
        let read = Renewal::of(in_days(days), automatic, &source(delivered), today());
        assert_eq!(read, expected, "{days} days, automatic: {automatic}, delivered {delivered} days from today");
    }
}

#[test]
fn inputs_travel_as_typed_json() {
    let inputs = HealthInputs { usage: Ok(Trend::Down), tickets: Ok(3), renewal: Err(Why::Missing) };
    let report = report(&inputs, today());
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["contributions"][0]["input"], serde_json::json!({ "part": "usage_trend", "is": "down" }));
    assert_eq!(json["contributions"][1]["input"], serde_json::json!({ "part": "open_tickets", "is": 3 }));
    assert_eq!(json["gaps"][0], serde_json::json!({ "part": "days_to_renewal", "why": { "reason": "missing" } }));
    let renewal = HealthInput::Renewal { days: -5, automatic: false };
    let expected = serde_json::json!({ "part": "days_to_renewal", "is": { "days": -5, "automatic": false } });
    assert_eq!(serde_json::to_value(renewal).unwrap(), expected);
    assert_eq!(serde_json::from_value::<HealthInput>(expected).unwrap(), renewal);
    assert_eq!(serde_json::from_value::<HealthReport>(json).unwrap(), report);
}
