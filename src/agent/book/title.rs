//! What was understood of a question, in words.

use chrono::NaiveDate;
use contracts::{Line, facts::Money, facts::Trend, health::Risk};

use super::{Column, Filter, Listing, Rank, Side, Wanted, Window};
use crate::words;

/// `The first 5 customers at high risk renewing from 2027-01-01 to 2027-03-31, by ARR, highest first`.
pub(super) fn title(listing: &Listing, order: Rank, as_of: NaiveDate) -> Line {
    let mut text = match (listing.wanted, listing.limit) {
        (Wanted::Count, _) => "How many customers".to_owned(),
        (Wanted::TotalArr, limit) => format!("Total ARR of {}", whose(limit)),
        (Wanted::Figure(measure, of), limit) => format!("{} of {}", measure.heading(of), whose(limit)),
        (Wanted::Customers, Some(1)) => "The first customer".to_owned(),
        (Wanted::Customers, Some(limit)) => format!("The first {limit} customers"),
        (Wanted::Customers, None) => "Customers".to_owned(),
    };
    let mut filters = listing.filters.as_slice();
    while let Some((filter, rest)) = filters.split_first() {
        let (clause, rest) = match (filter, rest) {
            (Filter::Arr(Side::AtLeast, low, currency), [Filter::Arr(Side::AtMost, high, same), rest @ ..])
                if currency == same =>
            {
                (format!("with an ARR from {} to {}", amount(*low, currency), amount(*high, currency)), rest)
            }
            _ => (clause(filter, as_of), rest),
        };
        text.push(' ');
        text.push_str(&clause);
        filters = rest;
    }
    let is_cut = listing.wanted != Wanted::Count && listing.limit.is_some();
    if listing.wanted == Wanted::Customers || is_cut {
        text.push_str(&format!(", {}", order_words(order)));
    }
    Line::new(&text)
}

fn whose(limit: Option<usize>) -> String {
    match limit {
        Some(1) => "the first customer".to_owned(),
        Some(limit) => format!("the first {limit} customers"),
        None => "customers".to_owned(),
    }
}

fn order_words(rank: Rank) -> &'static str {
    match (rank.by, rank.descending) {
        (Column::Risk, true) => "by risk, highest first",
        (Column::Risk, false) => "by risk, lowest first",
        (Column::Score, true) => "by score, highest first",
        (Column::Score, false) => "by score, lowest first",
        (Column::Trend, true) => "by usage, rising first",
        (Column::Trend, false) => "by usage, falling first",
        (Column::Arr, true) => "by ARR, highest first",
        (Column::Arr, false) => "by ARR, lowest first",
        (Column::Renewal | Column::RenewalDate, true) => "by renewal, latest first",
        (Column::Renewal | Column::RenewalDate, false) => "by renewal, next first",
        (Column::OpenTickets, true) => "by open tickets, most first",
        (Column::OpenTickets, false) => "by open tickets, fewest first",
    }
}

fn clause(filter: &Filter, as_of: NaiveDate) -> String {
    match filter {
        Filter::Risk(risks) => format!("at {} risk", either(risks.iter().copied().map(Risk::as_str))),
        Filter::Trend(trends) => format!("with usage {}", either(trends.iter().copied().map(Trend::as_str))),
        Filter::Renewal(window) => renewing(*window, as_of),
        Filter::Arr(side, minor, currency) => format!("with an ARR {} {}", side.words(), amount(*minor, currency)),
        Filter::Currency(currencies) => format!("paying in {}", either(currencies.iter().map(Line::as_str))),
        Filter::Score(side, bound) => format!("with a score {} {bound}", side.words()),
        Filter::OpenTickets(Side::AtMost, 0) => "with no open tickets".to_owned(),
        Filter::OpenTickets(Side::AtLeast, 1) => "with open tickets".to_owned(),
        Filter::OpenTickets(side, bound) => {
            let side = match side {
                Side::Over => "more than",
                Side::AtLeast => "at least",
                Side::Under => "fewer than",
                Side::AtMost => "at most",
            };
            format!("with {side} {bound} open tickets")
        }
        Filter::Without(column) => format!("with no {}", column.noun()),
    }
}

fn amount(minor: i64, currency: &Option<Line>) -> String {
    let money = Money { minor, currency: currency.clone().unwrap_or_default() };
    words::money(&money).trim_start().to_owned()
}

fn renewing(window: Window, as_of: NaiveDate) -> String {
    let span = window.span(as_of);
    match (window, span.from, span.to) {
        (Window::Overdue, ..) => "with an overdue renewal".to_owned(),
        (_, Some(from), Some(to)) if from == to => format!("renewing on {from}"),
        (_, Some(from), Some(to)) => format!("renewing from {from} to {to}"),
        (_, Some(from), None) => format!("renewing from {from} on"),
        (_, None, Some(to)) => format!("renewing until {to}"),
        (_, None, None) => "with a renewal date".to_owned(),
    }
}

fn either<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" or ")
}
