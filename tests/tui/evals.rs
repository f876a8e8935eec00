//! The evaluations: their list, a table of results, and a result taken apart.

use contracts::{
    EvalId, TaskId,
    eval::{
        Check, CheckName, EvalResult, EvalSession, EvalTotals, ExecStep, ModelCounts, NewEval, StepOutcome, Verdict,
    },
    planner::PlanSource,
    tools::ToolName,
};
use crossterm::event::KeyCode;
use cs_copilot::app::{Effect, Loaded, Message, Mode, ThemeName};
use insta::assert_snapshot;

use crate::support::{App, data, draw};

pub fn id(text: &str) -> EvalId {
    text.parse().unwrap()
}

/// What the evaluations ran.
const TASKS: [TaskId; 5] = [TaskId::HEALTH, TaskId::RENEWAL, TaskId::QBR, TaskId::CHURN, TaskId::EMAIL];

pub fn session(name: &str, planner: PlanSource) -> EvalSession {
    let eval = NewEval {
        id: id(name),
        planner,
        model: (planner == PlanSource::Llm).then(|| "gpt-5-mini".into()),
        tasks: TASKS.to_vec(),
        customers: 5,
        repeat: 1,
        as_of: data::today(),
    };
    let totals = EvalTotals {
        cases: 25,
        passed: 22,
        failed: 1,
        timeouts: 1,
        errors: 1,
        input_tokens: 46_000,
        output_tokens: 6000,
    };
    let at = "2026-11-23T11:42:00Z".parse().unwrap();
    EvalSession { eval, created_at: at, finished_at: Some(at), totals }
}

/// A result of every customer and task; one failed, one came too late and one did not come at all.
pub fn results() -> Vec<EvalResult> {
    let cases = data::book().into_iter().flat_map(|row| TASKS.map(|task| (row.clone(), task)));
    let result = |(place, (row, task)): (usize, (contracts::book::CustomerRow, TaskId))| {
        let (verdict, detail) = match place {
            7 => (Verdict::Fail, Some("a link or an address: see evil.example".into())),
            11 => (Verdict::Timeout, None),
            14 => (Verdict::Error, None),
            _ => (Verdict::Pass, None),
        };
        let check = |check, passed, detail| Check { check, passed, detail };
        EvalResult {
            customer_id: row.id,
            customer_name: row.name,
            task,
            repeat: 1,
            plan_source: PlanSource::Llm,
            verdict,
            checks: vec![
                check(CheckName::Answered, place < 11 || verdict == Verdict::Pass, None),
                check(CheckName::RequiredTools, true, None),
                check(CheckName::Outward, verdict != Verdict::Fail, detail),
            ],
            latency_ms: 1200.0 + 40.0 * place as f64,
            rounds: Some(1),
            input_tokens: Some(1840),
            output_tokens: Some(240),
            written: Some(ModelCounts {
                lines: 8,
                removed: u32::from(place == 7),
                retold: u32::from(place < 3),
                ids: 6,
                needed: 3,
                carried: 3,
                shown: 20,
                own: 8,
                first_point_ms: Some(640.0),
                ..ModelCounts::default()
            }),
            steps: Vec::new(),
        }
    };
    cases.enumerate().map(result).collect()
}

/// The open result, with its steps.
fn with_steps(mut result: EvalResult) -> EvalResult {
    let step = |tool, took_ms, outcome, error| ExecStep { tool, took_ms, outcome, error };
    result.steps = vec![
        step(Some(ToolName::GetCustomerUsage), 18.0, StepOutcome::Answered, None),
        step(Some(ToolName::GetContractInfo), 31.0, StepOutcome::Missing, Some("There is no contract.".into())),
        step(None, 1430.0, StepOutcome::Answered, None),
    ];
    result
}

/// Two evaluations, the newest of them read.
fn open() -> App {
    let mut app = App::open();
    assert_eq!(app.keys("E"), [Effect::LoadEvals]);
    let sessions = vec![session("eval-2", PlanSource::Llm), session("eval-1", PlanSource::Deterministic)];
    assert_eq!(app.tell(Message::EvalsLoaded(Ok(sessions))), [Effect::LoadEvalResults(id("eval-2"))]);
    app.tell(Message::EvalResultsLoaded(id("eval-2"), Ok(results())));
    app
}

/// The failed result, open.
fn opened() -> App {
    let mut app = open();
    app.keys("jj");
    let Some(Effect::LoadEvalSteps { eval, customer }) = app.press(KeyCode::Enter).pop() else {
        panic!("no steps were asked for")
    };
    let of_customer = results().into_iter().filter(|result| result.customer_id == customer).map(with_steps).collect();
    app.tell(Message::EvalStepsLoaded(eval, customer, Ok(of_customer)));
    app
}

#[test]
fn the_worst_results_come_first() {
    let app = open();
    let results = app.model.view.evals().unwrap().results.ready().unwrap();
    let verdicts: Vec<_> = results.iter().map(|result| result.verdict).take(4).collect();
    assert_eq!(verdicts, [Verdict::Error, Verdict::Timeout, Verdict::Fail, Verdict::Pass]);
}

#[test]
fn brackets_turn_to_older_and_newer_evaluations() {
    let mut app = open();
    assert!(app.keys("[").is_empty(), "there is no newer one");
    assert_eq!(app.keys("]"), [Effect::LoadEvalResults(id("eval-1"))]);
    app.tell(Message::EvalResultsLoaded(id("eval-2"), Ok(results())));
    assert_eq!(app.model.view.evals().unwrap().results, Loaded::Loading, "results of another evaluation are dropped");
    app.tell(Message::EvalResultsLoaded(id("eval-1"), Ok(results())));
    assert!(app.model.view.evals().unwrap().result().is_some());
    assert!(app.keys("]").is_empty(), "there is no older one");
    assert_eq!(app.keys("["), [Effect::LoadEvalResults(id("eval-2"))]);
}

#[test]
fn a_result_opens_with_its_own_steps_and_closes_again() {
    let mut app = opened();
    let evals = app.model.view.evals().unwrap();
    assert_eq!(evals.result().unwrap().verdict, Verdict::Fail);
    assert_eq!(evals.opened.as_ref().unwrap().steps.ready().unwrap().len(), 3);
    app.press(KeyCode::Esc);
    assert_eq!((app.model.mode(), app.model.view.evals().unwrap().row), (Mode::Evals, 2));
    app.press(KeyCode::Esc);
    assert_eq!(app.model.mode(), Mode::Normal);
}

#[test]
fn what_comes_after_the_evaluations_were_left_is_dropped() {
    let mut app = open();
    app.keys("q");
    assert!(app.tell(Message::EvalsLoaded(Ok(vec![session("eval-2", PlanSource::Llm)]))).is_empty());
    app.tell(Message::EvalResultsLoaded(id("eval-2"), Ok(results())));
    assert_eq!(app.model.mode(), Mode::Normal);
}

#[test]
fn the_screen_wakes_only_while_they_are_read() {
    let mut app = App::open();
    app.keys("E");
    assert!(app.model.next_wake(app.now).is_some());
    app.tell(Message::EvalsLoaded(Ok(vec![session("eval-2", PlanSource::Llm)])));
    assert!(app.model.next_wake(app.now).is_some());
    app.tell(Message::EvalResultsLoaded(id("eval-2"), Ok(results())));
    assert_eq!(app.model.next_wake(app.now), None);
}

#[test]
fn without_an_evaluation_it_says_how_to_make_one() {
    let mut app = App::open();
    app.keys("E");
    app.tell(Message::EvalsLoaded(Ok(Vec::new())));
    assert_eq!(app.model.next_wake(app.now), None);
    assert_snapshot!("evals_none_80x24", draw::text(&mut app, 80, 24));
}

#[test]
fn evaluations_that_cannot_be_read_say_what_to_do() {
    let mut app = App::open();
    app.keys("E");
    app.tell(Message::EvalsLoaded(Err(data::failure())));
    assert_snapshot!("evals_failed_80x24", draw::text(&mut app, 80, 24));
    assert_eq!(app.keys("R"), [Effect::LoadEvals]);
}

#[test]
fn the_table_at_every_size() {
    for (width, height) in [(60, 15), (80, 24), (120, 40)] {
        assert_snapshot!(format!("evals_{width}x{height}"), draw::text(&mut open(), width, height));
    }
}

#[test]
fn a_result_taken_apart() {
    for (width, height) in [(60, 15), (80, 24)] {
        assert_snapshot!(format!("evals_open_{width}x{height}"), draw::text(&mut opened(), width, height));
    }
    let mut app = opened();
    draw::text(&mut app, 60, 15);
    app.keys("G");
    assert!(draw::text(&mut app, 60, 15).contains("model turn"), "it scrolls to its end");
}

#[test]
fn each_edition_shows_the_evaluations() {
    for theme in ThemeName::ALL {
        let mut app = open();
        app.model.theme = theme;
        assert_snapshot!(format!("evals_style_{}", theme.as_str()), draw::styled(&mut app, 80, 24));
    }
}

#[test]
fn the_cursor_of_a_long_table_stays_on_the_screen() {
    let mut app = open();
    draw::text(&mut app, 60, 15);
    for key in ["G", "k", "k", "g", "j"] {
        app.keys(key);
        let name = app.model.view.evals().unwrap().result().unwrap().customer_name.clone();
        assert!(draw::text(&mut app, 60, 15).contains(name.as_str()), "{key}");
    }
}
