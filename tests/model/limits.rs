//! What a run may take, and who may take it.

use std::{cell::RefCell, time::Duration};

use contracts::{
    TaskId,
    planner::PlanSource,
    run::{RunEvent, RunEventKind},
};
use cs_copilot::config::Planner;
use serde_json::json;

use crate::{
    scripted::{
        ScriptedModel,
        reply::{Call, Reply},
    },
    support::{World, answer},
};

fn another_day(tool: &str, day: u32) -> Reply {
    Reply::calls([Call::new(tool, &json!({"day": format!("2026-12-{:02}", day % 28 + 1)}))])
}

/// A model that never stops calling this tool.
async fn restless(tool: &'static str) -> World {
    let mut day = 0;
    let model = ScriptedModel::answering(move |_| {
        day += 1;
        another_day(tool, day)
    });
    World::with(model.await).await
}

#[tokio::test]
async fn an_endless_loop_of_calls_ends_after_so_many_turns() {
    let world = restless("timeline_before").await;
    let done = world.run(TaskId::CHURN).await;
    assert_eq!(done.hint(), "The model did not come to an end in 8 turns, so the rules answered.");
    assert_eq!((done.result.plan_source, world.model.requests().len()), (PlanSource::Deterministic, 8));
    assert_eq!(done.result.usage.unwrap().rounds, 8);
    let last = world.model.requests().pop().unwrap();
    assert_eq!(last.body["tool_choice"], "none", "the last turn is for the answer");
}

#[tokio::test]
async fn or_after_so_many_calls() {
    let mut world = restless("compare_with").await;
    world.config.limits.tool_calls = 8;
    let done = world.run(TaskId::CHURN).await;
    assert_eq!(done.hint(), "The model asked for more than 8 tool calls, so the rules answered.");
    assert_eq!(done.result.used_tools.len(), 12, "four of the plan, and four more for each of two days");
    let many = (0..13).map(|_| Call::new("timeline_before", &json!({})));
    let world = World::new([Reply::calls(many)]).await;
    let done = world.run(TaskId::CHURN).await;
    assert_eq!(done.hint(), "The model asked for more than 12 tool calls, so the rules answered.");
    assert_eq!(done.result.used_tools.len(), 4, "none of them");
}

#[tokio::test]
async fn or_when_the_time_of_a_run_is_over() {
    let mut world = World::new([Reply::silence()]).await;
    world.config.limits.run = Duration::from_millis(300);
    let done = world.run(TaskId::CHURN).await;
    assert_eq!(done.hint(), "The model did not come to an end within 0.3 s (llm.run_seconds), so the rules answered.");
    let is_end = |kind: &RunEventKind| matches!(kind, RunEventKind::ModelFinished { failure: Some(_), .. });
    assert_eq!(done.count(is_end), 1, "its turn is not left open");
}

#[tokio::test]
async fn or_when_its_tokens_are_used_up() {
    let hint = "The model would take more tokens than a run may, so the rules answered.";
    let mut world = World::new([another_day("compare_with", 1).with_usage(59_900, 10), Reply::answer(&answer())]).await;
    assert_eq!(world.run(TaskId::CHURN).await.hint(), hint);
    assert_eq!(world.model.requests().len(), 1);
    world = World::new([another_day("compare_with", 1).with_usage(900, 8_000), Reply::answer(&answer())]).await;
    assert_eq!(world.run(TaskId::CHURN).await.hint(), hint);
    for (read, written) in [(900, 8_001), (60_001, 100)] {
        let model = World::new([Reply::answer(&answer()).with_usage(read, written)]).await;
        let took = "The model took more tokens than a run may, so the rules answered.";
        assert_eq!(model.run(TaskId::CHURN).await.hint(), took, "whatever the server lets through");
    }
    world = World::new([Reply::answer(&answer())]).await;
    world.config.limits.input_tokens = 100;
    assert_eq!(world.run(TaskId::CHURN).await.hint(), hint);
    assert!(world.model.requests().is_empty(), "not asked at all");
}

#[tokio::test]
async fn what_is_left_to_write_is_said() {
    let world = World::new([another_day("compare_with", 1).with_usage(900, 1_000), Reply::answer(&answer())]).await;
    world.run(TaskId::CHURN).await;
    let limits: Vec<_> =
        world.model.requests().iter().map(|request| request.body["max_completion_tokens"].clone()).collect();
    assert_eq!(limits, [json!(8_000), json!(7_000)]);
}

#[tokio::test]
async fn a_task_may_be_kept_from_a_model() {
    let mut world = World::new([Reply::answer(&answer())]).await;
    world.config.allowed = [(TaskId::CHURN, vec!["another".to_owned()])].into();
    let done = world.run(TaskId::CHURN).await;
    assert_eq!(done.hint(), "The model scripted is not allowed for the task churn, so the rules answered.");
    assert_eq!(world.run(TaskId::HEALTH).await.result.plan_source, PlanSource::Llm);
}

#[tokio::test]
async fn only_so_many_runs_at_once_ask_the_model() {
    let world = World::new([Reply::answer(&answer())]).await;
    let (agent, asking) = (world.agent(), RefCell::new((0_usize, 0_usize)));
    let watch = |event: RunEvent| {
        let (now, most) = &mut *asking.borrow_mut();
        match event.kind {
            RunEventKind::ModelStarted { .. } => *now += 1,
            RunEventKind::ModelFinished { .. } => *now -= 1,
            _ => {}
        }
        *most = (*most).max(*now);
    };
    let runs = (0..6).map(|_| agent.run(world.request(TaskId::CHURN, Planner::Llm), watch));
    let done = futures::future::join_all(runs).await;
    assert!(done.iter().all(|done| done.result.plan_source == PlanSource::Llm));
    assert_eq!(asking.into_inner(), (0, 2));
}
