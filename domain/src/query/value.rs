//! Values of terms, read by the kind of their fact.

use contracts::{
    Line,
    query::{Filter, Op, Operand},
};
use winnow::{
    Parser, Result,
    ascii::digit1,
    combinator::{alt, opt, preceded},
    token::take_while,
};

use super::{
    lexer::{Placed, Term, Written},
    problem::{Problem, What, nearest},
    time,
};
use crate::{
    facts::{Fact, Kind, named},
    words::{self, currency},
};

/// What is asked of a fact instead of a value.
pub(super) const MISSING: &str = "missing";
pub(super) const STALE: &str = "stale";
/// Of days to a day: it has passed.
pub(super) const OVERDUE: &str = "overdue";

/// The condition that a term makes. Several values are several that may hold.
pub(super) fn compare(term: &Term) -> Result<Filter, Problem> {
    let key = &term.key;
    let fact = named(&key.is).ok_or_else(|| Problem::unknown_fact(key.at.clone(), &key.is, &super::clauses::KEYS))?;
    let unfit = |at| Problem::unfit(at, fact, fits(fact));
    if term.values.is_empty() {
        return Err(unfit(key.at.clone()));
    }
    let is_of_words = matches!(fact.kind, Kind::Choice(_) | Kind::Text);
    if term.op != Op::Is && (is_of_words || fact.kind == Kind::Flag) {
        let what = What::NoOrder { short: fact.short.to_owned(), example: example(fact).to_owned() };
        return Err(Problem::new(key.at.clone(), what));
    }
    let (special, plain): (Vec<_>, Vec<_>) = term.values.iter().partition(|value| is_special(&value.is, term.op));
    let mut filters: Vec<Filter> = special
        .iter()
        .map(|value| match value.is.text() {
            MISSING => Filter::Missing(fact.id.clone()),
            _ => Filter::Stale(fact.id.clone()),
        })
        .collect();
    let is = |op, value| Filter::Compare { fact: fact.id.clone(), op, value };
    if is_of_words && !plain.is_empty() {
        let words = plain.iter().map(|value| word(fact, value)).collect::<Result<_, _>>()?;
        filters.insert(0, is(Op::Is, Operand::Words(words)));
    } else {
        for value in plain {
            let text = value.is.text();
            let bad = || unfit(value.at.clone());
            let filter = match text.split_once("..").filter(|_| term.op == Op::Is) {
                Some((from, to)) => {
                    let (from, to) = (operand(fact.kind, from), operand(fact.kind, to));
                    let (from, to) = from.zip(to).ok_or_else(bad)?;
                    Filter::All(vec![is(Op::AtLeast, from), is(Op::AtMost, to)])
                }
                None if text == OVERDUE && fact.kind == Kind::DaysUntil && term.op == Op::Is => {
                    is(Op::Under, Operand::Days(0))
                }
                None => is(term.op, operand(fact.kind, text).ok_or_else(bad)?),
            };
            filters.push(filter);
        }
    }
    Ok(one_or(filters, Filter::Any))
}

fn is_special(value: &Written, op: Op) -> bool {
    matches!(value, Written::Bare(text) if op == Op::Is && (text == MISSING || text == STALE))
}

/// A word of a choice as the catalogue has it, or a text.
fn word(fact: &'static Fact, value: &Placed<Written>) -> Result<Line, Problem> {
    let text = value.is.text();
    match fact.kind {
        Kind::Choice(words) => {
            let known = words.iter().find(|word| word.eq_ignore_ascii_case(text));
            let near = || {
                nearest(text, words.iter().copied()).into_iter().next().map(|near| format!("; did you mean {near}?"))
            };
            let fits = || near().map_or_else(|| fits(fact), |near| fits(fact) + near.trim_end_matches('?'));
            known.map(|word| Line::new(word)).ok_or_else(|| Problem::unfit(value.at.clone(), fact, fits()))
        }
        _ => {
            let line = Line::new(text);
            if line.is_empty() { Err(Problem::unfit(value.at.clone(), fact, fits(fact))) } else { Ok(line) }
        }
    }
}

/// What values a fact wants, for a sentence.
pub fn fits(fact: &Fact) -> String {
    match fact.kind {
        Kind::Count(_) | Kind::Measurement => "a number, such as <3 or 10..20".to_owned(),
        Kind::Money => "an amount, such as >100k, EUR50k or 10k..50k".to_owned(),
        Kind::Date => time::FITS.to_owned(),
        Kind::Days => "a number of days, such as >30d".to_owned(),
        Kind::DaysSince => format!("a number of days, such as >30d, or {}", time::FITS),
        Kind::DaysUntil => format!("a number of days, such as <60d, overdue, or {}", time::FITS),
        Kind::Share => "a share, such as >80% or <-20%".to_owned(),
        Kind::Choice(words) => format!("one of {}", words::list(words)),
        Kind::Flag => "yes or no".to_owned(),
        Kind::Text => format!("a word or a name, such as {0}:gold or {0}:\"Gold plus\"", fact.short),
    }
}

/// A value that fits the fact.
pub(super) fn example(fact: &Fact) -> &'static str {
    match fact.kind {
        Kind::Count(_) | Kind::Measurement => ">3",
        Kind::Money => ">100k",
        Kind::Date => "this-quarter",
        Kind::Days | Kind::DaysSince => ">30d",
        Kind::DaysUntil => "<60d",
        Kind::Share => ">80%",
        Kind::Choice(words) => words[0],
        Kind::Flag => "yes",
        Kind::Text => "gold",
    }
}

/// A value of this kind; words are read elsewhere.
pub(super) fn operand(kind: Kind, text: &str) -> Option<Operand> {
    match kind {
        Kind::Count(_) | Kind::Measurement => {
            number.parse(text).ok().map(|micros| Operand::Number(micros as f64 / 1_000_000.0))
        }
        Kind::Money => money.parse(text).ok(),
        Kind::Date => time::read(text).map(Operand::Time),
        Kind::Days => days.parse(text).ok().map(Operand::Days),
        Kind::DaysSince | Kind::DaysUntil => {
            time::read(text).map(Operand::Time).or_else(|| days.parse(text).ok().map(Operand::Days))
        }
        Kind::Share => share.parse(text).ok().map(Operand::Share),
        Kind::Flag => match text.to_lowercase().as_str() {
            "yes" => Some(Operand::Flag(true)),
            "no" => Some(Operand::Flag(false)),
            _ => None,
        },
        Kind::Choice(_) | Kind::Text => None,
    }
}

/// `1.5k` in millionths.
fn number(input: &mut &str) -> Result<i64> {
    (decimal, opt(factor)).verify_map(|(micros, factor)| micros.checked_mul(factor.unwrap_or(1))).parse_next(input)
}

/// A number in millionths, so that it is exact.
fn decimal(input: &mut &str) -> Result<i64> {
    let part = preceded('.', take_while(1..=6, |c: char| c.is_ascii_digit()));
    let whole = digit1.verify_map(|digits: &str| digits.parse::<i64>().ok()?.checked_mul(1_000_000));
    (opt('-'), whole, opt(part))
        .verify_map(|(sign, whole, part): (_, i64, Option<&str>)| {
            let part = format!("{:0<6}", part.unwrap_or_default()).parse::<i64>().ok()?;
            let micros = whole.checked_add(part)?;
            Some(if sign.is_some() { -micros } else { micros })
        })
        .parse_next(input)
}

fn factor(input: &mut &str) -> Result<i64> {
    alt((alt(('k', 'K')).value(1_000), alt(("bn", "BN")).value(1_000_000_000), alt(('m', 'M')).value(1_000_000)))
        .parse_next(input)
}

fn money(input: &mut &str) -> Result<Operand> {
    let code = || take_while(1.., |c: char| !c.is_ascii_digit() && c != '-' && c != '.').verify_map(code);
    (opt(code()), number, opt(code()))
        .verify_map(|(before, micros, after)| {
            let currency = if before.is_some() && after.is_some() { return None } else { before.or(after) };
            (micros % 10_000 == 0).then_some(Operand::Money { minor: micros / 10_000, currency })
        })
        .parse_next(input)
}

/// The code of a currency: a sign or a word that stands for one, or three letters.
fn code(text: &str) -> Option<Line> {
    let is_code = text.len() == 3 && text.chars().all(|c| c.is_ascii_alphabetic());
    currency(text).map(Line::new).or_else(|| is_code.then(|| Line::new(&text.to_uppercase())))
}

fn days(input: &mut &str) -> Result<i64> {
    let unit = opt(alt(('d'.value(1), 'w'.value(7)))).map(|unit| unit.unwrap_or(1));
    let whole = (opt('-'), digit1.parse_to::<u32>());
    (whole, unit).map(|((sign, n), unit)| i64::from(n) * unit * if sign.is_some() { -1 } else { 1 }).parse_next(input)
}

/// A percentage in basis points.
fn share(input: &mut &str) -> Result<i64> {
    (decimal, '%').verify_map(|(micros, _)| (micros % 10_000 == 0).then_some(micros / 10_000)).parse_next(input)
}

/// The only one of these, or all of them together.
pub(super) fn one_or(mut filters: Vec<Filter>, together: fn(Vec<Filter>) -> Filter) -> Filter {
    match filters.len() {
        1 => filters.remove(0),
        _ => together(filters),
    }
}
