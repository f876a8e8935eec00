//! The role that the server connects as: it may use the tables, and row-level security must hold for it.

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use super::{PostgresStore, address};
use crate::store::{StoreError, sql};

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
    /// Says what is wrong with the role that the store connects as. On this machine, where whoever runs the server can
    /// read the database anyway, a role that can pass by row-level security is let be, with a warning.
    pub async fn check_role(&self) -> Result<Option<UnfitRole>, StoreError> {
        let options = self.pool.connect_options();
        let rows = self.read(|| self.query_as::<(bool,)>(sql::BYPASSES_ROW_SECURITY)).await?;
        let unfit = rows.contains(&(true,)).then(|| UnfitRole::bypasses(options.get_username()));
        Ok(unfit.filter(|unfit| {
            let local = address::is_local(&options);
            if local {
                tracing::warn!(role = unfit.role, "the server's role can pass by row-level security");
            }
            !local
        }))
    }
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

fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_quoted_and_no_password_is_printed() {
        let told = UnfitRole::missing("a\"; DROP TABLE companies; --").to_string();
        assert!(told.contains("CREATE ROLE \"a\"\"; DROP TABLE companies; --\" LOGIN PASSWORD '…'"), "{told}");
    }
}
