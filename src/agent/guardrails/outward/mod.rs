//! What must not go out, whoever wrote it: links, other customers, words of the house, requests that thieves make. A text
//! is read in one spelling ([`reading`]), without the marks of Markdown ([`plain`]), sentence by sentence ([`sentences`]).

mod internal;
mod links;
mod names;
mod plain;
mod reading;
mod requests;
mod sentences;

pub(super) use self::{
    internal::is_internal,
    links::{has_link, without_links, without_urls},
    reading::{SETTLED, fold},
    requests::asks_for_what_thieves_want,
};
pub use self::{names::Names, plain::plain, reading::reading, sentences::sentences};
