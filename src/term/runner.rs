//! Carries out effects on a thread of its own, with its own runtime, so that the screen never waits.

use std::{
    collections::HashMap,
    env, io,
    sync::{Arc, mpsc::Sender},
    thread::{self, JoinHandle},
    time::Duration,
};

use chrono::NaiveDate;
use contracts::{
    Line, RunId,
    attention::AttentionQuery,
    book::BookQuery,
    changes::{ChangesQuery, TimelineQuery},
    eval::{EvalResultsQuery, EvalsQuery},
    query::Query,
    reading::FactId,
};
use tokio::{
    runtime,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    task::{AbortHandle, JoinSet, LocalSet, spawn_local},
    time::timeout,
};

use super::{
    clipboard::{Clipboards, Way},
    incoming::{Incoming, tell},
    sign_in::SignIns,
};
use crate::{
    agent::{Agent, RunRequest, page, portfolio},
    app::{Effect, Message},
    auth::{Authenticator, can_open_browser},
    chat::Model,
    own_tasks::{Folder, Watched},
    send,
};

/// How long what the user has just done may take to be kept after they left.
const LAST_WRITES: Duration = Duration::from_secs(5);

/// The other thread. It ends when this does, and everything under way with it, but for what is being kept.
#[derive(Debug)]
pub(super) struct Runner {
    effects: UnboundedSender<Effect>,
    /// How many of the last writes nobody knows to be kept.
    thread: JoinHandle<usize>,
}

impl Runner {
    pub(super) fn start(
        agent: Agent,
        models: Vec<Model>,
        authenticator: Option<Authenticator>,
        own_tasks: Option<Folder>,
        ways: Vec<Way>,
        incoming: Sender<Incoming>,
    ) -> io::Result<Self> {
        let (effects, receiver) = unbounded_channel();
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let work = move || {
            let sign_in = authenticator
                .map(|authenticator| SignIns::new(authenticator, agent.backend().clone(), incoming.clone()));
            let worker = Worker {
                agent,
                own_tasks: own_tasks.map(Watched::new),
                models,
                sign_in,
                load: None,
                clipboards: Clipboards::new(ways),
                incoming,
                runs: HashMap::new(),
                writes: JoinSet::new(),
            };
            let lost = LocalSet::new().block_on(&runtime, worker.work(receiver));
            // Whatever still blocks a thread (a clipboard, a file) must not keep the program from ending.
            runtime.shutdown_background();
            lost
        };
        let thread = thread::Builder::new().name("runner".to_owned()).spawn(work)?;
        Ok(Self { effects, thread })
    }

    /// Ends the thread once what the user did last is kept, and says how many of these writes are not known to be.
    pub(super) fn end(self) -> usize {
        drop(self.effects);
        self.thread.join().unwrap_or_default()
    }

    /// Hands an effect over. Once the thread has ended there is nobody to carry it out, and nobody to miss it.
    pub(super) fn perform(&self, effect: Effect) {
        let _ = self.effects.send(effect);
    }
}

struct Worker {
    agent: Agent,
    own_tasks: Option<Watched>,
    models: Vec<Model>,
    sign_in: Option<SignIns>,
    load: Option<AbortHandle>,
    clipboards: Clipboards,
    incoming: Sender<Incoming>,
    runs: HashMap<RunId, AbortHandle>,
    /// What is being kept. Each says whether it was.
    writes: JoinSet<bool>,
}

impl Worker {
    async fn work(mut self, mut effects: UnboundedReceiver<Effect>) -> usize {
        while let Some(effect) = effects.recv().await {
            self.runs.retain(|_, run| !run.is_finished());
            while self.writes.try_join_next().is_some() {}
            match effect {
                Effect::LoadBook { as_of, facts } => self.load_book(as_of, &facts),
                Effect::StartRun(request) => self.start_run(request),
                Effect::CancelRun(id) => {
                    if let Some(run) = self.runs.remove(&id) {
                        run.abort();
                    }
                }
                Effect::SetItem { item, new, before } => self.write(|agent| async move {
                    let outcome = agent.backend().set_item(&item, &new).await;
                    (outcome.is_ok(), Message::ItemSet { item, before, outcome })
                }),
                Effect::CheckBook => {
                    self.look_at_tasks();
                    self.read(|agent| async move { Message::BookChecked(agent.backend().revision().await) });
                }
                Effect::LoadPortfolio { by, as_of } => self.read(move |agent| async move {
                    let page = portfolio::read(agent.backend(), &Query::default(), by, as_of).await;
                    Message::PortfolioLoaded(by, page.map(Box::new))
                }),
                Effect::LoadTask { task, wanted } => self.read(move |agent| async move {
                    let page = page::read(agent.backend(), &task, &wanted).await;
                    Message::TaskLoaded(task.id.clone(), page.map(Box::new))
                }),
                Effect::TrustTask(task) => self.read(move |agent| async move {
                    let kept = agent.trusted().map_or(Ok(()), |trusted| trusted.confirm(&task));
                    Message::TaskTrusted(task, kept.map_err(Arc::new))
                }),
                Effect::UseModel(place) => {
                    let model = self.models.get(place).cloned();
                    self.agent = model.into_iter().fold(self.agent.clone(), Agent::asking);
                    self.read(|agent| async move { Message::ModelFound(agent.model_name().await) });
                }
                Effect::AskQuery(question, today) => self.read(|agent| async move {
                    let (query, usage) = agent.query(&question, today).await;
                    let query = query.map_err(|why| Line::new(&why.to_string()));
                    Message::Queried(question, query, usage)
                }),
                Effect::KeepConversation(conversation) => {
                    let agent = self.agent.clone();
                    // The answer is there; that it cannot be gone on with another day is for the log.
                    self.writes.spawn_local(async move {
                        agent
                            .remember(*conversation)
                            .await
                            .inspect_err(|error| tracing::warn!(%error, "a conversation could not be kept"))
                            .is_ok()
                    });
                }
                Effect::FindModel => self.read(|agent| async move { Message::ModelFound(agent.model_name().await) }),
                Effect::LoadEvals => self.read(|agent| async move {
                    let sessions = agent.backend().evals(&EvalsQuery::default()).await;
                    Message::EvalsLoaded(sessions)
                }),
                Effect::LoadEvalResults(eval) => self.read(|agent| async move {
                    let results = agent.backend().all_eval_results(&eval).await;
                    Message::EvalResultsLoaded(eval, results)
                }),
                Effect::LoadEvalSteps { eval, customer } => self.read(|agent| async move {
                    let customer_id = Some(customer.clone());
                    let query = EvalResultsQuery { customer_id, steps: true, ..EvalResultsQuery::default() };
                    let results = agent.backend().eval_results(&eval, &query).await;
                    Message::EvalStepsLoaded(eval, customer, results)
                }),
                Effect::LoadTimeline { customer, as_of } => self.read(|agent| async move {
                    let query = TimelineQuery { customer_id: customer.clone(), as_of };
                    Message::TimelineLoaded(customer, agent.backend().timeline(&query).await)
                }),
                Effect::LoadChanges { customer, since, as_of } => self.read(|agent| async move {
                    let (all, filter, after) = (customer.is_some(), None, None);
                    let query = ChangesQuery { since, as_of, customer_id: customer.clone(), filter, after, all };
                    Message::ChangesLoaded(customer, agent.backend().changes(&query).await)
                }),
                Effect::CountVisit => {
                    self.read(|agent| async move { Message::Visited(agent.backend().visit().await) });
                }
                Effect::KeepActivity(activity) => self.write(|agent| async move {
                    let outcome = agent.backend().keep_activity(&activity).await;
                    (outcome.is_ok(), Message::ActivityKept(activity, outcome))
                }),
                Effect::RemoveActivity(activity) => self.write(|agent| async move {
                    let outcome = agent.backend().remove_activity(&activity.id).await;
                    (outcome.is_ok(), Message::ActivityRemoved(activity, outcome))
                }),
                Effect::Copy { what, text } => {
                    let (clipboards, incoming) = (self.clipboards.clone(), self.incoming.clone());
                    spawn_local(async move { clipboards.copy(what, text, &incoming).await });
                }
                Effect::Write { prepared, folder } => self.write(|_| async move {
                    let outcome = send::Folder::at(&folder).and_then(|folder| folder.write(&prepared));
                    (outcome.is_ok(), Message::Written(prepared, outcome.map_err(Arc::new)))
                }),
                Effect::OpenMail { prepared, address } => self.read(|_| async move {
                    let is_open = can_open_browser(|name| env::var(name).ok()) && open::that_detached(address).is_ok();
                    Message::MailOpened(prepared, is_open)
                }),
                Effect::SignIn(attempt) => self.sign_in(|it| it.begin(attempt)),
                Effect::KeepSignIn(attempt) => self.sign_in(|it| it.keep(attempt)),
                Effect::CancelSignIn => self.sign_in(SignIns::cancel),
                // The screen's own.
                Effect::Quit
                | Effect::Suspend
                | Effect::Repaint
                | Effect::Draw
                | Effect::Mouse(_)
                | Effect::Notify(_)
                | Effect::Edit(_)
                | Effect::CompletePath(_)
                | Effect::Import(_) => {}
            }
        }
        self.finish().await
    }

    /// Waits for what is being kept, and counts what is not known to be.
    async fn finish(mut self) -> usize {
        let mut lost = 0;
        let all = async {
            while let Some(kept) = self.writes.join_next().await {
                lost += usize::from(!kept.unwrap_or(false));
            }
        };
        let is_over = timeout(LAST_WRITES, all).await.is_err();
        if is_over { lost + self.writes.len() } else { lost }
    }

    /// The screen asks for a sign-in only where one is configured.
    fn sign_in(&mut self, step: impl FnOnce(&mut SignIns)) {
        self.sign_in.as_mut().map(step);
    }

    /// Reads something and tells the screen what it is.
    fn read<F: Future<Output = Message> + 'static>(&self, question: impl FnOnce(Agent) -> F) {
        let (answer, incoming) = (question(self.agent.clone()), self.incoming.clone());
        spawn_local(async move { tell(&incoming, answer.await) });
    }

    /// Tells of the user's own tasks, where they are others than before.
    fn look_at_tasks(&mut self) {
        if let Some((tasks, problem)) = self.own_tasks.as_mut().and_then(Watched::news) {
            tell(&self.incoming, Message::TasksFound(tasks, problem));
        }
    }

    /// Keeps something and tells the screen how it went: as [`Worker::read`], but not given up when the user leaves.
    fn write<F: Future<Output = (bool, Message)> + 'static>(&mut self, write: impl FnOnce(Agent) -> F) {
        let (outcome, incoming) = (write(self.agent.clone()), self.incoming.clone());
        self.writes.spawn_local(async move {
            let (is_kept, message) = outcome.await;
            tell(&incoming, message);
            is_kept
        });
    }

    fn load_book(&mut self, as_of: Option<NaiveDate>, facts: &[FactId]) {
        let (backend, incoming) = (self.agent.backend().clone(), self.incoming.clone());
        let ids: Vec<_> = facts.iter().map(FactId::as_str).collect();
        let facts = (!ids.is_empty()).then(|| ids.join(","));
        let query = BookQuery { as_of, facts, ..BookQuery::default() };
        // After a sign-in, an answer for whoever was there before must not come last.
        if let Some(before) = self.load.take() {
            before.abort();
        }
        let load = spawn_local(async move {
            tell(&incoming, Message::Identified(backend.identity().await));
            tell(&incoming, Message::BookLoaded(backend.whole_book(&query).await));
            tell(&incoming, Message::AttentionLoaded(backend.attention(&AttentionQuery { as_of, filter: None }).await));
        });
        self.load = Some(load.abort_handle());
    }

    fn start_run(&mut self, request: RunRequest) {
        let (agent, incoming) = (self.agent.clone(), self.incoming.clone());
        let id = request.run_id.clone();
        let events = incoming.clone();
        let run = spawn_local(async move {
            agent.run(request, |event| tell(&events, Message::Run(event))).await;
        });
        self.runs.insert(id.clone(), run.abort_handle());
        spawn_local(async move {
            if run.await.is_err_and(|error| error.is_panic()) {
                tell(&incoming, Message::RunLost(id));
            }
        });
    }
}
