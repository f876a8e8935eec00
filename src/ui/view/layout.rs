//! Which panes are on the screen, and where.

use ratatui::layout::{Constraint, Layout, Rect, Spacing};

use super::tools;
use crate::app::{Model, Pane};

/// Below so many columns there is one pane at a time.
pub(super) const NARROW: u16 = 100;
/// The narrowest a pane is made.
const LEAST_PANE: u16 = 28;

/// The panes that are on the screen.
pub(super) struct Panes {
    pub list: Option<Rect>,
    pub result: Option<Rect>,
    pub tools: Option<Rect>,
}

/// The panes share their borders. Where the screen is narrow there is one at a time, and where it is low, the tools shrink
/// to a line unless they have the keys; with nothing under way and nothing wrong their title is all that stays.
pub(super) fn panes(body: Rect, model: &Model) -> Panes {
    if model.is_zoomed {
        return Panes { list: None, result: Some(body), tools: None };
    }
    let (list, right) = match model.focus {
        Pane::List if body.width < NARROW => return Panes { list: Some(body), result: None, tools: None },
        Pane::Result | Pane::Tools if body.width < NARROW => (None, body),
        _ => {
            let usual: u16 = match body.width {
                ..110 => 44,
                110..150 => 57,
                _ => 70,
            };
            let list = usual.saturating_add_signed(model.split).clamp(LEAST_PANE, body.width - LEAST_PANE);
            let areas =
                Layout::horizontal([Constraint::Length(list), Constraint::Fill(1)]).spacing(Spacing::Overlap(1));
            let [list, right] = areas.areas(body);
            (Some(list), right)
        }
    };
    let has_keys = model.focus == Pane::Tools;
    let tools = match body.height {
        ..20 if has_keys => body.height - 5,
        ..20 => 3,
        20..34 if has_keys => 12,
        20..34 => 9,
        _ if has_keys => 16,
        _ => 10,
    };
    if tools::is_folded(model) {
        let tools = Rect { y: right.bottom().saturating_sub(1), height: 1, ..right };
        return Panes { list, result: Some(right), tools: Some(tools) };
    }
    let [result, tools] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(tools)]).spacing(Spacing::Overlap(1)).areas(right);
    Panes { list, result: Some(result), tools: Some(tools) }
}
