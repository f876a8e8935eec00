//! The field's words, and what each of them means.

use std::{collections::HashMap, sync::LazyLock};

use chrono::NaiveDate;
use contracts::{facts::Trend, health::Risk, planner::Task};

use super::{
    numbers::{self, Number},
    words::Word,
};
use crate::agent::book::{Column, Period, Side};

/// Which task a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lean {
    /// None.
    No,
    /// It is of use to this task; any word that names one counts more.
    Hints(Task),
    /// It names the task.
    Names(Task),
}

/// What a word says beyond the task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// Nothing: it is read and passed over.
    Plain,
    /// What follows modifies what was before: `before`, `about`.
    Preposition,
    /// `by`, in front of a figure to rank by, or a date.
    By,
    /// To write to somebody.
    Write,
    /// Several customers.
    Customers,
    /// Some customer.
    Customer,
    /// Renewals, which are several customers'.
    Renewals,
    /// `who`.
    Who,
    /// `which`.
    Which,
    Compare,
    Count,
    Total,
    /// A figure.
    Figure(Column),
    /// At high or medium risk.
    AtRisk,
    /// A level of risk, or of another figure.
    Level(Risk),
    /// Which way usage moves.
    Moves(Trend),
    /// The most or the least of what follows; the figure, where nothing follows.
    Degree(bool, Option<Column>),
    /// `top`, `first`.
    Top,
    Bound(Side),
    /// `or more`, behind the number.
    Tail(Side),
    Between,
    Without,
    /// What follows does not hold.
    Not,
    Next,
    This,
    /// `within`, `in the next`.
    Within,
    /// `in`: a time may follow.
    In,
    Before,
    After,
    Soon,
    Overdue,
    Unit(Period),
    /// So many days from the day on.
    Day(u32),
    Month(u32),
    Quarter(u32),
    Number(Number),
    Date(NaiveDate),
    And,
}

/// A word or several that mean one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    /// The first word.
    pub start: usize,
    /// The word behind the last.
    pub end: usize,
    /// What it means; none where that is not known.
    pub meaning: Option<Meaning>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    pub lean: Lean,
    pub sense: Sense,
}

use self::{
    Lean::{Hints, Names, No},
    Sense::{Degree, Figure, Plain, Preposition},
};

/// The words of a row mean the same; a hyphen joins words that mean it together.
#[rustfmt::skip]
const TABLE: &[(&str, Lean, Sense)] = &[
    ("healthy", Names(Task::Health), Sense::Level(Risk::Low)), ("unhealthy", Names(Task::Health), Sense::Level(Risk::High)),
    ("health healthcheck healthiness wellbeing", Names(Task::Health), Figure(Column::Score)),
    ("score scores scoring health-score rating", Names(Task::Health), Figure(Column::Score)),
    ("renewal renew renewing renewed renews extension extend contract contracts expire expires expiring expiry", Names(Task::Renewal), Figure(Column::Renewal)),
    ("renewal-date renewal-dates contract-end end-date up-for-renewal due-for-renewal due", Names(Task::Renewal), Figure(Column::Renewal)),
    ("renewals", Names(Task::Renewal), Sense::Renewals),
    ("qbr qbrs business-review business-reviews quarterly-review quarterly-business-review ebr executive-review deck slides outline agenda", Names(Task::Qbr), Plain),
    ("churn churning attrition leave leaving leaves lose losing quit quitting cancel cancelling cancellation defect retention retain", Names(Task::Churn), Figure(Column::Risk)),
    ("risk risks risky riskiest churn-risk risk-level danger endangered unhappy", Names(Task::Churn), Figure(Column::Risk)),
    ("at-risk in-danger in-trouble", Names(Task::Churn), Sense::AtRisk),
    ("email emails mail mails message letter note check-in checkin check-ins touch-base reach-out reaching-out follow-up followup outreach reply", Names(Task::Email), Plain),
    ("write draft compose send drafting writing", No, Sense::Write),
    ("usage adoption activity login logins use uses using active engagement engaged usage-trend trend trends trending", Hints(Task::Health), Figure(Column::Trend)),
    ("ticket tickets open-ticket open-tickets support-ticket support-tickets case cases escalation escalations", Hints(Task::Health), Figure(Column::OpenTickets)),
    ("issue issues problem problems bug bugs outage outages incident incidents complaint complaints support", Hints(Task::Health), Plain),
    ("arr revenue spend spending pay pays paying worth value mrr recurring-revenue annual-revenue money deal-size", Hints(Task::Renewal), Figure(Column::Arr)),
    ("seats plan licence license licences licenses pricing price negotiate negotiation upsell expansion auto-renew", Hints(Task::Renewal), Plain),
    ("worry worried worrying concern concerns concerned focus prepare preparing prep ready call meeting meet talk summary summarise summarize status state doing going happening update overview brief briefing bring-up look news story know expect attention priority priorities standing stand performing performance situation picture things wrong why improve action actions next-step next-steps", Hints(Task::Health), Plain),
    ("happy satisfied content glad pleased dissatisfied unsatisfied frustrated angry upset annoyed happiness satisfaction sentiment", Hints(Task::Health), Plain),
    ("coming-up come-up comes-up", No, Plain),
    ("customers accounts clients companies logos book portfolio everyone everybody anyone anybody nobody ones organisations organizations", No, Sense::Customers),
    ("customer account client company", No, Sense::Customer),
    ("who whose", No, Sense::Who),
    ("which", No, Sense::Which),
    ("compare comparing comparison versus vs difference side-by-side", No, Sense::Compare),
    ("how-many number-of count amount-of", No, Sense::Count),
    ("total sum combined altogether how-much overall", No, Sense::Total),
    ("highest-risk most-at-risk most-likely-to-churn most-likely-to-leave likeliest-to-churn", Names(Task::Churn), Degree(true, Some(Column::Risk))),
    ("most highest greatest maximum", No, Degree(true, None)),
    ("least lowest fewest minimum bottom", No, Degree(false, None)),
    ("worst weakest unhealthiest sickest", No, Degree(true, Some(Column::Risk))),
    ("best strongest healthiest happiest", No, Degree(true, Some(Column::Score))),
    ("biggest largest richest", No, Degree(true, Some(Column::Arr))),
    ("smallest", No, Degree(false, Some(Column::Arr))),
    ("soonest earliest nearest", No, Degree(false, Some(Column::Renewal))),
    ("top first", No, Sense::Top),
    ("high red critical", No, Sense::Level(Risk::High)),
    ("medium moderate yellow amber", No, Sense::Level(Risk::Medium)),
    ("low green", No, Sense::Level(Risk::Low)),
    ("unknown unclear", No, Sense::Level(Risk::Unknown)),
    ("up rising growing increasing", No, Sense::Moves(Trend::Up)),
    ("down falling declining dropping decreasing shrinking sinking fall drop decline", Hints(Task::Health), Sense::Moves(Trend::Down)),
    ("flat stable steady stagnating", No, Sense::Moves(Trend::Flat)),
    ("over above more-than greater-than larger-than exceeding bigger-than", No, Sense::Bound(Side::Over)),
    ("under below less-than fewer-than smaller-than lower-than", No, Sense::Bound(Side::Under)),
    ("at-least minimum-of", No, Sense::Bound(Side::AtLeast)),
    ("at-most up-to maximum-of", No, Sense::Bound(Side::AtMost)),
    ("or-more or-higher or-above and-more and-above", No, Sense::Tail(Side::AtLeast)),
    ("or-less or-fewer or-lower or-below", No, Sense::Tail(Side::AtMost)),
    ("between", No, Sense::Between),
    ("without no missing lacking", No, Sense::Without),
    ("not isn't aren't haven't hasn't don't doesn't except excluding", No, Sense::Not),
    ("next coming upcoming following", No, Sense::Next),
    ("this current", No, Sense::This),
    ("within in-the-next over-the-next in-the-coming during-the-next", No, Sense::Within),
    ("in during", No, Sense::In),
    ("before until till ahead-of prior-to", No, Sense::Before),
    ("after since from", No, Sense::After),
    ("soon shortly", No, Sense::Soon),
    ("overdue past-due lapsed expired late haven't-renewed hasn't-renewed have-not-renewed has-not-renewed not-renewed", Names(Task::Renewal), Sense::Overdue),
    ("day days", No, Sense::Unit(Period::Day)), ("week weeks", No, Sense::Unit(Period::Week)),
    ("month months", No, Sense::Unit(Period::Month)), ("quarter quarters", No, Sense::Unit(Period::Quarter)),
    ("year years", No, Sense::Unit(Period::Year)),
    ("today tonight", No, Sense::Day(0)), ("tomorrow", No, Sense::Day(1)),
    ("january jan", No, Sense::Month(1)), ("february feb", No, Sense::Month(2)), ("march", No, Sense::Month(3)),
    ("april apr", No, Sense::Month(4)), ("may", No, Sense::Month(5)), ("june jun", No, Sense::Month(6)),
    ("july jul", No, Sense::Month(7)), ("august aug", No, Sense::Month(8)), ("september sep", No, Sense::Month(9)),
    ("october oct", No, Sense::Month(10)), ("november nov", No, Sense::Month(11)), ("december dec", No, Sense::Month(12)),
    ("q1", No, Sense::Quarter(1)), ("q2", No, Sense::Quarter(2)), ("q3", No, Sense::Quarter(3)), ("q4", No, Sense::Quarter(4)),
    ("for about at of with on to into regarding concerning re around against because despite", No, Preposition),
    ("by", No, Sense::By),
    ("and or plus but then than", No, Sense::And),
    ("a an the any some every each all whole entire my our your their his her its it they them he she we us i me you im i'm we're they're that these those there here", No, Plain),
    ("is are was were be been being am do does did has have had having will would shall should can could might must may won't can't let lets gonna going-to want wants need needs like likely", No, Plain),
    ("what when where how please pls hey hi hello thanks thank kindly just quick quickly really actually currently now right again also too so if as very much many lot bit still yet ever", No, Plain),
    ("show list give get make create generate build produce tell find see view pull run check review reviews analyse analyze assess rank ranked sort sorted order ordered help explain describe read work working", No, Plain),
    ("report analysis view page document data date dates term terms time times level levels one two-line short long new old full nice good bad great better worse something anything everything last past ago latest yesterday monday tuesday wednesday thursday friday saturday sunday morning afternoon weekend end start out off through via per open sentence line lines point points text table copy version", No, Plain),
    ("team manager csm cfo ceo cto vp sponsor champion stakeholder stakeholders contact contacts person people user users colleague colleagues", No, Plain),
];

static WORDS: LazyLock<HashMap<&'static str, Meaning>> = LazyLock::new(|| {
    let rows = TABLE.iter().rev();
    rows.flat_map(|&(words, lean, sense)| words.split(' ').map(move |word| (word, Meaning { lean, sense }))).collect()
});

/// So many words mean something together at most.
const LONGEST: usize = 4;

/// Legal forms of companies, which tell no company from another. Those of several words come first.
const LEGAL_FORMS: &[&[&str]] = &[
    &["株", "式", "会", "社"],
    &["有", "限", "会", "社"],
    &["有", "限", "公", "司"],
    &["s", "a"],
    &["s", "p", "a"],
    &["b", "v"],
];
const LEGAL_WORDS: &str = " ltd limited inc incorporated corp corporation co company llc llp lp plc gmbh mbh ag kg kgaa \
                           ug ohg se sa sas sarl srl spa bv nv ab as asa aps oy oyj pty pvt kk pte sro doo ooo ";
/// Words that many companies have in their names, so that one of them alone names none.
const COMPANY_WORDS: &str = " group holding holdings care industries enterprises partners services solutions systems \
                             technologies technology software labs media capital foods global international brothers \
                             and und ";

/// Whether the word is known, so that it names nobody by itself.
pub(super) fn is_common(word: &str) -> bool {
    meaning(word).is_some() || is_listed(COMPANY_WORDS, word) || is_legal(word)
}

/// How many words of a legal form `words` begin with.
pub(super) fn legal_form(words: &[String]) -> usize {
    let is_start = |form: &&&[&str]| words.len() >= form.len() && form.iter().zip(words).all(|(a, b)| a == b);
    let several = LEGAL_FORMS.iter().find(is_start).map(|form| form.len());
    several.unwrap_or_else(|| usize::from(words.first().is_some_and(|word| is_legal(word))))
}

fn is_legal(word: &str) -> bool {
    is_listed(LEGAL_WORDS, word)
}

fn is_listed(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

/// Reads the words outside of `taken` places.
pub(super) fn read(words: &[Word<'_>], taken: impl Fn(usize) -> bool) -> Vec<Reading> {
    let mut readings = Vec::new();
    let mut start = 0;
    while start < words.len() {
        if taken(start) {
            start += 1;
            continue;
        }
        let free = (start..words.len()).find(|&i| taken(i)).unwrap_or(words.len());
        let (meaning, length) = first_meaning(&words[start..free]);
        readings.push(Reading { start, end: start + length, meaning });
        start += length;
    }
    readings
}

/// What the first words mean, the longest first.
fn first_meaning(words: &[Word<'_>]) -> (Option<Meaning>, usize) {
    let said = |sense| Some(Meaning { lean: No, sense });
    if let Some(date) = numbers::date(words) {
        return (said(Sense::Date(date)), 3);
    }
    if let Some((number, length)) = numbers::number(words) {
        return (said(Sense::Number(number)), length);
    }
    let joined = |length: usize| {
        let words: Vec<_> = words[..length].iter().map(|word| word.folded.as_str()).collect();
        WORDS.get(words.join("-").as_str()).copied()
    };
    let several = (2..=LONGEST.min(words.len())).rev().find_map(|length| Some((Some(joined(length)?), length)));
    several.unwrap_or_else(|| {
        let word = &words[0].folded;
        (meaning(word).or_else(|| if is_legal(word) { said(Plain) } else { mistyped(word) }), 1)
    })
}

fn meaning(word: &str) -> Option<Meaning> {
    let known = |word: &str| WORDS.get(word).copied();
    let stems = || {
        let endings = [("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e")];
        endings.into_iter().find_map(|(ending, instead)| {
            let stem = word.strip_suffix(ending).filter(|stem| stem.len() > 2)?;
            known(&format!("{stem}{instead}"))
        })
    };
    known(word).or_else(stems)
}

/// A word of the field with one letter wrong.
fn mistyped(word: &str) -> Option<Meaning> {
    if word.len() < 5 || !word.is_ascii() {
        return None;
    }
    let is_field = |meaning: &Meaning| meaning.lean != No || meaning.sense == Sense::Customers;
    let near = |known: &&str| {
        known.len() > 4
            && known.as_bytes()[0] == word.as_bytes()[0]
            && known.len().abs_diff(word.len()) < 2
            && strsim::osa_distance(known, word) == 1
    };
    // The table's order decides between two that are as near, so that the same is read every time.
    let known = TABLE.iter().filter(|row| is_field(&Meaning { lean: row.1, sense: row.2 }));
    known.flat_map(|row| row.0.split(' ')).find(near).and_then(|known| WORDS.get(known).copied())
}
