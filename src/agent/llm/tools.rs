//! The tools as the model sees them, and what becomes of a call it asks for. Pure; nothing passes that is not allowed.

use async_openai::types::chat::{ChatCompletionTool, ChatCompletionTools, FunctionObject};
use chrono::NaiveDate;
use contracts::{
    CustomerId,
    tools::{ToolCall, ToolName},
};
use serde_json::{Map, Value};

use crate::chat::{schema, turn::Call};

/// What a run may call, and about whom.
#[derive(Debug, Clone)]
pub struct Rights {
    /// The tools.
    pub tools: Vec<ToolName>,
    /// The one customer.
    pub customer: CustomerId,
    /// The day (UTC) that calls count from unless they name another; the server's today when absent.
    pub as_of: Option<NaiveDate>,
    /// The day (UTC) that this comes to.
    pub today: NaiveDate,
}

/// Why a call is not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No tool of this name.
    #[error("There is no such tool.")]
    UnknownTool,
    /// A tool that the task has no use for.
    #[error("This tool is not for this task.")]
    NoRight,
    /// Another customer.
    #[error("This run is about one customer alone; leave the customer out.")]
    OtherCustomer,
    /// The owner is nobody's to name.
    #[error("Nobody names an owner; leave it out.")]
    NamesOwner,
    /// They do not fit the tool.
    #[error("The arguments do not fit: {0}")]
    Arguments(String),
}

impl Refused {
    /// A word for the log, without anything the model wrote.
    pub fn word(&self) -> &'static str {
        match self {
            Self::UnknownTool => "unknown tool",
            Self::NoRight => "tool outside the task",
            Self::OtherCustomer => "another customer",
            Self::NamesOwner => "an owner",
            Self::Arguments(_) => "invalid arguments",
        }
    }
}

impl Rights {
    /// The tools as functions with strict parameters. The customer is none of them: the run has it.
    pub fn offered(&self) -> Vec<ChatCompletionTools> {
        self.tools.iter().map(|&tool| ChatCompletionTools::Function(function(tool))).collect()
    }

    /// The call that the model asks for, where it may.
    ///
    /// # Errors
    /// Why it is not made.
    pub fn read(&self, call: &Call) -> Result<ToolCall, Refused> {
        let tool: ToolName = call.name.parse().map_err(|_| Refused::UnknownTool)?;
        if !self.tools.contains(&tool) {
            return Err(Refused::NoRight);
        }
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
        // In a strict schema nothing can be left out but by null.
        arguments.retain(|_, value| !value.is_null());
        let call = ToolCall::parse(tool, Value::Object(arguments));
        call.map(|call| self.dated(call)).map_err(|error| Refused::Arguments(error.to_string()))
    }

    /// The call on the day of the run, where it names none or that very one: what is the same is called the same.
    fn dated(&self, call: ToolCall) -> ToolCall {
        call.on(call.as_of().filter(|&day| day != self.today).or(self.as_of))
    }
}

fn function(tool: ToolName) -> ChatCompletionTool {
    let about = tool.about();
    ChatCompletionTool {
        function: FunctionObject {
            name: tool.as_str().to_owned(),
            description: Some(about.summary.to_owned()),
            parameters: Some(schema::made_by(about.params)),
            strict: Some(true),
        },
    }
}
