//! The program as a job of a shell.

/// Whether there is a shell that would have the program go on. A session's first group has none.
#[cfg(unix)]
pub(crate) fn can_stop() -> bool {
    use rustix::process::{getpgrp, getsid};
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Stops the program, and whatever the shell started with it, until it is continued.
#[cfg(unix)]
pub(super) fn stop() {
    let _ = rustix::process::kill_current_process_group(rustix::process::Signal::STOP);
}

/// Elsewhere no shell stops its programs.
#[cfg(not(unix))]
pub(crate) fn can_stop() -> bool {
    false
}

#[cfg(not(unix))]
pub(super) fn stop() {}
