//! What is counted, whatever callers make up.

use reqwest::{Method, Request};
use tokio::net::TcpListener;

use crate::support::*;

/// The lines that Prometheus reads, without the values that change with time.
async fn series(server: &TestServer) -> Vec<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let scraped = tools_server::serve(listener, server.metrics.router(), std::future::pending());
    let scraped = tokio::spawn(scraped);
    let told = reqwest::get(format!("http://{address}/metrics")).await.unwrap().text().await.unwrap();
    scraped.abort();
    let named = told.lines().filter(|line| !line.starts_with('#'));
    named.map(|line| line.rsplit_once(' ').unwrap().0.to_owned()).collect()
}

/// Any token is a method of HTTP, and any caller can make them up.
#[tokio::test]
async fn made_up_methods_paths_and_codes_add_no_series() {
    let server = TestServer::start().await;
    let customer = server.a_customer().await;
    let made_up = async |number: usize| {
        let method = Method::from_bytes(format!("M{number}").as_bytes()).unwrap();
        let paths = ["/livez".to_owned(), format!("/v1/customers/{customer}-{number}"), format!("/{number}")];
        let mut request = Request::new(method, server.url(&paths[number % 3]));
        request.headers_mut().insert("x-request-id", format!("CODE_{number}").parse().unwrap());
        assert!(server.send(request).await.status >= 400);
    };
    for number in 0..3 {
        made_up(number).await;
    }
    let before = series(&server).await;
    for number in 3..=5_000 {
        made_up(number).await;
    }
    assert_eq!(series(&server).await, before);
}
