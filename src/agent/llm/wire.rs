//! The raw stream of a model's server, event by event. The library looks through all that has come of an event again with
//! every piece of it, however long it gets.

use std::sync::{Arc, OnceLock};

use axum::http;
use futures::{StreamExt, TryStreamExt};
use reqwest::{Body, Response};

/// The longest event that is read, in bytes: an answer that comes in one piece has a few thousand.
const MAX_EVENT: usize = 2 * 1024 * 1024;

/// An event is longer than any that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The model's server sent more than {} MB without the end of an event", MAX_EVENT / 1024 / 1024)]
pub(super) struct Endless;

/// What has come of an event that has not ended.
#[derive(Debug, Default)]
struct Begun {
    bytes: Vec<u8>,
    is_line_empty: bool,
}

impl Begun {
    /// The events that end in the next piece. An empty line ends one.
    fn take(&mut self, piece: &[u8]) -> Result<Vec<u8>, Endless> {
        let mut end = 0;
        for &byte in piece {
            self.bytes.push(byte);
            match byte {
                b'\n' if self.is_line_empty => end = self.bytes.len(),
                b'\n' => self.is_line_empty = true,
                b'\r' => {}
                _ => self.is_line_empty = false,
            }
        }
        let ended = self.bytes.drain(..end).collect();
        if self.bytes.len() > MAX_EVENT { Err(Endless) } else { Ok(ended) }
    }
}

/// The response, which breaks off in an event without end. That is left in `why`, as the library does not pass it on.
pub(super) fn bounded(response: Response, why: Arc<OnceLock<Endless>>) -> Response {
    let mut head = http::Response::new(());
    *head.status_mut() = response.status();
    *head.headers_mut() = response.headers().clone();
    let mut begun = Begun::default();
    let events = response.bytes_stream().map_err(anyhow::Error::from).map(move |piece| {
        let ended = begun.take(&piece?).inspect_err(|&endless| _ = why.set(endless))?;
        anyhow::Ok(ended)
    });
    head.map(|()| Body::wrap_stream(events)).into()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn an_event_is_passed_on_when_it_has_ended_wherever_it_is_cut() {
        for (text, whole) in [
            ("data: 1\n\ndata: 2\n\ndata: 3", "data: 1\n\ndata: 2\n\n"),
            ("data: 1\r\n\r\ndata: 2\n\r\n: 3\n", "data: 1\r\n\r\ndata: 2\n\r\n"),
            ("data: 1\ndata: 2\n \n", ""),
        ] {
            for size in 1..text.len() {
                let mut begun = Begun::default();
                let passed: Vec<_> = text.as_bytes().chunks(size).map(|piece| begun.take(piece).unwrap()).collect();
                assert_eq!(String::from_utf8(passed.concat()).unwrap(), whole, "{size}");
            }
        }
    }

    #[test]
    fn an_event_has_a_longest_length_and_a_stream_has_none() {
        let half = [b'a'; MAX_EVENT / 2];
        for (end, is_one) in [(&b"\n\n"[..], true), (b"\n", false)] {
            let mut begun = Begun::default();
            let taken = [&half, end, &half, end, &half].into_iter().try_for_each(|piece| begun.take(piece).map(drop));
            assert_eq!(taken.is_ok(), is_one);
        }
    }
}
