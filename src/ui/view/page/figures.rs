//! Figures with their sources, under a heading.

use contracts::planner::Fact;
use unicode_width::UnicodeWidthStr;

use super::Builder;

pub(super) fn write(page: &mut Builder<'_>, heading: &str, facts: &[Fact]) {
    if facts.is_empty() {
        return;
    }
    page.heading(heading);
    let label = facts.iter().map(|fact| fact.label.as_str().width()).max().unwrap_or(0).min(page.width / 3);
    for fact in facts {
        let source = format!("{}, {}", fact.source.origin, fact.source.as_of);
        page.figure(fact.label.as_str(), label, fact.value.as_str(), &source);
    }
}
