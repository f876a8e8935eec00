//! The one JSON object in what a model wrote: models think aloud before it, talk around it, fence it, and wrap it.

use std::cmp::Reverse;

use serde::de::IgnoredAny;
use serde_json::Value;

/// The ends of what a model thinks aloud, as servers leave it in the text.
const THOUGHT: [&str; 5] = ["</think>", "</thinking>", "</thought>", "</reasoning>", "<|message|>"];
/// Its beginnings.
const THINKING: [&str; 5] = ["<think>", "<thinking>", "<thought>", "<reasoning>", "<|channel|>"];
/// So many objects of a text are looked at.
const MOST: usize = 32;

/// The longest object of the text that can be read, whatever is around it: prose, fences, a list, a string, an object with
/// one field. A shorter one may be an example, and one without fields says nothing.
///
/// # Errors
/// What is wrong with the longest object, or with the text where it has none.
pub fn find<T, E>(text: &str, read: impl Fn(&str) -> Result<T, E>) -> Result<T, E> {
    let text = spoken(text).unwrap_or(text).trim();
    // JSON in a string.
    let inner: Option<String> = serde_json::from_str(text).ok();
    let text = inner.as_deref().unwrap_or(text);
    let mut objects: Vec<_> = objects(text).take(MOST).collect();
    let rest = if objects.is_empty() { text } else { "" };
    objects.retain(|object| object[1..].trim_start() != "}");
    objects.sort_by_key(|object| Reverse(object.len()));
    let mut wrong = None;
    for object in objects {
        let error = match read(object) {
            Ok(found) => return Ok(found),
            Err(error) => error,
        };
        if let Some(Ok(found)) = unwrapped(object).map(|inner| read(&inner)) {
            return Ok(found);
        }
        wrong.get_or_insert(error);
    }
    wrong.map_or_else(|| read(rest), Err)
}

/// Whether the text has an object from its first brace on, so that nothing more need come.
pub fn is_whole(text: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(begun(text)).into_iter::<IgnoredAny>();
    matches!(values.next(), Some(Ok(_)))
}

/// The object that a growing text has begun, without what comes before it; empty where there is none yet.
pub fn begun(text: &str) -> &str {
    let Some(text) = spoken(text) else { return "" };
    text.find('{').map_or("", |at| &text[at..])
}

/// The text behind what the model thought aloud; none while it still thinks.
fn spoken(text: &str) -> Option<&str> {
    let ends = THOUGHT.into_iter().filter_map(|end| text.rfind(end).map(|at| at + end.len()));
    match ends.max() {
        Some(end) => Some(&text[end..]),
        None => (!THINKING.iter().any(|begin| text.contains(begin))).then_some(text),
    }
}

/// The outermost objects of a text, one after the other.
fn objects(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + text[from..].find('{')?;
            let mut values = serde_json::Deserializer::from_str(&text[at..]).into_iter::<Value>();
            from = at + 1;
            if let Some(Ok(_)) = values.next() {
                from = at + values.byte_offset();
                return Some(&text[at..from]);
            }
        }
    })
}

/// What an object with one field has in it.
fn unwrapped(object: &str) -> Option<String> {
    let object: serde_json::Map<String, Value> = serde_json::from_str(object).ok()?;
    match object.into_iter().collect::<Vec<_>>().as_slice() {
        [(_, Value::String(text))] => Some(text.clone()),
        [(_, value @ Value::Object(_))] => Some(value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Answer {
        said: String,
        days: u32,
    }

    fn read(text: &str) -> Option<Answer> {
        find(text, |text| serde_json::from_str(text)).ok()
    }

    const OBJECT: &str = r#"{"said": "yes {sic}", "days": 3}"#;

    #[test]
    fn the_object_is_found_in_whatever_is_around_it() {
        let quoted = json!(OBJECT).to_string();
        for text in [
            OBJECT.to_owned(),
            format!("<think>First {{ I \"think\"</think>\n{OBJECT}"),
            format!("I think {{\"said\": 1}}</think>{OBJECT}"),
            format!("<|channel|>analysis<|message|>Hm<|end|><|channel|>final<|message|>{OBJECT}"),
            format!("Here it is:\n```json\n{OBJECT}\n```\nAnything else?"),
            format!("```\n{OBJECT}"),
            format!("[{OBJECT}]"),
            format!("{{\"answer\": {OBJECT}}}"),
            format!("{{\"answer\": {quoted}}}"),
            format!("Given {{\"day\": 1}}, it is {OBJECT}."),
            format!("Such as {{\"said\": \"\", \"days\": 0}}: {OBJECT} {{}}"),
            quoted,
        ] {
            assert_eq!(read(&text), Some(Answer { said: "yes {sic}".to_owned(), days: 3 }), "{text}");
        }
    }

    #[test]
    fn what_is_no_such_object_is_not_found_and_the_longest_says_what_is_wrong() {
        for text in ["", "no", "{", r#"{"said": "a"}"#, r#"{"a": {"said": "a"}, "b": {"said": "b", "days": 1}}"#] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(find("{ }", |text| serde_json::from_str::<Value>(text)).is_err(), "it says nothing");
        let wrong = find(r#"{"said": 1} {"said": "abc"}"#, |text| serde_json::from_str::<Answer>(text)).map(drop);
        assert!(wrong.is_err_and(|error| error.to_string().contains("missing field `days`")));
    }

    #[test]
    fn a_growing_object_begins_where_thinking_and_talking_end() {
        for (text, object) in [
            ("", ""),
            ("<think>{\"a\"", ""),
            ("<think>{\"a\"</think>", ""),
            ("<think>{\"a\"</think>Well: {\"b", "{\"b"),
            ("```json\n{\"a\": 1", "{\"a\": 1"),
        ] {
            assert_eq!(begun(text), object, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in r#"[{}"\\<>/a-z\[\],: ]{0,80}"#) {
            let _ = read(&text);
            prop_assert!(text.ends_with(begun(&text)));
        }
    }
}
