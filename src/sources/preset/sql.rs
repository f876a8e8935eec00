//! Just enough reading of SQL to see that a section is one SELECT (no ATTACH, no second statement) and to find `:as_of`
//! in it, which our SQLite driver only knows as `?1`.

/// The SELECT of `sql` with `?1` for `:as_of`.
///
/// # Errors
/// What is wrong with it, to go on after `the section …`.
pub(super) fn one_select(sql: &str) -> Result<String, &'static str> {
    let mut select = String::with_capacity(sql.len());
    let mut first_word = None;
    let mut ended = false;
    let mut rest = sql;
    while let Some(next) = rest.chars().next() {
        let length = match next {
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => 4 + rest[2..].find("*/").ok_or("has a comment that never ends")?,
            c if c.is_whitespace() => c.len_utf8(),
            _ if ended => return Err("has more than one statement: write one SELECT"),
            ';' => {
                ended = true;
                rest = &rest[1..];
                continue;
            }
            '\'' | '"' | '`' => 2 + rest[1..].find(next).ok_or("has a quote that never closes")?,
            '[' => 1 + rest.find(']').ok_or("has a bracket that never closes")?,
            ':' | '@' | '$' | '?' => {
                let length = 1 + word_length(&rest[1..]);
                if &rest[..length] != ":as_of" {
                    return Err("has a parameter other than :as_of");
                }
                select.push_str("?1");
                rest = &rest[length..];
                continue;
            }
            c => word_length(rest).max(c.len_utf8()),
        };
        let (piece, after) = rest.split_at(length);
        if first_word.is_none() && word_length(piece) > 0 {
            first_word = Some(piece.to_ascii_lowercase());
        }
        select.push_str(piece);
        rest = after;
    }
    match first_word.as_deref() {
        Some("select" | "with") => Ok(select),
        Some(_) => Err("is not a SELECT"),
        None => Err("is empty: write one SELECT"),
    }
}

/// A name in double quotes that nobody knows.
#[derive(Debug, thiserror::Error)]
#[error("nothing is called \"{0}\"")]
pub(super) struct UnknownName(pub String);

/// The SELECT with the plain names for those in double quotes, as `resolve` knows them. SQLite would take a name that it
/// does not know for a text.
///
/// # Errors
/// A name in double quotes that nobody knows.
pub(super) fn quoted_names(select: &str, resolve: impl Fn(&str) -> Option<String>) -> Result<String, UnknownName> {
    let mut names = Vec::new();
    let mut pieces = Vec::new();
    let mut rest = select;
    while let Some(next) = rest.chars().next() {
        let length = match next {
            '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest[2..].find("*/").map_or(rest.len(), |end| 4 + end),
            '\'' | '"' | '`' => rest[1..].find(next).map_or(rest.len(), |end| 2 + end),
            '[' => rest.find(']').map_or(rest.len(), |end| 1 + end),
            c => word_length(rest).max(c.len_utf8()),
        };
        let (piece, after) = rest.split_at(length);
        if piece.starts_with('"') {
            let before = pieces.iter().rev().find(|piece: &&&str| !piece.trim().is_empty());
            if before.is_some_and(|word| word.eq_ignore_ascii_case("as")) {
                names.push(piece);
            }
        }
        pieces.push(piece);
        rest = after;
    }
    let plain = pieces.into_iter().map(|piece| match piece.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(_) if names.contains(&piece) => Ok(piece.to_owned()),
        Some(name) => resolve(name).map(|plain| format!("\"{plain}\"")).ok_or_else(|| UnknownName(name.to_owned())),
        None => Ok(piece.to_owned()),
    });
    plain.collect()
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())
}
