//! What a book comes to.

use contracts::{
    attention::RenewalMonth,
    facts::{Status, Trend},
};
use domain::attention::totals;

use crate::given::{Customer, day, money, terms, today, urgent, usage, well};

#[test]
fn totals_count_who_is_a_customer_and_keep_currencies_apart() {
    let tickets = ["T-1", "T-2", "T-3"].map(|id| urgent(id, "2026-11-08")).to_vec();
    let high = |id: &str, arr, currency: &str, renewal: &str| Customer {
        usage: Some(usage(Trend::Silent)),
        tickets: tickets.clone(),
        terms: Some(terms(arr, currency, renewal)),
        ..well(id)
    };
    let book = [
        high("a", 100_000, "USD", "2026-11-30"),
        high("b", 50_000, "EUR", "2026-12-01"),
        high("c", 25_000, "USD", "2026-12-31"),
        Customer { status: Some(Status::Churned), ..high("d", 1_000_000, "USD", "2026-12-01") },
        Customer { gone_on: Some(day("2026-11-10")), ..high("e", 1_000_000, "USD", "2026-12-01") },
        Customer { contracts_delivered: day("2026-06-01"), ..well("f") },
        well("g"),
    ];
    let cases: Vec<_> = book.iter().map(Customer::case).collect();
    let totals = totals(cases.iter(), today());
    assert_eq!((totals.customers, totals.high, totals.silent, totals.stale), (5, 3, 3, 1));
    assert_eq!(totals.at_risk, [money(50_000, "EUR"), money(125_000, "USD")]);
    let month = |month: &str, customers, arr: &[_]| RenewalMonth { month: day(month), customers, arr: arr.to_vec() };
    assert_eq!(
        totals.renewals[..3],
        [
            month("2026-11-01", 1, &[money(100_000, "USD")]),
            month("2026-12-01", 2, &[money(50_000, "EUR"), money(25_000, "USD")]),
            month("2027-01-01", 0, &[]),
        ]
    );
    assert_eq!(totals.renewals.len(), 6);
}
