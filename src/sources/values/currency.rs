//! Signs and codes of currencies.

/// What a cell says of the currency of its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The currencies that it may stand for, the likeliest first; never none.
    pub currencies: &'static [&'static str],
}

/// Signs with the currencies they stand for; longer ones before those that they begin or end with.
const SIGNS: [(&str, &[&str]); 27] = [
    ("US$", &["USD"]),
    ("CA$", &["CAD"]),
    ("C$", &["CAD"]),
    ("AU$", &["AUD"]),
    ("A$", &["AUD"]),
    ("NZ$", &["NZD"]),
    ("HK$", &["HKD"]),
    ("S$", &["SGD"]),
    ("R$", &["BRL"]),
    ("MX$", &["MXN"]),
    ("$", &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "ARS", "CLP", "COP", "TWD"]),
    ("€", &["EUR"]),
    ("£", &["GBP"]),
    ("¥", &["JPY", "CNY"]),
    ("￥", &["JPY", "CNY"]),
    ("₹", &["INR"]),
    ("₩", &["KRW"]),
    ("₽", &["RUB"]),
    ("₺", &["TRY"]),
    ("₪", &["ILS"]),
    ("₴", &["UAH"]),
    ("₫", &["VND"]),
    ("฿", &["THB"]),
    ("zł", &["PLN"]),
    ("Kč", &["CZK"]),
    ("kr.", &["DKK", "SEK", "NOK", "ISK"]),
    ("kr", &["SEK", "NOK", "DKK", "ISK"]),
];

/// The codes of ISO 4217 that are in use.
static CODES: [&str; 84] = [
    "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF",
    "RON", "BGN", "RSD", "UAH", "RUB", "TRY", "ILS", "AED", "SAR", "QAR", "KWD", "BHD", "OMR", "JOD", "EGP", "MAD",
    "TND", "ZAR", "NGN", "KES", "GHS", "INR", "PKR", "BDT", "LKR", "NPR", "IDR", "MYR", "SGD", "HKD", "TWD", "KRW",
    "THB", "VND", "PHP", "KZT", "UZS", "GEL", "AMD", "AZN", "MDL", "ALL", "BAM", "MKD", "BRL", "MXN", "ARS", "CLP",
    "COP", "PEN", "UYU", "PYG", "BOB", "CRC", "DOP", "GTQ", "JMD", "TTD", "XAF", "XOF", "ETB", "UGX", "TZS", "RWF",
    "MUR", "BWP", "NAD", "ZMW",
];

impl Mark {
    /// The currency: the one that the row names, else that of the source, where the sign may stand for it; else the
    /// likeliest. None where the row names another one.
    pub fn currency<'a>(&self, row: Option<&'a str>, source: Option<&'a str>) -> Option<&'a str>
    where
        'static: 'a,
    {
        let may_be = |code: &&str| self.currencies.iter().any(|currency| currency.eq_ignore_ascii_case(code));
        match row {
            Some(row) => Some(row).filter(may_be),
            None => source.filter(may_be).or(self.currencies.first().copied()),
        }
    }

    /// Whether it stands for one currency alone.
    pub fn is_certain(&self) -> bool {
        self.currencies.len() == 1
    }
}

/// The sign or code at the beginning or the end of an amount, and the rest.
pub(super) fn strip(text: &str) -> Option<(Mark, &str)> {
    let next_to_number = |inner: &str, is_behind: bool| {
        let inner = inner.trim();
        let c = if is_behind { inner.chars().next_back() } else { inner.chars().next() };
        c.is_some_and(|c| c.is_ascii_digit() || "()-−–+.,%kKmMbBnN".contains(c))
    };
    for (sign, currencies) in &SIGNS {
        if let Some(inner) = text.strip_prefix(sign).filter(|inner| next_to_number(inner, false)) {
            return Some((Mark { currencies }, inner));
        }
        if let Some(inner) = text.strip_suffix(sign).filter(|inner| next_to_number(inner, true)) {
            return Some((Mark { currencies }, inner));
        }
    }
    CODES.iter().find_map(|code| {
        let mark = Mark { currencies: std::slice::from_ref(code) };
        let begins = text.get(..3).is_some_and(|begin| begin.eq_ignore_ascii_case(code));
        if begins && next_to_number(&text[3..], false) {
            return Some((mark, &text[3..]));
        }
        let at = text.len().checked_sub(3).filter(|at| text.is_char_boundary(*at))?;
        let ends = text[at..].eq_ignore_ascii_case(code) && next_to_number(&text[..at], true);
        ends.then_some((mark, &text[..at]))
    })
}
