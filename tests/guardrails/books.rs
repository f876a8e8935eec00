//! All that the rules and the tools write of any customer passes the check: it takes out nothing that is true.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use contracts::{
    CustomerId, Line,
    facts::{Money, Priority, Ticket, Trend, UsagePoint},
    import::{ContractRecord, CustomerRecord, ImportRequest, TicketsRecord, UsageRecord, UsageSeries},
    planner::{PlannerResult, Task, TimingInfo},
    run::CallTiming,
};
use cs_copilot::{
    agent::{
        RunRequest,
        guardrails::{
            data::tame,
            grounding::{Known, Subject, check},
        },
        synthesis::synthesise,
        tasks,
    },
    backend::{CallError, CallReport},
    config::Planner,
};
use proptest::prelude::*;
use tools_server::{
    demo, import,
    store::{CustomerFacts, StoredContract},
    tools,
};

use crate::support::today;

/// What the server keeps of each customer of a file.
pub fn facts(book: &ImportRequest) -> Vec<CustomerFacts> {
    let changes = import::changes(book, &BTreeMap::new(), true).unwrap();
    let source = contracts::facts::Source { origin: book.origin.clone(), as_of: book.as_of };
    let contract = |contract: &ContractRecord| StoredContract {
        renewal_date: contract.renewal_date,
        arr: contract.arr.clone(),
        plan: contract.plan.clone(),
        seats: contract.seats,
        auto_renew: contract.auto_renew,
        source: source.clone(),
    };
    let of = |customer: &CustomerRecord| CustomerFacts {
        customer: customer.clone(),
        usage: changes.usage.get(&customer.id).cloned(),
        tickets: changes.tickets.get(&customer.id).cloned(),
        contract: changes.contracts.get(&customer.id).map(contract),
    };
    book.customers.iter().map(of).collect()
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
fn taken_out(facts: &CustomerFacts, as_of: NaiveDate, others: &[Line]) -> (Vec<String>, usize) {
    let (mut removed, mut count) = (Vec::new(), 0);
    for task in Task::ALL {
        let request = RunRequest {
            run_id: "run-1".parse().unwrap(),
            customer_id: facts.customer.id.clone(),
            customer_name: facts.customer.name.clone(),
            task,
            question: None,
            planner: Planner::Deterministic,
            as_of: Some(as_of),
        };
        let plan = tasks::plan(task, Some(as_of));
        let reports: Vec<_> = plan
            .iter()
            .map(|step| {
                let answered = tools::run(&step.call, facts, as_of).map(tame);
                let outcome = answered.map_err(|missing| CallError::Missing(Line::new(&missing.to_string())));
                Some(CallReport { outcome, revision: None, timing: CallTiming::default() })
            })
            .collect();
        let result = synthesise(&request, as_of, &plan, &reports, TimingInfo::default());
        let outputs: Vec<_> = reports.into_iter().flatten().filter_map(|report| report.outcome.ok()).collect();
        let (id, name) = (&facts.customer.id, &facts.customer.name);
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
    let facts = facts(&demo::book(today()));
    assert!(facts.iter().filter(|facts| facts.usage.is_some()).count() > 9);
    // Days at which renewals are past, on the day, on the day before and far away.
    for later in [0, 27, 28, 80] {
        for customer in &facts {
            let names = facts.iter().map(|other| other.customer.name.clone());
            let others: Vec<_> = names.filter(|name| *name != customer.customer.name).collect();
            let (removed, count) = taken_out(customer, today() + Days::new(later), &others);
            assert!(removed.is_empty() && count > 10, "{}: {removed:#?}", customer.customer.name);
        }
    }
}

const NAMES: [&str; 6] =
    ["Acme Corp", "Blue Yonder GmbH", "Élan & Sons", "NEXT Ltd", "株式会社さくら", "de Vries B.V."];
const METRICS: [&str; 5] = ["logins a day", "active users a week", "Reports Exported", "usage", "API calls"];
const PLANS: [&str; 4] = ["Enterprise", "Pro 500", "Business Plus", "Growth"];
const SUBJECTS: [&str; 5] =
    ["Export fails", "Urgent: Salesforce sync stops", "Usage is growing too fast", "Renews automatically?", "IBM MQ"];

prop_compose! {
    fn tickets()(
        rows in prop::collection::vec((prop::sample::select(Priority::ALL.to_vec()), 0usize..5, 0u64..200, prop::option::of(0u64..50)), 0..9),
    ) -> Vec<Ticket> {
        let ticket = |(at, (priority, subject, opened, closed)): (usize, (Priority, usize, u64, Option<u64>))| Ticket {
            id: Line::new(&format!("TIC-{}", 100 + at)),
            subject: Some(SUBJECTS[subject].into()),
            priority,
            opened_on: today() - Days::new(opened),
            closed_on: closed.filter(|closed| *closed < opened).map(|closed| today() - Days::new(closed)),
        };
        rows.into_iter().enumerate().map(ticket).collect()
    }
}

fn series() -> impl Strategy<Value = UsageSeries> {
    let points = prop::collection::vec(0u32..400, 1..14).prop_map(|values| {
        let point =
            |(week, value): (u64, u32)| UsagePoint { date: today() - Days::new(91 - 7 * week), value: value.into() };
        UsageSeries::Points((0..).zip(values).map(point).collect())
    });
    let trends = [Trend::Up, Trend::Flat, Trend::Down].map(|trend| (trend, [(90.0, 60.0), (60.0, 60.0), (41.5, 60.0)]));
    let summary = (prop::sample::select(trends.to_vec()), 0usize..3)
        .prop_map(|((trend, values), at)| UsageSeries::Summary { trend, recent: values[at].0, before: values[at].1 });
    prop_oneof![points, summary]
}

prop_compose! {
    fn contract()(
        days in prop::option::of(-30i64..400), arr in prop::option::of(1i64..9_000_000), plan in 0usize..4,
        seats in prop::option::of(1u32..2_000), auto_renew: Option<bool>,
    ) -> ContractRecord {
        ContractRecord {
            customer_id: id(),
            renewal_date: days.map(|days| today() + chrono::TimeDelta::days(days)),
            arr: arr.map(|arr| Money { minor: arr * 100, currency: "EUR".into() }),
            plan: Some(PLANS[plan].into()),
            seats,
            auto_renew,
        }
    }
}

fn id() -> CustomerId {
    "c-1".parse().unwrap()
}

prop_compose! {
    fn book()(
        name in 0usize..6, metric in 0usize..5, series in prop::option::of(series()),
        tickets in prop::option::of(tickets()), contract in prop::option::of(contract()), contact: bool,
    ) -> ImportRequest {
        let contact = contact.then(|| Line::new("Dana Reyes"));
        let customer = CustomerRecord { id: id(), name: NAMES[name].into(), industry: None, segment: None, contact };
        let usage = series.map(|series| UsageRecord { customer_id: id(), metric: METRICS[metric].into(), series });
        ImportRequest {
            origin: "book.csv".into(),
            as_of: today(),
            dry_run: false,
            customers: vec![customer],
            usage: usage.into_iter().collect(),
            tickets: tickets.map(|tickets| TicketsRecord { customer_id: id(), tickets }).into_iter().collect(),
            contracts: contract.into_iter().collect(),
        }
    }
}

proptest! {
    // Each is five runs.
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nothing_is_taken_out_of_the_answers_about_any_book(book in book()) {
        let others = ["Globex", "Umbrella Care Group"].map(Line::new);
        for facts in facts(&book) {
            let (removed, _) = taken_out(&facts, today(), &others);
            prop_assert!(removed.is_empty(), "{removed:#?}");
        }
    }
}
