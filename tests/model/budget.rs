//! The tokens that a user's runs may take a day.

use std::{cell::RefCell, sync::Arc};

use contracts::{
    OwnerId, TaskId,
    planner::PlanSource,
    run::{RunEvent, RunEventKind},
};
use cs_copilot::config::Planner;
use tokio::sync::Notify;

use crate::{
    scripted::reply::Reply,
    support::{World, answer},
};

const USED_UP: &str = "Today's budget of 5000 tokens is used up, so the rules answered.";

fn left(world: &World) -> u64 {
    world.budget().left(&OwnerId::public(), world.backend.today()).unwrap()
}

#[tokio::test]
async fn what_a_run_takes_is_counted_until_nothing_is_left() {
    let mut world = World::new([Reply::answer(&answer()).with_usage(4_000, 500)]).await;
    world.config.daily_tokens = 5_000;
    assert_eq!(world.run(TaskId::CHURN).await.result.plan_source, PlanSource::Llm);
    assert_eq!(left(&world), 500);
    assert_eq!(world.run(TaskId::CHURN).await.hint(), USED_UP);
    assert_eq!(left(&world), 500, "what was not asked is not counted");
    let (owner, budget) = (OwnerId::public(), world.budget());
    budget.set_aside(&owner, world.backend.today(), 0, 500).unwrap().unwrap().settle(500).unwrap();
    let done = world.run(TaskId::CHURN).await;
    assert_eq!(done.hint(), "Today's budget of 5000 tokens is used up, so the rules answered.");
    assert_eq!(world.model.requests().len(), 1);
}

#[tokio::test]
async fn a_model_may_write_no_more_than_is_left() {
    let mut world = World::new([Reply::answer(&answer())]).await;
    world.config.daily_tokens = 6_000;
    world.run(TaskId::CHURN).await;
    let request = world.model.requests().pop().unwrap().body;
    let written = request["max_completion_tokens"].as_u64().unwrap();
    assert!((1_000..6_000).contains(&written), "{written}");
}

#[tokio::test]
async fn runs_at_the_same_time_share_what_is_left() {
    let go_on = Arc::new(Notify::new());
    let mut world = World::new([Reply::answer(&answer()).with_usage(900, 70).paused(Arc::clone(&go_on))]).await;
    world.config.daily_tokens = 5_000;
    let (agent, ends) = (world.agent(), RefCell::new(0));
    let watch = |event: RunEvent| {
        if matches!(event.kind, RunEventKind::Finished { .. }) {
            *ends.borrow_mut() += 1;
            go_on.notify_one();
        }
    };
    let run = || agent.run(world.request(TaskId::CHURN, Planner::Llm), watch);
    let (first, second) = futures::join!(run(), run());
    let hints = [first, second].map(|done| done.result.plan_hint.map(|hint| hint.to_string()));
    assert!(hints.contains(&None) && hints.contains(&Some(USED_UP.to_owned())), "{hints:?}");
    assert_eq!((ends.into_inner(), world.model.requests().len()), (2, 1));
    assert_eq!(left(&world), 5_000 - 970);
}

#[tokio::test]
async fn a_turn_that_is_broken_off_stays_counted_whole() {
    let world = World::new([Reply::silence()]).await;
    let (agent, asked) = (world.agent(), Notify::new());
    let run = agent.run(world.request(TaskId::CHURN, Planner::Llm), |event| {
        if matches!(event.kind, RunEventKind::ModelStarted { .. }) {
            asked.notify_one();
        }
    });
    tokio::select! {
        _ = run => unreachable!("the model says nothing"),
        () = asked.notified() => {}
    }
    assert!(left(&world) < 500_000 - 8_000, "{}", left(&world));
}

#[tokio::test]
async fn a_turn_that_was_refused_costs_nothing() {
    let world = World::new([Reply::error(401, "no")]).await;
    world.run(TaskId::CHURN).await;
    assert_eq!(left(&world), 500_000);
}
