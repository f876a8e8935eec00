//! A task out of its file.

use contracts::{
    Line, TaskId,
    tools::{ToolCall, ToolName},
};
use serde_json::{Map, Value};

use super::{
    Problem, Quarters, Scope, Step, Task, TaskError,
    filled::SUBJECT,
    front::{self, Entry, Front},
    names::Names,
    template,
};
use crate::{facts::Audience, query};

/// What a `SKILL.md` may have; what is not read here is for other agents.
const ENTRIES: [&str; 6] = ["name", "description", "license", "compatibility", "allowed-tools", "metadata"];
/// What may stand under `metadata`; the last two are for people.
const METADATA: [&str; 9] = ["key", "scope", "query", "period", "tools", "parameters", "audience", "author", "version"];
const SCOPES: [&str; 2] = ["customer", "book"];
/// What a task over the whole book does without.
const OF_ONE_CUSTOMER: [&str; 4] = ["tools", "parameters", "audience", "period"];
/// The longest body, in characters: it is a language model's instruction, too.
const MAX_BODY: usize = 8_000;
const AUDIENCES: [(&str, Audience); 2] = [("internal", Audience::Internal), ("customer", Audience::Customer)];
/// The longest description, in characters.
const MAX_DESCRIPTION: usize = 1_024;

pub(super) fn task(file: &str) -> Result<Task, TaskError> {
    let front = front::read(file)?;
    known(&front.entries, &ENTRIES)?;
    known(&front.metadata, &METADATA)?;
    let id = required(&front.entries, "name")?;
    let id: TaskId = id.value.parse().map_err(|error| Problem::Name(error).at(id.line))?;
    let description = required(&front.entries, "description")?;
    if description.value.is_empty() || description.value.chars().count() > MAX_DESCRIPTION {
        return Err(Problem::Description.at(description.line));
    }
    let body = body(&front);
    let audience = find(&front.metadata, "audience").map(audience).transpose()?;
    let mut task = Task {
        title: body.title.unwrap_or_else(|| Line::new(&id.title())),
        description: Line::new(&description.value),
        key: find(&front.metadata, "key").map(key).transpose()?,
        audience: audience.unwrap_or(Audience::Internal),
        file: file.to_owned(),
        template: body.template.to_owned(),
        names: Names::default(),
        scope: scope(&front.metadata)?,
        period: find(&front.metadata, "period").map(period).transpose()?,
        steps: Vec::new(),
        id,
    };
    let names = match task.scope {
        Scope::Customer => {
            task.steps = steps(&front.metadata)?;
            Names::of(task.steps.iter().map(|step| step.call.name()), task.reader())
        }
        Scope::Book { .. } => Names::of_book(),
    };
    let is_letter = task.reader() == Audience::Customer;
    match task.template.as_str() {
        "" => Err(Problem::NoTemplate.at(body.line)),
        text if text.chars().count() > MAX_BODY => Err(Problem::TooLong(MAX_BODY).at(body.line)),
        text if is_letter && !text.starts_with(SUBJECT) => Err(Problem::NoSubject.at(body.line)),
        text => template::check(text, body.line, &names),
    }?;
    task.names = names.within(&task.template);
    Ok(task)
}

fn find<'a>(entries: &'a [Entry], key: &str) -> Option<&'a Entry> {
    entries.iter().find(|entry| entry.key == key)
}

fn required<'a>(entries: &'a [Entry], key: &'static str) -> Result<&'a Entry, TaskError> {
    find(entries, key).ok_or(Problem::Missing(key).at(1))
}

fn known(entries: &[Entry], known: &[&'static str]) -> Result<(), TaskError> {
    let other = entries.iter().find(|entry| !known.contains(&entry.key.as_str()));
    other.map_or(Ok(()), |entry| Err(unknown(&entry.key, known.iter().copied()).at(entry.line)))
}

fn unknown(name: &str, known: impl Iterator<Item = &'static str>) -> Problem {
    Problem::Unknown { name: name.to_owned(), known: known.collect() }
}

/// What stands below the front matter.
struct Body<'a> {
    /// The heading that it begins with.
    title: Option<Line>,
    template: &'a str,
    /// The line that the template begins on.
    line: usize,
}

fn body<'a>(front: &Front<'a>) -> Body<'a> {
    let skipped = |text: &'a str, line: usize| {
        let rest = text.trim_start_matches(['\n', '\r', ' ']);
        (rest, line + text[..text.len() - rest.len()].matches('\n').count())
    };
    let (text, line) = skipped(front.body, front.body_line);
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.strip_prefix("# ").map(Line::new).filter(|title| !title.is_empty()) {
        Some(title) => {
            let (template, line) = skipped(rest, line + 1);
            Body { title: Some(title), template: template.trim_end(), line }
        }
        None => Body { title: None, template: text.trim_end(), line },
    }
}

fn key(entry: &Entry) -> Result<char, TaskError> {
    let mut chars = entry.value.chars();
    match (chars.next().filter(char::is_ascii_alphabetic), chars.next()) {
        (Some(letter), None) => Ok(letter),
        _ => Err(Problem::Key.at(entry.line)),
    }
}

fn audience(entry: &Entry) -> Result<Audience, TaskError> {
    let named = AUDIENCES.iter().find(|(word, _)| *word == entry.value);
    let words = AUDIENCES.iter().map(|(word, _)| *word);
    named.map(|(_, audience)| *audience).ok_or_else(|| unknown(&entry.value, words).at(entry.line))
}

/// What the task is over; a task over the whole book has a query at the most.
fn scope(metadata: &[Entry]) -> Result<Scope, TaskError> {
    let scope = find(metadata, "scope");
    let query = find(metadata, "query");
    match scope.map_or("customer", |scope| scope.value.as_str()) {
        "customer" => match query {
            Some(query) => Err(Problem::NoBook.at(query.line)),
            None => Ok(Scope::Customer),
        },
        "book" => {
            if let Some(of_one) = OF_ONE_CUSTOMER.iter().find_map(|name| Some((find(metadata, name)?, name))) {
                return Err(Problem::OfOneCustomer(of_one.1).at(of_one.0.line));
            }
            let text = query.map(|query| query.value.as_str()).unwrap_or_default();
            let line = query.map_or(1, |query| query.line);
            let read = query::parse(text).map_err(|problem| Problem::Query(problem.to_string()).at(line))?;
            Ok(Scope::Book { query: Line::new(&query::text(&read)) })
        }
        other => Err(unknown(other, SCOPES.into_iter()).at(scope.map_or(1, |scope| scope.line))),
    }
}

fn period(entry: &Entry) -> Result<Quarters, TaskError> {
    match entry.value.as_str() {
        "last-quarter" => Ok(Quarters::Last),
        "this-quarter" => Ok(Quarters::This),
        named => named.parse().map(Quarters::Named).map_err(|_| Problem::Period(named.to_owned()).at(entry.line)),
    }
}

/// The calls, with their parameters. A task that names no tools calls all that read.
fn steps(metadata: &[Entry]) -> Result<Vec<Step>, TaskError> {
    let mut steps = Vec::new();
    match find(metadata, "tools") {
        Some(tools) => {
            for (line, text) in tools.lines() {
                let (names, why) = text.split_once(": ").map_or((text, None), |(names, why)| (names, Some(why)));
                for name in names.split([',', ' ']).filter(|name| !name.is_empty()) {
                    steps.push(step(tool(name, line)?, why));
                }
            }
        }
        None => {
            steps.extend(ToolName::ALL.into_iter().filter(|tool| !tool.about().drafts).map(|tool| step(tool, None)))
        }
    }
    for (line, text) in find(metadata, "parameters").into_iter().flat_map(Entry::lines) {
        let (name, value) = text.split_once(": ").ok_or(Problem::NoParameter.at(line))?;
        let (tool, name) = name.split_once('.').ok_or(Problem::NoParameter.at(line))?;
        let tool = self::tool(tool, line)?;
        let step = steps.iter_mut().find(|step| step.call.name() == tool);
        let step = step.ok_or(Problem::NotCalled(tool.as_str()).at(line))?;
        let mut params = match step.call.params() {
            Ok(Value::Object(params)) => params,
            _ => Map::new(),
        };
        params.insert(name.to_owned(), Value::String(value.trim().to_owned()));
        let call = ToolCall::parse(tool, Value::Object(params));
        step.call = call.map_err(|why| Problem::Parameter { tool: tool.as_str(), why }.at(line))?;
    }
    Ok(steps)
}

fn tool(name: &str, line: usize) -> Result<ToolName, TaskError> {
    name.parse().map_err(|_| unknown(name, ToolName::ALL.into_iter().map(ToolName::as_str)).at(line))
}

/// Why a tool is called says the task, or else the tool.
fn step(tool: ToolName, why: Option<&str>) -> Step {
    Step { call: ToolCall::of(tool, None), reason: Line::new(why.unwrap_or(tool.about().summary)) }
}
