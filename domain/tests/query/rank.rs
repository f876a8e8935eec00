//! Where a customer stands among those who pay in its currency.

use contracts::{
    book::{CustomerRow, Standing},
    facts::Money,
};
use domain::statements::rank;

use crate::given::{customer, today};

fn paying(id: &str, minor: i64, currency: &str) -> CustomerRow {
    CustomerRow { arr: Some(Money { minor, currency: currency.into() }), ..customer(id, &[]) }
}

fn said(id: &str, book: &[CustomerRow]) -> Option<String> {
    let id = id.parse().expect("an id");
    rank(&id, book, today()).map(|statement| statement.about.to_string())
}

#[test]
fn the_one_that_pays_most_is_number_one_of_its_currency() {
    let gone = CustomerRow { standing: Standing::Churned, ..paying("gone", 900, "USD") };
    let book = [
        paying("a", 100, "USD"),
        paying("b", 300, "USD"),
        paying("c", 100, "USD"),
        paying("d", 500, "EUR"),
        gone,
        customer("e", &[]),
    ];
    let number = |place: u8| {
        format!("by yearly contract value it is number {place} of the 3 customers of whom that is known in USD")
    };
    assert_eq!(said("b", &book), Some(number(1)));
    assert_eq!((said("a", &book), said("c", &book)), (Some(number(2)), Some(number(2))), "as much is as high");
    for nobody in ["d", "e", "gone"] {
        assert_eq!(said(nobody, &book), None, "{nobody}");
    }
}
