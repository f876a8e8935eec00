//! A language model that says what it is told to, over a real socket and in the real streaming format.
#![allow(dead_code, reason = "each test crate uses a part")]

pub mod reply;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Uri},
    response::Response,
};
use futures::StreamExt;
use serde_json::Value;
use tokio::{net::TcpListener, sync::watch};

use reply::Reply;

/// A request as it came in.
#[derive(Debug, Clone)]
pub struct Recorded {
    pub path: String,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Recorded {
    /// The text of every message, in order; what tools answered included.
    pub fn contents(&self) -> Vec<String> {
        let messages = self.body["messages"].as_array().cloned().unwrap_or_default();
        messages.iter().map(|message| message["content"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The names of the tools that are offered.
    pub fn tools(&self) -> Vec<String> {
        let tools = self.body["tools"].as_array().cloned().unwrap_or_default();
        tools.iter().map(|tool| tool["function"]["name"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

type Script = Arc<Mutex<dyn FnMut(&Value) -> Reply + Send>>;

/// The server. It ends with the test's runtime.
#[derive(Clone)]
pub struct ScriptedModel {
    address: SocketAddr,
    script: Script,
    requests: Arc<Mutex<Vec<Recorded>>>,
    open: watch::Sender<usize>,
}

/// A reply that is under way.
struct Open(watch::Sender<usize>);

impl Open {
    fn new(open: &watch::Sender<usize>) -> Self {
        open.send_modify(|open| *open += 1);
        Self(open.clone())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.send_modify(|open| *open -= 1);
    }
}

impl ScriptedModel {
    /// Gives these replies, one a request, and the last one for ever.
    pub async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let mut replies: Vec<Reply> = replies.into_iter().collect();
        replies.reverse();
        Self::answering(move |_| match replies.len() {
            0 => Reply::text("nothing is scripted"),
            1 => replies[0].clone(),
            _ => replies.pop().unwrap(),
        })
        .await
    }

    /// Replies to each request body as `answer` says.
    pub async fn answering(answer: impl FnMut(&Value) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let model = Self {
            address,
            script: Arc::new(Mutex::new(answer)),
            requests: Arc::default(),
            open: watch::Sender::new(0),
        };
        let router = Router::new().fallback(reply).with_state(model.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        model
    }

    /// Where the API is, such as `http://127.0.0.1:4711/v1`.
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// Comes back when no reply is under way any more.
    pub async fn all_gone(&self) {
        let mut open = self.open.subscribe();
        open.wait_for(|open| *open == 0).await.unwrap();
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn reply(State(model): State<ScriptedModel>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let body: Value = serde_json::from_slice(&body).unwrap();
    let reply = {
        let mut script = model.script.lock().unwrap_or_else(PoisonError::into_inner);
        script(&body)
    };
    let recorded = Recorded { path: uri.path().to_owned(), headers, body };
    model.requests.lock().unwrap_or_else(PoisonError::into_inner).push(recorded);
    let open = Open::new(&model.open);
    let (head, body) = reply.send().await.into_parts();
    let body = body.into_data_stream().inspect(move |_| _ = &open);
    Response::from_parts(head, Body::from_stream(body))
}
