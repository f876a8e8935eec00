//! The role that the server connects as: it may use the tables, and row-level security must hold for it.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use super::{PostgresStore, address};
use crate::store::{StoreError, dialect::identifier, sql};

/// A role that cannot serve yet, and what makes it so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the role {role} {why}. Run this as the owner of the database, and `tools-server migrate` again: {statement}")]
pub struct UnfitRole {
    role: String,
    why: &'static str,
    statement: String,
}

impl UnfitRole {
    fn missing(role: &str) -> Self {
        let statement = format!("CREATE ROLE {} LOGIN PASSWORD '…' NOSUPERUSER NOBYPASSRLS;", identifier(role));
        Self { role: role.to_owned(), why: "of DATABASE_URL is not there", statement }
    }

    fn bypasses(role: &str) -> Self {
        let why = "of DATABASE_URL can pass by row-level security, which keeps owners apart; \
                   use one that cannot, such as tools_app (set DATABASE_DIRECT_URL to what DATABASE_URL is now)";
        Self { role: role.to_owned(), why, statement: Self::missing("tools_app").statement }
    }
}

impl PostgresStore {
    /// Says what is wrong with the role that the store connects as.
    pub async fn check_role(&self) -> Result<Option<UnfitRole>, StoreError> {
        let options = self.pool.connect_options();
        let rows = self.read(|| self.query_as::<(bool,)>(sql::BYPASSES_ROW_SECURITY)).await?;
        Ok(judge(options.get_username(), rows.contains(&(true,)), address::is_local(&options)))
    }
}

/// On this machine, where whoever runs the server can read the database anyway, a role that can pass by row-level
/// security is let be, with a warning.
fn judge(role: &str, bypasses: bool, local: bool) -> Option<UnfitRole> {
    if bypasses && local {
        tracing::warn!(role, "the server's role can pass by row-level security");
    }
    (bypasses && !local).then(|| UnfitRole::bypasses(role))
}

/// Lets `role` use the tables, or says what it lacks. Safe where two do it at once.
pub(super) async fn grant(connection: &mut PgConnection, role: &str) -> Result<Option<UnfitRole>, sqlx::Error> {
    let query = sqlx::query_scalar(sql::ROLE_BYPASSES_ROW_SECURITY).bind(role);
    match query.fetch_optional(&mut *connection).await? {
        None => return Ok(Some(UnfitRole::missing(role))),
        Some(true) => return Ok(Some(UnfitRole::bypasses(role))),
        Some(false) => {}
    }
    let (tables, name) = (sql::TABLES.join(", "), identifier(role));
    let mut tx = connection.begin().await?;
    // Two grants at once on one table would clash.
    tx.execute("SELECT pg_advisory_xact_lock(hashtext('tools-server grants'))").await?;
    tx.execute(AssertSqlSafe(format!(
        "GRANT SELECT, INSERT, UPDATE, DELETE ON {tables} TO {name}; GRANT SELECT ON _sqlx_migrations TO {name}"
    )))
    .await?;
    tx.commit().await?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_that_can_pass_by_row_level_security_serves_on_this_machine_alone() {
        for (bypasses, local, fit) in
            [(false, false, true), (false, true, true), (true, true, true), (true, false, false)]
        {
            assert_eq!(judge("neondb_owner", bypasses, local).is_none(), fit, "{bypasses} {local}");
        }
        let told = UnfitRole::bypasses("neondb_owner").to_string();
        assert!(told.contains("CREATE ROLE \"tools_app\" LOGIN PASSWORD '…' NOSUPERUSER NOBYPASSRLS;"), "{told}");
    }

    #[test]
    fn a_role_is_quoted_and_no_password_is_printed() {
        let told = UnfitRole::missing("a\"; DROP TABLE companies; --").to_string();
        assert!(told.contains("CREATE ROLE \"a\"\"; DROP TABLE companies; --\" LOGIN PASSWORD '…'"), "{told}");
    }
}
