//! Pieces in portions, so that what is kept of their customers fits into memory however long it is.

use contracts::{delivery::Piece, facts::Part};

/// How many rows of one part a portion has at the most.
const ROWS: usize = 250;

/// The rows of a piece, some of one part at a time; customers first, as the others name them.
pub fn portions(piece: Piece) -> impl Iterator<Item = (Part, Piece)> {
    let Piece { customers, usage, tickets, contracts, contacts, satisfaction, activity } = piece;
    cut(Part::Customers, customers, |customers| Piece { customers, ..Piece::default() })
        .chain(cut(Part::Usage, usage, |usage| Piece { usage, ..Piece::default() }))
        .chain(cut(Part::Tickets, tickets, |tickets| Piece { tickets, ..Piece::default() }))
        .chain(cut(Part::Contracts, contracts, |contracts| Piece { contracts, ..Piece::default() }))
        .chain(cut(Part::Contacts, contacts, |contacts| Piece { contacts, ..Piece::default() }))
        .chain(cut(Part::Satisfaction, satisfaction, |satisfaction| Piece { satisfaction, ..Piece::default() }))
        .chain(cut(Part::Activity, activity, |activity| Piece { activity, ..Piece::default() }))
}

/// The first and the second half of a portion.
pub fn halves(mut first: Piece) -> [Piece; 2] {
    let Piece { customers, usage, tickets, contracts, contacts, satisfaction, activity } = &mut first;
    let second = Piece {
        customers: half(customers),
        usage: half(usage),
        tickets: half(tickets),
        contracts: half(contracts),
        contacts: half(contacts),
        satisfaction: half(satisfaction),
        activity: half(activity),
    };
    [first, second]
}

fn half<T>(rows: &mut Vec<T>) -> Vec<T> {
    rows.split_off(rows.len() / 2)
}

fn cut<T>(part: Part, rows: Vec<T>, piece: fn(Vec<T>) -> Piece) -> impl Iterator<Item = (Part, Piece)> {
    let mut rows = rows.into_iter();
    std::iter::from_fn(move || {
        let some: Vec<T> = rows.by_ref().take(ROWS).collect();
        (!some.is_empty()).then(|| (part, piece(some)))
    })
}
