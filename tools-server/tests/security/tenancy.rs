//! The matrix of tenants: every route and every tool, called about A's customer by B, by a guest and by a service of B's. Whatever they call,
//! the answer is the one they get about a customer that nobody has.

use std::{collections::BTreeSet, sync::Arc};

use tools_server::store::Store;

use crate::{
    calls::{self, Call, MINE, NOBODYS, OF_A, Target},
    routes,
    world::{Answer, Caller, Server, on_postgresql, on_sqlite},
};

fn everything(target: Target) -> Vec<Call> {
    [calls::reads(target), calls::claims(target), calls::writes(target), calls::reads(target)].concat()
}

#[tokio::test]
async fn every_route_has_a_row() {
    let (_folder, store) = on_sqlite().await;
    let rows: BTreeSet<_> = everything(MINE).into_iter().chain(calls::without_owner()).map(|call| call.row()).collect();
    assert_eq!(rows, routes::all(&Server::start(store).await).await, "the rows, and the routes of the server");
}

async fn matrix(store: Arc<dyn Store>) {
    let server = Server::start(store).await;
    for call in calls::as_a() {
        assert_eq!(server.call(Caller::A, &call).await.status, 200, "{call:?}");
    }
    let as_a_sees_it = what_a_sees(&server).await;
    for caller in [Caller::B, Caller::Guest, Caller::Service] {
        // One after the other: what a caller writes about the first is gone before the second.
        let about_mine = ask(&server, caller, MINE).await;
        let about_nobodys = ask(&server, caller, NOBODYS).await;
        for ((call, mine), (_, nobodys)) in about_mine.iter().zip(&about_nobodys) {
            assert_eq!(mine, nobodys, "{caller:?} can tell A's customer from none by {}", call.row());
            shows_nothing_of_a(mine, caller, call);
        }
        for call in calls::without_owner() {
            shows_nothing_of_a(&server.call(caller, &call).await, caller, &call);
        }
        assert_eq!(what_a_sees(&server).await, as_a_sees_it, "{caller:?} changed A's rows");
    }
}

/// Makes every call about `target`; the answers are without its names.
async fn ask(server: &Server, caller: Caller, target: Target) -> Vec<(Call, Answer)> {
    let mut answers = Vec::new();
    for call in everything(target) {
        let answer = server.call(caller, &call).await;
        answers.push((call, answer.without(target)));
    }
    answers
}

fn shows_nothing_of_a(answer: &Answer, caller: Caller, call: &Call) {
    for word in OF_A {
        assert!(!answer.body.contains(word), "{caller:?} reads {word:?} by {}: {}", call.row(), answer.body);
    }
}

/// All that A can read, every word of it theirs.
async fn what_a_sees(server: &Server) -> Vec<Answer> {
    let mut answers = Vec::new();
    for call in calls::reads(MINE) {
        let answer = server.call(Caller::A, &call).await;
        if let Some(word) = call.shows {
            assert!(answer.status == 200 && answer.body.contains(word), "A by {}: {answer:?}", call.path);
        }
        answers.push(answer);
    }
    answers
}

#[tokio::test]
async fn nobody_can_tell_anothers_customer_from_none_on_sqlite() {
    let (_folder, store) = on_sqlite().await;
    matrix(store).await;
}

#[tokio::test]
async fn nobody_can_tell_anothers_customer_from_none_on_postgresql() {
    let Some((database, store)) = on_postgresql().await else { return };
    matrix(Arc::clone(&store)).await;
    store.close().await;
    database.drop().await;
}
