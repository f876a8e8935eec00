//! Chapters about the demo book.

use contracts::{
    Line,
    book::CustomerRecord,
    delivery::{Delivery, Mode, Piece},
    facts::Part,
};
use tools_server::store::Store;

use crate::support::{
    book_of, case_of, customer, day, deliver, id, named, only, owner, points, record_of, snapshot, write,
};

pub async fn the_demo_book_comes_and_goes(store: &dyn Store) {
    let demo = owner("demo-owner");
    let own = Piece {
        customers: vec![named("mine"), named("globex")],
        usage: vec![points("mine", &[3.0])],
        ..Piece::default()
    };
    deliver(store, "demo-owner", &snapshot(day(20)), std::slice::from_ref(&own)).await.unwrap();

    assert_eq!(store.seed_demo(&write("demo-owner", day(20))).await.unwrap(), 14, "globex is the user's own");
    assert_eq!(book_of(store, &demo).await.unwrap().len(), 16);
    let globex = case_of(store, &demo, &id("globex")).await.unwrap();
    assert_eq!((record_of(&globex), globex.usage.any()), (customer("globex"), None));
    assert_eq!(store.seed_demo(&write("demo-owner", day(21))).await.unwrap(), 14);

    let report = deliver(store, "demo-owner", &snapshot(day(20)), &[own]).await.unwrap();
    assert_eq!((report.unchanged, report.demo_customers), (2, 14));
    assert!(report.parts[&Part::Customers].gone.names.is_empty(), "the demo is no source's");
    assert_eq!(store.remove_demo(&write("demo-owner", day(21))).await.unwrap(), 14);
    assert_eq!(book_of(store, &demo).await.unwrap().len(), 2);
    assert_eq!(store.remove_demo(&write("demo-owner", day(21))).await.unwrap(), 0);
}

pub async fn a_demo_customer_that_is_imported_is_the_users_own(store: &dyn Store) {
    let taker = owner("taker");
    store.seed_demo(&write("taker", day(20))).await.unwrap();
    let usage = Piece { usage: vec![points("acme", &[5.0, 6.0])], ..Piece::default() };
    let changes = Delivery { mode: Mode::Changes, ..snapshot(day(20)) };
    let report =
        deliver(store, "taker", &only(&[Part::Usage], changes.clone()), std::slice::from_ref(&usage)).await.unwrap();
    assert_eq!(
        report.parts[&Part::Usage].strangers.names,
        ["acme".into()],
        "rows of the demo's customers are no one's"
    );

    let named = Piece { customers: vec![named("acme")], ..usage };
    let report = deliver(store, "taker", &changes, &[named]).await.unwrap();
    assert_eq!((report.created, report.demo_customers), (1, 14));
    let replaced = report.demo_replaced.names.iter().map(Line::as_str).collect::<Vec<_>>();
    assert_eq!(replaced, ["acme"]);
    let renamed = CustomerRecord { name: "Initech Inc".into(), ..customer("initech") };
    store.update_customer(&write("taker", day(20)), &renamed).await.unwrap();

    assert_eq!(store.remove_demo(&write("taker", day(20))).await.unwrap(), 13);
    let acme = case_of(store, &taker, &id("acme")).await.unwrap();
    assert_eq!((record_of(&acme), acme.contract.any()), (customer("acme"), None), "nothing of the demo is left");
    assert_eq!(acme.points.len(), 2);
    assert_eq!(record_of(&case_of(store, &taker, &id("initech")).await.unwrap()), renamed);
}

pub async fn the_demo_book_is_of_the_day_it_is_read(store: &dyn Store) {
    store.seed_demo(&write("any-day", day(1))).await.unwrap();
    let on = async |as_of| store.rows(&owner("any-day"), &id("acme"), as_of).await.unwrap().customers.remove(0).rows;
    let later = day(20) + chrono::TimeDelta::days(500);
    for as_of in [day(1), later] {
        assert_eq!(on(as_of).await.usage[0].points.last().unwrap().date, as_of);
    }
    assert!(
        store.book(&owner("any-day"), later).await.unwrap().sources.delivered.is_empty(),
        "no source of the user's"
    );
}
