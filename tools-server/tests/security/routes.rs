//! The routes of the server, as its source names them, so that a new one cannot be forgotten here.

use std::collections::BTreeSet;

const SOURCE: &str = include_str!("../../src/http/mod.rs");

/// Method and path of every route, such as `PUT /customers/{id}`.
pub fn all() -> BTreeSet<String> {
    let mut routes = BTreeSet::new();
    for route in SOURCE.split(".route(").skip(1) {
        let route = &route[..end_of_arguments(route)];
        let path = route.split('"').nth(1).expect("a path");
        for method in ["get", "post", "put", "patch", "delete"] {
            let called = route.match_indices(&format!("{method}(")).any(|(at, _)| {
                let before = route[..at].chars().next_back();
                before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':')
            });
            if called {
                routes.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    routes
}

/// Where the parenthesis closes that was open before `text`.
fn end_of_arguments(text: &str) -> usize {
    let mut depth = 1;
    text.find(|c| {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        depth == 0
    })
    .expect("a closing parenthesis")
}

#[test]
fn the_source_is_read_as_it_is_written() {
    let routes = all();
    for route in ["POST /tools/{tool}", "DELETE /customers/{id}", "GET /messages", "POST /import", "GET /livez"] {
        assert!(routes.contains(route), "{route} is not among {routes:?}");
    }
}
