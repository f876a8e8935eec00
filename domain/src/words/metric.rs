//! What is measured, as its source names it: which span it speaks of, and whether people are counted.

/// How names of metrics say the span of one value: `logins a day`, `daily active users`.
const SPANS_AFTER: [&str; 5] = [" a ", " an ", " per ", " each ", " every "];
const STEPS: [&str; 5] = ["hour", "day", "week", "month", "quarter"];
const SPANS_BEFORE: [&str; 4] = ["hourly ", "daily ", "weekly ", "monthly "];

/// Words of metrics that count those who have seats.
const SEATED: [&str; 9] = ["user", "users", "seat", "seats", "licence", "licences", "license", "licenses", "people"];

/// The unit of a total over `days`: `logins in 28 days` of `logins a day`.
pub fn in_window(metric: &str, days: u32) -> String {
    format!("{} in {}", without_span(metric), super::count(days.into(), "day"))
}

/// The metric within brackets, without its own: `API calls, thousands` of `API calls (thousands)`.
pub fn in_brackets(metric: &str) -> String {
    metric.replace(" (", ", ").replace(['(', ')'], "")
}

/// The metric as that of a total: `logins` of `logins a day`.
pub fn without_span(metric: &str) -> &str {
    let before = SPANS_BEFORE.iter().find_map(|span| metric.strip_prefix(span)).unwrap_or(metric);
    if let Some((what, span)) = before.rsplit_once(" in ")
        && span.strip_suffix(" days").is_some_and(|days| days.parse::<u32>().is_ok())
    {
        return what;
    }
    let named = STEPS.iter().find_map(|step| before.strip_suffix(step));
    named.and_then(|named| SPANS_AFTER.iter().find_map(|span| named.strip_suffix(span))).unwrap_or(before)
}

/// The distance of two values in words: `day`, `week`, `month`, else `measurement`.
pub fn step(days: u32) -> &'static str {
    match days {
        1 => "day",
        7 => "week",
        28..=31 => "month",
        _ => "measurement",
    }
}

/// Whether the metric counts those who have seats, such as `weekly active users`.
pub fn speaks_of_seats(metric: &str) -> bool {
    metric.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| SEATED.contains(&word))
}
