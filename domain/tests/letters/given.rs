//! Customers of one situation each.

use chrono::NaiveDate;
use contracts::{
    Line, SourceName,
    activity::{Activity, ActivityKind, ActivityRow},
    delivery::{Contact, ContractTerms, CustomerFields},
    facts::{Measure, Part, Priority, Ticket, Trend},
    occasion::Occasion,
};
use domain::{
    case::{Case, Figures, Period},
    letter::{Addressee, Language, Register, Tone, Voice, letter},
    occasion::occasion,
    rows::{CustomerRows, Delivered, Sources, TicketRow, Version},
    usage::UsageFigures,
};

/// A Friday.
pub const TODAY: &str = "2024-12-20";

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn source() -> SourceName {
    "files".parse().expect("a source's name")
}

/// A customer in the making.
#[derive(Clone)]
pub struct Customer {
    rows: CustomerRows,
    usage: Option<UsageFigures>,
}

pub fn customer(name: &str) -> Customer {
    let fields = CustomerFields { name: Some(name.into()), ..CustomerFields::default() };
    let rows = CustomerRows {
        fields: vec![Version { source: source(), key: "c-1".into(), from: day("2024-01-01"), says: Some(fields) }],
        ..CustomerRows::none("c-1".parse().expect("an id"))
    };
    Customer { rows, usage: None }
}

impl Customer {
    pub fn person(mut self, name: &str) -> Self {
        let says = Some(Contact { name: Some(name.into()), ..Contact::default() });
        self.rows.contacts.push(Version { source: source(), key: "p".into(), from: day("2024-01-01"), says });
        self
    }

    pub fn ticket(mut self, priority: Priority, opened: &str, closed: Option<&str>, subject: &str) -> Self {
        let ticket = Ticket {
            id: Line::new(&format!("T-{}", self.rows.tickets.len())),
            subject: (!subject.is_empty()).then(|| subject.into()),
            priority,
            opened_on: day(opened),
            closed_on: closed.map(day),
        };
        self.rows.tickets.push(TicketRow { source: source(), ticket, gone_on: None });
        self
    }

    pub fn contract(mut self, renewal: &str, auto_renew: bool, notice_days: Option<u32>) -> Self {
        let says = ContractTerms {
            renewal_date: Some(day(renewal)),
            auto_renew: Some(auto_renew),
            notice_days,
            seats: Some(100),
            ..ContractTerms::default()
        };
        self.rows.contracts.push(Version {
            source: source(),
            key: Line::new(&format!("k-{}", self.rows.contracts.len())),
            from: day("2024-01-01"),
            says: Some(says),
        });
        self
    }

    pub fn met(mut self, on: &str) -> Self {
        let activity = Activity {
            id: "a-1".parse().expect("an id"),
            customer_id: "c-1".parse().expect("an id"),
            kind: ActivityKind::Meeting,
            on: day(on),
            text: "We met.".into(),
            agreed: None,
            follow_up: None,
        };
        self.rows.activity.push(ActivityRow { source: source(), activity });
        self
    }

    pub fn forget_contracts(&mut self) {
        self.rows.contracts.clear();
    }

    pub fn usage(mut self, trend: Trend, before: f64, recent: f64) -> Self {
        let last_use = if trend == Trend::Silent { "2024-11-01" } else { TODAY };
        self.usage = Some(UsageFigures {
            source: source(),
            metric: "weekly active users".into(),
            measure: Measure::Level,
            trend: Some(trend),
            now: recent,
            recent,
            before: Some(before),
            window_days: 28,
            step_days: 7,
            newest: day(TODAY),
            last_use: Some(day(last_use)),
            streak: 0,
            down_since: None,
            seasonal: false,
            period: None,
        });
        self
    }

    pub fn case(self) -> Case {
        let delivered = Part::DELIVERED.map(|part| Delivered { source: source(), part, day: day(TODAY) });
        let sources = Sources { delivered: delivered.into(), ..Sources::default() };
        let period = Period::up_to(day(TODAY));
        let figures = Figures { usage: self.usage, ..Figures::of(&self.rows, &sources, day(TODAY), period) };
        Case::with(&self.rows, figures, &sources, day(TODAY), period)
    }

    /// The letter as it would be sent.
    pub fn letter(self, register: Register, language: &Language) -> String {
        self.letter_of(register, language).1
    }

    /// The same, with what it is about.
    pub fn letter_of(self, register: Register, language: &Language) -> (Occasion, String) {
        let case = self.case();
        let occasion = occasion(&case);
        let voice = Voice { sender: Some("Dana Field".into()), register, tone: Tone::Short, ..Voice::default() };
        let contact = case.contact.any().and_then(|contact| contact.name.as_ref());
        let to = Addressee { customer: &case.name, contact };
        let draft = letter(&occasion, to, case.as_of, &voice, language).expect("a letter");
        (occasion, format!("{}\n\n{}", draft.subject, draft.body))
    }
}
