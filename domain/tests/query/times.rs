//! Stretches of the calendar.

use contracts::query::{Filter, Operand};
use domain::query::span;

use crate::given::{customer, fitting, parse, today};
use contracts::reading::Value;

#[test]
fn a_stretch_of_the_calendar_has_its_days() {
    let cases = [
        ("today", "2026-11-20", "2026-11-20"),
        ("tomorrow", "2026-11-21", "2026-11-21"),
        ("yesterday", "2026-11-19", "2026-11-19"),
        ("this-week", "2026-11-16", "2026-11-22"),
        ("next-week", "2026-11-23", "2026-11-29"),
        ("last-month", "2026-10-01", "2026-10-31"),
        ("this-quarter", "2026-10-01", "2026-12-31"),
        ("next-quarter", "2027-01-01", "2027-03-31"),
        ("last-year", "2025-01-01", "2025-12-31"),
        ("2027", "2027-01-01", "2027-12-31"),
        ("2027-H2", "2027-07-01", "2027-12-31"),
        ("2027-q1", "2027-01-01", "2027-03-31"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2027-03-31", "2027-03-31", "2027-03-31"),
        ("next-30d", "2026-11-20", "2026-12-20"),
        ("next-6m", "2026-11-20", "2027-05-20"),
        ("last-2w", "2026-11-06", "2026-11-20"),
        ("last-1y", "2025-11-20", "2026-11-20"),
    ];
    for (text, from, to) in cases {
        let Filter::Compare { value: Operand::Time(time), .. } = parse(&format!("since:{text}")).filter else {
            panic!("{text} is no time")
        };
        let days = span(time, today()).expect("days of the calendar");
        assert_eq!((days.start().to_string().as_str(), days.end().to_string().as_str()), (from, to), "{text}");
    }
}

#[test]
fn days_are_before_after_or_in_a_time() {
    let on = |id: &str, day: &str| customer(id, &[("since", Value::Date(day.parse().expect("a day")))]);
    let book = [
        on("december", "2026-12-31"),
        on("january", "2027-01-01"),
        on("march", "2027-03-31"),
        on("april", "2027-04-01"),
    ];
    let cases: [(&str, &[&str]); 5] = [
        ("since:2027-Q1", &["january", "march"]),
        ("since:<2027-Q1", &["december"]),
        ("since:<=2027-Q1", &["december", "january", "march"]),
        ("since:>2027-Q1", &["april"]),
        ("since:>=2027-Q1", &["january", "march", "april"]),
    ];
    for (text, expected) in cases {
        assert_eq!(fitting(text, &book), expected, "{text}");
    }
}

#[test]
fn a_renewal_within_a_time_is_ahead_and_what_has_passed_is_asked_for_by_itself() {
    let due = |id: &str, days| customer(id, &[("renewal", Value::Days(days))]);
    let book = [due("overdue", -3), due("today", 0), due("soon", 59), due("then", 60), due("far", 200)];
    let cases: [(&str, &[&str]); 9] = [
        ("renewal:<60d", &["today", "soon"]),
        ("renewal:<=60d", &["today", "soon", "then"]),
        ("renewal:>60d", &["far"]),
        ("renewal:overdue", &["overdue"]),
        ("not renewal:overdue", &["today", "soon", "then", "far"]),
        ("renewal:<2027-02", &["today", "soon", "then"]),
        ("renewal:<=today", &["overdue", "today"]),
        ("renewal:this-month", &["overdue", "today"]),
        ("renewal:-5d..-1d", &["overdue"]),
    ];
    for (text, expected) in cases {
        assert_eq!(fitting(text, &book), expected, "{text}");
    }
}
