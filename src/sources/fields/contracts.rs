//! What a contract's or subscription's row may say.

use crate::sources::values::Kind;

use super::{
    Field,
    System::{Chargebee, ChurnZero, Gainsight, German, HubSpot, Planhat, Salesforce, Sheets, Stripe, Vitally},
};

pub(super) const FIELDS: &[Field] = &[
    Field {
        name: "contract_id",
        kind: Kind::Id,
        what: "",
        names: &[
            (HubSpot, &["Subscription ID"]),
            (Salesforce, &["Contract Number", "Contract ID", "ContractNumber"]),
            (Stripe, &["id", "Subscription ID"]),
            (Chargebee, &["Subscription Id"]),
            (Planhat, &["License ID"]),
            (Sheets, &["Contract", "Contract No", "Contract #", "Agreement", "Subscription", "Order number"]),
            (German, &["Vertragsnummer", "Vertrags-Nr", "Vertrags-Nr.", "Vertrags-ID", "Vertrag"]),
        ],
    },
    Field {
        name: "customer_id",
        kind: Kind::Id,
        what: "",
        names: &[
            (HubSpot, &["Associated Company IDs"]),
            (Salesforce, &["Account ID", "AccountId", "Account.Id"]),
            (Stripe, &["Customer ID"]),
            (Chargebee, &["Customer Id"]),
            (Gainsight, &["Company ID"]),
            (Planhat, &["Company ID"]),
            (ChurnZero, &["accountExternalId"]),
            (Vitally, &["Account ID"]),
            (Sheets, &["Customer No", "Customer Number", "Customer #", "Client ID", "Account No", "Account Number"]),
            (German, &["Kundennummer", "Kunden-Nr", "Kunden-Nr.", "Kunden-ID"]),
        ],
    },
    Field {
        name: "customer",
        kind: Kind::Text,
        what: "the customer's name",
        names: &[
            (HubSpot, &["Associated Company"]),
            (Salesforce, &["Account Name", "Account.Name"]),
            (Stripe, &["Customer Name"]),
            (Chargebee, &["Company", "Customer Company"]),
            (Gainsight, &["Company Name"]),
            (Planhat, &["Company name", "Company"]),
            (Sheets, &["Customer", "Client", "Client Name", "Account", "Account Name"]),
            (German, &["Kunde", "Kundenname", "Firma", "Unternehmen"]),
        ],
    },
    Field {
        name: "email",
        kind: Kind::Email,
        what: "an address of the customer; its domain finds the customer",
        names: &[(Stripe, &["Customer Email"]), (Chargebee, &["Customer Email"]), (Sheets, &["Billing email"])],
    },
    Field {
        name: "domain",
        kind: Kind::Domain,
        what: "the customer's domain, by which it is found",
        names: &[(Sheets, &["Company domain", "Email domain"])],
    },
    Field {
        name: "other_id",
        kind: Kind::Id,
        what: "the customer's id in another system",
        names: &[(Stripe, &[
            "account_id (metadata)", "crm_id (metadata)", "customer_id (metadata)", "company_id (metadata)",
            "hubspot_id (metadata)", "salesforce_id (metadata)",
        ])],
    },
    Field {
        name: "renewal_date",
        kind: Kind::Date,
        what: "",
        names: &[
            (HubSpot, &["Renewal Date", "Next payment due date"]),
            (Salesforce, &["Contract End Date", "Contract.EndDate", "Renewal Date"]),
            (Stripe, &["Current Period End", "Current Period End (UTC)"]),
            (Chargebee, &["Next Billing At", "Next Billing Date", "Current Term End", "Next Renewal At"]),
            (Gainsight, &["RenewalDate", "Renewal Date"]),
            (Planhat, &["Renewal date", "Next renewal"]),
            (ChurnZero, &["NextRenewalDate", "Next Renewal Date"]),
            (Vitally, &["Next renewal date", "Renewal date"]),
            (Sheets, &[
                "Renewal", "Renews", "Renews on", "Renewal due", "Next renewal", "Contract end", "End of contract",
                "Contract expiry", "Expiry date", "Expires", "Expires on", "Term end",
            ]),
            (German, &[
                "Verlängerung", "Verlängerungsdatum", "Nächste Verlängerung", "Vertragsende", "Vertragsablauf", "Laufzeitende",
                "Laufzeit bis", "Vertrag bis",
            ]),
        ],
    },
    Field {
        name: "arr",
        kind: Kind::Money,
        what: "",
        names: &[
            (HubSpot, &["Annual recurring revenue", "ARR"]),
            (Salesforce, &["Annual Contract Value", "ACV"]),
            (ChurnZero, &["TotalContractAmount", "Total Contract Amount"]),
            (Sheets, &["Annual revenue recurring", "Yearly revenue", "Annual value", "ARR total", "Annual fee"]),
            (German, &["Jahresumsatz", "Umsatz pro Jahr", "Umsatz/Jahr", "Jahreswert", "Jahresvertragswert", "Jahresbetrag"]),
        ],
    },
    Field {
        name: "mrr",
        kind: Kind::Money,
        what: "revenue a month; twelve times as much a year",
        names: &[
            (HubSpot, &["Monthly recurring revenue"]),
            (Chargebee, &["MRR", "Subscription MRR"]),
            (Sheets, &["Monthly revenue", "Monthly fee", "Monthly value"]),
            (German, &["Monatsumsatz", "Umsatz pro Monat", "Monatsbetrag"]),
        ],
    },
    Field {
        name: "amount",
        kind: Kind::Money,
        what: "what is paid each interval for the whole of the subscription",
        names: &[
            (Stripe, &["Amount", "Plan Amount"]),
            (Chargebee, &["Plan Amount", "Subscription Amount"]),
            (Sheets, &["Fee", "Contract value", "Price"]),
            (German, &["Betrag", "Vertragswert", "Preis"]),
        ],
    },
    Field {
        name: "unit_amount",
        kind: Kind::Money,
        what: "what is paid each interval for each seat",
        names: &[(Stripe, &["Unit Amount"]), (Chargebee, &["Plan Unit Price", "Unit Price"]), (German, &["Preis pro Lizenz"])],
    },
    Field {
        name: "interval",
        kind: Kind::Interval,
        what: "how often the amount is paid",
        names: &[
            (Stripe, &["Interval", "Plan Interval"]),
            (Chargebee, &["Billing Period Unit", "Subscription Billing Period", "Billing Period"]),
            (Sheets, &["Billing interval", "Billing frequency", "Billing cycle", "Payment frequency", "Frequency"]),
            (German, &["Abrechnung", "Abrechnungsintervall", "Zahlungsweise", "Turnus", "Intervall"]),
        ],
    },
    Field {
        name: "interval_count",
        kind: Kind::Whole,
        what: "how many intervals one payment is for",
        names: &[(Stripe, &["Interval Count", "Plan Interval Count"])],
    },
    Field {
        name: "currency",
        kind: Kind::Currency,
        what: "",
        names: &[
            (Salesforce, &["Account Currency", "Contract Currency", "CurrencyIsoCode", "ARR Currency"]),
            (Chargebee, &["Currency Code", "Subscription Currency"]),
            (Sheets, &["Curr", "Cur", "CCY"]),
            (German, &["Währung"]),
        ],
    },
    Field {
        name: "plan",
        kind: Kind::Text,
        what: "",
        names: &[
            (Stripe, &["Plan", "Product", "Product Name"]),
            (Chargebee, &["Plan Id", "Current Plan", "Plan Name"]),
            (ChurnZero, &["Plan Type"]),
            (Sheets, &["Product", "Package", "Edition", "Subscription plan", "License type", "Licence type"]),
            (German, &["Tarif", "Paket", "Produkt", "Lizenz", "Lizenztyp"]),
        ],
    },
    Field {
        name: "seats",
        kind: Kind::Whole,
        what: "",
        names: &[
            (Stripe, &["Quantity"]),
            (Chargebee, &["Plan Quantity"]),
            (ChurnZero, &["LicenseCount", "License Count"]),
            (Sheets, &["Licences", "Licenses", "Seats purchased", "Users purchased", "Licensed users", "# Seats"]),
            (German, &["Lizenzen", "Anzahl Lizenzen", "Nutzerlizenzen", "Plätze", "Menge"]),
        ],
    },
    Field {
        name: "auto_renew",
        kind: Kind::YesNo,
        what: "",
        names: &[
            (Salesforce, &["Auto Renewal", "Auto-Renew"]),
            (Planhat, &["Auto renews"]),
            (Sheets, &["Auto renewal", "Automatic renewal", "Renews automatically", "Autorenew", "Evergreen"]),
            (German, &["Automatische Verlängerung", "Auto-Verlängerung", "Verlängert automatisch"]),
        ],
    },
    Field {
        name: "cancels",
        kind: Kind::YesNo,
        what: "whether it ends with its period instead of renewing",
        names: &[(Stripe, &["Cancel At Period End"]), (Sheets, &["Cancelled at renewal"])],
    },
    Field {
        name: "notice_days",
        kind: Kind::Whole,
        what: "",
        names: &[
            (Salesforce, &["Owner Expiration Notice", "OwnerExpirationNotice"]),
            (Planhat, &["Notice period"]),
            (Sheets, &["Notice period (days)", "Notice", "Notice days", "Days notice"]),
            (German, &["Kündigungsfrist", "Kündigungsfrist (Tage)"]),
        ],
    },
    Field {
        name: "status",
        kind: Kind::ContractState,
        what: "cancelled and ended contracts are left out, trials have no revenue yet",
        names: &[
            (Chargebee, &["Subscription Status"]),
            (Sheets, &["Contract status", "Subscription status", "Subscription state"]),
            (German, &["Vertragsstatus"]),
        ],
    },
    Field {
        name: "ended_on",
        kind: Kind::Date,
        what: "the day the contract ended; it is left out from then on",
        names: &[
            (Stripe, &["Ended At", "Ended At (UTC)"]),
            (Sheets, &["Ended", "Terminated on", "Churn date"]),
            (German, &["Beendet am", "Gekündigt zum"]),
        ],
    },
];
