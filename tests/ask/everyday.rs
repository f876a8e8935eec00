//! What a CSM asks of the book from day to day, and what it is taken for.

use contracts::{
    book::CustomerRow,
    facts::{Money, Trend},
};
use cs_copilot::agent::{
    book::{self, BookAnswer},
    intent::{self, Intent},
};

use crate::support::{check, row, today};

#[test]
fn one_begins_with_the_greatest_risk() {
    let by_risk = "The first 10 customers, by risk, highest first";
    let of_all = [
        "what should I do today",
        "where should I start",
        "where do I start this morning?",
        "what needs my attention",
        "what is most important today",
        "who needs me this week",
        "who should I call this week",
        "what should I focus on today",
        "what are my priorities this week",
        "which customers need my attention",
    ];
    check(None, &of_all.map(|sentence| (sentence, by_risk)));
    check(Some("acme"), &of_all.map(|sentence| (sentence, by_risk)));
    // With a customer before one's eyes it is about that one, where no day and nobody else is spoken of.
    let of_any = ["what should I do next", "what should I worry about", "what should I focus on"];
    check(None, &of_any.map(|sentence| (sentence, by_risk)));
    check(Some("acme"), &of_any.map(|sentence| (sentence, "health acme")));
    check(
        None,
        &[
            ("what needs my attention at stark", "health stark"),
            ("what should I do about Globex today", "health globex"),
            ("what should I focus on in the renewal", "renewal nobody"),
            ("what should I write to them", "email nobody"),
            ("what should I eat today", "declined"),
        ],
    );
}

#[test]
fn what_customers_have_is_no_superlative() {
    check(
        None,
        &[
            ("biggest accounts with open tickets", "The first 10 customers with open tickets, by ARR, highest first"),
            ("largest accounts with declining usage", "The first 10 customers with usage down, by ARR, highest first"),
            ("smallest customers at risk", "The first 10 customers at high or medium risk, by ARR, lowest first"),
            ("top 5 by arr with usage down", "The first 5 customers with usage down, by ARR, highest first"),
            ("top 5 customers with tickets", "The first 5 customers with open tickets, by open tickets, most first"),
            ("biggest accounts by open tickets", "The first 10 customers, by open tickets, most first"),
            ("customers with the largest number of tickets", "The first 10 customers, by open tickets, most first"),
            ("best accounts with tickets", "The first 10 customers with open tickets, by score, highest first"),
            ("biggest accounts with low usage", "The first 10 customers, by ARR, highest first “low”?"),
            ("accounts with unknown usage", "Customers with no usage trend, by risk, highest first"),
        ],
    );
}

#[test]
fn averages_and_sums() {
    check(
        None,
        &[
            ("average score", "Average score of customers"),
            ("what is the average score of customers at risk?", "Average score of customers at high or medium risk"),
            ("average ARR", "Average ARR of customers"),
            ("what is our ARR on average", "Average ARR of customers"),
            ("median arr of renewals next quarter", "Median ARR of customers renewing from 2027-01-01 to 2027-03-31"),
            ("average ARR of the top 5", "Average ARR of the first 5 customers, by ARR, highest first"),
            ("average number of open tickets", "Average open tickets of customers"),
            ("how many open tickets do we have", "Total open tickets of customers"),
            ("how many customers have open tickets", "How many customers with open tickets"),
            ("average usage of all customers", "The first 10 customers, by risk, highest first “average”?"),
            ("average churn risk", "The first 10 customers, by risk, highest first “average”?"),
            ("average churn risk at stark", "churn stark"),
            ("average score of Acme", "health acme"),
            ("how much ARR do we have", "Total ARR of customers"),
            ("how many customers do we have", "How many customers"),
            ("sum of arr renewing this quarter", "Total ARR of customers renewing from 2026-10-01 to 2026-12-31"),
        ],
    );
    check(
        Some("acme"),
        &[
            ("average score", "Average score of customers"),
            ("how much ARR do we have", "Total ARR of customers"),
            ("how many tickets are open?", "health acme"),
        ],
    );
}

fn answer(sentence: &str, rows: &[CustomerRow]) -> BookAnswer {
    match intent::parse(sentence, rows, None) {
        Intent::Book(question) => book::answer(&question, sentence, rows, today()),
        other => panic!("{sentence}: {other:?}"),
    }
}

fn notes(answer: &BookAnswer) -> Vec<&str> {
    answer.notes.iter().map(contracts::Line::as_str).collect()
}

/// Three pay in dollars, one in euros, and of one nothing is known.
fn rows() -> Vec<CustomerRow> {
    let amounts = [(100, "USD"), (200, "USD"), (900, "USD"), (70, "EUR")];
    let paying = amounts.into_iter().zip(1..).map(|((amount, currency), n)| CustomerRow {
        arr: Some(Money { minor: amount * 100, currency: currency.into() }),
        score: Some(10 * n),
        open_tickets: Some(n - 1),
        ..row(&format!("c{n}"), &format!("Customer {n}"))
    });
    let unknown =
        CustomerRow { arr: None, score: None, coverage: 0, open_tickets: None, trend: None, ..row("c5", "Customer 5") };
    paying.chain([unknown]).collect()
}

#[test]
fn an_average_is_of_what_is_known() {
    let mut rows = rows();
    for (sentence, told, note) in [
        (
            "average ARR",
            "The book has 5 customers. The average ARR is EUR 70 (1 customer) and USD 400 (3 customers).",
            "Left out: 1 customer that has no ARR.",
        ),
        (
            "median ARR",
            "The book has 5 customers. The median ARR is EUR 70 (1 customer) and USD 200 (3 customers).",
            "Left out: 1 customer that has no ARR.",
        ),
        (
            "median score",
            "The book has 5 customers. The median score is 25 (4 customers).",
            "Left out: 1 customer that has no score.",
        ),
        (
            "how many open tickets do we have",
            "The book has 5 customers. The total number of open tickets is 6 (4 customers).",
            "Left out: 1 customer that has no ticket data.",
        ),
    ] {
        let found = answer(sentence, &rows);
        assert_eq!((found.summary.as_str(), notes(&found)[0]), (told, note), "{sentence}");
        assert!(notes(&found).iter().all(|note| !note.starts_with("The sum ")), "{sentence}");
    }
    rows[3].coverage = 50;
    let partial =
        "1 customer has partial data only: its score (with ?) may change with the rest of it, and comes last.";
    assert_eq!(notes(&answer("average score", &rows))[0], partial);
    assert_eq!(answer("average score", &[]).summary.as_str(), "The book is empty.");
}

#[test]
fn they_are_those_of_whom_the_sentence_before_speaks() {
    let rows = rows();
    for (sentence, told) in [
        (
            "customers by open tickets",
            "The book has 5 customers. First comes Customer 4: 3 open tickets. The 4 shown pay EUR 70 and USD 1,200 a year \
             together.",
        ),
        (
            "customers with open tickets",
            "3 of 5 customers fit. First comes Customer 4: 3 open tickets. Together they pay EUR 70 and USD 1,100 a year.",
        ),
        (
            "top 2 customers with open tickets",
            "3 of 5 customers fit. First comes Customer 4: 3 open tickets. The 2 shown pay EUR 70 and USD 900 a year \
             together.",
        ),
        ("how many customers", "The book has 5 customers. Together they pay EUR 70 and USD 1,200 a year."),
    ] {
        assert_eq!(answer(sentence, &rows).summary.as_str(), told, "{sentence}");
    }
    assert_eq!(
        notes(&answer("how many customers", &rows)),
        ["The sum is without 1 customer that has no ARR on record."]
    );
}

#[test]
fn what_the_book_cannot_tell_is_said() {
    let rows = rows();
    for (sentence, told) in [
        (
            "which accounts have urgent tickets",
            "The book does not tell “urgent”: ask about one customer, or leave it out. 3 of 5",
        ),
        ("customers over 150 USD or with tickets", "I did not understand: “or”. 2 of 5"),
        ("renewals before 3/31/2027", "I did not understand: “3/31/2027”. Write a day as YYYY-MM-DD. 5 of 5"),
        ("renewals before 31.03.2027", "I did not understand: “31.03.2027”. Write a day as YYYY-MM-DD. 5 of 5"),
        ("renewals before 31", "I did not understand: “31”. 5 of 5"),
    ] {
        let found = answer(sentence, &rows);
        assert!(found.summary.as_str().starts_with(told) && found.unread.len() == 1, "{sentence}: {}", found.summary);
    }
    // Values of one figure are alternatives.
    let mut falling = rows.clone();
    falling[0].trend = Some(Trend::Down);
    for sentence in
        ["customers with usage falling or flat", "customers at high or medium risk", "renewals in EUR or USD"]
    {
        assert!(answer(sentence, &falling).unread.is_empty(), "{sentence}");
    }
}

#[test]
fn or_between_two_conditions_is_not_understood() {
    check(
        None,
        &[
            (
                "renewals over 50k in Q1 or at risk",
                "Customers renewing from 2027-01-01 to 2027-03-31 with an ARR over 50,000 at high or medium risk, by \
                 renewal, next first “or”?",
            ),
            (
                "customers over 50k or renewing in Q1",
                "Customers renewing from 2027-01-01 to 2027-03-31 with an ARR over 50,000, by renewal, next first “or”?",
            ),
            (
                "overdue or at risk customers",
                "Customers with an overdue renewal at high or medium risk, by renewal, next first “or”?",
            ),
            ("customers at high or medium risk", "Customers at high or medium risk, by risk, highest first"),
        ],
    );
}

#[test]
fn what_renewed_is_past() {
    check(
        None,
        &[
            ("what renewed in october", "Customers renewing from 2026-10-01 to 2026-10-31, by renewal, next first"),
            ("who renewed in November", "Customers renewing from 2026-11-01 to 2026-11-23, by renewal, next first"),
            ("who renewed in December", "Customers renewing from 2025-12-01 to 2025-12-31, by renewal, next first"),
            (
                "which customers renewed between October and December",
                "Customers renewing from 2026-10-01 to 2026-11-23, by renewal, next first",
            ),
            (
                "which customers renewed in January or February",
                "Customers renewing from 2026-01-01 to 2026-02-28, by renewal, next first",
            ),
            ("renewed in Q3", "Customers renewing from 2026-07-01 to 2026-09-30, by renewal, next first"),
            ("who renewed in Q1 2027", "Customers renewing from 2027-01-01 to 2027-03-31, by renewal, next first"),
            (
                "which renewals did we have last month",
                "Customers renewing from 2026-10-01 to 2026-10-31, by renewal, next first",
            ),
            (
                "which renewals did we have in may",
                "Customers renewing from 2026-05-01 to 2026-05-31, by renewal, next first",
            ),
            ("which customers renewed", "Customers renewing until 2026-11-23, by renewal, next first"),
            (
                "contracts to be renewed in October",
                "Customers renewing from 2027-10-01 to 2027-10-31, by renewal, next first",
            ),
        ],
    );
}

#[test]
fn days_and_times_side_by_side() {
    let two_months = "Customers renewing from 2027-01-01 to 2027-02-28, by renewal, next first";
    let to_december = "Customers renewing from 2026-11-01 to 2026-12-31, by renewal, next first";
    let day = "Customers renewing on 2027-03-21, by renewal, next first";
    check(
        None,
        &[
            ("renewals in January or February", two_months),
            ("renewals in Jan and Feb 2027", two_months),
            ("renewals this or next month", to_december),
            ("renewals this month or next", to_december),
            (
                "renewals in December or January",
                "Customers renewing from 2026-12-01 to 2027-01-31, by renewal, next first",
            ),
            (
                "renewals in January or March",
                "Customers renewing from 2027-01-01 to 2027-01-31, by renewal, next first “March”?",
            ),
            ("renewals on Mar 21st", day),
            ("renewals on the 21st of March", day),
            ("renewals on 21 March", day),
            ("renewals before Mar 21st", "Customers renewing until 2027-03-20, by renewal, next first"),
            ("renewals by the 21st", "Customers with a renewal date, by renewal, next first “the 21st”?"),
            (
                "top 5 of our March renewals",
                "The first 5 customers renewing from 2027-03-01 to 2027-03-31, by renewal, next first",
            ),
            (
                "top 5 March renewals",
                "The first 5 customers renewing from 2027-03-01 to 2027-03-31, by renewal, next first",
            ),
            ("renewals in the 1st half", "Customers renewing from 2027-01-01 to 2027-06-30, by renewal, next first"),
        ],
    );
}
