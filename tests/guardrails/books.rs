//! All that the rules and the tools write of any customer passes the check: it takes out nothing that is true.

use chrono::{Days, NaiveDate};
use contracts::{
    CustomerId, Line, SourceName,
    delivery::{ContractTerms, CustomerFields, UsageSummary},
    facts::{Money, Part, Priority, Ticket, Trend, UsagePoint},
    planner::{PlannerResult, Task, TimingInfo},
    run::CallTiming,
};
use cs_copilot::{
    agent::{
        RunRequest,
        guardrails::{
            data::cleaned,
            grounding::{Known, Subject, check},
        },
        synthesis::synthesise,
        tasks,
    },
    backend::{CallError, CallReport},
    config::Planner,
};
use domain::{
    case::Case,
    rows::{CustomerRows, Delivered, Series, Sources, TicketRow, Version},
};
use proptest::prelude::*;
use tools_server::{demo, tools};

use crate::support::today;

/// The customers of the demo book.
pub fn demo(as_of: NaiveDate) -> Vec<Case> {
    let sources = demo::sources(as_of);
    demo::names().map(|(id, _)| Case::of(&demo::rows(&id, as_of), &sources, as_of, None)).collect()
}

/// Every text of the answer.
fn texts(result: &PlannerResult) -> Vec<&str> {
    let mut texts: Vec<_> = result.summary.iter().map(|summary| summary.as_str()).collect();
    texts.extend(result.actions.iter().flat_map(|action| [action.text.as_str(), action.because.as_str()]));
    texts.extend(result.email_draft.iter().flat_map(|draft| [draft.subject.as_str(), draft.body.as_str()]));
    if let Some(outline) = &result.qbr_outline {
        texts.push(outline.title.as_str());
        for section in &outline.sections {
            texts.push(section.title.as_str());
            texts.extend(section.talking_points.iter().map(Line::as_str));
        }
    }
    texts
}

/// Runs every task for the customer, and gives what the check would take out, and from how many texts.
fn taken_out(case: &Case, others: &[Line]) -> (Vec<String>, usize) {
    let (mut removed, mut count) = (Vec::new(), 0);
    let (as_of, id, name) = (case.as_of, &case.id, &case.name);
    for task in Task::ALL {
        let request = RunRequest {
            run_id: "run-1".parse().unwrap(),
            customer_id: id.clone(),
            customer_name: name.clone(),
            task,
            question: None,
            planner: Planner::Deterministic,
            as_of: Some(as_of),
        };
        let plan = tasks::plan(task, Some(as_of));
        let reports: Vec<_> = plan
            .iter()
            .map(|step| {
                let answered = tools::run(&step.call, case).map(cleaned);
                let outcome = answered.map_err(|missing| CallError::Missing(Line::new(&missing.to_string())));
                Some(CallReport { outcome, revision: None, timing: CallTiming::default() })
            })
            .collect();
        let result = synthesise(&request, as_of, &plan, &reports, TimingInfo::default());
        let outputs: Vec<_> = reports.into_iter().flatten().filter_map(|report| report.outcome.ok()).collect();
        let known = Known::new(Subject { id, name, question: None, as_of, others }, &outputs);
        // A check-in of the tools tells of tickets, which its task does not read.
        let is_unread = |text: &str| task == Task::Email && text.starts_with("Hi ");
        for text in texts(&result).into_iter().filter(|text| !is_unread(text)) {
            count += 1;
            removed.extend(check(text, &known).removed.into_iter().map(|removed| format!("{task}: {removed:?}")));
        }
    }
    (removed, count)
}

#[test]
fn nothing_is_taken_out_of_the_answers_about_the_demo_book() {
    // Days of every distance to the renewals that stay where they are.
    for later in [0, 27, 28, 80] {
        let book = demo(today() + Days::new(later));
        assert!(book.iter().filter(|case| case.usage.any().is_some()).count() > 9);
        let mut removed = Vec::new();
        for customer in &book {
            let names = book.iter().map(|other| other.name.clone());
            let others: Vec<_> = names.filter(|name| *name != customer.name).collect();
            let (of_this_one, count) = taken_out(customer, &others);
            assert!(count > 5, "{}", customer.name);
            removed.extend(of_this_one);
        }
        assert!(removed.is_empty(), "{removed:#?}");
    }
}

const NAMES: [&str; 6] =
    ["Acme Corp", "Blue Yonder GmbH", "Élan & Sons", "NEXT Ltd", "株式会社さくら", "de Vries B.V."];
const METRICS: [&str; 5] = ["logins a day", "active users a week", "Reports Exported", "usage", "API calls"];
const PLANS: [&str; 4] = ["Enterprise", "Pro 500", "Business Plus", "Growth"];
const SUBJECTS: [&str; 5] =
    ["Export fails", "Urgent: Salesforce sync stops", "Usage is growing too fast", "Renews automatically?", "IBM MQ"];

prop_compose! {
    fn tickets(day: NaiveDate)(
        rows in prop::collection::vec((prop::sample::select(Priority::ALL.to_vec()), 0usize..5, 0u64..200, prop::option::of(0u64..50)), 0..9),
    ) -> Vec<Ticket> {
        let ticket = |(at, (priority, subject, opened, closed)): (usize, (Priority, usize, u64, Option<u64>))| Ticket {
            id: Line::new(&format!("TIC-{}", 100 + at)),
            subject: Some(SUBJECTS[subject].into()),
            priority,
            opened_on: day - Days::new(opened),
            closed_on: closed.filter(|closed| *closed < opened).map(|closed| day - Days::new(closed)),
        };
        rows.into_iter().enumerate().map(ticket).collect()
    }
}

/// Weekly points up to the day they were delivered on, or what the source computed itself.
fn series(delivered: NaiveDate) -> impl Strategy<Value = Series> {
    let series = |metric: usize| Series {
        source: source(),
        metric: METRICS[metric].into(),
        measure: None,
        points: Vec::new(),
        told: Vec::new(),
        reach: None,
        gone_on: None,
    };
    let points = (0usize..5, prop::collection::vec(0u32..400, 1..14)).prop_map(move |(metric, values)| {
        let last = values.len() as u64 - 1;
        let point = |(week, value): (u64, u32)| UsagePoint {
            date: delivered - Days::new(7 * (last - week)),
            value: value.into(),
        };
        Series { points: (0..).zip(values).map(point).collect(), reach: Some(delivered), ..series(metric) }
    });
    let trends =
        [(Trend::Up, 90.0, 60.0), (Trend::Flat, 60.0, 60.0), (Trend::Flat, 64.0, 60.0), (Trend::Down, 41.5, 60.0)];
    let told = (0usize..5, prop::sample::select(trends.to_vec())).prop_map(move |(metric, (trend, recent, before))| {
        Series { told: vec![(delivered, UsageSummary { trend, recent, before })], ..series(metric) }
    });
    prop_oneof![points, told]
}

prop_compose! {
    fn terms()(
        days in prop::option::of(-30i64..400), arr in prop::option::of(1i64..9_000_000), plan in 0usize..4,
        seats in prop::option::of(1u32..2_000), auto_renew: Option<bool>, dollars: bool,
    ) -> ContractTerms {
        let currency = if dollars { "USD" } else { "EUR" };
        ContractTerms {
            renewal_date: days.map(|days| today() + chrono::TimeDelta::days(days)),
            arr: arr.map(|arr| Money { minor: arr * 100, currency: currency.into() }),
            plan: Some(PLANS[plan].into()),
            seats,
            auto_renew,
            notice_days: None,
        }
    }
}

fn source() -> SourceName {
    "book".parse().unwrap()
}

fn id() -> CustomerId {
    "c-1".parse().unwrap()
}

/// A customer with a part or none of everything, delivered today or so long ago that some of it is stale.
fn customer() -> impl Strategy<Value = Case> {
    let age = prop_oneof![Just(0), Just(50), Just(200)];
    age.prop_flat_map(|age| {
        let delivered = today() - Days::new(age);
        let given = (
            (0usize..6, any::<bool>()),
            prop::option::of(series(delivered)),
            prop::option::of(tickets(delivered)),
            prop::collection::vec(terms(), 0..3),
        );
        given.prop_map(move |(named, series, tickets, terms)| case(delivered, named, series, tickets, terms))
    })
}

fn case(
    delivered: NaiveDate,
    (name, has_contact): (usize, bool),
    series: Option<Series>,
    tickets: Option<Vec<Ticket>>,
    terms: Vec<ContractTerms>,
) -> Case {
    let mut parts = vec![Part::Customers];
    parts.extend(series.iter().map(|_| Part::Usage));
    parts.extend(tickets.iter().map(|_| Part::Tickets));
    parts.extend(terms.first().map(|_| Part::Contracts));
    let contact = has_contact.then(|| Line::new("Dana Reyes"));
    let fields = CustomerFields { name: Some(NAMES[name].into()), contact, ..CustomerFields::default() };
    let version = |at: usize, terms| version(&format!("C-{at}"), delivered, terms);
    let ticket = |ticket| TicketRow { source: source(), ticket, gone_on: None };
    let rows = CustomerRows {
        fields: vec![self::version(id().as_str(), delivered, fields)],
        usage: series.into_iter().collect(),
        tickets: tickets.into_iter().flatten().map(ticket).collect(),
        contracts: terms.into_iter().enumerate().map(|(at, terms)| version(at, terms)).collect(),
        ..CustomerRows::none(id())
    };
    let delivered = parts.into_iter().map(|part| Delivered { source: source(), part, day: delivered });
    let sources = Sources { delivered: delivered.collect(), ..Sources::default() };
    Case::of(&rows, &sources, today(), None)
}

fn version<T>(key: &str, from: NaiveDate, says: T) -> Version<T> {
    Version { source: source(), key: key.into(), from, says: Some(says) }
}

proptest! {
    // Each is five runs.
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn nothing_is_taken_out_of_the_answers_about_any_book(customer in customer()) {
        let others = ["Globex", "Umbrella Care Group"].map(Line::new);
        let (removed, _) = taken_out(&customer, &others);
        prop_assert!(removed.is_empty(), "{removed:#?}");
    }
}
