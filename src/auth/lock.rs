//! One process at a time renews or replaces the tokens.

use std::{
    fs::{File, TryLockError},
    path::Path,
    time::Duration,
};

use super::AuthError;
use crate::secrets;

/// How often a lock that another process holds is tried again.
const STEP: Duration = Duration::from_millis(50);

/// How many times, which is longer than an exchange with the provider may take.
const TRIES: u32 = 400;

/// Takes the lock in `dir`, which is held until the file is dropped.
pub(super) async fn take(dir: &Path) -> Result<File, AuthError> {
    let path = dir.join("lock");
    let failed = |why: String| AuthError::Store { place: path.clone(), why };
    secrets::private_directory(dir).map_err(|error| failed(error.to_string()))?;
    let file = File::options().create(true).append(true).open(&path).map_err(|error| failed(error.to_string()))?;
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(STEP).await,
            Err(TryLockError::Error(error)) => return Err(failed(error.to_string())),
        }
    }
    Err(failed("another cs-copilot holds it".to_owned()))
}
