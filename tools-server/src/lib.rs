//! The tools server: signed calls in, one envelope out. Stateless; the database is its only state.
//!
//! [`router`] makes the service out of a [`store::Store`] and [`Settings`]; [`serve`] runs it on a listener until it is
//! told to stop. The program `tools-server` and the client's embedded mode both do exactly this.

pub mod attention;
pub mod auth;
pub mod book;
pub mod changes;
pub mod columns;
pub mod config;
pub mod demo;
pub mod export;
pub mod http;
pub mod import;
pub mod kept;
pub mod order;
pub mod panics;
pub mod store;
pub mod summaries;
pub mod tools;

pub use auth::Authority;
pub use http::{Clock, Settings, limits::Limits, metrics::Metrics, router, serve::serve};
