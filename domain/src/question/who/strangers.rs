//! Names of nobody in the book, known by how they are written.

use std::ops::Range;

use super::{
    forms::{is_known, is_only_legal},
    names::Named,
    words::Word,
};

/// The places that are written as names whatever their words mean: in quotation marks, before a legal form, or with a
/// customer's name as a part of them.
pub(super) fn find(words: &[Word<'_>], named: &[Named<'_>]) -> Vec<Range<usize>> {
    let is_customer = |i: usize| named.iter().any(|named| named.words.contains(&i));
    let mut found = quoted(words);
    // A customer's name with a legal form is that customer's, and one among words that mean something is only named.
    found.retain(|range| {
        let mut rest = range.clone().filter(|&i| !is_customer(i) && !is_only_legal(&words[i].folded)).peekable();
        let is_named = range.clone().any(is_customer);
        !is_named || (rest.peek().is_some() && rest.all(|i| !is_known(&words[i].folded)))
    });
    found.extend((0..words.len()).filter_map(|form| before_form(words, form, is_customer)));
    found.extend(named.iter().filter_map(|named| around(words, &named.words)));
    found.sort_by_key(|range| (range.start, range.end));
    found.dedup_by(|next, range| next.start < range.end);
    found
}

/// `"Nobody"` in a sentence of more.
fn quoted(words: &[Word<'_>]) -> Vec<Range<usize>> {
    let opens = |i: &usize| words[*i].before.ends_with(['"', '“', '”', '„', '«', '»']);
    let closes = |i: &usize| words[*i].after.starts_with(['"', '“', '”', '«', '»']);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = (from..words.len()).find(opens)
        && let Some(last) = (start..words.len()).find(closes)
    {
        found.push(start..last + 1);
        from = last + 1;
    }
    found.retain(|range| range.len() < words.len());
    found
}

/// `Nobody Inc`: the words that are capitalised or not known in front of the form, one at least whatever it is.
fn before_form(words: &[Word<'_>], form: usize, is_customer: impl Fn(usize) -> bool) -> Option<Range<usize>> {
    let next = form.checked_sub(1)?;
    if !is_only_legal(&words[form].folded) || is_only_legal(&words[next].folded) || is_customer(next) {
        return None;
    }
    // `Se` and `as` are words of other languages, too.
    let is_small = words[form].text.len() < 3 && !words[form].text.contains(char::is_uppercase);
    if is_small && !words[next].is_capitalised() {
        return None;
    }
    let is_new = |i: usize| words[i].is_capitalised() || !is_known(&words[i].folded);
    let is_name = |i: &usize| is_new(*i) && !is_customer(*i);
    let start = (0..next).rev().take_while(is_name).last().unwrap_or(next);
    // A sentence begins with a capital, whatever its first word is.
    let is_beginning = start == 0 && next > 0 && is_known(&words[0].folded);
    Some(start + usize::from(is_beginning)..form + 1)
}

/// `Acme Bank` is not Acme.
fn around(words: &[Word<'_>], name: &Range<usize>) -> Option<Range<usize>> {
    let is_name =
        |i: usize| words[i].is_capitalised() && !is_known(&words[i].folded) && !is_only_legal(&words[i].folded);
    let is_beside = |i: usize| words[i].before == " " && !words[i - 1].is_possessive;
    let start = (1..name.start).rev().take_while(|&i| is_name(i) && is_beside(i + 1)).last().unwrap_or(name.start);
    let end = (name.end..words.len()).take_while(|&i| is_name(i) && is_beside(i)).last().map_or(name.end, |i| i + 1);
    ((start..end) != *name).then_some(start..end)
}
