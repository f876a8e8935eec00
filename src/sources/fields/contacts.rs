//! What a row of a person may say.

use crate::sources::values::Kind;

use super::{
    Field,
    System::{ChurnZero, Freshdesk, German, HubSpot, Intercom, Planhat, Salesforce, Sheets, Vitally, Zendesk},
};

pub(super) const FIELDS: &[Field] = &[
    Field {
        name: "customer_id",
        kind: Kind::Id,
        what: "",
        names: &[
            (HubSpot, &["Associated Company IDs", "Associated Company ID", "Primary Associated Company ID"]),
            (Salesforce, &["Account ID", "AccountId"]),
            (Zendesk, &["Organization ID"]),
            (Intercom, &["Company ID"]),
            (ChurnZero, &["accountExternalId"]),
            (Vitally, &["Account ID"]),
            (Sheets, &["Customer No", "Customer Number", "Client ID", "Account No"]),
            (German, &["Kundennummer", "Kunden-Nr", "Kunden-Nr.", "Kunden-ID"]),
        ],
    },
    Field {
        name: "customer",
        kind: Kind::Text,
        what: "the customer's name",
        names: &[
            (HubSpot, &["Associated Company", "Company name"]),
            (Salesforce, &["Account Name"]),
            (Zendesk, &["Organization"]),
            (Freshdesk, &["Company"]),
            (Intercom, &["Companies", "Company name"]),
            (Planhat, &["Company", "Company name"]),
            (Sheets, &["Customer", "Client", "Customer Name", "Client Name", "Account"]),
            (German, &["Kunde", "Kundenname", "Firma", "Unternehmen"]),
        ],
    },
    Field {
        name: "name",
        kind: Kind::Text,
        what: "",
        names: &[
            (Salesforce, &["Contact Name", "Full Name"]),
            (Freshdesk, &["Full name"]),
            (Sheets, &["Contact", "Person", "Full name"]),
            (German, &["Ansprechpartner", "Kontakt"]),
        ],
    },
    Field {
        name: "first_name",
        kind: Kind::Text,
        what: "put before the last name",
        names: &[(HubSpot, &["First Name"]), (ChurnZero, &["firstName"]), (German, &["Vorname"])],
    },
    Field {
        name: "last_name",
        kind: Kind::Text,
        what: "put behind the first name",
        names: &[
            (HubSpot, &["Last Name"]),
            (ChurnZero, &["lastName"]),
            (Sheets, &["Surname"]),
            (German, &["Nachname"]),
        ],
    },
    Field {
        name: "role",
        kind: Kind::Text,
        what: "",
        names: &[
            (HubSpot, &["Job Title"]),
            (Salesforce, &["Title"]),
            (Sheets, &["Position", "Function"]),
            (German, &["Rolle", "Funktion", "Abteilung"]),
        ],
    },
    Field {
        name: "email",
        kind: Kind::Email,
        what: "",
        names: &[
            (HubSpot, &["Email"]),
            (Sheets, &["E-mail", "E-mail address", "Email address", "Contact email", "Mail"]),
            (German, &["E-Mail-Adresse", "Mailadresse"]),
        ],
    },
    Field {
        name: "primary",
        kind: Kind::YesNo,
        what: "",
        names: &[
            (Planhat, &["Primary contact"]),
            (Sheets, &["Main contact", "Is primary", "Key contact"]),
            (German, &["Hauptkontakt", "Hauptansprechpartner"]),
        ],
    },
];
