//! How far a tool reaches.

use std::{collections::BTreeSet, path::Path};

use contracts::tools::ToolName;

use super::{ROOT, read, sources};

/// Whether a source speaks of the tool: by its name, or by the word for its answer.
fn names(text: &str, tool: ToolName, answer: &str) -> bool {
    [tool.to_string(), format!("{tool:?}"), format!("ToolOutput::{answer}")].iter().any(|word| text.contains(word))
}

/// The files of a new tool as the recipe has them.
fn recipe() -> BTreeSet<String> {
    let contributing = read("CONTRIBUTING.md");
    let recipe = contributing.split("- **A tool:**").nth(1).unwrap().split("\n- ").next().unwrap();
    recipe.split('`').filter(|word| word.ends_with(".rs")).map(str::to_owned).collect()
}

#[test]
fn a_new_tool_touches_the_four_files_of_the_recipe_and_no_other() {
    let list = read("contracts/src/tools/mod.rs");
    let answer = |tool: ToolName| {
        let row = list.lines().find_map(|line| line.trim().strip_prefix(&format!("{tool}: {tool:?} -> "))).unwrap();
        row.trim_end_matches(',').to_owned()
    };
    let tools = ToolName::ALL.map(|tool| (tool, answer(tool)));

    // What has to know every tool has to know a new one.
    let folders = ["contracts/src", "domain/src", "src", "tools-server/src"];
    let files = folders.iter().flat_map(|folder| sources(&Path::new(ROOT).join(folder)));
    let lists: BTreeSet<String> = files
        .filter(|file| tools.iter().all(|(tool, answer)| names(&read(file), *tool, answer)))
        .map(|file| file.strip_prefix(ROOT).unwrap().to_str().unwrap().to_owned())
        .collect();

    for tool in ToolName::ALL {
        let own = [format!("contracts/src/tools/{tool}.rs"), format!("tools-server/src/tools/{tool}.rs")];
        assert!(own.iter().all(|file| Path::new(ROOT).join(file).is_file()), "{own:?}");
        let touched: BTreeSet<_> = own.into_iter().chain(lists.clone()).collect();
        let told: BTreeSet<_> = recipe().iter().map(|file| file.replace("NAME", tool.as_str())).collect();
        assert_eq!(touched, told);
        assert_eq!(told.len(), 4);
    }
}
