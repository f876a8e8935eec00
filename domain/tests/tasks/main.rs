//! Tasks as files: what is read of them, what is refused, and what they say.
n
mod filling;
mod reading;
