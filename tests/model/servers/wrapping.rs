//! Servers that send an answer in a form of their own.

use super::*;
use crate::scripted::reply::{delta, finish};

/// A server that sends these chunks.
fn chunks(chunks: Vec<Value>) -> impl FnMut(&Value) -> Reply + Send + 'static {
    move |_| Reply::chunks(chunks.clone())
}

/// A server that sends these bytes.
fn bytes(text: String) -> impl FnMut(&Value) -> Reply + Send + 'static {
    move |_| Reply::raw([text.clone().into_bytes()])
}

/// The events of a message with this text.
fn events(text: &str, end: &str) -> String {
    let chunks = [delta(&json!({"content": text})), finish("stop")].map(|chunk| format!("data: {chunk}{end}{end}"));
    chunks.concat() + &format!("data: [DONE]{end}{end}")
}

/// Each is answered with one request.
async fn answers_at_once(reply: impl FnMut(&Value) -> Reply + Send + 'static) {
    assert_eq!(answers(reply).await.1, 1);
}

#[tokio::test]
async fn deepseek_and_qwen_think_aloud_in_tags() {
    for thought in ["<think>\nIs {it} \"so\"?\n</think>\n\n", "So be it.</think>"] {
        answers_at_once(move |_| Reply::text(&format!("{thought}{}", said()))).await;
    }
}

#[tokio::test]
async fn reasoning_comes_in_fields_of_its_own() {
    let thinking = [json!({"reasoning_content": "Hm."}), json!({"reasoning": "Hm.", "content": null})];
    let thinking = thinking.iter().map(delta);
    answers_at_once(chunks(thinking.chain([delta(&json!({"content": said()})), finish("stop")]).collect())).await;
}

#[tokio::test]
async fn magistral_sends_parts_of_which_some_are_thoughts() {
    let thought = json!({"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]});
    let parts = json!([thought, {"type": "text", "text": said()}]);
    answers_at_once(chunks(vec![delta(&json!({"content": parts})), finish("stop")])).await;
}

#[tokio::test]
async fn gpt_oss_without_a_template_sends_its_channels() {
    let text =
        format!("<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>{}", said());
    answers_at_once(move |_| Reply::text(&text)).await;
}

#[tokio::test]
async fn small_models_talk_around_the_object_fence_it_and_wrap_it() {
    for text in [
        format!("Sure! Here is the answer:\n\n{}\n\nLet me know.", said()),
        format!("```json\n{}\n```", said()),
        format!("[{}]", said()),
        json!(said()).to_string(),
        json!({"answer": answer()}).to_string(),
    ] {
        answers_at_once(move |_| Reply::text(&text)).await;
    }
}

#[tokio::test]
async fn gateways_send_one_body_though_a_stream_was_asked_for() {
    answers_at_once(|_| Reply::whole(&said())).await;
}

#[tokio::test]
async fn proxies_change_the_ends_of_lines_and_send_signs_of_life() {
    let alive = "\u{feff}: alive\n\nevent: ping\ndata:\n\n";
    for text in [events(&said(), "\r"), events(&said(), "\r\n"), format!("{alive}{}", events(&said(), "\n"))] {
        answers_at_once(bytes(text)).await;
    }
}

#[tokio::test]
async fn networks_cut_a_stream_in_the_middle_of_a_letter() {
    let mut answer = answer();
    answer["points"][0]["say"] = json!("Möglichst bald – 早く – 🙂.");
    let bytes: Vec<_> = events(&answer.to_string(), "\n").into_bytes().into_iter().map(|byte| vec![byte]).collect();
    answers_at_once(move |_| Reply::raw(bytes.clone())).await;
}

#[tokio::test]
async fn small_servers_give_neither_an_end_nor_a_count() {
    let text = format!("data:{}\n\n", delta(&json!({"content": said()})));
    let (done, sent) = tried(bytes(text)).await;
    assert_eq!((done.result.plan_source, sent.len()), (PlanSource::Llm, 1));
    let notes: Vec<_> =
        done.result.notes.iter().filter(|note| note.as_str().contains("does not count tokens")).collect();
    assert_eq!(notes.len(), 1);
}

#[tokio::test]
async fn gemini_and_others_give_indexes_and_ids_of_another_type() {
    let call = json!({"index": "0", "id": 7, "function": {"name": "get_contract_info", "arguments": {}}});
    let choice = json!({"index": "0", "delta": {"tool_calls": call}, "finish_reason": "stop"});
    let mut turns = vec![Reply::answer(&answer()), Reply::chunks([json!({"choices": [choice]})])];
    let (sent, asked) = answers(move |_| turns.pop().unwrap()).await;
    assert_eq!(asked, 2);
    let messages = sent["messages"].as_array().unwrap();
    assert!(messages.iter().any(|message| message["tool_call_id"] == "7"), "{messages:#?}");
}
