//! Who is calling, as the server says it.

use contracts::{OwnerId, session::CallerKind};

use crate::auth::Account;

/// Who the server says is calling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Whose rows are read.
    pub owner: OwnerId,
    /// What kind of caller.
    pub kind: CallerKind,
    /// Whether writes are accepted.
    pub writable: bool,
    /// The sign-in that was shown; none for a guest.
    pub sign_in: Option<SignIn>,
}

/// The sign-in behind an [`Identity`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Who signed in.
    pub account: Account,
    /// When the user has to sign in again, Unix seconds; none where it renews itself.
    pub ends: Option<i64>,
}
