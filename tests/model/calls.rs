//! What a model may call, and what becomes of the rest.

use contracts::{TaskId, planner::PlanSource, run::RunEventKind, tools::ToolName};
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

/// A run in which the model asks for a call once, and what it is told about it.
async fn told(call: Call) -> (World, String, crate::support::Done) {
    let world = World::new([Reply::calls([call]), Reply::answer(&answer())]).await;
    let done = world.run(TaskId::CHURN).await;
    let said = world.model.requests()[1].contents().pop().unwrap();
    (world, said, done)
}

#[tokio::test]
async fn what_it_may_not_call_is_refused_and_never_called() {
    for (name, arguments, refusal) in [
        ("delete_customer", json!({}), "There is no such tool."),
        ("generate_email", json!({"occasion": "renewal"}), "This tool is not for this task."),
        (
            "get_contract_info",
            json!({"customerId": "globex"}),
            "This run is about one customer alone; leave the customer out.",
        ),
        (
            "get_contract_info",
            json!({"customerId": 7}),
            "This run is about one customer alone; leave the customer out.",
        ),
        ("get_contract_info", json!({"ownerUserId": "public"}), "Nobody names an owner; leave it out."),
        ("get_contract_info", json!({"asOf": "soon"}), "The arguments do not fit: "),
        ("get_contract_info", json!({"limit": 5}), "The arguments do not fit: "),
        ("get_contract_info", json!(["2026-12-01"]), "The arguments do not fit: "),
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
    let call = Call::new("get_contract_info", &json!({"customerId": "acme", "asOf": "2026-11-01"}));
    let (_world, said, done) = told(call).await;
    assert!(said.contains("contract.arr@2026-11-01"), "{said}");
    assert_eq!(done.result.used_tools.len(), 5);
}

#[tokio::test]
async fn what_was_called_before_is_answered_from_memory() {
    let day = World::new([]).await.rules(TaskId::CHURN).await.as_of;
    for arguments in [json!({}), json!({"asOf": null}), json!({"asOf": day})] {
        let (_world, said, done) = told(Call::new("get_customer_usage", &arguments)).await;
        assert_eq!(said, "You have this already: it is in the first message.", "{arguments}");
        assert_eq!(done.result.used_tools.len(), 4, "{arguments}");
    }
    let another_day = || Call::new("get_contract_info", &json!({"asOf": "2026-11-01"}));
    let twice = [another_day(), another_day()];
    let world = World::new([Reply::calls(twice), Reply::calls([another_day()]), Reply::answer(&answer())]).await;
    assert_eq!(world.run(TaskId::CHURN).await.result.used_tools.len(), 5, "once, though asked for three times");
    assert!(world.model.requests()[2].contents().pop().unwrap().starts_with("You had this before: "));
}

#[tokio::test]
async fn a_call_for_another_day_does_not_change_the_figures() {
    let call = Call::new("calculate_health", &json!({"asOf": "2020-01-01"}));
    let (world, _, done) = told(call).await;
    let rules = world.rules(TaskId::CHURN).await;
    assert_eq!((done.result.health, done.result.as_of), (rules.health, rules.as_of));
    assert_eq!(done.result.used_tools.last().unwrap().name, ToolName::CalculateHealth);
}
