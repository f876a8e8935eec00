//! Keys, tokens and passwords, by the shapes that their makers gave them.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::pattern::pattern;

const SECRET: &str = "[secret]";

/// Shapes that nothing else has.
static CERTAIN: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = [
        // PEM blocks, also cut short or on a single line.
        r"(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY[A-Z ]*-----.*?(?:-----END [A-Z0-9 ]*-----|\z)",
        // Credentials in an address: postgres://user:password@host/db.
        r"(?i)\b[a-z][a-z0-9+.-]*://[^\s/:@]*:[^\s@]+@\S*",
        // Webhooks are written to by whoever knows them.
        r"(?i)\bhttps://hooks\.slack\.com/\S+",
        // JSON Web Tokens, signed or encrypted.
        r"\beyJ[\w-]{8,}(?:\.[\w-]*){1,4}",
        // Amazon.
        r"\b(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}\b",
        // Google: API keys, access tokens, client secrets, refresh tokens.
        r"\bAIza[\w-]{30,}|\bya29\.[\w.-]{10,}|\bGOCSPX-[\w-]{20,}|\b1//0[\w-]{20,}",
        // SendGrid, Telegram.
        r"\bSG\.[\w-]{16,}\.[\w-]{16,}|\b[0-9]{8,10}:[A-Za-z0-9_-]{35}\b",
        // Twilio: accounts and keys.
        r"\b(?:AC|SK)[0-9a-fA-F]{32}\b",
    ];
    patterns.map(pattern).into()
});

/// Shapes that words may have too: a secret has digits, or capitals among small letters.
static LIKELY: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = [
        // OpenAI, Anthropic, Stripe, Clerk: sk-…, sk-proj-…, sk-ant-…, sk_live_…, rk_live_…, pk_live_…, whsec_….
        r"\b(?:[srp]k|whsec)[-_][\w-]{14,}",
        // GitHub, GitLab, npm, PyPI, Hugging Face, Slack, DigitalOcean, Shopify, Linear, Groq, Replicate, Neon.
        r"\b(?:gh[opsur]_|github_pat_|gl(?:pat|dt|rt|ptt|soat)-|npm_|pypi-|hf_|xox[a-z]-|xapp-|do[opr]_v1_)[\w-]{10,}",
        r"\b(?:shp(?:at|ca|pa|ss)_|lin_api_|gsk_|r8_|napi_|dapi|tvly-|pplx-|xai-|ntn_|dckr_pat_|sntrys_)[\w-]{16,}",
        // Discord: the id of the bot, a time, a signature.
        r"\b[A-Za-z0-9_-]{23,28}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,40}",
        r"(?i)\b(?:bearer|basic)\s+[\w.~+/=-]{12,}",
        // Long runs of hexadecimal digits, or of Base64.
        r"\b(?:[0-9a-f]{32,}|[0-9A-F]{32,})\b",
        r"[A-Za-z0-9+/_-]{40,}={0,2}",
    ];
    patterns.map(pattern).into()
});

/// Runs of letters and digits as generators of tokens write them. An id of the data is shorter, or has hyphens, or letters
/// of one size.
static GENERATED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[A-Za-z0-9]{32,}\b"));

/// What a password may be called.
const PASSWORD: &str = concat!(
    r"(?:pass(?:word|wort|wd|code|phrase|[ _-]key)|\b(?:pwd|pw)\b|kennwort|mot de passe|contrase(?:ñ|n\u{303}?)a|senha|",
    r"wachtwoord|has[łl]o|l[öo]senord|salasana|adgangskode|heslo|jelszó|şifre|parola|лозинка|пароль|密码|密碼|パスワード|",
    r"비밀번호|كلمة المرور|סיסמה)",
);

/// `password: correct horse battery staple`: a password of several words, up to the end of its clause.
static WORDS: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r#"(?i)({PASSWORD}["'`]?\s?(?:=|:|：)\s?)([^\n.,;]{{3,80}})"#)));

/// What begins a clause that tells of a password and is none: `password: reset fails on login`.
static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^(?:re-?set|rotat|chang|updat|fail|expir|forg[oe]t|lost|los[et]|wrong|invalid|incorrect|reject|link|e-?mail|",
        r"polic|manage|prompt|page|field|form|error|loop|sync|log-?in|sign-?in|requir|miss|lock|block|broken|slow|issue|",
        r"problem|rule|strength|minimum|maximum|(?:no|not|never|can|cannot|can't|does|is|are|was|too|the|an?|users?)\b)",
    ))
});

/// `password=…`, `"api_key": "…"`, `token is …`: the name of a secret, and what may be its value.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let name = "secret|token|api[_ -]?key|access[_ -]?key|private[_ -]?key|authorization|credentials?";
    let value = r#"["'`]?\s*(=|:|：|->|\bis\b|\bwas\b)\s*["'`]?)([^\s"'`,;]{3,})"#;
    pattern(&format!("(?i)((?:{PASSWORD}|{name}){value}"))
});

/// Digits of a payment card, in any grouping.
static CARD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b[2-6](?:[ -]?[0-9]){12,18}\b"));

pub(super) fn redact(text: &str) -> String {
    let certain = CERTAIN.iter().fold(text.to_owned(), |text, shape| shape.replace_all(&text, SECRET).into_owned());
    let likely = LIKELY.iter().fold(certain, |text, shape| {
        let judged = |found: &Captures<'_>| if is_mixed(&found[0]) { SECRET.to_owned() } else { found[0].to_owned() };
        shape.replace_all(&text, judged).into_owned()
    });
    let generated = GENERATED.replace_all(&likely, |found: &Captures<'_>| {
        let token = &found[0];
        if has_all_kinds(token) { SECRET.to_owned() } else { token.to_owned() }
    });
    let words = WORDS.replace_all(&generated, |found: &Captures<'_>| {
        if ABOUT.is_match(&found[2]) { found[0].to_owned() } else { format!("{}{SECRET}", &found[1]) }
    });
    let named = NAMED.replace_all(&words, |found: &Captures<'_>| {
        // After `=` stands a value; after a colon or a verb often a word: `password: reset fails`.
        let is_value = &found[2] == "=" || found[3].bytes().any(|byte| byte.is_ascii_digit());
        if is_value { format!("{}{SECRET}", &found[1]) } else { found[0].to_owned() }
    });
    let carded = CARD.replace_all(
        &named,
        |found: &Captures<'_>| {
            if is_card(&found[0]) { SECRET.to_owned() } else { found[0].to_owned() }
        },
    );
    carded.into_owned()
}

/// Whether it has digits beside letters, or capitals after small letters, as words and plain numbers do not.
fn is_mixed(text: &str) -> bool {
    let has = |kind: fn(&u8) -> bool| text.as_bytes().iter().any(kind);
    let turns = text.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    has(u8::is_ascii_alphabetic) && (has(u8::is_ascii_digit) || turns)
}

/// Whether it has small letters, capitals and digits.
fn has_all_kinds(text: &str) -> bool {
    let kinds: [fn(&u8) -> bool; 3] = [u8::is_ascii_lowercase, u8::is_ascii_uppercase, u8::is_ascii_digit];
    kinds.iter().all(|kind| text.as_bytes().iter().any(kind))
}

/// Whether the check digit fits (Luhn).
fn is_card(text: &str) -> bool {
    let digits = text.bytes().rev().filter(u8::is_ascii_digit).map(|byte| u32::from(byte - b'0'));
    let sum: u32 = digits
        .enumerate()
        .map(|(place, digit)| match place % 2 {
            0 => digit,
            _ if digit > 4 => digit * 2 - 9,
            _ => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}
