//! A customer of whom everything is known and well, to be changed by a test.

use chrono::{Days, NaiveDate};
use contracts::{
    activity::{Activity, ActivityKind, ActivityRow, FollowUp},
    attention::{Item, Kind},
    delivery::{ContractTerms, CustomerFields},
    facts::{Measure, Money, Part, Priority, Status, Ticket, Trend},
};
use domain::{
    attention::{self, Seen},
    case::{Case, Figures, Period},
    rows::{CustomerRows, Delivered, Sources, TicketRow, Version},
    usage::UsageFigures,
};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn today() -> NaiveDate {
    day("2026-11-20")
}

pub fn money(major: i64, currency: &str) -> Money {
    Money { minor: major * 100, currency: currency.into() }
}

/// What a test says of a customer; the rest is well.
#[derive(Debug, Clone)]
pub struct Customer {
    pub id: String,
    pub status: Option<Status>,
    pub gone_on: Option<NaiveDate>,
    pub usage: Option<UsageFigures>,
    pub tickets: Vec<Ticket>,
    pub terms: Option<ContractTerms>,
    /// The terms before, and until when they held.
    pub terms_before: Option<(NaiveDate, ContractTerms)>,
    pub contracts_delivered: NaiveDate,
    /// What was done, the last thing with a follow-up.
    pub activity: Vec<Activity>,
    pub tickets_delivered: NaiveDate,
}

pub fn well(id: &str) -> Customer {
    Customer {
        id: id.to_owned(),
        status: None,
        gone_on: None,
        usage: Some(usage(Trend::Flat)),
        tickets: Vec::new(),
        terms: Some(terms(100_000, "USD", "2027-10-01")),
        terms_before: None,
        contracts_delivered: today(),
        activity: Vec::new(),
        tickets_delivered: today(),
    }
}

pub fn usage(trend: Trend) -> UsageFigures {
    UsageFigures {
        source: "product".parse().unwrap(),
        metric: "logins".into(),
        measure: Measure::Count,
        trend: Some(trend),
        now: 10.0,
        recent: 60.0,
        before: Some(100.0),
        window_days: 28,
        step_days: 1,
        newest: today(),
        last_use: Some(if trend == Trend::Silent { day("2026-08-01") } else { today() }),
        streak: 0,
        down_since: (trend == Trend::Down).then(|| day("2026-10-11")),
        seasonal: false,
        period: None,
    }
}

pub fn terms(arr: i64, currency: &str, renewal: &str) -> ContractTerms {
    ContractTerms { arr: Some(money(arr, currency)), renewal_date: Some(day(renewal)), ..ContractTerms::default() }
}

pub fn urgent(id: &str, opened: &str) -> Ticket {
    let subject = Some("Export loses rows".into());
    Ticket { id: id.into(), subject, priority: Priority::Urgent, opened_on: day(opened), closed_on: None }
}

/// A call with what is to follow.
pub fn call(id: &str, on: &str, due: Option<&str>) -> Activity {
    Activity {
        id: id.parse().unwrap(),
        customer_id: "a".parse().unwrap(),
        kind: ActivityKind::Call,
        on: day(on),
        text: "send the order form".into(),
        agreed: None,
        follow_up: due.map(|due| FollowUp { due: day(due), closed_on: None }),
    }
}

impl Customer {
    pub fn case(&self) -> Case {
        self.case_on(today())
    }

    pub fn case_on(&self, as_of: NaiveDate) -> Case {
        let source = || "crm".parse().unwrap();
        let version = |from: NaiveDate, says| Version { source: source(), key: self.id.as_str().into(), from, says };
        let fields = CustomerFields {
            name: Some(format!("{} Ltd", self.id).as_str().into()),
            status: self.status,
            ..CustomerFields::default()
        };
        let since = day("2024-01-01");
        let gone = self.gone_on.map(|on| version(on, None));
        let contract = |from: NaiveDate, says: &ContractTerms| Version {
            source: source(),
            key: "C-1".into(),
            from,
            says: Some(says.clone()),
        };
        let before = self.terms_before.as_ref().map(|(_, terms)| contract(since, terms));
        let from = self.terms_before.as_ref().map_or(since, |(until, _)| *until + Days::new(1));
        let now = self.terms.as_ref().map(|terms| contract(from, terms));
        let ticket = |ticket: &Ticket| TicketRow { source: source(), ticket: ticket.clone(), gone_on: None };
        let rows = CustomerRows {
            fields: [version(since, Some(fields))].into_iter().chain(gone).collect(),
            contracts: before.into_iter().chain(now).collect(),
            activity: self
                .activity
                .iter()
                .map(|it| ActivityRow { source: "manual".parse().unwrap(), activity: it.clone() })
                .collect(),
            tickets: self.tickets.iter().map(ticket).collect(),
            ..CustomerRows::none(self.id.parse().unwrap())
        };
        let delivered = |part, day| Delivered { source: source(), part, day };
        let sources = Sources {
            delivered: vec![
                delivered(Part::Customers, today()),
                delivered(Part::Contracts, self.contracts_delivered),
                delivered(Part::Tickets, self.tickets_delivered),
            ],
            ..Sources::default()
        };
        let period = Period::up_to(as_of);
        let figures = Figures { usage: self.usage.clone(), ..Figures::of(&rows, &sources, as_of, period) };
        Case::with(&rows, figures, &sources, as_of, period)
    }
}

/// The items of a book, as of today, with nothing known of earlier days.
pub fn items(book: &[Customer]) -> Vec<Item> {
    let cases: Vec<_> = book.iter().map(Customer::case).collect();
    attention::items(&seen(&cases))
}

pub fn seen(cases: &[Case]) -> Vec<Seen<'_>> {
    cases.iter().map(|now| Seen { now, before: None }).collect()
}

/// The kinds of the items, sorted.
pub fn kinds(items: &[Item]) -> Vec<Kind> {
    let mut kinds: Vec<_> = items.iter().map(|item| item.kind).collect();
    kinds.sort_unstable();
    kinds
}

/// The one item of a kind.
pub fn of_kind(items: &[Item], kind: Kind) -> Item {
    let mut found = items.iter().filter(|item| item.kind == kind);
    let item = found.next().unwrap_or_else(|| panic!("no {kind:?} in {:?}", kinds(items)));
    assert!(found.next().is_none(), "two of {kind:?}");
    item.clone()
}
