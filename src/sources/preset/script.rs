//! A preset's text, taken apart. Pure.

use std::collections::HashSet;

use contracts::facts::Part;

use super::{Problem, database::table_of, identifier, one_select, quoted};

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
    /// No section, one that is there twice or is not one SELECT, or a required file outside of the directory.
    pub fn parse(name: &str, text: &str) -> Result<Self, Problem> {
        let problem = |what: String| Problem::of(format_args!("preset {name}"), what);
        let mut requires = Vec::new();
        let mut texts: Vec<(Part, String)> = Vec::new();
        for line in text.trim_start_matches('\u{FEFF}').lines() {
            let comment = line.trim().strip_prefix("--").map(str::trim);
            if let Some(files) = comment.and_then(|comment| comment.strip_prefix("requires:")) {
                requires.extend(files.split(',').map(str::trim).filter(|file| !file.is_empty()).map(str::to_owned));
            } else if let Some(part) =
                comment.and_then(|comment| Part::DELIVERED.into_iter().find(|part| part.as_str() == comment))
            {
                if texts.iter().any(|(other, _)| *other == part) {
                    return Err(problem(format!("the section {} is there twice", part.as_str())));
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
        for part in Part::DELIVERED {
            if let Some((_, text)) = texts.iter().find(|(other, _)| *other == part) {
                let select =
                    one_select(text).map_err(|what| problem(format!("the section {} {what}", part.as_str())))?;
                sections.push(Section { part, select });
            }
        }
        if sections.is_empty() {
            return Err(problem("has no section: begin one with a line such as \"-- customers\"".to_owned()));
        }
        Ok(Self { name: name.to_owned(), requires, sections })
    }

    /// Whether a section names the table that is made of this file.
    pub fn names(&self, file: &str) -> bool {
        let table = table_of(file);
        self.sections.iter().any(|section| section.words().contains(table.as_str()))
    }

    /// What a source is called that this preset reads.
    pub fn source(&self) -> &str {
        self.name.strip_suffix(".sql").unwrap_or(&self.name)
    }
}

impl Section {
    /// The words of the SELECT, in lower case, and what is in double quotes as tables and columns are called.
    pub fn words(&self) -> HashSet<String> {
        let select = self.select.to_lowercase();
        let words = select.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned);
        words.chain(select.split('"').skip(1).step_by(2).map(identifier)).collect()
    }
}
