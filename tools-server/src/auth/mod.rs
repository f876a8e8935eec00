//! Who is calling. A request is verified by its headers alone, before a byte of its body is looked at; only what has
//! passed gets to a handler, as a [`SignedRead`] or a [`SignedWrite`].

mod access_token;
pub mod authority;
mod nonces;
mod once;
mod service;
pub(crate) mod session;
mod signed;
mod verify;

pub(crate) use access_token::TokenRefused;
pub use access_token::{ClerkApi, InvalidUrl, ProviderUrl, SignIn, TokenRules};
pub(crate) use nonces::SpentNonces;
pub use service::ServiceClient;
pub(crate) use service::ServiceRead;
pub(crate) use signed::{SeedWrite, SignedRead, SignedWrite};
