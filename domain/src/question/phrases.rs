//! Words that mean something together.

use std::collections::{BTreeSet, HashMap, HashSet};

/// So many words mean something together at most.
pub(super) const LONGEST: usize = 6;

/// What words mean, one by one or several together.
#[derive(Debug)]
pub(super) struct Phrases<M> {
    phrases: HashMap<&'static str, M>,
    words: HashSet<&'static str>,
}

impl<M: Copy + PartialEq> Phrases<M> {
    /// The phrases of a table, whose rows are words that mean the same, with `|` between them.
    pub fn of(table: &[(&'static str, M)]) -> Self {
        let phrases = table.iter().flat_map(|(words, meaning)| words.split('|').map(move |word| (word, *meaning)));
        let words = table.iter().flat_map(|(words, _)| words.split(['|', ' ']));
        Self { phrases: phrases.collect(), words: words.collect() }
    }

    /// Whether the word stands in the table, by itself or with others.
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// What these words mean, all together.
    pub fn meaning(&self, words: &str) -> Option<M> {
        self.phrases.get(words).copied()
    }

    /// What the first words mean, as many of them as mean something together, and how many they are.
    pub fn longest(&self, words: &[String]) -> Option<(M, usize)> {
        let lengths = (1..=LONGEST.min(words.len())).rev();
        lengths.into_iter().find_map(|length| Some((self.meaning(&words[..length].join(" "))?, length)))
    }

    /// What a word means with a letter left out, put in or put in another's place, where that is one thing.
    pub fn mistyped(&self, word: &str) -> Option<M> {
        let mut slips: Vec<M> = Vec::new();
        for meaning in self.phrases.keys().filter(|known| is_slip(word, known)).filter_map(|known| self.meaning(known))
        {
            if !slips.contains(&meaning) {
                slips.push(meaning);
            }
        }
        match slips.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The word that is meant by such a one, also where it means something beside others alone.
    pub fn meant(&self, word: &str) -> Option<&'static str> {
        let slips: BTreeSet<_> = self.words.iter().copied().filter(|known| is_slip(word, known)).collect();
        let first = *slips.first()?;
        let is_one = slips.iter().all(|slip| self.meaning(slip) == self.meaning(first));
        (is_one && (slips.len() == 1 || self.meaning(first).is_some())).then_some(first)
    }
}

/// Whether a word is a known one with a letter left out, put in or put in another's place.
fn is_slip(word: &str, known: &str) -> bool {
    let letters = |word: &str| {
        let mut letters: Vec<_> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    let is_swapped = || known.len() == word.len() && letters(known) == letters(word);
    let is_long = known.len() > 4 && known.len() != word.len();
    word.len() > 3 && known.len() > 3 && (is_long || is_swapped()) && strsim::osa_distance(known, word) == 1
}
