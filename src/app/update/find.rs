use crate::app::{Effect, Find, Model, Viewport};

/// Begins to look for words in what is read.
pub(super) fn open(model: &mut Model) {
    let from = *model.reads_at();
    let before = model.find.take().unwrap_or_default();
    model.find = Some(Find { is_typed: true, from, ..before });
}

/// Keeps the words; none are kept where none were typed.
pub(super) fn keep(model: &mut Model) {
    if let Some(find) = &mut model.find {
        find.is_typed = false;
    }
    if model.words().is_none() {
        model.find = None;
    }
}

/// Goes on by so many of the places that have the words, and round at the ends.
pub(super) fn step(model: &mut Model, step: isize) {
    let all = model.viewport.hits.len();
    let Some(find) = model.find.as_mut().filter(|_| all > 0) else { return };
    find.at = (find.at % all + all).saturating_add_signed(step) % all;
    go(model);
}

/// Learns from a frame where the words are that were just typed, and goes there, which needs another frame.
pub(super) fn drawn(model: &mut Model) -> Option<Effect> {
    let find = model.find.as_mut().filter(|find| find.is_new)?;
    find.is_new = false;
    find.at = model.viewport.hits.iter().position(|hit| *hit >= find.from).unwrap_or(0);
    go(model);
    Some(Effect::Draw)
}

/// Brings the place that is gone to onto the screen.
fn go(model: &mut Model) {
    let Some(&hit) = model.find.as_ref().and_then(|find| model.viewport.hits.get(find.at)) else { return };
    let Viewport { page_rows, page_lines, .. } = model.viewport;
    let reads_rows = model.reads_rows();
    let at = model.reads_at();
    *at = match hit.checked_sub(*at) {
        _ if reads_rows => hit,
        Some(below) if below < page_rows => *at,
        // With what stands before it.
        _ => hit.saturating_sub(page_rows / 3).min(page_lines.saturating_sub(page_rows)),
    };
}
