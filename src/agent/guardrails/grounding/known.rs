//! All that a text may rest on.

use std::{collections::HashSet, sync::LazyLock};

use contracts::{
    Line,
    occasion::{About, Hold},
    reading::Reading,
    tools::{EmailDraft, ToolName, ToolOutput},
};
use regex::{Captures, Regex};

use super::{
    super::{data, pattern},
    Subject,
    claims::Standing,
    derive::Facts,
    figures::{Claim, Figure, Unit, Whole, counts_on, figures, is_figure, is_more_than_figures},
    names::Names,
    proper::Proper,
    reading::{SETTLED, reading},
    sentences::sentences,
};

/// All that a text may rest on. Figures in free texts of the data (titles of tickets, names, plans) and in the question
/// carry nothing: who wrote them is not known, and what is asked is not said.
#[derive(Debug, Clone)]
pub struct Known {
    facts: Facts,
    /// Ids in small letters, each with what it is.
    ids: Vec<(String, String)>,
    /// Free texts of the data, which may be quoted word for word.
    quotable: HashSet<String>,
    /// The customer's own name.
    own: Option<Regex>,
    pub(super) names: Names,
    pub(super) standing: Standing,
    pub(super) proper: Proper,
    metric: Vec<String>,
    /// Terms with digits of their own, and what is read in their place: a metric first, in brackets
    /// or after its number, a plan beside `plan`.
    terms: Vec<(Regex, String)>,
    /// Whether the customer reads it.
    outward: bool,
}

static QUOTED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"[“„«「"]([^“”„«»「」"]{1,400})[”“»」"]|[‘‚]([^‘’‚]{1,400})[’‘]|'([^']{1,400})'"#));
static TOKEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"#?[\p{L}\p{N}][\p{L}\p{N}_#-]*"));
static ID_SHAPE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^#?[A-Za-z0-9][A-Za-z0-9_#-]{0,39}$"));
/// Few words, the first with a capital: a name and no sentence.
static PLAN_SHAPE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\p{Lu}[\w+-]*(?: [\p{Lu}0-9][\w+.-]*){0,2}$"));
static CALLED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(?:#|\b(?:tickets?|cases?|issues?|incidents?|id)(?:\s(?:no\.?|number))?)\s*#?\z"));

/// Words of a metric that name nothing.
const SMALL: [&str; 14] = ["an", "and", "at", "by", "each", "for", "from", "in", "of", "on", "or", "per", "the", "to"];

impl Known {
    /// Gathers what the tools answered about the subject.
    pub fn new(subject: Subject<'_>, outputs: &[ToolOutput]) -> Self {
        let question = subject.question.map(|question| reading(question.as_str())).unwrap_or_default();
        let name = reading(subject.name.as_str());
        let others = subject.others.iter().map(Line::as_str);
        let mut known = Self {
            facts: Facts::of(outputs, subject.as_of),
            ids: Vec::new(),
            quotable: HashSet::new(),
            own: whole_name(&name),
            names: Names::new(&name, others, &question),
            standing: Standing::of(&name, outputs, subject.as_of),
            proper: Proper::new(&[&name, subject.id.as_str(), &question], outputs),
            metric: Vec::new(),
            terms: Vec::new(),
            outward: false,
        };
        known.id(subject.id.as_str(), || "the customer's id".to_owned());
        for output in outputs {
            known.free_texts(output);
        }
        for output in outputs {
            match output {
                ToolOutput::Email(draft) => known.letter(draft),
                ToolOutput::Contract(report) => known.statements(&report.facts),
                _ => {}
            }
        }
        known
    }

    /// Ids and free texts of an answer.
    fn free_texts(&mut self, output: &ToolOutput) {
        match output {
            ToolOutput::Usage(report) => {
                let metric = reading(report.metric.as_str());
                let words = metric.to_lowercase();
                let words = words.split([' ', '/']).filter(|word| word.len() > 1 && !SMALL.contains(word));
                self.metric = words.map(str::to_owned).collect();
                self.term(&metric, |metric| format!("(?i)(^|\\(|[0-9] ){metric}"), "${1}usage".to_owned());
                self.quote(&report.metric);
            }
            ToolOutput::Tickets(report) => {
                for ticket in &report.recent {
                    self.id(ticket.id.as_str(), || format!("{}: ticket {}", ToolName::GetRecentTickets, ticket.id));
                    ticket.subject.iter().for_each(|subject| self.quote(subject));
                }
            }
            ToolOutput::Contract(report) => {
                if let Some(plan) = &report.plan {
                    self.quote(plan);
                    let name = reading(plan.as_str());
                    if PLAN_SHAPE.is_match(&name) {
                        let called = |name| format!(r"\b{name}( (?i:plan|contract|tier|subscription|edition)\b)");
                        self.term(&name, called, format!("{SETTLED}${{1}}"));
                        self.term(&name, |name| format!(r"(\b[Pp]lan ){name}\b"), format!("${{1}}{SETTLED}"));
                    }
                }
            }
            ToolOutput::Health(report) => {
                self.id(report.model.as_str(), || format!("{}: model {}", ToolName::CalculateHealth, report.model));
            }
            ToolOutput::Email(draft) => {
                self.quote(&draft.subject);
                draft.occasion.iter().filter_map(|occasion| occasion.about.ticket()).for_each(|line| self.quote(line));
            }
            _ => {}
        }
    }

    /// A term that is read in another way, where it has digits.
    fn term(&mut self, term: &str, pattern: impl Fn(String) -> String, read: String) {
        if term.bytes().any(|byte| byte.is_ascii_digit()) && is_more_than_figures(term) {
            self.terms.extend(Regex::new(&pattern(regex::escape(term))).map(|pattern| (pattern, read)));
        }
    }

    fn id(&mut self, id: &str, basis: impl Fn() -> String) {
        if ID_SHAPE.is_match(id) && id.bytes().any(|byte| byte.is_ascii_digit()) {
            self.ids.push((id.to_lowercase(), basis()));
        }
    }

    fn quote(&mut self, text: &Line) {
        let texts = [quotation(text.as_str()), quotation(&data::limited(text.as_str()))];
        self.quotable.extend(texts.into_iter().filter(|text| is_more_than_figures(text)));
    }

    /// The day that an email of the tools promises, and its figures, where tickets and contract are not read themselves.
    /// Only the first sentence of a paragraph counts: after that a ticket's title may stand, and after the greeting the
    /// contact's name.
    fn letter(&mut self, draft: &EmailDraft) {
        let tool = ToolName::GenerateEmail;
        if let Some(occasion) = &draft.occasion {
            occasion.next_on.iter().for_each(|day| self.facts.day(tool, *day, "promised for"));
            occasion.hold.iter().filter_map(Hold::day).for_each(|day| self.facts.day(tool, day, "held for"));
            if let About::Renewal { date, .. } | About::AutomaticRenewal { date, .. } = occasion.about {
                self.facts.renewal(tool, date);
            }
        }
        for paragraph in draft.body.as_str().split("\n\n").skip(1) {
            let paragraph = reading(paragraph);
            let first = sentences(&paragraph).first().copied().unwrap_or_default().trim_end();
            let renewal = first.starts_with("Your contract ");
            if !renewal && !first.starts_with("You have ") {
                continue;
            }
            for figure in figures(first, &self.metric) {
                match figure.claim {
                    Claim::Amount { number, unit, .. } => {
                        let unit = if let Unit::Time { days, .. } = unit { Unit::Time { days, renewal } } else { unit };
                        self.facts.amount(tool, unit, number.value, &figure.text);
                    }
                    Claim::Day(days) => days.into_iter().for_each(|day| match renewal {
                        true => self.facts.renewal(tool, day),
                        false => self.facts.day(tool, day, "as of"),
                    }),
                    _ => {}
                }
            }
        }
    }

    /// Days that only the statements of facts have, such as the last one before the revenue changed.
    fn statements(&mut self, readings: &[Reading]) {
        for says in readings.iter().filter_map(|reading| reading.says.as_ref()) {
            for figure in figures(&reading(says.about.as_str()), &self.metric) {
                if let Claim::Day(days) = figure.claim {
                    days.into_iter().for_each(|day| self.facts.day(ToolName::GetContractInfo, day, "said of"));
                }
            }
        }
    }

    /// The same for a text that the customer reads: scores and their points carry nothing there, and no word of it is
    /// one that stays in the house.
    pub fn for_the_customer(&self) -> Self {
        let mut known = Self { outward: true, ..self.clone() };
        known
            .facts
            .amounts
            .retain(|amount| !matches!(amount.unit, Unit::Score | Unit::Points | Unit::Percent(Whole::Weight)));
        known
    }

    pub(super) fn is_outward(&self) -> bool {
        self.outward
    }

    /// What a figure rests on; `None` where nothing carries it.
    pub(super) fn basis(&self, figure: &Figure) -> Option<&str> {
        self.facts.support(figure)
    }

    /// The figures of a sentence whose own names, ids and quotations are settled.
    pub(super) fn figures(&self, settled: &str) -> Vec<Figure> {
        let read = self
            .terms
            .iter()
            .fold(settled.to_owned(), |text, (term, read)| term.replace_all(&text, read.as_str()).into_owned());
        figures(&read, &self.metric)
    }

    /// The text without the customer's own name.
    pub fn without_own_name(&self, text: &str) -> String {
        let settled = SETTLED.to_string();
        self.own.as_ref().map_or_else(|| text.to_owned(), |own| own.replace_all(text, settled.as_str()).into_owned())
    }

    /// The text without word-for-word quotations.
    pub(super) fn unquoted(&self, text: &str) -> String {
        let unquoted = QUOTED.replace_all(text, |found: &Captures<'_>| {
            let inner = found.iter().skip(1).flatten().next().map_or("", |inner| inner.as_str());
            if self.quotable.contains(&quotation(inner)) { SETTLED.to_string() } else { found[0].to_owned() }
        });
        unquoted.into_owned()
    }

    /// The text without word-for-word quotations and known ids; tells of each id that it finds.
    pub(super) fn settle(&self, text: &str, mut tell: impl FnMut(&str, &str)) -> String {
        let unquoted = self.unquoted(text);
        let settled = TOKEN.replace_all(&unquoted, |found: &Captures<'_>| {
            let token = &found[0];
            let (from, to) = found.get(0).map_or((0, 0), |token| (token.start(), token.end()));
            let lower = token.to_lowercase();
            // `90`, or `5m`, is an id only where it is called one, and counts nothing.
            let called = token.starts_with('#') || CALLED.is_match(&unquoted[..from]);
            let named = if called { !counts_on(&unquoted[to..], &self.metric) } else { !is_figure(&lower) };
            let same = |id: &str| id == lower || id == lower.trim_start_matches('#');
            match self.ids.iter().find(|(id, _)| named && same(id)) {
                Some((_, basis)) => {
                    tell(token, basis);
                    SETTLED.to_string()
                }
                None => token.to_owned(),
            }
        });
        settled.into_owned()
    }
}

/// The name as a pattern; none for a name that could be a figure, such as `9 days`.
fn whole_name(name: &str) -> Option<Regex> {
    let harmless = name.chars().any(char::is_alphabetic)
        && is_more_than_figures(name)
        && !name.contains("://")
        && !name.contains(['/', '@']);
    let edge = |c: Option<char>| if c.is_some_and(char::is_alphanumeric) { r"\b" } else { "" };
    let (start, end) = (edge(name.chars().next()), edge(name.chars().last()));
    let pattern = format!("(?i){start}{}{end}", regex::escape(name));
    if harmless { Regex::new(&pattern).ok() } else { None }
}

/// A quotation in the form that is compared.
fn quotation(text: &str) -> String {
    let text = reading(text).to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(['.', ',', '!', '?', ';']).to_owned()
}
