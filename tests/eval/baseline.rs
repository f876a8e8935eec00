//! Which evaluation a new one is compared with where nobody names one.

use std::collections::BTreeSet;

use contracts::{
    CustomerId, TaskId,
    eval::{EvalResult, Verdict},
};
use cs_copilot::eval::baseline::{Earlier, go_on};

use crate::given::run;

/// An evaluation of health checks: `acme` passed, `!acme` failed.
fn earlier(id: &str, cases: &[&str]) -> Earlier {
    let result = |case: &&str| EvalResult {
        customer_id: case.trim_start_matches('!').parse().unwrap(),
        task: TaskId::HEALTH,
        verdict: if case.starts_with('!') { Verdict::Fail } else { Verdict::Pass },
        ..run().judged()
    };
    Earlier { id: id.parse().unwrap(), results: cases.iter().map(result).collect() }
}

/// Evaluations by their cases, newest first.
type Kept = [&'static [&'static str]];

fn picked(newest_first: &Kept, cases: &[&str]) -> Option<usize> {
    let cases: BTreeSet<(TaskId, CustomerId)> =
        cases.iter().map(|customer| (TaskId::HEALTH, customer.parse().unwrap())).collect();
    let all = newest_first.iter().enumerate().map(|(place, cases)| earlier(&format!("eval-{place}"), cases));
    let picked = all.rev().fold(None, |measure, next| go_on(measure, next, &cases))?;
    newest_first.iter().enumerate().position(|(place, _)| picked.id.as_str() == format!("eval-{place}"))
}

#[test]
fn the_newest_of_those_with_the_most_cases_in_common() {
    let cases = ["a", "b", "c"];
    let table: [(&Kept, Option<usize>, &str); 8] = [
        (&[], None, "there is none"),
        (&[&["x"], &["y", "z"]], None, "none has a case in common"),
        (&[&["a", "b", "c"], &["a", "b", "c"]], Some(0), "the newest of equals"),
        (&[&["a"], &["a", "b"], &["b"]], Some(1), "more in common before newer"),
        (&[&["a", "x", "y", "z"], &["a", "b"]], Some(1), "what this one has not, does not count"),
        (&[&["a", "a", "a"], &["a", "b"]], Some(1), "nor does a case that was repeated"),
        (&[&["a", "!b"], &["!a", "b"]], Some(1), "one that was worse in any case is passed over"),
        (&[&["a", "b"], &["!a", "b"], &["a", "b"]], Some(0), "one that is as good as ever is the measure again"),
    ];
    for (newest_first, expected, why) in table {
        assert_eq!(picked(newest_first, &cases), expected, "{why}");
    }
}

#[test]
fn getting_worse_does_not_become_the_measure() {
    let good: &[&str] = &["a", "b"];
    let worse: &[&str] = &["a", "!b"];
    assert_eq!(picked(&[worse, worse, good], &["a", "b"]), Some(2), "however often");
    assert_eq!(picked(&[worse, worse], &["a", "b"]), Some(0), "where nothing better is left");
    assert_eq!(picked(&[good, worse], &["a", "b"]), Some(0), "better is the new measure");
    assert_eq!(picked(&[&["a", "b", "!x"], good], &["a", "b"]), Some(0), "worse in what is not run now is no matter");
}
