//! The tools server: signed calls in, one envelope out. Stateless; the database is its only state.

pub mod auth;
pub mod book;
pub mod config;
pub mod demo;
pub mod http;
pub mod import;
pub mod store;
pub mod tools;
