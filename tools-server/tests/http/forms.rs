//! Requests in forms that HTTP knows and few clients use: each has an answer of its own, and no connection gets out of step.

use crate::support::*;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// The statuses and envelopes of everything that is answered to these bytes; of what promises more, no envelope.
async fn answers(server: &TestServer, sent: &[u8]) -> Vec<(u16, Value)> {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(sent).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let mut rest = std::str::from_utf8(&bytes).unwrap();
    let mut answers = Vec::new();
    while let Some((head, after)) = rest.split_once("\r\n\r\n") {
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        let length = header("content-length").map_or(0, |length| length.parse().unwrap());
        let (body, next) = after.split_at(length);
        let envelope = if status < 200 {
            Value::Null
        } else {
            assert_eq!(header("x-request-id").map(str::len), Some(32), "{head}");
            serde_json::from_str(body).unwrap()
        };
        answers.push((status, envelope));
        rest = next;
    }
    answers
}

/// A request for a session, with these headers and this body.
fn session(headers: &str, body: &str) -> String {
    format!("POST /v1/session HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{headers}\r\n{body}")
}

#[tokio::test]
async fn whatever_form_a_request_has_it_is_answered_as_one_or_refused_as_none() {
    let server = TestServer::start().await;
    let livez = "GET /livez HTTP/1.1\r\nhost: x\r\n";
    let many = format!("{livez}{}\r\n", "a: b\r\n".repeat(200));
    let cases: [(&str, String, &[u16]); 33] = [
        ("an old version", "GET /livez HTTP/1.0\r\n\r\n".to_owned(), &[200]),
        ("a whole address", "GET http://elsewhere.example/livez HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(), &[200]),
        (
            "another address than the host",
            "GET http://a.example/livez HTTP/1.1\r\nhost: b.example\r\n\r\n".to_owned(),
            &[200],
        ),
        ("a whole address without a host", "GET http://a.example/livez HTTP/1.1\r\n\r\n".to_owned(), &[400]),
        ("no host", "GET /livez HTTP/1.1\r\n\r\n".to_owned(), &[400]),
        ("a host without a name", "GET /livez HTTP/1.1\r\nhost:\r\n\r\n".to_owned(), &[200]),
        ("a host with a port", "GET /livez HTTP/1.1\r\nhost: [::1]:8443\r\n\r\n".to_owned(), &[200]),
        ("two hosts", format!("{livez}host: y\r\n\r\n"), &[400]),
        ("one host twice", format!("{livez}host: x\r\n\r\n"), &[400]),
        ("two hosts in an old version", "GET /livez HTTP/1.0\r\nhost: x\r\nhost: y\r\n\r\n".to_owned(), &[400]),
        ("no host's name", "GET /livez HTTP/1.1\r\nhost: a b\r\n\r\n".to_owned(), &[400]),
        ("somebody at a host", "GET /livez HTTP/1.1\r\nhost: ann@x\r\n\r\n".to_owned(), &[400]),
        ("two at once", format!("{livez}\r\n{livez}\r\n"), &[200, 200]),
        ("a promise", session("expect: 100-continue\r\ncontent-length: 2\r\n", "{}"), &[100, 200]),
        ("capitals", session("CONTENT-LENGTH: 2\r\nCONTENT-TYPE: application/json\r\n", "{}"), &[200]),
        ("chunks", session("transfer-encoding: chunked\r\n", "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"), &[200]),
        (
            "chunks and trailers",
            session("transfer-encoding: chunked\r\ntrailer: x-client\r\n", "2\r\n{}\r\n0\r\nx-client: web\r\n\r\n"),
            &[200],
        ),
        ("a chunk without end", session("transfer-encoding: chunked\r\n", "FFFFFFFFFFFFFFFFF\r\n{}\r\n"), &[400]),
        ("a body that ends early", session("content-length: 7\r\n", "{}"), &[400]),
        ("a packed body", session("content-length: 4\r\ncontent-encoding: gzip\r\n", "\u{1f}\u{8}\0\0"), &[400]),
        ("two lengths", session("content-length: 2\r\ncontent-length: 3\r\n", "{}"), &[400]),
        ("one length twice", session("content-length: 2\r\ncontent-length: 2\r\n", "{}"), &[200]),
        ("no length", session("content-length: -2\r\n", "{}"), &[400]),
        ("another coding", session("transfer-encoding: gzip\r\ncontent-length: 2\r\n", "{}"), &[400]),
        ("a folded header", format!("{livez}a: b\r\n c\r\n\r\n"), &[400]),
        ("a gap before the colon", format!("{livez}a : b\r\n\r\n"), &[400]),
        ("headers without end", many, &[431]),
        ("another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(), &[]),
        ("no path", "OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(), &[404]),
        ("a tunnel", "CONNECT elsewhere.example:443 HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(), &[404]),
        ("an echo", "TRACE /livez HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(), &[405]),
        ("a detour", "GET /./livez HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(), &[404]),
        ("a path in other words", "GET /%6Civez HTTP/1.1\r\nhost: x\r\n\r\n".to_owned(), &[404]),
    ];
    for (form, sent, expected) in cases {
        let answers = answers(&server, sent.as_bytes()).await;
        let statuses: Vec<_> = answers.iter().map(|(status, _)| *status).collect();
        assert_eq!(statuses, expected, "{form}: {answers:?}");
        for (status, envelope) in answers.iter().filter(|(status, _)| *status >= 200) {
            assert_eq!(envelope["ok"], json!(*status == 200), "{form}: {envelope}");
        }
    }
}

/// A proxy that goes by the length would take the rest for a second request.
#[tokio::test]
async fn what_has_a_length_and_chunks_ends_its_connection() {
    let server = TestServer::start().await;
    let smuggled = "GET /livez HTTP/1.1\r\nhost: x\r\n\r\n";
    let sent = format!(
        "POST /v1/session HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{smuggled}",
        5 + smuggled.len()
    );
    let answers = answers(&server, sent.as_bytes()).await;
    assert_eq!(answers.len(), 1, "{answers:?}");
}
