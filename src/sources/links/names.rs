//! Names and domains as they are compared.

use unicode_normalization::UnicodeNormalization;

/// A name without case, accents, signs and legal forms: `Müller & Söhne GmbH` is `muller sohne`, and so is `Mueller und
/// Soehne`.
pub fn plain_name(name: &str) -> String {
    let folded = folded(name);
    let mut words = parts(&folded).0;
    words.retain(|word| !is_joint(word));
    words.join(" ")
}

/// Whether both names end in a legal form, and in another one: `Globex AG` and `Globex GmbH` may be two companies.
pub fn of_other_form(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    let (a, b) = (parts(&a).1, parts(&b).1);
    !a.is_empty() && !b.is_empty() && a != b
}

/// A name in plain lower case letters.
fn folded(name: &str) -> String {
    let letters = name.nfkd().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase);
    // `e.V.` and `S.A.` are one word each; other signs part words.
    let letters = letters.filter(|c| !matches!(c, '.' | '\'' | '’'));
    letters.fold(String::new(), |mut text, c| {
        match c {
            'ß' => text.push_str("ss"),
            'ø' => text.push('o'),
            'æ' => text.push('a'),
            'œ' => text.push('o'),
            'ł' => text.push('l'),
            'đ' | 'ð' => text.push('d'),
            // Where umlauts cannot be typed, an e stands behind the vowel.
            'e' if text.ends_with(['a', 'o', 'u']) => {}
            c => text.push(c),
        }
        text
    })
}

/// The words of a folded name, and those of its legal form behind them.
fn parts(folded: &str) -> (Vec<&str>, Vec<&str>) {
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>();
    let mut form = Vec::new();
    while words.len() > 1
        && let Some(last) = words.pop_if(|last| LEGAL_FORMS.contains(last) || !form.is_empty() && is_joint(last))
    {
        form.push(last);
    }
    form.retain(|word| !is_joint(word));
    (words, form)
}

fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// Words between the parts of a name, which some write as a sign.
fn is_joint(word: &str) -> bool {
    ["and", "und", "et", "y", "e"].contains(&word)
}

const LEGAL_FORMS: &[&str] = &[
    "ab",
    "ag",
    "aps",
    "as",
    "asa",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "ek",
    "ev",
    "eg",
    "gmbh",
    "inc",
    "incorporated",
    "kg",
    "kgaa",
    "kk",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "mbh",
    "nv",
    "ohg",
    "oy",
    "oyj",
    "plc",
    "pte",
    "pty",
    "pvt",
    "sa",
    "sab",
    "sarl",
    "sas",
    "se",
    "sl",
    "spa",
    "srl",
    "sro",
    "ug",
    "zoo",
];

/// Whether a domain gives addresses to anybody, so that it tells of no company.
pub fn is_of_anybody(domain: &str) -> bool {
    FREE_MAIL.contains(&domain)
}

const FREE_MAIL: &[&str] = &[
    "126.com",
    "163.com",
    "aol.com",
    "arcor.de",
    "bluewin.ch",
    "btinternet.com",
    "comcast.net",
    "fastmail.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.fr",
    "icloud.com",
    "laposte.net",
    "libero.it",
    "live.com",
    "mac.com",
    "mail.com",
    "mail.de",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "msn.com",
    "naver.com",
    "orange.fr",
    "outlook.com",
    "outlook.de",
    "pm.me",
    "posteo.de",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "rocketmail.com",
    "t-online.de",
    "tutanota.com",
    "verizon.net",
    "wanadoo.fr",
    "web.de",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.de",
    "yahoo.fr",
    "yandex.ru",
    "ymail.com",
    "zoho.com",
];
