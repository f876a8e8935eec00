//! Where a request comes from, as the operator's proxies say.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;

/// The address that the outermost of the operator's proxies saw, `within` of which stand between it and this server.
///
/// A proxy writes `X-Forwarded-For` or `Forwarded` (RFC 7239) and passes on whatever its caller wrote into the other one.
/// Where both are there and do not agree, neither is believed.
pub(super) fn address(headers: &HeaderMap, within: usize) -> Option<IpAddr> {
    let one = from_the_end(headers, "x-forwarded-for", within).and_then(ip);
    let other = from_the_end(headers, "forwarded", within).and_then(named).and_then(ip);
    one.xor(other).or_else(|| one.filter(|_| one == other))
}

/// The element of a list, which may be one header or several, that has `count` after it. Commas are counted from the end,
/// where only proxies of one's own have written.
fn from_the_end<'h>(headers: &'h HeaderMap, name: &str, count: usize) -> Option<&'h str> {
    let lists = headers.get_all(name).iter().rev().map(|list| list.to_str().unwrap_or_default());
    lists.flat_map(|list| list.rsplit(',')).nth(count)
}

/// The node of `for=`, of which there may be quotes around.
fn named(element: &str) -> Option<&str> {
    element.split(';').find_map(|pair| {
        let (name, node) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| node.trim().trim_matches('"'))
    })
}

/// An address with or without brackets, with or without a port.
fn ip(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse().ok().map(|address: SocketAddr| address.ip()))
}
