//! Which series stands for usage, and how far its source and the help desk have told.

use contracts::{
    Line,
    delivery::UsageSummary,
    facts::{Part, Trend, UsagePoint},
    reading::Knowledge,
};
use domain::{
    case::Case,
    rows::{CustomerRows, Delivered, Series, Sources},
};

use crate::given::{TODAY, day, delivered, nobody, source};

fn of(rows: &CustomerRows, sources: &Sources, as_of: &str) -> Case {
    Case::of(rows, sources, day(as_of), None)
}

fn series(metric: &str, points: &[&str], gone_on: Option<&str>) -> Series {
    let points = points.iter().map(|on| UsagePoint { date: day(on), value: 1.0 });
    Series {
        source: source("product"),
        metric: metric.into(),
        measure: None,
        points: points.collect(),
        told: Vec::new(),
        reach: None,
        gone_on: gone_on.map(day),
    }
}

#[test]
fn the_points_are_those_of_the_series_that_stands_for_usage_up_to_the_day_its_source_was_asked() {
    let usage = vec![
        series("logins", &["2026-11-01", "2026-11-08", "2026-11-15", "2026-11-22"], None),
        series("exports", &["2026-11-02"], None),
        series("clicks", &["2026-11-03", "2026-11-04", "2026-11-05", "2026-11-06", "2026-11-07"], Some("2026-11-10")),
    ];
    let rows = CustomerRows { usage, ..nobody() };
    let read = |metric: Option<&str>, on| {
        let sources = Sources { primary_metric: metric.map(Line::new), ..delivered(on) };
        of(&rows, &sources, TODAY).points.iter().map(|point| point.date.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(read(None, TODAY), ["2026-11-01", "2026-11-08", "2026-11-15"]);
    assert_eq!(read(None, "2026-11-10"), ["2026-11-01", "2026-11-08"]);
    assert_eq!(read(Some("exports"), TODAY), ["2026-11-02"]);
}

#[test]
fn a_summary_is_as_old_as_the_last_delivery_that_could_have_changed_it() {
    let mut told = series("logins a day", &[], None);
    told.told = vec![(day("2026-08-01"), UsageSummary { trend: Trend::Up, recent: 9.0, before: 4.0 })];
    let rows = CustomerRows { usage: vec![told], ..nobody() };
    let usage = |on: &str| of(&rows, &delivered(on), TODAY).usage;
    assert_eq!(usage("2026-11-18").source().expect("a source").as_of, day("2026-11-18"));
    assert!(!usage("2026-11-18").is_stale() && usage("2026-08-01").is_stale());
}

#[test]
fn deliveries_of_other_parts_do_not_refresh_tickets() {
    let usage_alone = vec![Delivered { source: source("desk"), part: Part::Usage, day: day(TODAY) }];
    let sources = Sources { delivered: usage_alone, ..Sources::default() };
    assert_eq!(of(&nobody(), &sources, TODAY).tickets, Knowledge::Missing);
}
