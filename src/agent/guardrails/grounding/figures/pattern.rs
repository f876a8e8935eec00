//! What figures look like. One pattern, most telling form first, so that every digit is read once.

use std::sync::LazyLock;

use regex::Regex;

use super::super::super::pattern;

const MONTH: &str = concat!(
    r"(?:jan(?:uary|uar|vier)?|ene(?:ro)?|feb(?:ruary|ruar|rero)?|f[ée]vr(?:ier)?|mar(?:ch|s|zo)?|märz|apr(?:il)?|",
    r"abr(?:il)?|avril|may|mai|mayo|june?|juni|juin|junio|july?|juli|juillet|julio|aug(?:ust)?|ao[uû]t|ago(?:sto)?|",
    r"sept?(?:ember|embre|iembre)?|oct(?:ober|obre|ubre)?|okt(?:ober)?|nov(?:ember|embre|iembre)?|",
    r"dec(?:ember)?|d[ée]c(?:embre)?|dez(?:ember)?|dic(?:iembre)?)",
);
const NUMBER: &str = r"(?:[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?\b|[0-9]+(?:[.,'’][0-9]+)*)";
const SCALE: &str = r"(?:\s?(?:thousand|million|billion|trillion|mio|mrd)\b|\s?(?:k|m|mn|mm|mil|bn|tn|lakh|crore)\b)";
const SIGN: &str = r"(?:(?:US|CA|AU|NZ|HK|[ACS])?\p{Sc})";
const CODE: &str = concat!(
    r"(?:USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|INR|CNY|RMB|SEK|NOK|DKK|PLN|CZK|HUF|RON|BRL|MXN|SGD|HKD|ZAR|KRW|ILS|TRY|AED|",
    r"SAR|THB)",
);
const CURRENCY_WORD: &str = r"(?:(?:us )?dollars?|euros?|pounds?|yen|francs?|bucks|rupees?|yuan)";
const SMALL: &str = concat!(
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|",
    r"seventeen|eighteen|nineteen)",
);
const TENS: &str = r"(?:twenty|thirty|fou?rty|fifty|sixty|seventy|eighty|nine?ty)";
/// Each may be written by itself, but for `first` to `third`.
const NTH: &str = concat!(
    r"(?:(?:fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|",
    r"seventeenth|eighteenth|nineteenth|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieth|hundredth|thousandth)",
);
const UNTIL_NINTH: &str = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)";
const KIND: &str = r"(?:open|urgent|high|normal|low|support|high-priority|active|outstanding)";
const SPAN: &str = r"(?:day|week|fortnight|month|quarter|year)";
/// A letter of a script that parts its words by spaces: such a one at a number belongs to it.
const LETTER: &str = r"[[\p{L}\p{M}_]--[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]";
const ORDINAL: &str = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)";

/// Finds the next figure.
pub(super) static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    let b = r"\b";
    let word = format!("(?:{SMALL}|{TENS}|hundred|thousand|million|billion|trillion|dozen)");
    let nth = format!(r"(?:{TENS}[\s-]{UNTIL_NINTH}|{NTH})");
    let any_nth = format!("(?:{nth}|first|second|third)");
    let forms = [
        format!(
            r"(?P<idiom>{b}24[/x]7{b}|{b}1:1{b}|{b}1-on-1{b}|{b}one-on-one{b}|{b}360(?:°|[- ]degrees?{b})|{b}b2[bcg]{b})"
        ),
        format!(
            r"{b}(?P<y>[0-9]{{4}})(?:[-/.](?P<m>[0-9]{{1,2}})[-/.]|年(?P<mc>[0-9]{{1,2}})月)(?P<d>[0-9]{{1,2}}){b}日?"
        ),
        format!(r"{b}(?P<first>[0-9]{{1,2}})[./-](?P<second>[0-9]{{1,2}})[./-](?P<last>[0-9]{{4}}|[0-9]{{2}}){b}"),
        format!(
            r"{b}(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.|er|º)?|(?P<dayw>{any_nth}))[\s-](?:of\s|de\s)?(?P<month>{MONTH}){b}\.?(?:,?[\s-](?:de\s|of\s)?(?P<year>[0-9]{{4}}|'[0-9]{{2}}){b})?"
        ),
        format!(
            r"{b}(?P<month2>{MONTH}){b}\.?\s(?:the\s)?(?:(?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?|(?P<dayw2>{any_nth})){b}(?:,?\s(?P<year2>[0-9]{{4}}|'[0-9]{{2}}){b})?"
        ),
        format!(r"{b}(?P<month3>{MONTH}){b}\.?,?[\s-](?:of\s|de\s)?(?P<year3>[0-9]{{4}}){b}"),
        format!(
            r"{b}(?-i:(?P<month4>January|February|March|April|June|July|August|September|October|November|December)){b}"
        ),
        format!(
            r"{b}(?:in|by|until|since|late|early|mid|during)[\s-](?-i:(?P<month6>Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)){b}"
        ),
        format!(r"{b}(?:Q(?P<q>[1-4])|(?P<q2>[1-4])Q)(?:[\s/-]?(?P<qy>[0-9]{{4}})|[\s/-]?'?(?P<qs>[0-9]{{2}}))?{b}"),
        format!(r"{b}(?P<qo>{ORDINAL})[\s-]quarter{b}(?:\s(?:of\s)?(?P<qoy>[0-9]{{4}}){b})?"),
        format!(r"{b}(?P<ym>[0-9]{{4}})-(?P<mm>0[1-9]|1[0-2]){b}"),
        format!(r"{b}(?P<third>early|mid|late)[\s-](?P<in_year>[0-9]{{4}}){b}"),
        // What follows on no other number is no mark of a list.
        r"(?P<mark>\A\s*(?:- )?[0-9]{1,2}[.)]\s)".to_owned(),
        format!(r"(?P<time>{b}[0-9]{{1,2}}[:h][0-9]{{2}}(?::[0-9]{{2}})?{b}|{b}[0-9]{{1,2}}\s?[ap]\.?m{b}\.?)"),
        format!(r"(?P<currency>{SIGN}|{b}{CODE})\s?(?P<money>[+−–-]?{NUMBER})(?P<scale>{SCALE})?"),
        format!(r"(?P<money2>{NUMBER})(?P<scale2>{SCALE})?\s?(?P<currency2>{SIGN}|(?:{CODE}|{CURRENCY_WORD}){b})"),
        format!(
            r"(?P<percent>[+−–-]?{NUMBER}|{b}{word}(?:[\s-]{word})*)[\s-]?(?:%|٪|‰|(?:percent|per cent|pct|percentage points?|pp|prozent|por ciento|pour cent|por cento|per cento|procent|процент\w*){b})"
        ),
        format!(r"(?P<times>{NUMBER}|{b}{word}(?:[\s-]{word})*)(?:\s?[x×]{b}|\s?×|[\s-]?fold{b}|\stimes{b})"),
        format!(r"(?P<over>[0-9]+)\s?[/⁄]\s?(?P<under>[0-9]+){b}"),
        format!(r"(?P<spanned>{NUMBER})(?P<span>d|wks?|mos?|yrs?){b}"),
        format!(
            r"(?P<one>{b}(?:in|within)\s(?:an?|one)\s(?P<span1>{SPAN}){b}|{b}(?:an?|one)\s(?P<span2>{SPAN})\s(?:away|ahead|from\s(?:now|today)){b})"
        ),
        format!(r"{b}(?:(?P<nth>[0-9]{{1,3}})(?:st|nd|rd|th)|(?P<nthw>{nth})){b}"),
        format!(r"(?P<scaled>[+−–-]?{NUMBER})(?P<scale3>{SCALE})"),
        format!(r"(?P<code>#\s?\w*[0-9][\w-]*|{LETTER}+[-_]?[0-9][\w-]*|{b}[0-9]+(?:{LETTER}\w*|-[0-9]+-[\w-]*))"),
        format!(r"(?P<number>[+−–-]?{NUMBER})"),
        r"\b(?P<roman>(?-i:[IVXLCDM]{2,}|[VXLCDM]))\b".to_owned(),
        format!(
            r"{b}(?P<none>no|not\sa\ssingle|not\sone|without(?:\sany)?)\s(?:{KIND}\s)*(?:tickets?|issues?){b}|{b}(?P<none2>none\sof\s(?:the|its|their))\s(?:{KIND}\s)*(?:tickets?|issues?)\s(?:is|are)\s{KIND}{b}"
        ),
        format!(
            r"(?P<share>{b}halv(?:e|ed|es|ing){b}|{b}half(?:\san?\s(?:hour|day|week|month|year))?{b}|{b}twice{b}|{b}doubl(?:e|ed|es|ing){b}|{b}tripl(?:e|ed|es|ing){b}|{b}thrice{b}|{b}quadrupl\w+{b}|{b}\w{{3,}}tupl(?:e|ed|es|ing){b}|{b}(?:a|{SMALL})[\s-](?:third|{NTH})s?{b}|{b}{SMALL}[\s-]quarters?{b}|{b}one\sin\s{SMALL}{b}|{b}(?:by|down|up)\sa\squarter{b}|{b}a\squarter\s(?:of|less|fewer|more|lower|higher){b})"
        ),
        format!(
            r"(?P<vague>{b}(?:hundreds|thousands|millions|billions|dozens|scores of|handful of|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies){b})"
        ),
        format!(
            r"(?P<words>{b}(?:a\s(?:dozen|hundred|thousand|million|billion|trillion|(?:couple|pair|trio)\sof){b}|{word}{b})(?:(?:[\s-]|\sand\s){word}{b})*(?:\sand\sa\shalf{b})?)"
        ),
    ];
    pattern(&format!("(?i){}", forms.join("|")))
});
