//! What is sent, against the public description of the API.

use std::sync::LazyLock;

use contracts::TaskId;
use cs_copilot::{
    agent::llm::{answer::ModelAnswer, tools::Rights},
    chat::schema,
    config::Planner,
};
use domain::tasks::Tasks;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::{
    scripted::{
        ScriptedModel,
        reply::{Call, Reply},
    },
    support::{World, answer},
};

static DESCRIPTION: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("fixtures/chat-completion-request.json")).unwrap());
static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| jsonschema::validator_for(&DESCRIPTION).unwrap());

/// Panics where a request is none of the public API.
pub fn assert_described(request: &Value) {
    let errors: Vec<_> = VALIDATOR.iter_errors(request).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?} in {request:#}");
    let known = fields(&DESCRIPTION, "CreateChatCompletionRequest");
    for field in request.as_object().unwrap().keys() {
        assert!(known.contains(field), "the API has no field {field}");
    }
}

/// What the description says of the request's own fields.
fn fields(description: &Value, name: &str) -> Vec<String> {
    let schema = &description["components"]["schemas"][name];
    let own = schema["properties"].as_object().into_iter().flat_map(|fields| fields.keys().cloned());
    let parts = schema["allOf"].as_array().into_iter().flatten();
    let inherited = parts.flat_map(|part| match part["$ref"].as_str() {
        Some(name) => fields(description, name.rsplit('/').next().unwrap()),
        None => part["properties"].as_object().unwrap().keys().cloned().collect(),
    });
    own.chain(inherited).collect()
}

#[tokio::test]
async fn every_request_is_as_the_public_api_describes_it() {
    let calls = || {
        Reply::calls([Call::new("timeline_before", &json!({"day": "2026-12-01"})), Call::new("nothing", &json!({}))])
    };
    let model = ScriptedModel::start([calls(), Reply::text("no"), Reply::error(400, "no"), Reply::answer(&answer())]);
    let world = World::with(model.await).await;
    for task in Tasks::shipped().ids() {
        world.run(task).await;
    }
    let requests = world.model.requests();
    assert!(requests.len() >= 8, "{}", requests.len());
    for request in requests {
        assert_described(&request.body);
        assert!(request.body["stream"].as_bool().unwrap());
    }
    assert!(VALIDATOR.iter_errors(&json!({"model": "m", "messages": [{"role": "nobody"}]})).count() > 0, "it can fail");
}

/// Whether a schema keeps to what strict function calling and structured answers take.
fn assert_strict(schema: &Value) {
    let Some(object) = schema.as_object() else { panic!("no schema: {schema}") };
    for keyword in object.keys() {
        let known = [
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "anyOf",
            "enum",
            "const",
            "description",
            "format",
        ];
        assert!(known.contains(&keyword.as_str()), "{keyword} in {schema}");
    }
    assert!(object.contains_key("type") || object.contains_key("anyOf"), "{schema}");
    if let Some(properties) = object.get("properties") {
        let names: Vec<_> = properties.as_object().unwrap().keys().collect();
        let required: Vec<_> =
            object["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        assert_eq!(names, required, "all of them, in order");
        assert_eq!(object["additionalProperties"], false);
        properties.as_object().unwrap().values().for_each(assert_strict);
    }
    object.get("items").into_iter().for_each(assert_strict);
    object.get("anyOf").and_then(Value::as_array).into_iter().flatten().for_each(assert_strict);
}

#[test]
fn schemas_are_strict_and_say_what_the_types_say() {
    let answers = schema::of::<ModelAnswer>();
    assert_strict(&answers);
    for tool in Rights::offered() {
        let tool = serde_json::to_value(tool).unwrap();
        assert_eq!(tool["function"]["strict"], true, "{tool}");
        assert_strict(&tool["function"]["parameters"]);
    }
    assert_eq!(answers["properties"].as_object().unwrap().keys().next().unwrap(), "points", "they are shown first");
    let validator = jsonschema::validator_for(&answers).unwrap();
    assert!(validator.is_valid(&answer()));
    let full = json!({
        "points": [{"cite": ["usage.change"], "say": "Fine."}, {"cite": [], "say": null}],
        "actions": [{"do": "Call.", "who": "csm", "due": null, "because": ["t1"]}],
        "email": {"cite": ["usage.change"], "opening": "Hello.", "ask": null},
        "outline": [{"section": "usage", "cite": [], "say": "What is next?"}],
    });
    assert!(validator.is_valid(&full));
    assert!(serde_json::from_value::<ModelAnswer>(full).is_ok(), "what the schema takes, the type takes");
}

#[tokio::test]
async fn the_schema_the_rules_and_the_tools_are_the_same_for_every_task_and_customer() {
    let world = World::new([Reply::answer(&answer())]).await;
    for task in Tasks::shipped().ids() {
        world.run(task).await;
    }
    let mut sent = world.model.requests().into_iter().map(|request| request.body);
    let first = sent.next().unwrap();
    for body in sent {
        assert_eq!(body["response_format"], first["response_format"]);
        assert_eq!(body["messages"][0], first["messages"][0]);
        assert_eq!(body["tools"], first["tools"]);
    }
}

#[tokio::test]
async fn a_preview_is_the_first_request_to_the_letter_and_sends_nothing() {
    let world = World::new([Reply::answer(&answer())]).await;
    let agent = world.agent();
    let preview = agent.preview(world.request(TaskId::RENEWAL, Planner::Llm)).await.unwrap().unwrap();
    assert!(world.model.requests().is_empty());
    world.run(TaskId::RENEWAL).await;
    assert_eq!(preview.body, world.model.requests()[0].body);
    assert_eq!(preview.url, format!("{}/chat/completions", world.model.base_url()));
    for planner in [Planner::Deterministic, Planner::Auto] {
        assert_eq!(agent.preview(world.request(TaskId::RENEWAL, planner)).await.unwrap(), None);
    }
}
