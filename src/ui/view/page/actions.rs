//! What to do, most urgent first, each with what triggered it.

use contracts::{
    block::By,
    planner::{Action, Urgency},
};
use ratatui::text::Span;

use super::Builder;
use crate::{ui::theme::MODEL_MARK, words};

pub(super) fn write(page: &mut Builder<'_>, actions: &[Action]) {
    let theme = page.theme;
    let mut urgency = None;
    for (i, action) in actions.iter().enumerate() {
        if urgency != Some(action.urgency) {
            urgency = Some(action.urgency);
            page.gap();
            let style = if action.urgency == Urgency::Today { theme.error } else { theme.heading };
            page.paragraph(&sentence(action.urgency.label()), style);
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

fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
