//! Conversations: questions about one customer that follow up on each other. They are kept in one private file of this
//! machine, each owner's apart, and hold no value of a fact: what is asked again is read again.

use std::{collections::BTreeMap, io, path::Path};

use chrono::{Days, NaiveDate};
use contracts::{
    CustomerId, Line, OwnerId, RunId,
    block::By,
    planner::{ModelUsage, PlannerResult},
};
use serde::{Deserialize, Serialize};

use crate::kept::Kept;

/// The most conversations of one owner; those that rest longest are forgotten first.
const MOST: usize = 50;
/// For how many days one is kept that nobody goes on with.
const SHELF_LIFE: Days = Days::new(90);
/// The most questions of one; the first are forgotten first.
const LONGEST: usize = 20;
/// The most lines of a model that are kept of an answer.
const LINES: usize = 12;
/// How many questions a model gets to read again.
const SENT: usize = 3;

/// Questions about one customer, and what answered them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    /// Its id: that of its first run.
    pub id: RunId,
    /// The customer.
    pub customer: CustomerId,
    /// The customer's name.
    pub name: Line,
    /// The day (UTC) of the last question.
    pub on: NaiveDate,
    /// The questions, oldest first.
    pub turns: Vec<Turn>,
    /// Tokens that models read for it.
    pub input_tokens: u64,
    /// Tokens that models wrote for it.
    pub output_tokens: u64,
}

/// A question and what answered it, without values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// What was asked.
    pub asked: Line,
    /// The statements that answered it, by their ids.
    pub cited: Vec<Line>,
    /// The model's own lines.
    pub said: Vec<Line>,
}

impl Conversation {
    /// One without a question yet.
    pub fn new(id: RunId, customer: CustomerId, name: Line, on: NaiveDate) -> Self {
        Self { id, customer, name, on, turns: Vec::new(), input_tokens: 0, output_tokens: 0 }
    }

    /// Takes the answer to its newest question; an answer to no question is none of it.
    pub fn take(&mut self, result: &PlannerResult, today: NaiveDate) {
        let Some(asked) = result.question.clone() else { return };
        let blocks = result.blocks.iter();
        let cited = blocks.clone().filter_map(|block| block.cites.clone()).collect();
        let lines = blocks.filter(|block| block.by == By::Model).map(|block| Line::new(block.text.as_str()));
        let advice = result.actions.iter().filter(|action| action.by == By::Model).map(|action| action.text.clone());
        self.turns.push(Turn { asked, cited, said: lines.chain(advice).take(LINES).collect() });
        self.turns.drain(..self.turns.len().saturating_sub(LONGEST));
        if let Some(ModelUsage { input_tokens, output_tokens, .. }) = &result.usage {
            self.input_tokens += input_tokens;
            self.output_tokens += output_tokens;
        }
        self.on = today;
    }

    /// The questions that a model gets to read again, oldest first.
    pub fn last(&self) -> &[Turn] {
        &self.turns[self.turns.len().saturating_sub(SENT)..]
    }
}

/// The conversations of this machine's users.
#[derive(Debug, Clone)]
pub struct Conversations(Kept);

/// Every owner's, the one that was gone on with last first.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Owners(BTreeMap<OwnerId, Vec<Conversation>>);

impl Conversations {
    /// Those in this directory of data. Nothing is opened yet.
    pub fn within(data: &Path) -> Self {
        Self(Kept::new(&data.join("conversations"), "conversations"))
    }

    /// An owner's, the one that was gone on with last first.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn of(&self, owner: &OwnerId) -> io::Result<Vec<Conversation>> {
        let Owners(mut owners) = self.0.read()?;
        Ok(owners.remove(owner).unwrap_or_default())
    }

    /// Keeps a conversation in the place of what was kept of it, and forgets those that have rested for long.
    ///
    /// # Errors
    /// They cannot be read or written.
    pub fn keep(&self, owner: &OwnerId, conversation: Conversation, today: NaiveDate) -> io::Result<()> {
        self.0.change(|Owners(owners)| {
            let kept = owners.entry(owner.clone()).or_default();
            kept.retain(|other| other.id != conversation.id);
            kept.insert(0, conversation);
            kept.truncate(MOST);
            let is_fresh =
                |kept: &Conversation| today.checked_sub_days(SHELF_LIFE).is_none_or(|first| kept.on >= first);
            owners.values_mut().for_each(|kept| kept.retain(is_fresh));
            owners.retain(|_, kept| !kept.is_empty());
        })
    }

    /// Forgets an owner's conversation. Whether there was one of this id.
    ///
    /// # Errors
    /// They cannot be read or written.
    pub fn delete(&self, owner: &OwnerId, id: &RunId) -> io::Result<bool> {
        self.0.change(|Owners(owners)| {
            let Some(kept) = owners.get_mut(owner) else { return false };
            let before = kept.len();
            kept.retain(|kept| kept.id != *id);
            kept.len() < before
        })
    }
}
