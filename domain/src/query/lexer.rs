//! A text as terms, words and parentheses, each with its place.

use std::ops::Range;

use contracts::query::Op;
use winnow::{
    Parser, Result,
    ascii::multispace0,
    combinator::{alt, delimited, opt, preceded, repeat, separated, terminated},
    stream::LocatingSlice,
    token::{none_of, take_while},
};

use super::problem::{Problem, What};

/// A part of a text, and its place in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed<T> {
    pub is: T,
    pub at: Range<usize>,
}

/// What a text consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    Term(Term),
    /// A word by itself, which may be `or`, `and` or `not`.
    Word(String),
}

/// `key:<value,value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub key: Placed<String>,
    pub op: Op,
    pub values: Vec<Placed<Written>>,
}

/// A value as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Written {
    Bare(String),
    /// In quotation marks: a word, whatever else it might mean.
    Quoted(String),
}

impl Written {
    pub fn text(&self) -> &str {
        match self {
            Self::Bare(text) | Self::Quoted(text) => text,
        }
    }
}

type Input<'t> = LocatingSlice<&'t str>;

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed<Token>>, Problem> {
    let mut all = preceded(multispace0, repeat(0.., terminated(placed(token), multispace0)));
    all.parse(LocatingSlice::new(text)).map_err(|error| {
        let place = error.offset();
        let rest = text.get(place..).unwrap_or_default();
        let what = if rest.contains('"') { What::Unclosed("a quotation mark") } else { What::Unexpected };
        Problem::new(place..place + rest.chars().next().map_or(0, char::len_utf8), what)
    })
}

fn placed<'t, T>(
    parser: impl Parser<Input<'t>, T, winnow::error::ContextError>,
) -> impl Parser<Input<'t>, Placed<T>, winnow::error::ContextError> {
    parser.with_span().map(|(is, at)| Placed { is, at })
}

fn token(input: &mut Input<'_>) -> Result<Token> {
    alt(('('.value(Token::Open), ')'.value(Token::Close), term.map(Token::Term), word.map(Token::Word)))
        .parse_next(input)
}

fn term(input: &mut Input<'_>) -> Result<Term> {
    let key = take_while(1.., |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')).map(str::to_lowercase);
    let key = terminated(placed(key), ':');
    let values = separated(0.., placed(value), ',');
    (key, opt(op), values).map(|(key, op, values)| Term { key, op: op.unwrap_or(Op::Is), values }).parse_next(input)
}

fn op(input: &mut Input<'_>) -> Result<Op> {
    alt((
        alt(("<=", "≤")).value(Op::AtMost),
        alt((">=", "≥")).value(Op::AtLeast),
        '<'.value(Op::Under),
        '>'.value(Op::Over),
        '='.value(Op::Is),
    ))
    .parse_next(input)
}

fn value(input: &mut Input<'_>) -> Result<Written> {
    alt((
        quoted.map(Written::Quoted),
        (bare, opt(('(', bare, ')'))).take().map(|text: &str| Written::Bare(text.into())),
    ))
    .parse_next(input)
}

fn bare<'t>(input: &mut Input<'t>) -> Result<&'t str> {
    take_while(1.., |c: char| !c.is_whitespace() && !matches!(c, '(' | ')' | ',' | '"')).parse_next(input)
}

fn quoted(input: &mut Input<'_>) -> Result<String> {
    let letter = alt((preceded('\\', alt(('"', '\\'))), none_of(['"', '\\'])));
    delimited('"', repeat(0.., letter), '"').parse_next(input)
}

fn word(input: &mut Input<'_>) -> Result<String> {
    alt((quoted, bare.map(str::to_owned))).parse_next(input)
}
