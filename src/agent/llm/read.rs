//! Reads an answer of the model at the desk: statements become lines of the program's, lines of the model's pass its rules
//! or go.

use std::collections::HashSet;

use contracts::{
    Line,
    block::{Block, By, Place},
    planner::{Action, PlannerResult, Urgency},
};
use domain::{statements::Statement, words::sentence};

use super::{
    answer::{Letter, ModelAnswer, OutlinePoint, Point, Proposal, Section},
    desk::{Desk, NoDay},
};
use crate::agent::guardrails::lines::{self, Kind};

/// The most that an answer may have.
const MAX_POINTS: usize = 12;
const MAX_CITES: usize = 4;
const MAX_OUTLINE: usize = 20;
/// The longest id that is repeated to the model.
const MAX_ID: usize = 40;

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// It has something that a line may not have.
    #[error("{0}")]
    Line(#[from] lines::Fault),
    /// It names a statement that there is not.
    #[error("a statement that there is not")]
    UnknownId(String),
    /// The customer would read it, and the statement stays in the house.
    #[error("a statement that stays in the house")]
    NotForTheCustomer(String),
    /// Somebody who is neither a role nor a contact of the data.
    #[error("somebody who is not in the data")]
    Who,
    /// A due day that is none.
    #[error("{0}")]
    Due(#[from] NoDay),
    /// Something to do that nothing is named for.
    #[error("an action without a cause")]
    NoCause,
}

/// A line that was taken out, and where the answer had it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Where, such as `points[2].say`.
    pub at: String,
    /// Why.
    pub fault: Fault,
}

/// What is left of an answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// The lines of the summary.
    pub summary: Vec<Block>,
    /// What to do, most urgent first.
    pub actions: Vec<Action>,
    /// The paragraphs of the email between greeting and closing.
    pub email: Vec<Block>,
    /// The lines of the outline, section by section.
    pub outline: Vec<Block>,
    /// The ids of all statements that it names, in their order, each once.
    pub named: Vec<String>,
    /// How many lines of its own the model wrote.
    pub written: u32,
    /// How many ids it named.
    pub cited: u32,
    /// What was taken out.
    pub removed: Vec<Removed>,
}

/// Reads an answer.
pub fn read(answer: &ModelAnswer, desk: &Desk) -> Read {
    let mut reader = Reader { desk, read: Read::default() };
    reader.points(&answer.points);
    reader.actions(&answer.actions);
    answer.email.iter().for_each(|letter| reader.email(letter));
    answer.outline.iter().for_each(|points| reader.outline(points));
    reader.read
}

/// The lines of these points, for an answer that is still being written.
pub fn points(points: &[Point], desk: &Desk) -> Vec<Block> {
    let mut reader = Reader { desk, read: Read::default() };
    reader.points(points);
    reader.read.summary
}

struct Reader<'a> {
    desk: &'a Desk,
    read: Read,
}

impl<'a> Reader<'a> {
    fn points(&mut self, points: &[Point]) {
        let mut said = HashSet::new();
        for (place, point) in points.iter().take(MAX_POINTS).enumerate() {
            let at = format!("points[{place}]");
            let cited = self.cited(&point.cite, &at);
            // What it says of statements that there are not is about nothing.
            let is_about_nothing = cited.is_empty() && !point.cite.is_empty();
            let say = self.line(point.say.as_ref(), Kind::Say, &format!("{at}.say"));
            let fresh = cited.into_iter().filter(|statement| said.insert(&statement.id));
            let lines = fresh.map(|statement| stated(Place::Summary, statement, &statement.about));
            self.read.summary.extend(lines);
            let say = say.filter(|_| !is_about_nothing).map(|say| Block::model(Place::Summary, say.as_str()));
            self.read.summary.extend(say);
        }
    }

    fn actions(&mut self, proposals: &[Proposal]) {
        for (place, proposal) in proposals.iter().take(2 * PlannerResult::MAX_ACTIONS).enumerate() {
            let at = format!("actions[{place}]");
            if let Some(action) = self.action(proposal, &at)
                && self.read.actions.iter().all(|known| known.text != action.text)
            {
                self.read.actions.push(action);
            }
        }
        self.read.actions.sort_by_key(|action| action.urgency);
        self.read.actions.truncate(PlannerResult::MAX_ACTIONS);
    }

    fn action(&mut self, proposal: &Proposal, at: &str) -> Option<Action> {
        let causes = self.cited(&proposal.because, at);
        let named = self.with_ticket_ids(&proposal.r#do);
        let text = self.line(Some(&named), Kind::Do, &format!("{at}.do"))?;
        if causes.is_empty() {
            if proposal.because.is_empty() {
                self.remove(at, Fault::NoCause);
            }
            return None;
        }
        let who = proposal.who.clone().filter(|who| !who.is_empty());
        if who.as_ref().is_some_and(|who| !self.desk.knows(who)) {
            self.remove(&format!("{at}.who"), Fault::Who);
            return None;
        }
        let due = match proposal.due.as_deref().filter(|due| !due.trim().is_empty()).map(|due| self.desk.due(due)) {
            Some(Err(why)) => {
                self.remove(&format!("{at}.due"), why.into());
                return None;
            }
            Some(Ok(day)) => Some(day),
            None => None,
        };
        let days = due.map(|day| day.signed_duration_since(self.desk.as_of).num_days());
        let because: Vec<_> = causes.iter().map(|cause| cause.about.as_str()).collect();
        Some(Action {
            text,
            by: By::Model,
            urgency: urgency(days),
            who,
            due,
            owner: None,
            minutes: None,
            because: Line::new(&because.join("; ")),
        })
    }

    fn email(&mut self, letter: &Letter) {
        let cited = self.for_the_customer(&letter.cite, "email");
        let opening = self.line(letter.opening.as_ref(), Kind::ToCustomer, "email.opening");
        let ask = self.line(letter.ask.as_ref(), Kind::ToCustomer, "email.ask");
        let own = |line: Line| Block::model(Place::Email, line.as_str());
        self.read.email.extend(opening.map(own));
        let said: Vec<_> = cited.iter().map(|(_, to)| sentence(to.as_str())).collect();
        let ids: Vec<_> = cited.iter().map(|(statement, _)| statement.id.as_str()).collect();
        if !said.is_empty() {
            self.read.email.push(Block::program(Place::Email, &said.join(" ")).citing(&ids.join(", ")));
        }
        self.read.email.extend(ask.map(own));
    }

    fn outline(&mut self, points: &[OutlinePoint]) {
        for section in Section::ALL {
            let title = Line::new(section.title());
            for (place, point) in points.iter().take(MAX_OUTLINE).enumerate() {
                if point.section != section {
                    continue;
                }
                let at = format!("outline[{place}]");
                let cited = self.for_the_customer(&point.cite, &at);
                let is_about_nothing = cited.is_empty() && !point.cite.is_empty();
                let say = self.line(point.say.as_ref(), Kind::ToCustomer, &format!("{at}.say"));
                let lines =
                    cited.iter().map(|(statement, to)| stated(Place::Outline, statement, to).in_section(&title));
                self.read.outline.extend(lines);
                let say = say.filter(|_| !is_about_nothing).map(|say| Block::model(Place::Outline, say.as_str()));
                self.read.outline.extend(say.map(|block| block.in_section(&title)));
            }
        }
    }

    /// The statements of these ids.
    fn cited(&mut self, ids: &[String], at: &str) -> Vec<&'a Statement> {
        let mut cited: Vec<&Statement> = Vec::new();
        for id in ids.iter().take(MAX_CITES) {
            self.read.cited += 1;
            match self.desk.statements.get(id.trim()) {
                Some(statement) if cited.contains(&statement) => {}
                Some(statement) => {
                    if !self.read.named.contains(&statement.id) {
                        self.read.named.push(statement.id.clone());
                    }
                    cited.push(statement);
                }
                None => self.remove(at, Fault::UnknownId(id.chars().take(MAX_ID).collect())),
            }
        }
        cited
    }

    /// The statements of these ids with what they say to the customer.
    fn for_the_customer(&mut self, ids: &[String], at: &str) -> Vec<(&'a Statement, &'a Line)> {
        let cited = self.cited(ids, at);
        let mut said = Vec::new();
        for statement in cited {
            match &statement.to {
                Some(to) => said.push((statement, to)),
                None => self.remove(at, Fault::NotForTheCustomer(statement.id.clone())),
            }
        }
        said
    }

    /// A line of the model's own, where it passes.
    fn line(&mut self, line: Option<&Line>, kind: Kind, at: &str) -> Option<Line> {
        let line = line.filter(|line| !line.is_empty())?;
        self.read.written += 1;
        match self.desk.lines.check(line.as_str(), kind) {
            Ok(line) => Some(line).filter(|line| !line.is_empty()),
            Err(fault) => {
                self.remove(at, fault.into());
                None
            }
        }
    }

    /// The line with `t1` as the help desk's own id.
    fn with_ticket_ids(&self, line: &Line) -> Line {
        let named = line.as_str().split_inclusive(|c: char| !c.is_alphanumeric()).map(|piece| {
            let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            let label = self.desk.statements.get(word).filter(|_| word.starts_with('t')).map(|ticket| &ticket.label);
            match label.and_then(|label| label.as_str().strip_prefix("Ticket ")) {
                Some(id) => format!("{id}{}", &piece[word.len()..]),
                None => piece.to_owned(),
            }
        });
        Line::new(&named.collect::<String>())
    }

    fn remove(&mut self, at: &str, fault: Fault) {
        self.read.removed.push(Removed { at: at.to_owned(), fault });
    }
}

fn stated(place: Place, statement: &Statement, clause: &Line) -> Block {
    Block::program(place, &sentence(clause.as_str())).citing(&statement.id)
}

/// How soon something is to be done that is due in so many days.
fn urgency(days: Option<i64>) -> Urgency {
    match days {
        Some(..=1) => Urgency::Today,
        Some(2..=7) | None => Urgency::ThisWeek,
        Some(8..=31) => Urgency::ThisMonth,
        Some(32..) => Urgency::ThisQuarter,
    }
}
