//! The optional columns of the canonical files: what a source may say of a thing, leave out or clear.

use chrono::NaiveDate;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, json};

use super::{Contact, ContractTerms, CustomerFields};
use crate::{
    Line,
    facts::{Money, Part, Status, Ticket},
};

/// What can be told field by field; each field is named as its column is.
pub trait Columns: Clone + PartialEq + 'static {
    /// The optional columns, in the order of the file.
    const COLUMNS: &'static [Column<Self>];
}

/// An optional column of a row of type `T`.
#[derive(Debug)]
pub struct Column<T> {
    /// Its name in the canonical file.
    pub name: &'static str,
    /// Whether the row has a value in it.
    pub has: fn(&T) -> bool,
    /// Takes the value, or that there is none, of the second row into the first.
    pub copy: fn(&mut T, &T),
    /// The value in words, where the row has one.
    pub say: fn(&T) -> Option<String>,
}

/// What a column may hold.
trait Cell {
    fn words(&self) -> String;
}

macro_rules! cells {
    ($($cell:ty: $words:expr),+ $(,)?) => {
        $(impl Cell for $cell {
            fn words(&self) -> String {
                $words(self)
            }
        })+
    };
}

cells! {
    Line: ToString::to_string,
    NaiveDate: ToString::to_string,
    u32: ToString::to_string,
    // A contract's revenue is never negative.
    Money: |money: &Money| format!("{} {}.{:02}", money.currency, money.minor / 100, money.minor % 100),
    Status: |status: &Status| status.as_str().to_owned(),
    bool: |is_so: &bool| if *is_so { "yes" } else { "no" }.to_owned(),
}

macro_rules! columns {
    ($row:ty: $($field:ident),+) => {
        impl Columns for $row {
            const COLUMNS: &'static [Column<Self>] = &[$(Column {
                name: stringify!($field),
                has: |row| row.$field.is_some(),
                copy: |to, from| to.$field.clone_from(&from.$field),
                say: |row| row.$field.as_ref().map(Cell::words),
            }),+];
        }
    };
}

columns!(CustomerFields: name, industry, segment, owner, status, since, contact);
columns!(Ticket: subject, closed_on);
columns!(ContractTerms: renewal_date, arr, plan, seats, auto_renew, notice_days);
columns!(Contact: name, role, email, primary);

/// The names that [`Delivery::parts`](super::Delivery::parts) may list for a part. The currency is not among them: it
/// comes and goes with `arr`.
pub fn names(part: Part) -> Vec<&'static str> {
    match part {
        Part::Customers => names_of::<CustomerFields>(),
        Part::Usage => vec![MEASURE],
        Part::Tickets => names_of::<Ticket>(),
        Part::Contracts => names_of::<ContractTerms>(),
        Part::Contacts => names_of::<Contact>(),
        Part::Satisfaction | Part::Activity | Part::Health => Vec::new(),
    }
}

/// The optional column of usage: whether the metric is a count or a level.
pub const MEASURE: &str = "measure";

/// The schema of [`Delivery::parts`](super::Delivery::parts): one part or more, each with the names that it may list.
pub(super) fn schema(_: &mut SchemaGenerator) -> Schema {
    let of = |part: Part| {
        let names = names(part);
        let items = if names.is_empty() { json!(false) } else { json!({ "enum": names }) };
        (part.as_str().to_owned(), json!({ "type": "array", "items": items }))
    };
    let parts: Map<_, _> = Part::DELIVERED.map(of).into_iter().collect();
    json_schema!({ "type": "object", "properties": parts, "additionalProperties": false, "minProperties": 1 })
}

fn names_of<T: Columns>() -> Vec<&'static str> {
    T::COLUMNS.iter().map(|column| column.name).collect()
}
