//! Trusted services, which sign with a secret of their own (signature v1) and act for the owners they are listed for.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{FromRequest, Request},
    http::{HeaderMap, request::Parts},
};
use chrono::{DateTime, TimeDelta, Utc};
use contracts::{
    ErrorCode, OwnerId, WireError,
    signing::{
        MAX_SKEW_SECS, Nonce, SignatureError,
        v1::{self, Presented},
    },
    tools::ToolRequest,
};
use serde_json::Value;

use super::verify::{only, unauthorized};
use crate::{
    auth::ServiceClient,
    http::{
        Service, Settings,
        body::{self, Input, JsonBody, NoBody},
        error::ApiError,
        in_flight::Held,
        legacy,
        limits::Payer,
        observe,
        timings::{Part, Timings},
        turns::Work,
    },
    store::Write,
};

/// A verified tool request of a service. It spends nothing: signature v1 cannot tell a copy from a request that happens to
/// be the same, and reading twice does no harm.
pub(crate) struct ServiceRead {
    /// Whose rows: one of the service's owners.
    pub(crate) owner: OwnerId,
    /// What is asked.
    pub(crate) input: ToolRequest,
    /// Whether it was asked, and is to be answered, as the tools were that were there first.
    pub(crate) legacy: bool,
}

impl FromRequest<Arc<Service>> for ServiceRead {
    type Rejection = ApiError;

    async fn from_request(request: Request, service: &Arc<Service>) -> Result<Self, ApiError> {
        let held = hold(&request, service)?;
        let (parts, body) = request.into_parts();
        let now = (service.settings.clock)();
        let Verified { client, body, .. } = verified(&parts, body, service, now).await?;
        let (owner, input) = if client.legacy {
            let (owner, customer_id) = legacy::read(&body)?;
            (owner, ToolRequest { customer_id, params: Value::Null })
        } else {
            let JsonBody(mut input) = JsonBody::<ToolRequest>::parse(&parts.uri, &body)?;
            let owner = body::named_owner(&mut input)?
                .ok_or_else(|| body::invalid("The field params.ownerUserId is missing: whose rows?"))?;
            (owner, input)
        };
        if !client.owners.contains(&owner) {
            let message = "This service is not listed for that owner; its operator can add it to the service's owners.";
            return Err(ApiError::new(ErrorCode::Forbidden, message));
        }
        observe::record_owner(&owner);
        let payer = Payer::Owner(owner.clone());
        service.admit(payer.clone())?;
        held.begin(&service.in_flight, payer)?;
        held.turn(Work::of(&parts.extensions)).await;
        Ok(Self { owner, input, legacy: client.legacy })
    }
}

/// A verified request of a service to put the demo book in, which belongs to everybody.
pub(super) async fn seed(request: Request, service: &Service) -> Result<Write, ApiError> {
    let held = hold(&request, service)?;
    let (parts, body) = request.into_parts();
    let now = (service.settings.clock)();
    let Verified { nonce, body, .. } = verified(&parts, body, service, now).await?;
    NoBody::parse(&parts.uri, &body)?;
    let owner = OwnerId::public();
    observe::record_owner(&owner);
    service.admit(Payer::Owner(owner.clone()))?;
    held.turn(Work::of(&parts.extensions)).await;
    Ok(Write { owner, nonce, nonce_expires: now + TimeDelta::seconds(2 * MAX_SKEW_SECS), now, once: None })
}

/// Counts a request for those who say to be a service, or for the address it comes from where it cannot be one: who sends
/// it is known when all of its bytes are there.
fn hold(request: &Request, service: &Service) -> Result<Held, ApiError> {
    let Settings { service_clients, clock, limits, .. } = &service.settings;
    let payer = match presented(request.headers(), service_clients, clock().timestamp()) {
        Ok(_) => Payer::Claimants,
        Err(_) => Payer::Guest(Payer::address(request, *limits)),
    };
    let held = Held::of(request.extensions());
    held.begin(&service.in_flight, payer)?;
    Ok(held)
}

/// Whether the request says to be a service's.
pub(super) fn is_service(headers: &HeaderMap) -> bool {
    headers.contains_key(v1::SIGNATURE)
}

struct Verified<'s> {
    client: &'s ServiceClient,
    nonce: Nonce,
    body: Vec<u8>,
}

/// Verifies name and time before the body is read, and the body before it is looked at.
async fn verified<'s>(
    parts: &Parts,
    body: Body,
    service: &'s Service,
    now: DateTime<Utc>,
) -> Result<Verified<'s>, ApiError> {
    let timings = Timings::of(&parts.extensions);
    let now = now.timestamp();
    let clients = &service.settings.service_clients;
    let presented = timings.time(Part::Auth, || presented(&parts.headers, clients, now));
    let (presented, client) = match presented {
        Ok(presented) => presented,
        Err(error) => {
            body::discard(body.into_data_stream()).await;
            return Err(error.into());
        }
    };
    let body = body::read(body, JsonBody::<ToolRequest>::LIMIT, &Held::of(&parts.extensions)).await?;
    timings.time(Part::Auth, || presented.verify(&client.secrets, &body)).map_err(|error| refused(error, now))?;
    observe::record_service(&client.name);
    Ok(Verified { client, nonce: presented.nonce(parts.uri.path()), body })
}

fn presented<'a, 's>(
    headers: &'a HeaderMap,
    clients: &'s [ServiceClient],
    now: i64,
) -> Result<(Presented<'a>, &'s ServiceClient), WireError> {
    let header = |name| only(headers, name).ok_or_else(|| refused(SignatureError::Malformed, now));
    let presented = Presented::parse(header(v1::CLIENT)?, header(v1::TIMESTAMP)?, header(v1::SIGNATURE)?)
        .map_err(|error| refused(error, now))?;
    presented.check_time(now).map_err(|error| refused(error, now))?;
    // An unknown name is answered like a wrong secret.
    let client = clients.iter().find(|client| client.name == presented.client);
    Ok((presented, client.ok_or_else(|| refused(SignatureError::Mismatch, now))?))
}

fn refused(error: SignatureError, now: i64) -> WireError {
    match error {
        SignatureError::Malformed => {
            unauthorized("The request must be signed by a service: one X-Client, X-Timestamp and X-Signature each.")
        }
        SignatureError::ClockOff | SignatureError::Expired => {
            let message = "The request's time does not fit the server's; set the clock of this machine and try again.";
            WireError { server_time: Some(now), ..unauthorized(message) }
        }
        SignatureError::Mismatch => {
            unauthorized("The signature does not match the request, or this service is not known here.")
        }
    }
}
