//! One language for the book: `risk:high renewal:<60d arr:>100k`, `not segment:smb`, `by:month(renewal) sum:arr`.
//!
//! A text is cut into terms (`syntax`), whose values are read by the kind of their fact (`value`, `time`); `print` writes
//! a query as text again. `holds` and `answer` evaluate it over what is known of customers.

mod answer;
mod clauses;
mod complete;
mod facts;
mod holds;
mod left_out;
mod lexer;
mod measure;
mod order;
mod print;
mod problem;
mod span;
mod subject;
mod syntax;
mod time;
mod value;
mod words;

pub use self::{
    answer::{Answer, answer},
    complete::{Completion, completions},
    facts::{facts, is_of_period},
    holds::{Truth, holds, missing},
    left_out::{LeavingOut, said as left_out},
    print::text,
    problem::{Problem, What},
    span::span,
    subject::Subject,
    syntax::{LONGEST, Search, filter as parse_filter, parse, search},
    value::fits,
    words::words,
};
