//! Words that stay in the house: a text that the customer reads has none of them.

use std::sync::LazyLock;

use domain::words;
use regex::Regex;

use super::fold;
use crate::pattern::pattern;

/// How a model speaks of a customer to the house, beside the words that the program itself keeps to it: English, German,
/// French, Spanish, Italian, Portuguese and Dutch.
static PHRASES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\b(?:internal(?:ly)?|at-risk|endangered|flagged|watch ?list(?:ed)?|rescue|red (?:zone|account|flag)s?|",
        r"(?:our|my) (?:book|portfolio|forecast|quota|pipeline)|up-?sell(?:ing)?|cross-?sell(?:ing)?|detractor|",
        r"rating|rated|rank(?:s|ed|ing)?|worth to us|lose you|losing you|",
        r"intern(?:e[nrs]?)?|risiko|abwander\w*|kundigungs\w*|gefahrdet|",
        r"interne|risque|resiliation|attrition|interno|riesgo|abandono|interna|rischio|abbandono|risco|risico|opzegging|",
        r"(?:weak|bad|worst|poor|sick|difficult)\w* (?:accounts?|customers?))\b",
    ))
});

/// Whether one of them is in the text, whatever letters it is written in.
pub(in super::super) fn is_internal(read: &str) -> bool {
    let folded = fold(read);
    words::is_internal(&folded) || PHRASES.is_match(&folded)
}
