//! How often a query looks at what is known: by that, and not by the clock, it is told whether a long list can keep up with
//! who types.

use std::{borrow::Cow, cell::Cell};

use contracts::{
    book::{CustomerRow, Standing},
    reading::{FactId, Knowledge, Value},
};
use domain::query::{Subject, answer, facts};

use crate::given::{customer, money, parse, today};

/// A customer that counts how often somebody looks.
struct Counted<'a>(&'a CustomerRow, &'a Cell<usize>);

impl Subject for Counted<'_> {
    fn knowledge(&self, fact: &FactId) -> Cow<'_, Knowledge<Value>> {
        self.1.set(self.1.get() + 1);
        self.0.knowledge(fact)
    }

    fn standing(&self) -> Standing {
        self.0.standing
    }
}

fn book(customers: usize) -> Vec<CustomerRow> {
    let risks = ["low", "medium", "high"];
    let row = |n: usize| {
        let facts = [
            ("risk", Value::Choice(risks[n % 3].into())),
            ("renewal", Value::Days(n as i64 % 400)),
            ("arr", money(&[((n * 37 % 1_000) as i64, "USD")])),
        ];
        // Of every eleventh something is missing.
        customer(&format!("c{n}"), &facts[..if n.is_multiple_of(11) { 1 } else { 3 }])
    };
    (0..customers).map(row).collect()
}

#[test]
fn a_query_looks_at_a_customer_a_few_times_for_each_of_its_facts_however_long_the_book_is() {
    for text in [
        "risk:high renewal:<60d arr:>100",
        "(risk:low or not renewal:<30d) sort:-arr limit:10",
        "by:month(renewal) sum:arr",
        "not risk:high share:arr",
        "sort:renewal",
    ] {
        let query = parse(text);
        for customers in [100, 10_000] {
            let (rows, looks) = (book(customers), Cell::new(0));
            let counted: Vec<_> = rows.iter().map(|row| Counted(row, &looks)).collect();
            answer(&query, &counted, today());
            let most = 6 * facts(&query).len() * customers;
            assert!(looks.get() <= most, "{text}: {} looks at {customers} customers", looks.get());
        }
    }
}
