//! Tasks: what a CSM asks for with one key. A task is a Markdown file with front matter that other agents read as a
//! skill (`SKILL.md`): its name, what it is for, and under `metadata` its key, its tools and who reads the answer.
//!
//! Those that are shipped are such files, too (`tasks/`).

mod filled;
mod front;
mod names;
mod problem;
mod read;
mod template;

use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use contracts::{
    Line, TaskId,
    quarter::Quarter,
    query::Query,
    reading::FactId,
    tools::{ToolCall, ToolName},
};

use self::names::Names;
pub use self::{
    filled::{Given, NotFilled, Written},
    problem::{Problem, TaskError},
};
use crate::{
    facts::{Audience, find},
    query, words,
};

/// A task, read of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its name, which is its file's.
    pub id: TaskId,
    /// The answer's title: the heading of its file.
    pub title: Line,
    /// What it is for, in a sentence or two.
    pub description: Line,
    /// The key that runs it.
    pub key: Option<char>,
    /// Who reads what it is for.
    pub audience: Audience,
    /// What it is over.
    pub scope: Scope,
    /// Over which days its totals are made; the last 90 where it says nothing.
    pub period: Option<Quarters>,
    /// The whole of its file.
    pub file: String,
    /// What it says, with names to be filled in.
    template: String,
    /// Those names.
    names: Names,
    steps: Vec<Step>,
}

/// What a task is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// One customer.
    Customer,
    /// All customers, or those of a query.
    Book {
        /// The query, as it is typed; empty where it is everybody.
        query: Line,
    },
}

/// The quarter that a task makes its totals over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quarters {
    /// The last full one.
    Last,
    /// The one that runs.
    This,
    /// This one.
    Named(Quarter),
}

impl Quarters {
    /// Which quarter that is today.
    pub fn on(self, today: NaiveDate) -> Quarter {
        match self {
            Self::Last => Quarter::last_full(today),
            Self::This => Quarter::of(today),
            Self::Named(quarter) => quarter,
        }
    }
}

/// One call of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The call.
    pub call: ToolCall,
    /// Why it is made, in one sentence.
    pub reason: Line,
}

impl Task {
    /// Reads a task's file.
    ///
    /// # Errors
    /// What is wrong with it, and on which line.
    pub fn read(file: &str) -> Result<Self, TaskError> {
        read::task(file)
    }

    /// The plan: independent calls, in the order they are shown. `as_of` is the day (UTC) to count from.
    pub fn plan(&self, as_of: Option<NaiveDate>) -> Vec<Step> {
        let on_the_day = |step: &Step| Step { call: step.call.on(as_of), reason: step.reason.clone() };
        self.steps.iter().map(on_the_day).collect()
    }

    /// The same with every other tool that reads, where a model is to choose what is said.
    pub fn plan_with_reads(&self, as_of: Option<NaiveDate>) -> Vec<Step> {
        let mut steps = self.plan(as_of);
        let reads = ToolName::ALL.into_iter().filter(|&tool| !tool.about().drafts && !self.calls(tool));
        let step = |tool| Step { call: ToolCall::of(tool, as_of), reason: "What the model may speak of, too.".into() };
        steps.extend(reads.map(step));
        steps
    }

    /// The tools that it may call at all: those of its plan, and every one that reads.
    pub fn rights(&self) -> Vec<ToolName> {
        ToolName::ALL.into_iter().filter(|&tool| !tool.about().drafts || self.calls(tool)).collect()
    }

    /// Whether it is one of those that are shipped, unchanged.
    pub fn is_shipped(&self) -> bool {
        Tasks::shipped().get(&self.id).is_some_and(|shipped| **shipped == *self)
    }

    /// What it says, as its author wrote it: to a language model it is an instruction.
    pub fn body(&self) -> &str {
        &self.template
    }

    /// The query of a task over the whole book; none of one that is of a customer.
    pub fn query(&self) -> Option<Query> {
        match &self.scope {
            Scope::Customer => None,
            Scope::Book { query } => Some(query::parse(query.as_str()).expect("it was read with the file")),
        }
    }

    /// The facts that its template may say of each customer of a book.
    pub fn row_facts(&self) -> Vec<FactId> {
        let facts = Names::of_row().within(&self.template);
        facts.iter().filter_map(|(id, _)| find(id)).map(|fact| fact.id.clone()).collect()
    }

    /// Who reads what its template writes: the customer, where the task is for them and none of its tools drafts.
    pub fn reader(&self) -> Audience {
        if self.steps.iter().any(|step| step.call.name().about().drafts) { Audience::Internal } else { self.audience }
    }

    /// Whether its template may say this name.
    pub fn speaks_of(&self, name: &str) -> bool {
        self.names.kind(name).is_some()
    }

    /// Whether its plan calls the tool.
    pub fn calls(&self, tool: ToolName) -> bool {
        self.steps.iter().any(|step| step.call.name() == tool)
    }
}

/// The tasks that there are, in the order of their digit keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tasks(Vec<Arc<Task>>);

impl Tasks {
    /// Those that are shipped.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Tasks> = LazyLock::new(|| {
            let read = |file| Arc::new(Task::read(file).expect("a test reads the shipped tasks"));
            Tasks(FILES.map(read).to_vec())
        });
        &SHIPPED
    }

    /// The same with these added, each in the place of one of its name. A key that one of these has is taken from others.
    pub fn with(&self, own: impl IntoIterator<Item = Task>) -> Self {
        let mut tasks = self.0.clone();
        for new in own {
            for task in &mut tasks {
                if task.key.is_some() && task.key == new.key {
                    Arc::make_mut(task).key = None;
                }
            }
            match tasks.iter_mut().find(|task| task.id == new.id) {
                Some(task) => *task = Arc::new(new),
                None => tasks.push(Arc::new(new)),
            }
        }
        Self(tasks)
    }

    /// The task of this name.
    pub fn get(&self, id: &TaskId) -> Option<&Arc<Task>> {
        self.0.iter().find(|task| task.id == *id)
    }

    /// The task of this name, or which ones there are.
    ///
    /// # Errors
    /// There is none of this name.
    pub fn named(&self, id: &TaskId) -> Result<&Arc<Task>, UnknownTask> {
        let unknown = || UnknownTask { wanted: id.clone(), known: self.ids().collect() };
        self.get(id).ok_or_else(unknown)
    }

    /// The task at this place.
    pub fn at(&self, place: usize) -> Option<&Arc<Task>> {
        self.0.get(place)
    }

    /// Every task.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Task>> {
        self.0.iter()
    }

    /// Every task's name.
    pub fn ids(&self) -> impl Iterator<Item = TaskId> {
        self.0.iter().map(|task| task.id.clone())
    }

    /// The title of the task; of one that is not there any more, its name as a title.
    pub fn title(&self, id: &TaskId) -> Line {
        self.get(id).map_or_else(|| Line::new(&id.title()), |task| task.title.clone())
    }
}

/// The heading that a line of an answer is, as Markdown has it below the title.
pub fn heading(line: &str) -> Option<&str> {
    line.strip_prefix("## ")
}

/// A name that no task has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no task {wanted}; there are {}", list(known))]
pub struct UnknownTask {
    /// What was asked for.
    pub wanted: TaskId,
    /// Those that there are.
    pub known: Vec<TaskId>,
}

fn list(ids: &[TaskId]) -> String {
    words::list(&ids.iter().map(TaskId::as_str).collect::<Vec<_>>())
}

/// The shipped files, in the order of their digit keys.
const FILES: [&str; 8] = [
    include_str!("../../../tasks/health.md"),
    include_str!("../../../tasks/renewal.md"),
    include_str!("../../../tasks/qbr.md"),
    include_str!("../../../tasks/churn.md"),
    include_str!("../../../tasks/email.md"),
    include_str!("../../../tasks/escalation.md"),
    include_str!("../../../tasks/handover.md"),
    include_str!("../../../tasks/executive-summary.md"),
];
