//! Chapters about imports: what they bring, and what they leave.

use contracts::{
    Line,
    delivery::{ContactRow, Delivery, Exported, Gone, Mode, Piece, ResponseRow, UsageRows, UsageSays, UsageSummary},
    facts::{Part, Survey, Ticket, Trend, UsagePoint},
};
use domain::rows::CustomerRows;
use futures::future::join_all;
use tools_server::{
    export,
    store::{Store, StoreError},
};

use crate::support::{
    book_of, case_of, contract, day, deliver, id, import_small_book, named, only, open, open_ticket, owner, points,
    points_from, small_book, snapshot, tickets, write,
};

/// The rows of a customer as of a day.
async fn rows(store: &dyn Store, of: &str, customer: &str, as_of: u32) -> CustomerRows {
    let mut known = store.rows(&owner(of), &id(customer), day(as_of)).await.unwrap();
    known.customers.remove(0).rows
}

async fn revision(store: &dyn Store, of: &str) -> u64 {
    store.book(&owner(of), day(25)).await.unwrap().revision
}

pub async fn an_import_is_read_back_as_it_was_sent(store: &dyn Store) {
    let sent = small_book();
    // A series, a customer's tickets and everything else may come in any pieces.
    let UsageSays::Points(points) = &sent.usage[0].says else { panic!("points were sent") };
    let some =
        |points: &[UsagePoint]| vec![UsageRows { says: UsageSays::Points(points.to_vec()), ..sent.usage[0].clone() }];
    let (contracts, tickets) = (sent.contracts.clone(), &sent.tickets);
    let pieces = [
        Piece { customers: sent.customers.clone(), ..Piece::default() },
        Piece { usage: some(&points[..4]), tickets: tickets[..1].to_vec(), ..Piece::default() },
        Piece { usage: some(&points[4..]), tickets: tickets[1..].to_vec(), contracts, ..Piece::default() },
    ];
    let report = deliver(store, "reader", &snapshot(day(20)), &pieces).await.unwrap();
    assert!(report.applied);
    assert_eq!((report.created, report.updated, report.unchanged), (3, 0, 0));
    assert_eq!((report.parts[&Part::Usage].read, report.parts[&Part::Usage].changed), (10, 10));
    assert_eq!(report.without[&Part::Usage].count, 2);
    assert_eq!(report.without[&Part::Contracts].names, ["bare Ltd".into(), "quiet Ltd".into()]);
    assert!(report.changes.is_empty(), "of new customers nothing has changed");

    let full = rows(store, "reader", "full", 20).await;
    assert_eq!(full.fields.len(), 1);
    assert_eq!((full.fields[0].from, full.fields[0].says.as_ref()), (day(20), Some(&sent.customers[0].fields)));
    assert_eq!((&full.usage[0].points, full.usage[0].reach), (points, Some(day(10))));
    assert_eq!(full.tickets.len(), 2);
    assert_eq!((full.contracts[0].key.as_str(), full.contracts[0].from), ("full-1", day(20)));
    assert_eq!(full.contracts[0].says.as_ref(), Some(&sent.contracts[0].terms));

    let unknown = case_of(store, &owner("reader"), &id("nobody")).await;
    assert!(matches!(unknown, Err(StoreError::UnknownCustomer(customer)) if customer == id("nobody")));
    let book = book_of(store, &owner("reader")).await.unwrap();
    assert_eq!(book.iter().map(|entry| open(&entry.case)).collect::<Vec<_>>(), [Some(0), Some(2), Some(0)]);
    assert_eq!(book[1].spark.len(), 10);
}

pub async fn the_same_again_changes_no_row_and_is_recorded(store: &dyn Store) {
    let (before, kept) = (revision(store, "reader").await, rows(store, "reader", "full", 21).await);
    let again = async |of| {
        let report = deliver(store, "reader", &snapshot(day(of)), &[small_book()]).await.unwrap();
        assert_eq!((report.created, report.updated, report.unchanged), (0, 0, 3));
        revision(store, "reader").await
    };
    assert_eq!(again(20).await, before);
    let later = again(21).await;
    assert!(later > before, "what was known of the twentieth is known of another day");
    assert_eq!(again(21).await, later);
    assert_eq!(rows(store, "reader", "full", 21).await, kept);
    let known = store.rows(&owner("reader"), &id("full"), day(21)).await.unwrap();
    assert!(known.sources.delivered.iter().all(|delivered| delivered.day == day(21)));
    let earlier = store.rows(&owner("reader"), &id("full"), day(20)).await.unwrap();
    assert!(earlier.sources.delivered.iter().all(|delivered| delivered.day == day(20)));
}

pub async fn a_week_later_is_added_to_what_was_known(store: &dyn Store) {
    deliver(store, "weekly", &snapshot(day(10)), &[small_book()]).await.unwrap();
    let mut next = small_book();
    next.usage = vec![points_from(10, "full", &[22.0, 23.0, 24.0])];
    next.contracts = vec![contract("full", 9_000)];
    next.tickets[0].tickets[0] = Ticket { closed_on: Some(day(12)), ..open_ticket("T-1") };
    let report = deliver(store, "weekly", &snapshot(day(17)), &[next]).await.unwrap();
    assert_eq!((report.updated, report.parts[&Part::Usage].changed), (1, 3));
    assert_eq!(report.changes.len(), 1);
    assert_eq!(report.changes[0].arr_before.as_ref().unwrap()[0].minor, 12_345_678_901);

    let full = rows(store, "weekly", "full", 17).await;
    assert_eq!(full.usage[0].points.len(), 12, "one day said something else");
    assert_eq!((full.usage[0].points[9].value, full.usage[0].reach), (22.0, Some(day(12))));
    assert_eq!(full.contracts.iter().map(|version| version.from).collect::<Vec<_>>(), [day(10), day(17)]);
    let on = async |as_of| {
        let known = store.book(&owner("weekly"), day(as_of)).await.unwrap();
        known.customers[1].tickets.clone().unwrap().figures.map(|figures| figures.by_priority.total())
    };
    assert_eq!((on(11).await, on(12).await, on(17).await), (Some(2), Some(1), Some(1)));
}

pub async fn an_older_delivery_never_overrules_a_newer_one(store: &dyn Store) {
    deliver(store, "older", &snapshot(day(20)), &[small_book()]).await.unwrap();
    let mut old = small_book();
    old.customers.truncate(1);
    old.customers[0].fields.name = Some("Former".into());
    old.contracts = vec![contract("full", 1)];
    old.usage = vec![points_from(9, "full", &[7.0, 7.0, 7.0])];
    let report = deliver(store, "older", &snapshot(day(12)), &[old]).await.unwrap();
    assert_eq!(report.newer, Some(day(20)));
    assert!(report.parts[&Part::Contracts].outdated > 0 && report.changes.is_empty(), "{report:?}");
    let full = case_of(store, &owner("older"), &id("full")).await.unwrap();
    assert_eq!((full.name.as_str(), full.contract.any().unwrap().arr[0].minor), ("full Ltd", 12_345_678_901));
    assert_eq!(book_of(store, &owner("older")).await.unwrap().len(), 3, "nobody is gone");
    let points = rows(store, "older", "full", 25).await.usage[0].points.clone();
    assert_eq!((points.len(), points[10].value), (11, 7.0), "a day that was not known is added");
}

pub async fn a_part_alone_leaves_the_others(store: &dyn Store) {
    import_small_book(store, "partly").await;
    let usage = Piece { usage: vec![points_from(11, "full", &[1.0])], ..Piece::default() };
    let report = deliver(store, "partly", &only(&[Part::Usage], snapshot(day(21))), &[usage]).await.unwrap();
    assert_eq!((report.created, report.updated, report.parts.len()), (0, 1, 1));
    let full = case_of(store, &owner("partly"), &id("full")).await.unwrap();
    assert_eq!((full.points.len(), open(&full)), (11, Some(2)));
    assert_eq!(full.contract.source().unwrap().as_of, day(20));
}

pub async fn what_is_not_delivered_any_more_is_gone_and_kept(store: &dyn Store) {
    import_small_book(store, "goers").await;
    let mut left = small_book();
    left.customers.remove(0);
    left.usage.clear();
    left.tickets.clear();
    left.contracts.clear();
    let report = deliver(store, "goers", &snapshot(day(22)), &[left.clone()]).await.unwrap();
    assert_eq!(report.parts[&Part::Customers].gone.names, ["full Ltd".into()]);
    assert_eq!((report.parts[&Part::Usage].gone.count, report.parts[&Part::Tickets].gone.count), (1, 2));
    assert!(report.changes[0].gone && report.changes[0].id == id("full"), "{:?}", report.changes);

    let full = rows(store, "goers", "full", 22).await;
    assert_eq!((full.fields.last().unwrap().from, &full.fields.last().unwrap().says), (day(22), &None));
    assert!(full.contracts.last().unwrap().says.is_none());
    assert_eq!((full.usage[0].gone_on, full.tickets[0].gone_on), (Some(day(22)), Some(day(22))));
    assert_eq!(case_of(store, &owner("goers"), &id("full")).await.unwrap().name.as_str(), "full Ltd");

    let back = deliver(store, "goers", &snapshot(day(23)), &[small_book()]).await.unwrap();
    assert_eq!((back.created, back.updated), (0, 1));
    let full = rows(store, "goers", "full", 23).await;
    assert_eq!((full.usage[0].gone_on, full.tickets[0].gone_on), (None, None));
    assert_eq!(full.contracts.len(), 3, "there, gone, and there again");

    let remove = Delivery { gone: Gone::Remove, ..snapshot(day(24)) };
    let report = deliver(store, "goers", &remove, &[left]).await.unwrap();
    assert!(report.changes[0].gone);
    assert_eq!(book_of(store, &owner("goers")).await.unwrap().len(), 2);
}

pub async fn a_customer_that_another_source_knows_is_not_removed(store: &dyn Store) {
    import_small_book(store, "two-sources").await;
    let crm = Delivery { source: "crm".parse().unwrap(), ..only(&[Part::Customers], snapshot(day(20))) };
    let of_crm = Piece { customers: vec![named("full"), named("other")], ..Piece::default() };
    deliver(store, "two-sources", &crm, &[of_crm]).await.unwrap();
    assert_eq!(book_of(store, &owner("two-sources")).await.unwrap().len(), 4, "sources clear nothing of one another");
    let remove = Delivery { gone: Gone::Remove, ..snapshot(day(21)) };
    let none = Piece { customers: vec![named("bare")], ..Piece::default() };
    deliver(store, "two-sources", &remove, &[none]).await.unwrap();
    let left: Vec<_> =
        book_of(store, &owner("two-sources")).await.unwrap().into_iter().map(|entry| entry.case.id).collect();
    assert_eq!(left, [id("bare"), id("full"), id("other")]);
}

pub async fn a_dry_run_tells_and_changes_nothing(store: &dyn Store) {
    import_small_book(store, "dry").await;
    let (before, kept) = (revision(store, "dry").await, rows(store, "dry", "full", 25).await);
    let mut next = small_book();
    next.customers.push(named("new"));
    next.customers.iter_mut().find(|row| row.id == id("full")).unwrap().fields.owner = Some("Kim".into());
    next.contracts = vec![contract("full", 1)];
    let import = "a-dry-import".parse().unwrap();
    store.put_piece(&write("dry", day(21)), &import, 1, &next).await.unwrap();
    let delivery = Delivery { pieces: 1, dry_run: true, ..snapshot(day(21)) };
    let report = store.deliver(&write("dry", day(21)), &import, &delivery).await.unwrap();
    assert!(!report.applied);
    assert_eq!((report.created, report.updated, report.unchanged), (1, 1, 2));
    let [change] = &report.changes[..] else { panic!("{:?}", report.changes) };
    assert_eq!(change.id, id("full"));
    assert_eq!(
        change.fields,
        ["customers.owner: nothing -> Kim", "contracts.arr: EUR 123456789.01 -> EUR 0.01"].map(Line::from)
    );
    assert_eq!((revision(store, "dry").await, rows(store, "dry", "full", 25).await), (before, kept));

    let delivery = Delivery { dry_run: false, ..delivery };
    let report = store.deliver(&write("dry", day(21)), &import, &delivery).await.unwrap();
    assert_eq!((report.applied, report.created), (true, 1), "its pieces are still there");
    assert_eq!(report.changes[0].fields, [], "only a dry run tells them");
    let again = store.deliver(&write("dry", day(21)), &import, &delivery).await;
    assert!(matches!(again, Err(StoreError::MissingPieces { there: 0, wanted: 1, .. })), "and gone after the end");
}

pub async fn losses_ask_first(store: &dyn Store) {
    import_small_book(store, "losses").await;
    let few = Piece { customers: vec![named("bare")], ..Piece::default() };
    let import = "a-losing-import".parse().unwrap();
    store.put_piece(&write("losses", day(21)), &import, 1, &few).await.unwrap();
    let delivery = Delivery { pieces: 1, accept_losses: false, ..snapshot(day(21)) };
    let report = store.deliver(&write("losses", day(21)), &import, &delivery).await.unwrap();
    assert!(!report.applied && report.losses.iter().any(|loss| loss.part == Part::Customers), "{report:?}");
    assert!(rows(store, "losses", "full", 25).await.fields.last().unwrap().says.is_some());
    let accepted = Delivery { accept_losses: true, ..delivery };
    assert!(store.deliver(&write("losses", day(21)), &import, &accepted).await.unwrap().applied);
    assert!(rows(store, "losses", "full", 25).await.fields.last().unwrap().says.is_none());
}

pub async fn an_import_that_fails_changes_nothing(store: &dyn Store) {
    let strangers = Piece { usage: vec![points("stranger", &[1.0])], ..small_book() };
    let strict = Delivery { strict: true, ..snapshot(day(20)) };
    let refused = deliver(store, "failing", &strict, &[small_book(), strangers.clone()]).await;
    assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    assert!(book_of(store, &owner("failing")).await.unwrap().is_empty());
    let lenient = deliver(store, "lenient", &snapshot(day(20)), &[strangers]).await.unwrap();
    assert_eq!(lenient.parts[&Part::Usage].strangers.names, ["stranger".into()]);

    // No database has this day, and none finds out before the customers are written.
    let never = chrono::NaiveDate::MIN;
    let mut broken = small_book();
    let UsageSays::Points(points) = &mut broken.usage[0].says else { panic!("points were sent") };
    points.insert(0, UsagePoint { date: never, value: 1.0 });
    let failed = deliver(store, "failing", &snapshot(day(20)), &[small_book(), broken]).await;
    assert!(matches!(failed, Err(StoreError::Broken(_))), "{failed:?}");
    assert!(book_of(store, &owner("failing")).await.unwrap().is_empty());

    let delivery = Delivery { pieces: 2, ..snapshot(day(20)) };
    let import = "a-broken-off-import".parse().unwrap();
    store.put_piece(&write("failing", day(20)), &import, 2, &small_book()).await.unwrap();
    let missing = store.deliver(&write("failing", day(20)), &import, &delivery).await;
    assert!(matches!(missing, Err(StoreError::MissingPieces { there: 1, wanted: 2, .. })), "{missing:?}");
}

pub async fn two_imports_at_once_are_as_one_after_the_other(store: &dyn Store) {
    let import = |customer: &'static str| async move {
        let piece =
            Piece { customers: vec![named(customer)], usage: vec![points(customer, &[1.0])], ..Piece::default() };
        let changes = Delivery { mode: Mode::Changes, ..snapshot(day(20)) };
        deliver(store, "two-at-once", &changes, &[piece]).await.unwrap()
    };
    let reports = join_all(["a", "b", "c", "d"].map(import)).await;
    assert!(reports.iter().all(|report| report.created == 1), "{reports:?}");
    assert_eq!(book_of(store, &owner("two-at-once")).await.unwrap().len(), 4);
    assert_eq!(revision(store, "two-at-once").await, 4);
}

pub async fn a_partial_delivery_reaches_further_for_its_own_customers_alone(store: &dyn Store) {
    let all = ["a", "b", "c", "d"];
    let usage = |first, of: &[&str]| Piece {
        customers: of.iter().map(|customer| named(customer)).collect(),
        usage: of.iter().map(|customer| points_from(first, customer, &[1.0])).collect(),
        ..Piece::default()
    };
    let reach = async |customer: &str, as_of| rows(store, "partial", customer, as_of).await.usage[0].reach;
    deliver(store, "partial", &snapshot(day(5)), &[usage(5, &all)]).await.unwrap();
    let changes = Delivery { mode: Mode::Changes, ..snapshot(day(9)) };
    deliver(store, "partial", &changes, &[usage(9, &all[..1])]).await.unwrap();
    assert_eq!((reach("a", 20).await, reach("b", 20).await), (Some(day(9)), Some(day(5))));
    assert_eq!((reach("a", 8).await, reach("a", 4).await), (Some(day(5)), None));
    // Two customers of four are too few to say that the source reaches that far.
    let mut most = usage(5, &all);
    most.usage = all.map(|customer| points_from(5, customer, &[1.0; 8])).to_vec();
    most.usage[..2]
        .clone_from_slice(&all[..2].iter().map(|customer| points_from(5, customer, &[1.0; 11])).collect::<Vec<_>>());
    deliver(store, "partial", &snapshot(day(15)), &[most]).await.unwrap();
    assert_eq!(reach("b", 20).await, Some(day(12)));
}

pub async fn contacts_and_answers_are_kept(store: &dyn Store) {
    let mut delivery = snapshot(day(20));
    delivery.parts.insert(Part::Contacts, ["name", "role", "email", "primary"].map(Into::into).to_vec());
    delivery.parts.insert(Part::Satisfaction, Vec::new());
    let contact = contracts::delivery::Contact {
        name: Some("Dana".into()),
        role: Some("CTO".into()),
        email: Some("dana@example.com".into()),
        primary: Some(true),
    };
    let response = |key: &str, date, score| ResponseRow {
        customer_id: id("full"),
        response_id: key.into(),
        date: day(date),
        survey: Survey::Nps,
        score,
    };
    let piece = Piece {
        contacts: vec![ContactRow {
            customer_id: id("full"),
            key: "dana@example.com".into(),
            contact: contact.clone(),
        }],
        satisfaction: vec![response("r-1", 3, 9), response("r-2", 8, 4)],
        ..small_book()
    };
    deliver(store, "people", &delivery, &[piece]).await.unwrap();
    let full = rows(store, "people", "full", 25).await;
    assert_eq!(full.contacts[0].says, Some(contact));
    assert_eq!(full.satisfaction.iter().map(|answer| answer.score).sum::<u32>(), 13);
    // The book has the newest one alone.
    let on = async |as_of| {
        let known = store.book(&owner("people"), day(as_of)).await.unwrap();
        known.customers[1].rows.satisfaction.iter().map(|answer| answer.score).collect::<Vec<_>>()
    };
    assert_eq!((on(25).await, on(7).await, on(2).await), (vec![4], vec![9], vec![]));
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
    let told = |id: &str, value| UsageRows {
        says: UsageSays::Summary(UsageSummary { trend: Trend::Up, recent: value, before: value }),
        metric: "told".into(),
        ..points(id, &[])
    };
    let each = || ids.iter().zip(&values);
    let piece = Piece {
        customers: ids.iter().map(|id| named(id)).collect(),
        usage: each()
            .map(|(id, value)| points(id, &[*value]))
            .chain(each().map(|(id, value)| told(id, *value)))
            .collect(),
        ..Piece::default()
    };
    deliver(store, "numbers", &snapshot(day(20)), std::slice::from_ref(&piece)).await.unwrap();
    let again = deliver(store, "numbers", &snapshot(day(21)), &[piece]).await.unwrap();
    assert_eq!((again.created, again.updated), (0, 0));
    for (id, value) in each() {
        let usage = rows(store, "numbers", id, 25).await.usage;
        let point = usage.iter().flat_map(|series| &series.points).map(|point| point.value.to_bits());
        let told = usage.iter().flat_map(|series| &series.told).map(|(_, told)| told.recent.to_bits());
        assert_eq!(point.chain(told).collect::<Vec<_>>(), [value.to_bits(); 2], "{value}");
    }
}

pub async fn tickets_that_were_closed_stay(store: &dyn Store) {
    let closed = Ticket { closed_on: Some(day(9)), ..open_ticket("done") };
    let first = Piece { tickets: vec![tickets("full", &[closed, open_ticket("open")])], ..small_book() };
    deliver(store, "closed", &snapshot(day(10)), &[first]).await.unwrap();
    let none = Piece { tickets: Vec::new(), ..small_book() };
    let report = deliver(store, "closed", &snapshot(day(17)), &[none]).await.unwrap();
    assert_eq!(report.parts[&Part::Tickets].gone.names, ["open".into()]);
    let kept = rows(store, "closed", "full", 17).await.tickets;
    let gone: Vec<_> = kept.iter().map(|row| (row.ticket.id.as_str(), row.gone_on)).collect();
    assert_eq!(gone, [("done", None), ("open", Some(day(17)))]);
}

pub async fn pieces_are_forgotten_after_an_hour(store: &dyn Store) {
    let import = "a-forgotten-import".parse().unwrap();
    store.put_piece(&write("forgetful", day(18)), &import, 1, &small_book()).await.unwrap();
    store.put_piece(&write("forgetful", day(19)), &"another-import".parse().unwrap(), 1, &small_book()).await.unwrap();
    let delivery = Delivery { pieces: 1, ..snapshot(day(19)) };
    let ended = store.deliver(&write("forgetful", day(19)), &import, &delivery).await;
    assert!(matches!(ended, Err(StoreError::MissingPieces { there: 0, .. })), "{ended:?}");
}

pub async fn an_export_that_is_imported_gives_the_same_book(store: &dyn Store) {
    import_small_book(store, "exporter").await;
    store.seed_demo(&write("exporter", day(20))).await.unwrap();
    let mut after = None;
    let mut customers = 0;
    loop {
        let (known, next) = store.page(&owner("exporter"), after.as_ref(), 2, day(25)).await.unwrap();
        let page = export::page(known, next, day(20));
        for Exported { source, parts, piece } in page.sources {
            customers += piece.customers.len();
            let parts = parts.into_keys().collect::<Vec<_>>();
            let changes = Delivery { mode: Mode::Changes, source, ..only(&parts, snapshot(day(20))) };
            deliver(store, "importer", &changes, &[piece]).await.unwrap();
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(customers, 3, "the demo book is not in it");
    for customer in ["full", "bare", "quiet"] {
        let (mut exported, imported) =
            (rows(store, "exporter", customer, 25).await, rows(store, "importer", customer, 25).await);
        exported.usage.iter_mut().zip(&imported.usage).for_each(|(old, new)| old.reach = new.reach);
        assert_eq!(exported, imported);
    }
}
