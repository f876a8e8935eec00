//! Runs: several at once, events of old ones, cancelling, running again.

use std::time::Duration;

use contracts::{
    RunId, TaskId,
    run::{RunEventKind, ToolOutcome},
    tools::ToolName,
};
use crossterm::event::KeyCode;
use cs_copilot::app::{CallState, Effect, Message, RunStatus, Tab, Topic};
use domain::tasks::{Task, Tasks};

use crate::support::{App, data, draw};

#[test]
fn letters_and_digits_start_the_same_five_tasks() {
    for (letter, digit, task) in [
        ('h', '1', TaskId::HEALTH),
        ('r', '2', TaskId::RENEWAL),
        ('b', '3', TaskId::QBR),
        ('c', '4', TaskId::CHURN),
        ('e', '5', TaskId::EMAIL),
    ] {
        for key in [letter, digit] {
            let request = App::open().start(key);
            assert_eq!((&request.task.id, request.customer_id.as_str()), (&task, "c-3"), "{key}");
        }
    }
}

#[test]
fn runs_of_many_customers_and_tasks_go_on_side_by_side() {
    let mut app = App::open();
    let first = app.start('h');
    let second = app.start('r');
    app.keys("j");
    let third = app.start('h');
    assert_eq!(app.model.runs.in_flight(), 3);

    app.finish(&first);
    app.finish(&third);
    assert_eq!(app.model.runs.in_flight(), 1);
    assert!(app.model.result().is_some(), "the third is on the screen");
    assert!(app.model.has_news(&first.customer_id), "the first ended while the user looked elsewhere");

    app.keys("k");
    assert_eq!(app.topic(), Some(Topic::Task(TaskId::RENEWAL)), "each customer comes back as it was left");
    app.finish(&second);
    app.keys("h");
    assert_eq!(app.model.result().unwrap().customer_id, first.customer_id);
    assert!(!app.model.has_news(&first.customer_id), "by now all has been seen");
}

#[test]
fn a_kept_answer_is_shown_again_without_a_run() {
    let mut app = App::open();
    app.answer('h');
    app.answer('e');
    assert!(app.keys("h").is_empty());
    assert_eq!(app.topic(), Some(Topic::Task(TaskId::HEALTH)));
    assert!(app.keys("h").is_empty());
    assert!(app.model.toast.as_ref().unwrap().text.contains(". runs it again"));
}

#[test]
fn running_again_keeps_the_old_answer_until_the_new_one_speaks() {
    let mut app = App::open();
    let old = app.answer('h');
    let effects = app.keys(".");
    let [Effect::StartRun(new)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_ne!(old.run_id, new.run_id);
    assert!(app.model.run().unwrap().answer.as_ref().unwrap().is_from_before);
    app.finish(new);
    assert!(!app.model.run().unwrap().answer.as_ref().unwrap().is_from_before);
}

#[test]
fn what_is_under_way_is_not_run_a_second_time() {
    let mut app = App::with_a_model();
    app.start('h');
    app.now += Duration::from_secs(5);
    assert!(app.keys(".").is_empty());
    assert!(app.model.toast.take().unwrap().text.contains("under way"));
    assert!(app.keys("h").is_empty());
    app.start_asking("how is Acme doing?");
    assert!(app.ask("how is Acme doing?").is_empty());
    app.start_asking("how is Acme doing today?");
    assert_eq!(app.model.runs.in_flight(), 2, "another question takes the place of the first");
}

#[test]
fn a_key_that_is_held_runs_once() {
    let mut app = App::with_a_model();
    app.answer('h');
    let mut runs = Vec::new();
    for _ in 0..31 {
        app.now += Duration::from_millis(33);
        for effect in app.keys(".") {
            if let Effect::StartRun(request) = effect {
                app.finish(&request);
                runs.push(request);
            }
        }
    }
    assert_eq!(runs.len(), 1);
    app.now += Duration::from_secs(2);
    app.start('.');

    let failed = app.start('c');
    let result = Box::new(data::result(&failed));
    app.event(&failed.run_id, 9.0, RunEventKind::Failed { failure: data::failure(), result });
    assert!(app.keys("c").is_empty());
    app.now += Duration::from_secs(2);
    app.start('c');
}

#[test]
fn events_of_a_run_that_was_cancelled_are_dropped() {
    let mut app = App::open();
    let cancelled = app.start('e');
    assert_eq!(app.press(KeyCode::Esc), [Effect::CancelRun(cancelled.run_id.clone())]);
    app.finish(&cancelled);
    assert_eq!(app.model.run().unwrap().status, RunStatus::Cancelled);
    assert!(app.model.result().is_none());
    app.now += Duration::from_secs(2);
    app.start('e');
}

#[test]
fn events_of_a_run_nobody_started_change_nothing() {
    let mut app = App::open();
    app.answer('h');
    let before = app.model.run().unwrap().clone();
    let result = app.model.run().unwrap().answer.clone().unwrap().result;
    app.event(&"unheard-of".parse().unwrap(), 1.0, RunEventKind::Finished { result });
    assert_eq!(app.model.run(), Some(&before));
}

#[test]
fn calls_are_followed_from_the_plan_to_their_end() {
    let mut app = App::open();
    let request = app.start('h');
    app.plan(&request, &[ToolName::GetCustomerUsage, ToolName::CalculateHealth]);
    let failed = ToolOutcome::Failed { failure: data::failure() };
    app.call_ended(&request, 1, 30.0, failed.clone());
    let calls: Vec<_> = app.model.run().unwrap().calls().collect();
    assert_eq!(calls[0].state, CallState::Running { from_ms: 0.2 });
    let CallState::Ended { from_ms, to_ms, outcome, .. } = &calls[1].state else { panic!("{calls:?}") };
    assert_eq!((*from_ms, *to_ms, outcome), (1.2, 30.0, &failed));
}

/// How a run comes to an end before its calls do.
type End = fn(&mut App, RunId);

#[test]
fn nothing_of_a_run_that_was_cancelled_or_lost_is_under_way() {
    let tools = [ToolName::GetCustomerUsage, ToolName::CalculateHealth];
    let ends: [(End, &str, &str); 2] = [
        (|app, _| drop(app.press(KeyCode::Esc)), "–", "cancelled"),
        (|app, id| drop(app.tell(Message::RunLost(id))), "✗", "tool"),
    ];
    for (end, mark, word) in ends {
        for (width, height) in [(60, 15), (80, 24), (120, 40)] {
            let mut app = App::open();
            let request = app.start('h');
            app.plan(&request, &tools);
            app.call_ended(&request, 0, 30.0, ToolOutcome::Answered);
            app.now = Duration::from_millis(900);
            end(&mut app, request.run_id);
            let calls: Vec<_> = app.model.run().unwrap().calls().map(|call| call.state.clone()).collect();
            assert_eq!(calls[1], CallState::Stopped { from_ms: 1.2, to_ms: 900.0 });
            app.now = Duration::from_secs(60);
            let screen = draw::answer(&mut app, width, height);
            let row = screen.lines().rev().skip(1).find(|line| line.contains("health")).unwrap().to_owned();
            let is_low = height < 20;
            assert!(row.contains(mark) && (is_low || row.contains(word)), "{word}:\n{screen}");
            assert!(is_low || row.contains("899 ms"), "its time has stopped:\n{screen}");
            assert!(!screen.contains(|c| ('⠀'..='⣿').contains(&c)), "nothing turns:\n{screen}");
        }
    }
}

#[test]
fn the_footer_says_that_escape_cancels_while_a_run_is_under_way() {
    for (width, height) in [(60, 15), (80, 24), (120, 40)] {
        let mut app = App::open();
        let footer = |app: &mut App| draw::text(app, width, height).lines().last().unwrap().to_owned();
        assert!(!footer(&mut app).contains("esc"), "there is nothing to leave");
        let request = app.start('h');
        assert!(footer(&mut app).contains("esc cancel"), "{}", footer(&mut app));
        app.keys("a");
        assert!(!footer(&mut app).contains("cancel"), "here it leaves the line");
        app.press(KeyCode::Esc);
        app.finish(&request);
        app.press(KeyCode::Tab);
        assert!(footer(&mut app).contains("esc back"), "{}", footer(&mut app));
    }
}

#[test]
fn a_failed_run_can_be_run_again_by_its_own_key() {
    let mut app = App::open();
    let request = app.start('c');
    let result = Box::new(data::result(&request));
    app.event(&request.run_id, 9.0, RunEventKind::Failed { failure: data::failure(), result });
    assert_eq!(app.model.run().unwrap().status, RunStatus::Failed(data::failure()));
    assert!(app.model.result().is_none(), "no answer is made up");
    app.now += Duration::from_secs(2);
    app.start('c');
}

#[test]
fn a_run_that_is_lost_says_so_and_ends() {
    let mut app = App::open();
    let request = app.start('h');
    app.tell(Message::RunLost(request.run_id));
    assert!(matches!(app.model.run().unwrap().status, RunStatus::Failed(_)));
    assert!(app.model.toast.as_ref().unwrap().is_error);
}

#[test]
fn tabs_are_those_the_answer_has_and_go_round() {
    let mut app = App::open();
    app.answer('r');
    let mut seen = vec![app.model.tab().unwrap()];
    for _ in 0..6 {
        app.keys("]");
        seen.push(app.model.tab().unwrap());
    }
    assert_eq!(seen, [Tab::Summary, Tab::Actions, Tab::Email, Tab::Signals, Tab::Json, Tab::Card, Tab::Summary]);
    app.keys("[");
    assert_eq!(app.model.tab(), Some(Tab::Card));
    app.answer('b');
    assert_eq!(app.model.tab(), Some(Tab::Qbr), "a task opens with what it was run for");
}

#[test]
fn nothing_wakes_the_screen_while_nothing_moves() {
    let mut app = App::opening();
    assert!(app.model.next_wake(app.now).is_some(), "the book is being opened");
    app.tell(Message::BookLoaded(Ok(data::page(data::book()))));
    assert_eq!(app.model.next_wake(app.now), None);

    app.keys("B");
    let request = app.start('h');
    assert_eq!(app.model.next_wake(app.now), Some(Duration::from_millis(100)));
    app.finish(&request);
    assert_eq!(app.model.next_wake(app.now), None);

    app.keys("t");
    let until = app.model.next_wake(app.now).expect("a message goes away by itself");
    app.now = until;
    app.tell(Message::Tick);
    assert_eq!((app.model.toast.clone(), app.model.next_wake(app.now)), (None, None));
}

const OWN: &str =
    "---\nname: team-note\ndescription: For the team.\nmetadata:\n  key: m\n---\n# Team note\n\n{{ customer.name }}\n";

#[test]
fn a_task_of_ones_own_has_its_keys_its_title_and_a_place_among_all_tasks() {
    let mut app = App::open();
    let own = Task::read(OWN).unwrap();
    app.tell(Message::TasksFound(app.model.tasks.with([own]), None));
    let request = app.start('m');
    assert_eq!((request.task.id.as_str(), request.task.title.as_str()), ("team-note", "Team note"));
    app.finish(&request);
    assert!(draw::text(&mut app, 120, 40).contains("Team note"));
    let mut app = App::open();
    app.tell(Message::TasksFound(app.model.tasks.with([Task::read(OWN).unwrap()]), None));
    app.keys("o");
    app.keys(&"j".repeat(app.model.tasks.iter().count() - 1));
    let effects = app.press(KeyCode::Enter);
    assert!(matches!(&effects[..], [Effect::StartRun(run)] if run.task.id.as_str() == "team-note"), "{effects:?}");
    app.tell(Message::TasksFound(Tasks::shipped().clone(), Some("note.md, line 3: no".to_owned())));
    assert!(app.model.toast.as_ref().unwrap().text.contains("line 3"));
    assert!(app.keys("m").is_empty(), "a task that is gone has no key");
}
