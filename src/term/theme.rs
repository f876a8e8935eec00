//! Which edition of the colours to begin with.

use crate::{app::ThemeName, config::ThemeChoice};

/// The edition to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// This one.
    Is(ThemeName),
    /// The dark one, until the terminal has told its background.
    AskTerminal,
}

/// Asks the terminal for its background (OSC 11).
pub(super) const QUESTION: &str = "\x1b]11;?\x1b\\";

/// Chooses by what the user said, `NO_COLOR`, and what the environment knows of the terminal; `env` reads a variable.
pub fn choose(choice: ThemeChoice, env: impl Fn(&str) -> Option<String>) -> Choice {
    let set = |name| env(name).filter(|value| !value.is_empty());
    match choice {
        _ if set("NO_COLOR").is_some() => Choice::Is(ThemeName::Mono),
        ThemeChoice::Dark => Choice::Is(ThemeName::Dark),
        ThemeChoice::Light => Choice::Is(ThemeName::Light),
        ThemeChoice::Mono => Choice::Is(ThemeName::Mono),
        ThemeChoice::Auto => match (set("COLORFGBG"), set("TERM").as_deref()) {
            (Some(pair), _) => Choice::Is(background(&pair)),
            (None, None | Some("dumb")) => Choice::Is(ThemeName::Mono),
            (None, Some(_)) if can_be_asked(&env) => Choice::AskTerminal,
            (None, Some(_)) => Choice::Is(ThemeName::Dark),
        },
    }
}

/// Whether the terminal understands questions: the Linux console and GNU screen print what they do not understand.
pub(super) fn can_be_asked(env: impl Fn(&str) -> Option<String>) -> bool {
    let is_set = |name| env(name).is_some_and(|value| !value.is_empty());
    cfg!(unix) && env("TERM").is_some_and(|term| term != "linux" && (!term.starts_with("screen") || is_set("TMUX")))
}

/// The background in `COLORFGBG` (`15;0`, sometimes with a word between): 7 and 9 to 15 are light.
fn background(pair: &str) -> ThemeName {
    match pair.rsplit(';').next().and_then(|color| color.parse::<u8>().ok()) {
        Some(7 | 9..=15) => ThemeName::Light,
        _ => ThemeName::Dark,
    }
}

/// The edition for a background as the terminal tells it, such as `rgb:ffff/fafa/f0f0` or `rgba:ffff/fafa/f0f0/ffff`.
pub(super) fn of_reply(reply: &str) -> Option<ThemeName> {
    let parts = reply.strip_prefix("rgb:").or_else(|| reply.strip_prefix("rgba:"))?;
    let mut parts = parts.split('/').map(|part| {
        let most = 16_f64.powi(i32::try_from(part.len()).ok()?) - 1.0;
        let value = u32::from_str_radix(part, 16).ok()?;
        (1..=4).contains(&part.len()).then(|| f64::from(value) / most)
    });
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    let brightness = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    Some(if brightness > 0.5 { ThemeName::Light } else { ThemeName::Dark })
}
