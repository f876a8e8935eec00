//! Customers and companies that a text speaks of.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use domain::question::who::is_legal;
use regex::Regex;
use unicode_segmentation::UnicodeSegmentation;

use super::reading::fold;
use crate::pattern::pattern;

/// Names that are words of this trade as well: only with a capital inside a sentence are they names.
const WORDS: [&str; 24] = [
    "access", "active", "box", "call", "close", "customer", "drift", "front", "gain", "grow", "health", "impact",
    "notion", "open", "pilot", "process", "renewal", "signal", "slack", "success", "target", "team", "unity", "value",
];

/// So many letters a language adds to a name at most.
const LONGEST_ENDING: usize = 3;
/// A shorter name may begin another word.
const SHORTEST_BENT: usize = 5;

/// Words with a capital, and what makes a company of them.
static COMPANY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(\p{Lu}[\p{L}\p{N}&'’-]*(?: \p{Lu}[\p{L}\p{N}&'’-]*)*),? ",
        r"(?:Inc|Incorporated|Ltd|Limited|LLC|LLP|GmbH|AG|Corp|Corporation|PLC|plc|S\.A|SAS|B\.V|BV|NV|Oy|AB|SpA|KG|Co)\b",
    ))
});

/// Who else may be meant, and how to find them.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Names of the other customers, joined into one word, and how many words each has.
    others: HashMap<String, usize>,
    /// Names that may be said, joined into one word.
    allowed: HashSet<String>,
    longest: usize,
}

/// A word and whether it begins with a capital.
struct Word {
    folded: String,
    capital: bool,
    /// Whether it begins a sentence, where everything has a capital.
    first: bool,
}

impl Names {
    /// Everybody in `others` but the customer itself, and those whom the question names.
    pub fn new(own: &str, others: impl Iterator<Item = impl AsRef<str>>, question: &str) -> Self {
        let own = words(own);
        let asked: HashSet<String> = windows(&words(question), 8).map(|(joined, ..)| joined).collect();
        let mut names = Self { longest: 1, ..Self::default() };
        names.allowed.extend(asked.iter().cloned());
        names.allowed.extend(core_and_whole(&own).map(join));
        for other in others {
            let other = words(other.as_ref());
            for part in core_and_whole(&other) {
                let joined = join(part);
                let is_own = own.iter().map(|word| &word.folded).zip(part).all(|(own, word)| *own == word.folded)
                    && part.len() <= own.len();
                if joined.is_empty() || is_own || names.allowed.contains(&joined) {
                    continue;
                }
                names.longest = names.longest.max(part.len());
                names.others.insert(joined, part.len());
            }
        }
        names
    }

    /// Whether the text names another customer, in any spelling, or a company that nobody has asked about.
    pub fn has_foreign(&self, text: &str) -> bool {
        let spoken = words(text);
        let customer = windows(&spoken, self.longest + 3).any(|(joined, count, first)| {
            let Some((name, usual, is_whole)) = self.other(&joined) else { return false };
            let (capital, spelled) = (first.capital, joined.chars().count() == count);
            let word = usual == 1 && (WORDS.contains(&name) || name.chars().count() < 4);
            match (is_whole, count == usual) {
                (true, true) => !word || (capital && !first.first),
                // Long enough, several words in one are no other word.
                (true, false) => capital || spelled || name.chars().count() >= 10,
                (false, is_usual) => is_usual && capital && !word && !self.allowed.contains(&joined),
            }
        });
        customer
            || COMPANY.captures_iter(text).any(|company| {
                // `At Globex Ltd` has a word too many.
                let name = words(&company[1]);
                !(0..name.len()).any(|from| self.allowed.contains(&join(&name[from..])))
            })
    }
}

impl Names {
    /// The other customer of this name, or of its beginning, as where a language bends it (`Globexs`, `Globexem`): its
    /// name, how many words it has, and whether that is all.
    fn other(&self, joined: &str) -> Option<(&str, usize, bool)> {
        let known = |name: &str| self.others.get_key_value(name).map(|(name, &usual)| (name.as_str(), usual));
        known(joined).map(|(name, usual)| (name, usual, true)).or_else(|| {
            let ends = joined.char_indices().rev().take(LONGEST_ENDING).map(|(end, _)| &joined[..end]);
            let bent = ends.filter(|name| name.chars().count() >= SHORTEST_BENT).find_map(known);
            bent.map(|(name, usual)| (name, usual, false))
        })
    }
}

fn words(text: &str) -> Vec<Word> {
    let mut first = true;
    let mut words = Vec::new();
    for piece in text.split_word_bounds() {
        if piece.chars().any(char::is_alphanumeric) {
            for part in piece.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
                let capital = part.chars().next().is_some_and(char::is_uppercase);
                words.push(Word { folded: fold(part), capital, first });
                first = false;
            }
        } else if piece.contains(['.', '!', '?', ':', '\n', '“', '"']) {
            first = true;
        }
    }
    words
}

/// All of a name, and the name without its legal form.
fn core_and_whole(name: &[Word]) -> impl Iterator<Item = &[Word]> {
    let legal = |word: &Word| is_legal(&word.folded);
    let core = match name {
        [core @ .., last] if !core.is_empty() && legal(last) => core,
        whole => whole,
    };
    [name, core].into_iter()
}

fn join(words: &[Word]) -> String {
    words.iter().map(|word| word.folded.as_str()).collect()
}

/// Every run of up to `longest` words, joined, with how many they are and the first of them. Runs of single letters are
/// as long as they are.
fn windows(words: &[Word], longest: usize) -> impl Iterator<Item = (String, usize, &Word)> {
    words.iter().enumerate().flat_map(move |(at, first)| {
        let single = |word: &&Word| word.folded.chars().count() == 1;
        let spelled = words[at..].iter().take_while(single).count();
        let most = longest.max(spelled).min(words.len() - at);
        (1..=most).map(move |count| (join(&words[at..at + count]), count, first))
    })
}
