//! Text measured in terminal cells: cutting, padding, wrapping, and figures in few cells.

use contracts::facts::Money;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The text in at most `width` cells; what does not fit ends in `…`. Never cuts through a character.
pub fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let wide = grapheme.width();
        if used + wide >= width {
            break;
        }
        out.push_str(grapheme);
        used += wide;
    }
    if width > 0 {
        out.push('…');
    }
    out
}

/// The text in exactly `width` cells, cut or padded at its end.
pub fn fit(text: &str, width: usize) -> String {
    let mut out = cut(text, width);
    out.extend(std::iter::repeat_n(' ', width.saturating_sub(out.width())));
    out
}

/// The text in exactly `width` cells, cut or padded at its beginning.
pub fn fit_right(text: &str, width: usize) -> String {
    let out = cut(text, width);
    " ".repeat(width.saturating_sub(out.width())) + &out
}

/// The lines of a paragraph in at most `width` cells, the second and later ones indented by `hang` cells.
pub fn wrap(text: &str, width: usize, hang: usize) -> Vec<String> {
    let indent = " ".repeat(hang.min(width / 2));
    let options = textwrap::Options::new(width.max(1))
        .subsequent_indent(&indent)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(|line| line.into_owned()).collect()
}

/// A small line of the values, one cell each, the newest ones if not all fit. Flat values draw a flat line.
pub fn spark(values: &[f64], width: usize) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let values = &values[values.len().saturating_sub(width)..];
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let bar = |value: f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.4 };
        BARS[((share * 7.0).round() as usize).min(7)]
    };
    values.iter().copied().map(bar).collect()
}

/// An amount in six cells or fewer where it can be: `$950`, `€45k`, `CHF 1.2M`.
pub fn amount(money: &Money) -> String {
    let symbol = match money.currency.as_str() {
        "USD" => "$".to_owned(),
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        "JPY" => "¥".to_owned(),
        other => format!("{other} "),
    };
    let sign = if money.minor < 0 { "-" } else { "" };
    let units = money.minor.unsigned_abs() as f64 / 100.0;
    let figure = match units {
        u if u >= 999_500_000.0 => short(u / 1e9, "B"),
        u if u >= 999_500.0 => short(u / 1e6, "M"),
        u if u >= 1000.0 => short(u / 1e3, "k"),
        u => format!("{u:.0}"),
    };
    format!("{sign}{symbol}{figure}")
}

fn short(value: f64, unit: &str) -> String {
    if value < 9.95 {
        let text = format!("{value:.1}");
        format!("{}{unit}", text.strip_suffix(".0").unwrap_or(&text))
    } else {
        format!("{value:.0}{unit}")
    }
}
