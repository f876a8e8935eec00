//! Customers as a book has them: good, bad, overdue, and without parts. What their facts say is read as a whole.

use contracts::{
    delivery::{ContractTerms, CustomerFields},
    facts::{Part, Priority},
};
use domain::{
    case::Case,
    facts::catalogue,
    rows::{CustomerRows, TicketRow},
};

use crate::given::{day, delivered, money, nobody, says, ticket, version};

const ON: &str = "2024-12-20";

/// Renewal, yearly value, currency, plan, seats and whether the contract renews by itself.
type Terms = (&'static str, i64, &'static str, &'static str, u32, Option<bool>);

fn customer(terms: Option<Terms>, tickets: Vec<TicketRow>) -> Case {
    let terms = terms.map(|(renewal, arr, currency, plan, seats, auto_renew)| ContractTerms {
        renewal_date: renewal.parse().ok(),
        arr: Some(money(arr * 100, currency)),
        plan: Some(plan.into()),
        seats: Some(seats),
        auto_renew,
        notice_days: None,
    });
    let fields = CustomerFields { name: Some("Contoso".into()), ..CustomerFields::default() };
    let rows = CustomerRows {
        fields: vec![version("crm", "x", ON, Some(fields))],
        contracts: terms.into_iter().map(|terms| version("crm", "x", ON, Some(terms))).collect(),
        tickets,
        ..nobody()
    };
    Case::of(&rows, &delivered(ON), day(ON), None)
}

#[test]
fn renewals_are_said_as_they_are() {
    let table: [(&str, Terms, &str); 6] = [
        (
            "good",
            ("2025-08-17", 480_000, "USD", "Enterprise", 500, Some(false)),
            "the contract is up for renewal in 240 days",
        ),
        (
            "bad",
            ("2025-01-24", 250_000, "EUR", "Enterprise", 400, Some(false)),
            "the contract is up for renewal in 35 days",
        ),
        (
            "overdue",
            ("2024-11-27", 60_000, "USD", "Pro", 80, Some(false)),
            "the contract was due for renewal 23 days ago",
        ),
        (
            "by itself",
            ("2024-11-27", 60_000, "USD", "Pro", 80, Some(true)),
            "the contract was due to renew by itself 23 days ago",
        ),
        (
            "automatic",
            ("2024-12-30", 900_000, "USD", "Enterprise", 1_200, Some(true)),
            "the contract renews by itself in 10 days",
        ),
        ("today", ("2024-12-20", 7_200, "USD", "Starter", 8, Some(false)), "the contract is up for renewal today"),
    ];
    for (who, terms, about) in table {
        let case = customer(Some(terms), Vec::new());
        assert_eq!(says(&case, "contract.days_to_renewal").0.as_deref(), Some(about), "{who}");
    }
}

#[test]
fn a_contract_without_a_renewal_date_says_everything_but_that() {
    let case = customer(Some(("", 12_000, "USD", "Basic", 10, None)), Vec::new());
    let said = |part| catalogue().filter(move |fact| fact.part == part && fact.read(&case).says.is_some());
    let ids: Vec<_> = said(Part::Contracts).map(|fact| fact.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "contract.arr",
            "contract.arr_per_seat",
            "contract.currency",
            "contract.plan",
            "contract.seats",
            "contract.count"
        ]
    );
}

#[test]
fn many_tickets_are_counted_by_how_serious_they_are() {
    let tickets = vec![
        ticket("W-0", Priority::Urgent, "2024-12-18", None, "PHI visible to wrong clinic"),
        ticket("W-1", Priority::Urgent, "2024-10-21", None, "Printing prescriptions fails"),
        ticket("W-2", Priority::High, "2024-11-20", None, "Login loop on iPad"),
        ticket("W-6", Priority::Normal, "2024-09-21", None, "Calendar sync"),
        ticket("W-7", Priority::Low, "2024-12-16", None, "Feature request: dark mode"),
    ];
    let case = customer(None, tickets);
    let about = ["tickets.open", "tickets.urgent", "tickets.high", "tickets.oldest_days"].map(|id| says(&case, id).0);
    let expected = [
        "5 tickets are open",
        "2 urgent tickets are open",
        "1 high-priority ticket is open",
        "the oldest open ticket has been open for 90 days",
    ];
    assert_eq!(about.map(Option::unwrap_or_default), expected);
}

#[test]
fn a_customer_whose_tickets_are_all_closed_has_none_open_and_one_subject_that_comes_again() {
    let days = ["2024-10-01", "2024-10-11", "2024-10-21", "2024-10-31", "2024-11-10", "2024-11-20"];
    let closed = ["2024-10-02", "2024-10-12", "2024-10-22", "2024-11-01", "2024-11-11", "2024-11-21"];
    let tickets =
        days.iter().zip(closed).enumerate().map(|(n, (opened, closed))| {
            ticket(&format!("L-{n}"), Priority::High, opened, Some(closed), "Import stuck")
        });
    let case = customer(None, tickets.collect());
    let ids = ["tickets.open", "tickets.closed_in_period", "tickets.time_to_solve", "tickets.recurring"];
    let to = ids.map(|id| says(&case, id).1.unwrap_or_default());
    let expected = [
        "you have no tickets open",
        "6 tickets of yours were closed from 22 Sep to 20 Dec 2024",
        "the median time to solve your tickets closed from 22 Sep to 20 Dec 2024 was 1 day",
        "6 of your tickets from 22 Sep to 20 Dec 2024 were about “Import stuck”",
    ];
    assert_eq!(to, expected);
    assert_eq!(says(&case, "tickets.oldest_days"), (None, None));
}

#[test]
fn of_a_customer_who_is_only_named_little_is_said() {
    let case = customer(None, Vec::new());
    let said = catalogue().filter_map(|fact| Some(fact.read(&case).says?.about.to_string()));
    let expected = [
        "the name is Contoso",
        "Contoso is a customer",
        "no tickets are open",
        "no urgent tickets are open",
        "no high-priority tickets are open",
        "no tickets were opened from 22 Sep to 20 Dec 2024",
        "no tickets were closed from 22 Sep to 20 Dec 2024",
        "the health score is 100 of 100 on what is known, 35 at the worst",
        "too little is known to judge the risk",
        "the share of the score that is known is 35%",
    ];
    assert_eq!(said.collect::<Vec<_>>(), expected);
}
