//! What a run with a model that does its work comes to.

use contracts::{TaskId, planner::PlanSource, run::RunEventKind, tools::ToolName};
use cs_copilot::{agent::llm::key::Key, config::Planner};
use serde_json::json;

use crate::{
    scripted::{
        ScriptedModel,
        reply::{Call, Reply, delta, finish},
    },
    support::{KEY, SUMMARY, World, answer, run},
};

#[tokio::test]
async fn one_turn_is_enough_and_everything_of_it_is_told() {
    let world = World::new([Reply::answer(&answer()).with_usage(900, 70)]).await;
    let (done, rules) = (world.run(TaskId::HEALTH).await, world.rules(TaskId::HEALTH).await);
    let result = &done.result;
    assert_eq!((result.plan_source, done.hint()), (PlanSource::Llm, ""));
    assert_eq!(result.summary.as_ref().unwrap().as_str(), SUMMARY);
    assert_eq!((&result.health, &result.facts), (&rules.health, &rules.facts), "figures are the tools'");
    let usage = result.usage.as_ref().unwrap();
    let counted = (usage.model.as_str(), usage.rounds, usage.input_tokens, usage.output_tokens);
    assert_eq!(counted, ("scripted", 1, 900, 70));
    let reasons: Vec<_> = result.decision_log.iter().map(|step| (step.tool, step.reason.as_str())).collect();
    assert_eq!(reasons.len(), rules.decision_log.len(), "one a tool");
    assert!(reasons.contains(&(ToolName::CalculateHealth, "It says how the customer stands.")), "{reasons:?}");
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

fn history(world: &World) -> contracts::history::HistoryQuery {
    contracts::history::HistoryQuery { customer_id: world.customer.id.clone(), limit: None }
}

#[tokio::test]
async fn the_summary_grows_by_whole_sentences() {
    let world = World::new([Reply::answer(&answer())]).await;
    let done = world.run(TaskId::HEALTH).await;
    let written: Vec<_> = done
        .events
        .iter()
        .filter_map(|event| match &event.kind {
            RunEventKind::Writing { summary } => Some(summary.as_str()),
            _ => None,
        })
        .collect();
    assert!(written.is_sorted_by_key(|text| text.len()) && !written.is_empty(), "{written:?}");
    assert!(written.iter().all(|text| SUMMARY.starts_with(text)), "{written:?}");
    assert_eq!(done.result.summary.unwrap().as_str(), SUMMARY);
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
        Call::new("get_contract_info", &json!({"asOf": null})),
        Call::new("get_recent_tickets", &json!({"asOf": "2026-12-01"})),
    ];
    let world = World::new([Reply::calls(calls), Reply::answer(&answer())]).await;
    let done = world.run(TaskId::CHURN).await;
    assert_eq!(done.result.plan_source, PlanSource::Llm);
    let extended = done.events.iter().find_map(|event| match &event.kind {
        RunEventKind::Extended { tools } => Some(tools.clone()),
        _ => None,
    });
    assert_eq!(extended.unwrap(), [ToolName::GetContractInfo, ToolName::GetRecentTickets]);
    let finished: Vec<_> = done
        .events
        .iter()
        .filter_map(|event| match event.kind {
            RunEventKind::ToolFinished { index, .. } if index > 2 => Some(index),
            _ => None,
        })
        .collect();
    assert_eq!(finished.len(), 2, "{finished:?}");
    assert_eq!(done.result.used_tools.len(), 5);
    assert_eq!(done.result.usage.as_ref().unwrap().rounds, 2);
    let requests = world.model.requests();
    let said = requests[1].contents();
    assert!(said.iter().any(|content| content.contains("daysToRenewal")), "the model gets what it asked for");
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
    assert!(sent.body["messages"][0]["content"].as_str().unwrap().contains(&done.result.as_of.to_string()));
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
    let wrong = json!({"summary": "Fine.", "score": 12});
    let world = World::new([Reply::answer(&wrong), Reply::answer(&answer())]).await;
    let done = world.run(TaskId::HEALTH).await;
    assert_eq!((done.result.plan_source, done.result.usage.unwrap().rounds), (PlanSource::Llm, 2));
    let said = world.model.requests()[1].contents();
    assert!(said.last().unwrap().contains("unknown field `score`"), "the error is quoted: {said:?}");
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
    assert!(requests[2].contents()[0].contains("\"decisionLog\""), "the schema is in the prompt");
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
async fn what_the_summary_lacks_of_chunks_does_not_matter() {
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
    let arguments = format!("{}{}", json!({"asOf": "2026-12-01"}), " ".repeat(100));
    let part = |index: usize, letter: char| {
        let head = json!({"index": 0, "id": "call_1", "type": "function", "function": {"name": "get_contract_info", "arguments": letter}});
        let rest = json!({"index": 0, "function": {"arguments": letter}});
        delta(&json!({"tool_calls": [if index == 0 { head } else { rest }]}))
    };
    let chunks: Vec<_> = arguments.chars().enumerate().map(|(index, letter)| part(index, letter)).collect();
    assert!(chunks.len() > 100);
    let world =
        World::new([Reply::chunks(chunks.into_iter().chain([finish("tool_calls")])), Reply::answer(&answer())]).await;
    let done = world.run(TaskId::CHURN).await;
    assert_eq!((done.result.plan_source, done.result.used_tools.len()), (PlanSource::Llm, 4));
}
