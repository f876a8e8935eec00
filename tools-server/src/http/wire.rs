//! What the HTTP layer refuses by itself because it can read no request: a broken head, or one that is too large. Its bare
//! answer gets an envelope, a request id and a line in the log, as any other has. And an answer that nobody reads ends.

use std::{
    io::{ErrorKind, IoSlice, Result},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::http::StatusCode;
use contracts::{Envelope, ErrorCode, WireError};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Sleep, sleep},
};

use super::observe;

/// How long the rest of what was refused is read and forgotten: where it were left unread, the answer would be lost.
const LINGER: Duration = Duration::from_secs(2);
/// How long a client may take nothing of its answer.
const UNREAD_DEADLINE: Duration = Duration::from_secs(30);

/// A connection whose bare answers are told with a reason.
pub(super) struct Wire<S> {
    stream: S,
    /// What is still to be written in place of a bare answer.
    answer: Vec<u8>,
    /// Until when the rest is read, once there was a refusal.
    refused: Option<Pin<Box<Sleep>>>,
    /// Until when something must have been taken, where nothing was the last time.
    unread: Option<Pin<Box<Sleep>>>,
}

impl<S> Wire<S> {
    pub(super) fn new(stream: S) -> Self {
        Self { stream, answer: Vec::new(), refused: None, unread: None }
    }
}

/// What was taken, or an error where that is nothing for too long.
fn taken(
    unread: &mut Option<Pin<Box<Sleep>>>,
    context: &mut Context<'_>,
    taken: Poll<Result<usize>>,
) -> Poll<Result<usize>> {
    if taken.is_ready() {
        *unread = None;
        return taken;
    }
    let unread = unread.get_or_insert_with(|| Box::pin(sleep(UNREAD_DEADLINE)));
    unread.as_mut().poll(context).map(|()| Err(ErrorKind::TimedOut.into()))
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Wire<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let Self { stream, answer, refused, unread } = self.get_mut();
        let mut stream = Pin::new(stream);
        if answer.is_empty() {
            match bare(bytes) {
                None => {
                    let count = stream.poll_write(context, bytes);
                    return taken(unread, context, count);
                }
                Some((head, status)) => *answer = told(head, status),
            }
            *refused = Some(Box::pin(sleep(LINGER)));
        }
        while !answer.is_empty() {
            let count = stream.as_mut().poll_write(context, answer);
            let count = ready!(taken(unread, context, count))?;
            answer.drain(..count);
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        match slices {
            [one] => self.poll_write(context, one),
            several => {
                let Self { stream, unread, .. } = self.get_mut();
                let count = Pin::new(stream).poll_write_vectored(context, several);
                taken(unread, context, count)
            }
        }
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        let Self { stream, refused, .. } = self.get_mut();
        let mut stream = Pin::new(stream);
        ready!(stream.as_mut().poll_shutdown(context))?;
        let Some(end) = refused else { return Poll::Ready(Ok(())) };
        let mut forgotten = [0; 4096];
        while end.as_mut().poll(context).is_pending() {
            let mut bytes = ReadBuf::new(&mut forgotten);
            ready!(stream.as_mut().poll_read(context, &mut bytes))?;
            if bytes.filled().is_empty() {
                break;
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Wire<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, bytes)
    }
}

/// Head and status of an answer that the HTTP layer made: without a body, and without the id that every other one has.
fn bare(bytes: &[u8]) -> Option<(&str, StatusCode)> {
    let head = std::str::from_utf8(bytes).ok()?.strip_suffix("\r\n\r\n")?;
    let status = head.strip_prefix("HTTP/1.1 4")?.get(..2)?;
    let own = head.contains(BARE) && !head.contains(observe::REQUEST_ID.as_str());
    Some((head, format!("4{status}").parse().ok()?)).filter(|_| own)
}

const BARE: &str = "\r\ncontent-length: 0";

fn told(head: &str, status: StatusCode) -> Vec<u8> {
    let message = if status == StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE {
        "The headers of the request are too many or too large: at most 100 of them and 16 KiB are accepted."
    } else {
        "This is no request of HTTP/1.1 that can be read."
    };
    let error = WireError::new(ErrorCode::InvalidInput, message);
    let body = serde_json::to_string(&Envelope::<()>::failure(error)).expect("an envelope is plain data");
    let id = observe::new_id();
    tracing::info_span!("request", id).in_scope(|| {
        let code = ErrorCode::InvalidInput.as_str();
        tracing::info!(method = "-", route = "-", status = status.as_u16(), code, "answered");
    });
    let length = format!("\r\ncontent-length: {}", body.len());
    let head = head.replacen(BARE, &length, 1);
    let id_header = observe::REQUEST_ID;
    format!("{head}\r\ncontent-type: application/json\r\ncache-control: no-store\r\n{id_header}: {id}\r\n\r\n{body}")
        .into()
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_nobody_reads_ends() {
        let (server, mut client) = duplex(8);
        let mut server = Wire::new(server);
        // Whoever reads slowly is waited for.
        let slowly = async {
            for _ in 0..10 {
                sleep(UNREAD_DEADLINE / 2).await;
                client.read_exact(&mut [0; 8]).await.expect("it is sent");
            }
        };
        let (sent, ()) = tokio::join!(server.write_all(&[0; 88]), slowly);
        sent.expect("it is taken, but for what the wire holds");
        let unread = server.write_all(&[0; 8]).await.expect_err("nobody reads on");
        assert_eq!(unread.kind(), ErrorKind::TimedOut);
    }
}
