//! Health, model `v1`, against a second reading of the specification and by its properties.

use contracts::{
    facts::{Priority, Trend},
    health::{HealthPart, HealthReport, Risk, Signal},
    tools::{ReadParams, ToolCall, ToolOutput},
};
use proptest::{option, prelude::*};
use tools_server::{
    store::CustomerFacts,
    tools::{HealthInputs, MissingData, Verdict, judge},
};

use crate::facts::{call, contract, nameless, tickets, today, trends, usage};

fn facts(trend: Option<Trend>, open: Option<u32>, days: Option<i64>) -> CustomerFacts {
    CustomerFacts {
        usage: trend.map(|trend| usage(Some(trend), 10.0, 10.0)),
        tickets: open.map(|open| tickets(&vec![Priority::Normal; open as usize])),
        contract: days.map(|days| contract(Some(days))),
        ..nameless()
    }
}

fn health(facts: &CustomerFacts) -> Result<HealthReport, MissingData> {
    match call(ToolCall::CalculateHealth(ReadParams::default()), facts)? {
        ToolOutput::Health(report) => Ok(report),
        other => panic!("not a health report: {other:?}"),
    }
}

fn points(report: &HealthReport, part: HealthPart) -> u32 {
    report.contributions.iter().find(|contribution| contribution.part == part).unwrap().points
}

#[test]
fn every_edge_of_the_renewal_has_its_points_and_its_signal() {
    let cases = [
        (-1000, 30, Some(Signal::RenewalOverdue), "1,000 days overdue"),
        (-1, 30, Some(Signal::RenewalOverdue), "1 day overdue"),
        (0, 30, Some(Signal::RenewalNear), "0 days"),
        (1, 30, Some(Signal::RenewalNear), "1 day"),
        (59, 30, Some(Signal::RenewalNear), "59 days"),
        (60, 70, None, "60 days"),
        (180, 70, None, "180 days"),
        (181, 100, Some(Signal::RenewalFar), "181 days"),
    ];
    for (days, expected, signal, input) in cases {
        let report = health(&facts(None, None, Some(days))).unwrap();
        assert_eq!(points(&report, HealthPart::DaysToRenewal), expected, "{days} days");
        assert_eq!(report.signals.first().copied(), signal, "{days} days");
        assert_eq!(report.contributions[0].input.as_str(), input);
    }
}

#[test]
fn every_edge_of_the_tickets_has_its_points_and_its_signal() {
    let cases = [
        (0, 100, Signal::NoTickets),
        (1, 80, Signal::FewTickets),
        (2, 80, Signal::FewTickets),
        (3, 50, Signal::ManyTickets),
        (5, 50, Signal::ManyTickets),
        (6, 20, Signal::ManyTickets),
        (60, 20, Signal::ManyTickets),
    ];
    for (open, expected, signal) in cases {
        let report = health(&facts(None, Some(open), None)).unwrap();
        assert_eq!(points(&report, HealthPart::OpenTickets), expected, "{open} tickets");
        assert_eq!(report.signals, [signal], "{open} tickets");
    }
}

#[test]
fn every_trend_has_its_points_and_its_signal() {
    let cases =
        [(Trend::Up, 100, Signal::UsageUp), (Trend::Flat, 50, Signal::UsageFlat), (Trend::Down, 0, Signal::UsageDown)];
    for (trend, expected, signal) in cases {
        let report = health(&facts(Some(trend), None, None)).unwrap();
        assert_eq!((points(&report, HealthPart::UsageTrend), report.signals), (expected, vec![signal]));
    }
}

#[test]
fn a_full_score_is_the_weighted_mean_rounded_half_up() {
    // Acme: up, two tickets, 80 days: 45 + 28 + 14.
    let acme = health(&facts(Some(Trend::Up), Some(2), Some(80))).unwrap();
    assert_eq!((acme.score, acme.risk, acme.coverage), (87, Risk::Low, 100));
    assert_eq!((acme.range.low, acme.range.high, acme.missing.len()), (87, 87, 0));
    assert_eq!(acme.contributions.iter().map(|part| part.adds_bp).collect::<Vec<_>>(), [4500, 2800, 1400]);
    assert_eq!((acme.model.as_str(), acme.as_of), ("v1", today()));
    // Flat, two tickets, 80 days: 22.5 + 28 + 14 = 64.5.
    assert_eq!(health(&facts(Some(Trend::Flat), Some(2), Some(80))).unwrap().score, 65);
}

#[test]
fn bands_begin_at_75_and_at_50() {
    let cases = [
        (Trend::Up, 6, 181, 72, Risk::Medium),
        (Trend::Up, 3, 80, 77, Risk::Low),
        (Trend::Down, 0, 80, 49, Risk::High),
        (Trend::Flat, 2, 59, 57, Risk::Medium),
        (Trend::Flat, 3, 59, 46, Risk::High),
    ];
    for (trend, open, days, score, risk) in cases {
        let report = health(&facts(Some(trend), Some(open), Some(days))).unwrap();
        assert_eq!((report.score, report.risk), (score, risk), "{trend:?}, {open} tickets, {days} days");
    }
}

#[test]
fn gaps_are_left_out_of_the_score_and_held_against_the_risk() {
    // Coverage, score, range and risk of what is there.
    let cases = [
        (facts(Some(Trend::Up), None, None), 45, 100, (45, 100), Risk::Unknown),
        (facts(None, Some(0), None), 35, 100, (35, 100), Risk::Unknown),
        (facts(None, None, Some(90)), 20, 70, (14, 94), Risk::Unknown),
        (facts(None, Some(0), Some(200)), 55, 100, (55, 100), Risk::Medium),
        (facts(None, Some(1), Some(65)), 55, 76, (42, 87), Risk::High),
        (facts(Some(Trend::Up), None, Some(200)), 65, 100, (65, 100), Risk::Medium),
        (facts(Some(Trend::Up), Some(0), None), 80, 100, (80, 100), Risk::Low),
        (facts(Some(Trend::Flat), Some(0), None), 80, 72, (58, 78), Risk::Medium),
    ];
    for (facts, coverage, score, range, risk) in cases {
        let report = health(&facts).unwrap();
        assert_eq!((report.coverage, report.score), (coverage, score));
        assert_eq!(((report.range.low, report.range.high), report.risk), (range, risk));
        assert_eq!(report.missing.len(), 3 - report.contributions.len());
    }
}

#[test]
fn usage_without_a_trend_is_a_gap_and_no_data_is_an_error() {
    let mut untold = facts(None, Some(0), None);
    untold.usage = Some(usage(None, 5.0, 5.0));
    assert_eq!(health(&untold).unwrap().missing, [HealthPart::UsageTrend, HealthPart::DaysToRenewal]);

    let mut empty = nameless();
    let error = health(&empty).unwrap_err().to_string();
    assert!(error.contains("Acme Corp") && error.contains("usage.csv"), "{error}");
    (empty.usage, empty.contract) = (Some(usage(None, 5.0, 5.0)), Some(contract(None)));
    assert!(health(&empty).is_err());
}

fn inputs() -> impl Strategy<Value = HealthInputs> {
    (option::of(trends()), option::of(0..20_u32), option::of(-400..400_i64))
        .prop_map(|(trend, open_tickets, days_to_renewal)| HealthInputs { trend, open_tickets, days_to_renewal })
}

fn report(inputs: HealthInputs) -> Option<HealthReport> {
    health(&facts(inputs.trend, inputs.open_tickets, inputs.days_to_renewal)).ok()
}

/// How good a band is, where one can be told.
fn band(risk: Risk) -> u8 {
    match risk {
        Risk::High => 0,
        Risk::Unknown | Risk::Medium => 1,
        Risk::Low => 2,
    }
}

proptest! {
    #[test]
    fn contributions_sum_to_the_score_before_rounding(inputs in inputs()) {
        let Some(report) = report(inputs) else { return Ok(()) };
        let sum: u32 = report.contributions.iter().map(|part| part.adds_bp).sum();
        let exact: u32 = report.contributions.iter().map(|part| part.points * part.weight).sum();
        prop_assert_eq!(sum, exact * 100 / report.coverage);
        prop_assert_eq!(report.score, (2 * exact + report.coverage) / (2 * report.coverage));
        for part in &report.contributions {
            let share = f64::from(part.points * part.weight * 100) / f64::from(report.coverage);
            prop_assert!((f64::from(part.adds_bp) - share).abs() < 1.0);
        }
    }

    #[test]
    fn everything_stays_in_bounds(inputs in inputs()) {
        let Some(report) = report(inputs) else { return Ok(()) };
        prop_assert!(report.range.low <= report.score && report.score <= report.range.high);
        prop_assert!(report.range.high <= 100 && report.coverage <= 100);
        prop_assert_eq!(report.risk == Risk::Unknown, report.coverage < 50);
    }

    #[test]
    fn what_goes_missing_lowers_coverage_and_never_improves_the_band(inputs in inputs()) {
        let Some(before) = report(inputs) else { return Ok(()) };
        let gaps = [
            HealthInputs { trend: None, ..inputs },
            HealthInputs { open_tickets: None, ..inputs },
            HealthInputs { days_to_renewal: None, ..inputs },
        ];
        for after in gaps.into_iter().filter_map(report) {
            prop_assert!(after.coverage <= before.coverage && after.range.low <= before.range.low);
            prop_assert!(after.risk == Risk::Unknown || band(after.risk) <= band(before.risk));
        }
    }

    #[test]
    fn better_data_never_lowers_the_score(inputs in inputs(), fewer in 0..20_u32, later in 0..400_i64) {
        let better = HealthInputs {
            trend: inputs.trend.map(|_| Trend::Up),
            open_tickets: inputs.open_tickets.map(|open| open.saturating_sub(fewer)),
            days_to_renewal: inputs.days_to_renewal.map(|days| days + later),
        };
        prop_assert!(judge(better).score >= judge(inputs).score);
    }

    #[test]
    fn the_book_judges_as_the_report_does(inputs in inputs()) {
        let expected = report(inputs).map_or(Verdict { score: None, coverage: 0, risk: Risk::Unknown }, |report| {
            Verdict { score: Some(report.score), coverage: report.coverage, risk: report.risk }
        });
        prop_assert_eq!(judge(inputs), expected);
    }
}
