//! A preset's text, taken apart. Pure.

use super::{Problem, one_select, quoted};
use crate::import::canonical::Part;

/// A preset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Its name, or its file's.
    pub name: String,
    /// The files it needs; all CSV files where it does not say.
    pub requires: Vec<String>,
    /// What it makes, customers first.
    pub sections: Vec<Section>,
}

/// One SELECT of a preset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it makes.
    pub part: Part,
    /// The SELECT, with `?1` for the as-of day.
    pub select: String,
}

impl Script {
    /// Takes the `text` of the preset `name` apart.
    ///
    /// # Errors
    /// No customers, a section that is there twice or is not one SELECT, or a required file outside of the directory.
    pub fn parse(name: &str, text: &str) -> Result<Self, Problem> {
        let problem = |what: String| Problem::of(format_args!("preset {name}"), what);
        let mut requires = Vec::new();
        let mut texts: Vec<(Part, String)> = Vec::new();
        for line in text.trim_start_matches('\u{FEFF}').lines() {
            let comment = line.trim().strip_prefix("--").map(str::trim);
            if let Some(files) = comment.and_then(|comment| comment.strip_prefix("requires:")) {
                requires.extend(files.split(',').map(str::trim).filter(|file| !file.is_empty()).map(str::to_owned));
            } else if let Some(part) =
                comment.and_then(|comment| Part::ALL.into_iter().find(|part| part.name() == comment))
            {
                if texts.iter().any(|(other, _)| *other == part) {
                    return Err(problem(format!("the section {} is there twice", part.name())));
                }
                texts.push((part, String::new()));
            } else if let Some((_, text)) = texts.last_mut() {
                text.push_str(line);
                text.push('\n');
            }
        }
        if let Some(file) = requires.iter().find(|file| file.contains(['/', '\\'])) {
            return Err(problem(format!("requires the file {}; name files of the directory alone", quoted(file))));
        }
        let mut sections = Vec::new();
        for part in Part::ALL {
            if let Some((_, text)) = texts.iter().find(|(other, _)| *other == part) {
                let select = one_select(text).map_err(|what| problem(format!("the section {} {what}", part.name())))?;
                sections.push(Section { part, select });
            }
        }
        match sections.first() {
            Some(first) if first.part == Part::Customers => Ok(Self { name: name.to_owned(), requires, sections }),
            _ => Err(problem("has no section customers: begin it with the line \"-- customers\"".to_owned())),
        }
    }
}
