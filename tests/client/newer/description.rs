//! The server's answers by its own description of them: where each is one of several words or things.

use std::{cell::RefCell, collections::BTreeSet};

use serde_json::{Value, json};

/// The choices without which there is no answer.
const ESSENTIAL: [(&str, &str); 2] = [("GET /v1/query", "/data"), ("GET /v1/evals/eval-1", "/data/eval/planner")];

/// The description of a server's answers.
#[derive(Clone)]
pub struct Description(Value);

/// What a value is by its description.
#[derive(Clone, PartialEq)]
enum Form {
    /// One of several words.
    Word,
    /// One of several things, by a field that names it.
    Tagged(String),
    /// One of several things: its only field names it.
    Named,
    Plain,
}

impl Description {
    pub fn of(answer: &[u8]) -> Self {
        Self(serde_json::from_slice(answer).unwrap())
    }

    /// Adds a field to every object of an answer.
    pub fn add_fields(&self, asked: &str, answer: &mut Value) {
        self.walk(self.answer(asked), answer, "", &|_, form, value| {
            if let (Some(fields), Form::Plain | Form::Tagged(_)) = (value.as_object_mut(), form) {
                fields.insert("fromTheFuture".to_owned(), json!({ "list": [1, { "deep": null }] }));
            }
        });
    }

    /// Makes the choice of this number as nobody knows it yet, wherever it stands in the answer, and tells where.
    pub fn choose_anew(&self, asked: &str, answer: &mut Value, number: usize) -> Option<String> {
        shorten(answer);
        let places = RefCell::new(BTreeSet::new());
        self.walk(self.answer(asked), &mut answer.clone(), "", &|place, form, _| {
            if *form != Form::Plain {
                places.borrow_mut().insert(place.to_owned());
            }
        });
        let is_told = |place: &String| !ESSENTIAL.contains(&(asked, place.as_str()));
        let chosen = places.into_inner().into_iter().filter(is_told).nth(number)?;
        self.walk(self.answer(asked), answer, "", &|place, form, value| {
            if place == chosen {
                match form {
                    Form::Word => *value = json!("from-the-future"),
                    Form::Tagged(tag) => value[tag] = json!("from-the-future"),
                    Form::Named => *value = json!({ "fromTheFuture": { "deep": 1 } }),
                    Form::Plain => {}
                }
            }
        });
        Some(format!("{asked} {chosen}"))
    }

    /// What the answer to a method and path looks like.
    fn answer(&self, asked: &str) -> &Value {
        let (method, path) = asked.split_once(' ').unwrap();
        let is_path = |template: &str| {
            let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
            template.len() == path.len()
                && template.iter().zip(path).all(|(one, other)| one == &other || one.starts_with('{'))
        };
        let paths = self.0["paths"].as_object().unwrap();
        let operations = paths.get(path).or_else(|| paths.iter().find_map(|(path, of)| is_path(path).then_some(of)));
        &operations.unwrap()[method.to_lowercase()]["responses"]["200"]["content"]["application/json"]["schema"]
    }

    /// Visits a value and everything in it, innermost first.
    fn walk(&self, schema: &Value, value: &mut Value, place: &str, visit: &impl Fn(&str, &Form, &mut Value)) {
        let parts = self.parts(schema, value);
        let form = form(&parts, value);
        for part in parts {
            match value {
                Value::Object(fields) => {
                    for (name, value) in fields {
                        if let Some(schema) = part["properties"].get(name) {
                            self.walk(schema, value, &format!("{place}/{name}"), visit);
                        } else if let Some(schema) =
                            part.get("additionalProperties").filter(|schema| schema.is_object())
                        {
                            self.walk(schema, value, &format!("{place}/*"), visit);
                        }
                    }
                }
                Value::Array(items) => {
                    items.iter_mut().for_each(|item| self.walk(&part["items"], item, &format!("{place}/*"), visit))
                }
                _ => {}
            }
        }
        visit(place, &form, value);
    }

    /// The parts of a schema that speak of the value.
    fn parts<'a>(&'a self, schema: &'a Value, value: &Value) -> Vec<&'a Value> {
        let schema = match schema["$ref"].as_str() {
            Some(reference) => return self.parts(self.0.pointer(reference.trim_start_matches('#')).unwrap(), value),
            None => schema,
        };
        let several =
            ["oneOf", "anyOf", "allOf"].into_iter().flat_map(|key| schema[key].as_array().into_iter().flatten());
        let further = several.filter(|part| self.fits(part, value)).flat_map(|part| self.parts(part, value));
        [schema].into_iter().chain(further).collect()
    }

    /// Whether a schema may speak of the value, as far as its surface tells.
    fn fits(&self, schema: &Value, value: &Value) -> bool {
        let schema = match schema["$ref"].as_str() {
            Some(reference) => self.0.pointer(reference.trim_start_matches('#')).unwrap(),
            None => schema,
        };
        if let Some(several) = schema["oneOf"].as_array() {
            return several.iter().any(|one| self.fits(one, value));
        }
        let is_word = |word: &Value| word == value;
        let is_type = match schema["type"].as_str() {
            Some("null") => value.is_null(),
            Some("string") => value.is_string(),
            Some("object") => value.is_object(),
            Some("array") => value.is_array(),
            _ => !value.is_null(),
        };
        let has = |name: &Value| value.get(name.as_str().unwrap()).is_some();
        let is_tagged = |(name, of): (&String, &Value)| of.get("const").is_none_or(|tag| value.get(name) == Some(tag));
        is_type
            && schema.get("const").is_none_or(is_word)
            && schema["enum"].as_array().is_none_or(|words| words.iter().any(is_word))
            && schema["required"].as_array().is_none_or(|names| names.iter().all(has))
            && schema["properties"].as_object().is_none_or(|fields| fields.iter().all(is_tagged))
    }
}

/// Of long lists the first items are enough.
fn shorten(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(shorten),
        Value::Array(items) => {
            items.truncate(8);
            items.iter_mut().for_each(shorten);
        }
        _ => {}
    }
}

fn form(parts: &[&Value], value: &Value) -> Form {
    let is_choice = |part: &&Value| part.get("oneOf").is_some() || part.get("enum").is_some();
    let Some(fields) = value.as_object() else {
        return if value.is_string() && parts.iter().any(is_choice) { Form::Word } else { Form::Plain };
    };
    let is_tag = |name: &&String| parts.iter().any(|part| part["properties"][name].get("const").is_some());
    match fields.keys().find(is_tag) {
        Some(tag) => Form::Tagged(tag.clone()),
        None if parts.iter().any(is_choice) => Form::Named,
        None => Form::Plain,
    }
}
