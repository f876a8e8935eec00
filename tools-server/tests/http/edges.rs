//! The limits that the description tells are those that are enforced: what it allows at its edges is taken, and one more is
//! not.

use crate::{positions::bodies, support::*};
use chrono::{Days, NaiveDate};
use contracts::ErrorCode::InvalidInput;
use reqwest::Method;
use serde_json::{Value, json};

/// A text, a list or a number in a body.
struct Limited {
    /// Where it is, as a JSON pointer.
    pointer: String,
    /// Whether the description tells limits of it.
    is_told: bool,
    /// What to put in its place, and whether that is to be taken.
    edges: Vec<(Value, bool)>,
}

/// Longer than any text needs to be of which no limit is told.
const LONG: i64 = 2_000;

/// Finds every text, list and number in a body that is told by a schema.
fn limited(document: &Value, schemas: &[&Value], body: &Value, pointer: &str, found: &mut Vec<Limited>) {
    let schemas: Vec<&Value> = schemas.iter().flat_map(|schema| alternatives(document, schema)).collect();
    let told = |name: &str| schemas.iter().find_map(|schema| schema.get(name));
    let limit = |name: &str| told(name).and_then(|limit| limit.as_i64().or(limit.as_f64().map(|limit| limit as i64)));
    let is_closed = ["enum", "const", "pattern"].into_iter().any(|name| told(name).is_some());
    let (least, most, unlimited) = match body {
        Value::Number(_) if told("format") == Some(&json!("uint32")) => ("minimum", "maximum", Some(u32::MAX.into())),
        Value::Number(_) => ("minimum", "maximum", Some(1_000_000_000_000_000)),
        Value::String(_) => ("minLength", "maxLength", Some(LONG)),
        // How many there may be of what there is one of each, a test cannot know.
        _ => ("minItems", "maxItems", None),
    };
    let (least, most) = (limit(least), limit(most));
    if !is_closed && told("format") != Some(&json!("date")) && !body.is_object() && !body.is_boolean() {
        let taken = [least, most.or(unlimited)].into_iter().flatten().map(|value| (value, true));
        let refused = [least.map(|least| least - 1), most.map(|most| most + 1)].into_iter().flatten();
        let edges = taken.chain(refused.map(|value| (value, false)));
        let edges = edges.filter(|(value, _)| body.is_number() || *value >= 0);
        let edges = edges.map(|(value, is_taken)| (in_place_of(body, value), is_taken)).collect();
        found.push(Limited { pointer: pointer.to_owned(), is_told: least.or(most).is_some(), edges });
    }
    let within = |name: &str| -> Vec<&Value> { schemas.iter().filter_map(|schema| schema.get(name)).collect() };
    match body {
        Value::Object(fields) => fields.iter().for_each(|(name, field)| {
            let told: Vec<_> = within("properties").iter().filter_map(|fields| fields.get(name)).collect();
            limited(document, &told, field, &format!("{pointer}/{name}"), found);
        }),
        Value::Array(items) => items.iter().enumerate().for_each(|(place, item)| {
            limited(document, &within("items"), item, &format!("{pointer}/{place}"), found);
        }),
        _ => {}
    }
}

/// A schema and all that it refers to or may be.
fn alternatives<'a>(document: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    let referred = schema["$ref"].as_str().and_then(|to| document.pointer(to.trim_start_matches('#')));
    let others = ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|name| schema[name].as_array()).flatten();
    let all = referred.into_iter().chain(others).flat_map(|schema| alternatives(document, schema));
    [schema].into_iter().chain(all).collect()
}

/// This number, or a text of one letter, days in order or names of this number, in the place of another value.
fn in_place_of(value: &Value, number: i64) -> Value {
    let first = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    match value {
        Value::String(_) => Value::String("x".repeat(number as usize)),
        Value::Array(items) => (0..number as u64)
            .map(|n| match &items[0] {
                Value::String(_) => json!(format!("s{n}")),
                Value::Object(fields) if fields.contains_key("date") => {
                    json!({ "date": first + Days::new(n), "value": fields["value"] })
                }
                item => item.clone(),
            })
            .collect(),
        _ => json!(number),
    }
}

/// The path of the description that a path is one of.
fn told_as<'a>(document: &'a Value, path: &str) -> &'a str {
    let fits = |told: &&String| {
        let pairs = told.split('/').zip(path.split('/'));
        told.split('/').count() == path.split('/').count()
            && pairs.into_iter().all(|(told, is)| told == is || told.starts_with('{'))
    };
    document["paths"].as_object().unwrap().keys().find(fits).unwrap()
}

async fn description(server: &TestServer) -> Value {
    reqwest::get(server.url("/v1/openapi.json")).await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_number_in_a_query_is_taken_up_to_the_limits_that_are_told() {
    let server = TestServer::start().await;
    let description = description(&server).await;
    let mut told = 0;
    for (path, methods) in description["paths"].as_object().unwrap() {
        for parameter in methods["get"]["parameters"].as_array().into_iter().flatten() {
            let (least, most) = (parameter["schema"]["minimum"].as_i64(), parameter["schema"]["maximum"].as_i64());
            let (Some(least), Some(most), "query") = (least, most, parameter["in"].as_str().unwrap()) else { continue };
            told += 1;
            let name = parameter["name"].as_str().unwrap();
            let is_of_one = ["/v1/messages", "/v1/activity"].contains(&path.as_str());
            let others = if is_of_one { "&customerId=acme" } else { "" };
            let ask =
                async |value: i64| server.get(&format!("{}?{name}={value}{others}", path.replace("{id}", "e-1"))).await;
            for value in [least, most] {
                assert_ne!(ask(value).await.envelope["error"]["code"], "INVALID_INPUT", "{name}={value} of {path}");
            }
            for value in [least - 1, most + 1] {
                ask(value).await.failed(InvalidInput);
            }
        }
    }
    assert!(told >= 5, "the book, the history, activities, the evaluations and their results have limits");
}

#[tokio::test]
async fn a_day_that_no_database_knows_is_refused_wherever_one_is_asked_for() {
    const BEYOND: [&str; 3] = ["-9999-01-01", "0000-12-31", "+10000-01-01"];
    let server = TestServer::start().await;
    let (description, mut told) = (description(&server).await, 0);
    for (path, methods) in description["paths"].as_object().unwrap() {
        for parameter in methods["get"]["parameters"].as_array().into_iter().flatten() {
            if !alternatives(&description, &parameter["schema"]).iter().any(|schema| schema["format"] == "date") {
                continue;
            }
            told += 1;
            for day in BEYOND {
                let asked = format!("{path}?{}={}", parameter["name"].as_str().unwrap(), day.replace('+', "%2B"));
                let reply = server.get(&asked).await;
                let message = reply.failed(InvalidInput);
                assert!(message.contains("years 1 to 9999"), "{asked}: {message}");
            }
        }
    }
    assert!(told >= 6, "{told} parameters are days");
    let tools = description["paths"].as_object().unwrap().keys().filter(|path| path.starts_with("/v1/tools/"));
    let tools = tools.map(|path| (path.as_str(), true));
    for (path, is_tool) in tools.chain([("/v1/health", false), ("/v1/checks", false)]) {
        for day in BEYOND {
            let body = match is_tool {
                true => json!({ "customerId": "acme", "params": { "asOf": day } }),
                false => json!({ "asOf": day }),
            };
            server.call(Method::POST, path, body.to_string()).await.failed(InvalidInput);
        }
    }
}

#[tokio::test]
async fn a_list_in_a_body_is_taken_up_to_the_length_that_is_told() {
    let server = TestServer::start().await;
    let description = description(&server).await;
    let told = &description["components"]["schemas"]["HealthRequest"]["properties"]["customerIds"];
    let (least, most) = (told["minItems"].as_u64().unwrap(), told["maxItems"].as_u64().unwrap());
    for path in ["/v1/health", "/v1/checks"] {
        let send = async |length: u64| {
            let ids: Vec<_> = (0..length).map(|n| format!("C-{n}")).collect();
            server.call(Method::POST, path, json!({ "customerIds": ids }).to_string()).await
        };
        for length in [least, most] {
            send(length).await.data();
        }
        for length in [least - 1, most + 1] {
            send(length).await.failed(InvalidInput);
        }
    }
}

#[tokio::test]
async fn every_text_number_and_list_of_a_body_is_taken_as_far_as_is_told_and_no_further() {
    let server = TestServer::start().await;
    let document = description(&server).await;
    let mut told = 0;
    for (method, path, body) in bodies() {
        let operation = &document["paths"][told_as(&document, path)][method.as_str().to_lowercase()];
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        let mut found = Vec::new();
        limited(&document, &[schema], &body, "", &mut found);
        // Of a list of ids, which are there once, the test above sends the edges; pieces are as many as were sent.
        found.retain(|at| !["/customerIds", "/pieces"].contains(&at.pointer.as_str()));
        told += found.iter().filter(|at| at.is_told).count();
        for Limited { pointer, edges, .. } in found {
            for (value, is_taken) in edges {
                let mut changed = body.clone();
                *changed.pointer_mut(&pointer).unwrap() = value;
                if path == "/v1/imports/x" {
                    server.call(Method::POST, "/v1/imports/x/pieces/1", "{}".to_owned()).await.data();
                }
                let reply = server.call(method.clone(), path, changed.to_string()).await;
                let code = &reply.envelope["error"]["code"];
                let is_refused = code == "INVALID_INPUT";
                assert_eq!(
                    is_refused,
                    !is_taken,
                    "{path}{pointer} of {}: {}",
                    changed.pointer(&pointer).unwrap(),
                    reply.envelope
                );
                assert_ne!(code, "TOOL_FAILURE", "{path}{pointer}: {}", reply.envelope);
            }
        }
    }
    assert!(told >= 50, "{told} texts, numbers and lists have limits");
}
