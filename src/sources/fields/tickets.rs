//! What a ticket's row may say.

use crate::sources::values::Kind;

use super::{
    Field,
    System::{Freshdesk, German, HubSpot, Intercom, Jira, Salesforce, Sheets, Zendesk},
};

pub(super) const FIELDS: &[Field] = &[
    Field {
        name: "ticket_id",
        kind: Kind::Id,
        what: "",
        names: &[
            (HubSpot, &["Ticket ID", "Record ID"]),
            (Salesforce, &["Case Number", "Case ID", "CaseNumber"]),
            (Zendesk, &["Id", "Ticket ID"]),
            (Freshdesk, &["Ticket ID", "Ticket Id"]),
            (Intercom, &["Conversation ID", "conversation_id", "Ticket ID"]),
            (Jira, &["Issue key", "Key"]),
            (Sheets, &["Ticket", "Ticket no", "Ticket number", "Ticket #", "Case", "Issue", "Incident", "Number"]),
            (German, &["Ticketnummer", "Ticket-Nr", "Ticket-Nr.", "Vorgang", "Vorgangsnummer", "Fallnummer"]),
        ],
    },
    Field {
        name: "customer_id",
        kind: Kind::Id,
        what: "",
        names: &[
            (HubSpot, &["Associated Company IDs", "Associated company ID"]),
            (Salesforce, &["Account ID", "AccountId"]),
            (Zendesk, &["Organization ID", "Requester external id"]),
            (Freshdesk, &["Company ID"]),
            (Intercom, &["Company ID"]),
            (Sheets, &["Customer No", "Customer Number", "Client ID", "Account No", "Account Number"]),
            (German, &["Kundennummer", "Kunden-Nr", "Kunden-Nr.", "Kunden-ID"]),
        ],
    },
    Field {
        name: "customer",
        kind: Kind::Text,
        what: "the customer's name",
        names: &[
            (HubSpot, &["Associated Company"]),
            (Salesforce, &["Account Name"]),
            (Zendesk, &["Organization", "Organization name", "Requester organization"]),
            (Freshdesk, &["Company Name", "Company"]),
            (Intercom, &["Company name", "message_author_companies", "User company name"]),
            (Jira, &["Organizations", "Organization", "Customer", "Company"]),
            (Sheets, &["Client", "Account", "Customer Name", "Client Name"]),
            (German, &["Kunde", "Kundenname", "Firma", "Unternehmen"]),
        ],
    },
    Field {
        name: "domain",
        kind: Kind::Domain,
        what: "the domain of who asked, by which the customer is found",
        names: &[(Zendesk, &["Requester domain"]), (Sheets, &["Company domain", "Email domain"])],
    },
    Field {
        name: "email",
        kind: Kind::Email,
        what: "the address of who asked; its domain finds the customer",
        names: &[
            (HubSpot, &["Associated Contact Email"]),
            (Salesforce, &["Contact Email", "Web Email"]),
            (Zendesk, &["Requester email"]),
            (Freshdesk, &["Email", "Requester Email", "Contact email"]),
            (Intercom, &["User email", "message_author_email", "Email"]),
            (Jira, &["Reporter email"]),
            (Sheets, &["Customer email", "Primary customer email"]),
            (German, &["E-Mail", "Melder E-Mail"]),
        ],
    },
    Field {
        name: "priority",
        kind: Kind::Priority,
        what: "",
        names: &[(Sheets, &["Severity", "Prio", "Urgency", "Sev"]), (German, &["Priorität", "Dringlichkeit", "Prio"])],
    },
    Field {
        name: "status",
        kind: Kind::TicketState,
        what: "decides whether the ticket is open, where the day it was closed is not there",
        names: &[
            (HubSpot, &["Ticket status"]),
            (Intercom, &["conversation_state", "State", "Conversation state", "Ticket state"]),
            (Sheets, &["Ticket status", "Case status"]),
            (German, &["Zustand"]),
        ],
    },
    Field {
        name: "opened_on",
        kind: Kind::Date,
        what: "",
        names: &[
            (HubSpot, &["Create date"]),
            (Salesforce, &["Date/Time Opened", "Opened Date", "Created Date", "CreatedDate"]),
            (Zendesk, &["Created at"]),
            (Freshdesk, &["Created time", "Created Time"]),
            (Intercom, &["conversation_created_at", "Created at", "Conversation started at", "Started at"]),
            (Jira, &["Created"]),
            (Sheets, &["Opened", "Opened at", "Open date", "Date opened", "Created on", "Date created", "Raised on"]),
            (German, &["Erstellt", "Erstellt am", "Eröffnet", "Eröffnet am", "Angelegt am", "Erstelldatum"]),
        ],
    },
    Field {
        name: "closed_on",
        kind: Kind::Date,
        what: "",
        names: &[
            (HubSpot, &["Close date", "Closed date"]),
            (Salesforce, &["Date/Time Closed", "Closed Date", "ClosedDate"]),
            (Zendesk, &["Solved at", "Solved date"]),
            (Freshdesk, &["Resolved time", "Resolved Time"]),
            (Intercom, &["conversation_closed_at", "Closed at", "Last closed at"]),
            (Jira, &["Resolved"]),
            (
                Sheets,
                &["Closed", "Close date", "Closed time", "Date closed", "Solved on", "Resolved on", "Resolved at"],
            ),
            (German, &["Geschlossen", "Geschlossen am", "Gelöst am", "Erledigt am", "Abgeschlossen am"]),
        ],
    },
    Field {
        name: "updated_on",
        kind: Kind::Date,
        what: "the day a closed ticket was closed, where nothing else says it",
        names: &[
            (HubSpot, &["Last modified date"]),
            (Salesforce, &["Last Modified Date"]),
            (Zendesk, &["Updated at"]),
            (Freshdesk, &["Last update time", "Last updated time"]),
            (Intercom, &["Updated at", "Last updated at"]),
            (Jira, &["Updated"]),
            (Sheets, &["Modified time", "Modified on", "Last modified", "Last updated"]),
            (German, &["Geändert am", "Aktualisiert", "Aktualisiert am"]),
        ],
    },
    Field {
        name: "subject",
        kind: Kind::Text,
        what: "",
        names: &[
            (HubSpot, &["Ticket name"]),
            (Intercom, &["Title", "Conversation subject"]),
            (Jira, &["Summary"]),
            (Sheets, &["Title", "Topic", "Short description"]),
            (German, &["Betreff", "Thema", "Titel"]),
        ],
    },
];
