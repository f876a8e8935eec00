use contracts::{
    delivery::{Piece, UsageSays, UsageSummary},
    facts::{Measure, Part, Trend},
};

use super::book::*;

const PARTS: [Part; 2] = [Part::Customers, Part::Usage];

fn book(values: &[(u32, f64)]) -> Book {
    let mut book = Book::default();
    let first = together([named(&["a"]), points("a", values)]);
    book.deliver(&snapshot(10, &PARTS), &[first]).expect("a first delivery");
    book
}

fn values(book: &Book) -> Vec<(u32, f64)> {
    use chrono::Datelike;
    book.series("a").points.iter().map(|point| (point.date.day(), point.value)).collect()
}

#[test]
fn points_accumulate_and_a_newer_delivery_replaces_them() {
    type Points<'a> = &'a [(u32, f64)];
    let known: Points = &[(1, 1.0), (2, 2.0)];
    // By the day of the second delivery: its points, what is known then, and how many were changed and outdated.
    let cases: [(u32, Points, Points, (u64, u64)); 6] = [
        (12, &[(3, 3.0)], &[(1, 1.0), (2, 2.0), (3, 3.0)], (1, 0)),
        (12, &[(2, 2.0), (3, 3.0)], &[(1, 1.0), (2, 2.0), (3, 3.0)], (1, 0)),
        (12, &[(2, 7.0)], &[(1, 1.0), (2, 7.0)], (1, 0)),
        (10, &[(2, 7.0)], &[(1, 1.0), (2, 7.0)], (1, 0)),
        (8, &[(2, 7.0), (3, 3.0)], &[(1, 1.0), (2, 2.0), (3, 3.0)], (1, 1)),
        (8, &[(2, 2.0)], &[(1, 1.0), (2, 2.0)], (0, 0)),
    ];
    for (on, second, expected, (changed, outdated)) in cases {
        let mut book = book(known);
        let (_, report) = book.deliver(&snapshot(on, &[Part::Usage]), &[points("a", second)]).expect("a delivery");
        assert_eq!(values(&book), expected, "{second:?} on {on}");
        let part = &report.parts[&Part::Usage];
        let counted = (part.read, part.taken, part.changed, part.outdated);
        let read = second.len() as u64;
        assert_eq!(counted, (read, read - outdated, changed, outdated), "{second:?} on {on}");
    }
}

#[test]
fn a_summary_is_kept_where_it_says_something_else() {
    let summary = |recent| UsageSummary { trend: Trend::Down, recent, before: 9.5 };
    let mut book = Book::default();
    for (on, recent) in [(10, 9.0), (11, 9.0), (12, 8.0), (12, 7.0), (5, 1.0)] {
        let piece = together([named(&["a"]), usage("a", UsageSays::Summary(summary(recent)))]);
        book.deliver(&snapshot(on, &PARTS), &[piece]).expect("it is carried out");
    }
    assert_eq!(book.series("a").told, [(day(10), summary(9.0)), (day(12), summary(7.0))]);
    assert!(book.series("a").points.is_empty());
}

#[test]
fn the_summary_of_an_older_delivery_makes_no_series() {
    let mut book = book(&[(1, 1.0)]);
    let summary = UsageSays::Summary(UsageSummary { trend: Trend::Up, recent: 2.0, before: 1.0 });
    let mut piece = usage("a", summary);
    piece.usage[0].metric = "seats".into();
    let (_, report) = book.deliver(&snapshot(5, &[Part::Usage]), &[piece]).expect("it is carried out");
    assert_eq!(book.customers[&customer_id("a")].usage.len(), 1);
    assert_eq!(report.parts[&Part::Usage].outdated, 1);
}

#[test]
fn what_a_metric_counts_is_left_cleared_and_changed_as_other_columns_are() {
    let piece = |measure| -> Piece {
        let mut piece = points("a", &[(1, 1.0)]);
        piece.usage[0].measure = measure;
        piece
    };
    let (count, level) = (Some(Measure::Count), Some(Measure::Level));
    let with: &[&str] = &["measure"];
    for (on, columns, says, expected) in [
        (12, with, None, None),
        (12, &[], None, count),
        (12, with, level, level),
        (5, with, level, count),
        (5, with, None, count),
    ] {
        let mut book = Book::default();
        let first = together([named(&["a"]), piece(count)]);
        book.deliver(&snapshot(10, &PARTS), &[first]).expect("a first delivery");
        let second = with_columns(snapshot(on, &[Part::Usage]), columns);
        let (_, report) = book.deliver(&second, &[piece(says)]).expect("a second delivery");
        assert_eq!(book.series("a").measure, expected, "{says:?} on {on} with {columns:?}");
        assert_eq!(report.updated, u32::from(expected != count));
    }
}

#[test]
fn a_series_that_was_gone_is_back_with_its_points() {
    let mut book = book(&[(1, 1.0), (2, 2.0)]);
    book.deliver(&snapshot(11, &[Part::Usage]), &[]).expect("a delivery without it");
    assert_eq!(book.series("a").gone_on, Some(day(11)));
    let (_, report) =
        book.deliver(&snapshot(12, &[Part::Usage]), &[points("a", &[(2, 2.0)])]).expect("a third delivery");
    assert_eq!((book.series("a").gone_on, values(&book)), (None, vec![(1, 1.0), (2, 2.0)]));
    assert_eq!((report.updated, report.parts[&Part::Usage].changed), (1, 0));
}

#[test]
fn an_older_delivery_adds_points_to_a_series_that_is_gone_and_does_not_bring_it_back() {
    let mut book = book(&[(2, 2.0)]);
    book.deliver(&snapshot(11, &[Part::Usage]), &[]).expect("a delivery without it");
    book.deliver(&snapshot(5, &[Part::Usage]), &[points("a", &[(1, 1.0)])]).expect("an older delivery");
    assert_eq!((book.series("a").gone_on, values(&book)), (Some(day(11)), vec![(1, 1.0), (2, 2.0)]));
}

#[test]
fn a_customer_is_measured_by_several_metrics_at_once() {
    let mut seats = points("a", &[(1, 40.0)]);
    seats.usage[0].metric = "seats".into();
    let mut book = Book::default();
    let (_, report) = book
        .deliver(&snapshot(10, &PARTS), &[together([named(&["a"]), points("a", &[(1, 1.0)]), seats])])
        .expect("done");
    assert_eq!(book.customers[&customer_id("a")].usage.len(), 2);
    assert_eq!((report.parts[&Part::Usage].read, report.parts[&Part::Usage].customers), (2, 1));
}
