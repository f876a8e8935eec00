//! The order of a book: which customers a page has, without what is read of them. Pure.

use std::sync::OnceLock;

use contracts::{
    CustomerId, Line,
    book::{BookQuery, BookSort, CustomerRow, MAX_PAGE},
};

/// Whom a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The customers of the page, in order.
    pub customers: Vec<CustomerId>,
    /// How many there are on all pages.
    pub total: u32,
    /// After whom the next page begins; none on the last.
    pub next: Option<CustomerId>,
}

/// All customers of a book, as of a day, in every order.
#[derive(Debug)]
pub struct Order {
    /// The book's revision.
    pub revision: u64,
    /// What orders look at and nothing else.
    rows: Vec<CustomerRow>,
    /// Of each sort, places in `rows`; made when it is first asked for.
    sorted: [OnceLock<Vec<usize>>; 5],
}

impl Order {
    /// The order of these customers.
    pub fn of(rows: impl IntoIterator<Item = CustomerRow>, revision: u64) -> Self {
        let mut order = Self { revision, rows: Vec::new(), sorted: Default::default() };
        order.extend(rows);
        order
    }

    /// How many customers there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whom the page shows that `query` asks for; none where the customer that it begins after is not in the book.
    pub fn list(&self, query: &BookQuery) -> Option<Listing> {
        // Names are clean lines; the filter becomes one too, so that both spell an accent the same way.
        let needle = Line::new(query.filter.as_deref().unwrap_or_default()).as_str().to_lowercase();
        let finds = |text: &str| needle.is_empty() || text.to_lowercase().contains(&needle);
        let sorted = self.sorted(query.sort).iter().map(|&place| &self.rows[place]);
        let begins = match &query.after {
            None => 0,
            Some(after) => 1 + sorted.clone().position(|row| row.id == *after)?,
        };
        let limit = query.limit.unwrap_or(MAX_PAGE) as usize;
        let (mut listing, mut next) = (Listing { customers: Vec::new(), total: 0, next: None }, None);
        for (place, row) in sorted.enumerate().filter(|(_, row)| finds(row.name.as_str()) || finds(row.id.as_str())) {
            listing.total += 1;
            if place < begins {
                continue;
            }
            if listing.customers.len() < limit {
                listing.customers.push(row.id.clone());
            } else {
                next = listing.customers.last().cloned();
            }
        }
        Some(Listing { next, ..listing })
    }

    fn sorted(&self, sort: BookSort) -> &[usize] {
        self.sorted[sort as usize].get_or_init(|| {
            let mut places: Vec<_> = (0..self.rows.len()).collect();
            places.sort_by_cached_key(|&place| self.rows[place].place(sort));
            places
        })
    }
}

/// More customers of the same book; what is read of them goes at once, so that a large one is never in memory whole.
impl Extend<CustomerRow> for Order {
    fn extend<R: IntoIterator<Item = CustomerRow>>(&mut self, rows: R) {
        let bare = |row| CustomerRow { spark: Vec::new(), stale: Vec::new(), facts: Vec::new(), ..row };
        self.rows.extend(rows.into_iter().map(bare));
        self.sorted = Default::default();
    }
}
