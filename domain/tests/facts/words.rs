//! Figures in words.

use contracts::{
    Line,
    facts::{Money, OpenByPriority, Source},
    reading::{Knowledge, Value},
};
use domain::words;
use proptest::prelude::*;

use crate::given::{TODAY, day, money};

#[test]
fn figures_read_as_people_write_them() {
    let counts = [0, 1, 2, 1000, 1_234_567].map(|n| words::count(n, "day"));
    assert_eq!(counts, ["0 days", "1 day", "2 days", "1,000 days", "1,234,567 days"]);
    let numbers = [0.0, 0.25, 28.54, 41.0, 99.5, 99.96, 100.0, 1234.5, 1e6, -3.0, -0.001].map(words::number);
    assert_eq!(numbers, ["0", "0.25", "28.5", "41", "99.5", "100", "100", "1,235", "1,000,000", "-3", "0"]);
    let amounts = [12_000_000, 99_950, -5, 0].map(|minor| words::money(&money(minor, "EUR")));
    assert_eq!(amounts, ["EUR 120,000", "EUR 999.50", "EUR -0.05", "EUR 0"]);
    assert_eq!([12_000_000, -5].map(words::amount), ["120000.00", "-0.05"]);
    assert_eq!([3_199, -3_250, 25, 0].map(words::percent), ["32%", "-33%", "0.25%", "0%"]);
    assert_eq!([0, 2, 10, 11].map(words::spelled), ["no", "two", "ten", "11"]);
    assert_eq!(["zero", "seven", "twelve", "many"].map(words::read_number), [Some(0), Some(7), Some(12), None]);
}

#[test]
fn lists_read_as_sentences() {
    let lists = [&[][..], &["a"], &["a", "b"], &["a", "b", "c"]].map(words::list);
    assert_eq!(lists, ["", "a", "a and b", "a, b and c"]);
    let open = |urgent, high, low| words::by_priority(OpenByPriority { urgent, high, normal: 0, low });
    assert_eq!(open(0, 0, 0), [""; 0]);
    assert_eq!(open(2, 3, 1), ["2 urgent", "3 high", "1 low"]);
}

#[test]
fn days_read_as_sentences() {
    let distances = [80, 1, 0, -1, -2].map(words::distance);
    assert_eq!(distances, ["in 80 days", "tomorrow", "today", "yesterday", "2 days ago"]);
    assert_eq!([0, 1, 40].map(words::since), ["since today", "for 1 day", "for 40 days"]);
    assert_eq!(words::date(day("2027-02-01")), "1 Feb 2027");
    assert_eq!(words::span(day("2026-09-22"), day("2026-12-20")), "22 Sep to 20 Dec 2026");
    assert_eq!(words::span(day("2025-12-30"), day("2026-01-02")), "30 Dec 2025 to 2 Jan 2026");
    let quarters = ["2027-01-01", "2027-06-30", "2027-12-31"].map(|at| words::quarter(day(at)));
    assert_eq!(quarters, ["2027-Q1", "2027-Q2", "2027-Q4"]);
}

#[test]
fn totals_say_over_how_many_days_they_are_made() {
    let table = [
        ("logins a day", "logins in 28 days"),
        ("reports per week", "reports in 28 days"),
        ("daily logins", "logins in 28 days"),
        ("feature uses in 30 days", "feature uses in 28 days"),
        ("API calls (thousands)", "API calls (thousands) in 28 days"),
        ("holiday", "holiday in 28 days"),
        ("logins in all", "logins in all in 28 days"),
    ];
    for (metric, unit) in table {
        assert_eq!(words::in_window(metric, 28), unit);
    }
}

#[test]
fn values_are_figures_in_sentences_and_cells_in_tables() {
    let measured = Value::Measurement { value: 1_148.0, unit: "logins a day".into() };
    let amounts = Value::Money(vec![money(100, "EUR"), money(250, "USD")]);
    let table = [
        (Value::Count(0), "no tickets", "0"),
        (Value::Count(1), "1 ticket", "1"),
        (Value::Count(1_200), "1,200 tickets", "1,200"),
        (measured, "1,148 logins a day", "1,148"),
        (amounts, "EUR 1 and USD 2.50", "EUR 1, USD 2.50"),
        (Value::Date(day(TODAY)), "20 Nov 2026", "20 Nov 2026"),
        (Value::Days(-20), "-20 days", "-20"),
        (Value::Days(1), "1 day", "1"),
        (Value::Share(-3_199), "-32%", "-32%"),
        (Value::Flag(true), "yes", "yes"),
        (Value::Choice("up".into()), "up", "up"),
    ];
    for (value, figure, cell) in table {
        assert_eq!((words::figure(&value, Some("ticket")).as_str(), words::cell_of(&value).as_str()), (figure, cell));
    }
    let source = Source { origin: "desk".into(), as_of: day("2026-03-12") };
    let cells =
        [Knowledge::Stale { value: Value::Count(3), source }, Knowledge::Missing].map(|known| words::cell(&known));
    assert_eq!(cells, ["3 (12 Mar 2026)", "–"]);
}

#[test]
fn changes_are_told_as_they_are_read() {
    let table = [
        (897.0, 610.0, "fell from 897 to 610, by 32%"),
        (4.0, 6.0, "rose from 4 to 6, by 50%"),
        (40.0, 35.0, "fell from 40 to 35, by 13%"),
        (41.0, 41.0, "stayed at 41"),
        (41.0, 41.01, "stayed at 41"),
        (0.0, 5.0, "rose from 0 to 5"),
        (5.0, 0.0, "fell from 5 to 0, by 100%"),
        (10_000.0, 1.0, "fell from 10,000 to 1, by over 99%"),
        (10_000_000.0, 10_000_001.0, "rose from 10,000,000 to 10,000,001"),
        (0.0, 0.0, "stayed at 0"),
    ];
    for (before, after, words) in table {
        assert_eq!(words::moved(before, after), words);
    }
}

proptest! {
    #[test]
    fn the_direction_word_agrees_with_the_figures(before in 0.0..2e6_f64, after in 0.0..2e6_f64, near in any::<bool>()) {
        let after = if near { before + after / 2e6 } else { after };
        let text = words::moved(before, after);
        let (clause, by) = text.split_once(", by ").map_or((text.as_str(), None), |(clause, by)| (clause, Some(by)));
        let read = |figure: &str| figure.trim_end_matches('%').replace(',', "").parse::<f64>().ok();
        let figures: Vec<f64> = clause.split(' ').filter_map(read).collect();
        match (clause.split(' ').next(), figures.as_slice()) {
            (Some("rose"), [from, to]) => prop_assert!(before < after && from < to, "{}", text),
            (Some("fell"), [from, to]) => prop_assert!(before > after && from > to, "{}", text),
            (Some("stayed"), [at]) => prop_assert!((at - after).abs() <= 0.5, "{}", text),
            _ => prop_assert!(false, "{}", text),
        }
        if let Some(percent) = by.and_then(read) {
            let exact = (after - before).abs() / before * 100.0;
            prop_assert!((percent - exact).abs() <= 0.51, "{}: {}", text, exact);
        }
    }

    #[test]
    fn amounts_move_as_their_figures_do(before in 1_i64..100_000_000, after in 0_i64..100_000_000) {
        let text = words::moved_money(&[money(before, "USD")], &[money(after, "USD")]);
        let verb = if before < after { "rose from " } else if before > after { "fell from " } else { "stayed at " };
        prop_assert!(text.starts_with(verb), "{text}");
    }

    #[test]
    fn halves_are_rounded_up(quarters in 4_u32..400, halves in 200_u32..100_000, basis_points in 100_i64..1_000_000) {
        let tenths = (5 * quarters).div_ceil(2);
        let shown: f64 = words::number(f64::from(quarters) / 4.0).parse().expect("a number");
        let expected = if quarters < 400 { f64::from(tenths) / 10.0 } else { f64::from(quarters) / 4.0 };
        prop_assert_eq!(shown, expected);
        let whole = halves.div_ceil(2).to_string();
        prop_assert_eq!(words::number(f64::from(halves) / 2.0).replace(',', ""), whole);
        let percent = format!("{}%", (basis_points + 50) / 100);
        prop_assert_eq!(words::percent(basis_points).replace(',', ""), percent.clone());
        prop_assert_eq!(words::percent(-basis_points).replace(',', ""), format!("-{percent}"));
    }

    #[test]
    fn grouping_keeps_every_digit(n in any::<u64>()) {
        let text = words::count(n, "day");
        prop_assert_eq!(text.replace(',', ""), format!("{n} day{}", if n == 1 { "" } else { "s" }));
        let groups: Vec<_> = text.trim_end_matches(|c: char| !c.is_ascii_digit()).split(',').collect();
        prop_assert!(groups[1..].iter().all(|group| group.len() == 3));
    }
}

#[test]
fn the_words_of_the_house_are_known_in_any_case() {
    let inside =
        ["Health checks", "your Risk", "scored", "whole scores", "at-risk users", "RiskScore", "äRisk", "CHURN"];
    assert_eq!(inside.map(words::is_internal), [true; 8]);
    let outside = ["scoreboard", "chess", "healthy", "Ärger", "iPhone", ""];
    assert_eq!(outside.map(words::is_internal), [false; 6]);
}

#[test]
fn several_amounts_are_listed_each_with_its_currency() {
    let amounts: [Money; 2] = [money(9_950, "EUR"), Money { minor: 12_000_000, currency: Line::new("USD") }];
    assert_eq!(words::moneys(&amounts), "EUR 99.50 and USD 120,000");
}

#[test]
fn currencies_are_known_by_their_signs_words_and_codes() {
    let texts = ["$", "US$", "dollars", "Euro", "eur", "£", "yen", "francs", "CHF", "pesos", ""];
    let codes = texts.map(|text| words::currency(text).unwrap_or("none"));
    assert_eq!(codes, ["USD", "USD", "USD", "EUR", "EUR", "GBP", "JPY", "CHF", "CHF", "none", "none"]);
}
