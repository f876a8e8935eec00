//! Schemas in the few keywords that every server reads.

use serde_json::{Map, Value, json};

/// The schema without what some servers do not read: what may be null may be left out, and a constant is a choice of one.
pub(super) fn reduced(schema: Value) -> Value {
    let Value::Object(schema) = schema else { return schema };
    if let Some(Value::Array(choices)) = schema.get("anyOf") {
        let mut choices = choices.iter().filter(|choice| !is_null(choice)).cloned().map(reduced);
        return match (choices.next(), choices.next()) {
            (Some(only), None) => only,
            // Which of several it is shows when it is read.
            _ => json!({}),
        };
    }
    let mut narrowed = Map::new();
    for (keyword, value) in schema {
        let (keyword, value) = match (keyword.as_str(), value) {
            ("type", Value::Array(types)) => {
                ("type", types.into_iter().find(|name| name != "null").unwrap_or_else(|| json!("string")))
            }
            ("type" | "description", value) => (keyword.as_str(), value),
            ("enum", Value::Array(words)) => ("enum", words.into_iter().filter(|word| !word.is_null()).collect()),
            ("const", value) => ("enum", json!([value])),
            ("items", value) => ("items", reduced(value)),
            ("properties", Value::Object(properties)) => {
                let needed: Vec<_> =
                    properties.iter().filter(|(_, of)| !may_be_null(of)).map(|(name, _)| name.clone()).collect();
                if !needed.is_empty() {
                    narrowed.insert("required".to_owned(), json!(needed));
                }
                ("properties", properties.into_iter().map(|(name, of)| (name, reduced(of))).collect())
            }
            _ => continue,
        };
        narrowed.insert(keyword.to_owned(), value);
    }
    Value::Object(narrowed)
}

fn is_null(schema: &Value) -> bool {
    schema["type"] == "null"
}

fn may_be_null(schema: &Value) -> bool {
    let names_null = schema["type"].as_array().is_some_and(|types| types.iter().any(|name| name == "null"));
    names_null || schema["anyOf"].as_array().is_some_and(|choices| choices.iter().any(is_null))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_common_keywords_are_left_and_what_may_be_null_may_be_left_out() {
        let email = json!({"type": "object", "additionalProperties": false, "required": ["ask"],
            "properties": {"ask": {"type": "string"}}});
        let schema = json!({
            "type": "object", "additionalProperties": false, "required": ["kind", "due", "email"],
            "properties": {
                "kind": {"const": "call", "description": "What."},
                "due": {"type": ["string", "null"], "format": "date"},
                "email": {"anyOf": [email, {"type": "null"}]},
                "cite": {"type": "array", "items": {"type": "string", "enum": ["a", "b"], "pattern": "."}},
            },
        });
        let expected = json!({
            "type": "object", "required": ["kind", "cite"],
            "properties": {
                "kind": {"enum": ["call"], "description": "What."},
                "due": {"type": "string"},
                "email": {"type": "object", "required": ["ask"], "properties": {"ask": {"type": "string"}}},
                "cite": {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}},
            },
        });
        assert_eq!(reduced(schema), expected);
    }
}
