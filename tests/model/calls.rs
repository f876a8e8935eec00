//! What a model may call for, and what becomes of the rest.

use contracts::{TaskId, planner::PlanSource, run::RunEventKind};
use domain::tasks::Tasks;
use serde_json::json;

use crate::{
    scripted::reply::{Call, Reply},
    support::{World, answer},
};

#[test]
fn a_task_has_its_own_tools_and_those_that_read() {
    for task in Tasks::shipped().iter() {
        let rights = task.rights();
        assert!(task.plan(None).iter().all(|step| rights.contains(&step.call.name())), "{}", task.id);
        let mut further = rights.iter().filter(|tool| !task.calls(**tool));
        assert!(further.all(|tool| !tool.as_str().starts_with("generate")), "{}", task.id);
        assert!(rights.len() >= 4);
    }
}

/// A run in which the model asks for this once, and what it is told about it.
async fn told(call: Call) -> (World, String, crate::support::Done) {
    let world = World::new([Reply::calls([call]), Reply::answer(&answer())]).await;
    let done = world.run(TaskId::CHURN).await;
    let said = world.model.requests()[1].contents().pop().unwrap();
    (world, said, done)
}

#[tokio::test]
async fn what_it_may_not_call_is_refused_and_never_called() {
    let foreign = "This run is about one customer alone; leave the customer out.";
    let (day, fact) = ("2026-12-01", "contract.arr");
    for (name, arguments, refusal) in [
        ("delete_customer", json!({}), "There is no such tool."),
        ("generate_email", json!({"occasion": "renewal"}), "There is no such tool."),
        ("get_contract_info", json!({}), "There is no such tool."),
        ("compare_with", json!({"customerId": "globex", "day": day}), foreign),
        ("compare_with", json!({"customerId": 7, "day": day}), foreign),
        ("history_of", json!({"ownerUserId": "public", "fact": fact}), "Nobody names an owner; leave it out."),
        ("history_of", json!({"fact": "finance.invoices"}), "There is no such fact; "),
        ("compare_with", json!({"day": "soon"}), "The arguments do not fit: "),
        ("compare_with", json!({"day": "2027-01-15"}), "The day must be before 2027-01-15."),
        ("timeline_before", json!({"day": "2999-01-01"}), "The day must be before 2027-01-15."),
        ("timeline_before", json!({"day": day, "limit": 5}), "The arguments do not fit: "),
        ("timeline_before", json!({}), "The arguments do not fit: "),
        ("timeline_before", json!(["2026-12-01"]), "The arguments do not fit: "),
    ] {
        let (_world, said, done) = told(Call::new(name, &arguments)).await;
        assert!(said.starts_with(refusal), "{name} {arguments}: {said}");
        assert_eq!(done.result.used_tools.len(), 4, "{name} {arguments}");
        assert_eq!(done.count(|kind| matches!(kind, RunEventKind::Extended { .. })), 0, "{name} {arguments}");
        assert_eq!(done.result.plan_source, PlanSource::Llm, "the rest of the answer stands");
        let note = "The model asked for a tool call that it may not make; it was not made.";
        assert!(done.result.notes.iter().any(|line| line.as_str() == note), "{:?}", done.result.notes);
    }
}

#[tokio::test]
async fn the_right_customer_may_be_named() {
    let call = Call::new("compare_with", &json!({"customerId": "acme", "day": "2026-11-01"}));
    let (world, said, done) = told(call).await;
    assert!(said.contains("contract.arr@2026-11-01"), "{said}");
    assert_eq!(done.result.used_tools.len(), 8);
    let first = world.model.requests()[0].contents().remove(1);
    assert!(first.contains("tickets.opened_in_period"), "{first}");
    assert!(!said.contains("in_period@"), "on two days a period is not the same: {said}");
}

#[tokio::test]
async fn what_was_asked_for_before_is_answered_from_memory() {
    let another_day = || Call::new("compare_with", &json!({"day": "2026-11-01"}));
    let twice = [another_day(), another_day()];
    let world = World::new([Reply::calls(twice), Reply::calls([another_day()]), Reply::answer(&answer())]).await;
    assert_eq!(world.run(TaskId::CHURN).await.result.used_tools.len(), 8, "once, though asked for three times");
    assert!(world.model.requests()[2].contents().pop().unwrap().starts_with("You had this before: "));
}

#[tokio::test]
async fn a_call_for_another_day_does_not_change_the_figures() {
    let call = Call::new("compare_with", &json!({"day": "2020-01-01"}));
    let (world, _, done) = told(call).await;
    let rules = world.rules(TaskId::CHURN).await;
    assert_eq!((done.result.health, done.result.as_of), (rules.health, rules.as_of));
    assert_eq!(done.result.used_tools.len(), 8);
}
