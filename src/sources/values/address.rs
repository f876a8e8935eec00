//! Addresses: of people and of companies.

/// The e-mail address of `ada@example.com`, `Ada <ada@example.com>` or `Ada (ada@example.com)`, in lower case.
pub(super) fn email(text: &str) -> Option<String> {
    let is_address = |part: &&str| {
        part.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
    };
    let mut parts = text.split(|c: char| c.is_whitespace() || "<>(),;\"".contains(c)).filter(is_address);
    let first = parts.next()?.trim_start_matches("mailto:").to_lowercase();
    // Of several people nobody knows who is meant.
    parts.all(|part| part.eq_ignore_ascii_case(&first)).then_some(first)
}

/// The domain of `https://www.Example.com/about`, `example.com` or `ada@example.com`.
pub(super) fn domain(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let text = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    (host.contains('.') && host.split('.').all(is_label)).then(|| host.to_owned())
}
