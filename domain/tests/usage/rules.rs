//! Trend, staleness, told summaries, streaks, the primary series and the source's reach.

use chrono::{Days, NaiveDate};
use contracts::{
    Line,
    delivery::UsageSummary,
    facts::{Measure, Trend, UsagePoint},
};
use domain::{
    rows::Series,
    usage::{
        figures, is_stale, primary,
        reach::{need, reach},
    },
};

use crate::series::{day, every, read, series, steady, then, today, trend};

#[test]
fn a_change_is_called_where_it_is_visible_and_beyond_noise() {
    let cases: [(&str, Option<Trend>, Vec<f64>); 13] = [
        ("steady", Some(Trend::Flat), steady(16, 100.0)),
        ("halved", Some(Trend::Down), [steady(12, 100.0), steady(4, 50.0)].concat()),
        ("doubled", Some(Trend::Up), [steady(12, 100.0), steady(4, 200.0)].concat()),
        ("under a tenth of no noise", Some(Trend::Flat), then(vec![100.0; 12], 4, 91.0)),
        ("over a tenth of no noise", Some(Trend::Down), then(vec![100.0; 12], 4, 89.0)),
        ("a tenth of much noise", Some(Trend::Flat), then([60.0, 140.0].repeat(6), 4, 88.0)),
        ("half of much noise", Some(Trend::Down), then([60.0, 140.0].repeat(6), 4, 45.0)),
        ("four before", Some(Trend::Down), [steady(4, 100.0), steady(4, 40.0)].concat()),
        ("three before", None, [steady(3, 100.0), steady(4, 40.0)].concat()),
        ("as many zeros before", None, [vec![0.0; 20], steady(7, 40.0)].concat()),
        ("back after a break", Some(Trend::Up), [steady(8, 100.0), vec![0.0; 16], steady(4, 90.0)].concat()),
        ("one value", None, vec![7.0]),
        ("no use at all", Some(Trend::Silent), vec![0.0; 12]),
    ];
    for (name, expected, values) in cases {
        assert_eq!(trend(&every(7, today(), &values)), expected, "{name}");
    }
}

#[test]
fn counts_that_scatter_less_than_chance_are_measured_by_chance() {
    let mut weeks = every(7, today(), &then(vec![10.0; 12], 4, 7.0));
    for (measure, expected) in [(Measure::Level, Trend::Down), (Measure::Count, Trend::Flat)] {
        weeks.measure = Some(measure);
        assert_eq!(trend(&weeks), Some(expected));
    }
}

#[test]
fn usage_is_stale_after_two_steps_and_a_week_and_never_under_three_weeks() {
    for (step, fresh) in [(1, 21), (5, 21), (7, 21), (14, 35), (30, 67), (91, 189)] {
        let read = read(&every(step, today(), &[5.0; 12]));
        assert!(!is_stale(&read, today() + Days::new(fresh)), "{step}");
        assert!(is_stale(&read, today() + Days::new(fresh + 1)), "{step}");
    }
}

fn told(days: &[(NaiveDate, Trend, f64, f64)]) -> Series {
    let mut series = series(Vec::new());
    let summary = |(day, trend, recent, before)| (day, UsageSummary { trend, recent, before });
    series.told = days.iter().copied().map(summary).collect();
    series
}

#[test]
fn what_a_source_computed_itself_speaks_of_the_day_it_was_told() {
    let series = told(&[(day(2024, 10, 1), Trend::Up, 9.0, 4.0), (today(), Trend::Down, 0.0, 9.0)]);
    let october = figures(&series, day(2024, 11, 1)).unwrap();
    assert_eq!((october.trend, october.recent, october.before), (Some(Trend::Up), 9.0, Some(4.0)));
    assert!(!is_stale(&october, day(2024, 10, 22)));
    assert!(is_stale(&october, day(2024, 10, 23)));
    let december = figures(&series, today()).unwrap();
    assert_eq!((december.trend, december.newest, december.last_use), (Some(Trend::Down), today(), None));
    assert_eq!(figures(&series, day(2024, 9, 30)), None);

    for said in [Trend::Up, Trend::Flat, Trend::Down] {
        let nothing = told(&[(today(), said, 0.0, 0.0)]);
        assert_eq!(figures(&nothing, today()).unwrap().trend, Some(Trend::Silent), "{said:?}");
    }
}

#[test]
fn of_points_and_a_summary_the_later_one_speaks() {
    let mut both = every(7, today(), &steady(20, 50.0));
    both.told = vec![(day(2024, 12, 1), UsageSummary { trend: Trend::Up, recent: 2.0, before: 1.0 })];
    assert_eq!(read(&both).trend, Some(Trend::Flat));
    both.told[0].0 = today() + Days::new(1);
    assert_eq!(figures(&both, today()).unwrap().trend, Some(Trend::Flat));
    assert_eq!(figures(&both, today() + Days::new(1)).unwrap().trend, Some(Trend::Up));
}

#[test]
fn a_streak_counts_whole_steps_in_one_direction() {
    let cases: [(i32, &[f64]); 8] = [
        (0, &[5.0]),
        (0, &[4.0, 5.0, 5.0]),
        (1, &[6.0, 4.0, 5.0]),
        (3, &[5.0, 4.0, 5.0, 6.0, 7.0]),
        (-1, &[4.0, 5.0, 3.0]),
        (-4, &[9.0, 8.0, 7.0, 6.0, 5.0]),
        (-2, &[9.0, 9.0, 8.0, 0.0]),
        (2, &[0.0, 0.0, 1.0, 2.0, 3.0]),
    ];
    for (expected, values) in cases {
        let mut rows = vec![values[0]; 3];
        rows.extend(&values[1..]);
        if values[0] == 0.0 {
            rows = values.to_vec();
        }
        assert_eq!(read(&every(7, today(), &rows)).streak, expected, "{values:?} as weeks");
        let days: Vec<f64> = rows.iter().flat_map(|week| [*week, 0.0, *week, 0.0, 0.0, 0.0, 0.0]).collect();
        let read = read(&every(1, today(), &days));
        assert_eq!((read.streak, read.streak_step()), (expected, 7), "{values:?} as days");
    }
}

#[test]
fn the_primary_series_is_the_configured_one_else_the_one_with_most_points() {
    let named = |metric: &str, rows| {
        let mut series = every(7, today(), &vec![1.0; rows]);
        series.metric = metric.into();
        series
    };
    let mut all =
        vec![named("logins", 5), named("exports", 9), named("seats", 9), told(&[(today(), Trend::Up, 2.0, 1.0)])];
    all[3].metric = "score".into();
    let primary_on = |all: &[Series], metric: Option<&str>, day| {
        let metric = metric.map(Line::new);
        primary(all, metric.as_ref(), day).map(|series| series.metric.to_string())
    };
    let cases = [
        (None, today(), Some("exports")),
        (Some("logins"), today(), Some("logins")),
        (Some("score"), today(), Some("score")),
        (Some("clicks"), today(), Some("exports")),
        (Some("logins"), day(2024, 11, 1), Some("exports")),
        (None, day(2024, 1, 1), None),
    ];
    for (metric, day, expected) in cases {
        assert_eq!(primary_on(&all, metric, day).as_deref(), expected, "{metric:?} on {day}");
    }
    all[1].gone_on = Some(today());
    assert_eq!(primary_on(&all, Some("exports"), today()).as_deref(), Some("seats"));
    assert_eq!(primary_on(&all, Some("exports"), day(2024, 12, 19)).as_deref(), Some("exports"));
    assert_eq!(primary_on(&all[1..2], None, today()).as_deref(), Some("exports"));
}

#[test]
fn a_source_reaches_the_newest_day_of_which_enough_customers_speak() {
    let cases = [(0, false, 1), (1, false, 1), (2, false, 2), (3, false, 3), (500, false, 3)];
    for (series, periodic, expected) in
        cases.into_iter().chain([(1, true, 1), (2, true, 1), (3, true, 2), (500, true, 250)])
    {
        assert_eq!(need(series, periodic), expected, "{series} {periodic}");
    }
    let days: Vec<(NaiveDate, u32)> = [(1, 3), (2, 400), (3, 3), (5, 2), (6, 0), (7, 1)]
        .map(|(date, customers)| (day(2024, 12, date), customers))
        .into();
    let cases =
        [(31, 3, Some(3)), (3, 3, Some(3)), (2, 3, Some(2)), (31, 1, Some(7)), (6, 1, Some(5)), (31, 250, Some(2))];
    for (as_of, need, expected) in cases {
        assert_eq!(
            reach(&days, need, day(2024, 12, as_of)),
            expected.map(|date| day(2024, 12, date)),
            "{as_of} {need}"
        );
    }
    assert_eq!(reach(&days, 3, day(2024, 11, 30)), None);
    assert_eq!(reach(&[], 1, today()), None);
}

#[test]
fn the_largest_and_smallest_values_give_figures() {
    for value in [f64::MAX, f64::MIN_POSITIVE, 5e-324, 1e-300, 1e300] {
        for step in [1, 7, 30] {
            for rows in [1, 2, 3, 8, 30, 200] {
                for measure in [Measure::Count, Measure::Level] {
                    let values: Vec<f64> = (0..rows).map(|at| if at % 4 == 3 { 0.0 } else { value }).collect();
                    let mut series = every(step, today(), &values);
                    series.measure = Some(measure);
                    let read = read(&series);
                    assert!(read.recent.is_finite() && read.now.is_finite() && read.before.is_none_or(f64::is_finite));
                }
            }
        }
    }
}

#[test]
fn a_book_of_one_customer_is_read_by_its_own_rows() {
    let date = |back: u64| today() - Days::new(back);
    let points: Vec<UsagePoint> = (0..60).rev().map(|at| UsagePoint { date: date(at * 2 + 40), value: 3.0 }).collect();
    let days: Vec<(NaiveDate, u32)> = points.iter().map(|point| (point.date, 1)).collect();
    let mut only = series(points);
    only.reach = reach(&days, need(1, false), today());
    assert_eq!(only.reach, Some(date(40)));
    let read = figures(&only, today()).unwrap();
    // Nobody knows whether the customer or the export has stopped.
    assert_eq!(read.trend, Some(Trend::Flat));
    assert!(is_stale(&read, today()));
}

#[test]
fn the_week_in_which_a_fall_began_is_the_same_for_as_long_as_it_lasts() {
    let daily = [vec![10.0; 140], vec![4.0; 90]].concat();
    let weekly = [vec![100.0; 20], vec![40.0; 12]].concat();
    for (step, values, first, last) in [(1, daily, 160, 190), (7, weekly, 24, 28)] {
        let known = |until: usize| read(&every(step, today() + Days::new(step * until as u64), &values[..until]));
        let since: Vec<_> = (first..last).map(|until| known(until).down_since.expect("it falls")).collect();
        assert!(since.iter().all(|day| *day == since[0]), "{step}: {since:?}");
        assert!(known(20).down_since.is_none(), "it does not fall yet");
    }
    let again = [vec![10.0; 140], vec![4.0; 60], vec![12.0; 150], vec![4.0; 40]].concat();
    let at = |until: usize| read(&every(1, today() + Days::new(until as u64), &again[..until])).down_since;
    let (first, second) = (at(180).expect("it falls"), at(380).expect("it falls again"));
    assert!(first < second, "another fall begins on another day: {first}, {second}");
}
