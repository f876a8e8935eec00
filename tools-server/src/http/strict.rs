//! Reads requests strictly: no field that the type does not have, none twice, nothing left out because a newer program may
//! have said it, and a list only where the type says list.
//! serde itself takes a list of its fields' values for any struct, at any depth, so that `["acme", {}]` would be a request
//! and a field more would move all the others; and of what a map or a free value has twice it takes the last.

use std::{collections::HashSet, fmt};

use contracts::newer::PERHAPS;
use serde::{
    Deserialize, Deserializer,
    de::{
        self, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
    },
    forward_to_deserialize_any,
};
use serde_json::value::RawValue;

/// A deserializer of a self-describing format, or any part of one, that gives lists to lists alone.
pub(super) struct Strict<T>(pub(super) T);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<D> {
    type Error = D::Error;

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct map identifier
    }

    // Also what a tagged enum and a free value are read by: neither says list.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(Reader { visitor, of: Of::Anything })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let of = if let [tag, content] = fields { Of::Pair { tag, content } } else { Of::Fields };
        self.0.deserialize_struct(name, fields, Reader { visitor, of })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_seq(Reader { visitor, of: Of::List })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple(length, Reader { visitor, of: Of::List })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple_struct(name, length, Reader { visitor, of: Of::List })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_option(Reader { visitor, of: Of::Anything })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        let of = if name == PERHAPS { Of::Perhaps } else { Of::Anything };
        self.0.deserialize_newtype_struct(name, Reader { visitor, of })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_enum(name, variants, Reader { visitor, of: Of::Anything })
    }

    // What nobody reads: a field that the type does not have.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, D::Error> {
        Err(de::Error::custom("there is no such field"))
    }
}

/// What the type says that a value is.
enum Of {
    List,
    /// A struct, which itself refuses a field that is there twice.
    Fields,
    /// One of two fields, or an enum with its tag in one and its content in the other.
    Pair {
        tag: &'static str,
        content: &'static str,
    },
    /// What an answer might leave out.
    Perhaps,
    /// A map, a free value, or what is not told yet.
    Anything,
}

/// What is made of a value.
struct Reader<V> {
    visitor: V,
    of: Of,
}

/// Hands a value on as it is.
macro_rules! hand_on {
    ($($method:ident: $value:ty),*) => {
        $(fn $method<E: de::Error>(self, value: $value) -> Result<V::Value, E> {
            self.visitor.$method(value)
        })*
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Reader<V> {
    type Value = V::Value;

    hand_on! {
        visit_bool: bool, visit_i64: i64, visit_i128: i128, visit_u64: u64, visit_u128: u128, visit_f64: f64,
        visit_str: &str, visit_borrowed_str: &'de str, visit_string: String
    }

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_none<E: de::Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_none()
    }

    fn visit_unit<E: de::Error>(self) -> Result<V::Value, E> {
        self.visitor.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_some(Strict(value))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<V::Value, D::Error> {
        match self.of {
            Of::Perhaps => self.visitor.visit_some(Strict(value)),
            Of::List | Of::Fields | Of::Pair { .. } | Of::Anything => self.visitor.visit_newtype_struct(Strict(value)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        match self.of {
            Of::List => self.visitor.visit_seq(Strict(items)),
            Of::Fields | Of::Pair { .. } | Of::Perhaps | Of::Anything => {
                Err(de::Error::invalid_type(Unexpected::Seq, &self))
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        match self.of {
            Of::List | Of::Fields => self.visitor.visit_map(Strict(entries)),
            Of::Pair { tag, content } => {
                self.visitor.visit_map(TagFirst { entries, tag, content, is_tagged: false, early: None, now: None })
            }
            Of::Perhaps | Of::Anything => self.visitor.visit_map(Once { entries, keys: HashSet::new() }),
        }
    }

    fn visit_enum<A: EnumAccess<'de>>(self, variant: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_enum(Strict(variant))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Strict<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Strict(value))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(Strict(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Strict<A> {
    type Error = A::Error;

    // Keys are text.
    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(Strict(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint()
    }
}

/// The entries of a map, no key twice.
struct Once<A> {
    entries: A,
    keys: HashSet<String>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Once<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.entries.next_key_seed(NewKey { seed, keys: &mut self.keys })
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.entries.next_value_seed(Strict(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.entries.size_hint()
    }
}

/// A key that is not among those before it.
struct NewKey<'a, S> {
    seed: S,
    keys: &'a mut HashSet<String>,
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for NewKey<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<S::Value, D::Error> {
        let key = String::deserialize(key)?;
        if !self.keys.insert(key.clone()) {
            return Err(de::Error::custom(format_args!("duplicate field `{key}`")));
        }
        self.seed.deserialize(key.into_deserializer())
    }
}

/// The entries of a pair, its tag before its content: serde reads the content of an enum that it does not know yet from a
/// copy of its own, in which nobody can tell a list from a struct any more, or what nobody reads.
struct TagFirst<A> {
    entries: A,
    tag: &'static str,
    content: &'static str,
    is_tagged: bool,
    /// The content, where it came before its tag.
    early: Option<Box<RawValue>>,
    /// The same when its turn has come.
    now: Option<Box<RawValue>>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for TagFirst<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let mut key = self.entries.next_key::<String>()?;
        if !self.is_tagged && self.early.is_none() && key.as_deref() == Some(self.content) {
            self.early = Some(self.entries.next_value()?);
            key = self.entries.next_key()?;
        }
        self.is_tagged |= key.as_deref() == Some(self.tag);
        if key.is_none() && self.early.is_some() {
            self.now = self.early.take();
            key = Some(self.content.to_owned());
        }
        key.map(|key| seed.deserialize(key.into_deserializer())).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        match self.now.take() {
            None => self.entries.next_value_seed(Strict(seed)),
            Some(content) => {
                let mut content = serde_json::Deserializer::from_reader(content.get().as_bytes());
                Strict(seed).deserialize(&mut content).map_err(de::Error::custom)
            }
        }
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Strict<A> {
    type Error = A::Error;
    type Variant = Strict<A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), A::Error> {
        let (name, content) = self.0.variant_seed(seed)?;
        Ok((name, Strict(content)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.0.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.0.newtype_variant_seed(Strict(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.0.tuple_variant(length, Reader { visitor, of: Of::List })
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.0.struct_variant(fields, Reader { visitor, of: Of::Fields })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::{Deserialize, de::DeserializeOwned};
    use serde_json::{Value, json};

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Point {
        x: u32,
        y: u32,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    enum Shape {
        Dot,
        At(Point),
        Box { low: Point, high: Point },
        Pair(u32, u32),
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "kind")]
    enum Tagged {
        Point(Point),
        Line { from: Point },
    }

    /// Whether it is read.
    type Reads = fn(Value) -> bool;

    fn read<T: DeserializeOwned>(value: Value) -> Option<T> {
        T::deserialize(Strict(value)).ok()
    }

    #[test]
    fn a_list_is_no_struct_at_any_depth() {
        let (good, bad) = (json!({ "x": 1, "y": 2 }), json!([1, 2]));
        assert!(read::<Point>(good.clone()).is_some() && read::<Point>(bad.clone()).is_none());
        let within: [(&str, Reads); 8] = [
            ("a list", |point| read::<Vec<Point>>(json!([point])).is_some()),
            ("a list of lists", |point| read::<Vec<Vec<Point>>>(json!([[point]])).is_some()),
            ("an option", |point| read::<Option<Point>>(point).is_some()),
            ("a map", |point| read::<BTreeMap<String, Point>>(json!({ "a": point })).is_some()),
            ("a variant", |point| read::<Shape>(json!({ "At": point })).is_some()),
            ("a field of a variant", |point| {
                read::<Shape>(json!({ "Box": { "low": point, "high": point } })).is_some()
            }),
            ("a field of a tagged enum", |point| read::<Tagged>(json!({ "kind": "Line", "from": point })).is_some()),
            ("a tuple", |point| read::<(u32, Point)>(json!([1, point])).is_some()),
        ];
        for (place, reads) in within {
            assert!(reads(good.clone()), "an object in {place}");
            assert!(!reads(bad.clone()), "a list in {place}");
        }
        for value in [json!({ "Box": [good, good] }), json!({ "Box": [[1, 2], [3, 4]] })] {
            assert_eq!(read::<Shape>(value), None, "a variant with fields");
        }
        assert_eq!(read::<Tagged>(json!(["Point", 1, 2])), None, "a tagged enum");
    }

    #[test]
    fn a_field_too_many_is_refused_at_any_depth() {
        let more = json!({ "x": 1, "y": 2, "z": [{ "deep": 3 }] });
        assert_eq!(read::<Point>(more.clone()), None);
        assert_eq!(read::<Vec<Option<Point>>>(json!([more])), None);
        assert_eq!(read::<Shape>(json!({ "At": more })), None);
    }

    #[test]
    fn nothing_is_there_twice_at_any_depth() {
        for (point, is_twice) in [(r#"{"x":1,"y":2}"#, false), (r#"{"x":1,"y":2,"x":1}"#, true)] {
            assert_eq!(from_text::<Point>(point), !is_twice, "a struct");
            assert_eq!(from_text::<Vec<BTreeMap<String, u32>>>(&format!("[{point}]")), !is_twice, "a list of maps");
            assert_eq!(from_text::<Value>(&format!(r#"{{"a":{{"b":{point}}}}}"#)), !is_twice, "a free value");
            let tagged = format!(r#"{{"kind":"Line","from":{point}}}"#);
            assert_eq!(from_text::<Tagged>(&tagged), !is_twice, "a tagged enum");
        }
    }

    fn from_text<T: DeserializeOwned>(text: &str) -> bool {
        T::deserialize(Strict(&mut serde_json::Deserializer::from_str(text))).is_ok()
    }

    #[test]
    fn lists_are_lists_and_everything_else_is_read_as_ever() {
        assert_eq!(read::<Vec<u32>>(json!([1, 2])), Some(vec![1, 2]));
        assert_eq!(read::<(u32, String)>(json!([1, "a"])), Some((1, "a".to_owned())));
        assert_eq!(read::<Shape>(json!({ "Pair": [1, 2] })), Some(Shape::Pair(1, 2)));
        assert_eq!(read::<Shape>(json!("Dot")), Some(Shape::Dot));
        assert_eq!(read::<Option<f64>>(json!(1.5)), Some(Some(1.5)));
        assert_eq!(read::<Option<i64>>(json!(null)), Some(None));
        assert_eq!(
            read::<Tagged>(json!({ "kind": "Point", "x": 1, "y": 2 })),
            Some(Tagged::Point(Point { x: 1, y: 2 }))
        );
        assert_eq!(read::<Value>(json!({ "a": true })), Some(json!({ "a": true })));
    }
}
