//! The answer's views as wrapped lines, one file a view. Wrapping is done once for each answer, view, width and theme.

mod actions;
mod builder;
mod email;
mod figures;
mod json;
mod qbr;
mod said;
mod signals;
mod summary;

use contracts::{
    RunId,
    block::{Block, Place},
    planner::PlannerResult,
};
use ratatui::text::Line;

use crate::{
    app::{Run, Tab, ThemeName},
    ui::theme::Theme,
};
use builder::Builder;

/// What the lines depend on.
#[derive(Debug, PartialEq)]
struct Key {
    run: RunId,
    revision: u32,
    tab: Tab,
    width: usize,
    theme: ThemeName,
}

/// The lines of the last frame.
#[derive(Debug, Default)]
pub(super) struct Cache {
    key: Option<Key>,
    lines: Vec<Line<'static>>,
}

impl Cache {
    /// The answer's view in lines of `width` cells.
    pub(super) fn lines(
        &mut self,
        run: &Run,
        result: &PlannerResult,
        tab: Tab,
        width: usize,
        theme: &Theme,
    ) -> &[Line<'static>] {
        let key = Key { run: run.id.clone(), revision: run.revision, tab, width, theme: theme.name };
        if self.key.as_ref() != Some(&key) {
            self.lines = lines(run, result, tab, width, theme);
            self.key = Some(key);
        }
        &self.lines
    }
}

/// A summary as far as it is written.
pub(super) fn writing(blocks: &[Block], width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut page = Builder::new(width, theme);
    summary::writing(&mut page, blocks);
    page.finish()
}

fn lines(run: &Run, result: &PlannerResult, tab: Tab, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut page = Builder::new(width, theme);
    match tab {
        // The list knows it, and not the answer.
        Tab::Card => {}
        Tab::Summary => summary::write(&mut page, run, result),
        Tab::Actions => actions::write(&mut page, &result.actions, result.as_of),
        Tab::Email => {
            if let Some(draft) = &result.email_draft {
                email::write(&mut page, draft, &result.lines_of(Place::Email));
            }
        }
        Tab::Qbr => {
            if let Some(outline) = &result.qbr_outline {
                qbr::write(&mut page, outline, &result.lines_of(Place::Outline));
            }
        }
        Tab::Signals => {
            if let Some(report) = &result.health {
                signals::write(&mut page, report, &result.facts);
            }
        }
        Tab::Json => json::write(&mut page, result),
    }
    if matches!(tab, Tab::Actions | Tab::Email | Tab::Qbr) && result.has_model_lines() {
        page.gap();
        said::legend(&mut page);
    }
    page.finish()
}
