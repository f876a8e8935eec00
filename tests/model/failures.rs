//! Whatever the model does wrong, the rules answer and say why.

use std::time::Duration;

use contracts::{
    TaskId,
    failure::{Failure, Stage},
    planner::{Action, PlanSource},
    run::RunEventKind,
};
use cs_copilot::{chat::key::Key, config::Planner};
use serde_json::json;

use crate::{
    scripted::{
        ScriptedModel,
        reply::{Call, Reply, delta, finish},
    },
    support::{Done, World, answer, run},
};

/// The run of a world is the rules' own, with this hint.
async fn falls_back(world: &World, hint: &str) -> Done {
    let done = world.run(TaskId::CHURN).await;
    let (rules, result) = (world.rules(TaskId::CHURN).await, &done.result);
    assert_eq!(result.plan_source, PlanSource::Deterministic);
    assert_eq!(done.hint(), format!("{hint}, so the rules answered."));
    assert_eq!((&result.summary, &result.health), (&rules.summary, &rules.health));
    let is_there = |action: &Action| result.actions.iter().any(|it| it.because == action.because && it.by == action.by);
    assert!(
        rules.actions.iter().all(is_there),
        "what was read for the model may add some, or say with whom: {:?}\n{:?}",
        rules.actions,
        result.actions
    );
    assert!(matches!(done.events.last().unwrap().kind, RunEventKind::Finished { .. }));
    done
}

fn retry_at_once(reply: Reply) -> Reply {
    reply.header("retry-after", "0")
}

#[tokio::test]
async fn malformed_json_twice() {
    let world =
        World::new([Reply::text("{\"points\": [{\"say\": \"Fine.\"}], "), Reply::text("Sorry, here it is: {}")]).await;
    let done = falls_back(&world, "The model's answer did not have the form it must have").await;
    assert_eq!(done.result.usage.unwrap().rounds, 2, "what it took is told all the same");
}

#[tokio::test]
async fn half_a_stream() {
    let world = World::new([Reply::answer(&answer()).broken_off()]).await;
    falls_back(&world, "The connection to the model broke").await;
    assert_eq!(world.model.requests().len(), 1, "not asked again once a token has arrived");
}

#[tokio::test]
async fn a_stream_that_ends_in_the_middle_of_the_answer() {
    let world = World::new([Reply::chunks([delta(&json!({"content": "{\"points\": [{\"say\": \"Fi"}))])]).await;
    falls_back(&world, "The model broke off in the middle of its answer").await;
}

/// Why the first turn failed, as the screen and the log of events have it.
fn failed_turn(done: &Done) -> Option<Failure> {
    done.events.iter().find_map(|event| match &event.kind {
        RunEventKind::ModelFinished { failure, .. } => failure.clone(),
        _ => None,
    })
}

#[tokio::test]
async fn a_turn_that_breaks_off_has_failed_at_the_model() {
    let half = Reply::chunks([delta(&json!({"content": "{\"points\": [{\"say\": \"Fi"}))]);
    let begun = json!({"tool_calls": [{"index": 0, "id": "a", "function": {"name": "get_contract_info"}}]});
    let cut_off = Reply::chunks([delta(&json!({"content": "{\"points\": [{\"say\": \"Fi"})), finish("length")]);
    for (reply, message) in [
        (half, "The model broke off in the middle of its answer."),
        (Reply::chunks([delta(&begun)]), "The model broke off in the middle of its answer."),
        (Reply::answer(&answer()).broken_off(), "The connection to the model broke."),
        (cut_off, "The model's answer was cut off at its limit of length."),
        (Reply::chunks([]), "The model's answer was empty."),
    ] {
        let done = World::new([reply]).await.run(TaskId::CHURN).await;
        let failure = failed_turn(&done).unwrap();
        assert_eq!((failure.stage, failure.message.as_str()), (Stage::Model, message));
    }
    let whole = Reply::chunks([delta(&json!({"content": answer().to_string()}))]);
    for reply in [whole, Reply::answer(&answer())] {
        let done = World::new([reply]).await.run(TaskId::CHURN).await;
        assert_eq!((failed_turn(&done), done.result.plan_source), (None, PlanSource::Llm));
    }
}

#[tokio::test]
async fn a_chunk_that_is_no_json() {
    let pieces = ["data: {\"choices\": [\n\n", "data: [DONE]\n\n"].map(|piece| piece.as_bytes().to_vec());
    let world = World::new([Reply::raw(pieces)]).await;
    falls_back(&world, "The model's server sent something that is no part of an answer").await;
}

#[tokio::test]
async fn an_error_in_the_middle_of_a_stream() {
    for (error, words) in [
        (json!({"code": 500, "message": "Overloaded, see https://status.example.com."}), " (Overloaded, see)"),
        (json!("overloaded"), " (overloaded)"),
        (json!({"code": 500}), ""),
    ] {
        let chunks = [delta(&json!({"content": "{"})), json!({"error": error})];
        let world = World::new([Reply::chunks(chunks)]).await;
        falls_back(&world, &format!("The model's API failed in the middle of an answer{words}")).await;
    }
}

#[tokio::test]
async fn too_many_requests_are_waited_for_as_asked() {
    let busy = Reply::error(429, "Slow down.").header("retry-after", "1");
    let world = World::new([busy, Reply::answer(&answer())]).await;
    let begun = std::time::Instant::now();
    let done = world.run(TaskId::CHURN).await;
    assert_eq!((done.result.plan_source, world.model.requests().len()), (PlanSource::Llm, 2));
    assert!(begun.elapsed() >= Duration::from_secs(1), "as long as the server asked for");
}

#[tokio::test]
async fn a_date_to_come_back_at_is_understood() {
    let busy = Reply::error(503, "Overloaded").header("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT");
    let world = World::new([busy, Reply::answer(&answer())]).await;
    assert_eq!(world.run(TaskId::CHURN).await.result.plan_source, PlanSource::Llm);
}

#[tokio::test]
async fn longer_than_a_run_nobody_waits() {
    let in_a_far_future = Reply::error(503, "Closed").header("retry-after", "Tue, 01 Jan 2999 00:00:00 GMT");
    let world = World::new([in_a_far_future]).await;
    let done = world.run(TaskId::CHURN).await;
    assert!(done.hint().starts_with("The model's server answered with HTTP 503 (Closed); it asks to wait"));
    assert_eq!(world.model.requests().len(), 1);
    let world = World::new([Reply::error(429, "Slow down.").header("retry-after", "60")]).await;
    let hint = "The model's server takes no more requests for now (Slow down); it asks to wait 60 seconds";
    let done = falls_back(&world, hint).await;
    let failure = failed_turn(&done).unwrap();
    assert_eq!((failure.stage, failure.attempt), (Stage::Model, 1));
    assert_eq!(done.result.usage, None, "nothing was read");
}

#[tokio::test]
async fn a_server_error_is_tried_four_times() {
    let world =
        World::new([retry_at_once(Reply::error(500, "sk-proj-abcdefghijklmnopqrstuvwx1234567890 broke"))]).await;
    let done = world.run(TaskId::CHURN).await;
    assert!(done.hint().starts_with("The model's server answered with HTTP 500"), "{}", done.hint());
    assert!(!done.hint().contains("sk-proj-abc"), "{}", done.hint());
    assert_eq!(world.model.requests().len(), 4);
}

#[tokio::test]
async fn refusals_of_the_request_are_not_repeated() {
    for (status, hint) in [
        (
            401,
            "The model's server wants a key that it knows, from OPENAI_API_KEY or `cs-copilot config set-key` (nope)",
        ),
        (404, "The model's server knows no such model or address (nope)"),
        (402, "The account at the model's server has no credit left (nope)"),
        (403, "The model's server does not allow it (nope)"),
        (413, "The request is longer than the model reads (nope)"),
    ] {
        let world = World::new([Reply::error(status, "nope.")]).await;
        falls_back(&world, hint).await;
        assert_eq!(world.model.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn the_words_of_a_server_are_short_and_without_links() {
    let words = format!("Buy more at https://pay.example.com/now or mail jo@example.com {}", "now ".repeat(100));
    let world = World::new([Reply::error(413, &words)]).await;
    let done = world.run(TaskId::CHURN).await;
    assert!(
        done.hint().starts_with("The request is longer than the model reads (Buy more at or mail [e-mail] now"),
        "{}",
        done.hint()
    );
    assert!(!done.hint().contains("example.com") && done.hint().len() < 250, "{}", done.hint());
}

#[tokio::test]
async fn a_request_that_is_never_understood() {
    let world = World::new([Reply::error(400, "bad tools"), Reply::error(400, "still bad")]).await;
    falls_back(&world, "The model's server answered with HTTP 400 (bad tools)").await;
    assert_eq!(world.model.requests().len(), 5, "the server can do with no less than what was tried last");
}

#[tokio::test]
async fn a_server_that_is_not_there() {
    let mut world = World::new([]).await;
    world.config.base_url = crate::support::wire::nobody().await.as_str().parse().unwrap();
    world.config.limits.run = Duration::from_secs(2);
    falls_back(&world, "The model's server could not be reached").await;
}

#[tokio::test]
async fn a_hang() {
    for reply in [Reply::silence(), Reply::answer(&answer()).stalled()] {
        let mut world = World::new([reply]).await;
        world.config.limits.call = Duration::from_millis(200);
        falls_back(&world, "The model did not answer within 0.2 s (llm.call_seconds)").await;
        assert_eq!(world.model.requests().len(), 1);
    }
}

#[tokio::test]
async fn refusals_of_the_model() {
    let refusal = Reply::chunks([delta(&json!({"refusal": "I cannot help with that."})), finish("stop")]);
    let filtered = Reply::chunks([delta(&json!({"content": "{"})), finish("content_filter")]);
    let cut_off = Reply::chunks([delta(&json!({"content": "{\"points\": [{\"say\": \"Fi"})), finish("length")]);
    for (reply, hint) in [
        (refusal, "The model declined to answer"),
        (filtered, "The model's API filtered the answer"),
        (cut_off, "The model's answer was cut off at its limit of length"),
    ] {
        let world = World::new([reply]).await;
        falls_back(&world, hint).await;
    }
}

#[tokio::test]
async fn empty_choices() {
    for reply in [Reply::chunks([json!({"choices": []})]), Reply::chunks([])] {
        let world = World::new([reply]).await;
        falls_back(&world, "The model's answer was empty").await;
    }
}

#[tokio::test]
async fn a_megabyte_of_text() {
    let (letter, many) = ("a".repeat(1024 * 1024), 1024);
    let at_once = Reply::chunks([delta(&json!({"content": letter}))]);
    let in_pieces = Reply::chunks((0..many).map(|_| delta(&json!({"content": letter[..1024]}))));
    for reply in [at_once, in_pieces] {
        let world = World::new([reply]).await;
        falls_back(&world, "The model wrote more than 256 KB in one turn").await;
    }
}

#[tokio::test]
async fn an_event_without_end() {
    let kilobyte = || vec![b'a'; 1024];
    let world =
        World::new([Reply::raw([b"data: ".to_vec()].into_iter().chain((0..3 * 1024).map(|_| kilobyte())))]).await;
    falls_back(&world, "The model's server sent more than 2 MB without the end of an event").await;
    assert_eq!(world.model.requests().len(), 1, "not asked for again");
}

#[tokio::test]
async fn arguments_without_end() {
    let world =
        World::new([Reply::calls([Call { name: "get_contract_info".to_owned(), arguments: " ".repeat(70_000) }])])
            .await;
    falls_back(&world, "The model's tool calls were too large").await;
}

#[tokio::test]
async fn no_model_at_all() {
    let mut world = World::new([Reply::answer(&answer())]).await;
    world.config.is_own_server = false;
    let agent = world.agent_with(Key::given(None));
    let mut asked = world.request(TaskId::CHURN, Planner::Auto);
    asked.question = Some("What should I worry about?".into());
    for request in [world.request(TaskId::CHURN, Planner::Llm), asked] {
        let done = run(&agent, request).await;
        assert_eq!(done.hint(), "No language model is configured, so the rules answered.");
        assert_eq!(done.result.plan_source, PlanSource::Deterministic);
    }
    let done = run(&agent, world.request(TaskId::CHURN, Planner::Auto)).await;
    assert_eq!(done.hint(), "", "a key asks for the rules");
    assert!(world.model.requests().is_empty());
}

#[tokio::test]
async fn a_run_that_is_dropped_lets_go_of_the_model_at_once() {
    let (begun, mut wait) = tokio::sync::mpsc::unbounded_channel();
    let model = ScriptedModel::answering(move |_| {
        begun.send(()).unwrap();
        Reply::answer(&answer()).stalled()
    });
    let world = World::with(model.await).await;
    let agent = world.agent();
    let run = agent.run(world.request(TaskId::CHURN, Planner::Llm), |_| {});
    tokio::select! {
        _ = run => panic!("it cannot come to an end"),
        _ = wait.recv() => {}
    }
    world.model.all_gone().await;
}
