//! Who is calling. A request is verified by its headers alone, before a byte of its body is looked at; only what has
//! passed gets to a handler, as a [`SignedRead`] or a [`SignedWrite`].

pub mod authority;
mod nonces;
pub(crate) mod session;
mod signed;
mod verify;

pub(crate) use nonces::SpentNonces;
pub(crate) use signed::{SignedRead, SignedWrite};
