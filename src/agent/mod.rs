//! Planners and what guards them. A run is a plan, executed at once, and its answer, told in events.

mod asking;
pub mod book;
mod checks;
mod executor;
pub mod guardrails;
pub mod intent;
pub mod llm;
pub mod page;
pub mod portfolio;
mod run;
mod speech;
pub mod synthesis;
pub mod today;
mod worth;

use std::sync::Arc;

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, RunId,
    planner::PlannerResult,
    quarter::Quarter,
    tools::{Edition, ToolOutput},
};
use domain::{
    question::customer::{Asked, Wanted},
    tasks::Task,
};

pub use self::checks::Checked;
pub use self::speech::{Speech, SpeechError};

use self::llm::{answer::ModelAnswer, desk::Desk};
use self::worth::Medians;
use crate::{
    backend::Backend,
    chat::Model,
    company::Company,
    config::Planner,
    conversations::{Conversation, Conversations},
    trusted::Trusted,
};

/// One run to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRequest {
    /// The run's id; every event carries it.
    pub run_id: RunId,
    /// The customer.
    pub customer_id: CustomerId,
    /// The customer's name, for sentences.
    pub customer_name: Line,
    /// The task.
    pub task: Arc<Task>,
    /// What was asked, in the user's own words; none where a key or a command asked for the task.
    pub question: Option<Line>,
    /// What answers the question by the rules, where facts do; the task does where there is none.
    pub wanted: Vec<Wanted>,
    /// The words of the question that the rules do not understand.
    pub unknown: Vec<String>,
    /// The conversation that the question goes on with.
    pub follows: Option<Conversation>,
    /// Who is to plan.
    pub planner: Planner,
    /// The day (UTC) to count from; the server's today when absent.
    pub as_of: Option<NaiveDate>,
    /// What a QBR is asked.
    pub review: Review,
    /// What the customer pays, in thousandths of the median of the book; read in the run, where it is known.
    pub worth: Option<u64>,
}

/// What a QBR is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Review {
    /// The quarter; the last full one when absent.
    pub quarter: Option<Quarter>,
    /// Who reads it. In an answer for the customer there is nothing but what the customer may read.
    pub edition: Edition,
}

impl RunRequest {
    /// A run of `task` for a customer of the book, under a new random id.
    pub fn new(
        customer_id: CustomerId,
        customer_name: Line,
        task: Arc<Task>,
        planner: Planner,
        as_of: Option<NaiveDate>,
    ) -> Self {
        let run_id = format!("run-{:016x}", rand::random::<u64>()).parse().expect("letters, digits and a hyphen");
        let (wanted, unknown) = (Vec::new(), Vec::new());
        Self {
            run_id,
            customer_id,
            customer_name,
            task,
            question: None,
            wanted,
            unknown,
            follows: None,
            planner,
            as_of,
            review: Review::default(),
            worth: None,
        }
    }

    /// The same, asked in these words, which are read so.
    pub fn asking(self, question: Line, asked: Asked) -> Self {
        Self { question: Some(question), wanted: asked.wanted, unknown: asked.unknown, ..self }
    }

    /// The same, which goes on with this conversation where that is of the same customer.
    pub fn following(self, conversation: Option<Conversation>) -> Self {
        let follows = conversation.filter(|conversation| conversation.customer == self.customer_id);
        Self { follows, ..self }
    }
}

/// What a run came to.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The answer.
    pub result: PlannerResult,
    /// What the tools answered, which is all that the answer may rest on.
    pub outputs: Vec<ToolOutput>,
    /// What a language model wrote, where one was asked.
    pub written: Option<Written>,
}

/// What a language model wrote in a run, before anything of it was taken out.
#[derive(Debug, Clone)]
pub struct Written {
    /// Its answers; the last one is the one that was used.
    pub answers: Vec<ModelAnswer>,
    /// How many of its calls were refused.
    pub refused_calls: u32,
    /// What they were read with.
    pub desk: Desk,
}

/// What runs tasks: the tools, and a language model where one is configured.
#[derive(Debug, Clone)]
pub struct Agent {
    backend: Backend,
    model: Option<Model>,
    speech: Option<Arc<Speech>>,
    company: Option<Arc<Company>>,
    conversations: Option<Conversations>,
    trusted: Option<Trusted>,
    medians: Medians,
    keeps_history: bool,
}

impl Agent {
    /// An agent on these tools; without a model the rules answer everything.
    pub fn new(backend: Backend, model: Option<Model>) -> Self {
        Self {
            backend,
            model,
            speech: None,
            company: None,
            conversations: None,
            trusted: None,
            medians: Medians::default(),
            keeps_history: true,
        }
    }

    /// The same agent, which asks this model.
    pub fn asking(self, model: Model) -> Self {
        Self { model: Some(model), ..self }
    }

    /// The same agent, whose rules write letters as the house speaks.
    pub fn speaking(self, speech: Option<Speech>) -> Self {
        Self { speech: speech.map(Arc::new), ..self }
    }

    /// The same agent, whose model reads what the house says of itself.
    pub fn knowing(self, company: Option<Company>) -> Self {
        Self { company: company.map(Arc::new), ..self }
    }

    /// The same agent, whose users' conversations are kept here.
    pub fn remembering(self, conversations: Conversations) -> Self {
        Self { conversations: Some(conversations), ..self }
    }

    /// The same agent, whose model is given the files of tasks that are confirmed here. Without it those that are shipped
    /// are given alone.
    pub fn trusting(self, trusted: Trusted) -> Self {
        Self { trusted: Some(trusted), ..self }
    }

    /// Which files of tasks the model may be given; none where nobody confirms any.
    pub fn trusted(&self) -> Option<&Trusted> {
        self.trusted.as_ref()
    }

    /// The same agent, whose runs are not kept as history.
    pub fn without_history(self) -> Self {
        Self { keeps_history: false, ..self }
    }

    /// The model, where there is one.
    pub fn model(&self) -> Option<&Model> {
        self.model.as_ref()
    }

    /// The tools.
    pub fn backend(&self) -> &Backend {
        &self.backend
    }

    /// The name of the language model that can be asked; none where none can.
    pub async fn model_name(&self) -> Option<Line> {
        self.model.as_ref()?.name().await
    }
}
