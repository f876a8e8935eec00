use chrono::NaiveDate;
use contracts::{
    CustomerId, TaskId,
    attention::{About, Attention, Item, Kind, State},
    failure::Failure,
};
use domain::attention::order::{self, Row};

use serde::{Deserialize, Serialize};

use crate::{config::AttentionConfig, render::today::fitting};

/// What the list shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lens {
    /// What deserves attention.
    #[default]
    Today,
    /// All customers.
    Book,
}

/// What deserves attention, as the list shows it.
#[derive(Debug, Clone, Default)]
pub struct Today {
    page: Option<Attention>,
    failure: Option<Failure>,
    rows: Vec<Row>,
    /// How many of the rows there is time for.
    fits: usize,
    cursor: usize,
    /// The customer to begin with.
    first: Option<CustomerId>,
}

impl Today {
    /// What was read last; none before that.
    pub fn page(&self) -> Option<&Attention> {
        self.page.as_ref()
    }

    /// Why it could not be read, where the last time it could not.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// The rows there is time for, what matters most first.
    pub fn rows(&self) -> &[Row] {
        &self.rows[..self.fits]
    }

    /// The rows that are left for another day.
    pub fn left(&self) -> &[Row] {
        &self.rows[self.fits..]
    }

    /// Where the cursor is.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The row under the cursor.
    pub fn selected(&self) -> Option<&Row> {
        self.rows().get(self.cursor)
    }

    /// How many items were done on the day that is shown.
    pub fn done(&self) -> usize {
        let on = |day: NaiveDate| move |item: &&Item| item.state == State::Done(day);
        self.page.as_ref().map_or(0, |page| page.items.iter().filter(on(page.as_of)).count())
    }

    /// Takes what was read; the cursor stays with its customer.
    pub(super) fn loaded(&mut self, page: Result<Attention, Failure>, config: &AttentionConfig) {
        match page {
            Ok(page) => {
                let about = self.selected().map(|row| row.about().clone());
                (self.page, self.failure) = (Some(page), None);
                self.arrange(config);
                match (about, self.first.take()) {
                    (Some(about), _) => self.go_to(|other| *other == about),
                    (None, Some(customer)) => self.select(&customer),
                    (None, None) => {}
                }
            }
            Err(failure) => self.failure = Some(failure),
        }
    }

    /// Moves the cursor; beyond an end it stays at the end.
    pub(super) fn move_to(&mut self, place: usize) {
        self.cursor = place.min(self.fits.saturating_sub(1));
    }

    /// Begins with this customer, once what deserves attention is there.
    pub(super) fn return_to(&mut self, customer: CustomerId) {
        self.first = Some(customer);
    }

    /// Moves the cursor to a customer, where that has a row.
    pub(super) fn select(&mut self, customer: &CustomerId) {
        self.go_to(|about| about.customer() == Some(customer));
    }

    fn go_to(&mut self, is_it: impl Fn(&About) -> bool) {
        if let Some(place) = self.rows().iter().position(|row| is_it(row.about())) {
            self.cursor = place;
        }
    }

    /// Takes an item out of sight, or back; answers with the item as it was. The cursor stays where it is, on what follows.
    pub(super) fn set(&mut self, item: &Item, state: State, config: &AttentionConfig) -> Option<Item> {
        let known = self.page.as_mut()?.items.iter_mut().find(|known| known.id == item.id)?;
        let before = known.clone();
        known.state = state;
        self.arrange(config);
        Some(before)
    }

    fn arrange(&mut self, config: &AttentionConfig) {
        let Some(page) = &self.page else { return };
        self.rows = order::rows(&page.items, &config.weights);
        self.fits = fitting(&self.rows, page, config);
        self.move_to(self.cursor);
    }
}

/// The task that fits a kind of item; none where it is about no customer.
pub fn task_of(kind: Kind) -> Option<TaskId> {
    match kind {
        Kind::RenewalOverdue | Kind::RenewalWindow => Some(TaskId::RENEWAL),
        Kind::Silent | Kind::UsageFell | Kind::ScoreDropped | Kind::RevenueAtRisk | Kind::ArrFell => {
            Some(TaskId::CHURN)
        }
        Kind::FollowUpDue | Kind::NoTouch => Some(TaskId::EMAIL),
        Kind::UrgentTicket | Kind::Gone => Some(TaskId::HEALTH),
        Kind::SourceFell | Kind::SourceStale => None,
    }
}
