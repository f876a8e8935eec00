//! The figures that the documents give are those that the program counts with.

use contracts::{attention::Kind, facts::Trend, health::Why};
use domain::{
    attention::{Minutes, Weights},
    health::{HealthInputs, Renewal, judge},
};

use super::read;

/// The rows of a document's table whose first line has this head; an empty cell says what the one above it says.
fn table(document: &str, head: &str) -> Vec<Vec<String>> {
    let text = read(document);
    let (_, after) = text.split_once(head).unwrap();
    let lines = after.lines().skip(2).take_while(|line| line.starts_with('|'));
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in lines {
        let cells = line.trim_matches('|').split('|').map(str::trim).enumerate();
        let cells =
            cells.map(|(at, cell)| if cell.is_empty() { rows.last().unwrap()[at].clone() } else { cell.to_owned() });
        rows.push(cells.collect());
    }
    rows
}

/// From which to which figure `3 to 5`, `6 or more`, `none` or `overdue` reach.
fn bounds(words: &str) -> [i64; 2] {
    let figures: Vec<i64> = words.split(' ').filter_map(|word| word.parse().ok()).collect();
    match (words, figures.as_slice()) {
        ("none", _) => [0, 0],
        ("overdue", _) => [-400, -1],
        (_, [from, to]) => [*from, *to],
        (_, [from]) => [*from, from + 400],
        _ => panic!("{words:?} has no bounds"),
    }
}

fn inputs(part: &str, words: &str) -> Vec<HealthInputs> {
    let nothing = HealthInputs { usage: Err(Why::Missing), tickets: Err(Why::Missing), renewal: Err(Why::Missing) };
    let trend = |trend| vec![HealthInputs { usage: Ok(trend), ..nothing.clone() }];
    match (part, words.split(':').next().unwrap()) {
        ("usage trend", "up") => trend(Trend::Up),
        ("usage trend", "flat") => trend(Trend::Flat),
        ("usage trend", "down") => trend(Trend::Down),
        ("usage trend", "silent") => trend(Trend::Silent),
        ("open tickets", open) => {
            bounds(open).map(|open| HealthInputs { tickets: Ok(open.try_into().unwrap()), ..nothing.clone() }).into()
        }
        ("days to renewal", days) => bounds(days)
            .map(|days| HealthInputs { renewal: Ok(Renewal { days, automatic: false }), ..nothing.clone() })
            .into(),
        other => panic!("{other:?} is no part of the score"),
    }
}

#[test]
fn the_table_of_the_health_score_is_what_the_score_counts() {
    let rows = table("docs/health.md", "| part | what is known | points | weight |");
    assert_eq!(rows.len(), 12);
    for row in rows {
        for known in inputs(&row[0], &row[1]) {
            let verdict = judge(&known);
            let counted = [verdict.score.unwrap().to_string(), verdict.coverage.to_string()];
            assert_eq!(counted, row[2..], "{known:?}");
        }
    }
}

#[test]
fn the_table_of_items_is_what_the_list_weighs() {
    let rows = table("docs/attention.md", "| item | its reason | likelihood | minutes |");
    let (weights, minutes) = (Weights::default(), Minutes::default());
    let told: Vec<_> = rows.iter().map(|row| (row[0].clone(), row[2].clone(), row[3].clone())).collect();
    for kind in Kind::ALL {
        let counted = (format!("`{}`", kind.as_str()), format!("{} %", weights.of(kind)), minutes.of(kind).to_string());
        assert!(told.contains(&counted), "{counted:?}");
    }
    assert_eq!(told.len(), Kind::ALL.len());
}
