//! Every endpoint there is, in one table: it makes both the router and the document of `GET /v1/openapi.json`.

use std::{num::NonZeroU32, time::Duration};

use axum::http::Method;
use contracts::{
    ActivityId, CustomerId,
    ErrorCode::{NotFound, TooLarge, Unauthorized},
    EvalId, ImportId, ItemId, RunId,
    activity::{Activity, ActivityQuery, ActivityRow},
    attention::{Attention, AttentionQuery, NewState},
    book::{BookPage, BookQuery, BookRevision, CustomerRecord},
    changes::{ChangesPage, ChangesQuery, Timeline, TimelineQuery, Visit},
    checks::{HealthChecks, HealthRequest},
    db::{DbHealth, DemoReport},
    delivery::{Delivery, DeliveryReport, ExportPage, ExportQuery, Piece},
    eval::{EvalBatch, EvalResult, EvalResultsQuery, EvalSession, EvalsQuery, NewEval},
    history::{HistoryQuery, Message, NewMessage},
    outcome::{QueryReply, QueryRequest},
    server::ServerInfo,
    session::{SessionGrant, SessionRequest},
    tools::ToolName,
};
use serde_json::Value;

use super::{
    activity, attention, changes, customers,
    endpoint::{Access, Endpoint},
    evals, health, imports, messages, operations, queries, tools,
    turns::Work,
};

/// A book of any size, on a slow disk.
const IMPORT_DEADLINE: Duration = Duration::from_secs(600);

/// Everybody in a book of any size, on two days.
const BOOK_DEADLINE: Duration = Duration::from_secs(30);

/// The table.
pub(super) fn endpoints() -> Vec<Endpoint> {
    const GET: Method = Method::GET;
    const POST: Method = Method::POST;
    const PUT: Method = Method::PUT;
    const DELETE: Method = Method::DELETE;
    let mut endpoints = vec![
        Endpoint::read::<HealthChecks, _>(POST, "/v1/health", health::check, "Health checks of many customers.")
            .body::<HealthRequest>()
            .work(Work::Book),
        Endpoint::write::<HealthChecks, _>(
            POST,
            "/v1/checks",
            health::keep,
            "Health checks of many customers, kept as history.",
        )
        .body::<HealthRequest>()
        .work(Work::Book),
        Endpoint::read::<BookPage, _>(
            GET,
            "/v1/customers",
            customers::list,
            "The book: every customer with its health.",
        )
        .query::<BookQuery>()
        .work(Work::Book),
        Endpoint::read::<QueryReply, _>(GET, "/v1/query", queries::ask, "What a query of the book comes to.")
            .query::<QueryRequest>()
            .work(Work::Book),
        Endpoint::read::<Attention, _>(
            GET,
            "/v1/attention",
            attention::list,
            "What deserves attention in the book, and what became of it.",
        )
        .query::<AttentionQuery>()
        .deadline(BOOK_DEADLINE)
        .work(Work::Book),
        Endpoint::write::<ItemId, _>(
            PUT,
            "/v1/attention/{id}",
            attention::set,
            "Marks an item as done, snoozes it, or opens it again.",
        )
        .parameter::<ItemId>("id")
        .body::<NewState>()
        .errors(&[NotFound]),
        Endpoint::read::<BookRevision, _>(
            GET,
            "/v1/revision",
            customers::revision,
            "Which book would be read now: cheap, to find out whether one that was read is out of date.",
        ),
        Endpoint::write::<CustomerRecord, _>(POST, "/v1/customers", customers::create, "Adds a customer.")
            .body::<CustomerRecord>(),
        Endpoint::write::<CustomerRecord, _>(
            PUT,
            "/v1/customers/{id}",
            customers::update,
            "Replaces a customer's record.",
        )
        .parameter::<CustomerId>("id")
        .body::<CustomerRecord>()
        .errors(&[NotFound]),
        Endpoint::write::<CustomerId, _>(
            DELETE,
            "/v1/customers/{id}",
            customers::delete,
            "Removes a customer and everything of it.",
        )
        .parameter::<CustomerId>("id")
        .errors(&[NotFound]),
        Endpoint::write::<u32, _>(
            POST,
            "/v1/imports/{id}/pieces/{number}",
            imports::piece,
            "Keeps a piece of an import until its end; sent again, it takes the place of the first.",
        )
        .parameter::<ImportId>("id")
        .parameter::<NonZeroU32>("number")
        .body::<Piece>(),
        Endpoint::write::<DeliveryReport, _>(
            POST,
            "/v1/imports/{id}",
            imports::deliver,
            "Ends an import: its pieces are taken in, all or nothing.",
        )
        .parameter::<ImportId>("id")
        .body::<Delivery>()
        .deadline(IMPORT_DEADLINE)
        .work(Work::Import),
        Endpoint::read::<ExportPage, _>(
            GET,
            "/v1/export",
            imports::export,
            "A page of everything the book holds, by source.",
        )
        .query::<ExportQuery>()
        .work(Work::Book),
        Endpoint::read::<Vec<Message>, _>(
            GET,
            "/v1/messages",
            messages::list,
            "A customer's finished runs, newest first.",
        )
        .query::<HistoryQuery>(),
        Endpoint::write::<RunId, _>(POST, "/v1/messages", messages::record, "Keeps a finished run.")
            .body::<NewMessage>()
            .errors(&[NotFound]),
        Endpoint::read::<Vec<ActivityRow>, _>(
            GET,
            "/v1/activity",
            activity::list,
            "What was done with a customer, newest first.",
        )
        .query::<ActivityQuery>(),
        Endpoint::write::<Activity, _>(
            PUT,
            "/v1/activity/{id}",
            activity::keep,
            "Keeps what was done with a customer; one with the same id gives way to it.",
        )
        .parameter::<ActivityId>("id")
        .body::<Activity>()
        .errors(&[NotFound]),
        Endpoint::write::<ActivityId, _>(
            DELETE,
            "/v1/activity/{id}",
            activity::delete,
            "Removes what the user said to have done.",
        )
        .parameter::<ActivityId>("id")
        .errors(&[NotFound]),
        Endpoint::read::<ChangesPage, _>(
            GET,
            "/v1/changes",
            changes::changes,
            "A page of what changed between two days, or what changed of one customer.",
        )
        .query::<ChangesQuery>()
        .work(Work::Book)
        .errors(&[NotFound]),
        Endpoint::read::<Timeline, _>(
            GET,
            "/v1/timeline",
            changes::timeline,
            "What happened with a customer, newest first, and its score week by week.",
        )
        .query::<TimelineQuery>()
        .errors(&[NotFound]),
        Endpoint::write::<Visit, _>(
            POST,
            "/v1/visits",
            activity::visit,
            "Counts a visit today, and tells the day of the one before.",
        ),
        Endpoint::read::<Vec<EvalSession>, _>(GET, "/v1/evals", evals::list, "The evaluations, newest first.")
            .query::<EvalsQuery>(),
        Endpoint::write::<EvalId, _>(POST, "/v1/evals", evals::create, "Begins an evaluation.").body::<NewEval>(),
        Endpoint::read::<EvalSession, _>(GET, "/v1/evals/{id}", evals::show, "One evaluation.")
            .parameter::<EvalId>("id")
            .errors(&[NotFound]),
        Endpoint::write::<EvalId, _>(DELETE, "/v1/evals/{id}", evals::delete, "Removes an evaluation and its results.")
            .parameter::<EvalId>("id")
            .errors(&[NotFound]),
        Endpoint::read::<Vec<EvalResult>, _>(
            GET,
            "/v1/evals/{id}/results",
            evals::results,
            "A page of an evaluation's results, by customer, task and repeat.",
        )
        .parameter::<EvalId>("id")
        .query::<EvalResultsQuery>()
        .errors(&[NotFound]),
        Endpoint::write::<EvalId, _>(
            POST,
            "/v1/evals/{id}/results",
            evals::add_results,
            "Adds results to an evaluation.",
        )
        .parameter::<EvalId>("id")
        .body::<EvalBatch>()
        .errors(&[NotFound]),
        Endpoint::open::<SessionGrant, _>(POST, "/v1/session", operations::session, "A short-lived signing key.")
            .body::<SessionRequest>()
            .errors(&[Unauthorized, TooLarge]),
        Endpoint::open::<ServerInfo, _>(GET, "/v1", operations::about, "What this server can do."),
        Endpoint::open::<String, _>(GET, "/livez", operations::livez, "Whether the process answers."),
        Endpoint::open::<String, _>(GET, "/readyz", operations::readyz, "Whether the database answers, too."),
        Endpoint::open::<DbHealth, _>(GET, "/api/db/health", operations::db_health, "The state of the database."),
        Endpoint {
            access: Access::Seed,
            ..Endpoint::write::<DemoReport, _>(
                POST,
                "/api/db/seed-global",
                operations::seed_demo,
                "Puts the demo book in.",
            )
        },
        Endpoint::write::<DemoReport, _>(
            DELETE,
            "/api/db/seed-global",
            operations::remove_demo,
            "Takes the demo book out.",
        ),
        Endpoint::new::<Value, _>(Access::Open, GET, "/v1/openapi.json", operations::description, "This document."),
    ];
    endpoints.extend(ToolName::ALL.into_iter().flat_map(|tool| {
        let of_caller = move |state, timings, request| tools::call(tool, state, timings, request);
        let of_service = move |state, timings, request| tools::serve(tool, state, timings, request);
        [
            Endpoint::tool(Access::Read, format!("/v1/tools/{tool}"), of_caller, tool),
            Endpoint::tool(Access::Service, format!("/{tool}"), of_service, tool),
        ]
    }));
    endpoints
}
