//! Conversations that are kept on this machine: which one a question goes on with, their list, and how they are forgotten.

use std::process::ExitCode;

use anyhow::Context as _;
use contracts::planner::PlannerResult;

use super::{Context, print, refused};
use crate::{agent::RunRequest, conversations::Conversation, words};

const UNREADABLE: &str = "the conversations cannot be read";

/// The conversation that a question goes on with: the last one, or the one of this id.
pub(super) async fn followed(context: &Context, id: &str) -> anyhow::Result<Conversation> {
    let mut kept = context.agent.conversations().await.context(UNREADABLE)?.into_iter();
    match id {
        "" => kept.next().context("there is no conversation yet: ask about a customer first"),
        id => kept
            .find(|conversation| conversation.id.as_str() == id)
            .with_context(|| format!("there is no conversation {id}: see `cs-copilot ask --conversations`")),
    }
}

/// Keeps what was asked in words and what answered it.
pub(super) async fn keep(context: &Context, request: RunRequest, result: &PlannerResult) -> anyhow::Result<()> {
    let RunRequest { run_id, customer_id, customer_name, follows, .. } = request;
    let today = context.backend.today();
    let mut conversation = follows.unwrap_or_else(|| Conversation::new(run_id, customer_id, customer_name, today));
    conversation.take(result, today);
    context.agent.remember(conversation).await.context("the conversation cannot be kept")
}

/// Lists them, the last one first.
pub(super) async fn list(context: &Context) -> anyhow::Result<ExitCode> {
    let all = context.agent.conversations().await.context(UNREADABLE)?;
    if all.is_empty() {
        print("There is no conversation yet. Ask about a customer, and go on with --continue.\n")?;
    }
    let width = all.iter().map(|conversation| conversation.id.as_str().len()).max().unwrap_or_default();
    for Conversation { id, name, on, turns, .. } in &all {
        let questions = words::count(turns.len() as u64, "question");
        let last = turns.last().map(|turn| turn.asked.as_str()).unwrap_or_default();
        print(&format!("{:<width$}  {on}  {name}  {questions}, the last: {last}\n", id.as_str()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Forgets one.
pub(super) async fn delete(context: &Context, id: &str) -> anyhow::Result<ExitCode> {
    let is_gone = match id.parse() {
        Ok(id) => context.agent.forget(&id).await.context("the conversations cannot be changed")?,
        Err(_) => false,
    };
    if !is_gone {
        return refused(&format!("There is no conversation {id}. See `cs-copilot ask --conversations`."));
    }
    print(&format!("Forgot the conversation {id}.\n"))?;
    Ok(ExitCode::SUCCESS)
}
