//! What the model may call for: more than it is handed with the question. Pure; nothing passes that is not allowed.

use async_openai::types::chat::{ChatCompletionTool, ChatCompletionTools, FunctionObject};
use chrono::{Days, NaiveDate};
use contracts::{
    CustomerId,
    reading::FactId,
    tools::{SchemaOf, ToolCall, ToolName},
};
use domain::facts::find;
use schemars::{JsonSchema, SchemaGenerator};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::chat::{schema, turn::Call};

/// The days on which a fact's history is read, so many before the day of the answer.
const HISTORY: [u64; 4] = [90, 180, 270, 360];

/// More than the first message has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum More {
    /// What was known on an earlier day, compared with now.
    Compared(NaiveDate),
    /// How a fact went over the last year.
    History(FactId),
    /// What happened before a day.
    Timeline(NaiveDate),
}

/// What a run may call for, and about whom.
#[derive(Debug, Clone)]
pub struct Rights {
    /// The one customer.
    pub customer: CustomerId,
    /// The day (UTC) of the answer.
    pub today: NaiveDate,
}

/// Why a call is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No tool of this name.
    #[error("There is no such tool.")]
    UnknownTool,
    /// Another customer.
    #[error("This run is about one customer alone; leave the customer out.")]
    OtherCustomer,
    /// The owner is nobody's to name.
    #[error("Nobody names an owner; leave it out.")]
    NamesOwner,
    /// They do not fit the tool.
    #[error("The arguments do not fit: {0}")]
    Arguments(String),
    /// What is known now is in the first message, and nothing is of days to come.
    #[error("The day must be before {0}.")]
    NotEarlier(NaiveDate),
    /// The catalogue does not have it.
    #[error("There is no such fact; name one by its id, such as `usage.recent`.")]
    UnknownFact,
}

impl Refused {
    /// A word for the log, without anything the model wrote.
    pub fn word(&self) -> &'static str {
        match self {
            Self::UnknownTool => "unknown tool",
            Self::OtherCustomer => "another customer",
            Self::NamesOwner => "an owner",
            Self::Arguments(_) => "invalid arguments",
            Self::NotEarlier(_) => "no earlier day",
            Self::UnknownFact => "unknown fact",
        }
    }
}

/// A tool as the model sees it.
struct Offered {
    name: &'static str,
    summary: &'static str,
    params: SchemaOf,
    read: fn(Value, &Rights) -> Result<More, Refused>,
}

/// All of them. Each brings what the first message does not have.
const OFFERED: [Offered; 3] = [
    Offered {
        name: "compare_with",
        summary: "What was known of the customer on an earlier day, fact by fact, beside what is known now.",
        params: SchemaGenerator::subschema_for::<OnDay>,
        read: |arguments, rights| Ok(More::Compared(rights.earlier(arguments)?)),
    },
    Offered {
        name: "history_of",
        summary: "How one fact went over the last year, a quarter at a time.",
        params: SchemaGenerator::subschema_for::<OfFact>,
        read: |arguments, _| {
            let OfFact { fact } = parsed(arguments)?;
            find(&fact).map(|fact| More::History(fact.id.clone())).ok_or(Refused::UnknownFact)
        },
    },
    Offered {
        name: "timeline_before",
        summary: "What happened with the customer before a day, newest first.",
        params: SchemaGenerator::subschema_for::<OnDay>,
        read: |arguments, rights| Ok(More::Timeline(rights.earlier(arguments)?)),
    },
];

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OnDay {
    /// The day, before today.
    day: NaiveDate,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfFact {
    /// The id of a statement that is a fact, such as `usage.recent`.
    fact: String,
}

impl More {
    /// The calls that tell it, for an answer of `today`.
    pub fn calls(&self, today: NaiveDate) -> Vec<ToolCall> {
        match self {
            Self::Compared(day) => {
                let reads = ToolName::ALL.into_iter().filter(|tool| !tool.about().drafts);
                reads.map(|tool| ToolCall::of(tool, Some(*day))).collect()
            }
            Self::History(fact) => {
                let Some(fact) = find(fact.as_str()) else { return Vec::new() };
                let days = HISTORY.into_iter().filter_map(|days| today.checked_sub_days(Days::new(days)));
                days.map(|day| ToolCall::of(ToolName::telling(fact.part), Some(day))).collect()
            }
            Self::Timeline(_) => Vec::new(),
        }
    }
}

impl Rights {
    /// The tools as functions with strict parameters. The customer is none of them: the run has it.
    pub fn offered() -> Vec<ChatCompletionTools> {
        OFFERED.iter().map(|offered| ChatCompletionTools::Function(offered.function())).collect()
    }

    /// What the model asks for, where it may.
    ///
    /// # Errors
    /// Why it does not get it.
    pub fn read(&self, call: &Call) -> Result<More, Refused> {
        let offered = OFFERED.iter().find(|offered| offered.name == call.name).ok_or(Refused::UnknownTool)?;
        let arguments = if call.arguments.trim().is_empty() { "{}" } else { &call.arguments };
        let mut arguments: Map<String, Value> =
            serde_json::from_str(arguments).map_err(|error| Refused::Arguments(error.to_string()))?;
        if arguments.contains_key("ownerUserId") {
            return Err(Refused::NamesOwner);
        }
        // It is not asked for, but may be said right.
        if arguments.shift_remove("customerId").is_some_and(|customer| customer != self.customer.as_str()) {
            return Err(Refused::OtherCustomer);
        }
        (offered.read)(Value::Object(arguments), self)
    }

    fn earlier(&self, arguments: Value) -> Result<NaiveDate, Refused> {
        let OnDay { day } = parsed(arguments)?;
        if day < self.today { Ok(day) } else { Err(Refused::NotEarlier(self.today)) }
    }
}

fn parsed<T: DeserializeOwned>(arguments: Value) -> Result<T, Refused> {
    serde_path_to_error::deserialize(arguments).map_err(|error| Refused::Arguments(error.to_string()))
}

impl Offered {
    fn function(&self) -> ChatCompletionTool {
        ChatCompletionTool {
            function: FunctionObject {
                name: self.name.to_owned(),
                description: Some(self.summary.to_owned()),
                parameters: Some(schema::made_by(self.params)),
                strict: Some(true),
            },
        }
    }
}
