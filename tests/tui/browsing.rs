//! The list: moving, filtering, sorting, reading it again.

use crossterm::event::KeyCode;
use cs_copilot::app::{Action, BookState, Effect, Message, Mode, Pane};

use crate::support::{App, data, draw};

#[test]
fn the_cursor_moves_and_stops_at_the_ends() {
    let mut app = App::open();
    assert_eq!(app.selected(), "Initech");
    app.keys("jj");
    assert_eq!(app.selected(), "Globex");
    app.keys("G");
    app.press(KeyCode::Down);
    assert_eq!(app.selected(), "Umbrella");
    app.keys("gk");
    assert_eq!(app.selected(), "Initech");
}

#[test]
fn a_page_is_what_fits_less_a_line() {
    let rows = (0..100)
        .map(|i| data::customer(&format!("c-{i}"), &format!("Name {i:03}"), contracts::health::Risk::Low, 80, 9, 9));
    let mut app = App::with(rows.collect());
    app.press(KeyCode::PageDown);
    assert_eq!(app.selected(), "Name 009");
    app.press(KeyCode::PageDown);
    app.press(KeyCode::PageUp);
    assert_eq!(app.selected(), "Name 009");
}

#[test]
fn sorting_goes_round_and_the_cursor_stays_with_its_customer() {
    let mut app = App::open();
    app.keys("j");
    let orders = [
        ["Initech", "Éclair Systems", "Acme Corp", "Globex", "Umbrella"],
        ["Éclair Systems", "Acme Corp", "Globex", "Initech", "Umbrella"],
        ["Acme Corp", "Globex", "Initech", "Umbrella", "Éclair Systems"],
        ["Initech", "Acme Corp", "Globex", "Éclair Systems", "Umbrella"],
    ];
    for order in orders {
        app.keys("s");
        assert_eq!(app.names(), order);
        assert_eq!(app.selected(), "Acme Corp");
    }
}

#[test]
fn what_is_not_known_comes_last() {
    let mut rows = data::book();
    (rows[0].arr, rows[0].days_to_renewal) = (None, None);
    let mut app = App::with(rows);
    for _ in ["renewal", "ARR"] {
        app.keys("s");
        assert_eq!(app.names().pop(), Some("Initech"));
    }
}

#[test]
fn the_filter_finds_by_scattered_letters_and_by_id_best_first() {
    let mut app = App::open();
    app.keys("/acm");
    assert_eq!(app.names(), ["Acme Corp"]);
    app.keys("e");
    app.press(KeyCode::Esc);
    app.keys("/eclair");
    assert_eq!(app.names(), ["Éclair Systems"], "accents need not be typed");
    app.press(KeyCode::Esc);
    app.keys("/c-4");
    assert_eq!(app.names(), ["Umbrella"]);
}

#[test]
fn leaving_the_filter_returns_to_the_customer_from_before() {
    let mut app = App::open();
    app.keys("jj/ini");
    assert_eq!(app.selected(), "Initech");
    app.press(KeyCode::Esc);
    assert_eq!((app.selected(), app.names().len()), ("Globex", 5));
}

#[test]
fn a_kept_filter_stays_until_escape_and_leaves_the_cursor_on_its_customer() {
    let mut app = App::open();
    app.keys("/umb");
    app.press(KeyCode::Enter);
    assert_eq!((app.model.mode(), app.names().len()), (Mode::Normal, 1));
    app.press(KeyCode::Esc);
    assert_eq!((app.selected(), app.names().len()), ("Umbrella", 5));
}

#[test]
fn n_goes_on_among_those_that_the_filter_found() {
    let mut app = App::open();
    app.keys("n");
    assert!(app.model.toast.take().unwrap().text.contains("Nothing is looked for"));
    app.keys("/e");
    app.press(KeyCode::Enter);
    let first = app.selected().to_owned();
    app.keys("n");
    assert_ne!(app.selected(), first);
    app.keys("N");
    assert_eq!(app.selected(), first);
}

#[test]
fn what_the_filter_finds_is_put_into_the_order_that_is_asked_for() {
    let mut app = App::open();
    app.keys("/e");
    app.press(KeyCode::Enter);
    let best_first = app.names().join(", ");
    assert!(draw::text(&mut app, 120, 40).contains("best match"));
    app.keys(":sort arr");
    app.press(KeyCode::Enter);
    assert_eq!(app.names()[0], "Éclair Systems");
    assert_ne!(app.names().join(", "), best_first);
    assert!(draw::text(&mut app, 120, 40).contains("by ARR"));
    app.keys("/");
    app.press(KeyCode::End);
    app.press(KeyCode::Backspace);
    app.keys("e");
    assert!(draw::text(&mut app, 120, 40).contains("best match"), "new words have the best match first again");
}

#[test]
fn pasted_text_is_cleaned_and_filters() {
    let mut app = App::open();
    app.keys("/");
    app.paste("\u{1b}[31mglob\u{202e}ex\n");
    assert_eq!(app.model.book.filter().value(), "globex");
    app.press(KeyCode::Esc);
    app.paste("qqq");
    assert!(!app.model.book.is_filtered(), "a paste outside of the filter is nothing");
}

#[test]
fn what_is_typed_over_a_slow_line_keeps_the_spaces_between_its_words() {
    let mut app = App::open();
    app.keys("/");
    for come_together in [" risk:", "high", " renewal:", "<60d ", "arr:>10k"] {
        app.paste(come_together);
    }
    assert_eq!(app.model.book.filter().value(), "risk:high renewal:<60d arr:>10k");
}

#[test]
fn reading_the_book_again_keeps_the_cursor_with_its_customer() {
    let mut app = App::open();
    app.keys("jj");
    assert_eq!(app.keys("R"), [Effect::LoadBook { as_of: None, facts: Vec::new() }]);
    assert!(app.keys("R").is_empty(), "it is being read already");
    let mut rows = data::book();
    rows.remove(0);
    app.tell(Message::BookLoaded(Ok(data::page(rows))));
    assert_eq!((app.selected(), app.names().len()), ("Globex", 4));
}

#[test]
fn a_book_that_cannot_be_read_again_leaves_the_old_one() {
    let mut app = App::open();
    app.keys("R");
    app.tell(Message::BookLoaded(Err(data::failure())));
    assert!(matches!(app.model.book.state(), BookState::Failed(_)));
    assert_eq!(app.names().len(), 5);
}

#[test]
fn tab_goes_round_the_panes_and_enter_reads() {
    let mut app = App::open();
    let mut pane = |code| {
        app.press(code);
        app.model.focus
    };
    assert_eq!([KeyCode::Tab; 3].map(&mut pane), [Pane::Result, Pane::Tools, Pane::List]);
    assert_eq!(pane(KeyCode::BackTab), Pane::Tools);
    assert_eq!(pane(KeyCode::Esc), Pane::List);
    assert_eq!(pane(KeyCode::Enter), Pane::Result);
}

#[test]
fn nothing_can_be_run_without_a_customer() {
    let mut app = App::with(Vec::new());
    for key in ["h", ".", "y", "s", "/"] {
        assert!(app.keys(key).is_empty());
        assert!(app.model.toast.take().is_some(), "{key} says why not");
    }
    assert!(app.act(Action::Open).is_empty());
}

#[test]
fn names_from_right_to_left_keep_to_their_column() {
    let mut app = App::with(data::difficult_book());
    let rows = draw::rows(&draw::frame(&mut app, 80, 24));
    for (name, isolated) in
        [("חברת", "\u{2068}חברת הדוגמה בע״מ\u{2069}"), ("شركة", "\u{2068}شركة المستقبل للتجارة\u{2069}")]
    {
        let row = rows.iter().find(|row| row.contains(name)).expect("it is in the list");
        let start: String = isolated.chars().take(12).collect();
        assert!(row.contains(&start) && row.contains('\u{2069}'), "{row}");
        assert_eq!(row.matches('\u{2068}').count(), row.matches('\u{2069}').count(), "{row}");
    }
}

#[test]
fn the_place_in_the_list_is_shown() {
    let mut app = App::open();
    app.keys("jj");
    for width in [60, 80, 120] {
        assert!(draw::text(&mut app, width, 24).contains(" 3/5 "), "{width}");
    }
    app.keys("/acme");
    assert!(draw::text(&mut app, 120, 40).contains("best match · 1/1 "));
}
