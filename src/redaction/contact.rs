//! E-mail addresses and phone numbers.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::pattern::pattern;

/// `jane at acme dot com`, also with one of the two in brackets.
static SPELLED: LazyLock<Regex> = LazyLock::new(|| {
    let (name, at) = (r"[\p{L}\p{N}._+-]+", r"(?:\s?[\[({]\s?at\s?[\])}]\s?|\sat\s)");
    let dot = r"(?:\s?[\[({]\s?dot\s?[\])}]\s?|\sdot\s)";
    let end = r"(?:com|net|org|info|biz|edu|gov|io|co|ai|app|dev|eu|us|uk|de|fr|es|it|nl|example)\b";
    pattern(&format!(r"(?i){name}{at}[\p{{L}}\p{{N}}-]+(?:{dot}[\p{{L}}\p{{N}}-]+)*{dot}{end}"))
});

/// In any script, with a quoted name, at a literal address, or spelled with `(at)`.
static EMAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r#"(?i)(?:"[^"\n]{1,64}"|[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]+)(?:[@＠]|\s?[\[({]at[\])}]\s?)"#,
        r"(?:[\p{L}\p{M}\p{N}-]+(?:(?:[.．。]|\s?[\[({]dot[\])}]\s?)[\p{L}\p{M}\p{N}-]+)+|\[[0-9a-f:.]+\])",
    ))
});

/// Digits with what people put between them.
static DIGITS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:\+|\(\+?|\b)[0-9](?:[ ./()\u{a0}\u{2010}-\u{2013}-]{0,3}[0-9]){6,16}\b"));

/// What announces a phone number, right before it.
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:\b(?:tel|phone|telephone|telefon|teléfono|téléphone|fon|mobile|cell|handy|móvil|fax|whatsapp|sms|call|",
        r"ring|text)|电话|電話|☎|📞)(?:\s+(?:me|us|him|her|them|at|on|is|number|no|nr))*[\s:.#]*\z",
    ))
});

/// Of the shape of a date or of grouped thousands.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:(?:19|20)[0-9]{2}[./-][0-9]{1,2}[./-][0-9]{1,2}|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19|20)[0-9]{2})")
});
static AMOUNT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[1-9][0-9]{0,2}(?:[ .\u{a0}][0-9]{3})+(?:\.[0-9]{1,2})?$"));

/// The American grouping; no other number has it.
static AMERICAN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:1[ .-]?)?\(?[2-9][0-9]{2}\)?[ .-]{1,2}[2-9][0-9]{2}[ .-][0-9]{4}$"));

pub(super) fn redact(text: &str) -> String {
    let text = EMAIL.replace_all(text, "[e-mail]");
    let text = SPELLED.replace_all(&text, "[e-mail]");
    let judged = DIGITS.replace_all(&text, |found: &Captures<'_>| {
        let at = found.get(0).map_or(0, |whole| whole.start());
        if is_phone(&found[0], &text[..at]) { "[phone]".to_owned() } else { found[0].to_owned() }
    });
    judged.into_owned()
}

/// Whether these digits are a phone number, after what stands `before` them.
fn is_phone(number: &str, before: &str) -> bool {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let part_of_more = before.ends_with(|c: char| c.is_alphanumeric() || "-_.,#$€£¥/".contains(c));
    if !(7..=15).contains(&digits) || part_of_more || DATE.is_match(number) {
        return false;
    }
    let grouped = number.bytes().any(|byte| !byte.is_ascii_digit());
    let international = number.starts_with(['+']) || number.starts_with("(+") || number.starts_with("00");
    let trunk = number.trim_start_matches('(').starts_with('0') && grouped && digits >= 9;
    international || trunk || AMERICAN.is_match(number) || (!AMOUNT.is_match(number) && ANNOUNCED.is_match(before))
}
