//! A text as a query. What stands side by side holds together; `or` parts what one of holds at least.

use contracts::query::{Filter, Query};

use super::{
    clauses,
    lexer::{Placed, Term, Token, tokens},
    problem::{Problem, What},
    value,
};

/// The longest text, in bytes.
pub const LONGEST: usize = 2_000;

/// How many parentheses and `not` may stand in each other.
const DEEPEST: usize = 20;

/// A query, and the words beside it that name nothing: a list looks for them in names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Search {
    /// The words, with spaces between them.
    pub words: String,
    /// The rest.
    pub query: Query,
}

/// Reads a query.
///
/// # Errors
/// What is wrong first, and where.
pub fn parse(text: &str) -> Result<Query, Problem> {
    let read = read(text)?;
    if let Some(word) = read.words.into_iter().next() {
        return Err(Problem::new(word.at, What::Alone { word: word.is }));
    }
    clauses::query(read.filter, &read.clauses)
}

/// Reads what holds for customers, and nothing else.
///
/// # Errors
/// The same, and where there is an order or anything else that no condition is.
pub fn filter(text: &str) -> Result<Filter, Problem> {
    let clause = read(text)?.clauses.into_iter().next();
    match clause {
        Some(Term { key, .. }) => Err(Problem::new(key.at, What::NoClause(key.is))),
        None => parse(text).map(|query| query.filter),
    }
}

/// Reads a query with words beside it.
///
/// # Errors
/// What is wrong first, and where.
pub fn search(text: &str) -> Result<Search, Problem> {
    let read = read(text)?;
    let words: Vec<_> = read.words.into_iter().map(|word| word.is).collect();
    Ok(Search { words: words.join(" "), query: clauses::query(read.filter, &read.clauses)? })
}

/// A text in its parts.
struct Read {
    filter: Filter,
    clauses: Vec<Term>,
    words: Vec<Placed<String>>,
}

fn read(text: &str) -> Result<Read, Problem> {
    if text.len() > LONGEST {
        return Err(Problem::new(0..0, What::TooLong { longest: LONGEST }));
    }
    let tokens = tokens(text)?;
    let mut reader =
        Reader { tokens: &tokens, next: 0, depth: 0, end: text.len(), clauses: Vec::new(), words: Vec::new() };
    let filter = reader.any()?;
    match reader.peek() {
        Some(stray) => Err(Problem::new(stray.at.clone(), What::Unexpected)),
        None => {
            let Reader { clauses, words, .. } = reader;
            Ok(Read { filter: filter.unwrap_or_default(), clauses, words })
        }
    }
}

struct Reader<'t> {
    tokens: &'t [Placed<Token>],
    next: usize,
    /// How many parentheses and `not` are open.
    depth: usize,
    /// Where the text ends.
    end: usize,
    clauses: Vec<Term>,
    words: Vec<Placed<String>>,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<&'t Placed<Token>> {
        self.tokens.get(self.next)
    }

    /// Takes this word, where it comes next.
    fn took(&mut self, wanted: &str) -> bool {
        let is_it = matches!(self.peek(), Some(Placed { is: Token::Word(word), .. }) if word == wanted);
        self.next += usize::from(is_it);
        is_it
    }

    fn here(&self) -> std::ops::Range<usize> {
        self.peek().map_or(self.end..self.end, |token| token.at.clone())
    }

    /// `a b or c`; none of nothing, or of nothing but what stands beside a filter.
    fn any(&mut self) -> Result<Option<Filter>, Problem> {
        let first = self.all()?;
        let mut any: Vec<_> = first.into_iter().collect();
        while self.took("or") {
            if any.is_empty() {
                return Err(Problem::new(self.here(), What::Unexpected));
            }
            let at = self.here();
            any.push(self.all()?.ok_or_else(|| Problem::new(at, What::Nothing("or")))?);
        }
        Ok((!any.is_empty()).then(|| value::one_or(any, Filter::Any)))
    }

    /// `a b`, `a and b`.
    fn all(&mut self) -> Result<Option<Filter>, Problem> {
        let mut all = Vec::new();
        loop {
            match self.peek() {
                None | Some(Placed { is: Token::Close, .. }) => break,
                Some(Placed { is: Token::Word(word), .. }) if word == "or" => break,
                Some(_) if self.took("and") => {
                    let at = self.here();
                    if all.is_empty() {
                        return Err(Problem::new(at, What::Unexpected));
                    }
                    let before = all.len();
                    all.extend(self.one()?);
                    if all.len() == before {
                        return Err(Problem::new(at, What::Nothing("and")));
                    }
                }
                Some(_) => all.extend(self.one()?),
            }
        }
        let all: Vec<_> = all
            .into_iter()
            .flat_map(|filter| match filter {
                Filter::All(nested) => nested,
                other => vec![other],
            })
            .collect();
        Ok((!all.is_empty()).then(|| value::one_or(all, Filter::All)))
    }

    fn one(&mut self) -> Result<Option<Filter>, Problem> {
        let Some(token) = self.peek() else { return Ok(None) };
        if self.took("not") {
            let at = self.here();
            let inner = self.deeper(token, Self::one)?;
            let inner = inner.ok_or_else(|| Problem::new(at, What::Nothing("not")))?;
            return Ok(Some(Filter::Not(Box::new(inner))));
        }
        match &token.is {
            Token::Open => {
                self.next += 1;
                let inner = self.deeper(token, Self::any)?;
                match self.peek() {
                    Some(Placed { is: Token::Close, .. }) => self.next += 1,
                    _ => return Err(Problem::new(token.at.clone(), What::Unclosed("a parenthesis"))),
                }
                inner.map(Some).ok_or_else(|| Problem::new(token.at.clone(), What::Nothing("(")))
            }
            Token::Term(term) if clauses::is_clause(&term.key.is) => {
                self.next += 1;
                if self.depth > 0 {
                    return Err(Problem::new(term.key.at.clone(), What::ClauseInside(term.key.is.clone())));
                }
                self.clauses.push(term.clone());
                Ok(None)
            }
            Token::Term(term) => {
                self.next += 1;
                value::compare(term).map(Some)
            }
            Token::Word(word) if self.depth == 0 && word != "or" && word != "and" => {
                self.next += 1;
                self.words.push(Placed { is: word.clone(), at: token.at.clone() });
                Ok(None)
            }
            Token::Word(_) | Token::Close => Err(Problem::new(token.at.clone(), What::Unexpected)),
        }
    }

    fn deeper<T>(&mut self, token: &Placed<Token>, read: fn(&mut Self) -> Result<T, Problem>) -> Result<T, Problem> {
        if self.depth == DEEPEST {
            return Err(Problem::new(token.at.clone(), What::TooDeep));
        }
        self.depth += 1;
        let inner = read(self);
        self.depth -= 1;
        inner
    }
}
