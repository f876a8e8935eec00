//! `urgent ticket ACM-412`, `ACM-412 and ACM-398 are urgent`, `ACM-412 (high)`.

use std::sync::LazyLock;

use contracts::facts::Priority;
use regex::Regex;

use super::{stated::Sentence, wording};

const ID: &str = r"#?[\p{L}\p{N}_-]*[0-9][\p{L}\p{N}_#-]*";

static PRIORITY: LazyLock<Regex> = LazyLock::new(|| {
    let ids = format!(r"{ID}(?:(?:,? and |, ){ID})*");
    wording(&format!(
        concat!(
            // The priority first.
            r"\b(?P<p1>urgent|high|normal|low)(?:[ -]priority)?(?: support)? (?:(?:ticket|case|issue),? (?P<id1>{ID})|",
            r"(?:tickets|cases|issues)(?: (?:are|remain|still|now|open|waiting))*:? \(?(?P<ids1>{ids}))|",
            // The ids first; a bare `high` is no priority, as in `high on their list`.
            r"(?:^|[,;:(] ?|\b(?:tickets?|cases?|issues?|and|that|because|since|with|while|as|but) )(?P<ids2>{ids})",
            r"(?: \u{{FFFC}})?,?(?: (?:is|are|remains?|still|now|also|both|all|an?|the|of|marked|rated|as))+ ",
            r"(?:(?P<p2>urgent|high|normal|low)[ -]priority|(?P<p3>urgent))\b|",
            r"\b(?P<id>{ID})(?: \u{{FFFC}})? \((?P<p4>urgent|high|normal|low)(?:[ -]priority)?[,)]",
        ),
        ids = ids,
        ID = ID
    ))
});

/// What is taken for it, or was it.
static TAKEN: LazyLock<Regex> = LazyLock::new(|| wording(r"\b(?:was|were|treat\w*|feels?|like)\b"));

/// The priority that the sentence states of each ticket.
pub(super) fn claims(said: &Sentence<'_>) -> impl Iterator<Item = (String, Priority)> {
    PRIORITY.captures_iter(said.text).flat_map(|found| {
        let priority = ["p1", "p2", "p3", "p4"].iter().find_map(|name| found.name(name));
        let ids = ["id1", "ids1", "ids2", "id"].iter().find_map(|name| found.name(name));
        let priority = priority.map(|priority| priority.as_str().to_lowercase());
        let priority = Priority::ALL.into_iter().find(|known| priority.as_deref() == Some(known.as_str()));
        let ids = ids.filter(|ids| said.states(&ids.range(), &TAKEN)).map_or("", |ids| ids.as_str());
        ids.split([' ', ',']).filter_map(move |id| Some((plain(id), priority?))).collect::<Vec<_>>()
    })
}

/// The id in the form that is compared.
pub(super) fn plain(id: &str) -> String {
    id.trim_start_matches('#').to_lowercase()
}
