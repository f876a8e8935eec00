//! What an endpoint is: who may call it how, what it takes and what it answers.

use std::{borrow::Cow, sync::Arc, time::Duration};

use axum::{
    handler::Handler,
    http::Method,
    routing::{MethodFilter, MethodRouter, on},
};
use contracts::{
    Envelope,
    ErrorCode::{self, Conflict, InvalidInput, MissingData, NotFound, TooLarge, Unauthorized},
    tools::{About, SchemaOf, ToolName},
};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value;

use super::{Service, turns::Work};

const REQUEST_DEADLINE: Duration = Duration::from_secs(10);

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Anybody, unsigned.
    Open,
    /// Signed; reads.
    Read,
    /// Signed; writes.
    Write,
    /// Signed, or by a service; writes the demo book.
    Seed,
    /// By a service; reads.
    Service,
}

/// One method of one path.
pub(super) struct Endpoint {
    pub(super) method: Method,
    pub(super) path: Cow<'static, str>,
    pub(super) handler: MethodRouter<Arc<Service>>,
    /// How long a request may take.
    pub(super) deadline: Duration,
    pub(super) access: Access,
    /// Which turns its requests take.
    pub(super) work: Work,
    pub(super) summary: &'static str,
    /// The parameters of the path.
    pub(super) parameters: Vec<(&'static str, SchemaOf)>,
    pub(super) query: Option<SchemaOf>,
    pub(super) body: Option<SchemaOf>,
    pub(super) answer: SchemaOf,
    /// The errors of its own, besides those of its access.
    pub(super) errors: &'static [ErrorCode],
}

impl Endpoint {
    pub(super) fn new<A: JsonSchema, T: 'static>(
        access: Access,
        method: Method,
        path: impl Into<Cow<'static, str>>,
        handler: impl Handler<T, Arc<Service>>,
        summary: &'static str,
    ) -> Self {
        let filter = MethodFilter::try_from(method.clone()).expect("a method of HTTP");
        Self {
            method,
            path: path.into(),
            handler: on(filter, handler),
            deadline: REQUEST_DEADLINE,
            access,
            work: access.work(),
            summary,
            parameters: Vec::new(),
            query: None,
            body: None,
            answer: SchemaGenerator::subschema_for::<A>,
            errors: &[],
        }
    }

    pub(super) fn open<A: JsonSchema, T: 'static>(
        method: Method,
        path: &'static str,
        handler: impl Handler<T, Arc<Service>>,
        summary: &'static str,
    ) -> Self {
        Self::new::<Envelope<A>, T>(Access::Open, method, path, handler, summary)
    }

    pub(super) fn read<A: JsonSchema, T: 'static>(
        method: Method,
        path: &'static str,
        handler: impl Handler<T, Arc<Service>>,
        summary: &'static str,
    ) -> Self {
        Self::new::<Envelope<A>, T>(Access::Read, method, path, handler, summary)
    }

    pub(super) fn write<A: JsonSchema, T: 'static>(
        method: Method,
        path: &'static str,
        handler: impl Handler<T, Arc<Service>>,
        summary: &'static str,
    ) -> Self {
        Self::new::<Envelope<A>, T>(Access::Write, method, path, handler, summary)
    }

    pub(super) fn tool<T: 'static>(
        access: Access,
        path: String,
        handler: impl Handler<T, Arc<Service>>,
        tool: ToolName,
    ) -> Self {
        let About { summary, request, answer, .. } = tool.about();
        let endpoint = Self::new::<Value, T>(access, Method::POST, path, handler, summary);
        Self { body: Some(request), answer, errors: &[NotFound, MissingData], ..endpoint }
    }

    pub(super) fn body<B: JsonSchema>(self) -> Self {
        Self { body: Some(SchemaGenerator::subschema_for::<B>), ..self }
    }

    pub(super) fn query<Q: JsonSchema>(self) -> Self {
        Self { query: Some(SchemaGenerator::subschema_for::<Q>), ..self }
    }

    pub(super) fn parameter<P: JsonSchema>(mut self, name: &'static str) -> Self {
        self.parameters.push((name, SchemaGenerator::subschema_for::<P>));
        self
    }

    pub(super) fn errors(self, errors: &'static [ErrorCode]) -> Self {
        Self { errors, ..self }
    }

    pub(super) fn deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    pub(super) fn work(self, work: Work) -> Self {
        Self { work, ..self }
    }
}

impl Access {
    /// What its requests are at, mostly.
    fn work(self) -> Work {
        match self {
            Self::Open | Self::Read | Self::Service => Work::Read,
            Self::Write | Self::Seed => Work::Write,
        }
    }

    /// The errors that every endpoint of this access can answer with.
    pub(super) fn errors(self) -> &'static [ErrorCode] {
        use ErrorCode::{Forbidden, RateLimited, Replayed, ToolFailure, Unavailable};
        match self {
            Self::Open => &[InvalidInput, RateLimited, ToolFailure, Unavailable],
            Self::Read | Self::Service => {
                &[InvalidInput, Unauthorized, Replayed, Forbidden, TooLarge, RateLimited, ToolFailure, Unavailable]
            }
            Self::Write | Self::Seed => &[
                InvalidInput,
                Unauthorized,
                Replayed,
                Forbidden,
                Conflict,
                TooLarge,
                RateLimited,
                ToolFailure,
                Unavailable,
            ],
        }
    }
}
