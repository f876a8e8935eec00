use crate::app::{Action, Evals, Lens, Model, Pane, Report, View, Viewport};

/// Moves the cursor of whatever has the keys.
pub(super) fn go(model: &mut Model, action: Action) {
    let Viewport { page_rows, page_lines, .. } = model.viewport;
    let last_line = page_lines.saturating_sub(page_rows);
    match &mut model.view {
        View::Sheet(sheet) => sheet.scroll = target(action, sheet.scroll, page_rows, last_line),
        View::Help { scroll, .. } | View::Why { scroll, .. } => {
            *scroll = target(action, *scroll, page_rows, last_line);
        }
        View::Outgoing(outgoing) => outgoing.scroll = target(action, outgoing.scroll, page_rows, last_line),
        View::Sendings(sendings) => {
            let last = sendings.all.len().saturating_sub(1);
            sendings.at = target(action, sendings.at, page_rows, last);
        }
        View::Evals(Evals { opened: Some(opened), .. }) => {
            opened.scroll = target(action, opened.scroll, page_rows, last_line);
        }
        View::Evals(evals) => {
            let last = evals.results.ready().map_or(0, |results| results.len().saturating_sub(1));
            evals.row = target(action, evals.row, page_rows, last);
        }
        View::Palette(palette) => {
            let last = palette.found().len().saturating_sub(1);
            palette.at = target(action, palette.at, model.viewport.list_rows, last);
        }
        View::Ask if action == Action::Up => model.asking.older(),
        View::Ask => model.asking.newer(),
        View::Choose(choice) => {
            let all = choice.candidates.len();
            choice.at = target(action, choice.at, all, all.saturating_sub(1));
        }
        View::Tasks { at } => {
            let all = model.tasks.iter().count();
            *at = target(action, *at, all, all.saturating_sub(1));
        }
        View::Filter => list(model, action),
        View::Panes | View::Yank | View::Out => match model.focus {
            Pane::List => list(model, action),
            Pane::Result => answer(model, action),
            Pane::Tools => {
                let rows = model.run().map_or(0, |run| run.rows.len());
                model.row = target(action, model.row, rows, rows.saturating_sub(1));
            }
        },
        View::Note { .. } | View::Snooze(_) | View::Import(_) | View::Confirm(_) | View::SignIn(_) => {}
    }
}

/// Moves the cursor of the list, which leaves an answer about the book.
pub(super) fn list(model: &mut Model, action: Action) {
    let page = model.viewport.list_rows;
    model.report = None;
    let has_moved = match model.lens {
        Lens::Today => {
            let (before, rows) = (model.today.cursor(), model.today.rows().len());
            model.today.move_to(target(action, before, page, rows.saturating_sub(1)));
            model.today.cursor() != before
        }
        Lens::Book => {
            let (before, rows) = (model.book.cursor(), model.book.len());
            model.book.move_to(target(action, before, page, rows.saturating_sub(1)));
            model.book.cursor() != before
        }
    };
    if has_moved {
        (model.scroll, model.row) = (0, 0);
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
