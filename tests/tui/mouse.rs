//! The mouse: clicks on rows, tabs and hints, the wheel, and the border that is dragged.

use std::time::Duration;

use cs_copilot::{
    app::{Effect, Message, Mode, Mouse, MouseDid, Pane, Spot, SpotIs, Tab},
    term::{Heard, Parser},
};

use crate::support::{App, draw};

fn spot(app: &mut App, wanted: impl Fn(SpotIs) -> bool) -> Spot {
    draw::text(app, 120, 40);
    app.model.viewport.spots.iter().rfind(|spot| wanted(spot.is)).expect("it is on the screen").clone()
}

fn did(app: &mut App, did: MouseDid, column: u16, row: u16) -> Vec<Effect> {
    app.tell(Message::Mouse(Mouse { did, column, row }))
}

fn click(app: &mut App, wanted: impl Fn(SpotIs) -> bool) -> Vec<Effect> {
    let spot = spot(app, wanted);
    let middle = |cells: &std::ops::Range<u16>| cells.start + (cells.end - cells.start) / 2;
    did(app, MouseDid::Press, middle(&spot.columns), middle(&spot.rows))
}

#[test]
fn a_click_chooses_a_row_a_tab_or_a_hint() {
    let mut app = App::open();
    click(&mut app, |is| is == SpotIs::Row(3));
    assert_eq!((app.model.book.cursor(), app.model.focus), (3, Pane::List));
    app.answer('r');
    click(&mut app, |is| is == SpotIs::Tab(Tab::Email));
    assert_eq!(app.model.tab(), Some(Tab::Email));
    click(&mut app, |is| is == SpotIs::Answer);
    assert_eq!(app.model.focus, Pane::Result);
    click(&mut app, |is| is == SpotIs::Hint(cs_copilot::app::Action::Help));
    assert_eq!(app.model.mode(), Mode::Help);
    let before = app.model.book.cursor();
    click(&mut app, |is| is == SpotIs::Row(0));
    assert_eq!(app.model.book.cursor(), before, "what lies below the help is not reached");
}

#[test]
fn the_wheel_moves_what_is_under_it() {
    let mut app = App::open();
    let row = spot(&mut app, |is| is == SpotIs::Row(0));
    did(&mut app, MouseDid::WheelDown, row.columns.start, row.rows.start);
    assert_eq!(app.model.book.cursor(), 3);
    did(&mut app, MouseDid::WheelUp, row.columns.start, row.rows.start);
    assert_eq!(app.model.book.cursor(), 0);
    app.keys("?");
    draw::text(&mut app, 120, 24);
    did(&mut app, MouseDid::WheelDown, 60, 10);
    draw::text(&mut app, 120, 24);
    let cs_copilot::app::View::Help { scroll, .. } = app.model.view else { panic!("no help") };
    assert_eq!(scroll, 3);
}

#[test]
fn the_border_is_dragged() {
    let mut app = App::open();
    let border = spot(&mut app, |is| is == SpotIs::Border);
    let at = border.columns.start;
    did(&mut app, MouseDid::Drag, at + 9, 10);
    assert_eq!(spot(&mut app, |is| is == SpotIs::Border).columns.start, at, "it must be held");
    did(&mut app, MouseDid::Press, at, 10);
    did(&mut app, MouseDid::Drag, at + 9, 10);
    assert_eq!(spot(&mut app, |is| is == SpotIs::Border).columns.start, at + 9);
    did(&mut app, MouseDid::Release, at + 9, 10);
    did(&mut app, MouseDid::Drag, at, 10);
    assert_eq!(spot(&mut app, |is| is == SpotIs::Border).columns.start, at + 9);
}

#[test]
fn it_is_given_back_by_a_word() {
    let mut app = App::open();
    app.keys(":mouse off");
    assert_eq!(app.press(crossterm::event::KeyCode::Enter), [Effect::Mouse(false)]);
}

#[test]
fn what_a_terminal_says_of_the_mouse_is_understood() {
    let heard = |bytes: &str| Parser::new(false).feed(bytes.as_bytes(), Duration::ZERO);
    let mouse = |did, column, row| vec![Heard::Mouse(Mouse { did, column, row })];
    assert_eq!(heard("\x1b[<0;10;5M"), mouse(MouseDid::Press, 9, 4));
    assert_eq!(heard("\x1b[<32;11;5M"), mouse(MouseDid::Drag, 10, 4));
    assert_eq!(heard("\x1b[<0;11;5m"), mouse(MouseDid::Release, 10, 4));
    assert_eq!(heard("\x1b[<64;1;1M"), mouse(MouseDid::WheelUp, 0, 0));
    assert_eq!(heard("\x1b[<65;1;1M"), mouse(MouseDid::WheelDown, 0, 0));
    for nothing in ["\x1b[<2;1;1M", "\x1b[<0;0;1M", "\x1b[<0;1M", "\x1b[<0;99999;1M", "\x1b[<M"] {
        assert_eq!(heard(nothing), [], "{nothing:?}");
    }
}
