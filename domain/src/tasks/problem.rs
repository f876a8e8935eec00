//! What may be wrong with a task's file.

use contracts::{InvalidTaskId, tools::InvalidParams};

/// What is wrong with a task's file, and where.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct TaskError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    #[source]
    pub problem: Problem,
}

/// What is wrong with a task's file.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// It does not begin with front matter.
    #[error("a task begins with front matter: a line ---, then name: and description:, then a line ---")]
    NoFrontMatter,
    /// The front matter does not end.
    #[error("the front matter does not end: put a line --- below it")]
    NoEnd,
    /// A line without `key:`.
    #[error("there should be a name, a colon and a value, such as description: What it is for")]
    NoKey,
    /// A line that stands further in or out than it may.
    #[error("this line stands too far in: only what is under metadata: is indented, by two spaces")]
    Indented,
    /// A value that YAML would read in another way.
    #[error("put this value in quotes: it has a character that means something else here")]
    Unquoted,
    /// The same key twice.
    #[error("{0} is there twice")]
    Twice(String),
    /// A key that there is not.
    #[error("there is no {name}; there are {}", known.join(", "))]
    Unknown {
        /// As it is written.
        name: String,
        /// Those that there are.
        known: Vec<&'static str>,
    },
    /// Something that must be there is not.
    #[error("{0}: is missing")]
    Missing(&'static str),
    /// The name is none.
    #[error(transparent)]
    Name(#[from] InvalidTaskId),
    /// A description that is empty or too long.
    #[error("a description has 1 to 1,024 characters")]
    Description,
    /// A key that is no letter.
    #[error("a key is one letter, such as key: m")]
    Key,
    /// Nothing to say.
    #[error("there is nothing below the heading: write there what the task says, such as {{{{ customer.name }}}}")]
    NoTemplate,
    /// A letter without a subject.
    #[error("this task writes to the customer: its first line is Subject: and what the letter is about")]
    NoSubject,
    /// The template cannot be read.
    #[error("this cannot be read: {0}")]
    Template(String),
    /// What a template may not do.
    #[error(
        "a task says what is known and asks whether it is: {{{{ name }}}}, {{% if name %}}, {{% for line in lines %}}"
    )]
    NotAllowed,
    /// A condition that is more than presence.
    #[error(
        "a task may ask whether something is known, as in {{% if usage.change %}}, and not compare it: what it comes to is said by says.usage.change"
    )]
    Compares,
    /// A name that there is not.
    #[error("there is no {name} here; there are {}", known.join(", "))]
    NoName {
        /// As it is written.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// Something is said that may be missing.
    #[error("{0} may not be known: ask first, as in {{% if {0} %}}{{{{ {0} }}}}{{% endif %}}")]
    NotAsked(String),
    /// Lines are said as if they were one.
    #[error("{0} is several lines: {{% for line in {0} %}}- {{{{ line }}}}{{% endfor %}}")]
    Lines(String),
    /// A loop over what is one line.
    #[error("{0} is one line and not several")]
    NoLines(String),
    /// Customers are said as if they were one line.
    #[error("{0} are several customers: {{% for row in {0} %}}- {{{{ row.customer.name }}}}{{% endfor %}}")]
    Rows(String),
    /// More than a language model is given as its instruction.
    #[error("what a task says has {0} characters at the most: shorten it")]
    TooLong(usize),
    /// A query that cannot be read.
    #[error("this query is not understood: {0}")]
    Query(String),
    /// A period that there is not.
    #[error("there is no period {0}; there are last-quarter, this-quarter and quarters such as 2024-Q4")]
    Period(String),
    /// A query of a task that is not over the book.
    #[error("a query is of a task over the whole book: say scope: book as well")]
    NoBook,
    /// What a task over the whole book does not have.
    #[error("a task over the whole book reads its customers' facts as they are today, for the house: leave {0} out")]
    OfOneCustomer(&'static str),
    /// Parameters that the tool does not take.
    #[error("{tool} does not take this: {why}")]
    Parameter {
        /// The tool.
        tool: &'static str,
        /// Why not.
        why: InvalidParams,
    },
    /// A parameter that is not said of a tool.
    #[error("say which tool's parameter it is, such as generate_email.occasion: renewal")]
    NoParameter,
    /// A parameter of a tool that the task does not call.
    #[error("{0} is not among the tools of this task")]
    NotCalled(&'static str),
}

impl Problem {
    pub(super) fn at(self, line: usize) -> TaskError {
        TaskError { line, problem: self }
    }
}
