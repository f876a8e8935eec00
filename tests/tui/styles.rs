//! What the three editions look like, and that no colour comes from anywhere else.

use std::{fs, path::Path};

use cs_copilot::{app::ThemeName, ui::theme::Theme};
use insta::assert_snapshot;
use ratatui::style::Color;

use crate::support::{App, data, draw};

fn scene(theme: ThemeName) -> App {
    let mut app = App::open();
    app.model.theme = theme;
    app.answer('h');
    app.keys("j");
    let request = app.start('e');
    app.plan(&request, &[contracts::tools::ToolName::GetCustomerUsage, contracts::tools::ToolName::CalculateHealth]);
    let failed = contracts::run::ToolOutcome::Failed { failure: data::failure() };
    app.call_ended(&request, 0, 12.0, failed);
    app.keys("k");
    app
}

#[test]
fn each_edition_marks_the_same_things() {
    for theme in ThemeName::ALL {
        assert_snapshot!(format!("style_{}", theme.as_str()), draw::styled(&mut scene(theme), 80, 24));
    }
}

#[test]
fn mono_has_no_colour_at_all() {
    let mut app = scene(ThemeName::Mono);
    for keys in ["", "j", "?"] {
        app.keys(keys);
        let buffer = draw::frame(&mut app, 120, 40);
        assert!(buffer.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    }
}

#[test]
fn the_editions_differ() {
    let [dark, light, mono] = ThemeName::ALL.map(Theme::of);
    assert!(dark.text != light.text && dark.text != mono.text && light.cursor != mono.cursor);
}

#[test]
fn colours_are_named_in_the_theme_alone() {
    let mut pending = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut read = 0;
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if !path.components().any(|part| part.as_os_str() == "theme") {
            let text = fs::read_to_string(&path).unwrap_or_default();
            assert!(!text.contains("Color::"), "{} names a colour", path.display());
            read += 1;
        }
    }
    assert!(read > 20, "the sources were found");
}
