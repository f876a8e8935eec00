//! Names that are written from right to left, kept from moving what stands beside them.

use ratatui::buffer::Buffer;

/// First strong isolate: what follows is ordered by itself.
const ISOLATE: char = '\u{2068}';
/// Pop directional isolate: its end.
const END: char = '\u{2069}';

/// So many cells between two words still belong to one name.
const GAP: usize = 2;

/// Puts every stretch of cells that is written from right to left between isolates, so that a terminal that orders what it
/// shows leaves the cells around it where they are.
pub(super) fn isolate(buffer: &mut Buffer) {
    let width = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(width) {
        let mut from = 0;
        while let Some(first) = (from..row.len()).find(|&at| is_right_to_left(row[at].symbol())) {
            let mut last = first;
            while let Some(next) = (last + 1..row.len().min(last + 2 + GAP))
                .take_while(|&at| !is_left_to_right(row[at].symbol()))
                .find(|&at| is_right_to_left(row[at].symbol()))
            {
                last = next;
            }
            let begun = format!("{ISOLATE}{}", row[first].symbol());
            row[first].set_symbol(&begun);
            let ended = format!("{}{END}", row[last].symbol());
            row[last].set_symbol(&ended);
            from = last + 1;
        }
    }
}

/// Hebrew, Arabic, and the other scripts of their blocks.
fn is_right_to_left(symbol: &str) -> bool {
    symbol.chars().any(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
            || matches!(c, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// A letter of another script, or the border of a pane.
fn is_left_to_right(symbol: &str) -> bool {
    symbol.chars().any(|c| (c.is_alphabetic() && !is_right_to_left(symbol)) || ('─'..='▟').contains(&c))
}
