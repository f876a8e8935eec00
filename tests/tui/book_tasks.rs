//! Tasks over the book, what the book comes to, and files that a model may be given only once they were looked at.

use crossterm::event::KeyCode;
use cs_copilot::{
    agent::page::Page,
    app::{CopyWhat, Effect, Message, Mode, View},
    config::Planner,
};
use domain::{portfolio::By, tasks::Task};

use crate::support::{App, data, draw, terminal::Terminal};

const MONDAY: &str = "---\nname: monday\ndescription: Whom to look at.\nmetadata:\n  key: m\n  scope: book\n  query: 'risk:high'\n---\n\
                      {{ book.customers }}\n{% for row in customers %}\n- {{ row.customer.name }}\n{% endfor %}\n";
const NOTE: &str = "---\nname: team-note\ndescription: d\nmetadata:\n  key: m\n---\nThe note of {{ customer.name }}\n";

fn with(file: &str) -> App {
    let mut app = App::open();
    app.tell(Message::TasksFound(app.model.tasks.with([Task::read(file).unwrap()]), None));
    app
}

fn page(text: &str) -> Page {
    Page {
        task: "monday".parse().unwrap(),
        title: "Monday".into(),
        query: Some("risk:high".into()),
        as_of: data::today(),
        customers: 2,
        left_out: 1,
        text: text.into(),
    }
}

#[test]
fn a_task_over_the_book_opens_as_a_page() {
    let mut app = with(MONDAY);
    let effects = app.keys("m");
    let [Effect::LoadTask { task, wanted }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((task.id.as_str(), &wanted.query, wanted.only.len()), ("monday", &None, 0), "the task's own query");
    assert!(draw::text(&mut app, 80, 24).contains("Reading"));
    assert!(app.keys("y").is_empty(), "there is nothing to copy yet");
    let found = page("2 customers\n- Acme Corp\n- Globex");
    app.tell(Message::TaskLoaded("other".parse().unwrap(), Ok(Box::new(page("of another")))));
    app.tell(Message::TaskLoaded("monday".parse().unwrap(), Ok(Box::new(found))));
    let drawn = draw::text(&mut app, 80, 24);
    for said in ["Monday", "risk:high, 2 customers; nobody can tell of 1 customer", "- Globex"] {
        assert!(drawn.contains(said), "{said}\n{drawn}");
    }
    let copied = app.keys("y");
    let [Effect::Copy { what: CopyWhat::Page, text }] = copied.as_slice() else { panic!("{copied:?}") };
    assert!(text.starts_with("# Monday\n") && text.contains("- Globex"), "{text}");
    app.press(KeyCode::Esc);
    assert_eq!(app.model.mode(), Mode::Normal);
}

#[test]
fn it_is_of_those_who_are_marked_and_else_of_the_query_that_is_typed() {
    let mut app = with(MONDAY);
    app.keys("/risk:low");
    app.press(KeyCode::Enter);
    let effects = app.keys("m");
    assert!(
        matches!(effects.as_slice(), [Effect::LoadTask { wanted, .. }] if wanted.query.is_some() && wanted.only.is_empty()),
        "{effects:?}"
    );
    let mut app = with(MONDAY);
    app.keys("  ");
    let effects = app.keys("m");
    assert!(matches!(effects.as_slice(), [Effect::LoadTask { wanted, .. }] if wanted.only.len() == 2), "{effects:?}");
}

#[test]
fn a_file_of_ones_own_is_shown_before_a_model_is_given_it() {
    let mut app = with(NOTE);
    assert!(matches!(app.keys("m").as_slice(), [Effect::StartRun(_)]), "the rules are given nothing");
    let mut app = App::with_a_model();
    app.tell(Message::TasksFound(app.model.tasks.with([Task::read(NOTE).unwrap()]), None));
    app.model.planner = Planner::Llm;
    assert_eq!(app.keys("m"), []);
    let drawn = draw::text(&mut app, 80, 24);
    for said in ["May the language model be given this file", "team-note.md", "The note of {{ customer.name }}"] {
        assert!(drawn.contains(said), "{said}\n{drawn}");
    }
    app.press(KeyCode::Esc);
    assert!(matches!(app.model.view, View::Panes), "no is no");
    app.keys("m");
    app.now += std::time::Duration::from_secs(5);
    let effects = app.press(KeyCode::Enter);
    let [Effect::TrustTask(task)] = effects.as_slice() else { panic!("{effects:?}") };
    let effects = app.tell(Message::TaskTrusted(task.clone(), Ok(())));
    assert!(
        matches!(effects.as_slice(), [Effect::StartRun(run)] if run.task.id.as_str() == "team-note"),
        "{effects:?}"
    );
    let changed = Task::read(&NOTE.replace("The note", "Another note")).unwrap();
    app.tell(Message::TasksFound(app.model.tasks.with([changed]), None));
    app.keys("j");
    app.keys("m");
    assert!(matches!(app.model.view, View::Confirm(_)), "a file that changed is asked about again");
}

#[test]
fn the_portfolio_is_put_into_other_groups_by_its_key() {
    let mut app = App::open();
    let mut by = Vec::new();
    for _ in 0..6 {
        match app.keys("P").as_slice() {
            [Effect::LoadPortfolio { by: group, .. }] => by.push(*group),
            other => panic!("{other:?}"),
        }
    }
    let groups = [By::Segment, By::Owner, By::Industry, By::Month].map(Some);
    assert_eq!(by, [&[None], groups.as_slice(), &[None]].concat());
}

#[test]
fn the_portfolio_is_read_on_a_real_terminal_of_80_columns() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::start(home.path(), 24, 80, &[]);
    terminal.wait_for("Today");
    terminal.press("P");
    terminal.wait_for("Where we stand");
    terminal.wait_for("ARR at risk");
    terminal.press("P");
    terminal.wait_for("by segment");
    terminal.press("\x1b");
    terminal.wait_for("Today");
}
