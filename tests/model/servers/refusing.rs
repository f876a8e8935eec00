//! Servers that do not take a part of the request.

use cs_copilot::config::Planner;

use super::*;
use crate::support::run;

/// Whether the request has this field.
fn has(request: &Value, field: &str) -> bool {
    request.get(field).is_some()
}

#[tokio::test]
async fn openai_o3_takes_no_parallel_tool_calls() {
    let (sent, asked) = answers(|request| match has(request, "parallel_tool_calls") {
        true => {
            let words = "Unsupported parameter: 'parallel_tool_calls' is not supported with this model.";
            Reply::json(400, &refusal(words, "parallel_tool_calls"))
        }
        false => Reply::answer(&answer()),
    })
    .await;
    assert_eq!((asked, has(&sent, "tools"), has(&sent, "response_format")), (2, true, true));
}

#[tokio::test]
async fn openai_of_an_unverified_organisation_does_not_stream() {
    let (sent, asked) = answers(|request| match request["stream"] == true {
        true => Reply::json(400, &refusal("Your organization must be verified to stream this model.", "stream")),
        false => Reply::whole(&said()),
    })
    .await;
    assert_eq!((asked, has(&sent, "stream_options")), (2, false));
}

#[tokio::test]
async fn azure_of_old_wants_the_older_name_of_the_limit_and_no_stream_options() {
    let (sent, asked) = answers(|request| {
        let unknown = ["max_completion_tokens", "stream_options"].into_iter().find(|field| has(request, field));
        match unknown {
            Some(field) => Reply::error(400, &format!("Unrecognized request argument supplied: {field}")),
            None => Reply::answer(&answer()),
        }
    })
    .await;
    assert_eq!((asked, sent["max_tokens"].as_u64()), (3, Some(8_000)));
}

#[tokio::test]
async fn vllm_of_old_says_so_in_the_words_of_its_library() {
    let words = "[{'type': 'extra_forbidden', 'loc': ('body', 'max_completion_tokens'), 'input': 8000}]";
    let (sent, asked) = answers(move |request| match has(request, "max_completion_tokens") {
        true => Reply::json(400, &json!({"object": "error", "message": words, "type": "BadRequestError", "code": 400})),
        false => Reply::answer(&answer()),
    })
    .await;
    assert_eq!((asked, sent["max_tokens"].as_u64()), (2, Some(8_000)));
}

#[tokio::test]
async fn a_fastapi_gateway_says_where_in_the_request_it_is() {
    let (_, asked) = answers(|request| match has(request, "stream_options") {
        true => {
            let input = json!({"tools": "…", "stream": true});
            let detail =
                json!([{"loc": ["body", "stream_options"], "msg": "extra fields not permitted", "input": input}]);
            Reply::json(422, &json!({"detail": detail}))
        }
        false => Reply::answer(&answer()),
    })
    .await;
    assert_eq!(asked, 2, "nothing else of what it repeats is taken for its words");
}

#[tokio::test]
async fn lm_studio_takes_no_such_response_format() {
    let (sent, asked) = answers(|request| match has(request, "response_format") {
        true => Reply::json(400, &json!({"error": "'response_format.type' must be 'text'"})),
        false => Reply::text(&format!("```json\n{}\n```", said())),
    })
    .await;
    assert_eq!((asked, has(&sent, "tools")), (2, true));
    let rules = sent["messages"][0]["content"].as_str().unwrap();
    assert!(rules.contains("Answer with the JSON object alone, of this schema:"), "{rules}");
}

#[tokio::test]
async fn llama_cpp_makes_no_grammar_of_the_schema_and_has_no_template_for_tools() {
    let (sent, asked) = answers(|request| {
        let failed =
            |words: &str| Reply::json(500, &json!({"error": {"code": 500, "message": words, "type": "server_error"}}));
        match (has(request, "tools"), has(request, "response_format")) {
            (true, _) => failed("tools param requires --jinja flag"),
            (_, true) => failed("failed to parse grammar"),
            _ => Reply::answer(&answer()),
        }
    })
    .await;
    assert_eq!((asked, has(&sent, "tool_choice")), (3, false));
}

#[tokio::test]
async fn ollama_with_gemma_has_no_tools() {
    let words = "registry.ollama.ai/library/gemma3:latest does not support tools";
    let (sent, asked) = answers(move |request| match has(request, "tools") {
        true => Reply::error(400, words),
        false => Reply::answer(&answer()),
    })
    .await;
    assert_eq!((asked, has(&sent, "response_format")), (2, true), "it answers from the data that it was given");
}

#[tokio::test]
async fn openrouter_knows_no_provider_with_tools() {
    let (_, asked) = answers(|request| match has(request, "tools") {
        true => Reply::error(404, "No endpoints found that support tool use."),
        false => Reply::answer(&answer()),
    })
    .await;
    assert_eq!(asked, 2);
}

#[tokio::test]
async fn a_template_without_a_system_role_gets_the_rules_in_the_users_message() {
    let (sent, _) = answers(|request| match request["messages"][0]["role"] == "system" {
        true => Reply::json(400, &json!({"object": "error", "message": "System role not supported", "code": 400})),
        false => Reply::answer(&answer()),
    })
    .await;
    let first = &sent["messages"][0];
    let text = first["content"].as_str().unwrap();
    assert!(first["role"] == "user" && text.starts_with("You help a") && text.contains("Acme Corp"), "{sent:#}");
}

#[tokio::test]
async fn a_refusal_inside_a_200_is_one() {
    let (_, asked) = answers(|request| match has(request, "parallel_tool_calls") {
        true => Reply::json(200, &json!({"object": "error", "message": "parallel_tool_calls: unknown", "code": 400})),
        false => Reply::answer(&answer()),
    })
    .await;
    assert_eq!(asked, 2);
}

/// What a server says of calls in a history that its model has not made.
fn foreign_call(request: &Value, words: &str) -> Option<Reply> {
    let is_call = |message: &Value| message["role"] == "tool" || message.get("tool_calls").is_some();
    let messages = request["messages"].as_array().unwrap();
    messages.iter().any(is_call).then(|| Reply::error(400, words))
}

#[tokio::test]
async fn mistral_takes_no_calls_that_its_model_did_not_make() {
    let (sent, asked) = answers(|request| {
        let extra =
            json!([{"type": "extra_forbidden", "loc": ["body", "max_completion_tokens"], "msg": "Extra inputs"}]);
        let words = "Tool call id was plan_1 but must be a-z, A-Z, 0-9, with a length of 9.";
        match has(request, "max_completion_tokens") {
            true => Reply::json(422, &json!({"object": "error", "message": {"detail": extra}})),
            false => foreign_call(request, words).unwrap_or_else(|| Reply::answer(&answer())),
        }
    })
    .await;
    assert_eq!((asked, sent["max_tokens"].as_u64()), (2, Some(8_000)));
}

#[tokio::test]
async fn deepseek_wants_the_reasoning_of_calls_and_takes_no_schema() {
    let (_, asked) = answers(|request| match has(request, "response_format") {
        true => Reply::error(400, "This response_format type is unavailable now"),
        false => foreign_call(request, "Missing `reasoning_content` field in the assistant message")
            .unwrap_or_else(|| Reply::answer(&answer())),
    })
    .await;
    assert_eq!(asked, 2);
}

#[tokio::test]
async fn gemini_takes_simpler_schemas_and_no_calls_without_a_signature() {
    let words = r#"Invalid JSON payload received. Unknown name "additionalProperties": Cannot find field."#;
    let (sent, asked) = answers(move |request| match request.to_string().contains("additionalProperties") {
        true => {
            let error = json!({"code": 400, "message": words, "status": "INVALID_ARGUMENT"});
            Reply::json(400, &json!([{"error": error}]))
        }
        false => foreign_call(request, "Function call is missing a thought_signature.")
            .unwrap_or_else(|| Reply::answer(&answer())),
    })
    .await;
    assert_eq!((asked, has(&sent, "tools"), has(&sent, "response_format")), (2, true, true));
}

#[tokio::test]
async fn vllm_without_a_parser_of_calls_gets_no_tools_and_keeps_the_schema() {
    let words = r#""auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set"#;
    let (sent, asked) = answers(move |request| match has(request, "tools") {
        true => Reply::json(400, &json!({"object": "error", "message": words, "type": "BadRequestError", "code": 400})),
        false => Reply::answer(&answer()),
    })
    .await;
    assert_eq!((asked, has(&sent, "response_format"), has(&sent, "stream_options")), (3, true, true));
}

#[tokio::test]
async fn words_that_name_nothing_cost_a_few_guesses_and_then_there_is_an_end() {
    let parts = ["parallel_tool_calls", "stream_options", "max_completion_tokens", "response_format", "tools"];
    let (sent, asked) = answers(move |request| match parts.iter().any(|part| has(request, part)) {
        true => Reply::error(400, "Bad request"),
        false => Reply::answer(&answer()),
    })
    .await;
    let left: Vec<_> = sent.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!((asked, left), (4, vec!["messages", "model", "stream", "max_tokens"]));
    let why = "The model's server answered with HTTP 400 (Bad request)";
    assert_eq!(says(|_| Reply::error(400, "Bad request"), why).await, 5);
    let why = "The model's server answered with HTTP 409 (upstream restricted)";
    assert_eq!(says(|_| Reply::error(409, "upstream restricted"), why).await, 1, "no part of a word is a name");
}

/// Refuses one part after the other.
fn particular(request: &Value) -> Reply {
    let parts =
        ["parallel_tool_calls", "max_completion_tokens", "max_tokens", "response_format", "tools", "stream_options"];
    match parts.into_iter().find(|part| has(request, part)) {
        Some(part) => Reply::error(400, &format!("{part} is not supported")),
        None => Reply::answer(&answer()),
    }
}

#[tokio::test]
async fn several_refusals_in_a_row_are_told_once_and_remembered_for_that_server_and_model() {
    let mut world = World::with(ScriptedModel::answering(particular).await).await;
    let told = async |world: &World| {
        // Another process, as it were.
        let done = run(&world.agent(), world.request(TaskId::CHURN, Planner::Llm)).await;
        assert_eq!((done.result.plan_source, done.hint()), (PlanSource::Llm, ""));
        done.result.notes.iter().filter(|note| note.as_str().contains("does not take")).cloned().collect::<Vec<_>>()
    };
    let first = told(&world).await;
    let note = "The model's server does not take several tool calls at once, a wish for the count of tokens, \
                `max_completion_tokens`, a limit of length, a schema for the answer and tools; from now on it is asked \
                without.";
    assert_eq!((first[0].as_str(), first.len(), world.model.requests().len()), (note, 1, 7));
    assert_eq!((told(&world).await.len(), world.model.requests().len()), (0, 8));
    world.config.model = "another".to_owned();
    assert_eq!((told(&world).await.len(), world.model.requests().len()), (1, 15));
}
