//! The words for what the score looks at. They stand here once; nothing reads them back.

use contracts::{
    Line,
    health::{Gap, HealthInput, Risk, Why},
    tools::HealthReport,
};

use crate::words::{count, date, list};

/// The score, as a clause; `None` where there is none.
pub fn score(report: &HealthReport) -> Option<String> {
    let (score, worst) = (report.score?, report.range.low);
    Some(match report.coverage {
        100 => format!("the health score is {score} of 100"),
        _ => format!("the health score is {score} of 100 on what is known, {worst} at the worst"),
    })
}

/// The band, as a clause.
pub fn risk(report: &HealthReport) -> String {
    match report.risk {
        Risk::Unknown => "too little is known to judge the risk".to_owned(),
        risk => format!("the risk is {}", risk.as_str()),
    }
}

/// An input, such as `down`, `3 open` or `80 days`.
pub fn input(input: HealthInput) -> String {
    match input {
        HealthInput::Usage(trend) => trend.as_str().to_owned(),
        HealthInput::OpenTickets(open) => format!("{open} open"),
        HealthInput::Renewal { days, .. } => {
            let counted = count(days.unsigned_abs(), "day");
            if days < 0 { format!("{counted} overdue") } else { counted }
        }
    }
}

/// Why there is no input, where space is short: `missing`, `stale, 1 May 2026`.
pub fn why(why: &Why) -> String {
    match why {
        Why::Missing => "missing".to_owned(),
        Why::TooFew => "too few points".to_owned(),
        Why::Stale { source } => format!("stale, {}", date(source.as_of)),
        Why::RenewsByItself { on } => format!("renewed {}", date(*on)),
    }
}

/// A gap with where it comes from: `open tickets (too old: tickets.csv speaks of 1 May 2026)`.
pub fn gap(gap: &Gap) -> String {
    let why = match &gap.why {
        Why::Missing => "nothing on record".to_owned(),
        Why::TooFew => "too few points to tell".to_owned(),
        Why::Stale { source } => format!("too old: {} speaks of {}", source.origin, date(source.as_of)),
        Why::RenewsByItself { on } => {
            format!("was to renew by itself on {}, the next date is not on record", date(*on))
        }
    };
    format!("{} ({why})", gap.part.label())
}

/// What the score does not know, and why: `open tickets (nothing on record) and days to renewal (…)`.
pub fn gaps(report: &HealthReport) -> String {
    list(&report.gaps.iter().map(gap).collect::<Vec<_>>())
}

/// The score and its band, in a sentence.
pub fn standing(name: &Line, report: &HealthReport) -> String {
    let HealthReport { score, risk, range, coverage, .. } = report;
    let band = risk.as_str();
    match score {
        Some(score) if *risk != Risk::Unknown && *coverage == 100 => {
            format!("{name} scores {score} of 100: {band} risk.")
        }
        Some(score) if *risk != Risk::Unknown => {
            format!("{name} scores {score} of 100 on what is known, and {} at the worst: {band} risk.", range.low)
        }
        _ => format!(
            "Too little is known of {name} to judge its risk: the score lies anywhere between {} and {}.",
            range.low, range.high
        ),
    }
}

/// What the score does not know, in a sentence; none where it knows everything.
pub fn not_known(report: &HealthReport) -> Option<String> {
    (!report.gaps.is_empty()).then(|| format!("Not known: {}.", gaps(report)))
}

/// A report alone, in a sentence or two.
pub fn summary(name: &Line, report: &HealthReport) -> String {
    let sentences: Vec<_> = [Some(standing(name, report)), not_known(report)].into_iter().flatten().collect();
    sentences.join(" ")
}
