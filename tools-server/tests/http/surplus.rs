//! A field that its type does not have is refused, however deep in a request it is.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Map, Value, json};

use crate::{positions::objects, support::*};

/// The field that no type has.
const SURPLUS: &str = "surplus";

/// Values of a schema with every field there may be; together they have every alternative. There is none of a type
/// `within` itself.
fn samples(document: &Value, schema: &Value, within: &[&str]) -> Vec<Value> {
    if let Some(to) = schema["$ref"].as_str() {
        let referred = document.pointer(to.trim_start_matches('#')).unwrap();
        return if within.contains(&to) { Vec::new() } else { samples(document, referred, &[within, &[to]].concat()) };
    }
    let alternatives = ["oneOf", "anyOf"].into_iter().filter_map(|name| schema[name].as_array()).flatten();
    let alternatives: Vec<_> = alternatives.filter(|schema| schema["type"] != "null").collect();
    if !alternatives.is_empty() {
        // What stands beside the alternatives, such as a tag, holds for each of them.
        let beside = fields(document, schema, within);
        let each = alternatives.iter().flat_map(|alternative| samples(document, alternative, within));
        return each.map(|sample| joined(sample, beside.first())).collect();
    }
    if let Some(value) = schema.get("const").or_else(|| schema["enum"].get(0)) {
        return vec![value.clone()];
    }
    let of = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match of.unwrap_or("object") {
        "object" => fields(document, schema, within),
        "array" => vec![samples(document, &schema["items"], within).into()],
        "boolean" => vec![json!(true)],
        "integer" | "number" => vec![json!(schema["minimum"].as_i64().unwrap_or(0).max(1))],
        _ => vec![json!(match schema["format"].as_str() {
            Some("date") => "2026-11-20",
            Some("date-time") => "2026-11-20T09:30:00Z",
            None if schema["pattern"].as_str().is_some_and(|pattern| pattern.contains('Q')) => "2026-Q3",
            _ => "a-1",
        })],
    }
}

/// Objects with every field; of a field with several values one object each.
fn fields(document: &Value, schema: &Value, within: &[&str]) -> Vec<Value> {
    let of: Vec<(&str, Vec<Value>)> = match (&schema["properties"], &schema["additionalProperties"]) {
        (Value::Object(all), _) => {
            let of = all.iter().map(|(name, field)| (name.as_str(), samples(document, field, within)));
            let (of, without): (Vec<_>, Vec<_>) = of.partition(|(_, values)| !values.is_empty());
            let is_required = |name: &str| schema["required"].as_array().is_some_and(|all| all.contains(&json!(name)));
            if without.iter().any(|(name, _)| is_required(name)) {
                return Vec::new();
            }
            of
        }
        (_, any @ Value::Object(_)) => {
            let names = &schema["propertyNames"];
            let name =
                if names.is_object() { samples(document, names, within).swap_remove(0) } else { json!("logins") };
            return samples(document, any, within)
                .into_iter()
                .map(|value| json!({ name.as_str().unwrap(): value }))
                .collect();
        }
        _ => return Vec::new(),
    };
    let most = of.iter().map(|(_, values)| values.len()).max().unwrap_or(1);
    let object =
        |place: usize| of.iter().map(move |(name, values)| ((*name).to_owned(), values[place % values.len()].clone()));
    (0..most).map(|place| Value::Object(object(place).collect())).collect()
}

/// Both objects in one.
fn joined(sample: Value, beside: Option<&Value>) -> Value {
    let both = |mut fields: Map<String, Value>, beside: &Map<String, Value>| {
        fields.extend(beside.clone());
        Value::Object(fields)
    };
    match (sample, beside.and_then(Value::as_object)) {
        (Value::Object(fields), Some(beside)) => both(fields, beside),
        (sample, _) => sample,
    }
}

/// The same with the fields of every object in the other order: a tag comes last.
fn reversed(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            fields.iter().rev().map(|(name, field)| (name.clone(), reversed(field))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(reversed).collect(),
        other => other.clone(),
    }
}

#[tokio::test]
async fn a_field_that_its_type_does_not_have_is_refused_however_deep_it_is() {
    let server = TestServer::start().await;
    let document: Value = reqwest::get(server.url("/v1/openapi.json")).await.unwrap().json().await.unwrap();
    let mut places = BTreeSet::new();
    for (told, methods) in document["paths"].as_object().unwrap().iter().filter(|(path, _)| path.starts_with("/v1")) {
        for (method, operation) in methods.as_object().unwrap() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let method: Method = method.to_uppercase().parse().unwrap();
            let path = told.replace("{id}", "a-1").replace("{number}", "1");
            let bodies = if schema.is_null() { Vec::new() } else { samples(&document, schema, &[]) };
            for body in bodies.into_iter().flat_map(|body| [reversed(&body), body]) {
                let whole = server.call(method.clone(), &path, body.to_string()).await;
                let message = whole.envelope["error"]["message"].as_str().unwrap_or_default();
                assert!(!message.starts_with("The body is not valid"), "{method} {told} can be read: {message}");
                let mut found = Vec::new();
                objects(&body, String::new(), &mut found);
                for pointer in found {
                    let mut more = body.clone();
                    let object = more.pointer(&pointer).unwrap();
                    if !places.insert(format!("{method} {told}{pointer} {object}")) {
                        continue;
                    }
                    more.pointer_mut(&pointer).unwrap()[SURPLUS] = json!(true);
                    let reply = server.call(method.clone(), &path, more.to_string()).await;
                    let refused = reply.envelope["error"]["message"].as_str().unwrap_or_default();
                    let names_it = refused.starts_with("The body is not valid");
                    assert!(names_it && reply.status == 400, "{method} {told}{pointer}: {}", reply.envelope);
                }
            }
        }
    }
    assert!(places.len() > 150, "{} objects", places.len());
}
