//! The routes of the server, as its own description lists them, so that a new one cannot be forgotten here.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    calls,
    world::{Caller, Server},
};

/// Method and path of every route, such as `PUT /v1/customers/{id}`. Router and description are made of one table.
pub async fn all(server: &Server) -> BTreeSet<String> {
    let description = server.call(Caller::Guest, &calls::description()).await;
    let description: Value = serde_json::from_str(&description.body).unwrap();
    let paths = description["paths"].as_object().unwrap().iter();
    let routes = paths.flat_map(|(path, methods)| {
        methods.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    routes.collect()
}
