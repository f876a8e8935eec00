//! Who is calling. A request is verified by its headers alone, before a byte of its body is looked at; only what has
//! passed gets to a handler, as a [`SignedRead`], a [`SignedWrite`] or a [`ServiceRead`].

mod once;
mod service;
pub(super) mod session;
mod signed;
mod verify;

pub(super) use service::ServiceRead;
pub(super) use signed::{SeedWrite, SignedRead, SignedWrite};
