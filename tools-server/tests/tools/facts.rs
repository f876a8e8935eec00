//! Customers to run tools over: by hand, and arbitrary ones.

use chrono::{NaiveDate, TimeDelta};
use contracts::{
    Line,
    delivery::{Contact, ContractTerms},
    facts::{Measure, Money, OpenByPriority, Priority, Source, Ticket, Trend},
    reading::Knowledge,
    tools::{EmailDraft, EmailOccasion, EmailParams, QbrOutline, QbrParams, ToolCall, ToolOutput},
};
use domain::{
    case::{Case, ContractFigures, Period, TicketFigures},
    usage::UsageFigures,
};
use proptest::{collection::vec, option, prelude::*};
use tools_server::tools::{MissingData, run};

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

pub fn in_days(days: i64) -> NaiveDate {
    today().checked_add_signed(TimeDelta::days(days)).unwrap()
}

pub fn source() -> Source {
    Source { origin: "files".into(), as_of: today() }
}

pub fn known<T>(value: T) -> Knowledge<T> {
    Knowledge::Known { value, source: source() }
}

/// The same, said on another day.
pub fn said<T>(knowledge: Knowledge<T>, as_of: NaiveDate) -> Knowledge<T> {
    match knowledge {
        Knowledge::Known { value, source } => Knowledge::Known { value, source: Source { as_of, ..source } },
        other => other,
    }
}

/// A customer of whom nothing but the name is known.
pub fn nameless() -> Case {
    Case {
        id: "acme".parse().unwrap(),
        name: "Acme Corp".into(),
        as_of: today(),
        period: Period::up_to(today()),
        fields: Knowledge::Missing,
        usage: Knowledge::Missing,
        points: Vec::new(),
        tickets: Knowledge::Missing,
        contract: Knowledge::Missing,
        contact: Knowledge::Missing,
        others: Vec::new(),
        satisfaction: Knowledge::Missing,
        activity: Knowledge::Missing,
        gone: None,
    }
}

pub fn contact(name: &str) -> Knowledge<Contact> {
    known(Contact { name: Some(name.into()), ..Contact::default() })
}

pub fn usage(trend: Option<Trend>, before: f64, recent: f64) -> Knowledge<UsageFigures> {
    known(UsageFigures {
        source: "files".parse().unwrap(),
        metric: "logins a day".into(),
        measure: Measure::Level,
        trend,
        now: recent,
        recent,
        before: Some(before),
        window_days: 28,
        step_days: 7,
        newest: today(),
        last_use: Some(today()),
        streak: 0,
        down_since: None,
        seasonal: false,
        period: None,
    })
}

/// Open tickets of these priorities, opened one a day, the first one three weeks ago.
pub fn tickets(priorities: &[Priority]) -> Knowledge<TicketFigures> {
    let of = |priority| priorities.iter().filter(|other| **other == priority).count() as u32;
    let recent = (1..).zip(priorities).map(|(number, priority)| Ticket {
        id: Line::new(&format!("T-{number}")),
        subject: Some(Line::new(&format!("Subject {number}"))),
        priority: *priority,
        opened_on: in_days(number - 22),
        closed_on: None,
    });
    known(TicketFigures {
        origin: "files".into(),
        counted_on: None,
        by_priority: OpenByPriority {
            urgent: of(Priority::Urgent),
            high: of(Priority::High),
            normal: of(Priority::Normal),
            low: of(Priority::Low),
        },
        oldest_open: priorities.first().map(|_| in_days(-21)),
        recent: recent.collect(),
        period: None,
    })
}

pub fn contract(days: Option<i64>) -> Knowledge<ContractFigures> {
    of_terms(ContractTerms { renewal_date: days.map(in_days), ..ContractTerms::default() })
}

/// One contract of these terms.
pub fn of_terms(main: ContractTerms) -> Knowledge<ContractFigures> {
    let (arr, seats) = (main.arr.iter().cloned().collect(), main.seats);
    known(ContractFigures { main, contracts: 1, arr, before: None, seats })
}

pub fn call(tool: ToolCall, case: &Case) -> Result<ToolOutput, MissingData> {
    run(&tool, case)
}

pub fn email(occasion: EmailOccasion, case: &Case) -> Result<EmailDraft, MissingData> {
    match call(ToolCall::GenerateEmail(EmailParams { as_of: None, occasion }), case)? {
        ToolOutput::Email(draft) => Ok(draft),
        other => panic!("not an email: {other:?}"),
    }
}

pub fn outline(case: &Case) -> Result<QbrOutline, MissingData> {
    match call(ToolCall::GenerateQbrOutline(QbrParams::default()), case)? {
        ToolOutput::Qbr(outline) => Ok(outline),
        other => panic!("not an outline: {other:?}"),
    }
}

fn trends() -> impl Strategy<Value = Trend> {
    prop::sample::select(Trend::ALL.to_vec())
}

/// Foreign text, now and then with a word that must not leave the house.
fn foreign() -> impl Strategy<Value = Line> {
    let internal = prop_oneof!["", "Health score", "CHURN RISK", "RiskScore", "healthy"];
    (internal, "\\PC{0,20}").prop_map(|(word, text)| Line::new(&format!("{word} {text}")))
}

/// Known on some day, gone stale, or not known at all.
fn some<T: std::fmt::Debug + Clone + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Knowledge<T>> {
    (value, -400_i64..1, 0..4).prop_map(|(value, as_of, state)| {
        let source = Source { as_of: in_days(as_of), ..source() };
        match state {
            0 => Knowledge::Missing,
            1 => Knowledge::Stale { value, source },
            _ => Knowledge::Known { value, source },
        }
    })
}

fn some_tickets() -> impl Strategy<Value = Knowledge<TicketFigures>> {
    let priority = prop::sample::select(Priority::ALL.to_vec());
    some(vec((priority, foreign(), option::of(foreign())), 0..12).prop_map(|list| {
        let priorities: Vec<_> = list.iter().map(|(priority, ..)| *priority).collect();
        let mut figures = tickets(&priorities).known().unwrap().clone();
        for (ticket, (_, id, subject)) in figures.recent.iter_mut().zip(list) {
            (ticket.id, ticket.subject) = (id, subject);
        }
        figures
    }))
}

fn some_usage() -> impl Strategy<Value = Knowledge<UsageFigures>> {
    let figures = (option::of(trends()), foreign(), 0.0..1e9, option::of(0.0..1e9));
    some(figures.prop_map(|(trend, metric, recent, before)| UsageFigures {
        metric,
        before,
        ..usage(trend, 0.0, recent).known().unwrap().clone()
    }))
}

fn some_contract() -> impl Strategy<Value = Knowledge<ContractFigures>> {
    let arr = option::of((0..i64::MAX).prop_map(|minor| Money { minor, currency: "USD".into() }));
    let terms = (arr, option::of(foreign()), option::of(any::<u32>()), option::of(any::<bool>()));
    some((option::of(-3000_i64..3000), terms).prop_map(|(days, (arr, plan, seats, auto_renew))| {
        let renewal_date = days.map(in_days);
        let terms = ContractTerms { renewal_date, arr, plan, seats, auto_renew, notice_days: None };
        of_terms(terms).known().unwrap().clone()
    }))
}

/// Any customer at all; its own names hold no internal word, so that a test can tell where one comes from.
pub fn any_case() -> impl Strategy<Value = Case> {
    (some_usage(), some_tickets(), some_contract(), option::of("[A-Z][a-z]{1,3}")).prop_map(
        |(usage, tickets, contract, name)| {
            let contact = name.map_or(Knowledge::Missing, |name| contact(&name));
            Case { usage, tickets, contract, contact, ..nameless() }
        },
    )
}
