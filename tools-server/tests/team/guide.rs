//! What docs/team.md tells those who look after the data, run as it stands there and as the roles it names.

use std::{
    env, fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use reqwest::Url;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, migrate::Migrator};
use tempfile::TempDir;
use tools_server::store::{Pooled, PostgresStore, SqliteStore, Store};

use crate::{
    database::{TemporaryDatabase, secret},
    support::{book_of, customer, owner, write},
};

/// The first block of code after these words.
fn block(words: &str) -> String {
    let guide = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/team.md")).unwrap();
    let (_, after) = guide.split_once(words).unwrap_or_else(|| panic!("docs/team.md says {words:?}"));
    let (_, code) = after.split_once("```").unwrap();
    let (_language, code) = code.split_once('\n').unwrap();
    code.split_once("```").unwrap().0.to_owned()
}

/// A team's database, with roles of its own in place of those that the guide names.
struct Team {
    database: TemporaryDatabase,
    folder: TempDir,
    roles: [(&'static str, String); 3],
}

impl Team {
    /// With the role that owns the database, as Neon makes it.
    async fn new() -> Option<Self> {
        let database = TemporaryDatabase::create().await?;
        let name = |role: &str| format!("{role}_{}", database.name());
        // The longer name first, as it begins with the other one.
        let roles = ["tools_app_2", "tools_app", "neondb_owner"].map(|role| (role, name(role)));
        let team = Self { roles, folder: TempDir::new().unwrap(), database };
        let owner = team.role("neondb_owner");
        let create = format!("CREATE ROLE {owner} LOGIN CREATEROLE CREATEDB BYPASSRLS");
        team.all().await.execute(AssertSqlSafe(create)).await.unwrap();
        team.give(&team.database).await;
        Some(team)
    }

    /// Makes the role that owns the tables the owner of this database.
    async fn give(&self, database: &TemporaryDatabase) {
        let give = format!("ALTER DATABASE {} OWNER TO {}", database.name(), self.role("neondb_owner"));
        self.all().await.execute(AssertSqlSafe(give)).await.unwrap();
    }

    /// Moves to an empty database; answers the one before.
    async fn moves(&mut self) -> TemporaryDatabase {
        let empty = TemporaryDatabase::create().await.unwrap();
        self.give(&empty).await;
        std::mem::replace(&mut self.database, empty)
    }

    fn role(&self, role: &str) -> &str {
        &self.roles.iter().find(|(name, _)| *name == role).unwrap().1
    }

    fn url(&self, role: &str) -> Url {
        let mut url = self.database.owner_url();
        url.set_username(self.role(role)).unwrap();
        url
    }

    /// Somebody who sees all there is.
    async fn all(&self) -> PgConnection {
        TemporaryDatabase::connect(&self.database.owner_url()).await
    }

    fn store(&self, role: &str) -> PostgresStore {
        PostgresStore::open(&secret(&self.url(role)), Pooled::Off).unwrap()
    }

    /// Runs SQL as the owner of the tables.
    fn sql(&self, code: &str) {
        let url = self.url("neondb_owner");
        run(self.folder.path(), &["psql", "-qv", "ON_ERROR_STOP=1", url.as_str()], &[], &self.named(code));
    }

    /// Runs commands, with this role in `DATABASE_URL`.
    fn sh(&self, role: &str, code: &str) {
        let (url, direct) = (self.url(role), self.url("neondb_owner"));
        let variables = [("DATABASE_URL", url.as_str()), ("DATABASE_DIRECT_URL", direct.as_str())];
        run(self.folder.path(), &["sh", "-eu"], &variables, &self.named(code));
    }

    fn named(&self, code: &str) -> String {
        let mut named = code.to_owned();
        for (number, (role, _)) in self.roles.iter().enumerate() {
            named = named.replace(role, &format!("\u{1}{number}"));
        }
        for (number, (_, name)) in self.roles.iter().enumerate() {
            named = named.replace(&format!("\u{1}{number}"), name);
        }
        named
    }

    /// Every row of every table, as text.
    async fn rows(&self) -> Vec<String> {
        let mut all = self.all().await;
        let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1";
        let mut rows = Vec::new();
        for table in all.fetch_all(tables).await.unwrap() {
            let table: &str = table.get(0);
            let read = format!("SELECT '{table} ' || t::text FROM {table} AS t ORDER BY 1");
            rows.extend(all.fetch_all(AssertSqlSafe(read)).await.unwrap().iter().map(|row| row.get::<String, _>(0)));
        }
        rows
    }

    async fn drop(self) {
        let mut all = TemporaryDatabase::connect(&self.database.owner_url()).await;
        let (owner, serves) = (self.role("neondb_owner"), self.role("tools_app_2"));
        for statement in [
            format!("REASSIGN OWNED BY {owner} TO CURRENT_USER"),
            format!("DROP OWNED BY {owner}, {serves}"),
            format!("ALTER DATABASE {} OWNER TO CURRENT_USER", self.database.name()),
            format!("DROP ROLE {owner}, {serves}"),
        ] {
            all.execute(AssertSqlSafe(statement)).await.unwrap();
        }
        all.close().await.unwrap();
        self.database.drop().await;
    }
}

/// Runs a program of PostgreSQL's, the shell or our own on this input.
fn run(directory: &Path, program: &[&str], variables: &[(&str, &str)], input: &str) {
    let ours = Path::new(env!("CARGO_BIN_EXE_tools-server")).parent().unwrap().to_owned();
    let theirs = env::var("TEST_POSTGRES_BIN").unwrap_or_default();
    let path = env::join_paths([ours, theirs.into(), "/usr/bin".into(), "/bin".into()]).unwrap();
    let mut command = Command::new("env");
    command.args(program).env_clear().env("PATH", path).envs(variables.iter().copied()).current_dir(directory);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{input}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn what_the_guide_says_of_upgrades_backups_passwords_and_owners_works_as_the_roles_it_names() {
    let Some(mut team) = Team::new().await else { return };
    team.sql(&block("make the role\nthat serves"));

    // A database of the version before, with a customer.
    let migrator = sqlx::migrate!("../migrations/postgres");
    let last = migrator.iter().map(|migration| migration.version).max().unwrap();
    let before = migrator.iter().filter(|migration| migration.version < last).cloned().collect();
    let before = Migrator { migrations: before, ..migrator };
    let mut connection = TemporaryDatabase::connect(&team.url("neondb_owner")).await;
    before.run(&mut connection).await.unwrap();
    let row = "INSERT INTO companies (owner_user_id, external_id, name, demo) VALUES ('ann', 'old', 'Old', false)";
    connection.execute(row).await.unwrap();
    connection.close().await.unwrap();
    team.sh("tools_app", &block("**Upgrades.**"));
    let store = team.store("tools_app");
    let health = store.health().await;
    assert_eq!(health.schema_version, Some(health.expected_version));
    assert_eq!(book_of(&store, &owner("ann")).await.unwrap().len(), 1);
    store.create_customer(&write("bob"), &customer("x")).await.unwrap();

    let rows = team.rows().await;
    team.sh("tools_app", &block("**Backups.**"));
    store.close().await;
    let lost = team.moves().await;
    lost.drop().await;
    team.sh("tools_app", &block("To put it back"));
    assert_eq!(team.rows().await, rows);

    let password = block("**The password of tools_app.**");
    team.sql(&password);
    team.sh("tools_app_2", "tools-server migrate");
    team.sql(&block("once none of them uses the first role"));
    let store = team.store("tools_app_2");
    assert_eq!(book_of(&store, &owner("bob")).await.unwrap().len(), 1);
    store.create_customer(&write("bob"), &customer("y")).await.unwrap();
    store.create_customer(&write("user_2abc"), &customer("leaves")).await.unwrap();
    store.close().await;
    team.sh("tools_app_2", &block("**An owner who leaves.**"));
    assert!(fs::read_to_string(team.folder.path().join("user_2abc/companies.ndjson")).unwrap().contains("leaves"));
    let left = team.rows().await.into_iter().filter(|row| row.contains("user_2abc"));
    assert_eq!(left.collect::<Vec<_>>(), [""; 0]);
    let gone = format!("SELECT 1 FROM pg_roles WHERE rolname = '{}'", team.role("tools_app"));
    assert!(team.all().await.fetch_optional(AssertSqlSafe(gone)).await.unwrap().is_none());
    team.drop().await;
}

#[tokio::test]
async fn what_the_guide_says_of_backups_works_on_sqlite() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("book.db");
    let store = SqliteStore::open(&path).unwrap();
    store.migrate().await.unwrap();
    store.create_customer(&write("ann"), &customer("kept")).await.unwrap();
    let sh = |code: &str| run(folder.path(), &["sh", "-eu"], &[("DATABASE_URL", "sqlite:book.db")], code);
    // While it is served.
    sh(&block("A file of SQLite"));
    store.create_customer(&write("ann"), &customer("lost")).await.unwrap();
    store.close().await;
    sh(&block("and with the server stopped"));
    let store = SqliteStore::open(&path).unwrap();
    let book = book_of(&store, &owner("ann")).await.unwrap();
    assert_eq!(book.iter().map(|entry| entry.case.id.as_str()).collect::<Vec<_>>(), ["kept"]);
    store.close().await;
}
