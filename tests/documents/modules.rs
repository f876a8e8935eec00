//! Arrows between modules point one way: of the modules beside each other in a folder, none knows another that knows it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use regex::Regex;

use super::{ROOT, read, sources};

/// The folders and file that lead to a module; none lead to the crate's root.
type Module = Vec<String>;

/// Every module of the crate with what it says: without comments, strings and tests.
fn modules(source: &Path) -> BTreeMap<Module, String> {
    let unsaid = Regex::new(r#"//[^\n]*|b?'\\?"'|"(?:\\.|[^"\\])*""#).unwrap();
    let path = |file: &Path| -> Module {
        let place = file.strip_prefix(source).unwrap().with_extension("");
        let names = place.iter().map(|name| name.to_str().unwrap().to_owned());
        names.filter(|name| !["lib", "main", "mod"].contains(&name.as_str())).collect()
    };
    let modules = sources(source).into_iter().map(|file| (path(&file), unsaid.replace_all(&read(&file), "").into()));
    modules.filter(|(module, _): &(Module, _)| !module.iter().any(|name| name.ends_with("tests"))).collect()
}

/// The names of a `use` tree, or of a path, at the beginning of `words`; and what comes after it.
fn tree<'a, 'w>(words: &'w [&'a str]) -> (Vec<Vec<&'a str>>, &'w [&'a str]) {
    match words {
        ["{", inside @ ..] => {
            let (mut names, mut rest) = (Vec::new(), inside);
            while let [next, after @ ..] = rest {
                match *next {
                    "}" => return (names, after),
                    "," => rest = after,
                    _ => {
                        let (more, after) = tree(rest);
                        names.extend(more);
                        rest = after;
                    }
                }
            }
            (names, rest)
        }
        [name, "::", rest @ ..] => {
            let (names, rest) = tree(rest);
            (names.into_iter().map(|names| [vec![*name], names].concat()).collect(), rest)
        }
        [name, rest @ ..] => (vec![vec![*name]], rest),
        [] => (Vec::new(), words),
    }
}

/// Everything that the module names from its crate.
fn named(module: &Module, text: &str) -> Vec<Module> {
    let words: Vec<&str> = Regex::new(r"\w+|::|\S").unwrap().find_iter(text).map(|word| word.as_str()).collect();
    let starts = words.windows(2).enumerate().filter(|(_, pair)| pair[1] == "::").map(|(at, _)| at);
    let paths = starts.filter(|&at| at == 0 || words[at - 1] != "::").flat_map(|at| tree(&words[at..]).0);
    let resolved = paths.filter_map(|path| {
        let above = path.iter().take_while(|name| **name == "super").count();
        let base = match path[0] {
            "crate" => Vec::new(),
            "self" => module.clone(),
            "super" => module[..module.len().checked_sub(above)?].to_vec(),
            _ => return None,
        };
        let names = path.iter().skip(above.max(1)).map(|name| (*name).to_owned());
        Some(base.into_iter().chain(names).collect())
    });
    resolved.collect()
}

/// Who knows whom among the modules right below `parent`.
fn arrows(parent: &[String], all: &[(Module, Module)]) -> BTreeSet<(String, String)> {
    let below = |module: &Module| module.strip_prefix(parent).and_then(|rest| rest.first().cloned());
    let arrows = all.iter().filter_map(|(from, to)| Some((below(from)?, below(to)?)));
    arrows.filter(|(from, to)| from != to).collect()
}

/// The arrows that lie on a circle or between two.
fn circles(mut arrows: BTreeSet<(String, String)>) -> BTreeSet<(String, String)> {
    loop {
        let known: BTreeSet<_> = arrows.iter().map(|(_, to)| to.clone()).collect();
        let knowing: BTreeSet<_> = arrows.iter().map(|(from, _)| from.clone()).collect();
        let before = arrows.len();
        arrows.retain(|(from, to)| known.contains(from) && knowing.contains(to));
        if arrows.len() == before {
            return arrows;
        }
    }
}

#[test]
fn no_module_knows_one_that_knows_it() {
    let mut found = Vec::new();
    for folder in ["contracts/src", "domain/src", "tools-server/src", "src"] {
        let modules = modules(&Path::new(ROOT).join(folder));
        let is_module =
            |path: &[String]| modules.contains_key(path) || modules.keys().any(|known| known.starts_with(path));
        let arrows_of_all: Vec<(Module, Module)> = modules
            .iter()
            .flat_map(|(module, text)| named(module, text).into_iter().map(|path| (module.clone(), path)))
            .map(|(from, mut to)| {
                while !is_module(&to) {
                    to.pop();
                }
                (from, to)
            })
            .collect();
        let parents: BTreeSet<_> = modules.keys().filter_map(|module| Some(module.split_last()?.1.to_vec())).collect();
        assert!(arrows(&[], &arrows_of_all).len() > 3, "{folder}: the arrows are found");
        for parent in parents {
            let circles = circles(arrows(&parent, &arrows_of_all));
            found
                .extend(circles.into_iter().map(|(from, to)| format!("{folder}/{}: {from} -> {to}", parent.join("/"))));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_circle_is_found_however_the_modules_are_named() {
    let arrows_of = |texts: [(&str, &str); 3]| {
        let arrow = |module: &str, text: &str| -> Vec<(Module, Module)> {
            let from = vec![module.to_owned()];
            named(&from, text).into_iter().map(|to| (from.clone(), to)).collect()
        };
        let all: Vec<_> = texts.iter().flat_map(|(module, text)| arrow(module, text)).collect();
        circles(arrows(&[], &all)).len()
    };
    let three = |c| [("a", "use crate::b::{self, C};"), ("b", "use super::{d::{E, F}, c};"), ("c", c)];
    assert_eq!(arrows_of(three("fn f() { crate::a::f() }")), 3);
    assert_eq!(arrows_of(three("use self::a::x; use other::a; use std::a;")), 0);
}
