//! What the three editions look like, and that no colour comes from anywhere else.

use std::{fs, path::Path};

use cs_copilot::{app::ThemeName, ui::theme::Theme};
use insta::assert_snapshot;
use ratatui::style::Color;

use crate::support::{App, data, draw, picture::rgb};

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

/// How bright people see it, as WCAG 2 defines it.
fn luminance(color: [u8; 3]) -> f64 {
    let linear = color
        .map(|part| f64::from(part) / 255.0)
        .map(|part| if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055_f64).powf(2.4) });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn color(color: Option<Color>) -> Option<[u8; 3]> {
    match color {
        Some(Color::Indexed(number)) => Some(rgb(number)),
        None => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn everything_can_be_read_on_every_usual_background() {
    let black = [[0, 0, 0], [0x00, 0x2b, 0x36]];
    let white = [[0xff, 0xff, 0xff], [0xfd, 0xf6, 0xe3]];
    for (name, backgrounds) in [(ThemeName::Dark, black), (ThemeName::Light, white)] {
        // Every token by its name, so that a new one is asked for its place here.
        let Theme {
            name: _,
            text,
            strong,
            dim,
            border,
            border_focused,
            title,
            brand,
            accent,
            key,
            cursor,
            cursor_idle,
            cursor_mark,
            tab_active,
            found,
            marked,
            heading,
            model,
            ok,
            warn,
            error,
            toast,
            toast_error,
            risk_high,
            risk_medium,
            risk_low,
            risk_unknown,
            bar,
            bar_running,
            bar_rest,
            spark,
            qr,
            split,
        } = Theme::of(name);
        let rows = [cursor, cursor_idle].map(|style| color(style.bg).unwrap());
        let mut read = vec![
            ("text", text),
            ("strong", strong),
            ("dim", dim),
            ("title", title),
            ("accent", accent),
            ("key", key),
            ("tab_active", tab_active),
            ("heading", heading),
            ("marked", marked),
            ("model", model),
            ("ok", ok),
            ("warn", warn),
            ("error", error),
            ("risk_high", risk_high),
            ("risk_medium", risk_medium),
            ("risk_low", risk_low),
            ("risk_unknown", risk_unknown),
            ("bar_running", bar_running),
            ("spark", spark),
        ];
        read.extend(split.map(|(_, style)| ("split", style)));
        for (token, style) in read {
            for behind in backgrounds.into_iter().chain(rows) {
                let seen = contrast(color(style.fg).unwrap(), behind);
                assert!(seen >= 4.5, "{name:?} {token} on {behind:?}: {seen:.2}");
            }
        }
        for (token, style) in [
            ("border", border),
            ("border_focused", border_focused),
            ("cursor_mark", cursor_mark),
            ("bar", bar),
            ("bar_rest", bar_rest),
        ] {
            for behind in backgrounds {
                let seen = contrast(color(style.fg).unwrap(), behind);
                assert!(seen >= 3.0, "{name:?} {token} on {behind:?}: {seen:.2}");
            }
        }
        for (token, style) in
            [("brand", brand), ("found", found), ("toast", toast), ("toast_error", toast_error), ("qr", qr)]
        {
            let seen = contrast(color(style.fg).unwrap(), color(style.bg).unwrap());
            assert!(seen >= 4.5, "{name:?} {token}: {seen:.2}");
        }
    }
}

#[test]
fn the_editions_differ() {
    let [dark, light, mono] = ThemeName::ALL.map(Theme::of);
    assert!(
        dark.text != light.text && dark.text != mono.text && light.cursor != mono.cursor && dark.border != light.border
    );
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
