//! Facts of the person that emails address.

use contracts::{
    facts::Part,
    reading::{FactId, Value},
};

use super::{Audience, Fact, Kind, Says};

pub(super) static FACTS: &[Fact] = &[
    Fact {
        id: FactId::of("contact.primary"),
        short: "contact",
        part: Part::Contacts,
        kind: Kind::Text,
        heading: "Contact",
        noun: "main contact",
        audience: Audience::Customer,
        get: |case| case.contact.and_then(|contact| contact.name.clone().map(Value::Text)),
        says: Says::Plainly,
    },
    Fact {
        id: FactId::of("contact.role"),
        short: "role",
        part: Part::Contacts,
        kind: Kind::Text,
        heading: "Role",
        noun: "role of the main contact",
        audience: Audience::Internal,
        get: |case| case.contact.and_then(|contact| contact.role.clone().map(Value::Text)),
        says: Says::Plainly,
    },
    Fact {
        id: FactId::of("contact.email"),
        short: "email",
        part: Part::Contacts,
        kind: Kind::Text,
        heading: "E-mail",
        noun: "e-mail address of the main contact",
        audience: Audience::Internal,
        get: |case| case.contact.and_then(|contact| contact.email.clone().map(Value::Text)),
        says: Says::Plainly,
    },
];
