//! What the answer to a task must say, as far as there is something to say.

use contracts::{
    TaskId,
    block::{Block, Place},
};
use domain::statements::{State, Statement};

use crate::agent::{Written, llm::read::Read};

/// One thing that must be said: any of these facts, in this part of the answer. A fact ends in a full stop where all facts
/// of its part will do.
type Need = (Place, &'static [&'static str]);

const SCORE: Need = (Place::Summary, &["health.score", "health.risk", "health."]);
const USAGE: Need = (Place::Summary, &["usage."]);
const RENEWAL: Need =
    (Place::Summary, &["contract.renewal_date", "contract.days_to_renewal", "contract.renewal_quarter"]);
const STAKE: Need = (Place::Summary, &["contract.arr", "contract.arr_change", "contract.seats", "contract.plan"]);
const TICKETS: Need = (Place::Summary, &["tickets.", "t"]);

/// What is needed of each task. A user's own tasks need nothing that is known here.
const NEEDS: [(TaskId, &[Need]); 5] = [
    (TaskId::HEALTH, &[SCORE, USAGE, TICKETS]),
    (TaskId::RENEWAL, &[RENEWAL, STAKE, (Place::Email, &["contract."])]),
    (TaskId::QBR, &[(Place::Outline, &["usage."]), (Place::Outline, &["contract.", "tickets.", "t"])]),
    (TaskId::CHURN, &[SCORE, USAGE]),
    (TaskId::EMAIL, &[(Place::Email, &["usage.", "tickets.", "t", "contract."])]),
];

fn needs(task: &TaskId) -> &'static [Need] {
    NEEDS.iter().find(|(named, _)| named == task).map_or(&[], |(_, needs)| needs)
}

/// How many things the task must say that there are, and how many of them the answer says.
pub(super) fn carried(task: &TaskId, written: &Written, read: &Read) -> (u32, u32) {
    let statements = &written.desk.statements;
    let is_there = |need: &&Need| {
        let may_be = |statement: &Statement| need.0 == Place::Summary || statement.to.is_some();
        statements.iter().any(|one| one.state == State::Known && may_be(one) && is_any(&one.id, need.1))
    };
    let needed: Vec<_> = needs(task).iter().filter(is_there).collect();
    let is_said = |need: &&&Need| match need.0 {
        Place::Summary => read.named.iter().any(|id| is_any(id, need.1)),
        Place::Email => cites(&read.email).any(|id| is_any(id, need.1)),
        Place::Outline => cites(&read.outline).any(|id| is_any(id, need.1)),
    };
    (needed.len() as u32, needed.iter().filter(is_said).count() as u32)
}

fn cites(blocks: &[Block]) -> impl Iterator<Item = &str> {
    blocks.iter().filter_map(|block| block.cites.as_ref()).flat_map(|ids| ids.as_str().split(", "))
}

fn is_any(id: &str, wanted: &[&str]) -> bool {
    wanted.iter().any(|wanted| match *wanted {
        "t" => id.strip_prefix('t').is_some_and(|place| place.parse::<u32>().is_ok()),
        part if part.ends_with('.') => id.starts_with(part),
        whole => id == whole || id.strip_prefix(whole).is_some_and(|rest| rest.starts_with('@')),
    })
}
