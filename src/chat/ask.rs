//! One turn of a model: asked without what its server does not take, again where that may help, counted and timed.

use std::time::{Duration, Instant};

use async_openai::types::chat::CreateChatCompletionRequest;
use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use contracts::{Line, failure::Failure, run::ModelTurn};
use tokio::time::{sleep, timeout};

use super::{
    NoAnswer, Ready,
    budget::Share,
    dialect::Dialect,
    failed::{Cause, FailedAttempt},
    request::{estimated, estimated_input},
    turn::Turn,
};

/// How often a turn is asked for again after something that can pass.
const MAX_RETRIES: usize = 3;
const FIRST_PAUSE: Duration = Duration::from_millis(500);
const MAX_PAUSE: Duration = Duration::from_secs(8);

/// How long a turn may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// One attempt, from the request to the last token.
    pub call: Duration,
    /// All that is asked one after the other.
    pub run: Duration,
    /// When that is over.
    pub end: Instant,
}

/// What is heard while a turn is asked for.
#[derive(Debug)]
pub enum Heard<'a> {
    /// The server is asked, in one way or, after it has refused that, in another.
    Started,
    /// More has come of the turn.
    Grew(&'a Turn),
    /// The turn has ended, well or not.
    Ended(ModelTurn, Option<Failure>),
}

/// What asking came to.
#[derive(Debug)]
pub struct Asked {
    /// The turn, which has neither flaw nor end that is missing.
    pub turn: Result<Turn, NoAnswer>,
    /// What it took; none where the model has not begun to answer.
    pub taken: Option<Taken>,
    /// How the server was asked in the end.
    pub dialect: Dialect,
    /// What the reader should know of that.
    pub news: Option<Line>,
}

/// The tokens of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Tokens read.
    pub input: u64,
    /// Tokens written.
    pub output: u64,
    /// Whether the server does not count them all.
    pub is_estimated: bool,
}

impl Patience {
    /// So long for a turn, and so long for all of them from now on.
    pub fn new(call: Duration, run: Duration) -> Self {
        Self { call, run, end: Instant::now() + run }
    }

    /// Why nothing more is asked once all of it is over.
    pub fn over(&self) -> NoAnswer {
        FailedAttempt::from(Cause::Endless(self.run)).into()
    }

    fn left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    /// The end of an attempt that has taken too long.
    fn late(&self) -> FailedAttempt {
        if self.left().is_zero() { Cause::Endless(self.run) } else { Cause::Late(self.call) }.into()
    }
}

impl Taken {
    fn of(request: &CreateChatCompletionRequest, turn: &Turn) -> Self {
        let usage = turn.usage.unwrap_or_default();
        Self {
            input: usage.prompt_tokens.unwrap_or_else(|| estimated_input(request)),
            output: usage.completion_tokens.unwrap_or_else(|| estimated(turn.size())),
            is_estimated: usage.prompt_tokens.is_none() || usage.completion_tokens.is_none(),
        }
    }
}

impl Ready<'_> {
    /// Asks for one turn, as the server is known to be asked.
    pub async fn ask(
        &self,
        whole: &CreateChatCompletionRequest,
        patience: Patience,
        heard: impl FnMut(Heard<'_>),
    ) -> Asked {
        self.ask_in(self.model.remembered.of(&self.model.config), whole, patience, heard).await
    }

    /// The same, asked like this at first. What the server turns out not to take is remembered.
    pub(super) async fn ask_in(
        &self,
        known: Dialect,
        whole: &CreateChatCompletionRequest,
        patience: Patience,
        heard: impl FnMut(Heard<'_>),
    ) -> Asked {
        let mut asking = Asking { ready: self, whole, patience, heard, dialect: known.clone(), taken: None };
        let turn = asking.turn().await;
        let Asking { dialect, taken, .. } = asking;
        let news = turn.as_ref().ok().and_then(|_| dialect.news(&known));
        if turn.is_ok() && news.is_some() {
            self.learn(&dialect);
        }
        Asked { turn, taken, dialect, news: news.as_deref().map(Line::new) }
    }

    /// Remembers how the server is asked. Where that fails the next run finds it out again.
    pub(super) fn learn(&self, dialect: &Dialect) {
        if let Err(error) = self.model.remembered.keep(&self.model.config, dialect, self.today) {
            tracing::warn!(%error, "what the model's server does not take could not be kept");
        }
    }

    /// Sets aside what a request may take today, and lets the model write no more than that.
    fn set_aside(&self, request: &mut CreateChatCompletionRequest) -> Result<Share<'_>, NoAnswer> {
        let read = estimated_input(request);
        let written = u64::from(request.max_completion_tokens.unwrap_or_default());
        let share = self.model.budget.set_aside(&self.owner, self.today, read, written);
        let share = share.map_err(|_| NoAnswer::CountUnkept)?;
        let share = share.ok_or(NoAnswer::BudgetUsedUp { daily: self.model.budget.daily() })?;
        request.max_completion_tokens = u32::try_from(share.tokens() - read).ok();
        Ok(share)
    }
}

/// A turn that is being asked for.
struct Asking<'a, H> {
    ready: &'a Ready<'a>,
    whole: &'a CreateChatCompletionRequest,
    patience: Patience,
    heard: H,
    dialect: Dialect,
    taken: Option<Taken>,
}

impl<H: FnMut(Heard<'_>)> Asking<'_, H> {
    /// Leaves out what is refused, one part after the other.
    async fn turn(&mut self) -> Result<Turn, NoAnswer> {
        let mut first = None;
        loop {
            let failed = match self.attempt().await? {
                Ok(turn) => return Ok(turn),
                Err(failed) => failed,
            };
            match failed.simpler(&self.dialect, self.whole) {
                Some(simpler) => {
                    self.dialect = simpler;
                    first.get_or_insert(failed);
                }
                // What was wrong with the request in the first place says more.
                None => return Err(first.unwrap_or(failed).into()),
            }
        }
    }

    /// Asks in one way, again where that may help. A turn that has begun is not asked for again.
    async fn attempt(&mut self) -> Result<Result<Turn, FailedAttempt>, NoAnswer> {
        let mut request = self.whole.clone();
        let share = self.ready.set_aside(&mut request)?;
        let request = self.dialect.lower(request);
        (self.heard)(Heard::Started);
        let (started, mut first_token) = (Instant::now(), None);
        let (mut pauses, mut attempts) = (pauses(), 1);
        let (turn, outcome) = loop {
            let mut turn = Turn::default();
            let asked = self.ready.api.ask(&request, &mut turn, |turn| {
                if turn.has_begun() {
                    first_token.get_or_insert_with(|| started.elapsed());
                }
                (self.heard)(Heard::Grew(turn));
            });
            let limit = self.patience.call.min(self.patience.left());
            let outcome = timeout(limit, asked).await.unwrap_or_else(|_| Err(self.patience.late()));
            if let Err(failed) = &outcome
                && !turn.has_begun()
                && let Some(pause) = pauses.next().and_then(|pause| failed.wait_for(pause))
                && pause < self.patience.left()
            {
                attempts += 1;
                sleep(pause).await;
                continue;
            }
            let flaw = || turn.flaw().map_or(Ok(()), |flaw| Err(Cause::from(flaw).into()));
            let has_come = outcome.is_ok() || turn.has_begun();
            self.taken = has_come.then(|| Taken::of(&request, &turn));
            let outcome = outcome.and_then(|()| flaw());
            break (turn, outcome);
        };
        // A count that cannot be kept must not cost the user an answer that is already paid for.
        if let Err(error) = share.settle(self.taken.map_or(0, |taken| taken.input + taken.output)) {
            tracing::warn!(%error, "the count of tokens could not be kept");
        }
        let usage = turn.usage.unwrap_or_default();
        let took = ModelTurn {
            first_token_ms: first_token.map(ms),
            total_ms: ms(started.elapsed()),
            input_tokens: usage.prompt_tokens,
            output_tokens: usage.completion_tokens,
        };
        log(&request, &turn, &took, attempts, outcome.is_err());
        let failure = outcome.as_ref().err().map(|failed| failed.failure(attempts));
        (self.heard)(Heard::Ended(took, failure));
        Ok(outcome.map(|()| turn))
    }
}

fn pauses() -> ExponentialBackoff {
    let pauses = ExponentialBuilder::new().with_min_delay(FIRST_PAUSE).with_max_delay(MAX_PAUSE);
    pauses.with_max_times(MAX_RETRIES).with_jitter().build()
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
        calls = turn.calls.len(),
        "asked the model"
    );
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
