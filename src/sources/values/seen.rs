//! What a look at every cell of a column has shown, in little memory.

use std::collections::BTreeMap;

use super::{
    Ambiguous, Because, DayOrder, Decimals, Decision, Kind, Open, Reading, Said,
    date::{self, Form, Written},
    id::without_fraction,
    number,
    placeholder::{is_placeholder, is_region, may_be_region},
    ranks::is_rank,
    words,
};

/// How many different words of a column are told.
const WORDS: usize = 12;

/// What the cells of a column have shown.
#[derive(Debug, Clone)]
pub struct Seen {
    /// What they are taken for.
    pub kind: Kind,
    /// The column's name.
    pub column: String,
    /// How many cells there are.
    pub cells: u64,
    /// How many say something.
    pub filled: u64,
    delimiter: u8,
    placeholders: u64,
    placeholder: Option<String>,
    regions: bool,
    north_america: u64,
    days: Choice<DayOrder>,
    decimals: Choice<Decimals>,
    /// Whether a comma stands in a figure.
    groups: bool,
    /// A figure that ends on a word for its zeros, and a share in a hundred.
    figures: [Option<String>; 2],
    forms: [Option<String>; 4],
    /// An id such as `123.0`, while there is no other.
    figure_id: Option<String>,
    /// A priority that is a number.
    rank: Option<String>,
    words: BTreeMap<String, &'static str>,
    has_more_words: bool,
}

/// Cells that show one of two ways, the other, or none.
#[derive(Debug, Clone)]
struct Choice<T> {
    shown: Vec<(T, String)>,
    either: Option<String>,
    /// Whether each cell that can be read in two ways would be one with a comma alone.
    commas_alone: bool,
}

impl<T> Default for Choice<T> {
    fn default() -> Self {
        Self { shown: Vec::new(), either: None, commas_alone: true }
    }
}

impl<T: Copy + PartialEq> Choice<T> {
    /// Takes a cell that can be read in these ways, of two.
    fn take(&mut self, ways: impl Iterator<Item = T>, text: &str) {
        let mut ways = ways;
        match (ways.next(), ways.next()) {
            (Some(way), None) if !self.shown.iter().any(|(shown, _)| *shown == way) => {
                self.shown.push((way, text.to_owned()));
            }
            (Some(_), Some(_)) => {
                self.commas_alone &= !text.contains('.');
                self.either.get_or_insert_with(|| text.to_owned());
            }
            _ => {}
        }
    }
}

/// What a column shows of how its whole table is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    column: String,
    days: Option<(DayOrder, String)>,
    decimals: Option<(Decimals, String)>,
}

impl Seen {
    /// Nothing yet, of a column in a file with `delimiter` between its columns.
    pub(in crate::sources) fn new(kind: Kind, column: &str, delimiter: u8) -> Self {
        Self {
            kind,
            column: column.to_owned(),
            cells: 0,
            filled: 0,
            delimiter,
            placeholders: 0,
            placeholder: None,
            regions: false,
            north_america: 0,
            days: Choice::default(),
            decimals: Choice::default(),
            groups: false,
            figures: [const { None }; 2],
            forms: [const { None }; 4],
            figure_id: None,
            rank: None,
            words: BTreeMap::new(),
            has_more_words: false,
        }
    }

    /// Looks at a cell.
    pub(in crate::sources) fn see(&mut self, text: &str) {
        self.cells += 1;
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if is_placeholder(text) {
            self.placeholders += 1;
            self.north_america += u64::from(may_be_region(text));
            self.placeholder.get_or_insert_with(|| text.to_owned());
            return;
        }
        self.filled += 1;
        match self.kind {
            Kind::Text => self.regions |= is_region(text),
            Kind::Id if without_fraction(text).is_some() && (self.filled == 1 || self.figure_id.is_some()) => {
                self.figure_id.get_or_insert_with(|| text.to_owned());
            }
            Kind::Id => self.figure_id = None,
            Kind::Date => self.see_day(text),
            Kind::Number | Kind::Money => self.see_figure(text),
            Kind::Priority if is_rank(text) => _ = self.rank.get_or_insert_with(|| text.to_owned()),
            kind if kind.is_word() && !self.has_more_words && !self.words.contains_key(text) => {
                if let Some(word) = words::word(kind, text).filter(|word| !word.eq_ignore_ascii_case(text)) {
                    self.has_more_words = self.words.len() == WORDS;
                    if !self.has_more_words {
                        self.words.insert(text.to_owned(), word);
                    }
                }
            }
            _ => {}
        }
    }

    fn see_figure(&mut self, text: &str) {
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return;
        }
        let Some(figure) = number::parse(text) else { return };
        if figure.has_marks() {
            self.groups |= text.contains(',');
            self.decimals.take(Decimals::ALL.into_iter().filter(|decimals| figure.fits(*decimals)), text);
        }
        for (is_so, example) in [figure.is_shifted(), figure.is_percent].into_iter().zip(&mut self.figures) {
            if is_so {
                example.get_or_insert_with(|| text.to_owned());
            }
        }
    }

    fn see_day(&mut self, text: &str) {
        match date::parse(text) {
            Some(written @ Written::Either(a, b, _)) if a != b => self.days.take(written.orders(), text),
            Some(Written::Day(_, form)) => {
                let at = match form {
                    Form::Plain => return,
                    Form::Dots => 0,
                    Form::Excel => 1,
                    Form::Epoch => 2,
                    Form::Stretch => 3,
                };
                self.forms[at].get_or_insert_with(|| text.to_owned());
            }
            _ => {}
        }
    }

    /// Whether the column holds nothing but words for nothing, so that it clears nothing.
    pub fn is_void(&self) -> bool {
        self.filled == 0 && self.placeholders > 0
    }

    /// What the column shows of its whole table.
    pub(in crate::sources) fn evidence(&self) -> Option<Evidence> {
        fn one<T: Copy>(choice: &Choice<T>) -> Option<(T, String)> {
            choice.shown.first().filter(|_| choice.shown.len() == 1).cloned()
        }
        let (days, decimals) = (one(&self.days), one(&self.decimals));
        (days.is_some() || decimals.is_some()).then(|| Evidence { column: self.column.clone(), days, decimals })
    }

    /// How the column is read; `others` are the columns of the same table that show something.
    ///
    /// # Errors
    /// It can be read in two ways.
    pub fn decide(&self, said: &Said, others: &[Evidence]) -> Result<Reading, Ambiguous> {
        let mut decisions = Vec::new();
        let days = others.iter().filter_map(|other| Some((&other.column, other.days.as_ref()?)));
        let days = self.choose(&self.days, Open::Days, said.dates, days, None)?;
        let decimals = others.iter().filter_map(|other| Some((&other.column, other.decimals.as_ref()?)));
        let by_commas = Some(Decimals::Point).filter(|_| self.delimiter != b';' && self.decimals.commas_alone);
        let decimals = self.choose(&self.decimals, Open::Decimals, said.decimals, decimals, by_commas)?;
        decisions.extend(days.clone().map(|(order, because)| Decision::Days(order, because)));
        // `1250.50` among others that have no comma is nothing to tell.
        let is_plain = |mark: &Decimals| *mark == Decimals::Point && self.decimals.either.is_none() && !self.groups;
        let told = decimals.clone().filter(|(mark, _)| !is_plain(mark));
        decisions.extend(told.map(|(mark, because)| Decision::Decimals(mark, because)));
        let mark = decimals.as_ref().map_or(Decimals::Point, |(mark, _)| *mark);
        decisions.extend(
            self.figures.iter().flatten().filter_map(|text| {
                Some(Decision::Figure { text: text.clone(), read: number::parse(text)?.plain(mark)? })
            }),
        );
        let forms = [Decision::Dots, Decision::Excel, Decision::Epoch, Decision::Stretches];
        decisions.extend(self.forms.iter().zip(forms).filter_map(|(form, decision)| form.clone().map(decision)));
        if let Some(example) = &self.rank {
            let ranks = said.priorities.ok_or_else(|| self.open(Open::Priorities, example, None))?;
            decisions.push(Decision::Ranks(ranks));
        }
        if !self.words.is_empty() {
            let words = self.words.iter().map(|(word, read)| (word.clone(), *read)).collect();
            decisions.push(Decision::Words { words, are_all: !self.has_more_words });
        }
        decisions.extend(self.figure_id.clone().map(Decision::FigureIds));
        let keeps_na = self.regions && self.north_america > 0;
        if keeps_na {
            decisions.push(Decision::NorthAmerica);
        }
        let placeholders = if keeps_na { self.placeholders - self.north_america } else { self.placeholders };
        if self.kind == Kind::Priority && self.filled < self.cells {
            decisions.push(Decision::NoPriority(self.cells - self.filled));
        } else if let Some(example) = self.placeholder.clone().filter(|_| placeholders > 0) {
            decisions.push(Decision::Placeholders { example, cells: placeholders, is_all: self.is_void() });
        }
        Ok(Reading {
            kind: self.kind,
            days: days.map(|(order, _)| order),
            decimals: mark,
            ranks: said.priorities,
            keeps_na,
            drops_fractions: self.figure_id.is_some(),
            places: 0,
            decisions,
        })
    }

    /// Which of two ways a column is read, where that is a question, and why.
    fn choose<'a, T: Copy + PartialEq + 'a>(
        &self,
        choice: &Choice<T>,
        what: Open,
        said: Option<T>,
        mut others: impl Iterator<Item = (&'a String, &'a (T, String))>,
        by_commas: Option<T>,
    ) -> Result<Option<(T, Because)>, Ambiguous> {
        match (choice.shown.as_slice(), &choice.either, said) {
            ([], None, _) => Ok(None),
            ([(way, cell)], ..) => Ok(Some((*way, Because::Cell(cell.clone())))),
            (_, _, Some(said)) => Ok(Some((said, Because::Said))),
            ([], Some(example), None) => {
                if let Some((column, (way, cell))) = others.next() {
                    if others.any(|(_, (other, _))| other != way) {
                        return Err(self.open(what, example, None));
                    }
                    let because = Because::Other { cell: cell.clone(), column: column.clone() };
                    return Ok(Some((*way, because)));
                }
                by_commas.map(|way| Some((way, Because::Commas))).ok_or_else(|| self.open(what, example, None))
            }
            ([(_, one), (_, other), ..], ..) => Err(self.open(what, one, Some((one.clone(), other.clone())))),
        }
    }
    /// That the column can be read in two ways.
    fn open(&self, what: Open, example: &str, contradiction: Option<(String, String)>) -> Ambiguous {
        Ambiguous { column: self.column.clone(), what, example: example.to_owned(), contradiction }
    }
}
