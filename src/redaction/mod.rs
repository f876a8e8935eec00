//! Secrets, e-mail addresses and phone numbers, taken out before anything is sent to a model or stored.

mod contact;
mod secrets;

/// `text` with every secret as `[secret]`, every e-mail address as `[e-mail]` and every phone number as `[phone]`.
/// Doing it twice gives the same as doing it once.
pub fn redact(text: &str) -> String {
    let mut text = text.to_owned();
    loop {
        // What is taken out may have hidden where the next one begins.
        let redacted = once(&text);
        if redacted == text {
            return redacted;
        }
        text = redacted;
    }
}

/// Whether there is nothing to take out.
pub fn is_clean(text: &str) -> bool {
    once(text) == text
}

fn once(text: &str) -> String {
    contact::redact(&secrets::redact(text))
}
