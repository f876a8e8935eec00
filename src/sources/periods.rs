//! Headers that are a stretch of time: a sheet with a column a month has a point of usage in each.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::{
    fields::folded,
    values::{end_of_month, is_month, stretch, words},
};

/// What a header says that names a stretch of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Its last day.
    pub last: NaiveDate,
    /// What is measured, where the header says so beside the time.
    pub metric: Option<String>,
}

/// The stretch of time in a header: a day (`2026-11-23`), a week (`2026-W47`, `KW 47 2026`), a month (`Nov 2026`, `Nov-26`,
/// `2026-11`, `11/2026`) or a quarter (`Q4 2026`), alone or beside what is measured (`Logins Nov 2026`).
pub fn period(header: &str) -> Option<Period> {
    let text = folded(header);
    let words = words(&text).collect::<Vec<_>>();
    let found = stretch(&words)?;
    let beside =
        words[..found.at].iter().chain(&words[found.at + found.length..]).copied().collect::<Vec<_>>().join(" ");
    // A number beside a time is another time, which the header does not say well enough.
    let is_metric = !beside.bytes().any(|byte| byte.is_ascii_digit());
    is_metric.then(|| Period { last: found.last, metric: Some(beside).filter(|metric| !metric.is_empty()) })
}

/// Whether the year in a header has two digits, which may be a day.
pub fn is_short(header: &str) -> bool {
    !header.as_bytes().windows(4).any(|digits| digits.iter().all(u8::is_ascii_digit))
}

/// Whether headers such as `Nov 15` are days and no months: of months there are not more years than months.
pub fn are_days(header: &[&str], periods: &[Option<Period>]) -> bool {
    let short = header.iter().zip(periods).filter(|(title, _)| is_short(title));
    let days = short.filter_map(|(_, period)| Some(period.as_ref()?.last)).collect::<Vec<_>>();
    let months = days.iter().map(Datelike::month).collect::<BTreeSet<_>>();
    let years = days.iter().map(Datelike::year).collect::<BTreeSet<_>>();
    years.len() > months.len()
}

/// Whether a header is a month without a year, which could be of any.
pub fn is_month_alone(header: &str) -> bool {
    is_month(&folded(header))
}

/// Whether what a header measures beside its time is no use of a product, but money or what people think.
pub fn is_no_usage(period: &Period) -> bool {
    const WORDS: [&str; 19] = [
        "arr", "mrr", "acv", "tcv", "revenue", "umsatz", "billing", "billings", "billed", "invoiced", "amount",
        "spend", "cost", "costs", "price", "nps", "csat", "health", "score",
    ];
    period.metric.as_deref().is_some_and(|metric| metric.split(' ').any(|word| WORDS.contains(&word)))
}

/// Whether the name of a file or sheet says that its figures are money, as in `MRR by month.xlsx`.
pub fn is_of_money(name: &str) -> bool {
    const MONEY: [&str; 8] = ["arr", "mrr", "acv", "revenue", "umsatz", "billing", "billings", "invoices"];
    const USE: [&str; 6] = ["usage", "logins", "users", "activity", "nutzung", "sessions"];
    let name = folded(name);
    let has = |words: &[&str]| name.split(' ').any(|word| words.contains(&word));
    has(&MONEY) && !has(&USE)
}

/// Columns that are each the first of a month are months, as spreadsheets and charts write them: a month stands for its
/// last day.
pub fn months_of_firsts(periods: &mut [(usize, Period)]) {
    let is_first = |(_, period): &(usize, Period)| period.last.day() == 1;
    if periods.len() < 2 || !periods.iter().all(is_first) {
        return;
    }
    for (_, period) in periods {
        period.last = end_of_month(period.last.year(), period.last.month()).unwrap_or(period.last);
    }
}
