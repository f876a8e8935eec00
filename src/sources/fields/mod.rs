//! What an import can take in, and what systems call it: one table that recognition reads and that `docs/import.md` is
//! made of.
//!
//! A field is a column of a [canonical file](super::canonical::TABLES), or one that leads to such a column: the company
//! domain leads to the customer, the status of a ticket to whether it is open, an amount and its interval to the revenue.

mod activity;
mod contacts;
mod contracts;
mod customers;
mod folded;
mod satisfaction;
mod tickets;
mod unit;
mod usage;

use std::{collections::HashMap, sync::LazyLock};

use ::contracts::facts::Part;

use super::values::Kind;

pub use self::{
    folded::{bare, folded},
    unit::{Unit, unit_in},
};

/// A column that an import takes in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// Its name: that of the canonical column, where it is one.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// What it is good for, where the canonical column does not say.
    pub what: &'static str,
    /// What systems call it. Sheets that people make themselves are a system, too.
    pub names: &'static [(System, &'static [&'static str])],
}

impl Field {
    /// What a header may be called that is this field, as names are compared.
    fn calls(&self) -> impl Iterator<Item = String> {
        let names = self.names.iter().flat_map(|(_, names)| *names);
        [&self.name].into_iter().chain(names).map(|name| folded(name))
    }

    /// The systems that call it so.
    pub fn systems(&self, folded: &str) -> impl Iterator<Item = System> {
        let is_called = move |names: &&[&str]| names.iter().any(|name| folded::folded(name) == folded);
        self.names.iter().filter(move |(_, names)| is_called(names)).map(|(system, _)| *system)
    }
}

/// Where exports come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum System {
    HubSpot,
    Salesforce,
    Zendesk,
    Freshdesk,
    Intercom,
    Jira,
    Stripe,
    Chargebee,
    Recurly,
    Maxio,
    Mixpanel,
    Amplitude,
    PostHog,
    Gainsight,
    Planhat,
    ChurnZero,
    Vitally,
    Sheets,
    German,
}

impl System {
    /// Its name for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HubSpot => "HubSpot",
            Self::Salesforce => "Salesforce",
            Self::Zendesk => "Zendesk",
            Self::Freshdesk => "Freshdesk",
            Self::Intercom => "Intercom",
            Self::Jira => "Jira",
            Self::Stripe => "Stripe",
            Self::Chargebee => "Chargebee",
            Self::Recurly => "Recurly",
            Self::Maxio => "Maxio",
            Self::Mixpanel => "Mixpanel",
            Self::Amplitude => "Amplitude",
            Self::PostHog => "PostHog",
            Self::Gainsight => "Gainsight",
            Self::Planhat => "Planhat",
            Self::ChurnZero => "ChurnZero",
            Self::Vitally => "Vitally",
            Self::Sheets => "sheets",
            Self::German => "sheets in German",
        }
    }
}

/// Every field of a part.
pub fn of(part: Part) -> &'static [Field] {
    match part {
        Part::Customers => customers::FIELDS,
        Part::Usage => usage::FIELDS,
        Part::Tickets => tickets::FIELDS,
        Part::Contracts => contracts::FIELDS,
        Part::Contacts => contacts::FIELDS,
        Part::Satisfaction => satisfaction::FIELDS,
        Part::Activity => activity::FIELDS,
        Part::Health => &[],
    }
}

/// The field of a part with this name.
pub fn named(part: Part, name: &str) -> Option<&'static Field> {
    of(part).iter().find(|field| field.name == name)
}

/// The field of a part that a header names: as it stands, else without its currency and unit, else without what it says in
/// brackets, else without saying again of what it speaks: `Client Status` of a customer is its `Status`.
pub fn called(part: Part, header: &str) -> Option<&'static Field> {
    let find = |name: &str| by_name().get(&part)?.get(name).copied();
    let any = |name: &str| find(name).or_else(|| find(unit::without_unit(name)));
    let (whole, bare) = (folded(header), folded(bare(header)));
    let without_subject = || {
        let bare = bare.strip_prefix("assigned ").or(bare.strip_prefix("current ")).unwrap_or(&bare);
        let bare =
            subjects(part).iter().find_map(|subject| bare.strip_prefix(subject)?.strip_prefix(' ')).unwrap_or(bare);
        // An id is too much to guess: Jira's `Issue id` is not its key.
        any(bare).or_else(|| any(bare.strip_suffix(" name")?)).filter(|field| field.kind != Kind::Id)
    };
    // `ARR Currency` stands beside `ARR`, and `Account: Account Name` is the name of what a row belongs to.
    let beside = || {
        any(bare.strip_suffix(" currency")?)
            .filter(|field| field.kind == Kind::Money)
            .and_then(|_| named(part, "currency"))
    };
    let belongs = || called(part, header.rsplit_once(": ")?.1);
    any(&whole).or_else(|| any(&bare)).or_else(without_subject).or_else(beside).or_else(belongs)
}

/// The fields of each part by what they are called: a sheet may have thousands of columns.
fn by_name() -> &'static HashMap<Part, HashMap<String, &'static Field>> {
    static NAMES: LazyLock<HashMap<Part, HashMap<String, &'static Field>>> = LazyLock::new(|| {
        // Of two fields that are called the same the first counts.
        let names =
            |part| of(part).iter().rev().flat_map(|field| field.calls().map(move |name| (name, field))).collect();
        Part::DELIVERED.into_iter().map(|part| (part, names(part))).collect()
    });
    &NAMES
}

/// What a header calls whatever a row of a part is.
fn subjects(part: Part) -> &'static [&'static str] {
    match part {
        Part::Customers => CUSTOMER,
        Part::Tickets => &["ticket", "case", "issue", "conversation"],
        Part::Contracts => &["contract", "subscription", "agreement", "licence", "license"],
        Part::Contacts => &["contact", "person", "user"],
        Part::Satisfaction => &["survey", "response"],
        Part::Activity => &["activity", "meeting"],
        Part::Usage | Part::Health => &[],
    }
}

/// What headers call a customer.
const CUSTOMER: &[&str] = &["customer", "client", "account", "company", "organisation", "organization"];

/// Whether a header says that it speaks of the customer, whatever else its row is.
pub fn speaks_of_customer(header: &str) -> bool {
    const OTHERS: [&str; 7] = ["csm", "success", "kunde", "kunden", "firma", "unternehmen", "betreuer"];
    let header = folded(header);
    header.split(' ').any(|word| CUSTOMER.contains(&word) || OTHERS.contains(&word) || word.starts_with("kunden"))
}

/// Tables that are known and hold nothing to take in, by what their headers have, and why not.
pub const OF_NO_USE: &[(&[&str], &str)] = &[
    (&["deal name", "deal stage"], "it has deals, and a deal's amount is no recurring revenue"),
    (&["stage name", "close date"], "it has opportunities, and their amount is no recurring revenue"),
    (&["opportunity name", "stage"], "it has opportunities, and their amount is no recurring revenue"),
    (&["number", "amount due"], "it has invoices; revenue is read of subscriptions and contracts"),
    (&["invoice number", "amount due"], "it has invoices; revenue is read of subscriptions and contracts"),
    (&["amount refunded", "card id"], "it has payments; revenue is read of subscriptions and contracts"),
];
