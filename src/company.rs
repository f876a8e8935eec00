//! What the house says of itself: `company.md` beside the configuration. It goes into every request to a language model, as
//! data.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use contracts::Text;

use crate::config::Config;

/// How the file is called.
const FILE: &str = "company.md";
/// The most characters of it.
const LONGEST: usize = 4_000;

/// Product, terms and tone, in the house's own words. Without signs that no terminal should see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company(Text);

/// Why the file cannot be used: one sentence, with what to do.
#[derive(Debug, thiserror::Error)]
pub enum CompanyError {
    /// It cannot be read.
    #[error("cannot read {}: {reason}; mend it or take it away", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// It is more than a model is given with every request.
    #[error("{} has {characters} characters, and may have {LONGEST}: shorten it", file.display())]
    TooLong {
        /// The file.
        file: PathBuf,
        /// How many it has.
        characters: usize,
    },
}

impl Company {
    /// What stands beside this configuration.
    ///
    /// # Errors
    /// It cannot be read, or is too long.
    pub fn of(config: &Config) -> Result<Option<Self>, CompanyError> {
        config.directory().map_or(Ok(None), |directory| Self::within(&directory))
    }

    /// What stands in this directory; none where there is no such file, or nothing in it.
    ///
    /// # Errors
    /// It cannot be read, or is too long.
    pub fn within(directory: &Path) -> Result<Option<Self>, CompanyError> {
        let file = directory.join(FILE);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(reason) => return Err(CompanyError::Unreadable { file, reason }),
        };
        let characters = text.chars().count();
        if characters > LONGEST {
            return Err(CompanyError::TooLong { file, characters });
        }
        let text = Text::new(&text);
        Ok((!text.is_empty()).then_some(Self(text)))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}
