//! Keys of the user's own.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::key::Key;

/// `[keys]`: under the name of what is done, its key or keys. An empty list leaves it to the palette.
#[derive(Debug, Default, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "BTreeMap<Spanned<String>, OneOrMany>")]
pub struct OwnKeys(pub Vec<OwnKey>);

/// One line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnKey {
    /// The name of what is done.
    pub name: String,
    /// The keys that do it.
    pub keys: Vec<Key>,
    /// Where it stands in the file: as read the byte, in [`super::Config`] the line, from 1.
    pub at: usize,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a key such as \"x\" or \"ctrl-x\", or a list of keys")]
enum OneOrMany {
    One(Key),
    Many(Vec<Key>),
}

impl From<BTreeMap<Spanned<String>, OneOrMany>> for OwnKeys {
    fn from(table: BTreeMap<Spanned<String>, OneOrMany>) -> Self {
        let own = table.into_iter().map(|(name, keys)| OwnKey {
            at: name.span().start,
            name: name.into_inner(),
            keys: match keys {
                OneOrMany::One(key) => vec![key],
                OneOrMany::Many(keys) => keys,
            },
        });
        Self(own.collect())
    }
}
