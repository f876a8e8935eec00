//! Runs with a language model: its turns beside the tools, the points as they are written, and who wrote which line.

use contracts::{
    block::{Block, Place},
    failure::Failure,
    planner::PlannerResult,
    run::{RunEventKind, ToolOutcome},
    tools::{EmailDraft, ToolName},
};
use crossterm::event::KeyCode;
use cs_copilot::{
    agent::RunRequest,
    app::{CopyOutcome, Effect, Message, Row, RunStatus, ThemeName, TurnState},
};
use insta::assert_snapshot;

use crate::support::{App, data, draw};

const TOOLS: [ToolName; 3] = [ToolName::GetCustomerUsage, ToolName::GetRecentTickets, ToolName::CalculateHealth];

/// A question whose tools have answered, so that the rules have too, and the model has the word.
fn reading() -> (App, RunRequest) {
    let mut app = App::with_a_model();
    let request = app.start_asking("what should I worry about at Globex before the renewal?");
    app.plan(&request, &TOOLS);
    for index in 0..TOOLS.len() {
        app.call_ended(&request, index, 20.0 + 9.0 * index as f64, ToolOutcome::Answered);
    }
    let result = Box::new(data::result(&request));
    app.event(&request.run_id, 39.0, RunEventKind::Patch { result });
    app.event(&request.run_id, 40.0, RunEventKind::ModelStarted { turn: 0 });
    app.now = std::time::Duration::from_millis(900);
    (app, request)
}

fn write(app: &mut App, request: &RunRequest, lines: usize) {
    let blocks = data::points().into_iter().take(lines).collect();
    app.event(&request.run_id, 800.0, RunEventKind::Writing { blocks });
}

fn end_turn(app: &mut App, request: &RunRequest, turn: usize, at_ms: f64, failure: Option<Failure>) {
    app.event(&request.run_id, at_ms, RunEventKind::ModelFinished { turn, took: data::turn(), failure });
}

fn finish(app: &mut App, request: &RunRequest, result: PlannerResult) {
    app.event(&request.run_id, 2400.0, RunEventKind::Finished { result: Box::new(result) });
}

/// A question that the model has answered.
fn answered() -> App {
    let (mut app, request) = reading();
    end_turn(&mut app, &request, 0, 2360.0, None);
    finish(&mut app, &request, data::written(&request));
    app
}

/// A question that the model failed at, so that the rules' answer stands.
fn fallen_back() -> App {
    let (mut app, request) = reading();
    end_turn(&mut app, &request, 0, 2360.0, Some(data::turn_failure()));
    let hint = Some("The model did not answer within 30 s, so the rules answered.".into());
    finish(&mut app, &request, PlannerResult { plan_hint: hint, ..data::result(&request) });
    app
}

#[test]
fn the_answer_grows_as_it_is_written() {
    let (mut app, request) = reading();
    let screen = draw::text(&mut app, 120, 40);
    assert!(screen.contains("The model is reading. Below: the rules.") && screen.contains("Usage is down"), "{screen}");
    write(&mut app, &request, 1);
    let screen = draw::text(&mut app, 120, 40);
    assert!(
        screen.contains("Logins a day fell from 41 to 29, by 29%.") && !screen.contains("Usage is down"),
        "{screen}"
    );
    assert!(!screen.contains("◇ "), "nothing of the model's own yet: {screen}");
    write(&mut app, &request, 2);
    assert!(draw::text(&mut app, 120, 40).contains("◇ The sponsor should hear of it before the renewal."));
    end_turn(&mut app, &request, 0, 2360.0, None);
    finish(&mut app, &request, data::written(&request));
    let screen = draw::text(&mut app, 120, 40);
    assert!(screen.contains("2 tickets are open.") && !screen.contains("│ ▌"), "{screen}");
    assert!(screen.contains("◇ written by the model, and may be wrong"), "{screen}");
}

#[test]
fn what_a_turn_wrote_in_vain_does_not_stay() {
    let (mut app, request) = reading();
    write(&mut app, &request, 1);
    end_turn(&mut app, &request, 0, 900.0, Some(data::turn_failure()));
    app.event(&request.run_id, 950.0, RunEventKind::ModelStarted { turn: 1 });
    assert_eq!(app.model.run().unwrap().writing, None);
    write(&mut app, &request, 1);
    app.press(KeyCode::Esc);
    let run = app.model.run().unwrap();
    assert_eq!((run.status.clone(), run.writing.clone()), (RunStatus::Cancelled, None));
}

#[test]
fn a_turn_that_its_run_cut_short_is_no_longer_under_way() {
    let (mut app, _) = reading();
    app.now = std::time::Duration::from_millis(1500);
    app.press(KeyCode::Esc);
    app.now = std::time::Duration::from_secs(9);
    let screen = draw::text(&mut app, 120, 40);
    let row = screen.lines().find(|line| line.contains("model turn 1")).unwrap().to_owned();
    assert!(row.contains("– model turn 1") && row.contains("cancelled") && row.contains("1.5 s"), "{screen}");

    let (mut app, request) = reading();
    finish(&mut app, &request, data::result(&request));
    let screen = draw::text(&mut app, 120, 40);
    let row = screen.lines().find(|line| line.contains("model turn 1")).unwrap().to_owned();
    assert!(row.contains("✗ model turn 1") && row.contains("not finished"), "{screen}");
}

#[test]
fn what_is_written_is_shown_also_where_the_rules_have_nothing_yet() {
    let mut app = App::with_a_model();
    let request = app.start_asking("how is Globex?");
    app.plan(&request, &TOOLS);
    app.event(&request.run_id, 3.0, RunEventKind::ModelStarted { turn: 0 });
    write(&mut app, &request, 1);
    assert!(draw::answer(&mut app, 80, 24).contains("Logins a day fell from 41"));
}

#[test]
fn the_turns_stand_among_the_calls_in_the_order_they_came() {
    let (mut app, request) = reading();
    end_turn(&mut app, &request, 0, 900.0, None);
    app.event(&request.run_id, 900.0, RunEventKind::Extended { tools: vec![ToolName::GetContractInfo] });
    app.event(&request.run_id, 901.0, RunEventKind::ToolStarted { index: 3 });
    app.call_ended(&request, 3, 930.0, ToolOutcome::Answered);
    app.event(&request.run_id, 931.0, RunEventKind::ModelStarted { turn: 1 });
    let names = app.model.run().unwrap().rows.iter().map(|row| match row {
        Row::Tool(call) => call.tool.as_str().to_owned(),
        Row::Turn(turn) => format!("{} {}", turn.number, matches!(turn.state, TurnState::Running { .. })),
    });
    let expected =
        ["get_customer_usage", "get_recent_tickets", "calculate_health", "0 false", "get_contract_info", "1 true"];
    assert_eq!(names.collect::<Vec<_>>(), expected);
}

#[test]
fn the_model_at_work() {
    for (width, height) in [(60, 15), (80, 24), (120, 40), (200, 50)] {
        let (mut app, request) = reading();
        assert_snapshot!(format!("model_reads_{width}x{height}"), draw::text(&mut app, width, height));
        write(&mut app, &request, 2);
        assert_snapshot!(format!("model_writes_{width}x{height}"), draw::text(&mut app, width, height));
    }
}

#[test]
fn an_answer_of_the_model() {
    for (width, height) in [(60, 15), (80, 24), (120, 40), (200, 50)] {
        assert_snapshot!(format!("model_answer_{width}x{height}"), draw::text(&mut answered(), width, height));
    }
}

#[test]
fn a_turn_of_the_model_is_split() {
    for (width, height) in [(60, 15), (80, 24), (200, 50)] {
        let mut app = answered();
        app.press(KeyCode::BackTab);
        app.keys("G");
        assert_snapshot!(format!("model_turn_{width}x{height}"), draw::text(&mut app, width, height));
    }
}

#[test]
fn a_model_that_fails_leaves_the_rules_answer_and_says_why() {
    let mut app = fallen_back();
    app.press(KeyCode::BackTab);
    app.keys("G");
    assert_snapshot!("model_failed_80x24", draw::text(&mut app, 80, 24));
    assert_snapshot!("model_failed_120x40", draw::text(&mut app, 120, 40));
}

#[test]
fn each_edition_shows_the_model() {
    for theme in ThemeName::ALL {
        let (mut app, request) = reading();
        app.model.theme = theme;
        write(&mut app, &request, 2);
        assert_snapshot!(format!("model_style_{}", theme.as_str()), draw::styled(&mut app, 80, 24));
    }
}

#[test]
fn an_email_is_copied_without_marks_and_it_is_said_how_much_of_it_is_the_models() {
    let (mut app, request) = reading();
    end_turn(&mut app, &request, 0, 2360.0, None);
    let said = "How are you? I hope all is well.";
    let body = format!("Hi Alice,\n\n{said}\n\nBye");
    let draft = EmailDraft { subject: "Hello".into(), body: body.as_str().into(), ..EmailDraft::default() };
    let mut result = data::written(&request);
    result.blocks.extend([
        Block::program(Place::Email, "Hi Alice,"),
        Block::model(Place::Email, said),
        Block::program(Place::Email, "Bye"),
    ]);
    finish(&mut app, &request, PlannerResult { email_draft: Some(draft), ..result });
    let Some(Effect::Copy { what, text }) = app.keys("ye").pop() else { panic!("nothing is copied") };
    assert_eq!(text, format!("Subject: Hello\n\n{body}\n"));
    app.tell(Message::Copied { what, chars: 50, outcome: CopyOutcome::Copied });
    let toast = app.model.toast.take().unwrap().text;
    assert!(toast.ends_with("2 sentences are the model's: read it before you send it."), "{toast}");
}
