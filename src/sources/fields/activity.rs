//! What a row of a note, a call, a meeting or an email may say.

use crate::sources::values::Kind;

use super::{
    Field,
    System::{German, Salesforce, Sheets},
};

pub(super) const FIELDS: &[Field] = &[
    Field {
        name: "customer_id",
        kind: Kind::Id,
        what: "",
        names: &[
            (Salesforce, &["Account ID"]),
            (Sheets, &["Customer No", "Client ID", "Account No"]),
            (German, &["Kundennummer"]),
        ],
    },
    Field {
        name: "customer",
        kind: Kind::Text,
        what: "the customer's name",
        names: &[
            (Salesforce, &["Account Name", "Company / Account"]),
            (Sheets, &["Client", "Account"]),
            (German, &["Kunde", "Firma"]),
        ],
    },
    Field {
        name: "date",
        kind: Kind::Date,
        what: "",
        names: &[(Sheets, &["Activity date", "Meeting date"]), (German, &["Datum"])],
    },
    Field { name: "kind", kind: Kind::Text, what: "", names: &[(Sheets, &["Activity type"]), (German, &["Art"])] },
    Field { name: "text", kind: Kind::Text, what: "", names: &[(Sheets, &["Notes", "Note"]), (German, &["Notiz"])] },
    Field { name: "agreed", kind: Kind::Text, what: "", names: &[(German, &["Vereinbart"])] },
    Field { name: "follow_up", kind: Kind::Date, what: "", names: &[(German, &["Wiedervorlage"])] },
    Field { name: "follow_up_closed", kind: Kind::Date, what: "", names: &[] },
    Field { name: "activity_id", kind: Kind::Id, what: "", names: &[] },
];
