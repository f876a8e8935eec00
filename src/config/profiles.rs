//! The `[llm]` part of a configuration file: its own settings, and beside them a table `[llm.NAME]` for each further model.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{
        self, DeserializeSeed, IntoDeserializer, MapAccess, Visitor,
        value::{Error, MapAccessDeserializer},
    },
};

use super::LlmSettings;

/// What the file says of language models.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct LlmFile {
    /// The settings under `[llm]` itself.
    pub settings: LlmSettings,
    /// Those under `[llm.NAME]`, by name; what one leaves out is as under `[llm]`.
    pub profiles: BTreeMap<String, LlmSettings>,
}

impl<'de> Deserialize<'de> for LlmFile {
    fn deserialize<D: Deserializer<'de>>(file: D) -> Result<Self, D::Error> {
        file.deserialize_map(Parts)
    }
}

struct Parts;

impl<'de> Visitor<'de> for Parts {
    type Value = LlmFile;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<LlmFile, A::Error> {
        let mut profiles = BTreeMap::new();
        let own = Own { map, names: settings(), profiles: &mut profiles };
        let settings = LlmSettings::deserialize(MapAccessDeserializer::new(own))?;
        Ok(LlmFile { settings, profiles })
    }
}

/// The settings of the table itself. The profiles between them are put aside, so that each error keeps its line.
struct Own<'a, A> {
    map: A,
    names: &'static [&'static str],
    profiles: &'a mut BTreeMap<String, LlmSettings>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Own<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(name) = self.map.next_key::<String>()? {
            if self.names.contains(&name.as_str()) {
                return seed.deserialize(name.into_deserializer()).map(Some);
            }
            let profile = self.map.next_value_seed(Profile { name: &name, names: self.names })?;
            self.profiles.insert(name, profile);
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// A table under a name that is no setting. Anything else under it is a setting that there is not, and not repeated: there
/// may be a key in it.
struct Profile<'a> {
    name: &'a str,
    names: &'static [&'static str],
}

impl<'de> DeserializeSeed<'de> for Profile<'_> {
    type Value = LlmSettings;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<LlmSettings, D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Profile<'_> {
    type Value = LlmSettings;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<LlmSettings, A::Error> {
        LlmSettings::deserialize(MapAccessDeserializer::new(map))
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<LlmSettings, E> {
        Err(E::unknown_field(self.name, self.names))
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<LlmSettings, E> {
        Err(E::unknown_field(self.name, self.names))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<LlmSettings, E> {
        Err(E::unknown_field(self.name, self.names))
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<LlmSettings, E> {
        Err(E::unknown_field(self.name, self.names))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, _: A) -> Result<LlmSettings, A::Error> {
        Err(de::Error::unknown_field(self.name, self.names))
    }
}

/// The names of the settings, as their type has them.
fn settings() -> &'static [&'static str] {
    struct Names<'a>(&'a mut &'static [&'static str]);

    impl<'de> Deserializer<'de> for Names<'_> {
        type Error = Error;

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            _: V,
        ) -> Result<V::Value, Error> {
            *self.0 = fields;
            Err(de::Error::custom("only the names are asked for"))
        }

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
            Err(de::Error::custom("the settings are a structure"))
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    let mut names: &'static [&'static str] = &[];
    let _ = LlmSettings::deserialize(Names(&mut names));
    names
}
