//! What goes beyond one run: a question about the book that the rules do not understand, put to the model for a query, and
//! the conversations that are kept.

use std::io;

use chrono::NaiveDate;
use contracts::{Line, OwnerId, RunId, planner::ModelUsage, query::Query};

use super::{
    Agent,
    llm::{
        NoAnswer,
        query::{Asked, NoQuery},
    },
};
use crate::{
    chat::{self, Preview},
    conversations::Conversation,
};

impl Agent {
    /// The query that the model makes of a question about the book, and what that took.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn query(&self, question: &Line, today: NaiveDate) -> (Result<Query, NoQuery>, Option<ModelUsage>) {
        let ready = async {
            let model = self.model.as_ref().ok_or(chat::NoAnswer::NotConfigured)?;
            let identity = self.backend.identity().await.map_err(|_| NoAnswer::NoTools)?;
            Ok::<_, NoAnswer>(model.ready(identity.owner, self.backend.today()).await?)
        };
        match ready.await {
            Ok(ready) => {
                let (query, usage) = self.asked(question, today).query(&ready).await;
                (query, Some(usage))
            }
            Err(why) => (Err(why.into()), None),
        }
    }

    /// What would be sent to the model first for such a question; none where no model is configured.
    pub fn query_preview(&self, question: &Line, today: NaiveDate) -> Option<Preview> {
        self.model.as_ref().map(|model| self.asked(question, today).preview(model))
    }

    /// Keeps a conversation of whoever is asking.
    ///
    /// # Errors
    /// Nobody knows who that is, or it cannot be written.
    pub async fn remember(&self, conversation: Conversation) -> io::Result<()> {
        let Some(kept) = &self.conversations else { return Ok(()) };
        kept.keep(&self.owner().await?, conversation, self.backend.today())
    }

    /// The conversations of whoever is asking, the one that was gone on with last first.
    ///
    /// # Errors
    /// Nobody knows who that is, or they cannot be read.
    pub async fn conversations(&self) -> io::Result<Vec<Conversation>> {
        let Some(kept) = &self.conversations else { return Ok(Vec::new()) };
        kept.of(&self.owner().await?)
    }

    /// Forgets a conversation of whoever is asking. Whether there was one of this id.
    ///
    /// # Errors
    /// Nobody knows who that is, or it cannot be written.
    pub async fn forget(&self, id: &RunId) -> io::Result<bool> {
        let Some(kept) = &self.conversations else { return Ok(false) };
        kept.delete(&self.owner().await?, id)
    }

    async fn owner(&self) -> io::Result<OwnerId> {
        Ok(self.backend.identity().await.map_err(io::Error::other)?.owner)
    }

    fn asked<'a>(&'a self, question: &'a Line, today: NaiveDate) -> Asked<'a> {
        Asked { question, today, company: self.company.as_deref() }
    }
}
