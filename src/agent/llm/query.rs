//! A question about the book that the rules do not understand, put to the model for a query. No row of the book is sent, and
//! no name but those in the question; the program reads the query, shows it and runs it.

use async_openai::types::chat::ChatCompletionRequestMessage;
use chrono::NaiveDate;
use contracts::{
    Line,
    planner::ModelUsage,
    query::{Filter, Query},
};
use domain::{facts::catalogue, query};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{NoAnswer, prompt};
use crate::{
    agent::guardrails::data,
    chat::{Model, Patience, Preview, Ready, Whole, object, schema, turn::Turn},
    company::Company,
    config::LlmConfig,
    words::list,
};

const RULES: &str = include_str!("query.md");

/// What the model answers. Field names are those of the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ModelQuery {
    /// The query; null where none says the question.
    query: Option<String>,
    /// Words of the question that the query does not say.
    left_out: Vec<String>,
}

/// Why a question comes to no query. Each is the end of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoQuery {
    /// The model cannot be asked, or does not answer.
    #[error("{0}")]
    NoAnswer(#[from] NoAnswer),
    /// It knows of none.
    #[error("the model found no query that says it")]
    None,
    /// A query that says only a part of the question.
    #[error("no query says {}", quoted(.0))]
    Partly(Vec<String>),
    /// It does not keep to the language, twice.
    #[error("the model's query could not be read ({0})")]
    Unreadable(String),
}

fn quoted(words: &[String]) -> String {
    list(&words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>())
}

/// A question about the book.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The question.
    pub question: &'a Line,
    /// The day (UTC) it is asked on.
    pub today: NaiveDate,
    /// What the house says of itself.
    pub company: Option<&'a Company>,
}

impl Asked<'_> {
    /// What is said first: the rules of the language, its facts, and the question.
    fn messages(&self) -> Vec<ChatCompletionRequestMessage> {
        let facts = catalogue().map(|fact| format!("- {}: {}; {}", fact.short, fact.noun, query::fits(fact)));
        let facts = facts.collect::<Vec<_>>().join("\n");
        let question = data::clean_name(self.question);
        let company = prompt::company(self.company);
        let asked =
            format!("{company}The facts:\n{facts}\nToday is {} (UTC).\nThe question: {}", self.today, json!(question));
        vec![prompt::rules(RULES), prompt::said(&asked)]
    }

    fn whole<'m>(llm: &'m LlmConfig, messages: Vec<ChatCompletionRequestMessage>) -> Whole<'m> {
        let (schema, tokens) = (schema::of::<ModelQuery>(), llm.limits.output_tokens);
        Whole { model: &llm.model, messages, schema, tools: Vec::new(), may_call: false, tokens }
    }

    /// The request that would be sent first.
    pub fn preview(&self, model: &Model) -> Preview {
        model.preview(Self::whole(model.config(), self.messages()).request())
    }

    /// The query that the model makes of it, and what that took. What cannot be read is given back once.
    pub(in crate::agent) async fn query(&self, model: &Ready<'_>) -> (Result<Query, NoQuery>, ModelUsage) {
        let limits = model.config().limits;
        let patience = Patience::new(limits.call, limits.run);
        let mut usage =
            ModelUsage { model: Line::new(&model.config().model), rounds: 0, input_tokens: 0, output_tokens: 0 };
        let mut messages = self.messages();
        let _slot = model.slot().await;
        let mut is_repaired = false;
        loop {
            let request = Self::whole(model.config(), messages.clone()).request();
            let asked = model.ask(&request, patience, |_| {}).await;
            if let Some(taken) = asked.taken {
                usage.rounds += 1;
                usage.input_tokens += taken.input;
                usage.output_tokens += taken.output;
            }
            let turn = match asked.turn {
                Ok(turn) => turn,
                Err(why) => return (Err(NoAnswer::from(why).into()), usage),
            };
            match self.read(&turn) {
                Err(NoQuery::Unreadable(why)) if !is_repaired => {
                    is_repaired = true;
                    messages.push(prompt::answered(&turn.content));
                    messages.push(prompt::said(&format!("That cannot be read: {why} Answer once more.")));
                }
                read => return (read, usage),
            }
        }
    }

    /// The query of a turn, where it says all of the question.
    fn read(&self, turn: &Turn) -> Result<Query, NoQuery> {
        let read = |object: &str| serde_json::from_str::<ModelQuery>(object);
        let ModelQuery { query, left_out } =
            object::find(&turn.content, read).map_err(|error| NoQuery::Unreadable(error.to_string()))?;
        let text = query.ok_or(NoQuery::None)?;
        let query = query::parse(&text).map_err(|problem| NoQuery::Unreadable(problem.shown(&text)))?;
        let left_out: Vec<_> = left_out.into_iter().chain(self.numbers_without(&text)).collect();
        match left_out.is_empty() {
            false => Err(NoQuery::Partly(left_out)),
            // A query of everybody says nothing of what the rules did not understand.
            true if query.filter == Filter::default() && query.group.is_none() && query.order.is_none() => {
                Err(NoQuery::None)
            }
            true => Ok(query),
        }
    }

    /// The numbers of the question that the query does not have.
    fn numbers_without(&self, query: &str) -> Vec<String> {
        let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
        let has = |number: &str| query.split(|c: char| !c.is_ascii_digit()).any(|digits| digits == number);
        let words = self.question.as_str().split_whitespace();
        let numbers = words.filter(|word| word.starts_with(|c: char| c.is_ascii_digit() || "$€£".contains(c)));
        let missing = numbers.filter(|word| {
            let number = digits(word);
            !number.is_empty() && !has(&number) && !query.contains(word.trim_matches(|c: char| !c.is_alphanumeric()))
        });
        missing.map(str::to_owned).collect()
    }
}
