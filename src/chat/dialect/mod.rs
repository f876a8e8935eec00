//! The request as one server takes it. A conversation makes the whole request, to the standard; what a server has refused
//! of it is left out here, or said in another way.

mod part;
mod reduced;

use std::collections::BTreeSet;

use async_openai::types::chat::CreateChatCompletionRequest;
use serde::{Deserialize, Serialize};

use self::part::{BLIND, Part, TABLE};
use crate::words;

/// What one server does without, for one model.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Dialect {
    without: BTreeSet<Part>,
}

impl Dialect {
    /// The request without what the server does not take.
    pub fn lower(&self, mut request: CreateChatCompletionRequest) -> CreateChatCompletionRequest {
        for part in &self.without {
            part.leave_out(&mut request);
        }
        request
    }

    /// What to try after a request was refused with these words of the server: without the part that they name, else,
    /// where `may_guess`, without the next ones that any server can do without. None where nothing is left to leave out.
    pub fn after(&self, request: &CreateChatCompletionRequest, said: &str, may_guess: bool) -> Option<Self> {
        let said = said.to_lowercase();
        let said: Vec<&str> = part::words(&said).collect();
        let sent = self.lower(request.clone());
        let tried = |parts: &[Part]| {
            let next = Self { without: self.without.iter().chain(parts).copied().collect() };
            (next.lower(request.clone()) != sent).then_some(next)
        };
        let named = TABLE.iter().filter(|row| row.is_named(&said)).find_map(|row| tried(&[row.part]));
        named.or_else(|| BLIND.iter().filter(|_| may_guess).find_map(|parts| tried(parts)))
    }

    /// What is left out beyond `before`, as a sentence for the reader; none where there is nothing new.
    pub fn news(&self, before: &Self) -> Option<String> {
        let new = TABLE.iter().filter(|row| self.lacks(row.part) && !before.lacks(row.part));
        let new: Vec<_> = new.map(|row| row.told).collect();
        let told = (!new.is_empty()).then(|| words::list(&new))?;
        Some(format!("The model's server does not take {told}; from now on it is asked without."))
    }

    /// Whether the server takes tools.
    pub fn has_tools(&self) -> bool {
        !self.lacks(Part::Tools)
    }

    /// Whether the server takes a schema for the answer.
    pub fn has_schema(&self) -> bool {
        !self.lacks(Part::Schema)
    }

    fn lacks(&self, part: Part) -> bool {
        self.without.contains(&part)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use async_openai::types::chat::{
        ChatCompletionRequestMessage, ChatCompletionRequestSystemMessage, ChatCompletionRequestUserMessage,
        ChatCompletionTool, ChatCompletionTools, FunctionObject,
    };
    use serde_json::{Value, json};

    use super::{super::request::Whole, *};

    fn request() -> CreateChatCompletionRequest {
        let schema = json!({
            "type": "object", "required": ["day"], "additionalProperties": false,
            "properties": {"day": {"type": ["string", "null"], "format": "date"}},
        });
        let function = FunctionObject {
            name: "look".to_owned(),
            description: None,
            parameters: Some(schema.clone()),
            strict: Some(true),
        };
        let rules = ChatCompletionRequestSystemMessage { content: "The rules.".into(), name: None };
        let wanted = ChatCompletionRequestUserMessage { content: "The question.".into(), name: None };
        let whole = Whole {
            model: "",
            messages: vec![ChatCompletionRequestMessage::System(rules), ChatCompletionRequestMessage::User(wanted)],
            schema,
            tools: vec![ChatCompletionTools::Function(ChatCompletionTool { function })],
            may_call: true,
            tokens: 100,
        };
        whole.request()
    }

    /// The request after these refusals, one after the other.
    fn after(refusals: &[&str]) -> Value {
        let mut dialect = Dialect::default();
        for said in refusals {
            dialect = dialect.after(&request(), said, false).unwrap_or_else(|| panic!("{said}"));
        }
        serde_json::to_value(dialect.lower(request())).unwrap()
    }

    #[test]
    fn what_a_refusal_names_is_left_out_and_nothing_else() {
        for (said, gone, kept) in [
            (
                "Unsupported parameter: 'parallel_tool_calls' is not supported with this model.",
                "parallel_tool_calls",
                "tools",
            ),
            ("Unknown field: stream_options", "stream_options", "stream"),
            ("Unrecognized request argument supplied: max_completion_tokens", "max_completion_tokens", "max_tokens"),
            ("registry.ollama.ai/library/gemma3:latest does not support tools", "tools", "response_format"),
            ("tools param requires --jinja flag", "tool_choice", "stream"),
            ("'response_format.type' must be 'text'", "response_format", "tools"),
            ("tool_choice is not supported", "tool_choice", "tools"),
        ] {
            let sent = after(&[said]);
            assert!(sent.get(gone).is_none() && sent.get(kept).is_some(), "{said}: {sent:#}");
        }
    }

    #[test]
    fn several_refusals_in_a_row_are_followed() {
        let sent = after(&["max_completion_tokens: extra", "max_tokens: extra", "strict", "grammar", "stream"]);
        let left: Vec<_> = sent.as_object().unwrap().keys().cloned().collect();
        assert_eq!(left, ["messages", "model", "stream", "tools", "tool_choice", "parallel_tool_calls"]);
        assert_eq!(sent["stream"], false);
        assert!(sent["messages"][0]["content"].as_str().unwrap().starts_with("The rules.\nAnswer with"));
    }

    #[test]
    fn a_keyword_of_a_schema_does_not_cost_the_tools() {
        let sent = after(&[r#"Unknown name "additionalProperties" at 'tools[0].function_declarations[0].parameters'"#]);
        let reduced = json!({"type": "object", "properties": {"day": {"type": "string"}}});
        assert_eq!(sent["tools"][0]["function"]["parameters"], reduced);
        assert_eq!(sent["response_format"]["json_schema"]["schema"], reduced);
        assert!(!sent.to_string().contains("strict"), "nothing is required any more");
    }

    #[test]
    fn without_a_message_of_the_system_the_rules_begin_the_users() {
        let sent = after(&["System role not supported"]);
        assert_eq!(sent["messages"], json!([{"role": "user", "content": "The rules.\n\nThe question."}]));
    }

    #[test]
    fn words_that_name_nothing_cost_a_few_guesses_and_then_there_is_an_end() {
        let mut dialect = Dialect::default();
        assert_eq!(dialect.after(&request(), "upstream restricted", false), None, "no part of a word is a name");
        let mut guesses = 0;
        while let Some(next) = dialect.after(&request(), "Bad request", true) {
            dialect = next;
            guesses += 1;
        }
        assert_eq!(guesses, BLIND.len());
        let left = serde_json::to_value(dialect.lower(request())).unwrap();
        let left: Vec<_> = left.as_object().unwrap().keys().cloned().collect();
        assert_eq!(left, ["messages", "model", "stream", "max_tokens"]);
    }

    #[test]
    fn what_is_new_is_told_once() {
        let first = Dialect::default().after(&request(), "tools", false).unwrap();
        let second = first.after(&request(), "stream", false).unwrap();
        assert_eq!(second.news(&second), None);
        let told = "The model's server does not take streaming; from now on it is asked without.";
        assert_eq!(second.news(&first).unwrap(), told);
        assert!(second.news(&Dialect::default()).unwrap().contains("tools and streaming"));
    }
}
