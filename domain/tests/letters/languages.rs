//! The shipped languages, and what is said of a file that is none.

use domain::letter::{Language, LanguageError};
use toml::{Table, Value};

const ENGLISH: &str = include_str!("../../../languages/en.toml");
const GERMAN: &str = include_str!("../../../languages/de.toml");

#[test]
fn the_shipped_languages_can_write_every_letter() {
    for file in [ENGLISH, GERMAN] {
        Language::read(file).expect("a language");
    }
}

/// Every text of the file, with the keys that lead to it.
fn texts(value: &Value, keys: &str, found: &mut Vec<String>) {
    match value {
        Value::Table(table) => {
            for (key, value) in table {
                texts(value, &format!("{keys}/{key}"), found);
            }
        }
        Value::String(_) => found.push(keys.to_owned()),
        _ => {}
    }
}

fn replaced(file: &Table, keys: &str, text: &str) -> String {
    let mut file = file.clone();
    let keys: Vec<_> = keys.trim_start_matches('/').split('/').collect();
    let (last, path) = keys.split_last().expect("a key");
    let table = path.iter().fold(&mut file, |table, key| table[*key].as_table_mut().expect("a table"));
    table.insert((*last).to_owned(), Value::String(text.to_owned()));
    toml::to_string(&file).expect("TOML")
}

#[test]
fn a_phrase_that_asks_for_what_is_not_there_is_named_when_the_file_is_read() {
    let file: Table = GERMAN.parse().expect("TOML");
    let mut keys = Vec::new();
    texts(&Value::Table(file.clone()), "", &mut keys);
    let phrases = keys.iter().filter(|keys| {
        ["/letters", "/also", "/greeting", "/closing", "/ticket", "/contract", "/metric", "/review"]
            .iter()
            .any(|part| keys.starts_with(part))
    });
    let mut tried = 0;
    for keys in phrases {
        let refused = Language::read(&replaced(&file, keys, "{{ nonsense }}")).expect_err(keys).to_string();
        let key = keys.trim_start_matches('/').replace('/', ".").replace(".formal", "").replace(".informal", "");
        assert!(
            refused.contains(&key)
                || ["ticket", "contract", "metric", "review"].iter().any(|part| key.starts_with(part)),
            "{keys}: {refused}"
        );
        tried += 1;
    }
    assert!(tried > 150, "{tried}");
}

#[test]
fn what_is_no_toml_and_what_is_no_phrase_are_named_by_their_lines() {
    for (file, said) in [
        (ENGLISH.replace("[closing]", "[closing"), "line 36: "),
        (ENGLISH.replace("silence = \"I", "silence = 7 # I"), "line 41: a phrase is a text, or { formal = "),
        (ENGLISH.replace("[closing]", "[close]"), "line 36: unknown field `close`"),
    ] {
        let refused = Language::read(&file).expect_err(said).to_string();
        assert!(refused.starts_with(said), "{refused}");
    }
}

#[test]
fn what_may_not_be_there_has_to_be_asked_for_first() {
    let file: Table = ENGLISH.parse().expect("TOML");
    let file = replaced(&file, "/letters/renewal-ahead/opening", "It ends; say so by {{ notice_by }}.");
    let refused = Language::read(&file).expect_err("a renewal without a notice").to_string();
    assert!(refused.contains("letters.renewal-ahead.opening") && refused.contains("ask {% if"), "{refused}");
}

#[test]
fn a_letter_that_is_missing_and_one_too_many_are_named() {
    let mut file: Table = ENGLISH.parse().expect("TOML");
    let letters = file["letters"].as_table_mut().expect("letters");
    let hello = letters.remove("hello").expect("a letter");
    let refused = Language::read(&toml::to_string(&file).expect("TOML")).expect_err("no hello");
    assert!(matches!(refused, LanguageError::Letter("hello")), "{refused}");
    let letters = file["letters"].as_table_mut().expect("letters");
    letters.insert("hello".into(), hello.clone());
    letters.insert("goodbye".into(), hello);
    let refused = Language::read(&toml::to_string(&file).expect("TOML")).expect_err("a goodbye").to_string();
    assert!(refused.starts_with("there is no letter [letters.goodbye]; there are incident-days, "), "{refused}");
}
