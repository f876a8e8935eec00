//! What a user wrote of a customer: in briefs, and with the model only where the user shares it.

use contracts::{
    TaskId,
    activity::{Activity, ActivityKind, FollowUp},
};
use domain::tasks::Tasks;

use crate::{
    scripted::reply::Reply,
    support::{World, answer},
};

const WORDS: [&str; 2] = ["the canary sings", "feed the canary"];

/// A world in which something was agreed with the customer and is to follow.
async fn world() -> World {
    let world = World::new(Tasks::shipped().ids().map(|_| Reply::answer(&answer()))).await;
    let today = world.backend.today();
    let call = Activity {
        id: "a-call".parse().unwrap(),
        customer_id: world.customer.id.clone(),
        kind: ActivityKind::Call,
        on: today,
        text: WORDS[1].into(),
        agreed: Some(WORDS[0].into()),
        follow_up: Some(FollowUp { due: today, closed_on: None }),
    };
    world.backend.keep_activity(&call).await.unwrap();
    world
}

/// Which of the words any request to the model has, whatever the task.
async fn sent(world: &World) -> Vec<&'static str> {
    for task in Tasks::shipped().ids() {
        world.run(task).await;
    }
    let requests = world.model.requests();
    assert_eq!(requests.len(), Tasks::shipped().iter().count(), "every task asked the model");
    let has = |word: &&str| requests.iter().any(|request| request.body.to_string().contains(word));
    WORDS.into_iter().filter(has).collect()
}

#[tokio::test]
async fn no_word_of_it_is_sent_to_the_model_unless_it_is_shared() {
    assert_eq!(sent(&world().await).await, [""; 0]);
    let mut shared = world().await;
    shared.config.share_activity = true;
    assert_eq!(sent(&shared).await, WORDS);
}

#[tokio::test]
async fn it_is_part_of_a_brief() {
    let brief = world().await.rules(TaskId::RENEWAL).await;
    let figures: Vec<_> = brief.facts.iter().map(|fact| fact.value.to_string()).collect();
    for word in WORDS {
        assert!(figures.iter().any(|figure| figure.contains(word)), "{word}: {figures:?}");
    }
}
