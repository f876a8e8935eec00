//! A question as words in small letters.

/// No question has more words.
const MOST: usize = 60;

const SHORT_FORMS: [(&str, &str); 29] = [
    ("n't", " not"),
    ("what's", "what is"),
    ("whats", "what is"),
    ("who's", "who is"),
    ("which's", "which is"),
    ("that's", "that is"),
    ("there's", "there is"),
    ("dont", "do not"),
    ("doesnt", "does not"),
    ("isnt", "is not"),
    ("arent", "are not"),
    ("havent", "have not"),
    ("hasnt", "has not"),
    ("one and a half million", "1.5m"),
    ("half a million", "500k"),
    ("a quarter of a million", "250k"),
    ("half a dozen", "6"),
    ("a dozen", "12"),
    ("a fortnight", "2 weeks"),
    ("next fortnight", "next 2 weeks"),
    ("within a week", "within 1 week"),
    ("within a month", "within 1 month"),
    ("’", "'"),
    ("?", " "),
    ("!", " "),
    (";", " , "),
    ("≥", " >= "),
    ("≤", " <= "),
    ("–", " - "),
];

/// The words of a question. Commas are words of their own, but for those within numbers.
pub(super) fn words(question: &str) -> Vec<String> {
    let mut text = question.to_lowercase().replace('’', "'");
    for (short, long) in SHORT_FORMS {
        text = text.replace(short, long);
    }
    let words = text.split_whitespace().flat_map(|word| {
        let bare = word.trim_matches(['"', '“', '”', '(', ')', ':']);
        let stem = bare.trim_end_matches([',', '.']);
        let comma = bare[stem.len()..].contains(',').then(|| ",".to_owned());
        let stem = stem.strip_suffix("'s").or(stem.strip_suffix('\'')).unwrap_or(stem).to_owned();
        [(!stem.is_empty()).then_some(stem), comma]
    });
    words.flatten().take(MOST).collect()
}
