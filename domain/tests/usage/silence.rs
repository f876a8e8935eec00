//! Whether use has ended.

use chrono::{Days, NaiveDate};
use contracts::facts::Trend;
use domain::usage::{figures, is_stale};

use crate::series::{day, every, listed, monthly, read, steady, then, today, trend};

#[test]
fn dead_stopped_and_stale_customers_are_told_apart() {
    let dead = read(&every(7, today(), &[0.0; 12]));
    assert_eq!((dead.trend, dead.last_use), (Some(Trend::Silent), None));
    assert!(!is_stale(&dead, today()));

    let stopped = read(&every(7, today(), &then(steady(22, 110.0), 2, 0.0)));
    assert_eq!((stopped.trend, stopped.last_use), (Some(Trend::Silent), Some(day(2024, 12, 6))));
    assert!(!is_stale(&stopped, today()));

    let stale = figures(&every(7, day(2024, 6, 3), &steady(12, 51.0)), today()).unwrap();
    assert_eq!((stale.trend, stale.newest), (Some(Trend::Flat), day(2024, 6, 3)));
    assert!(is_stale(&stale, today()));
}

#[test]
fn the_same_stop_is_seen_behind_any_history() {
    let weekly = [(26, 3), (52, 6), (52, 8), (52, 9), (104, 12), (104, 16)].map(|(rows, idle)| (7, rows, idle));
    let daily = [(90, 14), (180, 29), (365, 60), (365, 62)].map(|(rows, idle)| (1, rows, idle));
    let months = [(12, 1), (12, 2)].map(|(rows, idle)| (30, rows, idle));
    for (step, rows, idle) in weekly.into_iter().chain(daily).chain(months) {
        let series = every(step, today(), &then(steady(rows - idle, 100.0), idle, 0.0));
        assert_eq!(trend(&series), Some(Trend::Silent), "{idle} of {rows} rows, every {step} days");
    }
    for rows in 12..=104 {
        assert_eq!(trend(&every(7, today(), &then(steady(rows - 2, 100.0), 2, 0.0))), Some(Trend::Silent), "{rows}");
    }
    // Halved 16 weeks ago: since then it is what it is.
    assert_eq!(trend(&every(7, today(), &[steady(88, 100.0), steady(16, 50.0)].concat())), Some(Trend::Flat));
}

/// Days of use after `idle` days without and after a third as many, by turns: nobody logs in like clockwork.
fn habit(turns: usize, idle: usize) -> Vec<f64> {
    let turn = |_| [vec![0.0; idle], vec![5.0], vec![0.0; idle / 3], vec![5.0]].concat();
    (0..turns).flat_map(turn).collect()
}

#[test]
fn silence_is_measured_by_the_customers_own_habit() {
    // The usual idle run; from how many idle days on it is silent.
    for (usual, from) in
        [(0, 14), (1, 14), (2, 14), (6, 14), (9, 14), (10, 16), (13, 20), (20, 31), (38, 58), (41, 60), (50, 60)]
    {
        let active = habit(5, usual);
        for idle in 1..=70 {
            let expected = idle >= from;
            let daily = then(active.clone(), idle, 0.0);
            for series in [listed(today(), &daily), every(1, today(), &daily)] {
                let is_silent = trend(&series) == Some(Trend::Silent);
                assert_eq!(is_silent, expected, "usually {usual}, now {idle} idle days");
            }
        }
    }
}

#[test]
fn one_long_run_among_many_short_ones_is_no_habit() {
    let daily = [steady(60, 9.0), vec![0.0; 25], habit(60, 2), vec![0.0; 14]].concat();
    assert_eq!(trend(&listed(today(), &daily)), Some(Trend::Silent));
    // Nor is what was over a year ago.
    let daily = [habit(8, 29), habit(140, 1), vec![0.0; 14]].concat();
    assert_eq!(trend(&listed(today(), &daily)), Some(Trend::Silent));
}

#[test]
fn buckets_without_use_count_whole() {
    let weeks = |idle| trend(&every(7, today(), &then(steady(20, 50.0), idle, 0.0)));
    assert_ne!(weeks(1), Some(Trend::Silent));
    assert_eq!(weeks(2), Some(Trend::Silent));
    for rows in 3..=24 {
        assert_eq!(
            trend(&monthly(day(2024, 11, 30), &then(steady(rows, 50.0), 1, 0.0))),
            Some(Trend::Silent),
            "{rows}"
        );
    }
    // A bucket that is missing is not one without use.
    let mut weeks = every(7, today(), &steady(30, 50.0));
    weeks.points.drain(20..24);
    assert_eq!(trend(&weeks), Some(Trend::Flat));
}

/// Two years and a half of working days, with the given days off.
fn working(end: NaiveDate, off: impl Fn(NaiveDate) -> bool) -> Vec<f64> {
    let first = day(2022, 7, 4);
    let days = first.iter_days().take_while(|date| *date <= end);
    days.enumerate().map(|(at, date)| if at % 7 > 4 || off(date) { 0.0 } else { 20.0 }).collect()
}

fn is_within(date: NaiveDate, from: (u32, u32), to: (u32, u32)) -> bool {
    use chrono::Datelike;
    let at = (date.month(), date.day());
    from <= at && at <= to
}

#[test]
fn who_is_idle_in_the_same_weeks_every_year_is_compared_with_those() {
    let at = day(2024, 8, 25);
    let school = |date| is_within(date, (7, 1), (8, 31));
    for series in [listed(at, &working(at, school)), every(1, at, &working(at, school))] {
        let read = read(&series);
        assert_eq!((read.trend, read.seasonal, read.before), (Some(Trend::Flat), true, Some(0.0)));
    }
    // In October it should be back.
    let at = day(2024, 10, 20);
    let gone = |date| school(date) || date >= day(2024, 7, 1);
    assert_eq!(trend(&listed(at, &working(at, gone))), Some(Trend::Silent));
    // The first summer is like a stop, because nobody can know.
    let at = day(2024, 8, 25);
    let first = |date| date >= day(2024, 7, 1);
    let read = read(&listed(at, &working(at, first)));
    assert_eq!((read.trend, read.seasonal), (Some(Trend::Silent), false));
}

#[test]
fn who_was_hardly_there_between_two_idle_times_is_silent_and_not_seasonal() {
    let at = day(2024, 9, 1);
    let hardly = |date| !(is_within(date, (6, 28), (6, 30)) || date < day(2023, 6, 30));
    let read = read(&listed(at, &working(at, hardly)));
    assert_eq!((read.trend, read.seasonal), (Some(Trend::Silent), false));
}

#[test]
fn the_holidays_at_the_end_of_the_year_are_no_silence_where_they_were_none_last_year() {
    let holidays = |date| is_within(date, (12, 23), (12, 31)) || is_within(date, (1, 1), (1, 5));
    for after in 0..30 {
        let at = day(2023, 12, 20) + Days::new(after);
        let series = listed(at, &working(at, holidays));
        assert_ne!(trend(&series), Some(Trend::Silent), "{at}");
    }
    // Fewer who are there, and not nobody, is no silence without any last year.
    for dip in 1..=14 {
        let daily = [steady(200, 50.0), vec![8.0; dip]].concat();
        assert_ne!(trend(&every(1, today(), &daily)), Some(Trend::Silent), "{dip}");
    }
}

#[test]
fn what_moves_every_year_in_the_same_weeks_is_compared_with_those() {
    // Halved in summer, every year; once to less than half.
    let at = day(2024, 7, 28);
    let season = |less: f64| {
        let days = day(2022, 7, 4).iter_days().take_while(|date| *date <= at);
        let value = |date: NaiveDate| match is_within(date, (7, 1), (8, 31)) {
            true if date > day(2024, 6, 1) => less,
            true => 50.0,
            false => 100.0,
        };
        every(1, at, &days.map(value).collect::<Vec<_>>())
    };
    let usual = read(&season(50.0));
    assert_eq!((usual.trend, usual.seasonal, usual.before), (Some(Trend::Flat), true, Some(1400.0)));
    let worse = read(&season(20.0));
    assert_eq!((worse.trend, worse.before), (Some(Trend::Down), Some(1400.0)));
    let better = read(&season(80.0));
    assert_eq!((better.trend, better.seasonal), (Some(Trend::Up), true));
}
