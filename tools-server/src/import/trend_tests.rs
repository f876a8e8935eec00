use chrono::NaiveDate;

use super::*;

fn series(values: &[f64]) -> Vec<UsagePoint> {
    let start = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    let days = start.iter_days();
    days.zip(values).map(|(date, value)| UsagePoint { date, value: *value }).collect()
}

fn trend_of(values: &[f64]) -> Option<Trend> {
    movement(&series(values)).expect("there are points").trend
}

/// A small seeded generator (xorshift64*), so that the simulations are the same on every machine.
struct Dice(u64);

impl Dice {
    fn uniform(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Knuth's method, in steps of 500 because `exp(-mean)` of a large mean is zero.
    fn poisson(&mut self, mean: f64) -> f64 {
        if mean > 500.0 {
            return self.poisson(500.0) + self.poisson(mean - 500.0);
        }
        let (limit, mut product, mut count) = ((-mean).exp(), self.uniform(), 0.0);
        while product > limit {
            product *= self.uniform();
            count += 1.0;
        }
        count
    }
}

#[test]
fn the_newest_third_is_compared_with_the_rest() {
    let movement = movement(&series(&[10.0, 12.0, 11.0, 13.0, 30.0, 32.0])).expect("there are points");
    assert_eq!((movement.recent, movement.before), (31.0, Some(11.5)));
    assert_eq!(movement.trend, Some(Trend::Up));
}

#[test]
fn movement_is_called_where_it_is_plain() {
    let cases: [(&[f64], Option<Trend>); 11] = [
        (&[], None),
        (&[5.0], None),
        (&[5.0, 50.0, 500.0], None),
        (&[0.0; 8], Some(Trend::Flat)),
        (&[7.0; 8], Some(Trend::Flat)),
        (&[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 9.0, 9.0, 9.0], Some(Trend::Up)),
        (&[9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 0.0, 0.0, 0.0], Some(Trend::Down)),
        (&[100.0, 100.0, 100.0, 100.0, 109.0, 109.0], Some(Trend::Flat)),
        (&[100.0, 100.0, 100.0, 100.0, 110.0, 110.0], Some(Trend::Up)),
        (&[100.0, 100.0, 100.0, 100.0, 90.0, 90.0], Some(Trend::Down)),
        // One wild day moves no median.
        (&[10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 900.0, 10.0], Some(Trend::Flat)),
    ];
    for (values, expected) in cases {
        let trend = movement(&series(values)).and_then(|movement| movement.trend);
        assert_eq!(trend, expected, "{values:?}");
    }
}

#[test]
fn a_series_without_a_rest_has_no_level_before() {
    let movement = movement(&series(&[5.0, 7.0])).expect("there are points");
    assert_eq!((movement.recent, movement.before, movement.trend), (6.0, None, None));
}

#[test]
fn the_largest_numbers_there_are_do_no_harm() {
    assert_eq!(trend_of(&[f64::MAX; 9]), Some(Trend::Flat));
    assert!(movement(&series(&[f64::MAX, 0.0, f64::MAX, 0.0, f64::MAX])).is_some_and(|m| m.recent.is_finite()));
}

#[test]
#[expect(clippy::print_stdout, reason = "the rate is worth reading")]
fn flat_noise_is_called_movement_at_most_one_time_in_ten() {
    const RUNS: u32 = 500;
    let mut dice = Dice(0x5EED);
    let mut worst = (0.0, 0, 0.0);
    for length in [4, 5, 6, 7, 8, 9, 10, 12, 16, 24, 36, 48, 60] {
        for mean in [1.0, 2.0, 3.0, 5.0, 10.0, 40.0, 100.0, 1000.0] {
            let called = (0..RUNS).filter(|_| {
                let values: Vec<f64> = (0..length).map(|_| dice.poisson(mean)).collect();
                trend_of(&values) != Some(Trend::Flat)
            });
            let rate = called.count() as f64 / f64::from(RUNS);
            assert!(rate <= 0.1, "{length} points around {mean}: called in {rate} of the runs");
            worst = if rate > worst.0 { (rate, length, mean) } else { worst };
        }
    }
    println!("worst rate of false calls: {} ({} points around {})", worst.0, worst.1, worst.2);
}

#[test]
fn a_real_drop_is_seen_most_of_the_time() {
    const RUNS: usize = 1000;
    let mut dice = Dice(0x5EED);
    for length in [12, 15, 24, 36, 60] {
        let newest = length / NEWEST;
        let seen = (0..RUNS).filter(|_| {
            let levels = (0..length).map(|at| if at < length - newest { 40.0 } else { 24.0 });
            let values: Vec<f64> = levels.map(|mean| dice.poisson(mean)).collect();
            trend_of(&values) == Some(Trend::Down)
        });
        let rate = seen.count() as f64 / RUNS as f64;
        assert!(rate >= 0.9, "{length} points: a drop of 40% was seen in {rate} of the runs");
    }
}
