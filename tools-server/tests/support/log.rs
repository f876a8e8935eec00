//! What the server writes to its log. The log is the whole process's; lines are told apart by their request id.

use std::{
    io,
    sync::{Arc, Mutex, OnceLock},
};

use serde_json::Value;
use tracing_subscriber::fmt::MakeWriter;

use super::Reply;

/// Collects what is logged.
#[derive(Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Log {
    /// The log of this process, with everything the program and its libraries say.
    pub fn of_all() -> &'static Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        LOG.get_or_init(|| {
            let log = Self::default();
            tracing_subscriber::fmt().json().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).init();
            log
        })
    }

    /// All of it so far.
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// This server's own lines; at the level of traces the HTTP and SQL libraries speak for themselves.
    pub fn own_lines(&self) -> Vec<Value> {
        let lines = self.text();
        let lines = lines.lines().map(|line| serde_json::from_str(line).unwrap());
        lines.filter(|line: &Value| line["target"].as_str().unwrap().starts_with("tools_server")).collect()
    }

    /// This server's own lines about one request.
    pub fn lines_of(&self, reply: &Reply) -> Vec<Value> {
        let id = reply.header("x-request-id");
        self.own_lines().into_iter().filter(|line| line["span"]["id"] == id).collect()
    }
}
