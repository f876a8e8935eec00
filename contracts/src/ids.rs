//! Ids, validated on the way in: 1 to 100 of `A-Za-z0-9._-`, beginning with a letter or digit.

use std::{fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// The longest id there is, in bytes (ids are ASCII).
pub const MAX_ID_LEN: usize = 100;

/// A text that is no id, and what an id looks like.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {kind}: use 1 to 100 of A-Z a-z 0-9 . _ - and begin with a letter or digit")]
pub struct InvalidId {
    kind: &'static str,
}

fn is_id(text: &str) -> bool {
    text.len() <= MAX_ID_LEN
        && text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                if is_id(&text) { Ok(Self(text)) } else { Err(InvalidId { kind: $kind }) }
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$" })
            }
        }
    };
}

id!(
    /// A customer, as the CSM's own systems name it.
    CustomerId,
    "customer id"
);
id!(
    /// Whose book a row belongs to: a signed-in user, or [`OwnerId::public`].
    OwnerId,
    "owner id"
);
id!(
    /// An organisation of the identity provider, such as Clerk's `org_…`.
    OrganisationId,
    "organisation id"
);
id!(
    /// One run of one task; every event of the run carries it.
    RunId,
    "run id"
);
id!(
    /// One evaluation.
    EvalId,
    "evaluation id"
);
id!(
    /// One activity: unique among those of its customer and source.
    ActivityId,
    "activity id"
);
id!(
    /// Where rows come from: what a user calls an export or a system, such as `files`, `crm` or `ravenstack`.
    SourceName,
    "source name"
);
id!(
    /// One import; all of its pieces carry it.
    ImportId,
    "import id"
);
id!(
    /// One item of attention.
    ItemId,
    "item id"
);

impl OwnerId {
    /// The owner of the demo book, and of everything in embedded mode.
    pub fn public() -> Self {
        Self("public".to_owned())
    }
}
