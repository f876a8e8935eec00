use crate::app::{Action, Lens, Mode, Model, Pane, Report, Viewport};

/// Moves the cursor of whatever has the keys.
pub(super) fn go(model: &mut Model, action: Action) {
    match (model.mode, model.focus) {
        (Mode::Sheet | Mode::Search, _) => {
            let Viewport { list_rows, overlay_last, .. } = model.viewport;
            model.overlay_scroll = target(action, model.overlay_scroll, list_rows, overlay_last);
        }
        (Mode::Note, _) => {}
        (Mode::Help | Mode::Why, _) => {
            let Viewport { page_rows, overlay_last, .. } = model.viewport;
            model.overlay_scroll = target(action, model.overlay_scroll, page_rows, overlay_last);
        }
        (Mode::Evals, _) => {
            let Viewport { list_rows, overlay_last, .. } = model.viewport;
            let Some(evals) = &mut model.evals else { return };
            if evals.opened.is_some() {
                model.overlay_scroll = target(action, model.overlay_scroll, list_rows, overlay_last);
            } else {
                let last = evals.results.ready().map_or(0, |results| results.len().saturating_sub(1));
                evals.row = target(action, evals.row, list_rows, last);
            }
        }
        (Mode::Ask, _) if action == Action::Up => model.asking.older(),
        (Mode::Ask, _) => model.asking.newer(),
        (Mode::Choose, _) => {
            if let Some(choice) = &mut model.choice {
                let all = choice.candidates.len();
                choice.at = target(action, choice.at, all, all.saturating_sub(1));
            }
        }
        (Mode::Normal, Pane::List) if model.lens == Lens::Today => {
            let last = model.today.rows().len().saturating_sub(1);
            let before = model.today.cursor();
            model.report = None;
            model.today.move_to(target(action, before, model.viewport.list_rows, last));
            if model.today.cursor() != before {
                (model.scroll, model.row) = (0, 0);
            }
        }
        (Mode::Filter, _) | (_, Pane::List) => {
            let last = model.book.len().saturating_sub(1);
            let before = model.book.cursor();
            model.report = None;
            model.book.move_to(target(action, before, model.viewport.list_rows, last));
            if model.book.cursor() != before {
                model.scroll = 0;
                model.row = 0;
            }
        }
        (_, Pane::Result) => answer(model, action),
        (_, Pane::Tools) => {
            let rows = model.run().map_or(0, |run| run.rows.len());
            model.row = target(action, model.row, rows, rows.saturating_sub(1));
        }
    }
}

/// Scrolls the answer, or moves the cursor of one about the book.
pub(super) fn answer(model: &mut Model, action: Action) {
    let Viewport { page_rows, page_lines, .. } = model.viewport;
    match &mut model.report {
        Some(Report { answer, at, .. }) if !answer.rows.is_empty() => {
            *at = target(action, *at, page_rows, answer.rows.len() - 1);
        }
        _ => model.scroll = target(action, model.scroll, page_rows, page_lines.saturating_sub(page_rows)),
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
