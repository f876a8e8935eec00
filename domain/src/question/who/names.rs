//! Which customers a sentence names.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap},
    ops::Range,
};

use contracts::book::CustomerRow;

use super::{
    forms::{is_common, is_only_legal, legal_form},
    words::{Word, fold, folded_words},
};

/// Letters of a name for each one that may be wrong; so many may be at most.
const LETTERS_A_SLIP: usize = 4;
const MAX_SLIPS: usize = 2;

/// A place of the sentence that names a customer, or several where nobody can tell which.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Named<'a> {
    /// The words.
    pub words: Range<usize>,
    /// How surely.
    pub how: How,
    /// Those that may be meant, best match first.
    pub customers: Vec<&'a CustomerRow>,
}

/// How a customer is named; the later the surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// By something like its name.
    Alike,
    /// By the first letters of its name's words.
    Initials,
    /// By a part of its name.
    Part,
    /// By its name without the legal form.
    WithoutForm,
    /// By its whole name or id.
    Whole,
}

/// The customers that the sentence names. Where two names overlap, the longer one counts.
pub(super) fn find<'a>(words: &[Word<'_>], book: &'a [CustomerRow]) -> Vec<Named<'a>> {
    let sentence = Sentence::new(words);
    let mut hits: Vec<_> = book.iter().filter_map(|row| Some((sentence.best_hit(row)?, row))).collect();
    hits.sort_by_cached_key(|((range, how), row)| {
        (
            Reverse((sentence.length(range), *how)),
            range.start,
            row.name.as_str().len(),
            row.name.clone(),
            row.id.clone(),
        )
    });
    let mut named: Vec<Named<'a>> = Vec::new();
    for ((range, how), row) in hits {
        let rival = named.iter_mut().find(|named| named.words.start < range.end && range.start < named.words.end);
        match rival {
            None => named.push(Named { words: range, how, customers: vec![row] }),
            Some(rival) if rival.words == range && rival.how == how => rival.customers.push(row),
            Some(_) => {}
        }
    }
    named.sort_by_key(|named| named.words.start);
    named
}

/// The customers that a mistyped word names: those whose names have the fewest letters wrong, and none too many.
pub(super) fn alike<'a>(word: &Word<'_>, book: &'a [CustomerRow]) -> Vec<&'a CustomerRow> {
    let wanted = &word.folded;
    let slips = (wanted.chars().count() / LETTERS_A_SLIP).min(MAX_SLIPS);
    if slips == 0 {
        return Vec::new();
    }
    let first = wanted.chars().next();
    let is_near = |name: &String| name.chars().next() == first && name.len().abs_diff(wanted.len()) <= 2 * slips;
    let distance = |row: &CustomerRow| {
        let near = spellings(row).filter(is_near).filter(|name| !is_common(name));
        near.map(|name| strsim::osa_distance(&name, wanted)).min().filter(|&wrong| wrong <= slips)
    };
    let mut near: Vec<_> = book.iter().filter_map(|row| Some((distance(row)?, row))).collect();
    near.sort_by_key(|(wrong, _)| *wrong);
    let least = near.first().map_or(0, |(wrong, _)| *wrong);
    near.into_iter().take_while(|(wrong, _)| *wrong == least).map(|(_, row)| row).collect()
}

/// The customers whose names are most like what was typed, nearest first, from a `likeness` (0 to 1) on.
pub fn nearest<'a>(book: &'a [CustomerRow], wanted: &str, likeness: f64) -> Vec<&'a CustomerRow> {
    let wanted = fold(wanted);
    let alike = |row| spellings(row).map(|name| strsim::jaro_winkler(&name, &wanted)).fold(0.0, f64::max);
    let mut near: Vec<_> = book.iter().map(|row| (alike(row), row)).filter(|(alike, _)| *alike >= likeness).collect();
    near.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    near.into_iter().map(|(_, row)| row).collect()
}

/// What a customer may be called: its id, its name and the words of it.
fn spellings(row: &CustomerRow) -> impl Iterator<Item = String> {
    let whole = [fold(row.id.as_str()), fold(row.name.as_str())];
    folded_words(row.name.as_str()).into_iter().chain(whole)
}

type Hit = (Range<usize>, How);

/// A sentence whose words can be looked up.
struct Sentence<'a> {
    words: &'a [Word<'a>],
    places: HashMap<&'a str, Vec<usize>>,
    common: BTreeSet<usize>,
    has_abbreviation: bool,
}

impl<'a> Sentence<'a> {
    fn new(words: &'a [Word<'a>]) -> Self {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (i, word) in words.iter().enumerate() {
            places.entry(&word.folded).or_default().push(i);
        }
        let common = (0..words.len()).filter(|&i| is_common(&words[i].folded)).collect();
        let has_abbreviation = words.iter().any(Word::is_abbreviation);
        Self { words, places, common, has_abbreviation }
    }

    /// How many letters a range has; the longer of two names is meant.
    fn length(&self, range: &Range<usize>) -> usize {
        self.words[range.clone()].iter().map(|word| word.folded.chars().count()).sum()
    }

    /// The surest way in which the sentence names the customer.
    fn best_hit(&self, row: &CustomerRow) -> Option<Hit> {
        let name = folded_words(row.name.as_str());
        let core = core(&name);
        let by_name = self.find(&name);
        // Nobody types a legal form but in a name.
        if by_name.is_some() && name.len() > 1 && name.iter().any(|word| is_only_legal(word)) {
            return by_name.map(|range| (range, How::Whole));
        }
        let whole = by_name.or_else(|| self.by_id(row)).map(|range| (range, How::Whole));
        let without_form = || (core.len() < name.len()).then(|| self.find(core)).flatten();
        whole
            .or_else(|| without_form().map(|range| (range, How::WithoutForm)))
            .filter(|(range, _)| self.is_meant(range))
            .or_else(|| self.longest_part(core).map(|range| (range, How::Part)))
            .or_else(|| self.by_initials(&name).map(|range| (range, How::Initials)))
    }

    fn by_id(&self, row: &CustomerRow) -> Option<Range<usize>> {
        // Most ids are one word, which needs no parting.
        let id = row.id.as_str();
        if id.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return self.find(&[id.to_ascii_lowercase()]);
        }
        self.find(&folded_words(id))
    }

    /// The place of these words, one behind the other.
    fn find(&self, wanted: &[String]) -> Option<Range<usize>> {
        let starts = self.places.get(wanted.first()?.as_str())?;
        let is_here = |start: usize| {
            let here = self.words.get(start..start + wanted.len());
            here.is_some_and(|here| here.iter().zip(wanted).all(|(word, wanted)| word.folded == *wanted))
        };
        let mut places =
            starts.iter().copied().filter(|&start| is_here(start)).map(|start| start..start + wanted.len());
        let first = places.next()?;
        // A name that reads like other words is meant where it is written like a name.
        Some(if self.is_meant(&first) { first } else { places.find(|range| self.is_meant(range)).unwrap_or(first) })
    }

    /// Whether words that mean something by themselves are written as a name is.
    fn is_meant(&self, range: &Range<usize>) -> bool {
        let words = &self.words[range.clone()];
        let is_sentence = range.len() == self.words.len();
        let is_name = words.iter().all(Word::is_capitalised) && (range.start > 0 || range.len() > 1);
        let is_common = range.clone().all(|i| self.common.contains(&i));
        !is_common || is_name || is_sentence || words.iter().any(|word| word.is_possessive)
    }

    /// The most words of the name that stand together in the sentence, one at least that means nothing else.
    fn longest_part(&self, name: &[String]) -> Option<Range<usize>> {
        let is_telling =
            |word: &String| self.places.get(word.as_str()).is_some_and(|places| !self.common.contains(&places[0]));
        let telling = name.iter().enumerate().filter(|(_, word)| is_telling(word));
        let parts = telling.filter_map(|(place, _)| {
            let starts = (0..=place)
                .filter_map(|start| (place + 1..=name.len()).rev().find_map(|end| self.find(&name[start..end])));
            starts.max_by_key(|range| self.length(range))
        });
        parts.filter(|range| self.is_long_enough(range)).max_by_key(|range| self.length(range))
    }

    /// A letter or two name nobody, unless they are characters of a script that writes words with so few.
    fn is_long_enough(&self, range: &Range<usize>) -> bool {
        let text: String = self.words[range.clone()].iter().map(|word| word.folded.as_str()).collect();
        let is_number = text.bytes().all(|b| b.is_ascii_digit());
        !is_number && text.chars().count() >= if text.is_ascii() { 3 } else { 2 }
    }

    fn by_initials(&self, name: &[String]) -> Option<Range<usize>> {
        if name.len() < 2 || !self.has_abbreviation {
            return None;
        }
        let spells = |word: &Word<'_>| {
            word.is_abbreviation() && word.folded.chars().eq(name.iter().filter_map(|word| word.chars().next()))
        };
        let place = (0..self.words.len()).find(|i| !self.common.contains(i) && spells(&self.words[*i]))?;
        Some(place..place + 1)
    }
}

/// The name without its legal form, in front or behind; the name where nothing else is left.
fn core(name: &[String]) -> &[String] {
    let mut core = match legal_form(name) {
        front if front > 1 => &name[front..],
        _ => name,
    };
    loop {
        let form = (1..=4).find(|&length| length < core.len() && legal_form(&core[core.len() - length..]) == length);
        match form {
            Some(length) => core = &core[..core.len() - length],
            None => break,
        }
    }
    if core.is_empty() { name } else { core }
}
