//! What rows come to on a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use contracts::{
    Line, SourceName,
    delivery::{Contact, ContractTerms, CustomerFields},
    facts::{Priority, Source},
};
use domain::{
    case::{Case, Figures, Period, usage},
    rows::{CustomerRows, Sources, TicketRow, Version},
};
use proptest::prelude::*;

use crate::given::{TODAY, case, day, delivered, full, money, nobody, source, ticket, version, weekly_users};

fn of(rows: &CustomerRows, sources: &Sources, as_of: &str) -> Case {
    Case::of(rows, sources, day(as_of), None)
}

fn named(name: &str, industry: Option<&str>) -> CustomerFields {
    CustomerFields { name: Some(name.into()), industry: industry.map(Line::new), ..CustomerFields::default() }
}

#[test]
fn of_each_field_the_first_source_that_says_something_is_right() {
    let fields = vec![
        version("billing", "acme", "2026-01-01", Some(named("Acme Inc.", None))),
        version("crm", "acme", "2026-01-01", Some(named("Acme", Some("Logistics")))),
    ];
    let rows = CustomerRows { fields, ..nobody() };
    let read = |order: &[&str]| {
        let sources = Sources { order: order.iter().map(|name| source(name)).collect(), ..Sources::default() };
        let case = of(&rows, &sources, TODAY);
        let fields = case.fields.known().expect("fields").clone();
        (case.name.to_string(), fields.industry.map(|industry| industry.to_string()))
    };
    let (inc, acme) = ("Acme Inc.".to_owned(), "Acme".to_owned());
    let industry = Some("Logistics".to_owned());
    assert_eq!(read(&[]), (inc.clone(), industry.clone()), "by name");
    assert_eq!(read(&["crm"]), (acme, industry.clone()), "as configured");
    assert_eq!(read(&["billing", "crm"]), (inc, industry));
}

#[test]
fn a_source_that_cleared_a_field_says_nothing_of_it() {
    let fields = vec![
        version("a", "acme", "2026-01-01", Some(named("Acme", Some("Retail")))),
        version("a", "acme", "2026-03-01", Some(named("Acme", None))),
        version("b", "acme", "2026-02-01", Some(named("Acme", Some("Logistics")))),
    ];
    let rows = CustomerRows { fields, ..nobody() };
    let industry = |as_of| {
        let case = of(&rows, &Sources::default(), as_of);
        case.fields.known().and_then(|fields| fields.industry.clone()).map(|industry| industry.to_string())
    };
    assert_eq!(industry("2026-02-28").as_deref(), Some("Retail"));
    assert_eq!(industry("2026-03-01").as_deref(), Some("Logistics"));
    assert_eq!(industry("2025-12-31").as_deref(), Some("Retail"), "the first version stands for earlier days");
}

#[test]
fn a_customer_is_gone_where_every_source_that_knew_it_says_so_and_keeps_its_last_fields_as_stale() {
    let fields = vec![
        version("a", "acme", "2026-01-01", Some(named("Acme", Some("Retail")))),
        version("a", "acme", "2026-05-01", None),
        version("b", "acme", "2026-02-01", Some(named("Acme Inc.", None))),
        version("b", "acme", "2026-06-01", None),
    ];
    let rows = CustomerRows { fields, ..nobody() };
    let still_there = of(&rows, &Sources::default(), "2026-05-31");
    assert_eq!((still_there.gone, still_there.name), (None, "Acme Inc.".into()));
    let gone = of(&rows, &Sources::default(), "2026-06-01");
    assert_eq!(gone.gone, Some(Source { origin: "b".into(), as_of: day("2026-06-01") }));
    assert_eq!(gone.name, "Acme Inc.".into());
    assert!(gone.fields.is_stale());
    assert_eq!(gone.fields.source().map(|source| source.as_of), Some(day("2026-05-31")));
}

#[test]
fn a_customer_without_a_name_goes_by_its_id() {
    assert_eq!(of(&nobody(), &Sources::default(), TODAY).name, "acme".into());
}

fn terms(renewal: &str, minor: i64, currency: &str) -> ContractTerms {
    ContractTerms {
        renewal_date: (!renewal.is_empty()).then(|| day(renewal)),
        arr: (minor > 0).then(|| money(minor, currency)),
        seats: Some(10),
        plan: Some(format!("{currency} {minor}").as_str().into()),
        ..ContractTerms::default()
    }
}

fn contracts(of: &[(&str, ContractTerms)]) -> CustomerRows {
    let versions = of.iter().map(|(key, terms)| version("crm", key, "2026-11-01", Some(terms.clone())));
    CustomerRows { contracts: versions.collect(), ..nobody() }
}

#[test]
fn contracts_are_taken_together_and_the_one_with_most_revenue_is_the_main_one() {
    let rows = contracts(&[
        ("a", terms("2027-05-01", 50_000, "USD")),
        ("b", terms("2027-01-01", 70_000, "EUR")),
        ("c", terms("2026-12-01", 30_001, "USD")),
    ]);
    let case = of(&rows, &delivered(TODAY), TODAY);
    let contract = case.contract.known().expect("a contract");
    assert_eq!(contract.arr, [money(70_000, "EUR"), money(80_001, "USD")]);
    assert_eq!((contract.contracts, contract.seats), (3, Some(30)));
    assert_eq!(contract.main.renewal_date, Some(day("2027-01-01")));
    assert_eq!(contract.before, None);
}

#[test]
fn without_revenue_the_next_renewal_counts_and_without_one_to_come_the_last() {
    let table = [
        (vec!["2027-05-01", "2026-12-01", "2026-10-01", ""], Some("2026-12-01")),
        (vec!["2026-01-01", "2026-10-01", ""], Some("2026-10-01")),
        (vec!["2026-11-20", "2026-11-21"], Some("2026-11-20")),
        (vec![""], None),
    ];
    for (renewals, main) in table {
        let keyed: Vec<_> = renewals.iter().map(|renewal| (*renewal, terms(renewal, 0, "USD"))).collect();
        let case = of(&contracts(&keyed), &delivered(TODAY), TODAY);
        let contract = case.contract.known().expect("a contract");
        assert_eq!(contract.main.renewal_date, main.map(day), "{renewals:?}");
        assert!(contract.arr.is_empty());
    }
}

#[test]
fn revenue_before_is_what_it_was_before_it_last_changed() {
    let with_plan = |minor, plan: &str| ContractTerms { plan: Some(plan.into()), ..terms("", minor, "USD") };
    let contracts = vec![
        version("crm", "a", "2026-01-01", Some(with_plan(100, "Gold"))),
        version("crm", "a", "2026-06-01", Some(with_plan(80, "Gold"))),
        version("crm", "a", "2026-09-01", Some(with_plan(80, "Silver"))),
        version("crm", "b", "2026-10-01", Some(with_plan(30, "Extra"))),
        version("crm", "b", "2026-11-01", None),
    ];
    let rows = CustomerRows { contracts, ..nobody() };
    let table = [
        ("2025-06-01", None),
        ("2026-05-31", None),
        ("2026-06-01", Some(("2026-05-31", 100))),
        ("2026-09-15", Some(("2026-05-31", 100))),
        ("2026-10-01", Some(("2026-09-30", 80))),
        ("2026-11-01", Some(("2026-10-31", 110))),
    ];
    for (as_of, before) in table {
        let case = of(&rows, &Sources::default(), as_of);
        let expected = before.map(|(until, minor)| (day(until), vec![money(minor, "USD")]));
        assert_eq!(case.contract.any().expect("a contract").before, expected, "{as_of}");
    }
}

#[test]
fn two_sources_that_name_the_same_contract_speak_of_one() {
    let plan = ContractTerms { plan: Some("Gold".into()), seats: Some(99), ..ContractTerms::default() };
    let mut rows = contracts(&[("a", terms("2027-05-01", 50_000, "USD"))]);
    rows.contracts[0].says.as_mut().expect("terms").plan = None;
    rows.contracts.push(version("zeta", "a", "2026-11-01", Some(plan)));
    let case = of(&rows, &delivered(TODAY), TODAY);
    let contract = case.contract.known().expect("a contract");
    assert_eq!((contract.contracts, contract.seats), (1, Some(10)));
    assert_eq!(contract.main.plan, Some("Gold".into()));
}

#[test]
fn a_renewal_that_passed_since_the_contract_was_delivered_is_stale_and_one_that_had_passed_by_then_overdue() {
    // renewal, delivered, as of, stale
    let table = [
        ("2026-12-01", "2026-11-15", "2026-11-20", false),
        ("2026-11-20", "2026-11-15", "2026-11-20", false),
        ("2026-11-18", "2026-11-15", "2026-11-20", true),
        ("2026-11-15", "2026-11-15", "2026-11-20", true),
        ("2026-11-14", "2026-11-15", "2026-11-20", false),
    ];
    for (renewal, on, as_of, is_stale) in table {
        let case = of(&contracts(&[("a", terms(renewal, 100, "USD"))]), &delivered(on), as_of);
        assert_eq!(case.renewal().is_stale(), is_stale, "{renewal} of {on} on {as_of}");
        assert!(!case.contract.is_stale(), "what else the contract says holds");
        assert_eq!(case.renewal().any(), Some(&day(renewal)));
    }
}

#[test]
fn parts_go_stale_by_their_shelf_lives() {
    let sources = delivered("2026-01-01");
    let tickets = |as_of| of(&nobody(), &sources, as_of).tickets.is_stale();
    assert_eq!(["2026-02-04", "2026-02-05"].map(tickets), [false, true]);
    let contract = |as_of| {
        let versions = vec![version("crm", "a", "2025-01-01", Some(terms("", 100, "USD")))];
        of(&CustomerRows { contracts: versions, ..nobody() }, &sources, as_of).contract.is_stale()
    };
    assert_eq!(["2026-04-30", "2026-05-01"].map(contract), [false, true]);
    let satisfaction = |as_of| of(&full(), &sources, as_of).satisfaction.is_stale();
    assert_eq!(["2027-04-27", "2027-04-28"].map(satisfaction), [false, true]);
    let kept = |as_of| usage(Some(weekly_users()), day(as_of)).is_stale();
    assert_eq!(["2026-12-11", "2026-12-12"].map(kept), [false, true]);
}

#[test]
fn emails_go_to_the_primary_contact_else_the_first_else_whom_the_customer_names() {
    let person = |name: &str, primary| Contact { name: Some(name.into()), primary, ..Contact::default() };
    let contacts = vec![
        version("crm", "a@x", "2026-01-01", Some(person("Anna", None))),
        version("crm", "b@x", "2026-01-01", Some(person("Bo", Some(true)))),
        version("crm", "c@x", "2026-06-01", Some(person("Cy", Some(true)))),
        version("crm", "b@x", "2026-03-01", Some(person("Bo", Some(false)))),
        version("crm", "a@x", "2026-09-01", None),
        version("crm", "b@x", "2026-09-01", None),
        version("crm", "c@x", "2026-09-01", None),
    ];
    let fields = CustomerFields { contact: Some("Maria".into()), ..CustomerFields::default() };
    let fields = vec![version("crm", "acme", "2026-01-01", Some(fields))];
    let rows = CustomerRows { contacts, fields, ..nobody() };
    let table = [("2026-01-01", "Bo"), ("2026-03-01", "Anna"), ("2026-06-01", "Cy"), ("2026-09-01", "Maria")];
    for (as_of, name) in table {
        let contact = of(&rows, &Sources::default(), as_of).contact;
        assert_eq!(contact.known().and_then(|contact| contact.name.clone()), Some(name.into()), "{as_of}");
    }
}

#[test]
fn figures_that_were_kept_as_json_make_the_same_customer_and_age_when_they_are_read() {
    let (rows, sources) = (full(), delivered(TODAY));
    let period = Period::up_to(day(TODAY));
    let figures = Figures { usage: Some(weekly_users()), ..Figures::of(&rows, &sources, day(TODAY), period) };
    let json = serde_json::to_string(&figures).expect("JSON");
    let kept: Figures = serde_json::from_str(&json).expect("figures");
    let light = CustomerRows { tickets: Vec::new(), usage: Vec::new(), ..rows.clone() };
    let again = Case::with(&light, kept.clone(), &sources, day(TODAY), period);
    assert_eq!(again, Case::with(&rows, figures, &sources, day(TODAY), period));
    let later = Case::with(&light, kept, &sources, day("2027-01-20"), period);
    assert!(later.usage.is_stale() && later.tickets.is_stale() && !later.contract.is_stale());
    assert_eq!(again, case(&rows, Some(weekly_users()), &sources, TODAY));
}

/// A day of 2026 by its number.
fn nth(n: u32) -> String {
    NaiveDate::from_yo_opt(2026, n).expect("a day of the year").to_string()
}

prop_compose! {
    fn some_tickets()(rows in prop::collection::vec((1_u32..300, prop::option::of(0_u32..60)), 0..30)) -> Vec<TicketRow> {
        rows.into_iter().enumerate().map(|(n, (opened, took))| {
            let closed = took.map(|took| nth(opened + took));
            ticket(&format!("t{n}"), Priority::Normal, &nth(opened), closed.as_deref(), "")
        }).collect()
    }
}

/// What one of three sources says from a day on: that the customer is gone, or two fields, each perhaps left out.
type Says = (usize, u32, Option<(u8, u8)>);

fn some_fields() -> impl Strategy<Value = Vec<Version<CustomerFields>>> {
    let says = (0_usize..3, 1_u32..300, prop::option::weighted(0.8, (0_u8..4, 0_u8..4)));
    prop::collection::vec(says, 1..12).prop_map(|says| {
        // A source has one version of a day.
        let by_day: BTreeMap<_, _> = says.into_iter().map(|said| ((said.0, said.1), fields_of(said))).collect();
        by_day.into_values().collect()
    })
}

fn fields_of((name, from, said): Says) -> Version<CustomerFields> {
    let text = |n: u8| (n > 0).then(|| Line::new(&format!("says {n}")));
    let says = said.map(|(industry, segment)| CustomerFields {
        industry: text(industry),
        segment: text(segment),
        ..CustomerFields::default()
    });
    version(["alpha", "beta", "gamma"][name], "acme", &nth(from), says)
}

proptest! {
    #[test]
    fn as_many_tickets_are_open_as_were_opened_and_not_closed_by_the_day(rows in some_tickets(), as_of in 1_u32..365) {
        let rows = CustomerRows { tickets: rows, ..nobody() };
        let case = of(&rows, &delivered("2026-01-01"), &nth(as_of));
        let is_past = |at: NaiveDate| at <= day(&nth(as_of));
        let opened = rows.tickets.iter().filter(|row| is_past(row.ticket.opened_on)).count();
        let closed = rows.tickets.iter().filter(|row| row.ticket.closed_on.is_some_and(is_past)).count();
        let open = case.tickets.any().expect("tickets").by_priority.total();
        prop_assert_eq!(open as usize, opened - closed);
    }

    #[test]
    fn where_nothing_is_closed_no_ticket_is_forgotten_from_day_to_day(rows in some_tickets(), as_of in 1_u32..364) {
        let mut rows = CustomerRows { tickets: rows, ..nobody() };
        rows.tickets.iter_mut().for_each(|row| row.ticket.closed_on = None);
        let tickets = |n| of(&rows, &delivered("2026-01-01"), &nth(n)).tickets.any().expect("tickets").by_priority;
        prop_assert!(tickets(as_of).total() <= tickets(as_of + 1).total());
    }

    #[test]
    fn the_order_of_rows_does_not_matter_and_the_order_of_sources_decides_by_field(
        fields in some_fields(),
        order in Just(["alpha", "beta", "gamma"]).prop_shuffle(),
        as_of in 1_u32..365,
    ) {
        let sources = Sources { order: order.iter().map(|name| source(name)).collect(), ..Sources::default() };
        let read = |fields: Vec<_>| of(&CustomerRows { fields, ..nobody() }, &sources, &nth(as_of));
        let (case, turned) = (read(fields.clone()), read(fields.iter().rev().cloned().collect()));
        prop_assert_eq!(&case, &turned);
        // Each source alone, first come first served.
        let alone = order.map(|name| {
            read(fields.iter().filter(|version| version.source == source(name)).cloned().collect())
        });
        let first = |field: fn(&CustomerFields) -> &Option<Line>| {
            alone.iter().filter_map(|case| case.fields.known()).find_map(|fields| field(fields).clone())
        };
        if let Some(fields) = case.fields.known() {
            prop_assert_eq!(&fields.industry, &first(|fields| &fields.industry));
            prop_assert_eq!(&fields.segment, &first(|fields| &fields.segment));
        }
        let newest = order.map(|name| {
            let told = fields.iter().filter(|version| version.source == source(name));
            told.filter(|version| version.from <= case.as_of).max_by_key(|version| version.from)
        });
        let told: Vec<_> = newest.into_iter().flatten().collect();
        let is_gone = !told.is_empty() && told.iter().all(|version| version.says.is_none());
        prop_assert_eq!(case.gone.is_some(), is_gone);
    }

    #[test]
    fn what_is_delivered_later_changes_nothing_of_an_earlier_day(
        fields in some_fields(),
        later in some_fields(),
        as_of in 1_u32..365,
    ) {
        let today = day(&nth(as_of));
        let known: Vec<_> = fields.into_iter().filter(|version| version.from <= today).collect();
        let is_known = |name: &SourceName| known.iter().any(|version| version.source == *name);
        let later = later.into_iter().filter(|version| version.from > today && is_known(&version.source));
        let all = known.iter().cloned().chain(later).collect();
        let read = |fields| of(&CustomerRows { fields, ..nobody() }, &Sources::default(), &nth(as_of));
        prop_assert_eq!(read(known.clone()), read(all));
    }
}
