//! The kinds of signed requests, as handlers take them.

use std::sync::Arc;

use axum::extract::{FromRequest, Request};
use chrono::{DateTime, TimeDelta, Utc};
use contracts::{ErrorCode, OwnerId, WireError, session::CallerKind, signing::MAX_SKEW_SECS};

use super::{
    once, service,
    verify::{self, Caller},
};
use crate::{
    http::{
        Service,
        body::{self, Input, NoBody},
        error::ApiError,
        in_flight::Held,
        limits::Payer,
        observe,
        timings::{Part, Timings},
        turns::Work,
    },
    store::{StoreError, Write},
};

/// A body of so many bytes takes a while to verify and to read.
const LONG: usize = 64 * 1024;

/// A verified request that only reads.
pub(crate) struct SignedRead<T> {
    /// Whose rows.
    pub(crate) owner: OwnerId,
    /// What is asked.
    pub(crate) input: T,
}

/// A verified request that writes, by somebody who may.
pub(crate) struct SignedWrite<T> {
    /// Whose rows, and the nonce that the write spends.
    pub(crate) write: Write,
    /// What is to be written.
    pub(crate) input: T,
}

impl<T: Input + Send + 'static> FromRequest<Arc<Service>> for SignedRead<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, service: &Arc<Service>) -> Result<Self, ApiError> {
        let now = (service.settings.clock)();
        let (Caller { owner, nonce, .. }, input) = verified(request, service, now, |_| Ok(())).await?;
        if !service.nonces.spend(nonce) {
            return Err(StoreError::Replayed.into());
        }
        Ok(Self { owner, input: input? })
    }
}

impl<T: Input + Send + 'static> FromRequest<Arc<Service>> for SignedWrite<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, service: &Arc<Service>) -> Result<Self, ApiError> {
        let now = (service.settings.clock)();
        let once = once::asked(&request);
        let may_write = |caller: &Caller| {
            if service.settings.writable(caller.kind) {
                return Ok(());
            }
            let message =
                "Guests can read on this server but change nothing; sign in, or work on your own machine's book.";
            Err(WireError::new(ErrorCode::Forbidden, message))
        };
        let (caller, input) = verified(request, service, now, may_write).await?;
        let input = input?;
        let nonce_expires = now + TimeDelta::seconds(2 * MAX_SKEW_SECS);
        let once = once?.map(|asked| asked.of(&caller.digest, now));
        Ok(Self { write: Write { owner: caller.owner, nonce: caller.nonce, nonce_expires, now, once }, input })
    }
}

/// A verified request to put the demo book in, by somebody who may write or by a service.
pub(crate) struct SeedWrite(pub(crate) Write);

impl FromRequest<Arc<Service>> for SeedWrite {
    type Rejection = ApiError;

    async fn from_request(request: Request, service: &Arc<Service>) -> Result<Self, ApiError> {
        if service::is_service(request.headers()) {
            return service::seed(request, service).await.map(Self);
        }
        let SignedWrite { write, input: NoBody } = SignedWrite::from_request(request, service).await?;
        Ok(Self(write))
    }
}

/// Verifies the headers, then reads the body and verifies that too, and only then looks at what it says. The inner
/// error is a genuine request that asks for something impossible.
async fn verified<T: Input + Send + 'static>(
    request: Request,
    service: &Service,
    now: DateTime<Utc>,
    may: impl Fn(&Caller) -> Result<(), WireError>,
) -> Result<(Caller, Result<T, WireError>), ApiError> {
    let address = Payer::address(&request, service.settings.limits);
    let (parts, body) = request.into_parts();
    let timings = Timings::of(&parts.extensions);
    let settings = &service.settings;
    let caller = timings.time(Part::Auth, || {
        let caller = verify::headers(&parts, &settings.masters, &settings.authority, now.timestamp())?;
        observe::record_owner(&caller.owner);
        may(&caller).map(|()| caller)
    });
    // Guests are all one owner; what one of them does must not stop the others.
    let held = Held::of(&parts.extensions);
    let admitted = caller.map_err(ApiError::from).and_then(|caller| {
        let payer = match caller.kind {
            CallerKind::Guest => Payer::Guest(address),
            CallerKind::User => Payer::Owner(caller.owner.clone()),
        };
        held.begin(&service.in_flight, payer.clone())?;
        service.admit(payer).map(|()| caller)
    });
    let caller = match admitted {
        Ok(caller) => caller,
        Err(error) => {
            body::discard(body.into_data_stream()).await;
            return Err(error);
        }
    };
    let body = body::read(body, T::LIMIT, &held).await?;
    held.turn(Work::of(&parts.extensions)).await;
    let long = body.len() > LONG;
    let parse = async move {
        timings.time(Part::Auth, || caller.check_body(&body))?;
        Ok((caller, T::parse(&parts.uri, &body)))
    };
    if long { held.apart(parse).await? } else { parse.await }
}
