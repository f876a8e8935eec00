//! What the scripted model replies: chunks of a stream, or an error.

use std::{convert::Infallible, io, sync::Arc};

use axum::{
    body::Body,
    http::{HeaderName, StatusCode},
    response::{IntoResponse, Response},
};
use futures::{FutureExt, Stream, StreamExt, future, stream};
use serde_json::{Value, json};
use tokio::sync::Notify;

/// A tool call of the model.
#[derive(Debug, Clone)]
pub struct Call {
    pub name: String,
    pub arguments: String,
}

impl Call {
    pub fn new(name: &str, arguments: &Value) -> Self {
        Self { name: name.to_owned(), arguments: arguments.to_string() }
    }
}

/// How a stream ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// With `[DONE]`.
    Done,
    /// The connection breaks.
    Broken,
    /// Nothing more comes, ever.
    Silent,
}

/// One reply.
#[derive(Debug, Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    chunks: Vec<Value>,
    /// After how many chunks it waits, and for what.
    pause: Option<(usize, Arc<Notify>)>,
    raw: Option<Vec<Vec<u8>>>,
    end: End,
}

impl Reply {
    /// A stream of these chunks, as they are.
    pub fn chunks(chunks: impl IntoIterator<Item = Value>) -> Self {
        let headers = vec![("content-type", "text/event-stream".to_owned())];
        Self { status: 200, headers, chunks: chunks.into_iter().collect(), pause: None, raw: None, end: End::Done }
    }

    /// A message with this text, a few letters a chunk, and its usage.
    pub fn text(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let pieces = letters.chunks(17).map(|piece| delta(&json!({"content": String::from_iter(piece)})));
        let first = delta(&json!({"role": "assistant", "content": ""}));
        Self::chunks([first].into_iter().chain(pieces).chain([finish("stop")])).with_usage(100, 50)
    }

    /// A message with this JSON: an answer.
    pub fn answer(answer: &Value) -> Self {
        Self::text(&answer.to_string())
    }

    /// Tool calls, side by side, each in two chunks.
    pub fn calls(calls: impl IntoIterator<Item = Call>) -> Self {
        let calls = calls.into_iter().enumerate();
        let chunks = calls.flat_map(|(index, Call { name, arguments })| {
            let id = format!("call_{name}_{index}");
            let function = json!({"name": name, "arguments": ""});
            let head = json!({"index": index, "id": id, "type": "function", "function": function});
            let rest = json!({"index": index, "function": {"arguments": arguments}});
            [head, rest].map(|call| delta(&json!({"tool_calls": [call]})))
        });
        Self::chunks(chunks.chain([finish("tool_calls")])).with_usage(100, 20)
    }

    /// An error in the API's own form.
    pub fn error(status: u16, message: &str) -> Self {
        Self::json(status, &json!({"error": {"message": message, "type": "error", "param": null, "code": null}}))
    }

    /// This JSON, at once.
    pub fn json(status: u16, body: &Value) -> Self {
        let headers = vec![("content-type", "application/json".to_owned())];
        let raw = Some(vec![body.to_string().into_bytes()]);
        Self { status, headers, chunks: Vec::new(), pause: None, raw, end: End::Broken }
    }

    /// A message with this text that comes at once, as where no stream was asked for.
    pub fn whole(text: &str) -> Self {
        let message = json!({"role": "assistant", "content": text, "refusal": null});
        let choice = json!({"index": 0, "message": message, "logprobs": null, "finish_reason": "stop"});
        let usage = json!({"prompt_tokens": 100, "completion_tokens": 50, "total_tokens": 150});
        Self::json(200, &json!({"id": "chatcmpl-1", "object": "chat.completion", "choices": [choice], "usage": usage}))
    }

    /// No answer, ever.
    pub fn silence() -> Self {
        Self { end: End::Silent, ..Self::chunks([]) }
    }

    /// These bytes instead of a stream's.
    pub fn raw(pieces: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self { raw: Some(pieces.into_iter().collect()), ..Self::chunks([]) }
    }

    /// The same, with a last chunk that counts tokens.
    pub fn with_usage(mut self, prompt: u64, completion: u64) -> Self {
        self = self.without_usage();
        let usage =
            json!({"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion});
        self.chunks.push(json!({
            "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "scripted",
            "choices": [], "usage": usage,
        }));
        self
    }

    /// The same, from a server that does not count tokens.
    pub fn without_usage(mut self) -> Self {
        self.chunks.retain(|chunk| chunk.get("usage").is_none());
        self
    }

    /// The same, under this header.
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// The same, under this status.
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The first half of it, and then the connection breaks.
    pub fn broken_off(mut self) -> Self {
        self.chunks.truncate(self.chunks.len() / 2);
        self.end = End::Broken;
        self
    }

    /// The first half of it, and the rest when it is told to go on.
    pub fn paused(mut self, go_on: Arc<Notify>) -> Self {
        self.pause = Some((self.chunks.len() / 2, go_on));
        self
    }

    /// The first half of it, and then nothing, ever.
    pub fn stalled(mut self) -> Self {
        self.chunks.truncate(self.chunks.len() / 2);
        self.end = End::Silent;
        self
    }

    pub(super) async fn send(self) -> Response {
        if self.end == End::Silent && self.chunks.is_empty() {
            return future::pending().await;
        }
        let mut response = match self.raw {
            Some(pieces) => Body::from_stream(stream::iter(pieces.into_iter().map(Ok::<_, Infallible>))),
            None => Body::from_stream(events(self.chunks, self.pause, self.end)),
        }
        .into_response();
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap();
        for (name, value) in self.headers {
            response.headers_mut().insert(HeaderName::from_static(name), value.parse().unwrap());
        }
        response
    }
}

fn events(chunks: Vec<Value>, pause: Option<(usize, Arc<Notify>)>, end: End) -> impl Stream<Item = io::Result<String>> {
    let events = stream::iter(chunks).enumerate().then(move |(place, chunk)| {
        let go_on = pause.as_ref().filter(|(after, _)| *after == place).map(|(_, go_on)| Arc::clone(go_on));
        async move {
            if let Some(go_on) = go_on {
                go_on.notified().await;
            }
            Ok(format!("data: {chunk}\n\n"))
        }
    });
    let last = match end {
        End::Done => future::ready(Ok("data: [DONE]\n\n".to_owned())).left_future(),
        // Given to the socket at once, the break would overtake what was said before it.
        End::Broken => tokio::task::yield_now().map(|()| Err(io::Error::other("broken"))).boxed().right_future(),
        End::Silent => future::pending().boxed().right_future(),
    };
    events.chain(stream::once(last))
}

/// A chunk with this delta.
pub fn delta(delta: &Value) -> Value {
    choice(&json!({"index": 0, "delta": delta, "logprobs": null, "finish_reason": null}))
}

/// The chunk that ends a turn for this reason.
pub fn finish(reason: &str) -> Value {
    choice(&json!({"index": 0, "delta": {}, "logprobs": null, "finish_reason": reason}))
}

fn choice(choice: &Value) -> Value {
    json!({
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "scripted",
        "choices": [choice],
    })
}
