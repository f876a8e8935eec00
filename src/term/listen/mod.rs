//! The thread that listens to the terminal and the system.

#[cfg(unix)]
mod unix;
#[cfg(not(unix))]
mod windows;

#[cfg(unix)]
pub(super) use unix::listen;
#[cfg(not(unix))]
pub(super) use windows::listen;
