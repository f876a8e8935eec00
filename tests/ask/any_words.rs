//! Whatever is typed, of whatever book: no panic, and the same answer twice.

use contracts::book::CustomerRow;
use cs_copilot::agent::{
    book,
    intent::{self, Intent},
};
use proptest::prelude::*;

use crate::support::{book, row, today};

/// Words that the parser knows, names of the book, signs, and anything else.
fn sentence() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "compare",
        "top",
        "5",
        "worst",
        "renewals",
        "next",
        "quarter",
        "over",
        "50k",
        "$",
        "€1.2m",
        "between",
        "and",
        "in",
        "Q1",
        "2027",
        "2026-12-31",
        "customers",
        "who",
        "at",
        "risk",
        "high",
        "Acme",
        "Nordwind",
        "no",
        "tickets",
        "or",
        "more",
        "by",
        "ARR",
        "score",
        "under",
        "within",
        "99999999999999999999",
        "4000000000",
        "days",
        "how",
        "many",
        "total",
        "'s",
        "Müller",
        "さくら",
        "before",
        "0",
        "months",
        "year",
        "last",
        "first",
        "after",
        "since",
        "from",
        "to",
        "-",
        "March",
        "29",
        "February",
        "first half",
        "yesterday",
        "end of",
        ">",
        "\"",
        "Inc",
        "not",
        "except",
        "how is",
        "update",
        "average",
        "median",
        "should I",
        "today",
        "renewed",
        "did",
        "21st",
        "on",
        "or",
        "3/31/2027",
    ]);
    prop::collection::vec(prop_oneof![4 => known.prop_map(str::to_owned), 1 => any::<String>()], 0..12)
        .prop_map(|words| words.join(" "))
}

fn any_book() -> impl Strategy<Value = Vec<CustomerRow>> {
    let named = ("[A-Za-z0-9][A-Za-z0-9._-]{0,8}", any::<String>()).prop_map(|(id, name)| row(&id, &name));
    prop_oneof![Just(book()), prop::collection::vec(named, 0..8)]
}

proptest! {
    #[test]
    fn parsing_never_panics_and_is_deterministic(sentence in sentence(), rows in any_book(), selected in any::<bool>()) {
        let selected = rows.first().filter(|_| selected).map(|row| &row.id);
        let found = intent::parse(&sentence, &rows, selected, today());
        prop_assert_eq!(&found, &intent::parse(&sentence, &rows, selected, today()));
        match found {
            Intent::Choose { candidates, .. } => {
                prop_assert!((2..=intent::MAX_CANDIDATES).contains(&candidates.len()));
            }
            Intent::Book(query) => {
                let answer = book::answer(&query, None, &rows, today());
                prop_assert!(answer.fit + answer.unknown <= answer.total);
                prop_assert_eq!(domain::query::parse(answer.query.as_str()), Ok(query));
            }
            Intent::Customer { .. } | Intent::NoCustomer { .. } | Intent::Declined(_) => {}
        }
    }

    #[test]
    fn a_customer_is_found_by_its_id_and_by_its_whole_name(place in 0..26_usize) {
        let rows = book();
        let wanted = &rows[place];
        for called in [wanted.id.as_str(), wanted.name.as_str()] {
            for sentence in [format!("health of {called}"), format!("churn review for {called}!"), called.to_owned()] {
                let found = intent::parse(&sentence, &rows, None, today());
                let is_found = matches!(&found, Intent::Customer { customer, .. } if customer.id == wanted.id);
                prop_assert!(is_found, "{}: {:?}", sentence, found);
            }
        }
    }
}
