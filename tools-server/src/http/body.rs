//! What a request says: its body, its query and the last part of its path.

use std::{error::Error, str::FromStr, time::Duration};

use axum::{
    body::{Body, BodyDataStream},
    extract::{Path, Query, rejection::PathRejection},
    http::Uri,
};
use contracts::{
    ErrorCode, InvalidId, OwnerId, WireError,
    delivery::{MAX_PIECE, Piece},
    tools::ToolRequest,
};
use futures::StreamExt;
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use super::{in_flight::Held, strict::Strict};

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;
/// How much of an unwanted body is read and forgotten; more than any client of ours sends.
const MAX_DISCARDED: usize = 64 * MIB;
/// For how long.
const DISCARD_DEADLINE: Duration = Duration::from_secs(5);
/// The longest error message, in characters; messages of the JSON parser quote what was sent.
const MAX_MESSAGE: usize = 200;

/// What can be read out of a verified request.
pub(crate) trait Input: Sized {
    /// The longest body, in bytes.
    const LIMIT: usize = MIB;

    /// Reads it; the error says which field is wrong.
    fn parse(uri: &Uri, body: &[u8]) -> Result<Self, WireError>;
}

/// A JSON body of up to 1 MiB.
pub(crate) struct JsonBody<T>(pub(crate) T);

impl<T: DeserializeOwned> Input for JsonBody<T> {
    fn parse(_: &Uri, body: &[u8]) -> Result<Self, WireError> {
        json(body).map(Self)
    }
}

/// A piece of an import.
impl Input for Piece {
    const LIMIT: usize = MAX_PIECE;

    fn parse(_: &Uri, body: &[u8]) -> Result<Self, WireError> {
        json(body)
    }
}

/// A query, and no body.
impl<T: DeserializeOwned> Input for Query<T> {
    fn parse(uri: &Uri, body: &[u8]) -> Result<Self, WireError> {
        NoBody::parse(uri, body)?;
        Self::try_from_uri(uri).map_err(|rejection| {
            let reason = rejection.source().map_or_else(|| rejection.body_text(), ToString::to_string);
            invalid(format!("The query is not valid: {reason}"))
        })
    }
}

/// No body; an empty object will do as well.
pub(crate) struct NoBody;

impl Input for NoBody {
    fn parse(_: &Uri, body: &[u8]) -> Result<Self, WireError> {
        if matches!(body, b"" | b"{}") { Ok(Self) } else { Err(invalid("This request takes no body.")) }
    }
}

/// The parameter of a path. A `Result`, so that nothing is said of it before the signature is verified.
pub(crate) type PathParameter = Result<Path<String>, PathRejection>;

/// The same of a path with two.
pub(crate) type PathParameters = Result<Path<(String, String)>, PathRejection>;

/// Reads the parameter of a path.
pub(crate) fn path<T: FromStr<Err: ToString>>(parameter: PathParameter) -> Result<T, WireError> {
    let Path(text) = parameter.map_err(|_| invalid("The path is not valid UTF-8."))?;
    text.parse().map_err(|error: T::Err| invalid(format!("The path is not valid: {}.", error.to_string())))
}

/// Reads a JSON object, strictly.
pub(crate) fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, WireError> {
    check_object(body)?;
    // To follow where each field is takes longer than to read it: that is done of what is wrong alone.
    let mut document = serde_json::Deserializer::from_slice(body);
    if let Ok(value) = T::deserialize(Strict(&mut document))
        && document.end().is_ok()
    {
        return Ok(value);
    }
    let mut document = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(Strict(&mut document))
        .map_err(|error| invalid(format!("The body is not valid: {error}")))?;
    document.end().map_err(|error| invalid(format!("The body is not valid: {error}")))?;
    Ok(value)
}

/// Reads a JSON object, of which fields that the type does not have may be anything.
pub(crate) fn tolerant_json<T: DeserializeOwned>(body: &[u8]) -> Result<T, WireError> {
    check_object(body)?;
    serde_json::from_slice(body).map_err(|error| invalid(format!("The body is not valid: {error}")))
}

fn check_object(body: &[u8]) -> Result<(), WireError> {
    if body.trim_ascii_start().starts_with(b"{") {
        return Ok(());
    }
    Err(invalid("The body is not valid: it must be a JSON object."))
}

/// Whose rows a tool request asks for, where it says so.
pub(crate) fn named_owner(request: &mut ToolRequest) -> Result<Option<OwnerId>, WireError> {
    request.take_owner().map_err(invalid_owner)
}

/// The refusal of an owner that is no id.
pub(crate) fn invalid_owner(error: InvalidId) -> WireError {
    invalid(format!("The body is not valid: params.ownerUserId: {error}"))
}

/// The refusal of an input, cut to a length that can be read.
pub(crate) fn invalid(message: impl AsRef<str>) -> WireError {
    let mut message = message.as_ref().to_owned();
    if let Some((end, _)) = message.char_indices().nth(MAX_MESSAGE) {
        message.truncate(end);
        message.push('…');
    }
    WireError::new(ErrorCode::InvalidInput, message)
}

/// Reads a body of at most `limit` bytes, which its request then holds.
pub(crate) async fn read(body: Body, limit: usize, held: &Held) -> Result<Vec<u8>, WireError> {
    let mut chunks = body.into_data_stream();
    let mut bytes = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| invalid("The body broke off before its end."))?;
        if bytes.len() + chunk.len() > limit {
            discard(chunks).await;
            let message = format!("The body is too large: at most {} KiB are accepted here.", limit / KIB);
            return Err(WireError::new(ErrorCode::TooLarge, message));
        }
        if let Err(too_many) = held.add(chunk.len()) {
            drop(bytes);
            held.end();
            discard(chunks).await;
            return Err(too_many);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Reads and forgets what the client is still sending: most clients look for an answer only when they have sent all.
pub(crate) async fn discard(mut chunks: BodyDataStream) {
    let discard = async {
        let mut discarded = 0;
        while let Some(Ok(chunk)) = chunks.next().await {
            discarded += chunk.len();
            if discarded > MAX_DISCARDED {
                break;
            }
        }
    };
    // Whoever has not sent it by then gets the answer all the same.
    let _ = timeout(DISCARD_DEADLINE, discard).await;
}
