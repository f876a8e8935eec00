//! What the documents claim is there.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod commands;
mod figures;
mod modules;
mod promises;
mod tools;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const DESIGN: &str = "AGENTIC_AI_WORKFLOW_DESIGN.md";

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).unwrap()
}

/// Every Rust file below `folder`.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let (folders, files): (Vec<_>, Vec<_>) =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).partition(|path| path.is_dir());
    let files = files.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files.chain(folders.iter().flat_map(|folder| sources(folder))).collect()
}

/// The names of a file's tests: functions after `#[test]` or `#[tokio::test]`.
fn tests_of(text: &str) -> Vec<String> {
    let attributes = ["#[test]", "#[tokio::test]", "#[tokio::test("];
    let after = attributes.iter().flat_map(|attribute| text.split(attribute).skip(1));
    after.map(|after| after.split_once("fn ").unwrap().1.split('(').next().unwrap().to_owned()).collect()
}

/// The names of all tests, and of the chapters that are told to a store.
fn tests() -> BTreeSet<String> {
    let folders = [
        "src",
        "tests",
        "contracts/src",
        "contracts/tests",
        "domain/src",
        "domain/tests",
        "tools-server/src",
        "tools-server/tests",
    ];
    let files = folders.iter().flat_map(|folder| sources(&Path::new(ROOT).join(folder)));
    let mut names = BTreeSet::new();
    for file in files {
        let text = read(file);
        names.extend(tests_of(&text));
        for after in text.split("pub async fn ").skip(1) {
            names.extend(after.split_once("(store: &dyn Store)").map(|(name, _)| name.to_owned()));
        }
    }
    names
}

/// What a document says in code, where it reads like a test's name: four words at least.
fn named(document: &str) -> BTreeSet<String> {
    let is_name = |text: &&str| {
        text.split('_').count() >= 4 && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    document.split('`').skip(1).step_by(2).filter(is_name).map(str::to_owned).collect()
}

#[test]
fn every_named_test_is_there() {
    let tests = tests();
    for (document, at_least) in [("SECURITY_AND_COMPLIANCE.md", 50), (DESIGN, 10), ("docs/servers.md", 25)] {
        let named = named(&read(document));
        assert!(named.len() > at_least, "{document} names its tests: {named:?}");
        let missing: Vec<_> = named.difference(&tests).cloned().collect();
        assert!(missing.is_empty(), "{document} names tests that are not there: {missing:#?}");
    }
}

#[test]
fn every_server_that_is_played_is_in_the_table() {
    let played = sources(&Path::new(ROOT).join("tests/model/servers"));
    let played: Vec<_> = played.iter().flat_map(|file| tests_of(&read(file))).collect();
    let table = named(&read("docs/servers.md"));
    let missing: Vec<_> = played.iter().filter(|test| !table.contains(*test)).collect();
    assert!(played.len() > 25 && missing.is_empty(), "{missing:#?}");
}

/// Files that name single tasks, as in `TaskId::CHURN`.
#[test]
fn only_the_files_named_for_a_task_know_the_tasks() {
    let chapter = read(DESIGN).split("## Adding a task").nth(1).unwrap().to_owned();
    let named: BTreeSet<_> = chapter
        .split('`')
        .filter(|word| word.ends_with(".rs") && !word.starts_with("domain/"))
        .map(|file| Path::new(ROOT).join(file))
        .collect();
    let names_a_task = |text: &str| {
        ["HEALTH", "RENEWAL", "QBR", "CHURN", "EMAIL"].iter().any(|task| text.contains(&format!("TaskId::{task}")))
    };
    let folders = ["src", "contracts/src", "tools-server/src"].map(|folder| sources(&Path::new(ROOT).join(folder)));
    let mut knowing: BTreeSet<_> = folders.concat().into_iter().filter(|file| names_a_task(&read(file))).collect();
    // The definition says `Self`.
    knowing.insert(Path::new(ROOT).join("contracts/src/task.rs"));
    assert_eq!(knowing, named);
}

#[test]
fn links_between_documents_lead_somewhere() {
    for document in commands::documents() {
        let folder = document.parent().unwrap();
        for link in read(&document).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap();
            assert!(link.contains("://") || folder.join(file).exists(), "{}: {link}", document.display());
        }
    }
}

#[test]
fn the_client_carries_no_store_on_a_server() {
    let tree = |package: &str| {
        let arguments = ["tree", "--offline", "--edges", "normal", "--prefix", "none", "--package", package];
        let tree = Command::new(env!("CARGO")).args(arguments).current_dir(ROOT).output().unwrap();
        assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
        String::from_utf8(tree.stdout).unwrap()
    };
    assert!(tree("tools-server").contains("sqlx-postgres "), "the server has it");
    let client = tree("cs-copilot");
    assert!(client.contains("sqlx-sqlite ") && !client.contains("sqlx-postgres "), "{client}");
}

#[test]
fn there_is_one_tls_and_it_is_rustls() {
    let lock = read("Cargo.lock");
    assert!(lock.contains("name = \"rustls\"\n"));
    for other in ["openssl", "openssl-sys", "native-tls", "boring", "aws-lc-rs", "aws-lc-sys"] {
        assert!(!lock.contains(&format!("name = \"{other}\"\n")), "{other} is linked");
    }
}
