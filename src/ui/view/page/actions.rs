//! What to do, most urgent first, each with what triggered it.

use chrono::NaiveDate;
use contracts::{
    block::By,
    planner::{Action, Urgency},
};
use ratatui::text::Span;

use super::Builder;
use crate::{ui::theme::MODEL_MARK, words};

/// `as_of` is the day of the answer.
pub(super) fn write(page: &mut Builder<'_>, actions: &[Action], as_of: NaiveDate) {
    let theme = page.theme;
    let mut above = String::new();
    for (i, action) in actions.iter().enumerate() {
        let when = words::when(action, as_of);
        if above != when {
            page.gap();
            let style = if action.urgency == Urgency::Today { theme.error } else { theme.heading };
            page.paragraph(&words::capital(&when), style);
            above = when;
        }
        let number = Span::styled(format!("{:>2}  ", i + 1), theme.accent);
        match action.by {
            By::Program | By::User => page.item(number, action.text.as_str(), theme.strong),
            By::Model => page.item(number, &format!("{MODEL_MARK}{}", action.text), theme.model),
        }
        if let Some(terms) = words::terms(action) {
            page.item(Span::raw("    "), &terms, theme.text);
        }
        page.item(Span::raw("    "), action.because.as_str(), theme.dim);
    }
}
