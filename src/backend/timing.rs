//! Where the time of a call went: this machine's own clock, and the server's split from its `Server-Timing` header.

use std::time::{Duration, Instant};

use contracts::run::CallTiming;

/// What the server counted, in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct ServerTiming {
    auth: f64,
    db: f64,
    tool: f64,
}

impl ServerTiming {
    /// Reads `auth;dur=0.2, db;dur=1.5, tool;dur=0.1`. Metrics it does not know and durations that are none are left out.
    pub(super) fn parse(header: &str) -> Self {
        let mut timing = Self::default();
        for metric in header.split(',') {
            let mut parts = metric.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default();
            let duration = parts
                .find_map(|part| part.strip_prefix("dur="))
                .and_then(|value| value.parse().ok())
                .filter(|ms: &f64| ms.is_finite() && *ms >= 0.0);
            let (Some(ms), Some(slot)) = (duration, timing.slot(name)) else { continue };
            *slot += ms;
        }
        timing
    }

    fn slot(&mut self, name: &str) -> Option<&mut f64> {
        match name {
            "auth" => Some(&mut self.auth),
            "db" => Some(&mut self.db),
            "tool" => Some(&mut self.tool),
            _ => None,
        }
    }
}

/// What lies between this program and the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Nothing: the server is in this process.
    Inside,
    /// A network.
    Network,
}

/// Counts attempts and time of one call, over all of its attempts.
#[derive(Debug)]
pub(super) struct Stopwatch {
    started: Instant,
    /// How many attempts were begun.
    pub(super) attempts: u32,
    sent: Option<Instant>,
    wire: Duration,
    server: ServerTiming,
}

impl Stopwatch {
    pub(super) fn start() -> Self {
        let server = ServerTiming::default();
        Self { started: Instant::now(), attempts: 0, sent: None, wire: Duration::ZERO, server }
    }

    /// Since the call began.
    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// A request goes out now.
    pub(super) fn sending(&mut self) {
        self.sent = Some(Instant::now());
    }

    /// Its answer is here, or will not come.
    pub(super) fn received(&mut self, server: ServerTiming) {
        self.wire += self.sent.take().map_or(Duration::ZERO, |sent| sent.elapsed());
        self.server.auth += server.auth;
        self.server.db += server.db;
        self.server.tool += server.tool;
    }

    /// The whole call, ended now.
    pub(super) fn stop(mut self, way: Way) -> CallTiming {
        self.received(ServerTiming::default());
        let ms = |duration: Duration| duration.as_secs_f64() * 1000.0;
        let (total_ms, wire_ms) = (ms(self.elapsed()), ms(self.wire));
        let ServerTiming { auth, db, tool } = self.server;
        // A server that counts more than the call took here cannot be right; its figures then fill what there is.
        let scale = f64::min(1.0, wire_ms / f64::max(auth + db + tool, f64::MIN_POSITIVE));
        let (auth_ms, db_ms, tool_ms) = (auth * scale, db * scale, tool * scale);
        let between_ms = f64::max(0.0, wire_ms - auth_ms - db_ms - tool_ms);
        let (client_ms, network_ms) = match way {
            Way::Inside => (total_ms - wire_ms + between_ms, None),
            Way::Network => (total_ms - wire_ms, Some(between_ms)),
        };
        CallTiming { client_ms, network_ms, auth_ms, db_ms, tool_ms, total_ms }
    }
}
