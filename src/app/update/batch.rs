use std::{io, sync::Arc, time::Duration};

use contracts::{CustomerId, TaskId};
use domain::tasks::Task;

use super::{run, say, sheet};
use crate::{
    app::{Action, Asked, Batch, Confirm, Confirmed, Effect, Model, Topic, View, batch::AT_ONCE},
    config::Planner,
    words,
};

/// Runs the task at a place of the list: for the marked customers, or else for the one under the cursor.
pub(super) fn task(model: &mut Model, place: usize, is_held: bool, now: Duration) -> Vec<Effect> {
    let Some(task) = model.tasks.at(place).cloned() else { return Vec::new() };
    if task.query().is_some() {
        return sheet::task(model, task);
    }
    if is_to_be_confirmed(model, &task) {
        let question = format!("May the language model be given this file as its instruction? It is {}.md.", task.id);
        let shown = task.file.clone();
        model.open(View::Confirm(Confirm { question, shown, then: Confirmed::Trust(task) }));
        return Vec::new();
    }
    let id = task.id.clone();
    if model.marks.is_empty() { run::task(model, id, is_held, now) } else { ask_or_begin(model, id, now) }
}

/// Whether the model would answer, and would be given a file that nobody has confirmed yet.
fn is_to_be_confirmed(model: &Model, task: &Task) -> bool {
    let asks_model = model.planner == Planner::Llm && model.model_name.is_some();
    asks_model && !task.is_shipped() && !model.trusted.contains(&task.file)
}

/// Runs the task whose file was confirmed.
pub(super) fn trusted(model: &mut Model, task: &Task, kept: Result<(), Arc<io::Error>>, now: Duration) -> Vec<Effect> {
    if let Err(why) = kept {
        say(model, format!("What you confirmed cannot be kept: {why}."), true, now);
        return Vec::new();
    }
    model.trusted.insert(task.file.clone());
    let place = model.tasks.iter().position(|it| it.id == task.id);
    place.map(|place| self::task(model, place, false, now)).unwrap_or_default()
}

/// Runs the task for all that are marked; where a language model would answer for each, asks first.
fn ask_or_begin(model: &mut Model, task: TaskId, now: Duration) -> Vec<Effect> {
    let customers = model.targets();
    let title = model.tasks.title(&task);
    if model.progress().is_some_and(|progress| !progress.is_over()) {
        say(model, "Another task is under way for marked customers; wait for it, or cancel it.", false, now);
        return Vec::new();
    }
    if let (Planner::Llm, Some(name)) = (model.planner, &model.model_name) {
        let question = format!(
            "Run the {title} for {}? {name} is asked for each of them.",
            words::count(customers.len() as u64, "customer")
        );
        model.open(View::Confirm(Confirm { question, shown: String::new(), then: Confirmed::Batch(task) }));
        return Vec::new();
    }
    begin(model, task, now)
}

/// Runs the task for all that are marked, some at once.
pub(super) fn begin(model: &mut Model, task: TaskId, now: Duration) -> Vec<Effect> {
    let customers = model.targets();
    let topic = Topic::Task(task.clone());
    // Who has this answer, and of the book's own data, needs no other.
    let needs = |customer: &&CustomerId| {
        let has_answer = model.runs.get(customer, &topic);
        has_answer.is_none_or(|run| run.answer.is_none() || model.outdated_run(run).is_some())
    };
    let waiting = customers.iter().filter(needs).cloned().collect();
    for customer in &customers {
        model.shown.insert(customer.clone(), topic.clone());
    }
    model.wanted_tab = model.first_tab(&topic);
    model.batch = Some(Batch { task, customers, waiting });
    go_on(model, now)
}

/// Starts the next ones, and says when all are done.
pub(super) fn go_on(model: &mut Model, now: Duration) -> Vec<Effect> {
    let mut effects = Vec::new();
    loop {
        let Some(batch) = &mut model.batch else { return effects };
        let topic = Topic::Task(batch.task.clone());
        let under_way =
            batch.customers.iter().filter(|id| model.runs.get(id, &topic).is_some_and(|it| it.is_running()));
        if under_way.count() >= AT_ONCE {
            return effects;
        }
        let Some(customer) = batch.waiting.pop_front() else { break };
        let asked = Asked { task: batch.task.clone(), question: None };
        effects.extend(run::start_for(model, &customer, asked, now));
    }
    if let Some(progress) = model.progress().filter(|progress| progress.is_over()) {
        let title = model.batch.take().map(|batch| model.tasks.title(&batch.task)).unwrap_or_default();
        let failed = match progress.failed {
            0 => String::new(),
            failed => format!(", {} without one", words::count(failed as u64, "customer")),
        };
        let answers = words::count(progress.answered as u64, "answer");
        let next = model.key(Action::NextHit);
        say(model, format!("{title}: {answers}{failed}. {next} goes to the next one."), progress.failed > 0, now);
    }
    effects
}

/// Stops it: what waits never begins, and what is under way is cancelled. None where there is none.
pub(super) fn cancel(model: &mut Model, now: Duration) -> Option<Vec<Effect>> {
    let batch = model.batch.take()?;
    let topic = Topic::Task(batch.task);
    let cancelled: Vec<_> = batch.customers.iter().filter_map(|id| model.runs.cancel(id, &topic, now)).collect();
    let title = model.title(&topic);
    let left = words::count((batch.waiting.len() + cancelled.len()) as u64, "customer");
    say(model, format!("{title} cancelled for {left}; the answers that came stay."), false, now);
    Some(cancelled.into_iter().map(Effect::CancelRun).collect())
}
