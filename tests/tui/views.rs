//! Every view there is, in every theme. A view that has no scene here does not compile.

use contracts::{changes::ChangesPage, planner::PlanSource};
use crossterm::event::KeyCode;
use cs_copilot::{
    app::{Action, Lens, Message, Mode, Pane, SignInEvent, Tab, ThemeName},
    auth::Prompt,
};
use insta::assert_snapshot;

use crate::{
    evals, sheets,
    support::{App, data, draw},
};

/// The mode after this one, until there is none. It names every mode, so that a new one is asked for its scene.
fn after(mode: Mode) -> Option<Mode> {
    Some(match mode {
        Mode::Normal => Mode::Palette,
        Mode::Palette => Mode::Filter,
        Mode::Filter => Mode::Yank,
        Mode::Yank => Mode::Out,
        Mode::Out => Mode::Outgoing,
        Mode::Outgoing => Mode::Sendings,
        Mode::Sendings => Mode::Help,
        Mode::Help => Mode::SignIn,
        Mode::SignIn => Mode::Ask,
        Mode::Ask => Mode::Choose,
        Mode::Choose => Mode::Tasks,
        Mode::Tasks => Mode::Evals,
        Mode::Evals => Mode::Snooze,
        Mode::Snooze => Mode::Import,
        Mode::Import => Mode::Why,
        Mode::Why => Mode::Sheet,
        Mode::Sheet => Mode::Find,
        Mode::Find => Mode::Confirm,
        Mode::Confirm => Mode::Note,
        Mode::Note => return None,
    })
}

/// The screen after these keys.
fn after_keys(mut app: App, keys: &str) -> App {
    app.keys(keys);
    app
}

/// With an answer to the renewal.
fn answered() -> App {
    let mut app = App::open();
    app.answer('r');
    app
}

/// With what deserves attention.
fn of_today() -> App {
    let mut app = App::open();
    app.tell(Message::AttentionLoaded(Ok(crate::today::page())));
    after_keys(app, "T")
}

fn signing_in() -> App {
    let mut app = after_keys(App::on_a_server(), "L");
    let attempt = app.model.view.sign_in().expect("it was begun").attempt;
    let prompt = Prompt {
        address: "https://clerk.example.com/device".to_owned(),
        code: Some("WDJB-MJHT".into()),
        lives: std::time::Duration::from_secs(600),
    };
    app.tell(Message::SignIn(attempt, SignInEvent::Prompted(prompt)));
    app
}

fn evaluations() -> App {
    let mut app = after_keys(App::open(), "E");
    app.tell(Message::EvalsLoaded(Ok(vec![evals::session("eval-1", PlanSource::Llm)])));
    app.tell(Message::EvalResultsLoaded(evals::id("eval-1"), Ok(evals::results())));
    app
}

fn timeline() -> App {
    let mut app = after_keys(App::open(), "H");
    let customer = app.model.selected().unwrap().clone();
    app.tell(Message::TimelineLoaded(customer.id, Ok(sheets::timeline(customer.name.as_str()))));
    app
}

/// What a mode looks like.
fn scene(mode: Mode) -> App {
    match mode {
        Mode::Normal => of_today(),
        Mode::Palette => after_keys(App::open(), ":ren"),
        Mode::Filter => after_keys(App::open(), "/risk:h"),
        Mode::Yank => after_keys(answered(), "y"),
        Mode::Out => after_keys(answered(), "w"),
        Mode::Outgoing => after_keys(answered(), "wm"),
        Mode::Sendings => after_keys(answered(), "*wf"),
        Mode::Help => after_keys(App::open(), "?"),
        Mode::SignIn => signing_in(),
        Mode::Ask => after_keys(App::open(), "awhat should I worry about"),
        Mode::Choose => {
            let mut app = crate::asking::two_hoolis();
            app.ask("how is Hooli doing?");
            app
        }
        Mode::Tasks => after_keys(App::open(), "o"),
        Mode::Evals => evaluations(),
        Mode::Snooze => after_keys(of_today(), "Z"),
        Mode::Import => after_keys(App::open(), "I"),
        Mode::Why => after_keys(of_today(), "x"),
        Mode::Sheet => timeline(),
        Mode::Find => after_keys(timeline(), "/renewal"),
        Mode::Confirm => {
            let mut app = App::open();
            app.start('h');
            after_keys(app, "q")
        }
        Mode::Note => after_keys(App::open(), "i"),
    }
}

/// The scene in every theme, as text once and as the look of its cells in each.
fn in_every_theme(name: &str, scene: impl Fn() -> App) {
    let mut texts = Vec::new();
    for theme in ThemeName::ALL {
        let mut app = scene();
        app.model.theme = theme;
        assert_snapshot!(format!("{name}_{}", theme.as_str()), draw::styled(&mut app, 80, 24));
        texts.push(draw::text(&mut app, 80, 24));
    }
    texts.dedup();
    assert_eq!(texts.len(), 1, "{name}: a theme changes no text");
}

#[test]
fn every_mode_has_its_look_in_every_theme() {
    let mut modes = std::iter::successors(Some(Mode::Normal), |mode| after(*mode));
    modes.by_ref().for_each(|mode| {
        assert_eq!(scene(mode).model.mode(), mode);
        in_every_theme(&format!("{mode:?}").to_lowercase(), || scene(mode));
    });
}

#[test]
fn every_tab_of_an_answer_has_its_look_in_every_theme() {
    for tab in Tab::ALL {
        in_every_theme(&format!("tab_{}", tab.title().to_lowercase()), || {
            let key = if tab == Tab::Qbr { 'b' } else { 'r' };
            let mut app = App::open();
            app.answer(if tab == Tab::Signals { 'h' } else { key });
            app.model.focus = Pane::Result;
            app.model.wanted_tab = tab;
            assert_eq!(app.model.tab(), Some(tab));
            app
        });
    }
}

#[test]
fn every_other_place_has_its_look_in_every_theme() {
    in_every_theme("book", || {
        let app = App::open();
        assert_eq!(app.model.lens, Lens::Book);
        app
    });
    in_every_theme("book_answer", || {
        let mut app = App::open();
        app.ask("who is most at risk?");
        assert!(app.model.report.is_some());
        app
    });
    in_every_theme("changes", || {
        let mut app = after_keys(App::open(), "dd");
        let (as_of, since) = (data::today(), data::today() - chrono::Days::new(7));
        let page = ChangesPage {
            since,
            as_of,
            first_delivery: Some(since),
            customers: Vec::new(),
            unchanged: 5,
            left_out: 0,
            next: None,
        };
        app.tell(Message::ChangesLoaded(None, Ok(page)));
        app
    });
    in_every_theme("eval", || {
        let mut app = evaluations();
        app.press(KeyCode::Enter);
        let customer = app.model.view.evals().unwrap().result().unwrap().customer_id.clone();
        app.tell(Message::EvalStepsLoaded(evals::id("eval-1"), customer, Ok(evals::results())));
        app
    });
    in_every_theme("tools", || {
        let mut app = App::open();
        let request = app.start('h');
        app.plan(&request, &[contracts::tools::ToolName::GetCustomerUsage]);
        app.call_ended(&request, 0, 20.0, contracts::run::ToolOutcome::Failed { failure: data::failure() });
        app.finish(&request);
        app.act(Action::PrevPane);
        app
    });
    in_every_theme("message", || after_keys(App::open(), "y"));
}
