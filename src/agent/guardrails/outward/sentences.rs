//! A line as its sentences, in any language.

use std::sync::LazyLock;

use regex::Regex;
use unicode_segmentation::UnicodeSegmentation;

use crate::pattern::pattern;

/// What ends with a full stop without ending a sentence.
static ABBREVIATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:^|[^\p{L}\p{N}])(?:approx|ca|vs|e\.g|i\.e|etc|no|nr|incl|excl|est|avg|max|min|mr|mrs|ms|dr|prof|st|jr|sr|",
        r"inc|ltd|corp|co|bros|dept|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|z\.b|bzw|ggf|\p{L}|",
        // German days: `am 11. Februar`.
        r"(?:am|ab|bis|dem|den|der|seit|vom|zum)\s[0-9]{1,2})\.\s+\z",
    ))
});

/// The sentences of a line, each with the space after it.
pub fn sentences(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut end) = (0, 0);
    for piece in line.split_sentence_bounds() {
        end += piece.len();
        // Without a space after it nothing has ended, but where sentences are written so.
        let ended = piece.ends_with(|c: char| c.is_whitespace() || "。！？｡".contains(c));
        if ended && !ABBREVIATION.is_match(&line[start..end]) {
            found.push(&line[start..end]);
            start = end;
        }
    }
    if start < end {
        found.push(&line[start..end]);
    }
    found
}
