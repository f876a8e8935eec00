//! What is kept of a model's answer. The rules' answer stands where the model's has no ground.

use std::iter;

use contracts::{
    Line, Text,
    planner::{Action, Decision, Evidence, PlanSource, PlannerResult},
    tools::{EmailDraft, QbrOutline, QbrSection, ToolName},
};

use super::answer::{ModelAction, ModelAnswer, ModelDecision, ModelEmail};
use crate::{
    agent::guardrails::grounding::{Known, Reason, Removed, Topic, check},
    words,
};

/// The longest that a part may be, in characters; what comes after is left out.
const MAX_LINE: usize = 300;
const MAX_BODY: usize = 4_000;
/// The longest figure that a note repeats.
const MAX_FIGURE: usize = 24;
/// The most items that a list may have.
const MAX_SECTIONS: usize = 8;
const MAX_POINTS: usize = 8;
/// Under so many lines an email has no core, and under so many sections an outline has none.
const FEWEST_LINES: usize = 3;
const FEWEST_SECTIONS: usize = 2;

/// The model's answer in the place of the rules' own, part by part, as far as the data carries it. What was left out is
/// told in `notes`. Health, facts, tools and timing stay as the rules have them.
pub fn accept(answer: ModelAnswer, rules: PlannerResult, known: &Known) -> PlannerResult {
    let mut desk = Desk { removed: Vec::new(), cut: Vec::new(), fallen: Vec::new() };
    let outward = known.for_the_customer();
    let summary = desk.summary(&answer.summary, known);
    let actions = desk.actions(answer.actions, known);
    let drafts = |tool| rules.used_tools.iter().any(|used| used.name == tool);
    // A task gets the parts that its own tools write, and no others.
    let draft = answer.email_draft.filter(|_| drafts(ToolName::GenerateEmail));
    let email = draft.and_then(|draft| desk.email(&draft, &outward));
    let outline = answer.qbr_outline.filter(|_| drafts(ToolName::GenerateQbrOutline));
    let outline = outline.and_then(|outline| desk.outline(&outline, &outward));
    let kept = summary.is_some() || actions.is_some() || email.is_some() || outline.is_some();
    let of_actions = actions.iter().flatten().flat_map(|action| [action.text.as_str(), action.because.as_str()]);
    let inward = summary.iter().map(Text::as_str).chain(of_actions);
    let of_email = email.iter().flat_map(|draft| [draft.subject.as_str(), draft.body.as_str()]);
    let outward_texts = of_email.chain(outline.iter().flat_map(lines));
    let evidence = evidence(inward.map(|text| (text, known)).chain(outward_texts.map(|text| (text, &outward))));
    let decision_log = decisions(rules.decision_log, answer.decision_log, known);
    let mut notes = rules.notes;
    notes.extend(desk.notes());
    PlannerResult {
        summary: summary.or(rules.summary),
        actions: actions.unwrap_or(rules.actions),
        email_draft: match (email, rules.email_draft) {
            (Some(EmailDraft { subject, body, .. }), Some(rules)) => Some(EmailDraft { subject, body, ..rules }),
            (email, rules) => email.or(rules),
        },
        qbr_outline: outline.or(rules.qbr_outline),
        evidence,
        decision_log,
        notes,
        plan_source: if kept { PlanSource::Llm } else { PlanSource::Deterministic },
        plan_hint: if kept { None } else { Some(Line::new("Nothing that the model wrote is carried by the data.")) },
        ..rules
    }
}

/// What comes up while an answer is gone through.
struct Desk {
    removed: Vec<Removed>,
    /// The parts that were too long.
    cut: Vec<&'static str>,
    /// The parts that the rules write after all.
    fallen: Vec<&'static str>,
}

impl Desk {
    /// What passes of a text; what does not is kept in mind.
    fn passes(&mut self, text: &str, known: &Known) -> Option<String> {
        let checked = check(text, known);
        self.removed.extend(checked.removed);
        (!checked.text.is_empty()).then_some(checked.text)
    }

    /// A line passes whole or not at all.
    fn line(&mut self, line: &Line, known: &Known) -> Option<Line> {
        let before = self.removed.len();
        let text = self.passes(limited(line.as_str(), MAX_LINE)?, known)?;
        (self.removed.len() == before).then(|| Line::new(&text))
    }

    fn summary(&mut self, summary: &Text, known: &Known) -> Option<Text> {
        let text = self.cut("summary", summary, PlannerResult::MAX_SUMMARY);
        let kept = self.passes(text, known).map(|text| Text::new(&text));
        self.fell(kept.is_none(), "summary");
        kept
    }

    /// The actions whose cause has a figure of the data, most urgent first.
    fn actions(&mut self, proposed: Vec<ModelAction>, known: &Known) -> Option<Vec<Action>> {
        let were_any = !proposed.is_empty();
        let mut actions: Vec<Action> = Vec::new();
        for ModelAction { text, urgency, because } in proposed.into_iter().take(2 * PlannerResult::MAX_ACTIONS) {
            let carried = !check(because.as_str(), known).evidence.is_empty();
            let (Some(text), Some(because)) = (self.line(&text, known), self.line(&because, known)) else { continue };
            if carried && actions.iter().all(|action| action.text != text) {
                actions.push(Action { text, urgency, because });
            }
        }
        actions.sort_by_key(|action| action.urgency);
        actions.truncate(PlannerResult::MAX_ACTIONS);
        self.fell(actions.is_empty() && were_any, "actions");
        (!actions.is_empty()).then_some(actions)
    }

    fn email(&mut self, draft: &ModelEmail, known: &Known) -> Option<EmailDraft> {
        let mut kept = || {
            let subject = self.line(&draft.subject, known)?;
            let body = self.cut("email", &draft.body, MAX_BODY);
            let body = self.passes(body, known)?;
            let written = body.lines().filter(|line| !line.is_empty()).count();
            (written >= FEWEST_LINES).then(|| EmailDraft { subject, body: Text::new(&body), ..EmailDraft::default() })
        };
        let kept = kept();
        self.fell(kept.is_none(), "email");
        kept
    }

    fn outline(&mut self, outline: &QbrOutline, known: &Known) -> Option<QbrOutline> {
        let mut kept = || {
            let title = self.line(&outline.title, known)?;
            let sections: Vec<_> =
                outline.sections.iter().take(MAX_SECTIONS).filter_map(|section| self.section(section, known)).collect();
            (sections.len() >= FEWEST_SECTIONS).then_some(QbrOutline { title, sections })
        };
        let kept = kept();
        self.fell(kept.is_none(), "outline");
        kept
    }

    fn section(&mut self, section: &QbrSection, known: &Known) -> Option<QbrSection> {
        let title = self.line(&section.title, known)?;
        let points = section.talking_points.iter().take(MAX_POINTS);
        let talking_points: Vec<_> = points.filter_map(|point| self.line(point, known)).collect();
        (!talking_points.is_empty()).then_some(QbrSection { title, talking_points })
    }

    /// The text up to where it gets too long.
    fn cut<'a>(&mut self, part: &'static str, text: &'a Text, longest: usize) -> &'a str {
        let kept = cut(text.as_str(), longest);
        if kept.len() < text.as_str().len() {
            self.cut.push(part);
        }
        kept
    }

    fn fell(&mut self, fell: bool, part: &'static str) {
        if fell {
            self.fallen.push(part);
        }
    }

    /// What was left out, and what the rules wrote in its place.
    fn notes(&self) -> Vec<Line> {
        let mut notes = Vec::new();
        if !self.removed.is_empty() {
            let sentences = words::count(self.removed.len() as u64, "sentence");
            let verb = if self.removed.len() == 1 { "was" } else { "were" };
            notes.push(Line::new(&format!("{sentences} of the model {verb} left out: {}.", self.reasons().join("; "))));
        }
        if !self.cut.is_empty() {
            let parts = words::list(&self.cut);
            notes.push(Line::new(&format!("The model's {parts} went on for too long; the end is left out.")));
        }
        if !self.fallen.is_empty() {
            let parts = words::list(&self.fallen);
            notes.push(Line::new(&format!(
                "Too little of the model's {parts} was carried by the data; the rules' own stand there."
            )));
        }
        notes
    }

    fn reasons(&self) -> Vec<String> {
        let mut figures: Vec<&str> = Vec::new();
        for removed in &self.removed {
            if let Reason::Figure(figure) = &removed.reason {
                let figure = limited(figure, MAX_FIGURE).unwrap_or("a code");
                if !figures.contains(&figure) {
                    figures.push(figure);
                }
            }
        }
        let more = figures.len().saturating_sub(3);
        figures.truncate(3);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let verb = if figures.len() == 1 { "is" } else { "are" };
        let unknown = (!figures.is_empty()).then(|| match more.as_str() {
            "" => format!("{} {verb} not in the data", words::list(&figures)),
            more => format!("{}{more} are not in the data", figures.join(", ")),
        });
        // The name itself may be what somebody wanted to see here.
        let named = self.removed.iter().any(|removed| matches!(removed.reason, Reason::Name(_)));
        let named = named.then(|| "a name that is not in the data".to_owned());
        let any = |reason: Reason, text: &str| {
            self.removed.iter().any(|removed| removed.reason == reason).then(|| text.to_owned())
        };
        let wrong = Topic::ALL.into_iter().filter_map(|topic| any(Reason::Wrong(topic), topic.wrong()));
        let others = [
            any(Reason::Link, "a link or an address"),
            any(Reason::Secret, "a secret or an address of a person"),
            any(Reason::OtherCustomer, "another customer or company"),
            any(Reason::Internal, "a score or a risk, which the customer would read"),
        ];
        unknown.into_iter().chain(wrong).chain(named).chain(others.into_iter().flatten()).collect()
    }
}

/// The rules' reasons, with the model's in their place where it gave a good one.
fn decisions(rules: Vec<Decision>, model: Vec<ModelDecision>, known: &Known) -> Vec<Decision> {
    let own = |decision: Decision| {
        let said = model.iter().find(|said| said.tool == decision.tool);
        let reason = said.and_then(|said| limited(said.reason.as_str(), MAX_LINE)).map(|reason| check(reason, known));
        match reason.filter(|reason| reason.removed.is_empty() && !reason.text.is_empty()) {
            Some(reason) => Decision { reason: Line::new(&reason.text), ..decision },
            None => decision,
        }
    };
    rules.into_iter().map(own).collect()
}

/// What the figures of these texts rest on, each once.
fn evidence<'a>(kept: impl Iterator<Item = (&'a str, &'a Known)>) -> Vec<Evidence> {
    let mut found: Vec<Evidence> = Vec::new();
    for piece in kept.flat_map(|(text, known)| check(text, known).evidence) {
        if !found.contains(&piece) {
            found.push(piece);
        }
    }
    found
}

/// The lines of an outline.
fn lines(outline: &QbrOutline) -> impl Iterator<Item = &str> {
    let sections = outline.sections.iter();
    let of_sections = sections.flat_map(|section| iter::once(&section.title).chain(&section.talking_points));
    iter::once(&outline.title).chain(of_sections).map(Line::as_str)
}

/// The text, where it is short enough.
fn limited(text: &str, longest: usize) -> Option<&str> {
    (text.chars().count() <= longest).then_some(text)
}

/// The text up to the last line or sentence that fits.
pub(super) fn cut(text: &str, longest: usize) -> &str {
    let Some((at, _)) = text.char_indices().nth(longest) else { return text };
    let fits = &text[..at];
    let ends = ["\n", ". ", "! ", "? ", "。"].into_iter().filter_map(|end| fits.rfind(end).map(|at| at + end.len()));
    &fits[..ends.max().unwrap_or_default()]
}
