//! What is said of a delivery.

use std::collections::BTreeMap;

use contracts::{
    delivery::{CustomerChange, Delivery, DeliveryReport, Gone, Loss, Mode, Named, PartReport},
    facts::{Money, Part},
    health::Risk,
};
use cs_copilot::{
    render::{
        delivery::{Told, left_out, losses, summary},
        wrapped,
    },
    sources::{
        canonical::{Made, Notes},
        day::{Day, Found},
        origin::Origin,
    },
};

use crate::day;

fn delivery() -> Delivery {
    serde_json::from_value(serde_json::json!({
        "source": "crm", "day": "2026-11-21", "parts": {}, "pieces": 1
    }))
    .unwrap()
}

fn report(parts: impl IntoIterator<Item = (Part, PartReport)>) -> DeliveryReport {
    DeliveryReport {
        applied: true,
        newer: None,
        created: 0,
        updated: 0,
        unchanged: 3,
        parts: parts.into_iter().collect(),
        losses: Vec::new(),
        changes: Vec::new(),
        more_changes: 0,
        without: BTreeMap::new(),
        demo_customers: 0,
        demo_replaced: Named::default(),
    }
}

fn rows(read: u64) -> PartReport {
    PartReport { read, taken: read, customers: 2, ..PartReport::default() }
}

fn named(count: u64, names: &[&str]) -> Named {
    Named { count, names: names.iter().map(|name| (*name).into()).collect() }
}

/// What is said behind the first line.
fn said(delivery: &Delivery, report: &DeliveryReport, notes: &Notes) -> Vec<String> {
    let day = Day::said(delivery.day);
    let text = summary(&Told { delivery, day: &day, report, notes, rejected: None });
    text.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn it_begins_with_the_source_the_day_and_the_customers() {
    let (delivery, notes) = (delivery(), Notes::default());
    let found = Found::Named("usage-2026-11-21.csv".to_owned());
    let day = Day { day: delivery.day, found };
    let report = DeliveryReport { created: 1200, updated: 2, ..report([]) };
    let told = Told { delivery: &delivery, day: &day, report: &report, notes: &notes, rejected: None };
    assert_eq!(
        summary(&told),
        "Imported from crm as of 2026-11-21, by the name of usage-2026-11-21.csv: 1,205 customers, 1,200 new, \
         2 changed, 3 unchanged.\n"
    );
    let report = DeliveryReport { applied: false, created: 1, ..report.clone() };
    let told = Told { report: &report, ..told };
    assert_eq!(
        summary(&told),
        "Checked crm as of 2026-11-21, by the name of usage-2026-11-21.csv, and changed nothing: 6 customers, 1 new, \
         2 changed, 3 unchanged.\n"
    );
}

#[test]
fn each_part_has_a_line_with_rows_customers_and_days() {
    let days = |oldest, newest| (Some(day(oldest)), Some(day(newest)));
    let (oldest, newest) = days("2026-07-01", "2026-11-01");
    let usage = PartReport { read: 1200, taken: 1190, changed: 40, outdated: 10, oldest, newest, ..rows(0) };
    let (oldest, newest) = days("2026-11-01", "2026-11-01");
    let tickets = PartReport { customers: 1, oldest, newest, ..rows(1) };
    let report = report([(Part::Customers, rows(3)), (Part::Usage, usage), (Part::Tickets, tickets)]);
    assert_eq!(
        said(&delivery(), &report, &Notes::default()),
        [
            "  customers: 3 rows; 3 taken, 0 new or changed",
            "  usage: 1,200 rows of 2 customers, from 2026-07-01 to 2026-11-01; 1,190 taken, 40 new or changed; \
             10 left out, because a newer delivery says otherwise",
            "  tickets: 1 row of 1 customer, of 2026-11-01; 1 taken, 0 new or changed",
        ]
    );
}

#[test]
fn what_is_gone_is_told_by_name() {
    let gone = |count, names: &[&str]| PartReport { gone: named(count, names), ..rows(5) };
    let report = report([
        (Part::Customers, gone(22, &["Acme", "Bolt"])),
        (Part::Usage, gone(1, &["Acme"])),
        (Part::Tickets, gone(1, &["T-1"])),
        (Part::Contracts, gone(2, &["K-1", "K-2"])),
    ]);
    let lines = |gone| said(&Delivery { gone, ..delivery() }, &report, &Notes::default())[4..].to_vec();
    assert_eq!(
        lines(Gone::Keep),
        [
            "Gone from crm, kept in the book and marked: 22 customers (Acme, Bolt and 20 more)",
            "Gone from crm: usage of 1 customer (Acme)",
            "Gone from crm, neither open nor closed: 1 open ticket (T-1)",
            "Gone from crm: 2 contracts (K-1, K-2)",
        ]
    );
    assert!(
        lines(Gone::Remove)[0].starts_with("Gone from crm, removed where no other source knows them: 22 customers")
    );
}

#[test]
fn a_part_of_which_no_row_could_be_read_is_not_called_a_header_alone() {
    let delivery = Delivery { rejected: [(Part::Tickets, 3)].into(), ..delivery() };
    let told = said(&delivery, &report([(Part::Tickets, rows(0))]), &Notes::default());
    let expected = "tickets came out empty: 3 rows could not be read; why is told below";
    assert!(told.iter().any(|line| line.contains(expected)), "{told:?}");
}

#[test]
fn a_part_of_which_every_row_was_left_out_is_not_called_a_header_alone() {
    let notes = Notes { left_out: [(Part::Tickets, 3)].into(), ..Notes::default() };
    let told = said(&delivery(), &report([(Part::Tickets, rows(0))]), &notes);
    let expected = "tickets came out empty: 3 rows left out; why is told below";
    assert!(told.iter().any(|line| line.contains(expected)), "{told:?}");
}

#[test]
fn what_did_not_come_is_told_unless_only_changes_are_expected() {
    let missing = vec![("a.csv".to_owned(), vec![Part::Tickets, Part::Usage]), ("b.csv".to_owned(), Vec::new())];
    let notes = Notes { missing, ..Notes::default() };
    let is_told = |mode| {
        let told = said(&Delivery { mode, ..delivery() }, &report([]), &notes);
        told.iter().any(|line| line.starts_with("Not delivered this time: a.csv (tickets, usage) and b.csv. "))
    };
    assert!(is_told(Mode::Snapshot) && !is_told(Mode::Changes));
}

#[test]
fn days_that_are_still_to_come_are_a_warning() {
    let newest = |day: &str| PartReport { newest: day.parse().ok(), oldest: day.parse().ok(), ..rows(1) };
    let warns = |day| {
        let told = said(&delivery(), &report([(Part::Usage, newest(day))]), &Notes::default());
        told.iter()
            .any(|line| line.starts_with("Warning: usage: its days go up to 2027-01-31, which is after 2026-11-21"))
    };
    assert!(warns("2027-01-31") && !warns("2026-11-21"));
}

#[test]
fn a_demo_customer_that_gave_way_is_named() {
    let report = DeliveryReport { demo_replaced: named(1, &["acme"]), ..report([]) };
    let told = said(&delivery(), &report, &Notes::default());
    assert!(
        told.contains(&"Replaced by customers of yours with the same ids: 1 demo customer (acme)".to_owned()),
        "{told:?}"
    );
}

#[test]
fn a_join_that_lost_or_repeated_its_rows_is_a_warning() {
    let strangers = |read, count, names: &[&str]| PartReport { strangers: named(count, names), ..rows(read) };
    let made = |part, rows, of: &[(&str, u64)]| Made {
        part,
        rows,
        of: of.iter().map(|(file, rows)| ((*file).to_owned(), *rows)).collect(),
        groups: false,
        joins: false,
    };
    let table: &[(Part, PartReport, Option<Made>, Option<&str>)] = &[
        (
            Part::Tickets,
            strangers(41, 40, &["Z-9"]),
            None,
            Some("tickets: 40 of 41 rows name customers who are not in the book (such as Z-9): do the ids fit?"),
        ),
        (
            Part::Tickets,
            strangers(3, 1, &["Z-9"]),
            None,
            Some("tickets: 1 of 3 rows names a customer who is not in the book (Z-9)"),
        ),
        (Part::Tickets, rows(0), None, Some("tickets came out empty: there was no row to take")),
        (
            Part::Tickets,
            rows(0),
            Some(made(Part::Tickets, 0, &[("zendesk.csv", 140), ("companies.csv", 30)])),
            Some(
                "tickets came out empty: the preset made no row out of the 140 rows of zendesk.csv: do its joins and \
                 filters fit?",
            ),
        ),
        (
            Part::Tickets,
            rows(12),
            Some(made(Part::Tickets, 12, &[("zendesk.csv", 140)])),
            Some(
                "tickets: the preset made 12 rows out of the 140 rows of zendesk.csv: do its joins and filters keep what \
                 they should?",
            ),
        ),
        (
            Part::Satisfaction,
            rows(280),
            Some(made(Part::Satisfaction, 280, &[("zendesk.csv", 140)])),
            Some("satisfaction: the preset made 280 rows out of the 140 rows of zendesk.csv: does a join repeat them?"),
        ),
        (Part::Usage, rows(12), Some(Made { groups: true, ..made(Part::Usage, 12, &[("events.csv", 140)]) }), None),
        (Part::Tickets, rows(70), Some(made(Part::Tickets, 70, &[("zendesk.csv", 140)])), None),
    ];
    for (part, of_part, made, expected) in table {
        let notes = Notes { made: made.iter().cloned().collect(), ..Notes::default() };
        let told = said(&delivery(), &report([(*part, of_part.clone())]), &notes);
        let warnings = told.iter().filter_map(|line| line.strip_prefix("Warning: ")).collect::<Vec<_>>();
        assert_eq!(warnings, expected.iter().copied().collect::<Vec<_>>());
    }
}

#[test]
fn what_changed_that_matters_ends_the_report() {
    let money = |minor| vec![Money { minor, currency: "USD".into() }];
    let change = |name: &str| CustomerChange {
        id: "A-1".parse().unwrap(),
        name: name.into(),
        arr: money(12_000_000),
        arr_before: None,
        risk: Risk::High,
        risk_before: None,
        new_urgent: 0,
        gone: false,
        fields: Vec::new(),
    };
    let changes = vec![
        CustomerChange { risk_before: Some(Risk::Low), new_urgent: 2, ..change("Acme") },
        CustomerChange { arr_before: Some(money(15_000_000)), gone: true, ..change("Bolt") },
        CustomerChange {
            arr: Vec::new(),
            new_urgent: 1,
            fields: vec!["customers.contact: Dana Reed -> nothing".into()],
            ..change("Cora")
        },
    ];
    let without = BTreeMap::from([
        (Part::Usage, named(7, &["A", "B", "C", "D", "E", "F", "G"])),
        (Part::Contracts, named(1, &["Acme"])),
    ]);
    let report = DeliveryReport { changes, more_changes: 12, without, demo_customers: 12, ..report([]) };
    assert_eq!(
        said(&delivery(), &report, &Notes::default()),
        [
            "What changed that matters, most revenue first:",
            "  Acme (A-1, USD 120,000): risk high, was low; 2 new urgent tickets",
            "  Bolt (A-1): ARR USD 120,000, was USD 150,000; gone from crm",
            "  Cora (A-1): 1 new urgent ticket",
            "    customers.contact: Dana Reed -> nothing",
            "  and 12 more customers",
            "Without usage: 7 customers (A, B, C, D, E and 2 more)",
            "Without a contract: 1 customer (Acme)",
            "Still in the book: 12 demo customers; take them out with `cs-copilot demo remove`",
        ]
    );
}

#[test]
fn losses_are_a_question_before_and_a_line_of_a_dry_run() {
    let loss = |part, column: Option<&str>, lost| Loss { part, column: column.map(Into::into), lost, of: 3 };
    let losses_of = |losses: &[Loss]| DeliveryReport { applied: false, losses: losses.to_vec(), ..report([]) };
    let cleared = losses_of(&[loss(Part::Customers, Some("contact"), 3)]);
    assert_eq!(
        losses(&delivery(), &cleared).as_deref(),
        Some("clear contact of 3 of 3 customers that crm told before")
    );
    let lost = losses_of(&[loss(Part::Contracts, None, 2), loss(Part::Usage, None, 1), loss(Part::Tickets, None, 3)]);
    assert_eq!(
        losses(&delivery(), &lost).as_deref(),
        Some("lose 2 of 3 contracts, lose 1 of 3 usage series and lose 3 of 3 open tickets that crm told before")
    );
    let strange = PartReport { strangers: named(40, &["Z-9"]), ..rows(41) };
    let strange = DeliveryReport { applied: false, ..report([(Part::Tickets, strange), (Part::Usage, rows(3))]) };
    assert_eq!(
        losses(&delivery(), &strange).as_deref(),
        Some("leave out 40 of the 41 rows of tickets, whose customers are not in the book (such as Z-9)")
    );
    let both = DeliveryReport { losses: lost.losses[..1].to_vec(), ..strange };
    let both = losses(&delivery(), &both).unwrap();
    assert!(both.starts_with("lose 2 of 3 contracts that crm told before and leave out 40 of the 41 rows"), "{both}");
    assert_eq!(losses(&delivery(), &DeliveryReport { applied: true, ..lost }), None, "they were accepted");
    assert_eq!(
        said(&delivery(), &cleared, &Notes::default()),
        ["An import would ask first: it would clear contact of 3 of 3 customers that crm told before."]
    );
}

#[test]
fn a_join_that_drops_most_rows_asks_first_and_a_filter_does_not() {
    let made = |joins, groups, rows| Made {
        part: Part::Tickets,
        rows,
        of: vec![("zendesk.csv".to_owned(), 140)],
        groups,
        joins,
    };
    let asks = |made| left_out(&Notes { made: vec![made], ..Notes::default() });
    let expected = "leave out 128 of the 140 rows of zendesk.csv, which the preset joins and filters away for tickets";
    assert_eq!(asks(made(true, false, 12)).as_deref(), Some(expected));
    for made in [made(false, false, 12), made(true, true, 12), made(true, false, 70)] {
        assert_eq!(asks(made), None);
    }
}

#[test]
fn a_line_that_is_too_long_for_the_screen_goes_on_below_between_its_words() {
    let text = "companies.csv: 3 rows\n  Company name  customers.name  \"Acme Incorporated\", \"Bolt\"\n/a/path/that/is/longer/than/the/screen\n";
    assert_eq!(
        wrapped(text, Some(30)),
        "companies.csv: 3 rows\n  Company name  customers.name\n      \"Acme Incorporated\",\n      \"Bolt\"\n\
         /a/path/that/is/longer/than/the/screen\n"
    );
    assert_eq!(wrapped(text, None), text);
}

#[test]
fn what_was_left_aside_is_told() {
    let notes = Notes {
        ignored: vec![(Origin::File("usage.csv".to_owned()), vec!["\"colour\"".to_owned(), "\"shoe\"".to_owned()])],
        unread: vec!["Tickets (1).csv".to_owned()],
        points_left_out: 1,
        subjects_cut: 2,
        ..Notes::default()
    };
    let report = DeliveryReport { newer: Some(day("2026-11-25")), ..report([]) };
    assert_eq!(
        said(&delivery(), &report, &notes),
        [
            "A delivery of crm as of 2026-11-25 is there already: days that it lacks are added, everything else stays as \
             it says.",
            "Ignored in usage.csv: the columns \"colour\" and \"shoe\"",
            "Not read: Tickets (1).csv",
            "Left out: 1 older point of usage; the newest 1,500 of a customer's metric are kept",
            "Cut at 200 characters: 2 ticket subjects",
        ]
    );
}
