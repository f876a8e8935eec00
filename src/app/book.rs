use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use chrono::NaiveDate;
use contracts::{
    CustomerId,
    book::{BookPage, BookSort, CustomerRow, Standing},
    failure::Failure,
    query::Query,
    reading::{FactId, Value},
};
use domain::{
    facts::Fact,
    query::{self, Completion, Search},
};
use nucleo_matcher::{
    Config, Matcher, Utf32String,
    pattern::{CaseMatching, Normalization, Pattern},
};
use tui_input::Input;

/// Whether the book is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BookState {
    /// It is being read.
    Loading,
    /// It could not be read; what was there before stays.
    Failed(Failure),
    /// It is there.
    Ready,
}

/// The book as the list shows it: which customers, in which order, and where the cursor is.
#[derive(Debug, Clone)]
pub struct Book {
    state: BookState,
    as_of: Option<NaiveDate>,
    revision: u64,
    rows: Vec<CustomerRow>,
    places: HashMap<CustomerId, usize>,
    haystacks: Vec<Utf32String>,
    /// How many customers stand how: it is drawn with every frame.
    counts: BTreeMap<Standing, usize>,
    sort: BookSort,
    /// Whether the best match comes first where words are looked for: until an order is asked for.
    is_ranked: bool,
    filter: Input,
    /// What the filter says, where it is a query; or what is wrong with it.
    asked: Option<Result<Search, query::Problem>>,
    /// How many customers the query leaves out because nobody can tell.
    left_out: usize,
    /// The facts that were asked for at some time, so that they are read again with the book.
    wanted: Vec<FactId>,
    /// Every row in the order of `sort`, so that typing into the filter sorts nothing again.
    order: Vec<usize>,
    visible: Vec<usize>,
    cursor: usize,
    /// The customer the user chose last; the cursor returns to it whenever it is visible.
    chosen: Option<CustomerId>,
}

impl Default for Book {
    fn default() -> Self {
        Self {
            state: BookState::Loading,
            as_of: None,
            revision: 0,
            rows: Vec::new(),
            places: HashMap::new(),
            haystacks: Vec::new(),
            counts: BTreeMap::new(),
            sort: BookSort::Risk,
            is_ranked: true,
            filter: Input::default(),
            asked: None,
            left_out: 0,
            wanted: Vec::new(),
            order: Vec::new(),
            visible: Vec::new(),
            cursor: 0,
            chosen: None,
        }
    }
}

impl Book {
    /// Whether the book is there.
    pub fn state(&self) -> &BookState {
        &self.state
    }

    /// The day (UTC) that its days are counted from; none before it was read for the first time.
    pub fn as_of(&self) -> Option<NaiveDate> {
        self.as_of
    }

    /// The revision of the data that it was read of.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The customers, filtered out or not, as the server sent them.
    pub fn rows(&self) -> &[CustomerRow] {
        &self.rows
    }

    /// How many customers there are, filtered out or not.
    pub fn total(&self) -> usize {
        self.rows.len()
    }

    /// How many customers stand like this, filtered out or not.
    pub fn count(&self, standing: Standing) -> usize {
        self.counts.get(&standing).copied().unwrap_or_default()
    }

    /// How many customers the filter lets through.
    pub fn len(&self) -> usize {
        self.visible.len()
    }

    /// Whether the filter lets none through.
    pub fn is_empty(&self) -> bool {
        self.visible.is_empty()
    }

    /// The customer at this place of the list.
    pub fn row(&self, place: usize) -> Option<&CustomerRow> {
        self.rows.get(*self.visible.get(place)?)
    }

    /// Where the cursor is.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The customer under the cursor.
    pub fn selected(&self) -> Option<&CustomerRow> {
        self.row(self.cursor)
    }

    /// The customer of this id, filtered out or not.
    pub fn find(&self, customer: &CustomerId) -> Option<&CustomerRow> {
        self.rows.get(*self.places.get(customer)?)
    }

    /// The order that was asked for.
    pub fn sort(&self) -> BookSort {
        self.sort
    }

    /// Whether the best match comes first instead.
    pub fn is_ranked(&self) -> bool {
        self.is_ranked && self.is_filtered() && self.query().is_none()
    }

    /// The filter's text and cursor.
    pub fn filter(&self) -> &Input {
        &self.filter
    }

    /// Whether a filter is set.
    pub fn is_filtered(&self) -> bool {
        !self.filter.value().trim().is_empty()
    }

    /// The query that the filter is; none where it is words to look for, or wrong.
    pub fn query(&self) -> Option<&Query> {
        self.asked.as_ref()?.as_ref().ok().map(|search| &search.query)
    }

    /// What is wrong with the filter, where it is no query.
    pub fn problem(&self) -> Option<&query::Problem> {
        self.asked.as_ref()?.as_ref().err()
    }

    /// How many customers the filter leaves out because something about them is missing.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// What may stand at the end of the filter next.
    pub fn completions(&self) -> Vec<Completion> {
        query::completions(self.filter.value(), |fact| self.values(fact))
    }

    /// What the book has of a fact of words, each once, as far as it was read.
    fn values(&self, fact: &Fact) -> Vec<String> {
        let readings = self.rows.iter().flat_map(|row| &row.facts).filter(|reading| reading.fact == fact.id);
        let texts = readings.filter_map(|reading| match reading.knowledge.any() {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect()
    }

    /// The facts that the book is read with.
    pub fn wanted(&self) -> &[FactId] {
        &self.wanted
    }

    /// Asks for facts; whether they are there already.
    pub(super) fn want<'f>(&mut self, facts: impl IntoIterator<Item = &'f FactId>) -> bool {
        let mut are_there = true;
        for fact in facts {
            are_there &= self.has(fact);
            if !self.wanted.contains(fact) {
                self.wanted.push(fact.clone());
            }
        }
        are_there
    }

    /// Whether a fact was read of the customers.
    fn has(&self, fact: &FactId) -> bool {
        self.rows.first().is_none_or(|row| row.facts.iter().any(|reading| reading.fact == *fact))
    }

    /// Notes that the book is being read.
    pub(super) fn load(&mut self) {
        self.state = BookState::Loading;
    }

    /// Takes what was read; the cursor stays with its customer.
    pub(super) fn loaded(&mut self, page: Result<BookPage, Failure>) {
        match page {
            Ok(page) => {
                self.state = BookState::Ready;
                self.as_of = Some(page.as_of);
                self.revision = page.revision;
                let haystack = |row: &CustomerRow| Utf32String::from(format!("{} {}", row.name, row.id));
                self.haystacks = page.customers.iter().map(haystack).collect();
                self.rows = page.customers;
                self.counts = BTreeMap::new();
                self.rows.iter().for_each(|row| *self.counts.entry(row.standing).or_default() += 1);
                self.places = self.rows.iter().enumerate().map(|(place, row)| (row.id.clone(), place)).collect();
                self.order = self.sorted();
                self.arrange();
            }
            Err(failure) => self.state = BookState::Failed(failure),
        }
    }

    /// Changes the filter.
    pub(super) fn edit_filter(&mut self, change: impl FnOnce(&mut Input)) {
        change(&mut self.filter);
        self.is_ranked = true;
        self.arrange();
    }

    /// Puts it into another order.
    pub(super) fn sort_by(&mut self, sort: BookSort) {
        (self.sort, self.is_ranked) = (sort, false);
        self.order = self.sorted();
        self.arrange();
    }

    /// Moves the cursor; beyond an end it stays at the end.
    pub(super) fn move_to(&mut self, place: usize) {
        self.cursor = place.min(self.visible.len().saturating_sub(1));
        self.choose();
    }

    /// Moves the cursor to a customer, without the filter where that hides it. Whether there is such a customer.
    pub(super) fn select(&mut self, customer: &CustomerId) -> bool {
        let is_it = |&i: &usize| self.rows[i].id == *customer;
        if !self.order.iter().any(is_it) {
            return false;
        }
        if !self.visible.iter().any(is_it) {
            self.filter.reset();
        }
        self.chosen = Some(customer.clone());
        self.arrange();
        true
    }

    /// Returns to this customer, once the book is there.
    pub(super) fn return_to(&mut self, customer: CustomerId) {
        self.chosen = Some(customer);
    }

    /// Makes the customer under the cursor the one to return to.
    pub(super) fn choose(&mut self) {
        if let Some(row) = self.selected() {
            self.chosen = Some(row.id.clone());
        }
    }

    fn arrange(&mut self) {
        let typed = self.filter.value().trim().to_owned();
        self.asked = typed.contains(':').then(|| query::search(&typed));
        self.left_out = 0;
        match self.asked.clone() {
            None if typed.is_empty() => self.visible = self.order.clone(),
            None => self.visible = self.matches(&typed, self.is_ranked),
            Some(Ok(search)) => self.answer(&search),
            // What stands before the wrong word counts until that is right.
            Some(Err(problem)) => {
                let before =
                    typed.get(..problem.at.start).and_then(|text| text.rsplit_once(' ')).map_or("", |(text, _)| text);
                self.answer(&query::search(before).unwrap_or_default());
            }
        }
        let chosen = self.chosen.as_ref();
        self.cursor = self.visible.iter().position(|&i| Some(&self.rows[i].id) == chosen).unwrap_or(0);
    }

    /// Shows those who fit a query, and among them those whose names match the words beside it; everybody until what it
    /// reads was read.
    fn answer(&mut self, search: &Search) {
        self.visible = self.order.clone();
        let Some(as_of) = self.as_of else { return };
        if !query::facts(&search.query).iter().all(|fact| self.has(&fact.id)) {
            return;
        }
        let order =
            if search.words.is_empty() { self.order.clone() } else { self.matches(&search.words, self.is_ranked) };
        let subjects: Vec<&CustomerRow> = order.iter().map(|&place| &self.rows[place]).collect();
        let found = query::answer(&search.query, &subjects, as_of);
        self.visible = found.shown.into_iter().map(|place| order[place]).collect();
        self.left_out = found.outcome.left_out.customers as usize;
    }

    /// The matching rows: ranked, the best first and equally good ones in the order of the list; else in that order.
    fn matches(&self, words: &str, is_ranked: bool) -> Vec<usize> {
        let pattern = Pattern::parse(words, CaseMatching::Smart, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut score = |&i: &usize| Some((i, pattern.score(self.haystacks[i].slice(..), &mut matcher)?));
        let mut scored: Vec<_> = self.order.iter().filter_map(&mut score).collect();
        if is_ranked {
            scored.sort_by_key(|&(_, score)| Reverse(score));
        }
        scored.into_iter().map(|(i, _)| i).collect()
    }

    /// Who is called like these words, the best match first, and so many at most.
    pub(super) fn named(&self, words: &str, most: usize) -> impl Iterator<Item = &CustomerRow> {
        self.matches(words, true).into_iter().take(most).map(|place| &self.rows[place])
    }

    /// The places of the rows in this order.
    fn sorted(&self) -> Vec<usize> {
        let mut order: Vec<_> = (0..self.rows.len()).collect();
        order.sort_by_cached_key(|&i| self.rows[i].place(self.sort));
        order
    }
}
