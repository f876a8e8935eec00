use crate::app::{Action, Mode, Model, Pane};

/// Moves the cursor of whatever has the keys.
pub(super) fn go(model: &mut Model, action: Action) {
    match (model.mode, model.focus) {
        (Mode::Help, _) => {
            model.help_scroll = target(action, model.help_scroll, model.viewport.page_rows, model.viewport.help_last);
        }
        (Mode::Filter, _) | (_, Pane::List) => {
            let last = model.book.len().saturating_sub(1);
            let before = model.book.cursor();
            model.book.move_to(target(action, before, model.viewport.list_rows, last));
            if model.book.cursor() != before {
                model.scroll = 0;
                model.call = 0;
            }
        }
        (_, Pane::Result) => {
            let last = model.viewport.page_lines.saturating_sub(model.viewport.page_rows);
            model.scroll = target(action, model.scroll, model.viewport.page_rows, last);
        }
        (_, Pane::Tools) => {
            let calls = model.run().map_or(0, |run| run.calls.len());
            model.call = target(action, model.call, calls, calls.saturating_sub(1));
        }
    }
}

/// Where an action leads from `at`, given the size of a page and the last place there is.
fn target(action: Action, at: usize, page: usize, last: usize) -> usize {
    let page = page.max(2) - 1;
    match action {
        Action::Down => at + 1,
        Action::Up => at.saturating_sub(1),
        Action::PageDown => at + page,
        Action::PageUp => at.saturating_sub(page),
        Action::Top => 0,
        Action::Bottom => last,
        _ => at,
    }
    .min(last)
}
