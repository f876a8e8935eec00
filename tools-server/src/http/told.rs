//! Fields that a type does not have, wherever they are. [`Strict`](super::strict::Strict) refuses them where it reads a
//! struct; of a tagged enum, serde reads the fields from a copy of its own, and passes over what it does not know.

use contracts::WireError;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value;

use super::body;

/// All that a request may say, by the schema of its type.
pub(super) struct Told(Value);

impl Told {
    /// What a `T` may say.
    pub(super) fn by<T: JsonSchema>() -> Self {
        Self(SchemaGenerator::default().into_root_schema_for::<T>().to_value())
    }

    /// Refuses a body with a field that its type does not have.
    pub(super) fn check(&self, body: &[u8]) -> Result<(), WireError> {
        let invalid = |problem| body::invalid(format!("The body is not valid: {problem}"));
        let says = serde_json::from_slice(body).map_err(|error| invalid(error.to_string()))?;
        match self.surplus(&[&self.0], &says) {
            None => Ok(()),
            Some(place) => Err(invalid(format!("{place}: there is no such field"))),
        }
    }

    /// Where there is a field that none of these schemas has.
    fn surplus(&self, schemas: &[&Value], value: &Value) -> Option<String> {
        let schemas: Vec<_> = schemas.iter().flat_map(|schema| self.that_fit(schema, value)).collect();
        let within = |name: &str| schemas.iter().filter_map(|schema| schema.get(name)).collect::<Vec<_>>();
        match value {
            Value::Object(fields) => fields.iter().find_map(|(name, field)| {
                let mut told: Vec<_> = within("properties").into_iter().filter_map(|all| all.get(name)).collect();
                told.extend(within("additionalProperties").into_iter().filter(|any| any.is_object()));
                if told.is_empty() {
                    return Some(name.clone());
                }
                Some(format!("{name}.{}", self.surplus(&told, field)?))
            }),
            Value::Array(items) => items
                .iter()
                .enumerate()
                .find_map(|(place, item)| Some(format!("{place}.{}", self.surplus(&within("items"), item)?))),
            _ => None,
        }
    }

    /// A schema and all that it refers to or may be, as far as its tags are those of the value.
    fn that_fit<'a>(&'a self, schema: &'a Value, value: &Value) -> Vec<&'a Value> {
        let mut tags = schema["properties"].as_object().into_iter().flatten();
        let is_other =
            |(name, told): (&String, &Value)| told.get("const").is_some_and(|tag| value.get(name) != Some(tag));
        if tags.any(is_other) {
            return Vec::new();
        }
        let referred = schema["$ref"].as_str().and_then(|to| self.0.pointer(to.trim_start_matches('#')));
        let others = ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|name| schema[name].as_array()).flatten();
        let all = referred.into_iter().chain(others).flat_map(|schema| self.that_fit(schema, value));
        [schema].into_iter().chain(all).collect()
    }
}
