//! What an evaluation of a language model may come to.

use serde::Deserialize;

/// The `[eval]` part of a configuration file: limits of a whole evaluation. Shares are whole percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EvalLimits {
    /// The most of the model's lines that may be taken out.
    pub removed_lines: u32,
    /// The most of the statements it names that there may not be.
    pub unknown_ids: u32,
    /// The most tool calls in a hundred runs that it may not make.
    pub refused_calls: u32,
    /// The least of the statements that the tasks must carry.
    pub carried: u32,
    /// The least of its actions that must have a cause.
    pub causes: u32,
    /// The most of its lines that may say what a statement says.
    pub retold_lines: u32,
    /// The most of its lines that may be in another language than was asked for.
    pub foreign_lines: u32,
    /// The most of its lines that another customer's answer may have, too.
    pub repeated_lines: u32,
    /// The most of the lines shown that may be its own.
    pub own_lines: u32,
    /// The most lines of an answer, whoever wrote them, on average.
    pub shown_lines: u32,
    /// The most tokens a run, read and written, on average.
    pub tokens: u64,
    /// The longest time to the first point, in milliseconds, on average.
    pub first_point_ms: u64,
}

impl Default for EvalLimits {
    fn default() -> Self {
        Self {
            removed_lines: 5,
            unknown_ids: 5,
            refused_calls: 5,
            carried: 80,
            causes: 95,
            retold_lines: 10,
            foreign_lines: 5,
            repeated_lines: 15,
            own_lines: 60,
            shown_lines: 30,
            tokens: 20_000,
            first_point_ms: 15_000,
        }
    }
}
