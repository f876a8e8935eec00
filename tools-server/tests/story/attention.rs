//! Chapters about attention: items done and snoozed, over days and deliveries.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use contracts::{
    ItemId,
    activity::{Activity, ActivityKind, FollowUp},
    attention::{Attention, Item, Kind, NewState, State, Until},
    delivery::{ContractRow, Mode, Piece, TicketRows},
    facts::{Part, Priority, Ticket},
};
use domain::attention::{
    Weights,
    order::{Row, rows},
};
use tools_server::{
    attention::{self, Book},
    book,
    store::{Store, StoreError},
};

use crate::support::{contract, day, deliver, id, import_small_book, named, only, owner, snapshot, tickets, write};

async fn read(store: &dyn Store, whose: &str, as_of: NaiveDate) -> Attention {
    let me = owner(whose);
    let then = as_of - chrono::Days::new(28);
    let read = async |as_of| {
        let known = store.book(&me, as_of).await.unwrap();
        Book { revision: known.revision, entries: book::entries(known, as_of), as_of }
    };
    let states = store.item_states(&me).await.unwrap();
    attention::page(&read(as_of).await, &read(then).await, &states, None)
}

async fn waiting(store: &dyn Store, whose: &str, as_of: NaiveDate) -> Vec<Row> {
    rows(&read(store, whose, as_of).await.items, &Weights::default())
}

async fn set(store: &dyn Store, whose: &str, item: &Item, state: State) {
    store.set_item(&write(whose, day(20)), &item.id, &item.becomes(state)).await.unwrap();
}

fn state_of<'a>(page: &'a Attention, item: &ItemId) -> Option<&'a State> {
    page.items.iter().find(|other| other.id == *item).map(|item| &item.state)
}

fn urgent(id: &str) -> Ticket {
    Ticket { id: id.into(), subject: None, priority: Priority::Urgent, opened_on: day(2), closed_on: None }
}

pub async fn what_became_of_an_item_is_kept_until_it_is_opened_again(store: &dyn Store) {
    import_small_book(store, "attention").await;
    let me = owner("attention");
    let item: ItemId = "abcd2345".parse().unwrap();
    let states = async || store.item_states(&me).await.unwrap();
    let of = |customer: Option<&str>, state: &State| NewState {
        customer_id: customer.map(id),
        promised: None,
        state: state.clone(),
    };
    assert!(states().await.is_empty());
    let all = [
        State::Done(day(20)),
        State::Snoozed(Until::Day(day(24))),
        State::Snoozed(Until::Change("high, “3 tickets”, USD 1".into())),
    ];
    for state in all {
        store.set_item(&write("attention", day(20)), &item, &of(Some("full"), &state)).await.unwrap();
        assert_eq!(states().await, [(item.clone(), state)].into());
    }
    store.set_item(&write("attention", day(20)), &item, &of(Some("full"), &State::Open)).await.unwrap();
    assert!(states().await.is_empty());
    store.set_item(&write("attention", day(20)), &item, &of(Some("full"), &State::Open)).await.unwrap();

    let done = State::Done(day(20));
    let nobody = store.set_item(&write("attention", day(20)), &item, &of(Some("nobody"), &done)).await;
    assert!(matches!(nobody, Err(StoreError::UnknownCustomer(customer)) if customer == id("nobody")));
    store.set_item(&write("attention", day(20)), &item, &of(None, &done)).await.unwrap();
    let other: ItemId = "efgh6789".parse().unwrap();
    store.set_item(&write("attention", day(20)), &other, &of(Some("full"), &done)).await.unwrap();
    store.delete_customer(&write("attention", day(20)), &id("full")).await.unwrap();
    assert_eq!(states().await, [(item, done)].into(), "a customer takes what became of its items along");
}

pub async fn what_became_of_items_of_owners_is_kept_apart(store: &dyn Store) {
    for whose in ["attention-a", "attention-b"] {
        import_small_book(store, whose).await;
    }
    let item: ItemId = "abcd2345".parse().unwrap();
    let done = |on| NewState { customer_id: Some(id("full")), promised: None, state: State::Done(on) };
    store.set_item(&write("attention-a", day(20)), &item, &done(day(20))).await.unwrap();
    assert!(store.item_states(&owner("attention-b")).await.unwrap().is_empty());
    store.set_item(&write("attention-b", day(20)), &item, &done(day(21))).await.unwrap();
    let open = NewState { customer_id: None, promised: None, state: State::Open };
    store.set_item(&write("attention-b", day(20)), &item, &open).await.unwrap();
    assert_eq!(store.item_states(&owner("attention-a")).await.unwrap(), [(item, State::Done(day(20)))].into());
}

pub async fn done_items_stay_done_over_deliveries_and_new_causes_are_new_items(store: &dyn Store) {
    const WHO: &str = "attention-life";
    let book = |open: &[&str]| Piece {
        customers: vec![named("full")],
        tickets: vec![tickets("full", &open.iter().map(|id| urgent(id)).collect::<Vec<_>>())],
        ..Piece::default()
    };
    let parts = [Part::Customers, Part::Tickets];
    let on = |day| only(&parts, snapshot(day));
    deliver(store, WHO, &on(day(20)), &[book(&["T-1", "T-2"])]).await.unwrap();
    let page = read(store, WHO, day(20)).await;
    let [first, second] = &page.items[..] else { panic!("two urgent tickets: {:?}", page.items) };
    set(store, WHO, first, State::Done(day(20))).await;
    set(store, WHO, second, State::Snoozed(Until::Change(second.situation.clone()))).await;
    assert_eq!(waiting(store, WHO, day(20)).await, []);

    deliver(store, WHO, &on(day(21)), &[book(&["T-1", "T-2"])]).await.unwrap();
    assert_eq!(waiting(store, WHO, day(22)).await, [], "the same again wakes nobody");

    deliver(store, WHO, &on(day(23)), &[book(&["T-1", "T-2", "T-3"])]).await.unwrap();
    let page = read(store, WHO, day(23)).await;
    assert_eq!(state_of(&page, &first.id), Some(&State::Done(day(20))));
    assert_eq!(state_of(&page, &second.id), Some(&State::Open), "something has changed");
    assert_eq!(page.items.len(), 3, "a new ticket is a new item");

    deliver(store, WHO, &on(day(24)), &[book(&[])]).await.unwrap();
    assert_eq!(read(store, WHO, day(24)).await.items, [], "an item closes by itself when its cause is gone");
}

pub async fn what_was_promised_is_closed_with_its_item(store: &dyn Store) {
    const WHO: &str = "attention-promise";
    import_small_book(store, WHO).await;
    let me = owner(WHO);
    let promise = Activity {
        id: "p-1".parse().unwrap(),
        customer_id: id("full"),
        kind: ActivityKind::Call,
        on: day(18),
        text: "send the order form".into(),
        agreed: None,
        follow_up: Some(FollowUp { due: day(19), closed_on: None }),
    };
    store.keep_activity(&write(WHO, day(18)), &promise).await.unwrap();
    let item = async |on| {
        let items = read(store, WHO, on).await.items;
        items.into_iter().find(|item| item.kind == Kind::FollowUpDue)
    };
    let closed = async || store.activity(&me, &id("full"), 9).await.unwrap()[0].activity.follow_up.unwrap().closed_on;
    let due = item(day(20)).await.expect("it is due");
    assert_eq!((due.promised.as_ref(), &due.state), (Some(&promise.id), &State::Open));

    let revision = store.revision(&me).await.unwrap();
    set(store, WHO, &due, State::Done(day(20))).await;
    assert_eq!(closed().await, Some(day(20)));
    assert_eq!(item(day(20)).await.unwrap().state, State::Done(day(20)), "it is done on the day");
    assert_eq!(item(day(21)).await, None, "and gone on the next");
    assert!(store.revision(&me).await.unwrap() > revision, "the customer's facts are others now");

    set(store, WHO, &due, State::Open).await;
    assert_eq!(closed().await, None);
    assert_eq!(item(day(21)).await.unwrap().state, State::Open);

    // Closed elsewhere it is done as well, whatever was said of the item.
    set(store, WHO, &due, State::Snoozed(Until::Day(day(25)))).await;
    let follow_up = Some(FollowUp { due: day(19), closed_on: Some(day(21)) });
    store.keep_activity(&write(WHO, day(21)), &Activity { follow_up, ..promise }).await.unwrap();
    assert_eq!(item(day(21)).await.unwrap().state, State::Done(day(21)));
}

pub async fn ten_items_are_dealt_with_in_a_day(store: &dyn Store) {
    const WHO: &str = "attention-day";
    let ids: Vec<String> = (1..=14).map(|n| format!("c{n:02}")).collect();
    let renewing = |(n, customer): (usize, &String)| {
        let mut row: ContractRow = contract(customer, 1_000_000 * (n as i64 + 1));
        row.terms.renewal_date = Some(day(22) + chrono::Days::new(n as u64));
        row.terms.auto_renew = Some(false);
        row
    };
    let book = Piece {
        customers: ids.iter().map(|id| named(id)).collect(),
        tickets: ids.iter().map(|customer| TicketRows { customer_id: id(customer), tickets: Vec::new() }).collect(),
        contracts: ids.iter().enumerate().map(renewing).collect(),
        ..Piece::default()
    };
    let parts = [Part::Customers, Part::Tickets, Part::Contracts];
    deliver(store, WHO, &only(&parts, snapshot(day(20))), std::slice::from_ref(&book)).await.unwrap();

    let mut done = BTreeSet::new();
    for _ in 0..10 {
        let rows = waiting(store, WHO, day(20)).await;
        let first = &rows[0].first.item;
        assert_eq!((rows.len(), first.kind), (14 - done.len(), Kind::RenewalWindow));
        set(store, WHO, first, State::Done(day(20))).await;
        assert!(done.insert(first.id.clone()), "never the same twice");
    }
    // The last one was a mistake: undone, it is back.
    let last = read(store, WHO, day(20)).await.items.into_iter().find(|item| item.state != State::Open).unwrap();
    set(store, WHO, &last, State::Open).await;
    assert_eq!(waiting(store, WHO, day(20)).await.len(), 5);
    set(store, WHO, &last, State::Done(day(20))).await;
    // One for Tuesday.
    let rest = waiting(store, WHO, day(20)).await;
    set(store, WHO, &rest[0].first.item, State::Snoozed(Until::Day(day(24)))).await;

    let changes = snapshot(day(21));
    let changes = contracts::delivery::Delivery { mode: Mode::Changes, ..only(&parts, changes) };
    deliver(store, WHO, &changes, &[book]).await.unwrap();
    let names = async |on| -> BTreeSet<ItemId> {
        waiting(store, WHO, on).await.into_iter().map(|row| row.first.item.id).collect()
    };
    let tomorrow = names(day(21)).await;
    assert_eq!(tomorrow.len(), 3);
    assert!(tomorrow.is_disjoint(&done));
    assert!(!tomorrow.contains(&rest[0].first.item.id));
    assert!(names(day(24)).await.contains(&rest[0].first.item.id), "it is back on its day");
}
