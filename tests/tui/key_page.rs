//! The keys that the document lists are those of the table that the screen listens by.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use cs_copilot::{
    app::{
        Action,
        keys::{Command, TASKS, commands, sections},
    },
    config::OwnKeys,
};
use domain::tasks::Tasks;

use crate::support::App;

const BEGIN: &str = "<!-- every key: UPDATE_DOCS=1 cargo test --test tui key_page -->\n";
const END: &str = "<!-- end of every key -->\n";

fn document() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/keys.md")
}

/// Every section as a table.
fn tables() -> String {
    let all = commands(&OwnKeys::default(), Tasks::shipped());
    let tables = sections().map(|section| {
        let is_in = |command: &&Command| {
            section.title == TASKS && matches!(command.action, Action::Run(_))
                || section.rows.iter().any(|row| (row.action, row.scope) == (command.action, command.scope))
        };
        let row = |command: &Command| {
            let keys: Vec<_> = command.keys.iter().map(|key| format!("`{}`", key.label())).collect();
            format!("| {} | {} | `{}` |\n", keys.join(" "), command.help, command.name)
        };
        let rows: String = all.iter().filter(is_in).map(row).collect();
        let title = App::open().model.fill(section.title);
        format!("### {title}\n\n| key | does | name |\n|---|---|---|\n{rows}\n")
    });
    tables.collect()
}

#[test]
fn the_document_lists_every_key_with_its_name() {
    let text = fs::read_to_string(document()).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("it has a place for the keys");
    let (listed, after) = rest.split_once(END).expect("the place has an end");
    if env::var_os("UPDATE_DOCS").is_some() {
        fs::write(document(), [before, BEGIN, &tables(), END, after].concat()).unwrap();
        return;
    }
    assert_eq!(listed, tables(), "UPDATE_DOCS=1 cargo test --test tui key_page");
}

#[test]
fn the_short_list_names_keys_that_are_there() {
    let all = commands(&OwnKeys::default(), Tasks::shipped());
    let labels: Vec<_> = all.iter().flat_map(|command| command.keys.iter()).map(|key| key.label()).collect();
    let text = fs::read_to_string(document()).unwrap();
    let short = text.split(BEGIN).next().unwrap();
    let rows = short.lines().filter(|line| line.starts_with("| `"));
    let keys: Vec<_> = rows.flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2)).collect();
    assert!(keys.len() > 30, "{keys:?}");
    for key in keys {
        assert!(labels.iter().any(|label| label == key), "{key} is no key");
    }
}
