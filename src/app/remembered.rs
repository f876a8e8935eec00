//! What the screen remembers from one session to the next.

use contracts::{CustomerId, book::BookSort};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use tui_input::Input;

use super::{Lens, Model, ThemeName, undo::Arrangement};

/// How things were when the user left. What is not there was never chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Remembered {
    /// The colours that the user chose.
    pub theme: Option<ThemeName>,
    /// The order of the book.
    pub sort: Option<BookSort>,
    /// What the list showed.
    pub lens: Option<Lens>,
    /// What the book was filtered by.
    pub filter: Option<String>,
    /// How much wider the list was than usual, in cells.
    pub split: Option<i16>,
    /// The customer under the cursor.
    pub customer: Option<CustomerId>,
    /// What was asked, newest first.
    pub questions: Vec<String>,
}

impl Remembered {
    /// What a text says that was written before, perhaps by another version. A part that cannot be read is left out.
    pub fn read(text: &str) -> Self {
        let all: Value = serde_json::from_str(text).unwrap_or_default();
        Self {
            theme: part(&all, "theme"),
            sort: part(&all, "sort"),
            lens: part(&all, "lens"),
            filter: part(&all, "filter"),
            split: part(&all, "split"),
            customer: part(&all, "customer"),
            questions: part(&all, "questions").unwrap_or_default(),
        }
    }
}

fn part<T: DeserializeOwned>(all: &Value, name: &str) -> Option<T> {
    T::deserialize(all.get(name)?).ok()
}

impl Model {
    /// What is to be remembered.
    pub fn remember(&self) -> Remembered {
        Remembered {
            theme: self.chosen_theme,
            sort: Some(self.book.sort()),
            lens: Some(self.lens),
            filter: self.book.is_filtered().then(|| self.book.filter().value().to_owned()),
            split: Some(self.split),
            customer: self.selected().map(|row| row.id.clone()),
            questions: self.asking.earlier().to_vec(),
        }
    }

    /// Brings everything back as it was. The book is not there yet.
    pub(super) fn recall(&mut self, before: Remembered) {
        if let Some(theme) = before.theme {
            (self.theme, self.chosen_theme) = (theme, Some(theme));
        }
        self.lens = before.lens.unwrap_or(self.lens);
        self.split = before.split.unwrap_or(self.split);
        if let Some(sort) = before.sort {
            self.book.sort_by(sort);
        }
        if let Some(filter) = before.filter {
            self.book.edit_filter(|line| *line = Input::new(filter));
        }
        if let Some(customer) = before.customer {
            self.today.return_to(customer.clone());
            self.book.return_to(customer);
        }
        self.undo.settle(Some(Arrangement::of(&self.book)));
        self.asking.recall(before.questions);
    }
}
