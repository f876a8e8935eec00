//! What callers are known by: the access tokens of users, the secrets of services, the nonces that are spent. Requests are
//! verified at the edge, which alone sees them.

mod access_token;
mod authority;
mod nonces;
mod service;

pub use access_token::{ClerkApi, InvalidUrl, ProviderUrl, SignIn, TokenRules};
pub(crate) use access_token::{SignedIn, TokenRefused};
pub use authority::Authority;
pub(crate) use nonces::SpentNonces;
pub use service::ServiceClient;
