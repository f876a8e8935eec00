//! What a run with a model that does its work comes to.

use std::sync::Arc;

use contracts::{
    TaskId,
    block::{By, Place},
    planner::PlanSource,
    run::RunEventKind,
    tools::ToolName,
};
use cs_copilot::{agent::RunRequest, chat::key::Key, config::Planner, render, trusted::Trusted};
use domain::tasks::Task;
use serde_json::json;

use crate::{
    scripted::{
        ScriptedModel,
        reply::{Call, Reply, delta, finish},
    },
    support::{KEY, SAID, World, answer, run},
};

#[tokio::test]
async fn one_turn_is_enough_and_everything_of_it_is_told() {
    let world = World::new([Reply::answer(&answer()).with_usage(900, 70)]).await;
    let (done, rules) = (world.run(TaskId::HEALTH).await, world.rules(TaskId::HEALTH).await);
    let result = &done.result;
    assert_eq!((result.plan_source, done.hint()), (PlanSource::Llm, ""));
    let lines: Vec<_> = result.lines_of(Place::Summary);
    let told: Vec<_> = lines.iter().map(|line| (line.by, line.cites.as_ref().map(|id| id.as_str()))).collect();
    assert_eq!(told, [(By::Program, Some("health.score")), (By::Model, None), (By::Model, None)]);
    let score = rules.health.as_ref().unwrap().score.unwrap();
    assert_eq!(lines[0].text.as_str(), format!("The health score is {score} of 100."));
    assert_eq!(lines[1].text.as_str(), SAID);
    let text = format!("The health score is {score} of 100. {SAID} Talk to them soon.");
    assert_eq!(result.summary.as_ref().unwrap().as_str(), text, "the same as plain text");
    assert_eq!(result.health, rules.health);
    assert!(result.facts.iter().any(|fact| fact.label.as_str() == "Score"), "what is cited stands under it");
    let usage = result.usage.as_ref().unwrap();
    let counted = (usage.model.as_str(), usage.rounds, usage.input_tokens, usage.output_tokens);
    assert_eq!(counted, ("scripted", 1, 900, 70));
    assert_eq!(result.decision_log, rules.decision_log);
    let source = |kind: &RunEventKind| matches!(kind, RunEventKind::Planned { plan_source: PlanSource::Llm, .. });
    assert!(source(&done.events[0].kind));
    let took = done.events.iter().find_map(|event| match &event.kind {
        RunEventKind::ModelFinished { turn: 0, took, failure: None } => Some(*took),
        _ => None,
    });
    let took = took.unwrap();
    assert!(took.first_token_ms.unwrap() <= took.total_ms);
    assert_eq!((took.input_tokens, took.output_tokens), (Some(900), Some(70)));
    assert!(matches!(done.events.last().unwrap().kind, RunEventKind::Finished { .. }));

    let stored = world.backend.history(&history(&world)).await.unwrap();
    assert!(stored.iter().any(|message| message.result == *result), "with its usage");
}

/// The note of a customer, as a user wrote its file.
const OWN: &str = "---\nname: team-note\ndescription: d\n---\nOur own note on {{ customer.name }}\n";

#[tokio::test]
async fn the_file_of_a_task_is_the_models_instruction_once_it_was_confirmed() {
    let world = World::new([Reply::answer(&answer()), Reply::answer(&answer())]).await;
    let request =
        || RunRequest { task: Arc::new(Task::read(OWN).unwrap()), ..world.request(TaskId::HEALTH, Planner::Llm) };
    let trusted = Trusted::within(world.home());
    let agent = world.agent().trusting(trusted.clone());
    let done = run(&agent, request()).await;
    assert_eq!(done.result.plan_source, PlanSource::Deterministic);
    assert!(
        done.hint().contains("team-note is not confirmed") && done.hint().contains("tasks trust"),
        "{}",
        done.hint()
    );
    assert!(world.model.requests().is_empty(), "nothing of it was sent");

    trusted.confirm(&request().task).unwrap();
    let done = run(&agent, request()).await;
    assert_eq!(done.result.plan_source, PlanSource::Llm, "{}", done.hint());
    let sent = world.model.requests()[0].body.to_string();
    assert!(sent.contains("Our own note on"), "{sent}");

    let changed = OWN.replace("Our own", "Another");
    let request = RunRequest { task: Arc::new(Task::read(&changed).unwrap()), ..request() };
    assert_eq!(run(&agent, request).await.result.plan_source, PlanSource::Deterministic, "it has changed");
}

fn history(world: &World) -> contracts::history::HistoryQuery {
    contracts::history::HistoryQuery { customer_id: world.customer.id.clone(), limit: None }
}

#[tokio::test]
async fn the_answer_grows_by_whole_points() {
    let world = World::new([Reply::answer(&answer())]).await;
    let done = world.run(TaskId::HEALTH).await;
    let written: Vec<_> = done
        .events
        .iter()
        .filter_map(|event| match &event.kind {
            RunEventKind::Writing { blocks } => Some(blocks.clone()),
            _ => None,
        })
        .collect();
    let whole = done.result.lines_of(Place::Summary);
    assert_eq!(written, [whole[..2].to_vec(), whole.clone()], "first what is certain, and then the rest");
}

#[tokio::test]
async fn the_rules_answer_is_there_before_the_model_is_asked() {
    let world = World::new([Reply::answer(&answer())]).await;
    let done = world.run(TaskId::CHURN).await;
    let asked = done.events.iter().position(|event| matches!(event.kind, RunEventKind::ModelStarted { .. })).unwrap();
    let RunEventKind::Patch { result } = &done.events[asked - 1].kind else { panic!("no answer before the model's") };
    assert_eq!(result.summary, world.rules(TaskId::CHURN).await.summary);
}

#[tokio::test]
async fn further_calls_go_at_once_and_follow_on_the_plan() {
    let calls = [
        Call::new("history_of", &json!({"fact": "contract.arr"})),
        Call::new("history_of", &json!({"fact": "health.score"})),
    ];
    let world = World::new([Reply::calls(calls), Reply::answer(&answer())]).await;
    let done = world.run(TaskId::CHURN).await;
    assert_eq!(done.result.plan_source, PlanSource::Llm);
    let extended = done.events.iter().find_map(|event| match &event.kind {
        RunEventKind::Extended { tools } => Some(tools.clone()),
        _ => None,
    });
    let quarters = |tool| vec![tool; 4];
    assert_eq!(extended.unwrap(), [quarters(ToolName::GetContractInfo), quarters(ToolName::CalculateHealth)].concat());
    let finished: Vec<_> = done
        .events
        .iter()
        .filter_map(|event| match event.kind {
            RunEventKind::ToolFinished { index, .. } if index > 3 => Some(index),
            _ => None,
        })
        .collect();
    assert_eq!(finished.len(), 8, "{finished:?}");
    assert_eq!(done.result.used_tools.len(), 12);
    assert_eq!(done.result.usage.as_ref().unwrap().rounds, 2);
    let requests = world.model.requests();
    let said = requests[1].contents();
    for id in ["contract.arr@", "health.score@"] {
        assert!(said.iter().skip(2).any(|content| content.contains(id)), "the model gets comparisons: {said:?}");
    }
}

/// A model that breaks a rule first, and mends it when it is told.
#[tokio::test]
async fn lines_that_cannot_stand_are_named_once_and_may_be_mended() {
    let wrong = json!({"points": [
        {"cite": ["health.score"], "say": "They have 12 logins left."},
        {"cite": ["finance.invoices"], "say": null},
    ]});
    let world = World::new([Reply::answer(&wrong), Reply::answer(&answer())]).await;
    let done = world.run(TaskId::HEALTH).await;
    assert_eq!((done.result.plan_source, done.result.usage.as_ref().unwrap().rounds), (PlanSource::Llm, 2));
    let said = world.model.requests()[1].contents().pop().unwrap();
    assert!(said.contains("- points[0].say: a digit or a share\n- points[1]: a statement that there is not"), "{said}");
    assert!(done.result.summary.unwrap().as_str().contains(SAID));
    assert!(!done.result.notes.iter().any(|note| note.as_str().contains("left out")), "{:?}", done.result.notes);

    let world = World::new([Reply::answer(&wrong), Reply::answer(&wrong)]).await;
    let done = world.run(TaskId::HEALTH).await;
    assert_eq!(world.model.requests().len(), 2, "once");
    assert_eq!(done.result.lines_of(Place::Summary).len(), 1, "what is left stands");
    let note = "2 lines of the model were left out: a digit or a share and a statement that there is not.";
    assert!(done.result.notes.iter().any(|line| line.as_str() == note), "{:?}", done.result.notes);

    for broken in [Reply::text("Sorry."), Reply::error(401, "no"), Reply::answer(&answer()).broken_off()] {
        let world = World::new([Reply::answer(&wrong), broken]).await;
        let done = world.run(TaskId::HEALTH).await;
        assert_eq!(done.result.plan_source, PlanSource::Llm, "a repair that fails costs nothing: {}", done.hint());
        assert_eq!(done.result.lines_of(Place::Summary).len(), 1);
    }
}

#[tokio::test]
async fn an_answer_without_anything_in_it_leaves_the_rules() {
    for nothing in [json!({"points": []}), json!({"points": [{"cite": [], "say": "It is 5."}]})] {
        let world = World::new([Reply::answer(&nothing)]).await;
        let (done, rules) = (world.run(TaskId::RENEWAL).await, world.rules(TaskId::RENEWAL).await);
        assert_eq!(done.hint(), "Nothing that the model wrote could be used.");
        assert_eq!((done.result.plan_source, done.result.summary), (PlanSource::Deterministic, rules.summary));
        assert_eq!((done.result.blocks, done.result.email_draft), (rules.blocks, rules.email_draft));
    }
}

#[tokio::test]
async fn an_email_has_the_frame_of_the_rules_and_two_lines_of_the_model() {
    let letter = json!({"cite": ["contract.renewal_date"], "opening": "I hope all is well.", "ask": "May we talk?"});
    let answer = json!({"points": [{"cite": ["contract.renewal_date"], "say": null}], "email": letter});
    let world = World::new([Reply::answer(&answer)]).await;
    let (done, rules) = (world.run(TaskId::RENEWAL).await, world.rules(TaskId::RENEWAL).await);
    let (draft, own) = (done.result.email_draft.as_ref().unwrap(), rules.email_draft.unwrap());
    assert_eq!((&draft.subject, draft.frame()), (&own.subject, own.frame()));
    let by: Vec<_> = done.result.lines_of(Place::Email).iter().map(|block| block.by).collect();
    assert_eq!(by, [By::Program, By::Model, By::Program, By::Model, By::Program]);
    assert_eq!(draft.paragraphs().nth(1), Some("I hope all is well."));
    assert!(draft.paragraphs().nth(2).unwrap().starts_with("Your contract "), "{}", draft.body);
    assert_eq!(render::sentences_of_the_model(&done.result), 2);
    let (text, markdown) = (render::text("Acme Corp", &done.result), render::markdown("Acme Corp", &done.result));
    assert!(text.contains("\nmodel: I hope all is well.\n") && markdown.contains("> *model:* May we talk?"), "{text}");
    let copied = render::email(&done.result).unwrap();
    assert!(!copied.contains("model:"), "an email that is to be sent has no marks: {copied}");

    let health = World::new([Reply::answer(&answer)]).await.run(TaskId::HEALTH).await.result;
    assert_eq!(health.email_draft, None, "a task gets the parts that its own tools write");
}

#[tokio::test]
async fn the_request_says_who_asks_what_in_whose_name() {
    let world = World::new([Reply::answer(&answer())]).await;
    let mut request = world.request(TaskId::RENEWAL, Planner::Auto);
    request.question =
        Some("What worries you? Write to jane@acme.example or use sk-proj-abcdefghijklmnopqrstuvwx1234567890".into());
    let done = run(&world.agent(), request).await;
    assert_eq!(done.result.plan_source, PlanSource::Llm);
    let requests = world.model.requests();
    let sent = &requests[0];
    assert_eq!(sent.path, "/v1/chat/completions");
    assert_eq!(sent.headers["authorization"], format!("Bearer {KEY}"));
    assert!(!sent.headers.contains_key("api-key"), "that is Azure's");
    assert!(sent.body.to_string().contains("What worries you?"));
    let messages = sent.body["messages"].as_array().unwrap();
    let roles: Vec<_> = messages.iter().map(|message| message["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["system", "user"], "nothing that the model did not do");
    assert!(messages[1]["content"].as_str().unwrap().contains(&done.result.as_of.to_string()));
    for word in [KEY, "ownerUserId", "customerId"] {
        assert!(!sent.body.to_string().contains(word), "{word}");
    }
}

#[tokio::test]
async fn a_server_of_ones_own_needs_no_key() {
    let world = World::new([Reply::answer(&answer())]).await;
    let done = run(&world.agent_with(Key::given(None)), world.request(TaskId::HEALTH, Planner::Llm)).await;
    assert_eq!(done.result.plan_source, PlanSource::Llm);
    assert!(!world.model.requests()[0].headers.contains_key("authorization"));
}

#[tokio::test]
async fn markdown_fences_are_no_obstacle() {
    let world = World::new([Reply::text(&format!("```json\n{:#}\n```\n", answer()))]).await;
    let done = world.run(TaskId::HEALTH).await;
    assert_eq!((done.result.plan_source, world.model.requests().len()), (PlanSource::Llm, 1));
}

#[tokio::test]
async fn an_answer_in_the_wrong_form_may_be_repaired_once() {
    let wrong = json!({"summary": "Fine."});
    let world = World::new([Reply::answer(&wrong), Reply::answer(&answer())]).await;
    let done = world.run(TaskId::HEALTH).await;
    assert_eq!((done.result.plan_source, done.result.usage.unwrap().rounds), (PlanSource::Llm, 2));
    let said = world.model.requests()[1].contents();
    assert!(said.last().unwrap().contains("missing field `points`"), "the error is quoted: {said:?}");
}

#[tokio::test]
async fn a_server_without_response_format_gets_the_schema_in_the_prompt_from_then_on() {
    let model = ScriptedModel::answering(|body| match body.get("response_format") {
        Some(_) => Reply::error(400, "response_format is not supported"),
        None => Reply::answer(&answer()),
    });
    let world = World::with(model.await).await;
    let agent = world.agent();
    for asked in [2, 3] {
        let done = run(&agent, world.request(TaskId::HEALTH, Planner::Llm)).await;
        assert_eq!((done.result.plan_source, done.hint()), (PlanSource::Llm, ""));
        assert_eq!(world.model.requests().len(), asked, "the refusal is remembered");
    }
    let requests = world.model.requests();
    assert!(requests[2].contents()[0].contains("\"outline\""), "the schema is in the prompt");
}

#[tokio::test]
async fn a_server_that_counts_no_tokens_is_estimated_and_said_to_be() {
    let world = World::new([Reply::answer(&answer()).without_usage()]).await;
    let done = world.run(TaskId::HEALTH).await;
    let sent = world.model.requests()[0].body.to_string().len() as u64;
    assert_eq!(done.result.usage.unwrap().input_tokens, sent.div_ceil(4));
    assert!(done.result.notes.iter().any(|note| note.as_str().contains("does not count tokens")));
}

#[tokio::test]
async fn what_chunks_lack_does_not_matter() {
    let text = answer().to_string();
    let (a, b) = text.split_at(40);
    let bare = |text: &str| json!({"choices": [{"delta": {"content": text, "reasoning": "hm"}}]});
    let chunks = [json!({"choices": []}), json!({"prompt_filter_results": []}), bare(a), bare(b)];
    let last = json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "eos"}], "usage": {}});
    let world = World::new([Reply::chunks(chunks.into_iter().chain([last]))]).await;
    assert_eq!(world.run(TaskId::HEALTH).await.result.plan_source, PlanSource::Llm);
}

#[tokio::test]
async fn arguments_may_come_in_a_hundred_chunks() {
    let arguments = format!("{}{}", json!({"day": "2026-12-01"}), " ".repeat(100));
    let part = |index: usize, letter: char| {
        let head = json!({"index": 0, "id": "call_1", "type": "function", "function": {"name": "compare_with", "arguments": letter}});
        let rest = json!({"index": 0, "function": {"arguments": letter}});
        delta(&json!({"tool_calls": [if index == 0 { head } else { rest }]}))
    };
    let chunks: Vec<_> = arguments.chars().enumerate().map(|(index, letter)| part(index, letter)).collect();
    assert!(chunks.len() > 100);
    let world =
        World::new([Reply::chunks(chunks.into_iter().chain([finish("tool_calls")])), Reply::answer(&answer())]).await;
    let done = world.run(TaskId::CHURN).await;
    assert_eq!((done.result.plan_source, done.result.used_tools.len()), (PlanSource::Llm, 8));
}
