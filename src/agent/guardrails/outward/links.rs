//! Links and addresses, which no answer has.

use std::sync::LazyLock;

use regex::Regex;

use crate::pattern::pattern;

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        // Schemes, also defused ones, and those without slashes.
        r"(?i)(?:[a-z][a-z0-9+.-]*\s?:\s?/\s?/|\bhxxps?\b|\bwww\s?\.|",
        r"\b(?:mailto|tel|sms|javascript|vbscript|file|ssh|whatsapp):\S|\bdata:[a-z]+[/;,]|\\\\[\w.-]+\\|",
        // Markdown links, images and references; HTML.
        r"\]\(|!\[|^\s*\[[^\]]*\]\s?:|\]\[|<\s*[/!]?\s*[a-z][^<>]*>|&[#a-z0-9]+;|<\s*(?:img|a|script|svg|iframe)\b|",
        // Addresses of machines: IPv4, IPv6, host and port.
        r"\b[0-9]{1,3}(?:\s?\.\s?[0-9]{1,3}){3}\b|\b(?:[0-9a-f]{1,4}:){3,}[0-9a-f]{0,4}|[0-9a-f]*::[0-9a-f]+\b|",
        r"\blocalhost\b|\b[a-z][a-z0-9-]*:[0-9]{2,5}/|",
        // Spelled out or defused dots.
        r"\w\s?[\[({]\s?(?:dot|\.|punkt|punto|point)\s?[\])}]\s?\w|",
        r"\b\w+\s(?:dot|\.)\s(?:com|net|org|io|co|ai|app|dev|info|biz|example)\b|",
        // `point de` and `point it` are words of a sentence.
        r"\b\w+\s(?:dot\s(?:eu|fr|de|it|uk|nl|es|pt)|punkt\s(?:com|org|eu|de|at|ch)|(?:point|punto|ponto)\s(?:com|org|fr|eu|br|mx))\b)",
    ))
});

/// Words joined by a dot: a domain, unless it is one of [`NOT_A_DOMAIN`].
static DOTTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*(?:[.。․][\p{L}\p{M}\p{N}-]+)*[.。․]\p{L}[\p{L}\p{M}\p{N}-]+")
});

/// Abbreviations and names of files.
static NOT_A_DOMAIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^(?:(?:\p{L}\.)+\p{L}|[\p{L}\p{N}_-]+\.(?:csv|tsv|json|toml|xlsx?|pdf|docx?|pptx?|txt|sqlite)|",
        // Chinese and Japanese sentences have no space between them.
        r"[\p{L}\p{N}]*[^\x00-\x7F]。.*|.*。[^\x00-\x7F].*)$",
    ))
});

/// Whether there is a link or an address of any kind in the text.
pub(in super::super) fn has_link(text: &str) -> bool {
    LINK.is_match(text) || DOTTED.find_iter(text).any(|found| !NOT_A_DOMAIN.is_match(found.as_str()))
}

/// The text with `[link]` for every word that has one; whole, where it runs over several words.
pub(in super::super) fn without_links(text: &str) -> String {
    replaced(text, has_link)
}

/// The same for names, such as `Booking.com`: a bare domain stays.
pub(in super::super) fn without_urls(text: &str) -> String {
    replaced(text, |text| LINK.is_match(text))
}

fn replaced(text: &str, is_found: impl Fn(&str) -> bool) -> String {
    let words = text.split(' ').map(|word| if is_found(word) { "[link]" } else { word });
    let text = words.collect::<Vec<_>>().join(" ");
    if is_found(&text) { "[link]".to_owned() } else { text }
}
