//! Servers that have no answer, and say so in a form of their own.

use super::*;
use crate::scripted::reply::{delta, finish};

/// A server that sends this JSON under this status.
fn json(status: u16, body: Value) -> impl FnMut(&Value) -> Reply + Send + 'static {
    move |_| Reply::json(status, &body)
}

#[tokio::test]
async fn errors_inside_a_200_are_errors() {
    for (body, why) in [
        (json!({"error": "model is loading"}), "The model's server answered with an error (model is loading)"),
        (
            json!({"error": {"message": "Upstream is gone.", "code": 410}}),
            "The model's server answered with HTTP 410 (Upstream is gone)",
        ),
        (
            json!({"object": "error", "message": "No such user.", "code": 403}),
            "The model's server does not allow it (No such user)",
        ),
        (json!({"detail": "Not authenticated"}), "The model's server answered with an error (Not authenticated)"),
    ] {
        assert_eq!(says(json(200, body), why).await, 1, "{why}");
    }
}

#[tokio::test]
async fn a_server_that_fails_behind_the_beginning_says_so() {
    let begun = || delta(&json!({"content": "{\"su"}));
    let choice = json!({"index": 0, "delta": {}, "finish_reason": "error", "error": {"code": 502, "message": "Bad."}});
    for (last, words) in [
        (json!({"error": {"message": "Overloaded"}}), " (Overloaded)"),
        (json!({"choices": [choice]}), " (Bad)"),
        (finish("error"), ""),
    ] {
        let why = format!("The model's API failed in the middle of an answer{words}");
        assert_eq!(says(move |_| Reply::chunks([begun(), last.clone()]), &why).await, 1);
    }
}

#[tokio::test]
async fn openrouter_hands_on_what_a_provider_said() {
    let error =
        json!({"code": 403, "message": "Provider returned error", "metadata": {"raw": "{\"error\": \"region\"}"}});
    says(json(200, json!({"error": error})), "The model's server does not allow it (Provider returned error: region)")
        .await;
}

#[tokio::test]
async fn an_overload_before_the_first_word_is_waited_for_inside_a_200_too() {
    let mut turns =
        vec![Reply::answer(&answer()), Reply::json(200, &json!({"error": {"code": 529, "message": "Busy"}}))];
    assert_eq!(answers(move |_| turns.pop().unwrap()).await.1, 2);
}

#[tokio::test]
async fn a_portal_answers_with_a_page() {
    let page = || Reply::raw([b"\n<!DOCTYPE html><html>Log in".to_vec()]);
    assert_eq!(says(move |_| page(), "The model's server sent a web page instead of an answer").await, 1);
    let page = || Reply::raw([b"<html>Log in".to_vec()]).header("content-type", "text/html").status(502);
    let (done, _) = tried(move |_| page().header("retry-after", "0")).await;
    assert_eq!(done.hint(), "The model's server answered with HTTP 502, so the rules answered.");
}

#[tokio::test]
async fn a_proxy_packs_what_nobody_asked_to_be_packed() {
    let packed = || Reply::raw([vec![0x1f, 0x8b, 8, 0]]).header("content-encoding", "gzip");
    let why = "The model's server sent a packed answer (gzip), which nobody asked for";
    assert_eq!(says(move |_| packed(), why).await, 1);
}

#[tokio::test]
async fn signs_of_life_alone_are_no_answer() {
    let alive = || Reply::raw([b": alive\n\n: alive\n\ndata: [DONE]\n\n".to_vec()]);
    assert_eq!(says(move |_| alive(), "The model's answer was empty").await, 1);
}

#[tokio::test]
async fn a_day_to_wait_for_may_have_come() {
    let busy = Reply::error(429, "Busy").header("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT");
    let mut turns = vec![Reply::answer(&answer()), busy];
    assert_eq!(answers(move |_| turns.pop().unwrap()).await.1, 2);
}

#[tokio::test]
async fn a_text_where_an_answer_should_be_is_told() {
    let text = || Reply::raw([b"upstream connect error or disconnect".to_vec()]);
    let why = "The model's server sent something that is no part of an answer (upstream connect error or disconnect)";
    assert_eq!(says(move |_| text(), why).await, 1);
}

#[tokio::test]
async fn what_cannot_heal_is_not_asked_for_again() {
    let error = |message: &str, code: &str| json!({"error": {"message": message, "type": code, "code": code}});
    for (status, body, why) in [
        (
            429,
            error("You exceeded your current quota.", "insufficient_quota"),
            "The account at the model's server has no credit left (You exceeded your current quota)",
        ),
        (
            402,
            json!({"error": {"message": "Insufficient Balance"}}),
            "The account at the model's server has no credit left (Insufficient Balance)",
        ),
        (
            403,
            error("Country, region, or territory not supported", "unsupported_country_region_territory"),
            "The model's server does not allow it (Country, region, or territory not supported)",
        ),
        (
            400,
            error("This model's maximum context length is 8192 tokens.", "context_length_exceeded"),
            "The request is longer than the model reads (This model's maximum context length is 8192 tokens)",
        ),
        (
            401,
            error("Incorrect API key provided: sk-proj-abcdefghijklmnopqrstuvwx1234567890.", "invalid_api_key"),
            "The model's server wants a key that it knows, from OPENAI_API_KEY or `cs-copilot config set-key` \
             (Incorrect API key provided: [secret])",
        ),
        (
            404,
            error("The model `gpt-4.1` does not exist: see https://a.example/models", "model_not_found"),
            "The model's server knows no such model or address (The model `gpt-4.1` does not exist: see)",
        ),
    ] {
        assert_eq!(says(json(status, body), why).await, 1, "{why}");
    }
}

#[tokio::test]
async fn a_minute_is_not_waited_for_and_said_at_once() {
    let busy = || Reply::error(429, "Rate limit reached for gpt-4.1.").header("retry-after", "60");
    let why = "The model's server takes no more requests for now (Rate limit reached for gpt-4.1); it asks to wait 60 \
               seconds";
    assert_eq!(says(move |_| busy(), why).await, 1);
}
