/// Whether a browser that is opened here appears in front of the user: not over SSH, and not without a display where
/// browsers need one. `env` reads a variable.
pub fn can_open_browser(env: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name| env(name).is_some_and(|value| !value.is_empty());
    let is_remote = set("SSH_CONNECTION") || set("SSH_TTY");
    let has_display = cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY");
    !is_remote && has_display
}
