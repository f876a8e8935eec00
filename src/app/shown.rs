//! Which answer is on the screen, and what became of it.

use contracts::{CustomerId, planner::PlannerResult};

use super::{Model, Run, RunStatus, Tab, Topic};
use crate::conversations::Conversation;

impl Model {
    /// The conversation about this customer that a question goes on with: the one whose answer is on the screen.
    pub fn followed(&self, customer: &CustomerId) -> Option<&Conversation> {
        let is_shown = self.place().is_some_and(|(shown, topic)| shown == customer && *topic == Topic::Ask);
        self.conversations.get(customer).filter(|_| is_shown)
    }

    /// The customer and topic on the screen; none while that has an answer about the whole book.
    pub fn place(&self) -> Option<(&CustomerId, &Topic)> {
        let customer = &self.selected().filter(|_| self.report.is_none())?.id;
        Some((customer, self.shown.get(customer)?))
    }

    /// The run on the screen.
    pub fn run(&self) -> Option<&Run> {
        let (customer, topic) = self.place()?;
        self.runs.get(customer, topic)
    }

    /// The answer on the screen.
    pub fn result(&self) -> Option<&PlannerResult> {
        self.run()?.answer.as_ref().map(|answer| &*answer.result)
    }

    /// The answer that is shown for a customer, whoever is on the screen.
    pub(super) fn shown_answer(&self, customer: &CustomerId) -> Option<&PlannerResult> {
        let run = self.runs.get(customer, self.shown.get(customer)?)?;
        run.answer.as_ref().map(|answer| &*answer.result)
    }

    /// The view on the screen: the wanted one, or the topic's own where the answer has nothing for that.
    pub fn tab(&self) -> Option<Tab> {
        let (_, topic) = self.place()?;
        let result = self.result()?;
        let candidates = [self.wanted_tab, self.first_tab(topic), Tab::Summary];
        candidates.into_iter().find(|tab| tab.has_content(result))
    }

    /// The view that answers to the topic open with.
    pub(super) fn first_tab(&self, topic: &Topic) -> Tab {
        Tab::of(match topic {
            Topic::Task(task) => self.tasks.get(task).map(|task| &**task),
            Topic::Ask => None,
        })
    }

    /// Whether a run for the customer has ended that the user has not seen yet.
    pub fn has_news(&self, customer: &CustomerId) -> bool {
        let is_news = |run: &Run| !run.seen && !matches!(run.status, RunStatus::Running | RunStatus::Cancelled);
        self.runs.of(customer).any(is_news)
    }

    /// Notes that the answer on the screen has left the program, with what the user wrote in it.
    pub(super) fn took_out(&mut self) {
        if let Some(customer) = self.place().map(|(customer, _)| customer.clone()) {
            self.took_out_of(&customer);
        }
    }

    /// The same of the answer that is shown for a customer.
    pub(super) fn took_out_of(&mut self, customer: &CustomerId) {
        let run = self.shown.get(customer).and_then(|topic| self.runs.get_mut(customer, topic));
        if let Some(answer) = run.and_then(|run| run.answer.as_mut()) {
            answer.is_edited = false;
        }
    }
}
