//! Health, model `v2`, against a second reading of the specification and by its properties.

use contracts::{
    facts::Trend,
    health::{HealthPart, Risk, Signal, Why},
    tools::HealthReport,
};
use domain::health::{HealthInputs, Renewal, Verdict, judge, report};
use proptest::{option, prelude::*};

use crate::given::{in_days, source, today};

/// Inputs by hand; a gap is `None`.
fn inputs(trend: Option<Trend>, open: Option<u32>, days: Option<i64>) -> HealthInputs {
    HealthInputs {
        usage: trend.ok_or(Why::Missing),
        tickets: open.ok_or(Why::Missing),
        renewal: days.ok_or(Why::Missing).map(|days| Renewal { days, automatic: false }),
    }
}

fn health(trend: Option<Trend>, open: Option<u32>, days: Option<i64>) -> HealthReport {
    report(&inputs(trend, open, days), today())
}

fn points(report: &HealthReport, part: HealthPart) -> u32 {
    report.contributions.iter().find(|contribution| contribution.part() == part).unwrap().points
}

#[test]
fn every_edge_of_the_renewal_has_its_points_and_its_signal() {
    let cases = [
        (-1000, 30, Some(Signal::RenewalOverdue)),
        (-1, 30, Some(Signal::RenewalOverdue)),
        (0, 30, Some(Signal::RenewalNear)),
        (1, 30, Some(Signal::RenewalNear)),
        (59, 30, Some(Signal::RenewalNear)),
        (60, 70, None),
        (180, 70, None),
        (181, 100, Some(Signal::RenewalFar)),
    ];
    for (days, expected, signal) in cases {
        let report = health(None, None, Some(days));
        assert_eq!(points(&report, HealthPart::DaysToRenewal), expected, "{days} days");
        assert_eq!(report.signals.first().copied(), signal, "{days} days");
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
        let report = health(None, Some(open), None);
        assert_eq!(points(&report, HealthPart::OpenTickets), expected, "{open} tickets");
        assert_eq!(report.signals, [signal], "{open} tickets");
    }
}

#[test]
fn every_trend_has_its_points_and_its_signal() {
    let cases = [
        (Trend::Up, 100, Signal::UsageUp),
        (Trend::Flat, 50, Signal::UsageFlat),
        (Trend::Down, 0, Signal::UsageDown),
        (Trend::Silent, 0, Signal::NoUsage),
    ];
    for (trend, expected, signal) in cases {
        let report = health(Some(trend), None, None);
        assert_eq!((points(&report, HealthPart::UsageTrend), report.signals), (expected, vec![signal]));
    }
}

#[test]
fn a_full_score_is_the_weighted_mean_rounded_half_up() {
    // Up, two tickets, 80 days: 45 + 28 + 14.
    let acme = health(Some(Trend::Up), Some(2), Some(80));
    assert_eq!((acme.score, acme.risk, acme.coverage), (Some(87), Risk::Low, 100));
    assert_eq!((acme.range.low, acme.range.high, acme.gaps.len()), (87, 87, 0));
    assert_eq!(acme.contributions.iter().map(|part| part.adds_bp).collect::<Vec<_>>(), [4500, 2800, 1400]);
    assert_eq!((acme.model.as_str(), acme.as_of), ("v2", today()));
    // Flat, two tickets, 80 days: 22.5 + 28 + 14 = 64.5.
    assert_eq!(health(Some(Trend::Flat), Some(2), Some(80)).score, Some(65));
}

#[test]
fn bands_begin_at_75_and_at_50() {
    let cases = [
        (Trend::Up, 6, 181, 72, Risk::Medium),
        (Trend::Up, 3, 80, 77, Risk::Low),
        (Trend::Down, 0, 80, 49, Risk::High),
        (Trend::Flat, 2, 59, 57, Risk::Medium),
        (Trend::Flat, 3, 59, 46, Risk::High),
        (Trend::Silent, 0, 181, 55, Risk::Medium),
        (Trend::Silent, 0, 180, 49, Risk::High),
    ];
    for (trend, open, days, score, risk) in cases {
        let report = health(Some(trend), Some(open), Some(days));
        assert_eq!((report.score, report.risk), (Some(score), risk), "{trend:?}, {open} tickets, {days} days");
    }
}

#[test]
fn gaps_are_left_out_of_the_score_and_held_against_the_risk() {
    // Coverage, score, range and risk of what is there.
    let cases = [
        (health(Some(Trend::Up), None, None), 45, 100, (45, 100), Risk::Unknown),
        (health(Some(Trend::Down), None, None), 45, 0, (0, 55), Risk::Unknown),
        (health(None, Some(0), None), 35, 100, (35, 100), Risk::Unknown),
        (health(None, None, Some(90)), 20, 70, (14, 94), Risk::Unknown),
        (health(None, Some(0), Some(200)), 55, 100, (55, 100), Risk::Medium),
        (health(None, Some(3), Some(30)), 55, 43, (24, 69), Risk::High),
        (health(Some(Trend::Up), None, Some(200)), 65, 100, (65, 100), Risk::Medium),
        (health(Some(Trend::Down), None, Some(200)), 65, 31, (20, 55), Risk::High),
        (health(Some(Trend::Up), Some(0), None), 80, 100, (80, 100), Risk::Low),
        (health(Some(Trend::Flat), Some(0), None), 80, 72, (58, 78), Risk::Medium),
    ];
    for (report, coverage, score, range, risk) in cases {
        assert_eq!((report.coverage, report.score), (coverage, Some(score)));
        assert_eq!(((report.range.low, report.range.high), report.risk), (range, risk));
        assert_eq!(report.gaps.len(), 3 - report.contributions.len());
    }
}

#[test]
fn nobody_is_called_high_without_evidence() {
    // The gap alone brings the low end under 50: 42, with a score of 76 on what is known.
    let partly = health(None, Some(1), Some(65));
    assert_eq!((partly.range.low, partly.score, partly.risk), (42, Some(76), Risk::Unknown));
    // Here what is known is high itself, and there it is not.
    let high = health(Some(Trend::Flat), None, Some(30));
    assert_eq!((high.range.low, high.score, high.risk), (29, Some(44), Risk::High));
    let medium = health(Some(Trend::Flat), None, Some(60));
    assert_eq!((medium.range.low, medium.score, medium.risk), (37, Some(56), Risk::Unknown));
}

#[test]
fn a_silent_customer_is_high_however_little_else_is_known() {
    let alone = health(Some(Trend::Silent), None, None);
    assert_eq!((alone.coverage, alone.score, alone.risk), (45, Some(0), Risk::High));
}

#[test]
fn without_any_input_there_is_no_score_and_every_gap_is_told() {
    let stale = Why::Stale { source: source(-40) };
    let on = in_days(-3);
    let inputs =
        HealthInputs { usage: Err(Why::TooFew), tickets: Err(stale.clone()), renewal: Err(Why::RenewsByItself { on }) };
    let nothing = report(&inputs, today());
    assert_eq!((nothing.score, nothing.coverage, nothing.risk), (None, 0, Risk::Unknown));
    assert_eq!((nothing.range.low, nothing.range.high), (0, 100));
    assert_eq!(nothing.gap(HealthPart::UsageTrend), Some(&Why::TooFew));
    assert_eq!(nothing.gap(HealthPart::OpenTickets), Some(&stale));
    assert_eq!(nothing.gap(HealthPart::DaysToRenewal), Some(&Why::RenewsByItself { on }));
    assert_eq!(nothing.signals, [Signal::TicketsStale]);
}

#[test]
fn what_is_stale_is_a_signal() {
    let stale = || Why::Stale { source: source(-200) };
    let inputs = HealthInputs { usage: Err(stale()), tickets: Err(stale()), renewal: Err(stale()) };
    let signals = report(&inputs, today()).signals;
    assert_eq!(signals, [Signal::UsageStale, Signal::TicketsStale, Signal::ContractStale]);
}

fn some_inputs() -> impl Strategy<Value = HealthInputs> {
    let trend = prop::sample::select(Trend::ALL.to_vec());
    (option::of(trend), option::of(0..20_u32), option::of(-400..400_i64))
        .prop_map(|(trend, open, days)| inputs(trend, open, days))
}

/// How good a band is; nobody can say of the unknown.
fn goodness(risk: Risk) -> Option<u8> {
    match risk {
        Risk::High => Some(0),
        Risk::Medium => Some(1),
        Risk::Low => Some(2),
        Risk::Unknown => None,
    }
}

proptest! {
    #[test]
    fn contributions_sum_to_the_score_before_rounding(inputs in some_inputs()) {
        let report = report(&inputs, today());
        let Some(score) = report.score else { return Ok(()) };
        let sum: u32 = report.contributions.iter().map(|part| part.adds_bp).sum();
        let exact: u32 = report.contributions.iter().map(|part| part.points * part.weight).sum();
        prop_assert_eq!(sum, exact * 100 / report.coverage);
        prop_assert_eq!(score, (2 * exact + report.coverage) / (2 * report.coverage));
        for part in &report.contributions {
            let share = f64::from(part.points * part.weight * 100) / f64::from(report.coverage);
            prop_assert!((f64::from(part.adds_bp) - share).abs() < 1.0);
        }
    }

    #[test]
    fn everything_stays_in_bounds(inputs in some_inputs()) {
        let report = report(&inputs, today());
        prop_assert!(report.score.is_none_or(|score| report.range.low <= score && score <= report.range.high));
        prop_assert!(report.range.high <= 100 && report.coverage <= 100);
        prop_assert_eq!(report.score.is_none(), report.coverage == 0);
        prop_assert_eq!(report.gaps.len() + report.contributions.len(), 3);
    }

    #[test]
    fn a_silent_customer_is_never_low_nor_unknown(mut inputs in some_inputs()) {
        inputs.usage = Ok(Trend::Silent);
        prop_assert!(matches!(judge(&inputs).risk, Risk::High | Risk::Medium));
    }

    #[test]
    fn high_needs_a_low_score_on_what_is_known(inputs in some_inputs()) {
        let report = report(&inputs, today());
        prop_assert!(report.risk != Risk::High || report.score.is_some_and(|score| score < 50));
    }

    #[test]
    fn what_goes_missing_lowers_coverage_and_never_improves_the_band(inputs in some_inputs()) {
        let before = report(&inputs, today());
        let gaps = [
            HealthInputs { usage: Err(Why::TooFew), ..inputs.clone() },
            HealthInputs { tickets: Err(Why::Missing), ..inputs.clone() },
            HealthInputs { renewal: Err(Why::Missing), ..inputs.clone() },
        ];
        for after in gaps.map(|inputs| report(&inputs, today())) {
            prop_assert!(after.coverage <= before.coverage && after.range.low <= before.range.low);
            if let (Some(before), Some(after)) = (goodness(before.risk), goodness(after.risk)) {
                prop_assert!(after <= before);
            }
        }
    }

    #[test]
    fn better_data_never_lowers_the_score(inputs in some_inputs(), fewer in 0..20_u32, later in 0..400_i64) {
        let better = HealthInputs {
            usage: inputs.usage.clone().map(|_| Trend::Up),
            tickets: inputs.tickets.clone().map(|open| open.saturating_sub(fewer)),
            renewal: inputs.renewal.clone().map(|it| Renewal { days: it.days + later, ..it }),
        };
        prop_assert!(judge(&better).score >= judge(&inputs).score);
    }

    #[test]
    fn the_book_judges_as_the_report_does(inputs in some_inputs()) {
        let HealthReport { score, coverage, risk, range, .. } = report(&inputs, today());
        prop_assert_eq!(judge(&inputs), Verdict { score, worst: range.low, coverage, risk });
    }
}
