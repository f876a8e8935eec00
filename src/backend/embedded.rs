//! The tools server inside this process.

use std::path::Path;

use super::failure::Refusal;
use crate::config::ServerUrl;

pub(super) async fn start(_data_dir: &Path) -> Result<ServerUrl, Refusal> {
    todo!()
}
