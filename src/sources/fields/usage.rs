//! What a row of usage may say. Months, weeks and days that are columns themselves are points, too.

use crate::sources::values::Kind;

use super::{
    Field,
    System::{Amplitude, ChurnZero, Gainsight, German, Intercom, Mixpanel, Planhat, PostHog, Sheets, Vitally},
};

pub(super) const FIELDS: &[Field] = &[
    Field {
        name: "customer_id",
        kind: Kind::Id,
        what: "",
        names: &[
            (Mixpanel, &["company_id", "$group_id", "Company ID", "Group ID"]),
            (Amplitude, &["gp:company_id", "Group ID"]),
            (PostHog, &["$group_0", "group_key", "organization_id"]),
            (Gainsight, &["Company ID", "Account ID"]),
            (Planhat, &["Company ID", "External ID"]),
            (ChurnZero, &["accountExternalId"]),
            (Vitally, &["accountId", "Account ID"]),
            (Intercom, &["Company ID"]),
            (
                Sheets,
                &["Customer No", "Customer Number", "Client ID", "Account No", "Tenant ID", "Workspace ID", "Org ID"],
            ),
            (German, &["Kundennummer", "Kunden-Nr", "Kunden-Nr.", "Kunden-ID", "Mandant"]),
        ],
    },
    Field {
        name: "customer",
        kind: Kind::Text,
        what: "the customer's name",
        names: &[
            (Mixpanel, &["company", "Company name", "$group"]),
            (Amplitude, &["Segment", "gp:company", "gp:company_name"]),
            (PostHog, &["breakdown_value", "Breakdown", "breakdown", "organization"]),
            (Planhat, &["Company", "Company name"]),
            (Vitally, &["Account", "Account name"]),
            (
                Sheets,
                &[
                    "Customer Name",
                    "Client",
                    "Client Name",
                    "Account",
                    "Account Name",
                    "Organisation",
                    "Workspace",
                    "Tenant",
                ],
            ),
            (German, &["Kunde", "Kundenname", "Firma", "Unternehmen"]),
        ],
    },
    Field {
        name: "domain",
        kind: Kind::Domain,
        what: "the customer's domain, by which it is found",
        names: &[(Sheets, &["Company domain", "Email domain"])],
    },
    Field {
        name: "metric",
        kind: Kind::Text,
        what: "",
        names: &[
            (Mixpanel, &["Event", "Event name"]),
            (Amplitude, &["Event", "Event Type"]),
            (PostHog, &["series", "event", "Series"]),
            (ChurnZero, &["eventName", "Event Name"]),
            (Planhat, &["Metric name", "dimensionId", "Dimension"]),
            (Sheets, &["Measure name", "KPI", "Feature"]),
            (German, &["Kennzahl", "Metrik", "Ereignis"]),
        ],
    },
    Field { name: "measure", kind: Kind::Measure, what: "", names: &[] },
    Field {
        name: "date",
        kind: Kind::Date,
        what: "",
        names: &[
            (Mixpanel, &["Time", "time"]),
            (Amplitude, &["Date", "Day"]),
            (PostHog, &["day", "timestamp", "date"]),
            (ChurnZero, &["eventDate", "Event Date"]),
            (Gainsight, &["Date", "Usage Date"]),
            (Sheets, &["Day", "Week", "Week ending", "Month", "Period", "As of"]),
            (German, &["Datum", "Tag", "Woche", "Monat", "Zeitraum"]),
        ],
    },
    Field {
        name: "value",
        kind: Kind::Number,
        what: "",
        names: &[
            (Mixpanel, &["Total Events", "Unique Users", "Total", "Uniques"]),
            (Amplitude, &["Uniques", "Event Totals", "Active Users"]),
            (PostHog, &["count", "total"]),
            (ChurnZero, &["quantity"]),
            (Gainsight, &["Active Users", "Logins"]),
            (
                Sheets,
                &["Usage", "Logins", "Active users", "Events", "Sessions", "DAU", "WAU", "MAU", "API calls", "Count"],
            ),
            (German, &["Wert", "Anzahl", "Nutzung", "Aktive Nutzer", "Anmeldungen", "Logins"]),
        ],
    },
    Field { name: "trend", kind: Kind::Trend, what: "", names: &[] },
    Field { name: "recent", kind: Kind::Number, what: "", names: &[] },
    Field { name: "before", kind: Kind::Number, what: "", names: &[] },
];
