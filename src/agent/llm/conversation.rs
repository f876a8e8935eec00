//! The rounds of a run with the model, as a state machine without I/O: what to ask, which calls to make, when to stop.

use std::collections::HashMap;

use async_openai::types::chat::{ChatCompletionRequestMessage, CreateChatCompletionRequest};
use contracts::{Line, planner::ModelUsage};

use super::{
    NoAnswer,
    answer::ModelAnswer,
    desk::Desk,
    prompt,
    read::{Removed, read},
    reading,
    tools::{More, Refused, Rights},
};
use crate::{
    chat::{
        BYTES_A_TOKEN, Taken, Whole, estimated_input, schema,
        turn::{Call, Turn},
    },
    config::Limits,
};

/// How much of a useless answer the model is shown again, in characters.
const MAX_ECHO: usize = 4_000;

/// What comes next.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// Ask the model.
    Ask,
    /// Find this out and tell what it came to.
    Call(Vec<More>),
    /// The model has answered.
    Answer(Box<ModelAnswer>),
    /// The rules must answer.
    GiveUp(NoAnswer),
}

/// What one run may do.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The model's name.
    pub model: String,
    /// What the model may call for.
    pub rights: Rights,
    /// How much it may take.
    pub limits: Limits,
}

/// The state of a run with the model.
#[derive(Debug)]
pub struct Conversation {
    terms: Terms,
    messages: Vec<ChatCompletionRequestMessage>,
    /// What was asked for, and what it came to.
    known: HashMap<More, String>,
    asked: Vec<(String, Result<More, Refused>)>,
    rounds: u32,
    calls: u32,
    refused: u32,
    input: u64,
    output: u64,
    /// What the questions before this one took, read and written.
    before: (u64, u64),
    is_estimated: bool,
    is_repaired: bool,
    /// What the model has answered so far.
    written: Vec<ModelAnswer>,
}

impl Conversation {
    /// Begins with what the user wants, which has what the calls of the plan came to.
    pub fn new(terms: Terms, wanted: ChatCompletionRequestMessage) -> Self {
        Self {
            terms,
            messages: vec![wanted],
            known: HashMap::new(),
            asked: Vec::new(),
            rounds: 0,
            calls: 0,
            refused: 0,
            input: 0,
            output: 0,
            before: (0, 0),
            is_estimated: false,
            is_repaired: false,
            written: Vec::new(),
        }
    }

    /// The same after questions that took so many tokens, read and written: all together may take what a run may.
    pub fn after(self, before: (u64, u64)) -> Self {
        Self { before, ..self }
    }

    /// The first step.
    pub fn begin(&self) -> Next {
        self.ask()
    }

    /// What is sent to the model.
    pub fn request(&self) -> CreateChatCompletionRequest {
        let Terms { model, limits, .. } = &self.terms;
        let whole = Whole {
            model,
            messages: std::iter::once(prompt::system()).chain(self.messages.iter().cloned()).collect(),
            schema: schema::of::<ModelAnswer>(),
            tools: Rights::offered(),
            may_call: self.rounds + 1 < limits.rounds && self.calls < limits.tool_calls,
            tokens: limits.output_tokens.saturating_sub(self.before.1 + self.output),
        };
        whole.request()
    }

    /// How many turns there were.
    pub fn rounds(&self) -> usize {
        usize::try_from(self.rounds).unwrap_or(usize::MAX)
    }

    /// A turn has ended, well or not: counts what it took.
    pub fn count(&mut self, taken: Taken) {
        self.is_estimated |= taken.is_estimated;
        self.rounds += 1;
        self.input += taken.input;
        self.output += taken.output;
    }

    /// Takes a turn that has come to its end. An answer is read at the desk.
    pub fn take(&mut self, turn: Turn, desk: &Desk) -> Next {
        let limits = self.terms.limits;
        // Not every server keeps to what it is allowed to write.
        if self.input > limits.input_tokens || self.output > limits.output_tokens {
            return Next::GiveUp(NoAnswer::TookTooMany);
        }
        if !turn.calls.is_empty() {
            return self.take_calls(turn.calls);
        }
        match reading::answer(&turn.content) {
            Ok(answer) => {
                let removed = read(&answer, desk).removed;
                self.written.push(answer.clone());
                self.mended(&turn.content, &removed).unwrap_or_else(|| Next::Answer(Box::new(answer)))
            }
            // What is left of the first answer stands.
            Err(_) if self.is_repaired => match self.left() {
                Some(answer) => Next::Answer(answer),
                None => Next::GiveUp(NoAnswer::Malformed),
            },
            Err(error) => {
                let words =
                    format!("This is not the JSON object that was asked for: {error}. Answer again, with it alone.");
                self.repair(&turn.content, prompt::said(&words))
            }
        }
    }

    /// Asks to mend what cannot stand, once and where that is within the limits.
    fn mended(&mut self, content: &str, removed: &[Removed]) -> Option<Next> {
        if removed.is_empty() || self.is_repaired || !matches!(self.ask(), Next::Ask) {
            return None;
        }
        match self.repair(content, prompt::to_mend(removed)) {
            Next::Ask => Some(Next::Ask),
            _ => None,
        }
    }

    fn repair(&mut self, content: &str, words: ChatCompletionRequestMessage) -> Next {
        self.is_repaired = true;
        let echo: String = content.chars().take(MAX_ECHO).collect();
        self.messages.push(prompt::answered(&echo));
        self.messages.push(words);
        self.ask()
    }

    /// The last answer that could be read.
    pub fn left(&self) -> Option<Box<ModelAnswer>> {
        self.written.last().cloned().map(Box::new)
    }

    /// All that the model answered, and how many of its calls were refused.
    pub fn written(self) -> (Vec<ModelAnswer>, u32) {
        (self.written, self.refused)
    }

    fn take_calls(&mut self, mut calls: Vec<Call>) -> Next {
        let mut wanted = Vec::new();
        for (place, call) in calls.iter_mut().enumerate() {
            if call.id.is_empty() {
                call.id = format!("call_{}_{place}", self.rounds);
            }
            let read = self.terms.rights.read(call).inspect_err(|refused| {
                tracing::warn!(reason = refused.word(), "refused a tool call of the model");
                self.refused += 1;
            });
            // What it asks for may take several calls, and what is refused counts, too.
            let takes = read.as_ref().map_or(1, |more| more.calls(self.terms.rights.today).len().max(1));
            self.calls = self.calls.saturating_add(u32::try_from(takes).unwrap_or(u32::MAX));
            if let Ok(more) = &read
                && !self.known.contains_key(more)
                && !wanted.contains(more)
            {
                wanted.push(more.clone());
            }
            self.asked.push((call.id.clone(), read));
        }
        if self.calls > self.terms.limits.tool_calls {
            return Next::GiveUp(NoAnswer::TooManyCalls(self.terms.limits.tool_calls));
        }
        self.messages.push(prompt::called(&calls));
        if wanted.is_empty() { self.answered(Vec::new()) } else { Next::Call(wanted) }
    }

    /// Takes what that came to, in words.
    pub fn answered(&mut self, told: Vec<(More, String)>) -> Next {
        let fresh: Vec<_> = told.iter().map(|(more, _)| more.clone()).collect();
        self.known.extend(told);
        for (id, asked) in std::mem::take(&mut self.asked) {
            let content = match asked {
                Ok(more) => {
                    let content = self.known.get(&more).map_or("", String::as_str);
                    if fresh.contains(&more) { content.to_owned() } else { format!("You had this before: {content}") }
                }
                Err(refused) => refused.to_string(),
            };
            self.messages.push(prompt::tool(&id, &content));
        }
        self.ask()
    }

    /// Asks once more, if that is within the limits.
    fn ask(&self) -> Next {
        let limits = self.terms.limits;
        let (read, written) = self.before;
        let input = read + self.input + estimated_input(&self.request());
        if self.rounds >= limits.rounds {
            return Next::GiveUp(NoAnswer::TooManyTurns(limits.rounds));
        }
        if input > limits.input_tokens || written + self.output >= limits.output_tokens {
            let is_first = self.before == (0, 0);
            return Next::GiveUp(if is_first { NoAnswer::WouldTakeTooMany } else { NoAnswer::ConversationOver });
        }
        Next::Ask
    }

    /// What the run has taken; none before the first turn.
    pub fn usage(&self) -> Option<ModelUsage> {
        (self.rounds > 0).then(|| ModelUsage {
            model: Line::new(&self.terms.model),
            rounds: self.rounds,
            input_tokens: self.input,
            output_tokens: self.output,
        })
    }

    /// What the reader must know of it.
    pub fn notes(&self) -> Vec<Line> {
        let refused = (self.refused > 0).then(|| match self.refused {
            1 => "The model asked for a tool call that it may not make; it was not made.".to_owned(),
            count => format!("The model asked for {count} tool calls that it may not make; none was made."),
        });
        let estimated = self.is_estimated.then(|| {
            format!("The model's server does not count tokens; they are estimated at {BYTES_A_TOKEN} bytes each.")
        });
        refused.into_iter().chain(estimated).map(|note| Line::new(&note)).collect()
    }
}
