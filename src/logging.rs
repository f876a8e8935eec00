//! The log: one file a day in the state directory, the newest seven kept, never the screen. Callers log ids, codes
//! and durations; neither secrets nor customers' text.

use std::io;

use tracing::level_filters::LevelFilter;
use tracing_appender::{
    non_blocking::{NonBlockingBuilder, WorkerGuard},
    rolling::{InitError, RollingFileAppender, Rotation},
};
use tracing_subscriber::{Layer, filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::{Config, LogLevel};

/// Lines that wait for the disk; more are dropped rather than making the screen wait.
const WAITING_LINES: usize = 1_000;
const DAYS_KEPT: usize = 7;

/// Writes what is still waiting when it is dropped.
#[must_use = "the log stops when this is dropped"]
#[derive(Debug)]
pub struct Guard(#[expect(dead_code, reason = "it works by being dropped")] WorkerGuard);

/// Starts the log. A log that cannot be written is no reason to stop working: then there is none, and `doctor` says
/// why. The screen calls this after its first paint, because it touches files.
pub fn init(config: &Config) -> Option<Guard> {
    let level = filter(config.log_level);
    if level == LevelFilter::OFF {
        return None;
    }
    let file = open(config).ok()?;
    let (writer, guard) = NonBlockingBuilder::default().buffered_lines_limit(WAITING_LINES).finish(file);
    // Foreign crates may put what passes through them into their finer messages; this one does so in errors, too.
    let targets = Targets::new()
        .with_default(level.min(LevelFilter::WARN))
        .with_targets(["cs_copilot", "tools_server", "contracts"].map(|target| (target, level)))
        .with_target("async_openai", LevelFilter::OFF);
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(writer)
        .log_internal_errors(false)
        .with_filter(targets);
    tracing_subscriber::registry().with(lines).try_init().ok()?;
    Some(Guard(guard))
}

/// Whether the log can be written; what the system says otherwise.
///
/// # Errors
/// The log directory cannot be made or written to.
pub fn check(config: &Config) -> Result<(), io::Error> {
    open(config).map(drop)
}

fn open(config: &Config) -> Result<RollingFileAppender, io::Error> {
    let directory = config.log_dir.as_ref().ok_or_else(|| io::Error::other("there is no home directory"))?;
    std::fs::create_dir_all(directory)?;
    RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("cs-copilot")
        .filename_suffix("log")
        .max_log_files(DAYS_KEPT)
        .build(directory)
        .map_err(|error: InitError| io::Error::other(error))
}

fn filter(level: LogLevel) -> LevelFilter {
    match level {
        LogLevel::Off => LevelFilter::OFF,
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
        LogLevel::Trace => LevelFilter::TRACE,
    }
}
