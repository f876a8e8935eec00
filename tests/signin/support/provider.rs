use std::{
    env,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use cs_copilot::config::ServerUrl;
use serde_json::Value;

use super::Agent;

/// A provider of its own, with its own clock. It ends when this is dropped.
pub struct Provider {
    pub issuer: ServerUrl,
    child: Child,
}

impl Provider {
    /// None where the provider's packages are not installed.
    pub fn start() -> Option<Self> {
        Self::start_with(&[])
    }

    pub fn start_without_device_grant() -> Option<Self> {
        Self::start_with(&["--no-device"])
    }

    fn start_with(options: &[&str]) -> Option<Self> {
        let Some(dir) = env::var_os("TEST_OIDC_DIR").map(PathBuf::from) else {
            eprintln!("skipped: TEST_OIDC_DIR is not set");
            return None;
        };
        let mut command = Command::new("node");
        command.arg(dir.join("provider.mjs")).args(options);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Some(Self { issuer: line.parse().unwrap(), child })
    }

    /// Moves the provider's clock.
    pub async fn advance(&self, secs: i64) {
        self.test(&format!("advance?secs={secs}"), Value::Null).await;
    }

    /// Names an interval with every device code from now on.
    pub async fn interval(&self, secs: u64) {
        self.test(&format!("interval?secs={secs}"), Value::Null).await;
    }

    /// What the next requests for tokens get instead of the provider's own answer.
    pub async fn answers(&self, answers: Value) {
        self.test("answers", answers).await;
    }

    /// How many requests for tokens there were.
    pub async fn token_requests(&self) -> u64 {
        self.test("seen", Value::Null).await
    }

    /// Keeps its answers to requests for tokens back.
    pub async fn hold(&self) {
        self.test("hold", Value::Null).await;
    }

    /// Gives them.
    pub async fn release(&self) {
        self.test("release", Value::Null).await;
    }

    async fn test(&self, what: &str, body: Value) -> u64 {
        let request = Agent::new().http.post(format!("{}/test/{what}", self.issuer)).json(&body);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Ends it now.
    pub fn stop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.stop();
    }
}
