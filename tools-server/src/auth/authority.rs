//! The host under which clients reach this server.

use std::{fmt, net::SocketAddr, str::FromStr};

use axum::http::uri;

/// The host, and the port unless it is 80 or 443, that every signature must name. Configured, never taken from a
/// `Host` header: a signature made for another server is worth nothing here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority(String);

/// A text that is no authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a host or host:port, such as tools.example.com or 10.0.0.5:8080")]
pub struct InvalidAuthority;

impl Authority {
    /// The authority as signatures hold it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Authority {
    type Err = InvalidAuthority;

    fn from_str(text: &str) -> Result<Self, InvalidAuthority> {
        let authority: uri::Authority = text.parse().map_err(|_| InvalidAuthority)?;
        // What the parser leaves over is user info or a broken port.
        let host = authority.host().to_ascii_lowercase();
        match authority.port_u16() {
            _ if host.is_empty() => Err(InvalidAuthority),
            None if text.len() == host.len() => Ok(Self(host)),
            Some(port) if text.len() == host.len() + 1 + port.to_string().len() => Ok(match port {
                80 | 443 => Self(host),
                port => Self(format!("{host}:{port}")),
            }),
            _ => Err(InvalidAuthority),
        }
    }
}

impl From<SocketAddr> for Authority {
    fn from(address: SocketAddr) -> Self {
        address.to_string().parse().expect("an address and its port are a host and its port")
    }
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
