//! Whom a question is about: customers by id, name or something like it, and names that nobody in the book has.

mod forms;
mod names;
mod strangers;
mod words;

use std::ops::Range;

use contracts::{Line, book::CustomerRow};

pub use self::{forms::is_legal, names::nearest};
use self::{
    forms::{is_known, is_only_legal},
    names::{How, Named},
    words::Word,
};
use super::customer::{asked, is_slip};

/// Words behind which no name follows.
const DETERMINERS: [&str; 12] = ["a", "an", "the", "any", "some", "every", "each", "my", "our", "your", "their", "its"];

/// The most words of a name that nobody in the book has.
const LONGEST: usize = 4;

/// Whom a question is about, and the rest of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Who<'a> {
    /// Those who are named, place by place; several in one where nobody can tell which of them is meant.
    pub named: Vec<Vec<&'a CustomerRow>>,
    /// A name that nobody in the book has.
    pub stranger: Option<Line>,
    /// The question with `it` in the place of each name.
    pub rest: String,
}

/// Whom the question names. Where somebody is `selected`, words that nobody knows are rather words than names.
pub fn find<'a>(question: &str, book: &'a [CustomerRow], is_selected: bool) -> Who<'a> {
    let words = words::words(question);
    let mut named = names::find(&words, book);
    let strangers = strangers::find(&words, &named);
    named.retain(|named| !strangers.iter().any(|stranger| stranger.contains(&named.words.start)));
    named.retain(|named| !is_thing(named, &words));
    // `The weather` beside another's name is no name.
    if named.len() > 1 {
        named.retain(|named| {
            named.how > How::Part
                || words[named.words.start].is_capitalised()
                || !is_determined(&words, named.words.start)
        });
    }
    if named.is_empty() && strangers.is_empty() {
        named = (0..words.len()).filter_map(|place| alike(place, &words, book)).collect();
    }
    for named in &mut named {
        let forms = words[named.words.end..].iter().take_while(|word| is_only_legal(&word.folded)).count();
        named.words.end += forms;
    }
    let is_joined = |stranger: &&Range<usize>| {
        let before = stranger.start.checked_sub(1).map(|before| words[before].folded.as_str());
        named.is_empty() || matches!(before, Some("and" | "or" | "vs" | "versus"))
    };
    let read = || named.is_empty().then(|| unknown(question, &words, is_selected)).flatten();
    let stranger = strangers.iter().find(is_joined).cloned().or_else(read);
    let places: Vec<_> = named.iter().map(|named| named.words.clone()).chain(stranger.clone()).collect();
    let rest = without(question, &words, &places);
    let stranger = stranger.map(|range| Line::new(&words::typed(&words[range])));
    Who { named: named.into_iter().map(|named| named.customers).collect(), stranger, rest }
}

/// Whether a small part of a name is a thing: `how is the weather` is not about Weather Underground, but `the umbrella
/// account` is one.
fn is_thing(named: &Named<'_>, words: &[Word<'_>]) -> bool {
    let Range { start, end } = named.words;
    named.how <= How::Part && !words[start].is_capitalised() && is_determined(words, start) && !is_account(words, end)
}

/// Whether what stands before this place is said to be a customer: `the foobar account`.
fn is_account(words: &[Word<'_>], place: usize) -> bool {
    words.get(place).is_some_and(|next| ["account", "customer", "client"].contains(&next.folded.as_str()))
}

fn is_determined(words: &[Word<'_>], place: usize) -> bool {
    place.checked_sub(1).is_some_and(|before| DETERMINERS.contains(&words[before].folded.as_str()))
}

/// The customers whose names are like the word at this place, which may have a legal form behind it.
fn alike<'a>(place: usize, words: &[Word<'_>], book: &'a [CustomerRow]) -> Option<Named<'a>> {
    let word = &words[place];
    let is_thing = is_determined(words, place) && !is_account(words, place + 1);
    if is_thing || is_known(&word.folded) || is_slip(&word.folded) {
        return None;
    }
    let customers = names::alike(word, book);
    (!customers.is_empty()).then_some(Named { words: place..place + 1, how: How::Alike, customers })
}

/// The words that are taken for a name nobody has: those that nobody knows in a question that is understood without them,
/// and that stand where a name does.
fn unknown(question: &str, words: &[Word<'_>], is_selected: bool) -> Option<Range<usize>> {
    let is_strange = |place: &usize| {
        let folded = &words[*place].folded;
        !is_known(folded) && !is_slip(folded) && !folded.starts_with(|c: char| c.is_ascii_digit())
    };
    let start = (0..words.len()).find(is_strange)?;
    let end = (start..words.len()).take_while(is_strange).last()? + 1;
    let is_written = words[start..end].iter().any(|word| word.is_possessive || word.is_capitalised());
    let is_of = start
        .checked_sub(1)
        .is_some_and(|before| ["of", "for", "at", "about"].contains(&words[before].folded.as_str()));
    let is_possessive = words[end - 1].is_possessive;
    // A whole question in another language is no name.
    let is_alone = end - start == words.len();
    let is_short = end - start <= LONGEST && (!is_alone || words.iter().all(Word::is_capitalised));
    let is_name = if is_selected {
        is_possessive || (is_written && is_of)
    } else {
        !is_determined(words, start) || is_account(words, end)
    };
    let name = start..end;
    let rest = asked(&without(question, words, std::slice::from_ref(&name)));
    (is_name && is_short && rest.unknown.is_empty()).then_some(name)
}

/// The question with `it` in the place of these words, and of those that come again.
fn without(question: &str, words: &[Word<'_>], places: &[Range<usize>]) -> String {
    let mut rest = String::new();
    let mut from = 0;
    let again = |word: &Word<'_>| {
        let named = places.iter().flat_map(|place| &words[place.clone()]);
        !forms::is_common(&word.folded) && named.into_iter().any(|named| named.folded == word.folded)
    };
    let mut is_inside = false;
    for (place, word) in words.iter().enumerate() {
        let is_name = places.iter().any(|range| range.contains(&place)) || again(word);
        if is_name && !is_inside {
            rest.push_str(&question[from..word.start]);
            rest.push_str("it");
        }
        if is_name {
            from = word.start + word.text.len();
        }
        is_inside = is_name;
    }
    rest + &question[from..]
}
