//! Words that name nobody by themselves: those of questions, legal forms, and those that many companies have in their
//! names.

use super::super::{customer, tokens};

/// Legal forms of several words.
const FORMS: &[&[&str]] = &[
    &["株", "式", "会", "社"],
    &["有", "限", "会", "社"],
    &["有", "限", "公", "司"],
    &["s", "a"],
    &["s", "p", "a"],
    &["b", "v"],
];
const FORM_WORDS: &str = "ltd limited inc incorporated corp corporation co company llc llp lp plc gmbh mbh ag kg kgaa \
                          ug ohg se sa sas sarl srl spa bv nv ab as asa aps oy oyj pty pvt kk pte sro doo ooo";
const COMPANY_WORDS: &str = "group holding holdings care industries enterprises partners services solutions systems \
                             technologies technology software labs media capital foods global international brothers \
                             and und";

/// Whether the word means something in a question.
pub(super) fn is_known(word: &str) -> bool {
    let stems = || ["s", "ing", "ed"].iter().filter_map(|ending| word.strip_suffix(ending));
    let is_word = |word: &str| customer::knows(word) || tokens::knows(word);
    is_word(word) || stems().any(|stem| stem.len() > 3 && is_word(stem))
}

/// Whether the word is known, so that it names nobody by itself.
pub(super) fn is_common(word: &str) -> bool {
    is_known(word) || is_listed(COMPANY_WORDS, word) || is_legal(word)
}

/// Whether the word, folded, is a legal form at the end of a company's name.
pub fn is_legal(word: &str) -> bool {
    is_listed(FORM_WORDS, word)
}

/// Whether the word is nothing but a legal form, as `as` is not.
pub(super) fn is_only_legal(word: &str) -> bool {
    is_legal(word) && !is_known(word)
}

/// How many words of a legal form `words` begin with.
pub(super) fn legal_form(words: &[String]) -> usize {
    let is_start = |form: &&&[&str]| words.len() >= form.len() && form.iter().zip(words).all(|(a, b)| a == b);
    let several = FORMS.iter().find(is_start).map(|form| form.len());
    several.unwrap_or_else(|| usize::from(words.first().is_some_and(|word| is_legal(word))))
}

fn is_listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}
