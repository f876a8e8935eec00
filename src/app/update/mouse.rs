use std::time::Duration;

use super::{action, focus, motion};
use crate::app::{Action, Effect, Lens, Mode, Model, Mouse, MouseDid, Pane, Spot, SpotIs};

/// Lines or rows that a notch of the wheel moves.
const NOTCH: usize = 3;

/// Does what the mouse asks for. Spots that were drawn later lie over the others.
pub(super) fn heard(model: &mut Model, mouse: Mouse, now: Duration) -> Vec<Effect> {
    let spot = model.viewport.spots.iter().rev().find(|spot| spot.has(mouse)).map(|spot| spot.is);
    match (mouse.did, spot) {
        (MouseDid::Press, Some(SpotIs::Hint(action))) => return action::perform(model, action, now),
        (MouseDid::Press, Some(spot)) if model.mode() == Mode::Normal => return press(model, spot, now),
        (MouseDid::Drag, _) if model.drags => drag(model, mouse.column),
        (MouseDid::Release, _) => model.drags = false,
        (MouseDid::WheelUp, spot) => wheel(model, Action::Up, spot),
        (MouseDid::WheelDown, spot) => wheel(model, Action::Down, spot),
        (MouseDid::Press | MouseDid::Drag, _) => {}
    }
    Vec::new()
}

fn press(model: &mut Model, spot: SpotIs, now: Duration) -> Vec<Effect> {
    match spot {
        SpotIs::Row(place) => {
            let is_there = model.focus == Pane::List && model.list().0 == place;
            focus(model, Pane::List);
            if is_there {
                return action::perform(model, Action::Open, now);
            }
            (model.report, model.scroll, model.row) = (None, 0, 0);
            match model.lens {
                Lens::Today => model.today.move_to(place),
                Lens::Book => model.book.move_to(place),
            }
        }
        SpotIs::List => focus(model, Pane::List),
        SpotIs::Answer => focus(model, Pane::Result),
        SpotIs::Tools => focus(model, Pane::Tools),
        SpotIs::Tab(tab) => (model.wanted_tab, model.scroll) = (tab, 0),
        SpotIs::Border => model.drags = true,
        SpotIs::Hint(_) => {}
    }
    Vec::new()
}

/// Moves the border to the column.
fn drag(model: &mut Model, column: u16) {
    let border = model.viewport.spots.iter().find(|spot| spot.is == SpotIs::Border);
    if let Some(Spot { columns, .. }) = border {
        let by = i32::from(column) - i32::from(columns.start);
        action::split(model, i16::try_from(by).unwrap_or_default());
    }
}

fn wheel(model: &mut Model, by: Action, spot: Option<SpotIs>) {
    for _ in 0..NOTCH {
        match spot {
            Some(SpotIs::Answer | SpotIs::Tab(_)) if model.mode() == Mode::Normal => motion::answer(model, by),
            Some(SpotIs::List | SpotIs::Row(_)) if model.mode() == Mode::Normal => motion::list(model, by),
            _ => motion::go(model, by),
        }
    }
}
