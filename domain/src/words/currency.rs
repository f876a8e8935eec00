//! Currencies as people write them. Amounts are kept in hundredths of whatever currency.

/// ISO 4217 codes that have a sign or a word of their own, with these; words in the singular.
const CURRENCIES: [(&str, &[&str]); 9] = [
    // The sign of many dollars, and most often of this one.
    ("USD", &["$", "us$", "dollar", "us dollar", "buck"]),
    ("EUR", &["€", "euro"]),
    ("GBP", &["£", "pound"]),
    ("JPY", &["¥", "yen"]),
    ("CHF", &["franc"]),
    ("CNY", &["yuan", "rmb"]),
    ("INR", &["₹", "rupee"]),
    ("CAD", &["c$", "ca$"]),
    ("AUD", &["a$", "au$"]),
];

/// The code of the currency that a sign, a word or a code of the table stands for, in whatever case.
pub fn currency(text: &str) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    let one = text.strip_suffix('s').unwrap_or(&text);
    let names = |(code, words): &&(&str, &[&str])| {
        code.eq_ignore_ascii_case(&text) || words.iter().any(|word| *word == text || *word == one)
    };
    CURRENCIES.iter().find(names).map(|(code, _)| *code)
}
