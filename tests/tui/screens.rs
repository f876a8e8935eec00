//! Frames, as a reader sees them, at every size and in every state.

use std::time::Duration;

use contracts::{run::RunEventKind, run::ToolOutcome, tools::ToolName};
use crossterm::event::KeyCode;
use cs_copilot::app::{Message, Pane, ThemeName};
use insta::assert_snapshot;

use crate::support::{App, data, draw};

const SIZES: [(u16, u16); 4] = [(60, 15), (80, 24), (120, 40), (200, 50)];

fn at_every_size(name: &str, mut app: impl FnMut() -> App) {
    for (width, height) in SIZES {
        let mut app = app();
        if width < 100 && app.model.run().is_some() {
            app.model.focus = Pane::Result;
        }
        assert_snapshot!(format!("{name}_{width}x{height}"), draw::text(&mut app, width, height));
    }
}

/// One run under way for the customer on the screen, one call of it failed, and two for others.
fn busy() -> App {
    let mut app = App::open();
    app.answer('h');
    app.keys("j");
    app.start('c');
    app.keys("j");
    let request = app.start('r');
    app.plan(
        &request,
        &[
            ToolName::GetCustomerUsage,
            ToolName::GetRecentTickets,
            ToolName::GetContractInfo,
            ToolName::CalculateHealth,
            ToolName::GenerateEmail,
        ],
    );
    app.call_ended(&request, 0, 18.0, ToolOutcome::Answered);
    app.call_ended(&request, 1, 31.0, ToolOutcome::Failed { failure: data::failure() });
    app.call_ended(&request, 2, 26.0, ToolOutcome::Missing { what: "There is no contract.".into() });
    app.now = Duration::from_millis(45);
    app
}

#[test]
fn the_first_frame() {
    at_every_size("first_frame", App::opening);
}

#[test]
fn an_answer() {
    at_every_size("answer", || {
        let mut app = App::open();
        app.answer('r');
        app
    });
}

#[test]
fn runs_under_way() {
    at_every_size("busy", busy);
}

#[test]
fn difficult_names() {
    at_every_size("difficult_names", || App::with(data::difficult_book()));
}

#[test]
fn no_figure_of_the_score_is_cut() {
    for (width, height) in [(60, 40), (70, 40), (80, 40), (100, 40), (110, 40), (120, 40), (200, 50)] {
        let mut app = App::open();
        app.answer('h');
        app.keys("]]");
        let screen = draw::answer(&mut app, width, height);
        let row = screen.lines().find(|line| line.contains("open tickets")).unwrap();
        assert!(row.trim_end_matches([' ', '│', '┃']).ends_with(" +44"), "{width}x{height}:\n{screen}");
    }
}

#[test]
fn a_tab_is_shown_whole_or_not_at_all() {
    for key in ['h', 'r', 'b'] {
        for width in [60, 64, 70, 80, 90, 120] {
            let mut app = App::open();
            app.answer(key);
            for _ in 0..6 {
                let screen = draw::answer(&mut app, width, 24);
                let row = screen.lines().nth(2).unwrap();
                let tabs = row.split(['│', '┃']).rfind(|part| !part.trim().is_empty()).unwrap();
                let tabs = tabs.split(" made ").next().unwrap();
                let words: Vec<_> = tabs.split_whitespace().collect();
                let known = ["Card", "Summary", "Actions", "Email", "Outline", "Signals", "JSON", "…"];
                assert!(words.iter().all(|word| known.contains(word)), "{words:?} at {width}");
                let active = app.model.tab().unwrap().title();
                assert!(words.contains(&active), "{active} of {words:?} at {width}");
                assert!(words.contains(&"JSON") || words.last() == Some(&"…"), "{words:?} at {width}");
                app.keys("]");
            }
        }
    }
}

#[test]
fn a_bar_is_never_without_its_legend() {
    for rows in 1..8 {
        let mut app = App::open();
        let request = app.start('r');
        let tools = vec![ToolName::GetCustomerUsage; rows];
        app.plan(&request, &tools);
        (0..rows).for_each(|index| app.call_ended(&request, index, 30.0 + index as f64, ToolOutcome::Answered));
        app.finish(&request);
        let screen = draw::answer(&mut app, 80, 24);
        let bar = "━".repeat(76);
        assert_eq!(screen.contains(&bar), screen.contains("cli "), "{rows} rows:\n{screen}");
    }
}

#[test]
fn every_view_of_an_answer() {
    for (key, turns, name) in
        [('r', 1, "actions"), ('r', 2, "email"), ('b', 0, "qbr"), ('h', 2, "signals"), ('h', 3, "json")]
    {
        let mut app = App::open();
        app.answer(key);
        app.keys(&"]".repeat(turns));
        assert_snapshot!(format!("view_{name}"), draw::text(&mut app, 100, 30));
    }
}

#[test]
fn the_keys() {
    let mut app = App::open();
    app.keys("?");
    assert_snapshot!("help_80x24", draw::text(&mut app, 80, 24));
    app.keys("G");
    assert_snapshot!("help_end_80x24", draw::text(&mut app, 80, 24));
}

#[test]
fn a_failed_call_says_where_and_why() {
    let mut app = busy();
    app.press(KeyCode::Tab);
    app.press(KeyCode::Tab);
    app.keys("j");
    assert_snapshot!("failed_call_80x24", draw::text(&mut app, 80, 24));
    assert_snapshot!("failed_call_60x15", draw::text(&mut app, 60, 15));
}

#[test]
fn a_failed_run_says_what_to_do() {
    let mut app = App::open();
    let request = app.start('h');
    let result = Box::new(data::result(&request));
    app.event(&request.run_id, 9.0, RunEventKind::Failed { failure: data::failure(), result });
    assert_snapshot!("failed_run_80x24", draw::text(&mut app, 80, 24));
}

#[test]
fn a_book_that_cannot_be_opened_says_what_to_do() {
    let mut app = App::opening();
    app.tell(Message::Identified(Err(data::failure())));
    app.tell(Message::BookLoaded(Err(data::failure())));
    assert_snapshot!("no_book_80x24", draw::text(&mut app, 80, 24));
    app.keys("R");
    assert!(draw::text(&mut app, 80, 24).contains("Opening your book…"));
}

#[test]
fn an_empty_book_says_how_to_fill_it() {
    assert_snapshot!("empty_book_80x24", draw::text(&mut App::with(Vec::new()), 80, 24));
}

#[test]
fn filtering_and_copying_say_what_the_keys_mean() {
    let mut app = App::open();
    app.keys("/acm");
    assert_snapshot!("filter_60x15", draw::text(&mut app, 60, 15));
    app.keys("qqq");
    assert_snapshot!("filter_no_match_60x15", draw::text(&mut app, 60, 15));
    app.press(KeyCode::Esc);
    app.answer('r');
    app.keys("y");
    assert_snapshot!("yank_60x15", draw::text(&mut app, 60, 15));
}

#[test]
fn a_small_window_gets_a_plain_notice() {
    for (width, height) in [(59, 15), (60, 14), (20, 2), (1, 1)] {
        let text = draw::text(&mut App::open(), width, height);
        assert!(!text.contains("Customers"), "{text}");
    }
    assert_snapshot!("too_small_40x10", draw::text(&mut App::open(), 40, 10));
}

#[test]
fn columns_line_up_whatever_the_names() {
    let mut app = App::with(data::difficult_book());
    let buffer = draw::frame(&mut app, 120, 40);
    let edge: Vec<_> = (1..39).map(|y| buffer[(56, y)].symbol().to_owned()).collect();
    assert!(edge.iter().all(|symbol| ["│", "┬", "┴", "├"].contains(&symbol.as_str())), "{edge:?}");
}

#[test]
fn no_control_or_direction_character_reaches_the_screen() {
    let mut app = App::with(data::difficult_book());
    app.keys("jjjjj");
    app.answer('r');
    let text = draw::text(&mut app, 200, 50);
    // Our own isolates are the two of them that keep to themselves, and each that begins ends.
    let bad = |c: &char| {
        c.is_control() && *c != '\n' || ('\u{202a}'..='\u{202e}').contains(c) || ('\u{2066}'..='\u{2067}').contains(c)
    };
    assert_eq!(text.chars().find(bad), None);
    for row in text.lines() {
        assert_eq!(row.matches('\u{2068}').count(), row.matches('\u{2069}').count(), "{row}");
    }
}

#[test]
fn a_long_list_follows_the_cursor() {
    let rows = (0..10_000)
        .map(|i| data::customer(&format!("c-{i}"), &format!("Name {i:05}"), contracts::health::Risk::Low, 80, 9, 9))
        .collect();
    let mut app = App::with(rows);
    app.keys("G");
    assert!(draw::text(&mut app, 80, 24).contains("Name 09999"));
    app.keys("g");
    assert!(draw::text(&mut app, 80, 24).contains("Name 00000"));
}

#[test]
fn an_answer_scrolls_to_its_end_and_no_further() {
    let mut app = App::open();
    app.answer('h');
    app.keys("[[");
    draw::answer(&mut app, 80, 24);
    app.keys("G");
    let end = draw::text(&mut app, 80, 24);
    assert!(end.contains("\"totalMs\""), "{end}");
    app.keys("j");
    assert_eq!(draw::text(&mut app, 80, 24), end);
    app.model.theme = ThemeName::Light;
    assert_eq!(draw::text(&mut app, 80, 24), end, "the text is the same in every theme");
}

#[test]
fn an_answer_has_nearly_all_of_a_small_terminal() {
    let mut app = App::open();
    app.answer('r');
    draw::answer(&mut app, 80, 24);
    assert!(app.model.viewport.page_rows >= 18, "{:?}", app.model.viewport.page_rows);
    app.keys("]]]]]");
    assert_eq!(app.model.tab().map(cs_copilot::app::Tab::title), Some("Card"), "the card is a tab like the others");
    let card = draw::text(&mut app, 80, 24);
    assert!(card.contains("31 of 100") && card.contains("Renewal   12 days ago"), "{card}");
}

#[test]
fn the_answer_is_scrolled_from_the_list() {
    let mut app = App::open();
    app.answer('h');
    let before = draw::text(&mut app, 100, 15);
    app.keys("JJ");
    let after = draw::text(&mut app, 100, 15);
    assert!(app.model.scroll == 2 && after != before, "{after}");
    assert_eq!(app.selected(), "Initech");
    app.keys("KKK");
    assert_eq!(draw::text(&mut app, 100, 15), before);
}

#[test]
fn the_answer_alone_has_the_whole_screen_until_it_is_left() {
    let mut app = App::open();
    app.keys("z");
    assert!(!app.model.is_zoomed && app.model.toast.is_some(), "there is no answer yet");
    app.answer('h');
    app.keys("z");
    let alone = draw::text(&mut app, 100, 24);
    assert!(!alone.contains("Customers 5") && alone.contains("Initech · Health check"), "{alone}");
    for leave in [KeyCode::Char('z'), KeyCode::Esc, KeyCode::Tab] {
        let mut app = App::open();
        app.answer('h');
        app.keys("z");
        app.press(leave);
        assert!(draw::text(&mut app, 100, 24).contains("Customers 5"), "{leave:?}");
    }
}

#[test]
fn the_tools_fold_once_all_is_well_and_unfold_for_the_keys_or_a_failure() {
    let mut app = App::open();
    let request = app.start('h');
    app.plan(&request, &[ToolName::GetCustomerUsage]);
    assert!(draw::text(&mut app, 100, 24).contains("customer_usage"), "while it is under way");
    app.call_ended(&request, 0, 20.0, ToolOutcome::Answered);
    app.finish(&request);
    let folded = draw::text(&mut app, 100, 24);
    assert!(!folded.contains("customer_usage") && folded.contains("Tools ✓ 1 call, 60 ms"), "{folded}");
    app.press(KeyCode::BackTab);
    assert!(draw::text(&mut app, 100, 24).contains("customer_usage"), "it has the keys");
    app.press(KeyCode::Tab);

    let request = app.start('e');
    app.plan(&request, &[ToolName::GetCustomerUsage]);
    app.call_ended(&request, 0, 20.0, ToolOutcome::Failed { failure: data::failure() });
    app.finish(&request);
    assert!(draw::text(&mut app, 100, 24).contains("customer_usage"), "a call failed");
}
