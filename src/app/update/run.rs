use std::time::Duration;

use contracts::{CustomerId, TaskId};

use super::say;
use crate::{
    agent::{Review, RunRequest},
    app::{Action, Asked, Effect, Model, Pane, Question, RunStatus, Topic, undo::Step},
    conversations::Conversation,
};

/// Shows the task's answer if there is one, and gets one if there is none. An answer stays until it is run again, by its
/// own key where the data or the day is another by now. A key that is held does not try again.
pub(super) fn task(model: &mut Model, task: TaskId, is_held: bool, now: Duration) -> Vec<Effect> {
    let is_new = !show(model, Topic::Task(task.clone()));
    let status = model.run().map(|run| run.status.clone());
    let is_outdated = model.run().is_some_and(|run| model.outdated_run(run).is_some());
    match status {
        Some(RunStatus::Running) => Vec::new(),
        Some(RunStatus::Finished) if is_outdated && !is_held => anew(model, Asked { task, question: None }, now),
        Some(RunStatus::Finished) => {
            if !is_new {
                let title = model.tasks.title(&task);
                let again = model.key(Action::Again);
                say(model, format!("{title}: this is the answer from before; {again} runs it again."), false, now);
            }
            Vec::new()
        }
        Some(RunStatus::Failed(_) | RunStatus::Cancelled) if is_held => Vec::new(),
        None | Some(RunStatus::Failed(_) | RunStatus::Cancelled) => {
            start(model, Asked { task, question: None }, now).into_iter().collect()
        }
    }
}

/// Runs for the selected customer, whatever was answered, unless just that is under way.
pub(super) fn anew(model: &mut Model, asked: Asked, now: Duration) -> Vec<Effect> {
    let topic = asked.topic();
    show(model, topic.clone());
    if model.run().is_some_and(|run| run.is_running() && run.asked == asked) {
        say(
            model,
            format!("{} is under way; {} cancels it.", model.title(&topic), model.key(Action::Escape)),
            false,
            now,
        );
        return Vec::new();
    }
    let customer = model.selected().map(|row| row.id.clone());
    let old = customer.and_then(|customer| model.runs.cancel(&customer, &topic, now)).map(Effect::CancelRun);
    old.into_iter().chain(start(model, asked, now)).collect()
}

/// Takes the answer to a question into the conversation that it goes on with, or begins one with it.
pub(super) fn take(model: &mut Model, customer: CustomerId, topic: &Topic) -> Option<Effect> {
    let run = model.runs.get(&customer, topic)?;
    let (question, result) = (run.asked.question.as_ref()?, &run.answer.as_ref()?.result);
    let today = model.book.as_of().unwrap_or(result.as_of);
    let new = || {
        let name = model.book.find(&customer).map(|row| row.name.clone()).unwrap_or_default();
        Conversation::new(run.id.clone(), customer.clone(), name, today)
    };
    let mut conversation = question.follows.clone().unwrap_or_else(new);
    conversation.take(result, today);
    model.conversations.insert(customer, conversation.clone());
    Some(Effect::KeepConversation(Box::new(conversation)))
}

/// Brings a topic of the selected customer onto the screen. Whether it was there.
fn show(model: &mut Model, topic: Topic) -> bool {
    let is_shown = model.place().is_some_and(|(_, shown)| *shown == topic);
    model.report = None;
    model.book.choose();
    model.wanted_tab = model.first_tab(&topic);
    if let Some(customer) = model.selected().map(|row| row.id.clone()) {
        model.shown.insert(customer, topic);
    }
    model.scroll = 0;
    if model.viewport.is_narrow {
        model.focus = Pane::Result;
    }
    is_shown
}

fn start(model: &mut Model, asked: Asked, now: Duration) -> Option<Effect> {
    let customer = model.selected()?.id.clone();
    start_for(model, &customer, asked, now)
}

/// An email that the user edited can be brought back after the answer gives way to another.
fn keep_edited(model: &mut Model, customer: &CustomerId, topic: &Topic) {
    let run = model.runs.get(customer, topic);
    if let Some(run) =
        run.filter(|run| run.answer.as_ref().is_some_and(|answer| answer.is_edited && !answer.is_from_before))
    {
        let before = Box::new(run.clone());
        model.undo.push(Step::Answered { customer: customer.clone(), before });
    }
}

/// Runs for this customer.
pub(super) fn start_for(model: &mut Model, customer: &CustomerId, asked: Asked, now: Duration) -> Option<Effect> {
    let task = model.tasks.get(&asked.task)?.clone();
    let row = model.book.find(customer)?;
    let (customer_id, customer_name) = (row.id.clone(), row.name.clone());
    let run_id = model.next_run_id();
    keep_edited(model, customer, &asked.topic());
    model.runs.start(run_id.clone(), &customer_id, asked.clone(), now);
    if model.runs.in_flight() == 1 {
        model.busy_since = Some(now);
    }
    model.row = 0;
    let request = RunRequest {
        run_id,
        customer_id,
        customer_name,
        task,
        question: None,
        wanted: Vec::new(),
        unknown: Vec::new(),
        follows: None,
        planner: model.planner,
        as_of: model.settings.as_of,
        review: Review::default(),
        worth: None,
    };
    Some(Effect::StartRun(match asked.question {
        Some(Question { text, asked, follows }) => request.asking(text, asked).following(follows),
        None => request,
    }))
}
