//! Chapters about single customers, their history, nonces and owners.

use contracts::{
    RunId, TaskId,
    book::CustomerRecord,
    delivery::{ContractRow, CustomerFields, CustomerRow, Delivery, Piece},
    facts::Trend,
    health::{Risk, Why},
    history::NewMessage,
    planner::{PlanSource, PlannerResult, TimingInfo},
    tools::HealthReport,
};
use domain::health::{HealthInputs, report};
use tools_server::store::{Store, StoreError};

use crate::support::{
    book_of, case_of, contract, customer, day, deliver, id, import_small_book, owner, record_of, small_book, snapshot,
    write,
};

fn run(run_id: &str, customer: &str, summary: &str) -> NewMessage {
    let result = PlannerResult {
        customer_id: id(customer),
        task: TaskId::HEALTH,
        title: "Health check".into(),
        question: None,
        as_of: day(20),
        revision: None,
        summary: Some(summary.into()),
        facts: Vec::new(),
        health: None,
        actions: Vec::new(),
        email_draft: None,
        qbr_outline: None,
        used_tools: Vec::new(),
        notes: vec![Risk::Unknown.as_str().into()],
        blocks: Vec::new(),
        dates: Vec::new(),
        decision_log: Vec::new(),
        plan_source: PlanSource::Deterministic,
        plan_hint: None,
        usage: None,
        timing_info: TimingInfo { planning_ms: 0.1, tool_execution_ms: 41.7, total_ms: 41.8 },
    };
    NewMessage { run_id: run_id.parse::<RunId>().unwrap(), result }
}

pub async fn customers_are_added_changed_and_removed(store: &dyn Store) {
    let crud = owner("crud");
    let record = CustomerRecord { contact: Some("Dana".into()), ..customer("one") };
    store.create_customer(&write("crud", day(20)), &record).await.unwrap();
    assert_eq!(record_of(&case_of(store, &crud, &id("one")).await.unwrap()), record);
    let again = store.create_customer(&write("crud", day(20)), &record).await;
    assert!(matches!(again, Err(StoreError::Exists(customer)) if customer == id("one")));

    let renamed = CustomerRecord { name: "Renamed".into(), industry: Some("Food".into()), ..customer("one") };
    store.update_customer(&write("crud", day(20)), &renamed).await.unwrap();
    assert_eq!(record_of(&case_of(store, &crud, &id("one")).await.unwrap()), renamed);

    store.delete_customer(&write("crud", day(20)), &id("one")).await.unwrap();
    let unknown = [
        store.update_customer(&write("crud", day(20)), &renamed).await,
        store.delete_customer(&write("crud", day(20)), &id("one")).await,
    ];
    for result in unknown {
        assert!(matches!(result, Err(StoreError::UnknownCustomer(customer)) if customer == id("one")));
    }
    assert!(book_of(store, &crud).await.unwrap().is_empty());
}

pub async fn a_removed_customer_takes_everything_along(store: &dyn Store) {
    let cascade = owner("cascade");
    import_small_book(store, "cascade").await;
    store.record(&write("cascade", day(20)), &run("run-1", "full", "kept")).await.unwrap();
    store.delete_customer(&write("cascade", day(20)), &id("full")).await.unwrap();
    assert_eq!(book_of(store, &cascade).await.unwrap().len(), 2);

    store.create_customer(&write("cascade", day(20)), &customer("full")).await.unwrap();
    let case = case_of(store, &cascade, &id("full")).await.unwrap();
    assert!(case.usage.any().is_none() && case.contract.any().is_none());
    assert!(case.tickets.any().unwrap().recent.is_empty());
    assert!(store.history(&cascade, &id("full"), 20).await.unwrap().is_empty());
}

pub async fn a_run_is_stored_once(store: &dyn Store) {
    let history = owner("history");
    import_small_book(store, "history").await;
    for (today, run_id, summary) in [(18, "first", "1"), (19, "second", "2"), (20, "third", "3")] {
        store.record(&write("history", day(today)), &run(run_id, "full", summary)).await.unwrap();
    }
    let again = store.record(&write("history", day(21)), &run("first", "full", "no")).await;
    assert!(matches!(again, Err(StoreError::RunExists(run)) if run.as_str() == "first"));
    store.record(&write("history", day(20)), &run("other", "quiet", "elsewhere")).await.unwrap();

    let messages = store.history(&history, &id("full"), 20).await.unwrap();
    let told: Vec<_> = messages.iter().map(|message| message.result.summary.as_ref().unwrap().as_str()).collect();
    assert_eq!(told, ["3", "2", "1"], "newest first, and a run id once");
    assert_eq!(messages[0].result, run("third", "full", "3").result);
    assert_eq!(messages[0].created_at, write("history", day(20)).now);
    assert_eq!(store.history(&history, &id("full"), 1).await.unwrap().len(), 1);

    let stranger = store.record(&write("history", day(20)), &run("lost", "nobody", "x")).await;
    assert!(matches!(stranger, Err(StoreError::UnknownCustomer(customer)) if customer == id("nobody")));
}

pub async fn a_run_keeps_its_score_and_leaves_out_that_of_another_model(store: &dyn Store) {
    import_small_book(store, "models").await;
    let inputs = HealthInputs { usage: Ok(Trend::Down), tickets: Ok(2), renewal: Err(Why::Missing) };
    let today = report(&inputs, day(20));
    let earlier = HealthReport { model: "v1".into(), ..today.clone() };
    for (run_id, health) in [("today", &today), ("earlier", &earlier)] {
        let mut message = run(run_id, "full", "told in words");
        message.result.health = Some(health.clone());
        store.record(&write("models", day(20)), &message).await.unwrap();
    }
    let messages = store.history(&owner("models"), &id("full"), 2).await.unwrap();
    let read = |run_id: &str| {
        let message = messages.iter().find(|message| message.run_id.to_string() == run_id).unwrap();
        (message.result.health.clone(), message.result.summary.clone())
    };
    assert_eq!(read("today"), (Some(today), Some("told in words".into())));
    assert_eq!(read("earlier"), (None, Some("told in words".into())));
}

pub async fn a_nonce_is_spent_once(store: &dyn Store) {
    let spender = owner("spender");
    let first = write("spender", day(20));
    store.create_customer(&first, &customer("one")).await.unwrap();
    let replays = [
        store.create_customer(&first, &customer("two")).await,
        store.update_customer(&first, &customer("one")).await,
        store.delete_customer(&first, &id("one")).await,
        store.put_piece(&first, &"an-import".parse().unwrap(), 1, &small_book()).await,
        store.deliver(&first, &"an-import".parse().unwrap(), &snapshot(day(20))).await.map(drop),
        store.seed_demo(&first).await.map(drop),
        store.remove_demo(&first).await.map(drop),
        store.record(&first, &run("run-1", "one", "x")).await,
    ];
    for replay in replays {
        assert!(matches!(replay, Err(StoreError::Replayed)), "{replay:?}");
    }
    assert_eq!(book_of(store, &spender).await.unwrap().len(), 1);

    // A write that failed has spent its nonce, too: the same bytes do not work later, when nothing is in their way.
    let failing = write("spender", day(20));
    assert!(matches!(store.create_customer(&failing, &customer("one")).await, Err(StoreError::Exists(_))));
    let again = store.create_customer(&failing, &customer("two")).await;
    assert!(matches!(again, Err(StoreError::Replayed)), "{again:?}");
    let trial = write("spender", day(20));
    let import = "a-trial".parse().unwrap();
    store.put_piece(&write("spender", day(20)), &import, 1, &small_book()).await.unwrap();
    let dry = Delivery { pieces: 1, dry_run: true, ..snapshot(day(20)) };
    store.deliver(&trial, &import, &dry).await.unwrap();
    let again = store.deliver(&trial, &import, &dry).await;
    assert!(matches!(again, Err(StoreError::Replayed)), "a dry run is a write, too: {again:?}");

    // Once the signature has ended, the nonce is forgotten with the next write.
    let later = write("spender", day(21));
    store.create_customer(&later, &customer("three")).await.unwrap();
    store.update_customer(&first, &customer("one")).await.unwrap();
    assert!(matches!(store.update_customer(&later, &customer("one")).await, Err(StoreError::Replayed)));
}

pub async fn owners_are_kept_apart(store: &dyn Store) {
    let (left, right) = (owner("left"), owner("right"));
    import_small_book(store, "left").await;
    store.create_customer(&write("right", day(20)), &customer("full")).await.unwrap();
    assert_eq!((book_of(store, &left).await.unwrap().len(), book_of(store, &right).await.unwrap().len()), (3, 1));
    assert!(case_of(store, &right, &id("full")).await.unwrap().usage.any().is_none());

    store.record(&write("left", day(20)), &run("same-run", "full", "left")).await.unwrap();
    store.record(&write("right", day(20)), &run("same-run", "full", "right")).await.unwrap();
    for (who, summary) in [(&left, "left"), (&right, "right")] {
        let messages = store.history(who, &id("full"), 20).await.unwrap();
        assert_eq!(messages[0].result.summary.as_ref().unwrap().as_str(), summary);
    }
    store.delete_customer(&write("right", day(20)), &id("full")).await.unwrap();
    assert!(case_of(store, &left, &id("full")).await.unwrap().usage.any().is_some());
    assert_eq!(store.history(&left, &id("full"), 20).await.unwrap().len(), 1);

    // A nonce belongs to its owner as well.
    let mut shared = write("left", day(20));
    store.create_customer(&shared, &customer("more")).await.unwrap();
    shared.owner = right;
    store.create_customer(&shared, &customer("more")).await.unwrap();
}

pub async fn hostile_text_is_only_text(store: &dyn Store) {
    let hostile = owner("hostile");
    let names = [
        "'; DROP TABLE companies; --",
        "\"quoted\" \\backslash\\ {\"json\": [1]}",
        "$1 %s {0} ../../etc/passwd",
        "\u{1b}]8;;http://x\u{7}link\u{1b}[31m\u{202e}gnp\u{0}",
        "株式会社さくら商事 👩\u{200d}🚀 עברית",
    ];
    let ids = ["a.b-c_d", "0", "select", "a..b", "Z"];
    let named = ids.iter().zip(names).map(|(text, name)| {
        let fields = CustomerFields { name: Some(name.into()), ..CustomerFields::default() };
        CustomerRow { id: id(text), fields }
    });
    let customers: Vec<_> = named.collect();
    let contracts = ids.iter().map(|text| ContractRow { contract_id: names[0].into(), ..contract(text, 1) }).collect();
    let piece = Piece { customers: customers.clone(), contracts, ..Piece::default() };
    deliver(store, "hostile", &snapshot(day(20)), &[piece]).await.unwrap();
    for row in &customers {
        let case = case_of(store, &hostile, &row.id).await.unwrap();
        assert_eq!((&case.id, Some(&case.name)), (&row.id, row.fields.name.as_ref()));
        assert!(!case.name.as_str().chars().any(char::is_control));
    }
    assert_eq!(book_of(store, &hostile).await.unwrap().len(), 5);
}
