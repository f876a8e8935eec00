use contracts::{
    CustomerId, EvalId,
    eval::{EvalResult, EvalSession, ExecStep, Verdict},
    failure::Failure,
};

/// Something that the server was asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum Loaded<T> {
    /// It is being read.
    Loading,
    /// It could not be read.
    Failed(Failure),
    /// It is there.
    Ready(T),
}

impl<T> Loaded<T> {
    /// What is there.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(it) => Some(it),
            Self::Loading | Self::Failed(_) => None,
        }
    }

    fn is_loading(&self) -> bool {
        matches!(self, Self::Loading)
    }
}

impl<T> From<Result<T, Failure>> for Loaded<T> {
    fn from(result: Result<T, Failure>) -> Self {
        match result {
            Ok(it) => Self::Ready(it),
            Err(failure) => Self::Failed(failure),
        }
    }
}

/// The evaluations, while they are on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Evals {
    /// The newest evaluations, newest first.
    pub sessions: Loaded<Vec<EvalSession>>,
    /// The one whose results are shown.
    pub at: usize,
    /// Its results, worst first.
    pub results: Loaded<Vec<EvalResult>>,
    /// The result under the cursor.
    pub row: usize,
    /// What is open of that result.
    pub opened: Option<Opened>,
}

/// A result of an evaluation, taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// Its steps.
    pub steps: Loaded<Vec<ExecStep>>,
    /// Lines that are scrolled away.
    pub scroll: usize,
}

impl Default for Evals {
    fn default() -> Self {
        Self { sessions: Loaded::Loading, at: 0, results: Loaded::Loading, row: 0, opened: None }
    }
}

impl Evals {
    /// The evaluation whose results are shown.
    pub fn session(&self) -> Option<&EvalSession> {
        self.sessions.ready()?.get(self.at)
    }

    /// The result under the cursor.
    pub fn result(&self) -> Option<&EvalResult> {
        self.results.ready()?.get(self.row)
    }

    /// How many evaluations there are.
    pub fn len(&self) -> usize {
        self.sessions.ready().map_or(0, Vec::len)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether anything is waited for.
    pub fn is_loading(&self) -> bool {
        self.sessions.is_loading()
            || (!self.is_empty() && self.results.is_loading())
            || self.opened.as_ref().is_some_and(|opened| opened.steps.is_loading())
    }

    /// Turns to an evaluation; answers with its id, since its results must be read.
    pub(super) fn turn_to(&mut self, at: usize) -> Option<EvalId> {
        let id = self.sessions.ready()?.get(at)?.eval.id.clone();
        *self = Self { sessions: std::mem::replace(&mut self.sessions, Loaded::Loading), at, ..Self::default() };
        Some(id)
    }

    /// Takes the results of an evaluation, if it is the one that is shown.
    pub(super) fn take_results(&mut self, id: &EvalId, results: Result<Vec<EvalResult>, Failure>) {
        if self.shows(id) {
            let worst_first = |mut results: Vec<EvalResult>| {
                results.sort_by_key(|result| severity(result.verdict));
                results
            };
            self.results = results.map(worst_first).into();
        }
    }

    /// Takes the results of one customer, with their steps, if one of them is open.
    pub(super) fn take_steps(&mut self, id: &EvalId, customer: &CustomerId, results: Result<Vec<EvalResult>, Failure>) {
        let Some(open) = self.result().filter(|open| self.shows(id) && open.customer_id == *customer) else { return };
        let (task, repeat) = (open.task.clone(), open.repeat);
        let is_it = |result: &EvalResult| (&result.task, result.repeat) == (&task, repeat);
        let steps = |results: Vec<EvalResult>| results.into_iter().find(is_it).map(|result| result.steps);
        if let Some(opened) = &mut self.opened {
            opened.steps = results.map(|results| steps(results).unwrap_or_default()).into();
        }
    }

    fn shows(&self, id: &EvalId) -> bool {
        self.session().is_some_and(|session| session.eval.id == *id)
    }
}

/// What needs a look comes first.
fn severity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Error => 0,
        Verdict::Timeout => 1,
        Verdict::Fail => 2,
        Verdict::Pass => 3,
    }
}
