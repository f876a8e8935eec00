//! What the document of security says of how the programs are built.

use super::{ROOT, read};

#[test]
fn no_crate_of_ours_may_be_unsafe() {
    let workspace: toml::Table = read("Cargo.toml").parse().unwrap();
    assert_eq!(workspace["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    let members = workspace["workspace"]["members"].as_array().unwrap().iter();
    for member in members.map(|member| member.as_str().unwrap()).chain(["."]) {
        let manifest: toml::Table = read(format!("{member}/Cargo.toml")).parse().unwrap();
        assert_eq!(manifest["lints"]["workspace"].as_bool(), Some(true), "{member}");
    }
}

#[test]
fn what_is_shipped_is_built_of_the_committed_versions() {
    let mut builds = 0;
    for file in ["Dockerfile", "scripts/test", "scripts/bench"] {
        let text = read(file);
        let steps = ["build", "test", "bench", "clippy"].map(|step| format!("cargo {step} "));
        for line in text.lines().filter(|line| steps.iter().any(|step| line.contains(step))) {
            assert!(line.contains("--locked"), "{file}: {line}");
            builds += 1;
        }
    }
    assert!(builds >= 6, "{builds} builds");
    assert!(std::path::Path::new(ROOT).join("Cargo.lock").exists());
}

#[test]
fn the_image_has_no_shell_and_no_root() {
    let image = read("Dockerfile");
    let last = &image[image.rfind("\nFROM ").unwrap()..];
    assert!(last.trim_start().starts_with("FROM gcr.io/distroless/cc-debian12:nonroot\n"), "{last}");
    assert!(last.contains("\nUSER nonroot\n") && !last.contains("\nRUN "), "{last}");
    let copied: Vec<_> = last.lines().filter(|line| line.starts_with("COPY ")).collect();
    assert_eq!(copied, ["COPY --from=build /tools-server /usr/local/bin/tools-server"]);
}
