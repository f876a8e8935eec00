//! The rules for a line that a model wrote. They do not find out whether it is true: it is shown as the model's. They see
//! to it that no figure of the data is in it, and nothing that must not go out.

use std::sync::LazyLock;

use contracts::{CustomerId, Line};
use regex::Regex;

use super::{
    numbers::has_large_number,
    outward::{Names, SETTLED, asks_for_what_thieves_want, fold, has_link, is_internal, plain, reading},
    ticket_ids::TicketIds,
};
use crate::{pattern::pattern, redaction::is_clean};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What is said of the customer, to the house.
    Say,
    /// What is to be done. It may have counts, shares, durations and days: they are proposed and say nothing of the data.
    Do,
    /// What the customer reads.
    ToCustomer,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Fault {
    /// It is longer than [`MAX_LINE`].
    #[error("a line that is too long")]
    TooLong,
    /// A secret, an e-mail address or a phone number.
    #[error("a secret or an address of a person")]
    Secret,
    /// A link or the address of a machine.
    #[error("a link or an address")]
    Link,
    /// Another customer or company.
    #[error("another customer or company")]
    OtherCustomer,
    /// A digit of any script, or a percent sign.
    #[error("a digit or a share")]
    Digit,
    /// A number from ten up in words.
    #[error("a number in words")]
    Number,
    /// An amount of money.
    #[error("a currency")]
    Currency,
    /// The id of a ticket; in what is to be done, of one that is not the customer's.
    #[error("the id of a ticket")]
    Ticket,
    /// The customer would read it, and it has a word that stays in the house.
    #[error("a word that stays in the house")]
    Internal,
    /// The customer would read it, and it speaks of passwords, bank data, payments or attachments.
    #[error("a request for passwords, bank data, payments or attachments")]
    Request,
}

/// What a line may not have, and how that is found in its reading.
type Rule = (Fault, fn(&Lines, &str) -> bool);

/// The longest line, in characters.
pub const MAX_LINE: usize = 400;

static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[%٪‰‱]|\b(?:percent(?:age)?|per cent|pct|prozent|pour ?cent|por ?ciento|por cento|per cento|procent)\b",
    )
});

static CURRENCY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\p{Sc}|\b(?:USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|INR|CNY|RMB|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|SGD|HKD|ZAR|KRW|",
        r"ILS|TRY|AED|SAR|THB)\b|",
        r"(?i:\b(?:dollars?|euros?|pounds? sterling|yen|francs?|franken|bucks|rupees?|yuan|d[oó]lar(?:es)?|",
        r"quid|cents?|pence|pesos?|rou?bles?|kron(?:a|or|er|e)|z[lł]oty\w*|liras?|reais|dirhams?|riyals?|shekels?|forints?)\b)",
    ))
});

/// What lines of one answer are checked against.
#[derive(Debug, Clone)]
pub struct Lines {
    names: Names,
    tickets: TicketIds,
    /// The customer's own name, which may have digits and dots.
    own: Option<Regex>,
}

/// What an answer is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The customer.
    pub id: &'a CustomerId,
    /// Its name.
    pub name: &'a Line,
    /// What was asked: names of the question may be repeated.
    pub question: Option<&'a Line>,
    /// The names of the other customers of the book, none of which may be spoken of.
    pub others: &'a [Line],
}

impl Lines {
    /// The rules for lines about this subject, which has these tickets.
    pub fn new<'a>(subject: Subject<'_>, tickets: impl Iterator<Item = &'a Line>) -> Self {
        let question = subject.question.map(|question| reading(question.as_str())).unwrap_or_default();
        let others = subject.others.iter().map(|other| reading(other.as_str()));
        let own = reading(subject.name.as_str());
        let names = Names::new(&own, others, &question);
        Self { names, tickets: TicketIds::new(tickets), own: named(&own) }
    }

    /// The line without Markdown, where nothing is wrong with it; empty where there was nothing to begin with.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self, text: &str, kind: Kind) -> Result<Line, Fault> {
        let line = Line::new(&plain(text));
        if line.as_str().chars().count() > MAX_LINE {
            return Err(Fault::TooLong);
        }
        self.may_go_out(line.as_str(), kind == Kind::ToCustomer)?;
        let rules: &[Rule] = match kind {
            Kind::Do => &[NO_CURRENCY, NO_FOREIGN_TICKET],
            Kind::Say => &[NO_DIGIT, NO_NUMBER, NO_CURRENCY, NO_TICKET],
            Kind::ToCustomer => &[NO_DIGIT, NO_NUMBER, NO_CURRENCY, NO_TICKET, NO_REQUEST],
        };
        // The reading of a numeral may be letters: `Ⅻ`.
        if kind != Kind::Do && self.without_own_name(line.as_str()).contains(char::is_numeric) {
            return Err(Fault::Digit);
        }
        self.keeps(rules, line.as_str()).map(|()| line)
    }

    /// What holds for every line, whoever wrote it.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn may_go_out(&self, line: &str, to_the_customer: bool) -> Result<(), Fault> {
        // What was written may be a secret in one spelling alone.
        if !is_clean(line) {
            return Err(Fault::Secret);
        }
        self.keeps(&[NO_SECRET, NO_LINK, NO_OTHER_CUSTOMER], line)?;
        if to_the_customer { self.keeps(&[NO_INTERNAL], line) } else { Ok(()) }
    }

    fn keeps(&self, rules: &[Rule], line: &str) -> Result<(), Fault> {
        let read = self.without_own_name(&reading(line));
        rules.iter().find(|(_, has)| has(self, &read)).map_or(Ok(()), |(fault, _)| Err(*fault))
    }

    fn without_own_name(&self, read: &str) -> String {
        let settled = SETTLED.to_string();
        self.own.as_ref().map_or_else(|| read.to_owned(), |own| own.replace_all(read, settled.as_str()).into_owned())
    }
}

const NO_SECRET: Rule = (Fault::Secret, |_, read| !is_clean(read) || !is_clean(&fold(read)));
const NO_LINK: Rule = (Fault::Link, |_, read| has_link(read));
const NO_OTHER_CUSTOMER: Rule = (Fault::OtherCustomer, |lines, read| lines.names.has_foreign(read));
const NO_DIGIT: Rule = (Fault::Digit, |_, read| read.contains(char::is_numeric) || SHARE.is_match(read));
const NO_NUMBER: Rule = (Fault::Number, |_, read| has_large_number(read));
const NO_CURRENCY: Rule = (Fault::Currency, |_, read| CURRENCY.is_match(read));
const NO_TICKET: Rule = (Fault::Ticket, |lines, read| lines.tickets.is_named(read));
const NO_FOREIGN_TICKET: Rule = (Fault::Ticket, |lines, read| lines.tickets.foreign(read));
const NO_INTERNAL: Rule = (Fault::Internal, |_, read| is_internal(read));
const NO_REQUEST: Rule = (Fault::Request, |_, read| asks_for_what_thieves_want(read));

/// Finds a name as a whole, in whatever case. What has no capital may be a part of any sentence: `9 days`.
fn named(name: &str) -> Option<Regex> {
    let name = name.trim();
    name.contains(char::is_uppercase).then(|| pattern(&format!(r"(?i)(?:\b|^){}(?:\b|$)", regex::escape(name))))
}
