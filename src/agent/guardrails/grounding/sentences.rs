//! A line as its sentences, in any language.

use std::sync::LazyLock;

use regex::Regex;
use unicode_segmentation::UnicodeSegmentation;

use super::super::pattern;

/// What ends with a full stop without ending a sentence.
static ABBREVIATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:^|[^\p{L}\p{N}])(?:approx|ca|vs|e\.g|i\.e|etc|no|nr|incl|excl|est|avg|max|min|mr|mrs|ms|dr|prof|st|jr|sr|",
        r"inc|ltd|corp|co|bros|dept|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|z\.b|bzw|ggf|\p{L}|",
        // German days: `am 11. Februar`.
        r"(?:am|ab|bis|dem|den|der|seit|vom|zum)\s[0-9]{1,2})\.\s+\z",
    ))
});

/// What begins a line of a list: `- `, `3. `, `b) `, with one number at the most.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    let other = r"(?:- |[a-z][.)] )*";
    pattern(&format!(r"^\s*{other}(?:(?P<number>[0-9]{{1,2}})[.)] {other})?"))
});

/// What looks like the mark of a list at the beginning of the line, and the rest.
pub(super) fn unmarked(line: &str) -> (&str, &str) {
    line.split_at(MARK.find(line).map_or(0, |mark| mark.end()))
}

/// The numbers of the lists of a text, each as it is written and as it is shown. Only what follows on another one is the
/// mark of a list; any other number is a figure: `42) urgent tickets are open`.
#[derive(Debug, Default)]
pub(super) struct Numbering(Vec<(u32, u32)>);

impl Numbering {
    /// The line with what `keep` leaves of its text, and a number that follows on the last one shown.
    pub fn line<'a>(&mut self, line: &'a str, keep: impl FnOnce(&'a str) -> String) -> Option<String> {
        let (mark, rest) = unmarked(line);
        let number = MARK.captures(line).and_then(|found| found.name("number"));
        let Some(number) = number else { return shown(mark, &keep(rest), line) };
        let written: u32 = number.as_str().parse().ok()?;
        let before = match written {
            1 => Some(0),
            _ => self.0.iter().rev().find(|(earlier, _)| earlier + 1 == written).map(|(_, shown)| *shown),
        };
        let Some(before) = before else { return shown("", &keep(line), line) };
        let kept = keep(rest);
        let place = before + u32::from(!kept.trim().is_empty());
        self.0.push((written, place));
        shown(&format!("{}{place}{}", &mark[..number.start()], &mark[number.end()..]), &kept, line)
    }
}

/// A line without text goes, unless it was empty.
fn shown(mark: &str, kept: &str, line: &str) -> Option<String> {
    (!kept.trim().is_empty() || line.trim().is_empty()).then(|| format!("{mark}{}", kept.trim_end()))
}

/// The sentences of a line, each with the space after it.
pub(super) fn sentences(line: &str) -> Vec<&str> {
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
