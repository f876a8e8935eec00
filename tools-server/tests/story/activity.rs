//! Chapters about what users do with their customers, and when they looked last.

use contracts::{
    activity::{Activity, ActivityKind, FollowUp},
    delivery::Piece,
    facts::Part,
};
use domain::usage::UsageFigures;
use tools_server::{
    export,
    store::{LAST_DAY, Store, StoreError},
};

use crate::support::{book_of, case_of, customer, day, deliver, id, import_small_book, only, owner, snapshot, write};

fn done(key: &str, customer: &str, kind: ActivityKind, on: u32, text: &str) -> Activity {
    Activity {
        id: key.parse().unwrap(),
        customer_id: id(customer),
        kind,
        on: day(on),
        text: text.into(),
        agreed: None,
        follow_up: None,
    }
}

fn due(on: u32, activity: Activity) -> Activity {
    Activity { follow_up: Some(FollowUp { due: day(on), closed_on: None }), ..activity }
}

pub async fn what_was_done_is_kept_and_read_newest_first(store: &dyn Store) {
    let me = owner("done");
    import_small_book(store, "done").await;
    let agreed = Some("two years".into());
    let call = Activity { agreed, ..due(28, done("call", "full", ActivityKind::Call, 18, "spoke to Ana\nat length")) };
    let note = done("note", "full", ActivityKind::Note, 19, "'); DROP TABLE activity; --");
    let other = done("other", "quiet", ActivityKind::Email, 20, "sent the plan");
    let before = store.revision(&me).await.unwrap();
    for activity in [&call, &note, &other, &note] {
        store.keep_activity(&write("done", day(20)), activity).await.unwrap();
    }
    assert!(store.revision(&me).await.unwrap() > before, "a screen that shows the book reads it again");
    let kept = store.activity(&me, &id("full"), 10).await.unwrap();
    assert!(kept.iter().all(|row| row.source.as_str() == "manual"));
    assert_eq!(kept.into_iter().map(|row| row.activity).collect::<Vec<_>>(), [note.clone(), call.clone()]);
    assert_eq!(store.activity(&me, &id("full"), 1).await.unwrap().len(), 1);

    let closed = Some(FollowUp { due: day(28), closed_on: Some(day(22)) });
    store.keep_activity(&write("done", day(22)), &Activity { follow_up: closed, ..call }).await.unwrap();
    store.delete_activity(&write("done", day(22)), &note.id).await.unwrap();
    let kept = store.activity(&me, &id("full"), 10).await.unwrap();
    assert_eq!(kept.iter().map(|row| row.activity.follow_up).collect::<Vec<_>>(), [closed]);
    let again = store.delete_activity(&write("done", day(22)), &note.id).await;
    assert!(matches!(again, Err(StoreError::UnknownActivity(activity)) if activity == note.id));
}

pub async fn what_was_done_is_part_of_what_is_known(store: &dyn Store) {
    let me = owner("done-facts");
    import_small_book(store, "done-facts").await;
    let first = due(24, done("first", "full", ActivityKind::Call, 10, "call back"));
    let closed = FollowUp { due: day(12), closed_on: Some(day(14)) };
    let second = Activity { follow_up: Some(closed), ..done("second", "full", ActivityKind::Email, 11, "sent") };
    let agreed = Activity { agreed: Some("a pilot".into()), ..done("third", "full", ActivityKind::Meeting, 12, "met") };
    let later = done("later", "full", ActivityKind::Meeting, 15, "met again");
    let tomorrow = done("tomorrow", "full", ActivityKind::Meeting, 29, "will meet");
    for activity in [&first, &second, &agreed, &later, &tomorrow] {
        store.keep_activity(&write("done-facts", day(20)), activity).await.unwrap();
    }
    let case = case_of(store, &me, &id("full")).await.unwrap();
    let known = case.activity.known().unwrap();
    assert_eq!(known.last_touch, Some((day(15), ActivityKind::Meeting)));
    assert_eq!(known.follow_ups, [first]);
    assert_eq!(known.agreed, Some((day(12), "a pilot".into())));
    let book = book_of(store, &me).await.unwrap();
    let entry = book.iter().find(|entry| entry.case.id == id("full")).unwrap();
    assert_eq!(entry.case.activity, case.activity, "the book knows it, too, without the rows");
    assert!(book.iter().filter(|entry| entry.case.id != id("full")).all(|entry| entry.case.activity.any().is_none()));
}

pub async fn activity_of_a_source_is_exported_and_is_not_the_users_to_change(store: &dyn Store) {
    let me = owner("done-crm");
    import_small_book(store, "done-crm").await;
    store
        .keep_activity(&write("done-crm", day(20)), &done("mine", "full", ActivityKind::Note, 20, "mine"))
        .await
        .unwrap();
    let theirs = done("theirs", "full", ActivityKind::Call, 19, "from the CRM");
    let mut delivery = only(&[], snapshot(day(20)));
    delivery.source = "crm".parse().unwrap();
    delivery.parts.insert(Part::Activity, Vec::new());
    let piece = Piece { activity: vec![theirs.clone()], ..Piece::default() };
    for (date, changed) in [(20, 1), (21, 0)] {
        let report = deliver(
            store,
            "done-crm",
            &contracts::delivery::Delivery { day: day(date), ..delivery.clone() },
            std::slice::from_ref(&piece),
        )
        .await
        .unwrap();
        assert_eq!(report.parts[&Part::Activity].changed, changed);
    }
    let removal = store.delete_activity(&write("done-crm", day(21)), &theirs.id).await;
    assert!(matches!(removal, Err(StoreError::UnknownActivity(_))));

    let (known, next) = store.page(&me, None, 100, LAST_DAY).await.unwrap();
    let sources = export::page(known, next, day(22)).sources;
    let of = |source: &str| {
        let exported = sources.iter().find(|exported| exported.source.as_str() == source).unwrap();
        exported.piece.activity.iter().map(|activity| activity.text.to_string()).collect::<Vec<_>>()
    };
    assert_eq!((of("manual"), of("crm")), (vec!["mine".to_owned()], vec!["from the CRM".to_owned()]));
}

pub async fn activity_needs_a_customer_and_goes_with_it(store: &dyn Store) {
    let me = owner("done-cascade");
    let note = done("note", "one", ActivityKind::Note, 20, "x");
    let unknown = store.keep_activity(&write("done-cascade", day(20)), &note).await;
    assert!(matches!(unknown, Err(StoreError::UnknownCustomer(customer)) if customer == id("one")));
    store.create_customer(&write("done-cascade", day(20)), &customer("one")).await.unwrap();
    store.keep_activity(&write("done-cascade", day(20)), &note).await.unwrap();
    assert!(store.activity(&owner("done-other"), &id("one"), 10).await.unwrap().is_empty());
    let theirs = store.delete_activity(&write("done-other", day(20)), &note.id).await;
    assert!(matches!(theirs, Err(StoreError::UnknownActivity(_))), "another owner has no such note");
    store.delete_customer(&write("done-cascade", day(20)), &id("one")).await.unwrap();
    store.create_customer(&write("done-cascade", day(20)), &customer("one")).await.unwrap();
    assert!(store.activity(&me, &id("one"), 10).await.unwrap().is_empty());
}

pub async fn a_customer_of_the_demo_book_keeps_what_was_done(store: &dyn Store) {
    let me = owner("done-demo");
    store.seed_demo(&write("done-demo", day(20))).await.unwrap();
    let book = book_of(store, &me).await.unwrap();
    let demo = &book[0].case;
    store
        .keep_activity(&write("done-demo", day(20)), &done("n", demo.id.as_str(), ActivityKind::Call, 20, "x"))
        .await
        .unwrap();
    let case = case_of(store, &me, &demo.id).await.unwrap();
    assert_eq!(case.activity.known().unwrap().last_touch, Some((day(20), ActivityKind::Call)));
    // What the book is read of has no figures of a period.
    let usage = case.usage.and_then(|usage| Some(UsageFigures { period: None, ..usage.clone() }));
    assert_eq!(usage, demo.usage);
}

pub async fn a_visit_tells_the_day_of_the_one_before(store: &dyn Store) {
    let mut told = Vec::new();
    for date in [18, 18, 20, 20, 25, 23] {
        told.push(store.visit(&write("visitor", day(date)), day(date)).await.unwrap());
    }
    assert_eq!(told, [None, None, Some(day(18)), Some(day(18)), Some(day(20)), Some(day(20))]);
    assert_eq!(store.visit(&write("visitor-2", day(25)), day(25)).await.unwrap(), None, "each has their own");
}
