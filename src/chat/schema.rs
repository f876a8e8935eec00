//! JSON schemas in the subset that strict function calling and structured answers take: every property required, nothing
//! beside them, no keyword that is not understood.

use contracts::tools::SchemaOf;
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

/// The strict schema of a type.
pub fn of<T: JsonSchema>() -> Value {
    made_by(SchemaGenerator::subschema_for::<T>)
}

/// The strict schema of what another makes.
pub fn made_by(schema_of: SchemaOf) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    strict(schema_of(&mut settings.into_generator()).to_value())
}

/// Narrows a schema, without references in it, to the strict subset.
pub fn strict(schema: Value) -> Value {
    let Value::Object(mut schema) = schema else { return schema };
    if let Some(words) = words(&schema) {
        let mut narrowed = Map::from_iter([("type".to_owned(), json!("string")), ("enum".to_owned(), words)]);
        narrowed.extend(schema.remove_entry("description"));
        return Value::Object(narrowed);
    }
    let mut narrowed = Map::new();
    for (keyword, value) in schema {
        let value = match (keyword.as_str(), value) {
            ("type" | "description" | "enum" | "const", value) => value,
            ("format", Value::String(format)) if format == "date" => Value::String(format),
            ("items", value) => strict(value),
            ("anyOf", Value::Array(choices)) => choices.into_iter().map(strict).collect(),
            ("properties", Value::Object(properties)) => {
                let names: Value = properties.keys().cloned().collect();
                narrowed.insert("required".to_owned(), names);
                narrowed.insert("additionalProperties".to_owned(), json!(false));
                Value::Object(properties.into_iter().map(|(name, value)| (name, strict(value))).collect())
            }
            _ => continue,
        };
        narrowed.insert(keyword, value);
    }
    Value::Object(narrowed)
}

/// The words of an enumeration whose words are described one by one, which the strict subset cannot do.
fn words(schema: &Map<String, Value>) -> Option<Value> {
    let choices = schema.get("oneOf")?.as_array()?;
    choices.iter().map(|choice| choice.get("const").cloned()).collect()
}
