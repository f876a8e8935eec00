//! Questions that ask for the list of the day: "what should I work on today?", "who needs attention?".

/// Words that may stand in such a question and say nothing that the list does not.
const FILLING: [&str; 43] = [
    "a",
    "account",
    "accounts",
    "again",
    "are",
    "begin",
    "book",
    "call",
    "customer",
    "customers",
    "day",
    "do",
    "focus",
    "for",
    "go",
    "i",
    "in",
    "is",
    "it",
    "list",
    "look",
    "me",
    "my",
    "needs",
    "need",
    "of",
    "on",
    "our",
    "please",
    "should",
    "show",
    "start",
    "tell",
    "the",
    "their",
    "this",
    "to",
    "we",
    "what",
    "which",
    "who",
    "whom",
    "with",
];

/// Words of which one at least asks for the list.
const ASKING: [&str; 12] = [
    "attention",
    "deserves",
    "deserve",
    "first",
    "matters",
    "morning",
    "most",
    "next",
    "now",
    "priorities",
    "today",
    "work",
];

/// Words that begin it: the others tell the program to do something.
const BEGINNINGS: [&str; 11] =
    ["what", "who", "whom", "which", "where", "today", "show", "list", "my", "tell", "priorities"];

/// Whether a question asks for nothing else than the list of the day: it has a word that does, and no other word that
/// carries meaning.
pub fn is_asked(question: &str) -> bool {
    let lower = question.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_question = words().next().is_some_and(|first| BEGINNINGS.contains(&first));
    let asks = words().any(|word| ASKING.contains(&word));
    is_question && asks && words().all(|word| ASKING.contains(&word) || FILLING.contains(&word))
}
