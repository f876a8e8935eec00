//! What holds of any series.

use chrono::Days;
use contracts::facts::{Measure, Trend};
use domain::{rows::Series, usage::figures};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::series::{every, listed, read, steady, then, today};

fn steps() -> impl Strategy<Value = u64> {
    select(vec![1_u64, 7, 14, 30])
}

fn values() -> impl Strategy<Value = Vec<f64>> {
    vec((0_u32..200).prop_map(|value| f64::from(value.saturating_sub(40))), 1..150)
}

fn any_series() -> impl Strategy<Value = Series> {
    (steps(), values(), any::<bool>(), select(vec![None, Some(Measure::Count), Some(Measure::Level)])).prop_map(
        |(step, values, list, measure)| {
            let series = if list { listed(today(), &values) } else { every(step, today(), &values) };
            Series { measure, ..series }
        },
    )
}

proptest! {
    #[test]
    fn figures_are_finite_dated_and_the_same_again(series in any_series(), back in 0_u64..400) {
        let as_of = today() - Days::new(back);
        let read = figures(&series, as_of);
        prop_assert_eq!(&read, &figures(&series, as_of));
        let knows = series.points.first().is_some_and(|point| point.date <= as_of);
        prop_assert_eq!(read.is_some(), knows);
        if let Some(read) = read {
            prop_assert!(read.newest <= as_of);
            prop_assert!(read.last_use.is_none_or(|day| day <= read.newest));
            prop_assert!(read.recent.is_finite() && read.recent >= 0.0);
            prop_assert!(read.before.is_none_or(|before| before.is_finite() && before >= 0.0));
            prop_assert_eq!(read.last_use.is_none(), series.points.iter().all(|p| p.date > as_of || p.value == 0.0));
            match read.trend {
                Some(Trend::Up) => prop_assert!(read.recent > read.before.unwrap()),
                Some(Trend::Down) => prop_assert!(read.recent < read.before.unwrap()),
                Some(Trend::Flat) => prop_assert!(read.before.is_some()),
                Some(Trend::Silent) | None => {}
            }
        }
    }

    #[test]
    fn rows_after_the_day_change_nothing(series in any_series(), back in 1_u64..400) {
        let as_of = today() - Days::new(back);
        let mut until = series.clone();
        until.points.retain(|point| point.date <= as_of);
        prop_assert_eq!(figures(&until, as_of), figures(&series, as_of));
    }

    #[test]
    fn a_stop_is_seen_behind_any_history(
        step in select(vec![(1, 14), (7, 2), (30, 1)]), long in 0_usize..300, more in 0_usize..20, mean in 5.0..500.0,
    ) {
        let (step, idle) = step;
        let stopped = every(step, today(), &then(steady(long + 28, mean), idle + more, 0.0));
        prop_assert_eq!(read(&stopped).trend, Some(Trend::Silent));
    }

    #[test]
    fn what_was_before_the_window_before_does_not_matter(
        step in select(vec![1_u64, 7]), recent in vec(1_u32..200, 112), older in vec(1_u32..200, 0..200),
    ) {
        // Under a year in all, so that no season is looked for.
        let weeks = |values: &[u32]| values.iter().map(|value| f64::from(*value)).collect::<Vec<_>>();
        let window = if step == 1 { weeks(&recent) } else { weeks(&recent[..16]) };
        let older = weeks(&older[..older.len().min(if step == 1 { 200 } else { 30 })]);
        let alone = read(&every(step, today(), &window));
        let behind = read(&every(step, today(), &[older, window].concat()));
        prop_assert_eq!((alone.trend, alone.recent, alone.before), (behind.trend, behind.recent, behind.before));
    }

    #[test]
    fn the_unit_of_a_level_does_not_matter(series in any_series(), power in -20_i32..20) {
        let scale = 2_f64.powi(power);
        let level = Series { measure: Some(Measure::Level), ..series };
        let mut scaled = level.clone();
        scaled.points.iter_mut().for_each(|point| point.value *= scale);
        let (level, scaled) = (figures(&level, today()), figures(&scaled, today()));
        prop_assert_eq!(
            level.as_ref().map(|level| (level.trend, level.recent * scale, level.last_use, level.streak, level.seasonal)),
            scaled.as_ref().map(|scaled| (scaled.trend, scaled.recent, scaled.last_use, scaled.streak, scaled.seasonal))
        );
    }

    #[test]
    fn silence_lasts_until_there_is_use_again(values in vec(0_u32..9, 30..200)) {
        let daily: Vec<f64> = values.into_iter().map(f64::from).collect();
        let mut list = listed(today(), &[daily, vec![0.0; 80]].concat());
        let mut was_silent = false;
        for at in 0..=80 {
            let as_of = today() - Days::new(80 - at);
            list.reach = Some(as_of);
            let is_silent = figures(&list, as_of).is_some_and(|read| read.trend == Some(Trend::Silent));
            prop_assert!(is_silent || !was_silent, "{as_of}");
            was_silent = is_silent;
        }
        prop_assert_eq!(was_silent, !list.points.is_empty());
    }
}
