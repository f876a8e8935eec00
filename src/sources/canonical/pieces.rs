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

/// How long an item is as JSON in its list, in bytes, without making it.
fn length(item: &Item) -> usize {
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
