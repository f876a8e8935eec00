//! Markdown without its marks. Links, images and HTML stay as they are: they are found and refused as such.

/// The text without emphasis, headings, quotes and code marks; every line stays a line, and bullets become `- `.
pub fn plain(text: &str) -> String {
    let mut text = once(text);
    loop {
        // What is taken out may have hidden a mark: `*> 5`.
        let plain = once(&text);
        if plain == text {
            return plain;
        }
        text = plain;
    }
}

fn once(text: &str) -> String {
    let lines = text.lines().filter(|line| !is_fence(line)).map(|line| {
        let line = line.trim_end();
        let unquoted = line.trim_start().trim_start_matches(['#', '>']).trim_start();
        let line = if unquoted.len() < line.trim_start().len() { unquoted } else { line };
        let bulleted = ["* ", "• ", "+ ", "– "].into_iter().find_map(|mark| line.trim_start().strip_prefix(mark));
        let line = bulleted.map_or_else(|| line.to_owned(), |rest| format!("- {rest}"));
        line.replace("__", "").replace("~~", "").replace(['*', '`'], "")
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn is_fence(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("```") || line.starts_with("~~~") || (line.len() >= 3 && line.chars().all(|c| "-_*=".contains(c)))
}
