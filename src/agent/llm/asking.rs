//! One turn of the model: asked again where that may help, told as it grows, and timed.

use std::time::{Duration, Instant};

use async_openai::types::chat::CreateChatCompletionRequest;
use backon::{BackoffBuilder, ExponentialBuilder};
use contracts::run::{ModelTurn, RunEventKind};
use tokio::time::{sleep, timeout};

use super::{
    client::Api,
    conversation::Conversation,
    desk::Desk,
    read::points,
    reading::Growing,
    refusal::{Cause, Refusal},
    turn::Turn,
};

/// How often a turn is asked for again after something that can pass.
const MAX_RETRIES: usize = 3;
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const MAX_PAUSE: Duration = Duration::from_secs(8);

/// How long a turn may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// One attempt, from the request to the last token.
    pub(super) call: Duration,
    /// The whole run.
    pub(super) run: Duration,
    /// When that is over.
    pub(super) end: Instant,
}

impl Patience {
    fn left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    /// The end of an attempt that has taken too long.
    fn late(&self) -> Refusal {
        if self.left().is_zero() { Cause::Endless(self.run) } else { Cause::Late(self.call) }.into()
    }
}

/// Asks for one turn. A turn that has begun is not asked for again.
pub(super) async fn ask(
    api: &Api,
    request: &CreateChatCompletionRequest,
    place: usize,
    patience: Patience,
    desk: &Desk,
    tell: &mut impl FnMut(RunEventKind),
) -> (Turn, Result<(), Refusal>) {
    tell(RunEventKind::ModelStarted { turn: place });
    let started = Instant::now();
    let mut pauses = ExponentialBuilder::new()
        .with_min_delay(FIRST_PAUSE)
        .with_max_delay(MAX_PAUSE)
        .with_max_times(MAX_RETRIES)
        .with_jitter()
        .build();
    let mut attempt = 1;
    let mut first_token = None;
    loop {
        let mut turn = Turn::default();
        let mut writing = Writing::new(desk);
        let asked = api.ask(request, &mut turn, |turn| {
            if turn.has_begun() {
                first_token.get_or_insert_with(|| started.elapsed());
            }
            writing.show(turn, tell);
        });
        let outcome = timeout(patience.call.min(patience.left()), asked).await.unwrap_or_else(|_| Err(patience.late()));
        if let Err(refusal) = &outcome
            && !turn.has_begun()
            && let Some(pause) = pauses.next().and_then(|pause| refusal.wait_for(pause))
            && pause < patience.left()
        {
            attempt += 1;
            sleep(pause).await;
            continue;
        }
        let usage = turn.usage.unwrap_or_default();
        let took = ModelTurn {
            first_token_ms: first_token.map(ms),
            total_ms: ms(started.elapsed()),
            input_tokens: usage.prompt_tokens,
            output_tokens: usage.completion_tokens,
        };
        let flaw = || turn.flaw().map(|flaw| Cause::from(flaw).into());
        let failure = outcome.as_ref().err().cloned().or_else(flaw).map(|refusal| refusal.failure(attempt));
        log(request, &turn, &took, attempt, failure.is_some());
        tell(RunEventKind::ModelFinished { turn: place, took, failure });
        return (turn, outcome);
    }
}

/// What a turn was, without a word of it.
fn log(request: &CreateChatCompletionRequest, turn: &Turn, took: &ModelTurn, attempts: u32, failed: bool) {
    tracing::info!(
        model = request.model,
        attempts,
        failed,
        total_ms = took.total_ms.round(),
        first_token_ms = took.first_token_ms.map(f64::round),
        input_tokens = took.input_tokens,
        output_tokens = took.output_tokens,
        tools = ?Conversation::names(turn),
        "asked the model"
    );
}

/// Tells the points as they become whole, as far as they stand at the desk.
struct Writing<'a> {
    desk: &'a Desk,
    growing: Growing,
    told: usize,
}

impl<'a> Writing<'a> {
    fn new(desk: &'a Desk) -> Self {
        Self { desk, growing: Growing::default(), told: 0 }
    }

    fn show(&mut self, turn: &Turn, tell: &mut impl FnMut(RunEventKind)) {
        let Some(whole) = self.growing.read(&turn.content).filter(|whole| whole.len() > self.told) else { return };
        self.told = whole.len();
        let blocks = points(&whole, self.desk);
        if !blocks.is_empty() {
            tell(RunEventKind::Writing { blocks });
        }
    }
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
