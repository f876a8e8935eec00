//! The screen's state machine, pure: no terminal, no clock, no I/O.
//!
//! `update(&mut Model, Message, now)` changes the model and answers with [`Effect`]s, which somebody else carries out.
//! `now` is the time since the program's start.

mod allowed;
mod ask;
mod batch;
mod book;
mod confirm;
mod effect;
mod evals;
mod find;
mod freshness;
pub mod keys;
mod marks;
mod message;
mod model;
mod mouse;
mod out;
mod palette;
mod remembered;
mod rows;
mod runs;
mod sendings;
mod setting;
mod sheet;
mod shown;
mod sign_in;
mod today;
mod topic;
mod undo;
mod update;
mod view;
mod wake;

pub use allowed::allowed;
pub use ask::{Asking, Choice, Report};
pub use batch::{Batch, Progress};
pub use book::{Book, BookState};
pub use confirm::{Confirm, Confirmed};
pub use effect::Effect;
pub use evals::{Evals, Loaded, Opened};
pub use find::Find;
pub use freshness::{Check, Outdated};
pub use marks::Marks;
pub use message::{Action, CopyOutcome, CopyWhat, Message, Viewport};
pub use model::{Identified, Model, Origin, Pane, Settings, ThemeName, Toast};
pub use mouse::{Mouse, MouseDid, Spot, SpotIs};
pub use out::Outgoing;
pub use palette::{Entry, Leads, Palette};
pub use remembered::Remembered;
pub use rows::{Call, CallState, Row, Turn, TurnState};
pub use runs::{Answer, Asked, Question, Run, RunStatus, Runs};
pub use sendings::{Sending, SendingState, Sendings};
pub use setting::Setting;
pub use sheet::{About, NotEdited, Noting, Sheet, Since};
pub use sign_in::{AttemptId, SignIn, SignInEvent, SignInStep};
pub use today::{Lens, Today};
pub use topic::{Tab, Topic};
pub use update::update;
pub use view::{Mode, Snooze, View};
