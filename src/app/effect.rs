use std::{path::PathBuf, sync::Arc};

use chrono::NaiveDate;
use contracts::{
    CustomerId, EvalId, ItemId, Line, RunId,
    activity::Activity,
    attention::{Item, NewState},
    reading::FactId,
};

use domain::{portfolio::By, tasks::Task};

use super::{AttemptId, CopyWhat};
use crate::conversations::Conversation;
use crate::{
    agent::{RunRequest, page::Wanted},
    send::Prepared,
};

/// Something to be done outside of the state machine.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask who is calling, and read the whole book and what deserves attention in it.
    LoadBook {
        /// The day (UTC) to count from; the server's today when absent.
        as_of: Option<NaiveDate>,
        /// Which facts the rows are to hold.
        facts: Vec<FactId>,
    },
    /// Keep what becomes of an item.
    SetItem {
        /// Which item.
        item: ItemId,
        /// What becomes of it.
        new: NewState,
        /// The item as it was, to be shown again where that cannot be kept.
        before: Box<Item>,
    },
    /// Find out which book would be read now.
    CheckBook,
    /// Find out whether there is a language model to ask.
    FindModel,
    /// Ask the language model at this place of the settings from now on, and find out whether it can be asked.
    UseModel(usize),
    /// Start a run; its events come back tagged with its id.
    StartRun(RunRequest),
    /// Have the language model make a query of a question about the book, as of a day (UTC).
    AskQuery(Line, NaiveDate),
    /// Keep a conversation on this machine.
    KeepConversation(Box<Conversation>),
    /// Stop a run and its calls.
    CancelRun(RunId),
    /// Read the list of evaluations.
    LoadEvals,
    /// Read the results of an evaluation, without their steps.
    LoadEvalResults(EvalId),
    /// Read a customer's results in an evaluation, with their steps.
    LoadEvalSteps {
        /// The evaluation.
        eval: EvalId,
        /// The customer.
        customer: CustomerId,
    },
    /// Read what happened with a customer.
    LoadTimeline {
        /// The customer.
        customer: CustomerId,
        /// The day (UTC) to count from; the server's today when absent.
        as_of: Option<NaiveDate>,
    },
    /// Read what changed.
    LoadChanges {
        /// The customer; the whole book when absent.
        customer: Option<CustomerId>,
        /// The earlier day (UTC).
        since: NaiveDate,
        /// The later day (UTC); the server's today when absent.
        as_of: Option<NaiveDate>,
    },
    /// Read what a task over the book says.
    LoadTask {
        /// The task.
        task: Arc<Task>,
        /// Which customers it is of.
        wanted: Box<Wanted>,
    },
    /// Confirm that the language model may be given the file of this task.
    TrustTask(Arc<Task>),
    /// Read what the book comes to.
    LoadPortfolio {
        /// What its customers are put into groups by.
        by: Option<By>,
        /// The day (UTC) to count from; the server's today when absent.
        as_of: Option<NaiveDate>,
    },
    /// Count a visit of the book's owner.
    CountVisit,
    /// Keep what was done with a customer.
    KeepActivity(Activity),
    /// Take back what was noted.
    RemoveActivity(Activity),
    /// Have a text edited in the user's own editor.
    Edit(String),
    /// Find out how the path that is typed may go on.
    CompletePath(String),
    /// Have the file or folder of this path imported, in front of the user, who has the terminal meanwhile.
    Import(String),
    /// Put text on the clipboard.
    Copy {
        /// What it is, for the message.
        what: CopyWhat,
        /// The text.
        text: String,
    },
    /// Write an answer into a folder.
    Write {
        /// The file.
        prepared: Prepared,
        /// The folder.
        folder: PathBuf,
    },
    /// Open an email in the mail program.
    OpenMail {
        /// What is prepared by it.
        prepared: Prepared,
        /// The email as an address (RFC 6068).
        address: String,
    },
    /// Start to sign in; what it comes to is tagged with the attempt.
    SignIn(AttemptId),
    /// Keep the tokens that this attempt was granted.
    KeepSignIn(AttemptId),
    /// Give the attempt under way up, and drop whatever it was granted.
    CancelSignIn,
    /// Tell the user, who looks elsewhere, that something has ended.
    Notify(String),
    /// Have the terminal tell of the mouse, or not any more.
    Mouse(bool),
    /// Draw once more: what was looked for is elsewhere.
    Draw,
    /// Draw everything again.
    Repaint,
    /// Give the terminal back to the shell until the program is continued.
    Suspend,
    /// Leave.
    Quit,
}
