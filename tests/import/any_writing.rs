//! However a table is written, it is read as it was; and a column is never read against one of its cells.

use chrono::NaiveDate;
use cs_copilot::sources::{
    table::open,
    values::{Kind, Reading, Said},
};
use encoding_rs::WINDOWS_1252;
use proptest::prelude::*;

use crate::{directory, tables};

/// How a file is written.
#[derive(Debug, Clone)]
struct Writing {
    delimiter: u8,
    says_so: bool,
    ending: csv::Terminator,
    encoding: &'static str,
    all_quoted: bool,
}

fn writing() -> impl Strategy<Value = Writing> {
    let delimiters = prop::sample::select(vec![b',', b';', b'\t', b'|']);
    let endings =
        prop::sample::select(vec![csv::Terminator::CRLF, csv::Terminator::Any(b'\n'), csv::Terminator::Any(b'\r')]);
    let encodings = prop::sample::select(vec!["utf-8", "utf-8 marked", "utf-16le", "utf-16be", "windows-1252"]);
    (delimiters, any::<bool>(), endings, encodings, any::<bool>()).prop_map(
        |(delimiter, says_so, ending, encoding, all_quoted)| Writing {
            delimiter,
            says_so,
            ending,
            encoding,
            all_quoted,
        },
    )
}

impl Writing {
    fn write(&self, rows: &[Vec<String>]) -> Vec<u8> {
        let style = if self.all_quoted { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let mut csv = csv::WriterBuilder::new();
        let mut csv = csv.delimiter(self.delimiter).terminator(self.ending).quote_style(style).from_writer(Vec::new());
        rows.iter().for_each(|row| csv.write_record(row).unwrap());
        let text = String::from_utf8(csv.into_inner().unwrap()).unwrap();
        let text = if self.says_so { format!("sep={}\r\n{text}", char::from(self.delimiter)) } else { text };
        match self.encoding {
            "utf-8" => text.into_bytes(),
            "utf-8 marked" => format!("\u{feff}{text}").into_bytes(),
            "utf-16le" => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "utf-16be" => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => WINDOWS_1252.encode(&text).0.into_owned(),
        }
    }
}

/// Cells of letters that all encodings have, and of whatever could end a value.
fn rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    let row = prop::collection::vec("[a-zéüñß 0-9,;|\t\"\n'.]{0,12}", 2);
    prop::collection::vec(row, 1..12).prop_map(|rows| {
        let named = rows.into_iter().enumerate().map(|(at, cells)| [vec![format!("R-{at}")], cells].concat());
        [vec![["id", "name", "note"].map(str::to_owned).to_vec()], named.collect()].concat()
    })
}

/// How a column is read that has these cells; none where it has to be asked.
fn decided(kind: Kind, cells: &[String]) -> Option<Reading> {
    let rows = cells.iter().map(|cell| format!("x;{cell};y\n")).collect::<String>();
    let dir = directory(&[("a.csv", format!("id;what;z\n{rows}").as_bytes())]);
    let opened = open(&[dir.path().to_owned()]).unwrap();
    let survey = opened.tables[0].survey(&[(1, kind)]).unwrap();
    survey.decide(&Said::default()).remove(0).ok()
}

/// A day, written in one of these ways.
fn written_day() -> impl Strategy<Value = (NaiveDate, String)> {
    let ways = prop::sample::select(vec![
        "%d/%m/%Y",
        "%m/%d/%Y",
        "%Y-%m-%d",
        "%d %b %Y",
        "%d/%m/%y %H:%M",
        "%d.%m.%Y",
        "%Y-%m-%dT%H:%M:%SZ",
    ]);
    (0_i64..20_000, ways).prop_map(|(days, way)| {
        let day = NaiveDate::from_ymd_opt(1975, 1, 1).unwrap() + chrono::Days::new(days.unsigned_abs());
        (day, day.and_hms_opt(13, 5, 0).unwrap().format(way).to_string())
    })
}

/// An amount in hundredths, with its thousands grouped; with a comma before its decimals or a point.
fn written_amount(cents: u32, comma: bool, decimals: bool) -> String {
    let (whole, cents) = (cents / 100, cents % 100);
    let (mark, group) = if comma { (',', '.') } else { ('.', ',') };
    let digits = whole.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    if decimals { format!("{text}{mark}{cents:02}") } else { text }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_table_is_read_as_it_was_whoever_wrote_it(rows in rows(), writing in writing()) {
        let dir = directory(&[("export.csv", &writing.write(&rows))]);
        let opened = open(&[dir.path().to_owned()]).unwrap();
        prop_assert_eq!(opened.tables.len(), 1);
        let (read, _) = tables::read(&opened.tables[0]);
        let read = read.into_iter().map(|(_, cells)| cells).collect::<Vec<_>>();
        prop_assert_eq!(&read, &rows[1..]);
    }

    #[test]
    fn a_column_of_days_is_never_read_against_one_of_them(days in prop::collection::vec(written_day(), 1..8)) {
        let cells = days.iter().map(|(_, text)| text.clone()).collect::<Vec<_>>();
        if let Some(reading) = decided(Kind::Date, &cells) {
            for cell in &cells {
                prop_assert!(reading.read(cell).is_ok(), "{} in {:?}", cell, cells);
            }
        }
    }

    #[test]
    fn days_that_are_all_written_day_first_are_read_so_or_asked(days in prop::collection::vec(0_u64..20_000, 1..8)) {
        let days = days.iter().map(|days| NaiveDate::from_ymd_opt(1975, 1, 1).unwrap() + chrono::Days::new(*days)).collect::<Vec<_>>();
        let cells = days.iter().map(|day| day.format("%d/%m/%Y").to_string()).collect::<Vec<_>>();
        if let Some(reading) = decided(Kind::Date, &cells) {
            for (day, cell) in days.iter().zip(&cells) {
                let read = reading.read(cell).unwrap();
                prop_assert_eq!(read.as_ref(), day.to_string());
            }
        }
    }

    #[test]
    fn amounts_are_read_as_they_were_written_or_asked(
        amounts in prop::collection::vec((0_u32..2_000_000_000, any::<bool>()), 1..8),
        comma in any::<bool>(),
    ) {
        let cells = amounts.iter().map(|(cents, decimals)| written_amount(*cents, comma, *decimals)).collect::<Vec<_>>();
        if let Some(reading) = decided(Kind::Money, &cells) {
            for ((cents, decimals), cell) in amounts.iter().zip(&cells) {
                let expected = if *decimals { format!("{}.{:02}", cents / 100, cents % 100) } else { (cents / 100).to_string() };
                let read = reading.read(cell).unwrap();
                prop_assert_eq!(read.as_ref(), expected);
            }
        }
    }

    #[test]
    fn a_mixed_column_of_amounts_is_never_read_against_one_of_them(
        amounts in prop::collection::vec((0_u32..2_000_000_000, any::<bool>(), any::<bool>()), 1..8),
    ) {
        let cells = amounts.iter().map(|(cents, comma, decimals)| written_amount(*cents, *comma, *decimals));
        let cells = cells.collect::<Vec<_>>();
        if let Some(reading) = decided(Kind::Money, &cells) {
            for cell in &cells {
                prop_assert!(reading.read(cell).is_ok(), "{} in {:?}", cell, cells);
            }
        }
    }

    #[test]
    fn any_cell_is_read_or_refused(text in "\\PC{0,20}") {
        for kind in [Kind::Date, Kind::Money, Kind::Number, Kind::Whole, Kind::Priority, Kind::Email, Kind::Domain, Kind::Id] {
            let cell = text.replace(['"', ';'], "");
            let read = decided(kind, std::slice::from_ref(&cell)).and_then(|reading| {
                reading.read(&cell).ok().map(|read| read.into_owned())
            });
            let Some(read) = read.filter(|read| !read.is_empty()) else { continue };
            prop_assert!(kind != Kind::Date || read.parse::<NaiveDate>().is_ok(), "{} of {}", read, cell);
            prop_assert!(kind != Kind::Money || read.parse::<f64>().is_ok(), "{} of {}", read, cell);
        }
    }
}
