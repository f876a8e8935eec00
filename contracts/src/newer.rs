//! Reads what a newer program says: what this one does not know is left out, as if it had not been said. An answer is read
//! so, never a request.

use std::{collections::BTreeMap, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, IgnoredAny, IntoDeserializer, Visitor, value},
};

/// The name by which a deserializer of requests finds out what may be left out. To leave nothing out it gives the visitor
/// `visit_some`, as whatever is there.
pub const PERHAPS: &str = "$perhaps";

/// Something, or what this program does not know.
enum Perhaps<T> {
    Known(T),
    Other,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Tolerant<T> {
    Known(T),
    Other(IgnoredAny),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Perhaps<T> {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        value.deserialize_newtype_struct(PERHAPS, PerhapsVisitor(PhantomData))
    }
}

struct PerhapsVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PerhapsVisitor<T> {
    type Value = Perhaps<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, value: D) -> Result<Perhaps<T>, D::Error> {
        Ok(match Tolerant::deserialize(value)? {
            Tolerant::Known(value) => Perhaps::Known(value),
            Tolerant::Other(_) => Perhaps::Other,
        })
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Perhaps<T>, D::Error> {
        T::deserialize(value).map(Perhaps::Known)
    }
}

impl<T> Perhaps<T> {
    fn known(self) -> Option<T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Other => None,
        }
    }
}

/// A list of which the items that are known are read.
#[derive(Debug)]
pub struct KnownItems<T> {
    /// These.
    pub items: Vec<T>,
    /// How many items the list has, known or not.
    pub of: usize,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for KnownItems<T> {
    fn deserialize<D: Deserializer<'de>>(list: D) -> Result<Self, D::Error> {
        let all = Vec::<Perhaps<T>>::deserialize(list)?;
        let of = all.len();
        Ok(Self { items: all.into_iter().filter_map(Perhaps::known).collect(), of })
    }
}

/// The items of a list that are known.
pub(crate) fn known_items<'de, D: Deserializer<'de>, T: Deserialize<'de>>(list: D) -> Result<Vec<T>, D::Error> {
    KnownItems::deserialize(list).map(|known| known.items)
}

/// The entries of a map whose keys and values are known.
pub(crate) fn known_keys<'de, D, K, V>(map: D) -> Result<BTreeMap<K, V>, D::Error>
where
    D: Deserializer<'de>,
    K: DeserializeOwned + Ord,
    V: Deserialize<'de>,
{
    let known = |key: String| K::deserialize(IntoDeserializer::<value::Error>::into_deserializer(key)).ok();
    let entries = BTreeMap::<String, Perhaps<V>>::deserialize(map)?;
    Ok(entries.into_iter().filter_map(|(key, value)| Some((known(key)?, value.known()?))).collect())
}

/// A value where it is known.
pub(crate) fn if_known<'de, D: Deserializer<'de>, T: Deserialize<'de>>(value: D) -> Result<Option<T>, D::Error> {
    Ok(Option::<Perhaps<T>>::deserialize(value)?.and_then(Perhaps::known))
}

/// A value where it is known, else what stands for the unknown.
pub(crate) fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(value: D) -> Result<T, D::Error> {
    Ok(Perhaps::deserialize(value)?.known().unwrap_or_default())
}
