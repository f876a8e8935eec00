//! The runs of an evaluation: several at once, each judged as it ends, and kept in batches while others run.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use contracts::{
    CustomerId, Line,
    book::CustomerRow,
    eval::{EvalBatch, EvalResult, MAX_BATCH, ModelCounts, NewEval, Verdict},
    failure::{Failure, Stage},
    planner::PlanSource,
};
use domain::tasks::Task;
use futures::{StreamExt, stream};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::mpsc;

use super::Context;
use crate::{
    agent::{Agent, RunRequest},
    config::Planner,
    eval::{
        judge::{Case, judge},
        lines::own_lines,
        observed::Observed,
    },
};

/// So many runs go on at once; those of a model wait for it in turn.
const AT_ONCE: usize = 8;

/// Whose answer had which line first.
type FirstSaid = Mutex<HashMap<String, CustomerId>>;

/// What is to be run.
pub(super) struct Runs<'a> {
    pub(super) context: &'a Context,
    pub(super) eval: &'a NewEval,
    /// The tasks, in the order of the evaluation.
    pub(super) tasks: &'a [Arc<Task>],
    /// The whole book.
    pub(super) everybody: &'a [CustomerRow],
    /// Those of it that are looked at.
    pub(super) customers: &'a [CustomerRow],
    /// Whether the results are kept.
    pub(super) kept: bool,
}

/// How the runs ended.
pub(super) enum Ended {
    /// All of them.
    Finished,
    /// The user had enough.
    Interrupted,
    /// The tools server went away.
    Gone(Failure),
}

/// One run, judged.
struct Judged {
    result: EvalResult,
    failure: Option<Failure>,
}

impl Runs<'_> {
    /// Runs everything. What was run until an interruption is kept, as an evaluation that was not finished.
    pub(super) async fn run(&self) -> Result<(Vec<EvalResult>, Ended), Failure> {
        let backend = &self.context.backend;
        if self.kept {
            backend.begin_eval(self.eval).await?;
        }
        let (sender, receiver) = mpsc::unbounded_channel();
        let ((results, ended), kept) = futures::join!(self.judge_all(sender), self.keep(receiver));
        match &ended {
            // The reason why nothing could be kept at the end.
            Ended::Gone(_) => return Ok((results, ended)),
            Ended::Finished | Ended::Interrupted => kept?,
        }
        if self.kept && matches!(ended, Ended::Finished) {
            backend.add_results(&self.eval.id, &EvalBatch { results: Vec::new(), finished: true }).await?;
        }
        Ok((results, ended))
    }

    async fn judge_all(&self, sender: mpsc::UnboundedSender<EvalResult>) -> (Vec<EvalResult>, Ended) {
        let agent = &self.context.agent.clone().speaking(None).without_history();
        let others: &BTreeMap<_, _> = &self.customers.iter().map(|customer| self.others(customer)).collect();
        let repeat = &self.eval.repeat;
        let cases = self.customers.iter().flat_map(|customer| {
            self.tasks.iter().flat_map(move |task| (1..=*repeat).map(move |repeat| (customer, task, repeat)))
        });
        let first_said = &FirstSaid::default();
        let mut runs = stream::iter(cases)
            .map(|(customer, task, repeat)| {
                self.judged(agent, customer, task, repeat, Arc::clone(&others[&customer.id]), first_said)
            })
            .buffer_unordered(AT_ONCE);
        let bar = progress_bar(self.eval.cases());
        let (mut results, mut unpassed) = (Vec::new(), 0);
        let interrupted = tokio::signal::ctrl_c();
        tokio::pin!(interrupted);
        let ended = loop {
            let judged = tokio::select! {
                judged = runs.next() => judged,
                // Without a handler the signal ends the program.
                Ok(()) = &mut interrupted => break Ended::Interrupted,
            };
            let Some(Judged { result, failure }) = judged else { break Ended::Finished };
            // Where the server has gone, it will not answer for the others either.
            if let Some(failure) = failure.filter(|failure| failure.stage == Stage::Connect) {
                break Ended::Gone(failure);
            }
            unpassed += u32::from(result.verdict != Verdict::Pass);
            bar.inc(1);
            bar.set_message(format!("{unpassed} not passed"));
            // Nobody keeps results any more where that has failed, and the reason is told.
            if sender.send(result.clone()).is_err() {
                break Ended::Interrupted;
            }
            results.push(result);
        };
        bar.finish_and_clear();
        (results, ended)
    }

    /// The names of all others.
    fn others<'a>(&self, customer: &'a CustomerRow) -> (&'a CustomerId, Arc<[Line]>) {
        let others = self.everybody.iter().filter(|other| other.id != customer.id);
        (&customer.id, others.map(|other| other.name.clone()).collect())
    }

    async fn judged(
        &self,
        agent: &Agent,
        customer: &CustomerRow,
        task: &Arc<Task>,
        repeat: u32,
        others: Arc<[Line]>,
        first_said: &FirstSaid,
    ) -> Judged {
        let planner = match self.eval.planner {
            PlanSource::Llm => Planner::Llm,
            PlanSource::Deterministic => Planner::Deterministic,
        };
        let request =
            RunRequest::new(customer.id.clone(), customer.name.clone(), task.clone(), planner, Some(self.eval.as_of));
        let mut observed = Observed::default();
        let answered = agent.run(request, |event| observed.see(&event)).await;
        let failure = observed.failure.clone();
        let lines = answered.written.as_ref().and_then(|written| written.answers.last());
        let lines = lines.map(|answer| own_lines(answer, customer.name.as_str())).unwrap_or_default();
        let repeated = repeated(lines, &customer.id, first_said);
        let (name, task, planner, limits) =
            (customer.name.clone(), task.clone(), self.eval.planner, self.context.config.models.asked.llm.limits);
        // On a thread of its own: the time it takes must not count for the runs that go on meanwhile.
        let judging = tokio::task::spawn_blocking(move || {
            let case = Case { name: &name, task: &task, repeat, planner, limits: &limits, others: &others };
            judge(&case, &answered, &observed)
        });
        let mut result = judging.await.expect("judging does not panic");
        result.written = result.written.map(|written| ModelCounts { repeated, ..written });
        Judged { result, failure }
    }

    /// Keeps results as they come, a batch at a time.
    async fn keep(&self, mut results: mpsc::UnboundedReceiver<EvalResult>) -> Result<(), Failure> {
        let mut batch = Vec::new();
        while let Some(result) = results.recv().await {
            batch.push(result);
            if batch.len() == MAX_BATCH {
                self.add(std::mem::take(&mut batch)).await?;
            }
        }
        if batch.is_empty() { Ok(()) } else { self.add(batch).await }
    }

    async fn add(&self, results: Vec<EvalResult>) -> Result<(), Failure> {
        if !self.kept {
            return Ok(());
        }
        self.context.backend.add_results(&self.eval.id, &EvalBatch { results, finished: false }).await
    }
}

/// How many of these lines another customer's answer had before.
fn repeated(lines: Vec<String>, customer: &CustomerId, first_said: &FirstSaid) -> u32 {
    let mut first_said = first_said.lock().unwrap_or_else(PoisonError::into_inner);
    let is_repeated = |line: String| *first_said.entry(line).or_insert_with(|| customer.clone()) != *customer;
    lines.into_iter().map(is_repeated).filter(|is_repeated| *is_repeated).count() as u32
}

fn progress_bar(runs: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} runs · {msg}").expect("the template is right");
    ProgressBar::new(runs).with_style(style).with_message("0 not passed")
}
