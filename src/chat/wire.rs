//! The raw body of an answer, made into the plain events that the library reads: whatever ends their lines, without empty
//! ones, and one event of a body that is no stream. An event is passed on when it has ended, as the library looks through
//! all that has come of one again with every piece of it.

use std::sync::{Arc, OnceLock};

use axum::http;
use futures::{StreamExt, TryStreamExt, stream};
use reqwest::{Body, Response};
use serde::de::IgnoredAny;
use serde_json::Value;

/// The longest event that is read, in bytes: an answer that comes in one piece has a few thousand.
const MAX_EVENT: usize = 2 * 1024 * 1024;
/// As much is kept of what is neither an event nor JSON, in bytes: it may say what is wrong.
const MAX_STRAY: usize = 1024;

/// Why a body is read no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// An event is longer than any that is read.
    #[error("The model's server sent more than {} MB without the end of an event", MAX_EVENT / 1024 / 1024)]
    Endless,
    /// A portal or a proxy answers.
    #[error("The model's server sent a web page instead of an answer")]
    WebPage,
    /// A proxy packs what nobody asked to be packed.
    #[error("The model's server sent a packed answer (gzip), which nobody asked for")]
    Packed,
}

/// What a body turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Events,
    Json,
}

/// Reads a body piece by piece.
#[derive(Debug, Default)]
struct Reading {
    form: Option<Form>,
    /// The line that has not ended; all of a body that is JSON.
    line: Vec<u8>,
    /// The data of the event that has not ended.
    data: Vec<u8>,
    after_cr: bool,
    has_events: bool,
    stray: Vec<u8>,
}

impl Reading {
    /// The events that end in the next piece.
    fn take(&mut self, piece: &[u8]) -> Result<Vec<u8>, Unreadable> {
        let mut ended = Vec::new();
        for &byte in piece {
            match self.form {
                None => self.begin(byte)?,
                Some(Form::Json) => self.line.push(byte),
                Some(Form::Events) => self.step(byte, &mut ended),
            }
        }
        let is_endless = self.line.len() + self.data.len() > MAX_EVENT;
        if is_endless { Err(Unreadable::Endless) } else { Ok(ended) }
    }

    fn begin(&mut self, byte: u8) -> Result<(), Unreadable> {
        let form = match byte {
            // A mark of the byte order.
            0xef | 0xbb | 0xbf => return Ok(()),
            _ if byte.is_ascii_whitespace() => return Ok(()),
            b'<' => return Err(Unreadable::WebPage),
            0x1f => return Err(Unreadable::Packed),
            b'{' | b'[' => Form::Json,
            _ => Form::Events,
        };
        self.form = Some(form);
        self.line.push(byte);
        Ok(())
    }

    fn step(&mut self, byte: u8, ended: &mut Vec<u8>) {
        let is_same_end = byte == b'\n' && self.after_cr;
        self.after_cr = byte == b'\r';
        match byte {
            b'\r' | b'\n' if is_same_end => {}
            b'\r' | b'\n' if self.line.is_empty() => self.end_event(ended),
            b'\r' | b'\n' => self.end_line(),
            _ => self.line.push(byte),
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let (name, value) = line.split_at(line.iter().position(|&byte| byte == b':').unwrap_or(line.len()));
        let value = value.strip_prefix(b":").unwrap_or_default();
        match name {
            b"data" => {
                if !self.data.is_empty() {
                    self.data.push(b'\n');
                }
                self.data.extend_from_slice(value.strip_prefix(b" ").unwrap_or(value));
            }
            b"" | b"event" | b"id" | b"retry" => {}
            _ if self.stray.len() < MAX_STRAY => self.stray.extend(line.iter().take(MAX_STRAY)),
            _ => {}
        }
    }

    fn end_event(&mut self, ended: &mut Vec<u8>) {
        let data = std::mem::take(&mut self.data);
        if !data.trim_ascii().is_empty() {
            self.has_events = true;
            write(&data, ended);
        }
    }

    /// What is left when nothing more comes: an event without its end, a body that is no stream, or a stray text.
    fn end(&mut self) -> Vec<u8> {
        let mut ended = Vec::new();
        if self.form == Some(Form::Json) {
            let mut values = serde_json::Deserializer::from_slice(&self.line).into_iter::<Value>();
            let mut read = 0;
            while let Some(Ok(value)) = values.next() {
                read = values.byte_offset();
                write(value.to_string().as_bytes(), &mut ended);
            }
            let rest = self.line[read..].trim_ascii();
            if !rest.is_empty() {
                write(rest, &mut ended);
            }
            return ended;
        }
        self.end_line();
        if serde_json::from_slice::<IgnoredAny>(&self.data).is_ok() {
            self.end_event(&mut ended);
        }
        if !self.has_events && !self.stray.is_empty() {
            write(&self.stray, &mut ended);
        }
        ended
    }
}

fn write(data: &[u8], events: &mut Vec<u8>) {
    for line in data.split(|&byte| byte == b'\n' || byte == b'\r') {
        events.extend_from_slice(b"data: ");
        events.extend_from_slice(line);
        events.push(b'\n');
    }
    events.push(b'\n');
}

/// The response as events that the library reads. Where that breaks off, the reason is left in `why`, as the library does
/// not pass it on.
pub(super) fn events(response: Response, why: Arc<OnceLock<Unreadable>>) -> Response {
    let mut head = http::Response::new(());
    *head.status_mut() = response.status();
    let mut reading = Reading::default();
    let pieces = response.bytes_stream().map_err(anyhow::Error::from).map_ok(Some);
    let events = pieces.chain(stream::once(async { Ok(None) })).map(move |piece| match piece? {
        Some(piece) => Ok(reading.take(&piece).inspect_err(|&unreadable| _ = why.set(unreadable))?),
        None => anyhow::Ok(reading.end()),
    });
    head.map(|()| Body::wrap_stream(events)).into()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    /// What the library gets of this text, cut into pieces of this size.
    fn read(text: &[u8], size: usize) -> String {
        let mut reading = Reading::default();
        let mut passed: Vec<_> = text.chunks(size).map(|piece| reading.take(piece).unwrap()).collect();
        passed.push(reading.end());
        String::from_utf8(passed.concat()).unwrap()
    }

    #[test]
    fn whatever_the_server_sends_the_library_gets_plain_events_wherever_they_are_cut() {
        for (text, events) in [
            ("data: 1\n\ndata: 2\n\n", "data: 1\n\ndata: 2\n\n"),
            ("data: 1\r\n\r\ndata:2\r\rdata: 3\n\r\n", "data: 1\n\ndata: 2\n\ndata: 3\n\n"),
            ("\u{feff}data: 1\n\n", "data: 1\n\n"),
            (": waiting\n\ndata:\n\ndata: \n\nid: 7\nevent: ping\nretry: 3\ndata: 1\n\n", "data: 1\n\n"),
            ("data: {\"a\":\ndata: 1}\n\n", "data: {\"a\":\ndata: 1}\n\n"),
            ("data: {\"a\":1}", "data: {\"a\":1}\n\n"),
            ("data: {\"a\"", ""),
            ("{\"a\":\n 1}\n", "data: {\"a\":1}\n\n"),
            ("\n\u{feff}{\"a\":1}\n{\"b\":2}\n{", "data: {\"a\":1}\n\ndata: {\"b\":2}\n\ndata: {\n\n"),
            ("upstream gone", "data: upstream gone\n\n"),
            ("", ""),
        ] {
            for size in 1..=text.len().max(1) {
                assert_eq!(read(text.as_bytes(), size), events, "{text} by {size}");
            }
        }
    }

    #[test]
    fn a_page_for_people_is_no_answer() {
        assert_eq!(Reading::default().take(b"\n<!doctype html>"), Err(Unreadable::WebPage));
    }

    #[test]
    fn an_event_has_a_longest_length_and_a_stream_has_none() {
        let half = [b'a'; MAX_EVENT / 2];
        for (end, is_one) in [(&b"\n\n"[..], false), (b"", true)] {
            let mut reading = Reading::default();
            let pieces = [b"data: ", &half[..], end, b"data: ", &half, end, &half];
            let taken = pieces.into_iter().try_for_each(|piece| reading.take(piece).map(drop));
            assert_eq!(taken.is_err(), is_one);
        }
    }
}
