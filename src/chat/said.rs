//! What a server says of an error, in whatever form.

use contracts::Line;
use serde_json::Value;

use crate::redaction::redact;

/// As much of the server's own words is told, in characters.
const LONGEST: usize = 160;
/// Where the words are, the most telling first.
const FIELDS: [&str; 6] = ["message", "error", "detail", "msg", "error_description", "title"];
/// What says which error it is, for programs.
const CODES: [&str; 4] = ["code", "type", "status", "param"];

/// An error as the server tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Its words, as they came.
    words: String,
    /// Its codes and the name of what it refuses, each behind a space.
    codes: String,
    /// The status of HTTP that stands in it.
    pub(super) status: Option<u16>,
}

impl Said {
    /// What the body of an answer says.
    pub(super) fn in_body(body: &[u8]) -> Self {
        match serde_json::from_slice(body) {
            Ok(error) => Self::in_error(&error),
            Err(_) => Self::in_text(&String::from_utf8_lossy(body)),
        }
    }

    /// What a text says that should have been JSON. A page for people and half an object say nothing.
    pub(super) fn in_text(text: &str) -> Self {
        let has_words = !text.trim_start().starts_with(['<', '{', '[']);
        Self { words: if has_words { text.to_owned() } else { String::new() }, ..Self::default() }
    }

    /// What an error says, in the API's own form or another.
    pub(super) fn in_error(error: &Value) -> Self {
        let mut said = Self { words: words(error).unwrap_or_default(), ..Self::default() };
        said.read_codes(error);
        said
    }

    fn read_codes(&mut self, error: &Value) {
        match error {
            Value::Array(errors) => errors.iter().for_each(|error| self.read_codes(error)),
            Value::Object(fields) => {
                for value in CODES.iter().filter_map(|field| fields.get(*field)) {
                    let status = value.as_u64().and_then(|code| u16::try_from(code).ok());
                    self.status = self.status.or(status.filter(|code| (400..600).contains(code)));
                    if let Some(code) = value.as_str() {
                        self.codes += " ";
                        self.codes += code;
                    }
                }
                FIELDS.iter().filter_map(|field| fields.get(*field)).for_each(|inner| self.read_codes(inner));
            }
            _ => {}
        }
    }

    /// All of it, for finding out what is meant; never shown.
    pub(super) fn everything(&self) -> String {
        format!("{}{}", self.words, self.codes)
    }

    /// Its words, fit to be shown behind ours: cleaned, without addresses and secrets, and cut; empty where there are none.
    pub(super) fn shown(&self) -> String {
        let line = Line::new(&self.words);
        let words: Vec<_> = line.as_str().split_whitespace().filter(|word| !word.contains("://")).collect();
        let words = redact(&words.join(" "));
        let words = words.trim_end_matches(['.', ':', ' ']);
        match words.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", words[..end].trim_end()),
            None => words.to_owned(),
        }
    }
}

fn words(error: &Value) -> Option<String> {
    match error {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Array(errors) => {
            let all: Vec<_> = errors.iter().filter_map(words).collect();
            (!all.is_empty()).then(|| all.join("; "))
        }
        Value::Object(fields) => {
            let said = FIELDS.iter().find_map(|field| words(fields.get(*field)?))?;
            // Where in the request it is, and what a gateway was told itself.
            let place = fields.get("loc").and_then(place).map(|place| format!("{place}: "));
            let raw = fields.get("metadata").and_then(|metadata| words(metadata.get("raw")?));
            let raw = raw.map(|raw| format!(": {}", Said::in_body(raw.as_bytes()).words));
            Some(format!("{}{said}{}", place.unwrap_or_default(), raw.unwrap_or_default()))
        }
        _ => None,
    }
}

fn place(parts: &Value) -> Option<String> {
    let parts: Vec<_> = parts.as_array()?.iter().filter_map(Value::as_str).filter(|part| *part != "body").collect();
    (!parts.is_empty()).then(|| parts.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_found_in_every_form_that_servers_have() {
        for (body, shown) in [
            (r#"{"error": {"message": "No such model.", "type": "x", "code": "model_not_found"}}"#, "No such model"),
            (r#"{"error": "does not support tools"}"#, "does not support tools"),
            (
                r#"[{"error": {"code": 400, "message": "Invalid JSON payload.", "status": "INVALID_ARGUMENT"}}]"#,
                "Invalid JSON payload",
            ),
            (
                r#"{"detail": [{"loc": ["body", "max_completion_tokens"], "msg": "Extra inputs", "input": {"tools": 1}}]}"#,
                "max_completion_tokens: Extra inputs",
            ),
            (r#"{"object": "error", "message": {"detail": [{"loc": ["body", "a"], "msg": "b"}]}}"#, "a: b"),
            (r#"{"detail": "Not Found"}"#, "Not Found"),
            (
                r#"{"error": {"message": "Provider returned error", "metadata": {"raw": "{\"error\": \"no tools\"}"}}}"#,
                "Provider returned error: no tools",
            ),
            ("upstream connect error", "upstream connect error"),
            ("<html><body>Log in</body></html>", ""),
            (r#"{"error": {"code": 500}}"#, ""),
            ("", ""),
        ] {
            assert_eq!(Said::in_body(body.as_bytes()).shown(), shown, "{body}");
        }
    }

    #[test]
    fn words_are_shown_without_addresses_secrets_and_what_moves_a_cursor() {
        let said = Said::in_text(
            "Key sk-proj-abcdefghijklmnopqrstuvwx1234567890 \u{1b}[2Jof gpt-4.1: see https://a.example/b.\n",
        );
        assert_eq!(said.shown(), "Key [secret] [2Jof gpt-4.1: see");
        assert!(Said::in_text(&"word ".repeat(100)).shown().ends_with("word…"));
    }

    #[test]
    fn codes_are_read_of_the_error_alone() {
        let said =
            Said::in_body(br#"{"error": {"message": "m", "code": 429, "type": "t", "param": "stream", "other": "o"}}"#);
        assert_eq!((said.everything().as_str(), said.status), ("m t stream", Some(429)));
    }
}
