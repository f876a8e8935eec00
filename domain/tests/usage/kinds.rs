//! What kind of series it is, and what its newest rows stand for.

use chrono::Days;
use contracts::facts::{Measure, Trend, UsagePoint};
use domain::usage::{figures, is_periodic};

use crate::series::{day, every, listed, monthly, read, series, steady, then, today, trend};

#[test]
fn rows_at_a_regular_distance_stand_for_periods_and_others_for_days() {
    let cases: [(&str, bool, &[u64]); 12] = [
        ("every day", false, &[0, 1, 2, 3, 4, 5, 6]),
        ("working days", false, &[0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14]),
        ("days of use", false, &[0, 3, 4, 9, 20, 21, 40, 43]),
        ("rare days of use", false, &[0, 10, 34, 44, 90, 102, 121]),
        ("weeks", true, &[0, 7, 14, 21, 28]),
        ("weeks, one missing", true, &[0, 7, 14, 28, 35, 42]),
        ("weeks, read a day early or late", true, &[0, 7, 13, 21, 28]),
        ("months", true, &[0, 31, 59, 90, 120]),
        ("quarters", true, &[0, 90, 181, 273]),
        ("one row", false, &[0]),
        ("two rows", false, &[0, 7]),
        ("three rows", true, &[0, 7, 14]),
    ];
    for (name, expected, days) in cases {
        let point = |back: &u64| UsagePoint { date: day(2024, 1, 1) + Days::new(*back), value: 5.0 };
        assert_eq!(is_periodic(&days.iter().map(point).collect::<Vec<_>>()), expected, "{name}");
    }
}

#[test]
fn single_days_count_and_periods_have_levels_unless_the_data_say_otherwise() {
    let (days, weeks) = (every(1, today(), &steady(40, 9.0)), every(7, today(), &steady(20, 9.0)));
    assert_eq!(read(&days).measure, Measure::Count);
    assert_eq!(read(&weeks).measure, Measure::Level);
    for measure in [Measure::Count, Measure::Level] {
        for mut said in [days.clone(), weeks.clone()] {
            said.measure = Some(measure);
            assert_eq!(read(&said).measure, measure);
        }
    }
}

#[test]
fn the_window_is_28_days_or_three_longer_steps_against_three_times_as_much() {
    // Step in days, rows, whether the data say it is a count; the window in days, recent and before.
    let cases: [(u64, usize, Measure, u32, f64, f64); 8] = [
        (1, 120, Measure::Count, 28, 280.0, 280.0),
        (1, 120, Measure::Level, 28, 10.0, 10.0),
        (7, 20, Measure::Count, 28, 40.0, 40.0),
        (7, 20, Measure::Level, 28, 10.0, 10.0),
        (14, 20, Measure::Count, 42, 30.0, 30.0),
        (30, 20, Measure::Count, 90, 30.0, 30.0),
        (30, 20, Measure::Level, 90, 10.0, 10.0),
        (91, 20, Measure::Count, 273, 30.0, 30.0),
    ];
    for (step, rows, measure, window, recent, before) in cases {
        let mut series = every(step, today(), &vec![10.0; rows]);
        series.measure = Some(measure);
        let read = read(&series);
        assert_eq!((read.window_days, read.recent, read.before), (window, recent, Some(before)), "{step} {measure:?}");
        assert_eq!((read.step_days, read.now), (step as u32, 10.0), "{step} {measure:?}");
    }
}

#[test]
fn days_that_are_not_listed_are_days_without_use_up_to_the_day_the_source_reaches() {
    let daily: Vec<f64> = (0..113).map(|at| if at % 3 == 0 { 6.0 } else { 0.0 }).collect();
    let mut list = listed(today(), &daily);
    let figures_now = read(&list);
    assert_eq!((figures_now.trend, figures_now.newest, figures_now.now), (Some(Trend::Flat), today(), 0.0));
    assert_eq!(figures_now.last_use, Some(day(2024, 12, 19)));

    // The source goes on without this customer.
    list.reach = Some(day(2025, 1, 10));
    let later = read(&list);
    assert_eq!((later.trend, later.newest), (Some(Trend::Silent), day(2025, 1, 10)));
    // A source may know of this customer's use after the last day of which it knows enough.
    list.reach = Some(day(2024, 10, 1));
    assert_eq!((read(&list).trend, read(&list).newest), (None, day(2024, 10, 1)));
    let ahead = figures(&list, today()).unwrap();
    assert_eq!((ahead.trend, ahead.newest, ahead.last_use), (None, day(2024, 12, 19), Some(day(2024, 12, 19))));
    // A source that has no more of anybody says nothing of anybody.
    list.reach = Some(today());
    assert_eq!(figures(&list, day(2025, 1, 10)).unwrap(), figures_now);
}

#[test]
fn a_day_that_is_missing_among_days_without_use_is_not_known() {
    let mut daily = every(1, today(), &[steady(80, 9.0), vec![0.0; 5], steady(30, 9.0)].concat());
    daily.reach = Some(day(2025, 1, 31));
    let read = read(&daily);
    assert_eq!((read.trend, read.newest), (Some(Trend::Flat), today()));
}

#[test]
fn points_after_the_day_are_passed_over() {
    let stopped = every(1, today(), &then(steady(100, 9.0), 20, 0.0));
    let before = every(1, day(2024, 11, 30), &steady(100, 9.0));
    assert_eq!(figures(&stopped, day(2024, 11, 30)).unwrap(), read(&before));
    assert_eq!(figures(&stopped, day(2020, 1, 1)), None);
    assert_eq!(figures(&series(Vec::new()), today()), None);
}

#[test]
fn the_month_that_still_runs_is_no_fall() {
    for export in [3, 10, 15, 20, 25] {
        for rows in 6..=24 {
            let so_far = 400.0 * f64::from(export) / 31.0;
            let series = monthly(day(2024, 12, 1), &[steady(rows, 400.0), vec![so_far]].concat());
            let read = figures(&series, day(2024, 12, export)).unwrap();
            assert_eq!(read.trend, Some(Trend::Flat), "{rows} months, exported on the {export}th");
            assert_eq!(read.newest, day(2024, 12, export));
            // A month without use counts as far as it has come.
            let idle = monthly(day(2024, 12, 1), &[steady(rows, 400.0), vec![0.0]].concat());
            let silent = figures(&idle, day(2024, 12, export)).unwrap().trend == Some(Trend::Silent);
            assert_eq!(silent, export >= 14, "{rows} months, exported on the {export}th");
        }
    }
    // A month that ends on its date is whole, and so is one that has passed.
    let third = [steady(12, 400.0), vec![130.0; 3]].concat();
    assert_eq!(trend(&monthly(day(2024, 11, 30), &third)), Some(Trend::Down));
    let begun = monthly(day(2024, 11, 1), &third);
    assert_eq!(figures(&begun, day(2024, 12, 3)).unwrap().trend, Some(Trend::Down));
}

#[test]
fn the_week_that_still_runs_is_no_fall() {
    for (date, passed) in [(day(2024, 12, 15), 2.0), (day(2024, 12, 16), 1.0), (day(2024, 12, 16), 4.0)] {
        let weeks = every(7, date, &[vec![700.0; 20], vec![700.0 * passed / 7.0]].concat());
        let export = date + Days::new(passed as u64 - 1);
        assert_eq!(figures(&weeks, export).unwrap().trend, Some(Trend::Flat), "{date}, {passed} days");
    }
    // A week without use counts whole.
    let monday = every(7, day(2024, 12, 16), &[steady(6, 700.0), vec![0.0; 2]].concat());
    assert_eq!(trend(&monday), Some(Trend::Silent));
}
