//! What a response to a survey may say.

use crate::sources::values::Kind;

use super::{
    Field,
    System::{Freshdesk, German, Intercom, Planhat, Sheets, Vitally},
};

pub(super) const FIELDS: &[Field] = &[
    Field {
        name: "customer_id",
        kind: Kind::Id,
        what: "",
        names: &[
            (Intercom, &["Company ID"]),
            (Planhat, &["Company ID"]),
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
            (Freshdesk, &["Company"]),
            (Planhat, &["Company", "Company name"]),
            (Vitally, &["Account", "Account name"]),
            (Sheets, &["Customer", "Client", "Customer Name", "Client Name", "Account"]),
            (German, &["Kunde", "Kundenname", "Firma", "Unternehmen"]),
        ],
    },
    Field {
        name: "email",
        kind: Kind::Email,
        what: "the address of who answered; its domain finds the customer",
        names: &[(Vitally, &["User email"]), (Sheets, &["Respondent email", "Respondent"])],
    },
    Field {
        name: "date",
        kind: Kind::Date,
        what: "",
        names: &[
            (Planhat, &["Responded at"]),
            (Vitally, &["Responded at"]),
            (Sheets, &["Response date", "Responded on", "Answered on", "Survey date", "Submitted at"]),
            (German, &["Datum", "Antwortdatum"]),
        ],
    },
    Field {
        name: "survey",
        kind: Kind::Survey,
        what: "",
        names: &[(Sheets, &["Survey type"]), (German, &["Umfrage"])],
    },
    Field {
        name: "score",
        kind: Kind::Whole,
        what: "",
        names: &[(Sheets, &["Rating", "Response score"]), (German, &["Bewertung", "Punkte", "Note"])],
    },
    Field {
        name: "nps",
        kind: Kind::Whole,
        what: "an answer to an NPS survey, 0 to 10",
        names: &[(Sheets, &["NPS score", "NPS response", "NPS rating"]), (German, &["NPS-Wert"])],
    },
    Field {
        name: "csat",
        kind: Kind::Whole,
        what: "an answer to a CSAT survey, 1 to 5",
        names: &[(Sheets, &["CSAT score", "CSAT rating"]), (German, &["Zufriedenheit"])],
    },
    Field {
        name: "response_id",
        kind: Kind::Id,
        what: "",
        names: &[(Sheets, &["Response", "Response no"]), (German, &["Antwort-ID"])],
    },
];
