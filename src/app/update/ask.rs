use std::{mem, time::Duration};

use chrono::NaiveDate;
use contracts::{CustomerId, Line, planner::ModelUsage, query::Query};
use domain::{query, question::VOCABULARY};
use tui_input::Input;

use super::{freshness, run, say, today};
use crate::{
    agent::{
        book,
        intent::{self, Declined, Intent},
        today as agent_today,
    },
    app::{Action, Asked, Choice, Effect, Lens, Model, Pane, Question, Report, View},
};

/// Asks what is in the line, if anything is.
pub(super) fn submit(model: &mut Model, now: Duration) -> Vec<Effect> {
    model.open(View::Panes);
    let question = model.asking.take();
    question.map(|question| ask(model, question, now)).unwrap_or_default()
}

/// Finds what the question is about, and answers it or has it answered.
pub(super) fn ask(model: &mut Model, question: Line, now: Duration) -> Vec<Effect> {
    if agent_today::is_asked(question.as_str()) {
        today::show(model, Lens::Today);
        return Vec::new();
    }
    let Some(as_of) = model.book.as_of() else { return Vec::new() };
    let selected = model.selected().map(|row| &row.id);
    match intent::parse(question.as_str(), model.book.rows(), selected, as_of) {
        // Words of the book itself may be missing yet, such as the names of its industries.
        Intent::Declined(Declined::NotUnderstood(_)) if !model.book.want(&VOCABULARY) => wait(model, question),
        Intent::Customer { customer, asked } => {
            let follows = model.followed(&customer.id).cloned();
            about(model, &customer.id, Question { text: question, asked, follows }, now)
        }
        Intent::Choose { candidates, asked } => {
            let question = Question { text: question, asked, follows: None };
            model.open(View::Choose(Choice { question, candidates, at: 0 }));
            Vec::new()
        }
        Intent::NoCustomer { wanted } => {
            let name = wanted.map(|name| format!("Nobody in your book is called {name}. ")).unwrap_or_default();
            let key = model.key(Action::Ask);
            let text =
                format!("{name}Which customer do you mean? Name it, or select one; {key} has your question again.");
            refuse(model, &question, text, now)
        }
        Intent::Book(query) => {
            let facts: Vec<_> =
                book::columns(&query).into_iter().chain(query::facts(&query)).map(|it| &it.id).collect();
            if !model.book.want(facts) {
                return wait(model, question);
            }
            report(model, &query, Some(&question), as_of, now);
            Vec::new()
        }
        Intent::Declined(Declined::NotUnderstood(_)) if model.asks_model() => {
            say(model, "The model is asked for a query of that.", false, now);
            model.queried = Some(question.clone());
            vec![Effect::AskQuery(question, as_of)]
        }
        Intent::Declined(why) => refuse(model, &question, why.text(), now),
    }
}

/// Answers with the query that the model made of a question, unless another was asked meanwhile.
pub(super) fn queried(
    model: &mut Model,
    question: &Line,
    query: Result<Query, Line>,
    usage: Option<&ModelUsage>,
    now: Duration,
) -> Vec<Effect> {
    if model.queried.as_ref() != Some(question) {
        return Vec::new();
    }
    let (query, Some(as_of)) = (query, model.book.as_of()) else { return Vec::new() };
    let query = match query {
        Ok(query) => query,
        Err(why) => {
            model.queried = None;
            return refuse(model, question, Declined::NotUnderstood(why).text(), now);
        }
    };
    let facts: Vec<_> = book::columns(&query).into_iter().chain(query::facts(&query)).map(|it| &it.id).collect();
    if !model.book.want(facts) {
        model.understood = Some((question.clone(), query, usage.cloned()));
        model.book.load();
        return vec![freshness::load(model)];
    }
    model.queried = None;
    report(model, &query, Some(question), as_of, now);
    if let Some(report) = &mut model.report {
        report.answer = report.answer.clone().by_the_model(usage);
    }
    Vec::new()
}

/// Has the book read with the facts that a question needs, and asks it again then.
fn wait(model: &mut Model, question: Line) -> Vec<Effect> {
    model.waiting = Some(question);
    model.book.load();
    vec![freshness::load(model)]
}

/// Asks the question that waited for the book.
pub(super) fn ask_waiting(model: &mut Model, now: Duration) -> Vec<Effect> {
    if let Some((question, query, usage)) = model.understood.take() {
        return queried(model, &question, Ok(query), usage.as_ref(), now);
    }
    model.waiting.take().map(|question| ask(model, question, now)).unwrap_or_default()
}

/// Shows what a query comes to.
fn report(model: &mut Model, query: &Query, question: Option<&Line>, as_of: NaiveDate, now: Duration) {
    let answer = book::answer(query, question, model.book.rows(), as_of);
    model.report = Some(Report { answer, made: now, revision: model.book.revision(), at: 0 });
    model.focus = Pane::Result;
    model.scroll = 0;
}

/// Has what the filter's query reads read, where it is not there yet.
pub(super) fn read_for_filter(model: &mut Model) -> Vec<Effect> {
    let Some(query) = model.book.query().cloned() else { return Vec::new() };
    let facts: Vec<_> = query::facts(&query).into_iter().chain(book::columns(&query)).map(|fact| &fact.id).collect();
    if model.book.want(facts) {
        return Vec::new();
    }
    model.book.load();
    vec![freshness::load(model)]
}

/// Shows what the filter's query makes of many, where it makes anything of them.
pub(super) fn answer_filter(model: &mut Model, now: Duration) {
    let Some(as_of) = model.book.as_of() else { return };
    if let Some(query) = model.book.query().cloned()
        && (query.measure.is_some() || query.group.is_some())
    {
        report(model, &query, None, as_of, now);
    }
}

/// Puts the query of the answer on the screen into the filter, to be changed there.
pub(super) fn edit_query(model: &mut Model) {
    if let Some(Report { answer, .. }) = model.report.take() {
        model.focus = Pane::List;
        model.book.edit_filter(|filter| *filter = Input::new(answer.query.to_string()));
    }
}

/// Says why there is no answer. The question goes back into the line, where it can be put in another way.
fn refuse(model: &mut Model, question: &Line, why: impl Into<String>, now: Duration) -> Vec<Effect> {
    model.asking.put_back(question);
    say(model, why, false, now);
    Vec::new()
}

/// Answers the question for the candidate at this place.
pub(super) fn pick(model: &mut Model, place: usize, now: Duration) -> Vec<Effect> {
    let Some(Choice { question, candidates, .. }) = close_choice(model) else { return Vec::new() };
    let customer = candidates.get(place).map(|row| row.id.clone());
    customer.map(|customer| about(model, &customer, question, now)).unwrap_or_default()
}

/// Asks about none of the candidates.
pub(super) fn choose_none(model: &mut Model) {
    if let Some(Choice { question, .. }) = close_choice(model) {
        model.asking.put_back(&question.text);
    }
}

fn close_choice(model: &mut Model) -> Option<Choice> {
    match mem::replace(&mut model.view, View::Panes) {
        View::Choose(choice) => Some(choice),
        _ => None,
    }
}

/// Goes from the answer about the book to the customer under its cursor.
pub(super) fn visit(model: &mut Model, now: Duration) {
    let Some(Report { answer, at, .. }) = model.report.take() else { return };
    today::show(model, Lens::Book);
    if let Some(row) = answer.rows.get(at)
        && !model.book.select(&row.id)
    {
        say(model, format!("{} is no longer in the book.", row.name), false, now);
    }
}

fn about(model: &mut Model, customer: &CustomerId, question: Question, now: Duration) -> Vec<Effect> {
    if let Some(why) = Declined::of(question.text.as_str(), &question.asked).filter(|_| !model.asks_model()) {
        return refuse(model, &question.text, why.text(), now);
    }
    today::show(model, Lens::Book);
    if !model.book.select(customer) {
        return refuse(model, &question.text, "That customer is no longer in the book.", now);
    }
    run::anew(model, Asked { task: question.asked.task.clone(), question: Some(question) }, now)
}
