//! What several tests need: made-up answers of tools, and servers at the other end of a real wire.

pub mod given;
pub mod server;
pub mod wire;
