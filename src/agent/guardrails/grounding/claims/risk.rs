//! `at high risk`, `a low-risk account`, `the risk is medium`, `Acme is healthy`.

use std::{ops::Range, sync::LazyLock};

use contracts::health::Risk;
use regex::Regex;

use super::{super::reading::SETTLED, stated::Sentence, wording};

/// What is said of the customer's standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// A band by its name.
    Band(Risk),
    /// `healthy`.
    Healthy,
    /// `at risk`, without a band.
    Troubled,
}

impl Claim {
    /// Whether one of the known bands carries it.
    pub fn is_carried(self, known: &[Risk]) -> bool {
        known.iter().any(|risk| match self {
            Self::Band(band) => *risk == band,
            Self::Healthy => matches!(risk, Risk::Low | Risk::Medium),
            Self::Troubled => matches!(risk, Risk::High | Risk::Medium),
        })
    }
}

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    wording(r"\b(?P<band>high|medium|moderate|low)(?:[ -](?:churn|overall))?[ -](?:risk\b(?:[ -]band\b)?|band\b)")
});

static SAID: LazyLock<Regex> = LazyLock::new(|| {
    wording(concat!(
        r"(?P<whose>[\p{L}\u{FFFC}]+ )?\brisk(?: band| level| rating| category| status)?(?: of (?:churn(?:ing)?|leaving))?",
        r"(?: ?[:=(] ?|(?: (?:is|remains|stays|stands|looks|seems|appears|still|now|currently|very|quite|fairly|rather|",
        r"overall|rated|considered|judged|at))+ )(?P<band>high|medium|moderate|low|unknown)\b",
    ))
});

static STATE: LazyLock<Regex> = LazyLock::new(|| {
    wording(concat!(
        r"(?P<whose>[\p{L}\p{N}\u{FFFC}]+) (?:is|are|remains?|stays?|looks?|seems?|appears?)",
        r"(?: (?:still|now|also|currently|again|clearly|very|quite|fairly|rather|overall|perfectly|seriously|fully))* ",
        r"(?:(?P<healthy>healthy|in good health)|unhealthy|in poor health|at risk)\b|",
        r"\b(?:a|this|the) (?:(?P<healthy2>healthy)|unhealthy|at-risk) (?:customer|account|client)\b",
    ))
});

/// What may follow a band that is said of the customer; anything else is what the band is said of.
static ENDS: LazyLock<Regex> = LazyLock::new(|| {
    wording(concat!(
        r"^(?:\s*(?:$|[.,;:!?()\]”—–-])|\s+(?:customer|account|client|category|level|rating|zone|group|tier|range|",
        r"status|segment|because|due|given|with|at|on|as|since|despite|after|and|but|now|today|in|while|although|though|",
        r"overall|right|again|which|so|by|(?:of|to) (?:churn|leav|cancel|attrition|non-renewal)\w*)\b)",
    ))
});

/// What else may be at a risk than the customer.
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    wording(concat!(
        r"\b(?:renewals?|revenue|tickets?|deal|contracts?|project|rollout|migration|change|fix|upsell|expansion|",
        r"steps?|options?|approach|move|items?|issues?|pos(?:es?|ing|ed)|carr(?:y|ies)|bears?|between)\b|\b(?:or|to)[ -]$",
    ))
});

/// What was, or will be.
static THEN: LazyLock<Regex> =
    LazyLock::new(|| wording(r"\b(?:was|were|had|been|previously|formerly|used to|will|from)\b"));

/// Whose risk is the customer's.
const OWN: [&str; 12] =
    ["", "s", "the", "its", "their", "this", "churn", "overall", "current", "customer", "account", "client"];

/// What the sentence states of the standing of the customer, whose name has these words.
pub(super) fn claims(said: &Sentence<'_>, own: &[String]) -> impl Iterator<Item = (Range<usize>, Claim)> {
    let is_own = |whose: Option<&str>| {
        let whose = whose.unwrap_or_default().trim().to_lowercase();
        OWN.contains(&whose.as_str()) || whose.ends_with(SETTLED) || own.contains(&whose)
    };
    let ends = |end: usize| ENDS.is_match(&said.text[end..]);
    let mut claims = Vec::new();
    for found in NAMED.captures_iter(said.text).chain(SAID.captures_iter(said.text)) {
        let Some(whole) = found.get(0) else { continue };
        let whose = found.name("whose").map(|whose| whose.as_str());
        if ends(whole.end()) && is_own(whose) && !ELSEWHERE.is_match(said.before(&whole.range())) {
            claims.push((whole.range(), Claim::Band(band(&found["band"]))));
        }
    }
    for found in STATE.captures_iter(said.text) {
        let Some(whole) = found.get(0) else { continue };
        let healthy = found.name("healthy").or_else(|| found.name("healthy2")).is_some();
        if ends(whole.end()) && is_own(found.name("whose").map(|whose| whose.as_str())) {
            claims.push((whole.range(), if healthy { Claim::Healthy } else { Claim::Troubled }));
        }
    }
    claims.retain(|(at, _)| said.states(at, &THEN));
    claims.into_iter()
}

fn band(word: &str) -> Risk {
    match word.to_lowercase().as_str() {
        "high" => Risk::High,
        "low" => Risk::Low,
        "unknown" => Risk::Unknown,
        _ => Risk::Medium,
    }
}
