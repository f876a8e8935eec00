//! Chapters about imports and the demo book.

use chrono::NaiveDate;
use contracts::{
    facts::{Source, Trend},
    import::{ImportReport, ImportRequest, UsageRecord, UsageSeries},
};
use tools_server::store::{Store, StoreError, StoredRenewal};

use crate::support::{customer, day, empty_import, id, owner, points, small_book, write};

pub async fn an_import_is_read_back_by_book_and_facts(store: &dyn Store) {
    let report = store.import(&write("reader", day(20)), &small_book()).await.unwrap();
    let expected = ImportReport {
        created: 3,
        without_usage: vec![id("bare"), id("quiet")],
        without_tickets: vec![id("bare")],
        without_contract: vec![id("bare"), id("quiet")],
        ..ImportReport::default()
    };
    assert_eq!(report, expected);

    let facts = store.facts(&owner("reader"), &id("full")).await.unwrap();
    let source = Source { origin: "files".into(), as_of: day(20) };
    let usage = facts.usage.unwrap();
    assert_eq!((usage.trend, usage.recent, usage.before), (Some(Trend::Down), 21.0, Some(40.0)));
    assert_eq!((usage.points.len(), usage.points[9].value, &usage.source), (10, 21.0, &source));
    let tickets = facts.tickets.unwrap();
    assert_eq!((tickets.open, tickets.by_priority.high, tickets.oldest_open), (2, 2, Some(day(2))));
    assert_eq!((tickets.recent.len(), &tickets.source), (2, &source));
    let contract = facts.contract.unwrap();
    let sent = &small_book().contracts[0];
    assert_eq!((contract.renewal_date, contract.arr), (sent.renewal_date, sent.arr.clone()));
    assert_eq!((contract.plan, contract.seats, contract.auto_renew), (sent.plan.clone(), sent.seats, sent.auto_renew));
    assert_eq!(contract.source, source);

    let quiet = store.facts(&owner("reader"), &id("quiet")).await.unwrap();
    assert_eq!((quiet.usage, quiet.tickets.unwrap().open, quiet.contract), (None, 0, None));
    let bare = store.facts(&owner("reader"), &id("bare")).await.unwrap();
    assert_eq!((bare.customer, bare.usage, bare.tickets, bare.contract), (customer("bare"), None, None, None));
    let unknown = store.facts(&owner("reader"), &id("nobody")).await;
    assert!(matches!(unknown, Err(StoreError::UnknownCustomer(customer)) if customer == id("nobody")));

    let book = store.book(&owner("reader")).await.unwrap();
    assert_eq!(book.len(), 3);
    let full = book.iter().find(|entry| entry.id == id("full")).unwrap();
    assert_eq!((full.trend, full.open_tickets), (Some(Trend::Down), Some(2)));
    let automatic = sent.auto_renew == Some(true);
    assert_eq!(full.renewal, sent.renewal_date.map(|date| StoredRenewal { date, automatic, source }));
    assert_eq!((full.spark.len(), full.spark[9], &full.arr), (10, 21.0, &sent.arr));
    let quiet = book.iter().find(|entry| entry.id == id("quiet")).unwrap();
    assert_eq!((quiet.trend, quiet.open_tickets, quiet.spark.len()), (None, Some(0), 0));
}

pub async fn the_same_import_again_changes_nothing(store: &dyn Store) {
    let before = store.facts(&owner("reader"), &id("full")).await.unwrap();
    let report = store.import(&write("reader", day(21)), &small_book()).await.unwrap();
    assert_eq!((report.created, report.updated, report.unchanged), (0, 0, 3));
    assert_eq!(store.facts(&owner("reader"), &id("full")).await.unwrap(), before);
}

pub async fn a_dry_run_counts_and_changes_nothing(store: &dyn Store) {
    let mut request = ImportRequest { dry_run: true, ..small_book() };
    request.customers.push(customer("new"));
    request.tickets[0].tickets.clear();
    let report = store.import(&write("reader", day(21)), &request).await.unwrap();
    assert_eq!((report.created, report.updated, report.unchanged), (1, 1, 2));
    assert!(matches!(store.facts(&owner("reader"), &id("new")).await, Err(StoreError::UnknownCustomer(_))));
    assert_eq!(store.facts(&owner("reader"), &id("full")).await.unwrap().tickets.unwrap().open, 2);
}

pub async fn a_part_that_is_not_sent_stays(store: &dyn Store) {
    let request = ImportRequest { as_of: day(22), usage: vec![points("full", &[1.0; 30][..15])], ..empty_import() };
    let report = store.import(&write("reader", day(22)), &request).await.unwrap();
    assert_eq!((report.created, report.updated, report.unchanged), (0, 1, 0));
    let facts = store.facts(&owner("reader"), &id("full")).await.unwrap();
    assert_eq!(facts.customer, customer("full"));
    assert_eq!((facts.usage.as_ref().unwrap().trend, facts.usage.unwrap().source.as_of), (Some(Trend::Flat), day(22)));
    assert_eq!((facts.tickets.unwrap().open, facts.contract.unwrap().source.as_of), (2, day(20)));
    let book = store.book(&owner("reader")).await.unwrap();
    assert_eq!(book.iter().find(|entry| entry.id == id("full")).unwrap().spark, [1.0; 12]);
}

pub async fn an_import_that_fails_changes_nothing(store: &dyn Store) {
    let mut request = small_book();
    request.usage.push(points("stranger", &[1.0]));
    let refused = store.import(&write("failing", day(20)), &request).await;
    assert!(matches!(refused, Err(StoreError::UnknownCustomer(customer)) if customer == id("stranger")));
    assert!(store.book(&owner("failing")).await.unwrap().is_empty());

    // Neither database has this day, and neither finds out before the customers are written.
    let request = ImportRequest { as_of: NaiveDate::MIN, ..small_book() };
    let refused = store.import(&write("failing", day(20)), &request).await;
    assert!(matches!(refused, Err(StoreError::Broken(_))), "{refused:?}");
    assert!(store.book(&owner("failing")).await.unwrap().is_empty());
}

pub async fn any_number_comes_back_as_it_was_sent(store: &dyn Store) {
    let edges = [0.0, 0.1, 1.0 / 3.0, 5e-324, 1e300, f64::MAX, 123_456_789.123_456_78];
    let mut bits: u64 = 0x9E37_79B9_7F4A_7C15;
    let random = std::iter::repeat_with(|| {
        bits ^= bits << 13;
        bits ^= bits >> 7;
        bits ^= bits << 17;
        f64::from_bits(bits).abs()
    });
    let values: Vec<f64> = edges.into_iter().chain(random.filter(|value| value.is_finite()).take(500)).collect();
    let ids: Vec<String> = (0..values.len()).map(|n| format!("odd-{n}")).collect();
    let series: [fn(&str, f64) -> UsageRecord; 2] = [
        |id, value| points(id, &[value]),
        |id, value| UsageRecord {
            series: UsageSeries::Summary { trend: Trend::Up, recent: value, before: value },
            ..points(id, &[])
        },
    ];
    for usage in series {
        let request = ImportRequest {
            customers: ids.iter().map(|id| customer(id)).collect(),
            usage: ids.iter().zip(&values).map(|(id, value)| usage(id, *value)).collect(),
            ..empty_import()
        };
        store.import(&write("numbers", day(20)), &request).await.unwrap();
        let again = store.import(&write("numbers", day(20)), &request).await.unwrap();
        assert_eq!((again.created, again.updated), (0, 0));
        let third = store.facts(&owner("numbers"), &id("odd-2")).await.unwrap();
        assert_eq!(third.usage.unwrap().recent, 1.0 / 3.0);
    }
}

pub async fn what_was_nothing_and_is_nothing_is_silent(store: &dyn Store) {
    let told = |trend, recent, before| UsageSeries::Summary { trend, recent, before };
    let summary = |id, series| UsageRecord { series, ..points(id, &[]) };
    let request = ImportRequest {
        customers: ["told", "stopping", "points", "rare"].map(customer).to_vec(),
        usage: vec![
            summary("told", told(Trend::Flat, 0.0, 0.0)),
            summary("stopping", told(Trend::Down, 0.0, 9.0)),
            points("points", &[0.0; 8]),
            points("rare", &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 5.0, 0.0]),
        ],
        ..empty_import()
    };
    store.import(&write("silence", day(20)), &request).await.unwrap();
    let again = store.import(&write("silence", day(20)), &request).await.unwrap();
    assert_eq!((again.updated, again.unchanged), (0, 4));
    let book = store.book(&owner("silence")).await.unwrap();
    let expected =
        [("told", Trend::Silent), ("stopping", Trend::Down), ("points", Trend::Silent), ("rare", Trend::Flat)];
    for (customer, trend) in expected {
        let listed = book.iter().find(|entry| entry.id == id(customer)).unwrap().trend;
        let read = store.facts(&owner("silence"), &id(customer)).await.unwrap().usage.unwrap().trend;
        assert_eq!((listed, read), (Some(trend), Some(trend)), "{customer}");
    }
}

pub async fn the_demo_book_comes_and_goes(store: &dyn Store) {
    let demo = owner("demo-owner");
    let mut own = ImportRequest { customers: vec![customer("mine"), customer("globex")], ..empty_import() };
    own.usage = vec![points("mine", &[3.0])];
    store.import(&write("demo-owner", day(20)), &own).await.unwrap();

    assert_eq!(store.seed_demo(&write("demo-owner", day(20))).await.unwrap(), 11, "globex is the user's own");
    assert_eq!(store.book(&demo).await.unwrap().len(), 13);
    let globex = store.facts(&demo, &id("globex")).await.unwrap();
    assert_eq!((globex.customer, globex.usage), (customer("globex"), None));
    assert_eq!(store.seed_demo(&write("demo-owner", day(21))).await.unwrap(), 11);

    let report = store.import(&write("demo-owner", day(20)), &own).await.unwrap();
    assert_eq!((report.unchanged, report.demo_customers), (2, 11));
    assert_eq!(store.remove_demo(&write("demo-owner", day(21))).await.unwrap(), 11);
    assert_eq!(store.book(&demo).await.unwrap().len(), 2);
    assert_eq!(store.remove_demo(&write("demo-owner", day(21))).await.unwrap(), 0);
}

pub async fn a_demo_customer_that_is_imported_is_the_users_own(store: &dyn Store) {
    let taker = owner("taker");
    store.seed_demo(&write("taker", day(20))).await.unwrap();
    let usage = ImportRequest { usage: vec![points("acme", &[5.0, 6.0])], ..empty_import() };
    let report = store.import(&write("taker", day(20)), &usage).await.unwrap();
    assert_eq!((report.updated, report.demo_customers), (1, 11));
    let renamed = contracts::import::CustomerRecord { name: "Initech Inc".into(), ..customer("initech") };
    store.update_customer(&write("taker", day(20)), &renamed).await.unwrap();

    assert_eq!(store.remove_demo(&write("taker", day(20))).await.unwrap(), 10);
    let acme = store.facts(&taker, &id("acme")).await.unwrap();
    assert_eq!((acme.customer.name.as_str(), acme.usage.unwrap().recent), ("Acme Corp", 5.5));
    assert_eq!(store.facts(&taker, &id("initech")).await.unwrap().customer, renamed);
}
