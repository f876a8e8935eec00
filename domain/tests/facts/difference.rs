//! What changed between two days.

use chrono::NaiveDate;
use contracts::{
    facts::Trend,
    health::{Contribution, HealthInput, Risk, ScoreRange},
    tools::HealthReport,
};
use domain::{
    case::Case,
    difference::{difference, score_change},
    usage::UsageFigures,
};
use proptest::prelude::*;

use crate::given::{TODAY, case, day, delivered, full, full_case, weekly_users};

fn changed(before: &Case, after: &Case) -> Vec<String> {
    difference(before, after).facts.into_iter().map(|changed| changed.fact.as_str().to_owned()).collect()
}

#[test]
fn nothing_changes_from_a_day_to_itself_and_days_that_only_go_on_are_no_change() {
    assert_eq!(changed(&full_case(), &full_case()), [""; 0]);
    let tomorrow = case(&full(), Some(weekly_users()), &delivered(TODAY), "2026-11-21");
    assert_eq!(changed(&full_case(), &tomorrow), [""; 0]);
}

#[test]
fn facts_that_changed_are_told_with_both_readings_in_the_order_of_the_catalogue() {
    let mut rows = full();
    rows.tickets[0].ticket.closed_on = Some(day("2026-11-21"));
    let usage = UsageFigures { trend: Some(Trend::Flat), now: 700.0, ..weekly_users() };
    let after = case(&rows, Some(usage), &delivered("2026-11-21"), "2026-11-21");
    let told = difference(&full_case(), &after).facts;
    let ids: Vec<_> = told.iter().map(|changed| changed.fact.as_str()).collect();
    let expected = [
        "usage.now",
        "usage.trend",
        "tickets.open",
        "tickets.urgent",
        "tickets.oldest_days",
        "tickets.closed_in_period",
        "tickets.time_to_solve",
        "health.score",
        "health.risk",
    ];
    assert_eq!(ids, expected);
    let texts = |changed: &domain::difference::Changed| {
        [&changed.from, &changed.to].map(|reading| reading.says.as_ref().expect("words").about.to_string())
    };
    assert_eq!(texts(&told[2]), ["2 tickets are open", "1 ticket is open"]);
}

#[test]
fn what_became_stale_has_changed() {
    let later = case(&full(), Some(weekly_users()), &delivered("2027-01-20"), "2027-01-20");
    let ids = changed(&full_case(), &later);
    assert!(ids.iter().any(|id| id == "usage.trend"), "{ids:?}");
    assert!(!ids.iter().any(|id| id == "contract.arr"), "{ids:?}");
}

/// A report whose known parts add these.
fn report(adds: [Option<u32>; 3], as_of: NaiveDate) -> HealthReport {
    let renewal = HealthInput::Renewal { days: 80, automatic: false };
    let inputs = [HealthInput::Usage(Trend::Up), HealthInput::OpenTickets(2), renewal];
    let given = inputs.into_iter().zip(adds).filter_map(|(input, adds_bp)| {
        Some(Contribution { input, points: 0, weight: input.part().weight(), adds_bp: adds_bp? })
    });
    HealthReport {
        model: "v2".into(),
        score: Some(adds.into_iter().flatten().sum::<u32>().div_ceil(100)),
        risk: Risk::Medium,
        coverage: 100,
        range: ScoreRange { low: 0, high: 100 },
        signals: Vec::new(),
        contributions: given.collect(),
        last_known: None,
        gaps: Vec::new(),
        as_of,
    }
}

proptest! {
    #[test]
    fn the_parts_of_a_change_of_the_score_sum_to_it(
        from in prop::array::uniform3(prop::option::of(0_u32..3_333)),
        to in prop::array::uniform3(prop::option::of(0_u32..3_333)),
    ) {
        let change = score_change(&report(from, day(TODAY)), &report(to, day(TODAY)));
        let score = |adds: [Option<u32>; 3]| i64::from(adds.into_iter().flatten().sum::<u32>());
        let moved = |bp: Option<u32>| i64::from(bp.unwrap_or_default());
        let sum: i64 = change.parts.iter().map(|part| moved(part.to_bp) - moved(part.from_bp)).sum();
        prop_assert_eq!(sum, score(to) - score(from));
        prop_assert_eq!(i64::from(change.to_bp) - i64::from(change.from_bp), sum);
        let known = from.iter().zip(to).filter(|(from, to)| from.is_some() || to.is_some()).count();
        prop_assert_eq!(change.parts.len(), known);
    }
}
