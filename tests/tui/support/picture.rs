//! A screen as a picture for the documents (SVG), and the text of such a picture.

use std::fmt::Write;

use regex::Regex;
use unicode_width::UnicodeWidthStr;
use vt100::{Cell, Color, Screen};

/// A cell, in pixels.
const WIDTH: f32 = 8.4;
const HEIGHT: f32 = 16.5;
/// What the dark edition is drawn on, and what it writes where it says nothing else.
const BACKGROUND: [u8; 3] = [18, 18, 18];
const TEXT: [u8; 3] = [208, 208, 208];

/// The colour of this number among a terminal's 256, from 16.
pub fn rgb(number: u8) -> [u8; 3] {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match number {
        0..16 => panic!("{number} is whatever the terminal's owner likes"),
        16..232 => [36, 6, 1].map(|place| STEPS[usize::from((number - 16) / place % 6)]),
        232.. => [8 + 10 * (number - 232); 3],
    }
}

fn color(color: Color, otherwise: [u8; 3]) -> String {
    let [red, green, blue] = match color {
        Color::Default => otherwise,
        Color::Idx(number) => rgb(number),
        Color::Rgb(red, green, blue) => [red, green, blue],
    };
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// How a cell looks: its text's colour, what is behind it, and whether it is bold or underlined.
type Look = (String, String, bool, bool);

fn look(cell: &Cell) -> Look {
    let (front, behind) = (color(cell.fgcolor(), TEXT), color(cell.bgcolor(), BACKGROUND));
    let (front, behind) = if cell.inverse() { (behind, front) } else { (front, behind) };
    (front, behind, cell.bold(), cell.underline())
}

/// Neighbours of a row that look the same.
struct Run {
    column: u16,
    cells: u16,
    text: String,
    look: Look,
}

fn runs(screen: &Screen, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for column in 0..screen.size().1.get() {
        let Some(cell) = screen.cell(row, column) else { continue };
        let text = if cell.has_contents() || cell.is_wide_continuation() { cell.contents() } else { " " };
        match runs.last_mut().filter(|run| run.look == look(cell)) {
            Some(run) => {
                run.cells += 1;
                run.text.push_str(text);
            }
            None => runs.push(Run { column, cells: 1, text: text.to_owned(), look: look(cell) }),
        }
    }
    runs
}

/// The words of a run that stand together, each group with its first column: whoever draws it may make one space of many.
fn groups(run: &Run) -> Vec<(u16, &str)> {
    let mut at = run.column;
    let mut groups = Vec::new();
    for group in run.text.split("  ") {
        let words = group.trim_start();
        if !words.is_empty() {
            groups.push((at + (group.width() - words.width()) as u16, words.trim_end()));
        }
        at += group.width() as u16 + 2;
    }
    groups
}

/// The picture. Each group of words is as wide as its cells, whatever the font of whoever looks at it.
pub fn svg(screen: &Screen) -> String {
    let (rows, columns) = screen.size();
    let (wide, high) = (f32::from(columns.get()) * WIDTH + 16.0, f32::from(rows.get()) * HEIGHT + 16.0);
    let behind = color(Color::Default, BACKGROUND);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.1} {high:.1}\" font-family=\"ui-monospace, \
         Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"14\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{behind}\"/>\n"
    );
    for row in 0..rows.get() {
        let top = f32::from(row) * HEIGHT + 8.0;
        let left = |column: u16| f32::from(column) * WIDTH + 8.0;
        for run in runs(screen, row) {
            let (front, its_behind, is_bold, is_underlined) = &run.look;
            if *its_behind != behind {
                let (x, wide) = (left(run.column), f32::from(run.cells) * WIDTH);
                let _ = writeln!(
                    out,
                    "<rect x=\"{x:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{HEIGHT}\" fill=\"{its_behind}\"/>"
                );
            }
            let bold = if *is_bold { " font-weight=\"bold\"" } else { "" };
            let line = if *is_underlined { " text-decoration=\"underline\"" } else { "" };
            for (column, words) in groups(&run) {
                let (x, wide) = (left(column), words.width() as f32 * WIDTH);
                let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                let _ = writeln!(
                    out,
                    "<text x=\"{x:.1}\" y=\"{:.1}\" textLength=\"{wide:.1}\" lengthAdjust=\"spacingAndGlyphs\" \
                     fill=\"{front}\"{bold}{line}>{words}</text>",
                    top + 12.7
                );
            }
        }
    }
    out + "</svg>\n"
}

/// The text of a picture, row by row, without what differs from run to run: times, and the room that they leave.
pub fn text(svg: &str) -> Vec<String> {
    let run = Regex::new(r#"<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>"#).unwrap();
    let mut rows: Vec<(String, String)> = Vec::new();
    for found in run.captures_iter(svg) {
        let (y, text) = (found[2].to_owned(), &found[3]);
        match rows.last_mut().filter(|(its_y, _)| *its_y == y) {
            Some((_, row)) => row.push_str(&format!(" {text}")),
            None => rows.push((y, text.to_owned())),
        }
    }
    let times = Regex::new(r"\d+(\.\d+)? (ms|s)\b|\d\d:\d\d UTC").unwrap();
    let room = Regex::new(r"[\s─]+").unwrap();
    let plain = |row: &str| room.replace_all(&times.replace_all(row, "TIME"), " ").trim().to_owned();
    rows.iter().map(|(_, row)| plain(row)).collect()
}
