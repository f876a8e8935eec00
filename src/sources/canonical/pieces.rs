//! An import's rows in pieces, each made when it is its turn, so that they are never all there twice.

use std::{io, iter};

use ::contracts::{
    activity::Activity,
    delivery::{ContactRow, ContractRow, CustomerRow, Piece, ResponseRow, TicketRows, UsageRows, UsageSays},
};
use serde::Serialize;

use super::Import;

/// How long a piece may grow, as JSON, in bytes; half of what a server takes.
const ROOM: usize = ::contracts::delivery::MAX_PIECE / 2;

impl Import {
    /// The rows in pieces: all customers first, then the other parts.
    pub fn pieces(&self) -> impl Iterator<Item = Piece> {
        let mut items = self.items().map(|item| (length(&item), item)).peekable();
        iter::from_fn(move || {
            let (length, first) = items.next()?;
            let mut piece = Piece::default();
            let mut room = ROOM.saturating_sub(length);
            first.put(&mut piece);
            while let Some((length, item)) = items.next_if(|(length, _)| *length <= room) {
                room -= length;
                item.put(&mut piece);
            }
            Some(piece)
        })
    }

    fn items(&self) -> impl Iterator<Item = Item> {
        let customers = self.customers.iter().cloned().map(Item::Customer);
        let usage = self.usage.items(&self.ids).map(Item::Usage);
        let tickets = self.tickets.items(&self.ids).map(Item::Tickets);
        let contracts = self.contracts.iter().cloned().map(Item::Contract);
        let contacts = self.contacts.iter().cloned().map(Item::Contact);
        let satisfaction = self.satisfaction.iter().cloned().map(Item::Response);
        let happened = satisfaction.chain(self.activity.iter().cloned().map(Item::Activity));
        customers.chain(usage).chain(tickets).chain(contracts).chain(contacts).chain(happened)
    }
}

/// How many rows a piece has, counted as files have them.
pub fn rows_of(piece: &Piece) -> usize {
    let points = piece.usage.iter().map(|rows| match &rows.says {
        UsageSays::Points(points) => points.len(),
        UsageSays::Summary(_) => 1,
    });
    let tickets = piece.tickets.iter().map(|rows| rows.tickets.len());
    let own = [piece.customers.len(), piece.contracts.len(), piece.contacts.len()];
    let happened = [piece.satisfaction.len(), piece.activity.len()];
    points.chain(tickets).chain(own).chain(happened).sum()
}

/// What goes into a piece whole. None is longer than a piece may grow.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Item {
    Customer(CustomerRow),
    Usage(UsageRows),
    Tickets(TicketRows),
    Contract(ContractRow),
    Contact(ContactRow),
    Response(ResponseRow),
    Activity(Activity),
}

impl Item {
    fn put(self, piece: &mut Piece) {
        match self {
            Self::Customer(row) => piece.customers.push(row),
            Self::Usage(rows) => piece.usage.push(rows),
            Self::Tickets(mut rows) => match piece.tickets.last_mut() {
                Some(last) if last.customer_id == rows.customer_id => last.tickets.append(&mut rows.tickets),
                _ => piece.tickets.push(rows),
            },
            Self::Contract(row) => piece.contracts.push(row),
            Self::Contact(row) => piece.contacts.push(row),
            Self::Response(row) => piece.satisfaction.push(row),
            Self::Activity(row) => piece.activity.push(row),
        }
    }
}

/// The most bytes that a point of usage takes as JSON, such as `{"date":"2026-12-24","value":12.5},`.
const POINT: usize = 56;

/// The most bytes around the points of a series, without its customer and metric.
const AROUND_POINTS: usize = 100;

/// How long an item may be as JSON in its list, in bytes. There may be millions of points: they are not written to be
/// measured.
fn length(item: &Item) -> usize {
    match item {
        Item::Usage(UsageRows { customer_id, metric, says: UsageSays::Points(points), .. }) => {
            written(&(customer_id, metric)) + AROUND_POINTS + points.len() * POINT
        }
        item => written(item),
    }
}

/// How long something is as JSON with a comma behind it, in bytes, without making it.
fn written(item: &impl Serialize) -> usize {
    struct Count(usize);
    impl io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(1);
    serde_json::to_writer(&mut count, item).expect("plain data, and counting cannot fail");
    count.0
}

#[cfg(test)]
mod tests {
    use ::contracts::facts::{Measure, UsagePoint};
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn no_series_is_longer_than_it_is_said_to_be() {
        let longest =
            UsagePoint { date: NaiveDate::from_ymd_opt(2199, 12, 31).expect("a day"), value: 1.0 / 3.0 * 1e-5 };
        for points in [0, 1, 1_000] {
            let item = Item::Usage(UsageRows {
                customer_id: "c".repeat(100).parse().expect("an id"),
                metric: "\"".repeat(200).as_str().into(),
                measure: Some(Measure::Count),
                says: UsageSays::Points(vec![longest; points]),
            });
            let (said, is) = (length(&item), written(&item));
            assert!(is <= said && said - is < 100 + 20 * points, "{points} points are {is} bytes, not {said}");
        }
    }
}
