//! The in-memory SQLite between a preset's files and its SELECTs. It touches no file.

use std::{collections::HashMap, ops::ControlFlow};

use chrono::NaiveDate;
use csv::StringRecord;
use futures::TryStreamExt;
use indicatif::ProgressBar;
use sqlx::{
    AssertSqlSafe, Column, Connection, Executor, QueryBuilder, Row as _, SqlSafeStr, Sqlite, SqliteConnection,
    Statement, sqlite::SqliteConnectOptions,
};

use super::{
    Section,
    sql::{UnknownName, quoted_names},
};
use crate::sources::{
    canonical::{Book, Made},
    origin::Origin,
    problem::{Problem, Problems},
    sheet::column_name,
    table::Table,
};

/// SQLite's own limit of parameters in one statement is 32,766.
const PARAMETERS: usize = 30_000;

/// SQLite's own limit of columns in one table is 2,000.
const COLUMNS: usize = 2_000;

/// The column in which a section says of which file and line a row is: `accounts.csv:7`.
const PLACE: &str = "place";

/// How many columns of a table an error names.
const COLUMNS_SHOWN: usize = 30;

pub(super) struct Database {
    connection: SqliteConnection,
    tables: Vec<Loaded>,
}

/// A file as a table.
struct Loaded {
    table: String,
    /// The name without what changes from one download to the next, where it was found by a pattern.
    lasting: Option<String>,
    columns: Vec<String>,
    file: String,
    rows: u64,
}

impl Database {
    pub(super) async fn open() -> Result<Self, Problem> {
        let options = SqliteConnectOptions::new().in_memory(true);
        let connection = SqliteConnection::connect_with(&options).await.map_err(broken)?;
        Ok(Self { connection, tables: Vec::new() })
    }

    /// Loads a file, which may have been found by a `pattern`, as a table of text. `bar` follows its bytes; the problems of
    /// its rows are added to `problems`.
    pub(super) async fn load(
        &mut self,
        file: &Table,
        pattern: Option<&str>,
        bar: &ProgressBar,
        problems: &mut Problems,
    ) -> Result<(), Problem> {
        let name = &file.place.file;
        let table = table_of(name);
        let lasting = pattern.map(|pattern| identifier(&stem(pattern).replace('*', "")).trim_matches('_').to_owned());
        let lasting =
            lasting.filter(|lasting| !lasting.is_empty() && self.named(lasting).is_none() && *lasting != table);
        let columns = named_once(file.titles().iter().map(identifier));
        let is_free = |name: &&str| !columns.iter().any(|column| column == name);
        let line = ["rowid", "_rowid_", "oid"].into_iter().find(is_free);
        let line = line.ok_or_else(|| Problem::of(name, "has columns rowid, _rowid_ and oid: rename one of them"))?;
        if columns.len() > COLUMNS {
            return Err(Problem::of(name, "has more than 2,000 columns"));
        }
        let typed = columns.iter().map(|column| format!("\"{column}\" TEXT")).collect::<Vec<_>>().join(", ");
        let create = format!("CREATE TABLE \"{table}\" ({typed})");
        self.connection.execute(AssertSqlSafe(create)).await.map_err(broken)?;
        let into = format!("\"{table}\" ({}, \"{}\")", line, columns.join("\", \""));
        let batch = (PARAMETERS / (columns.len() + 1)).min(500);
        let mut rows = Vec::with_capacity(batch);
        let mut count = 0;
        let survey = file.survey(&[])?;
        let mut all = file.rows(&survey)?;
        while let Some(row) = all.next() {
            match row {
                Ok(row) => rows.push((row.line, row.cells)),
                Err(problem) => problems.push(problem),
            }
            if rows.len() == batch {
                count += rows.len();
                self.insert(&into, &rows).await?;
                bar.set_position(all.position());
                rows.clear();
            }
        }
        count += rows.len();
        self.insert(&into, &rows).await?;
        if let Some(lasting) = &lasting {
            let view = format!("CREATE VIEW \"{lasting}\" AS SELECT * FROM \"{table}\"");
            self.connection.execute(AssertSqlSafe(view)).await.map_err(broken)?;
        }
        self.tables.push(Loaded { table, lasting, columns, file: name.clone(), rows: count as u64 });
        Ok(())
    }

    /// Inserts rows with their lines, by which they are numbered.
    async fn insert(&mut self, into: &str, rows: &[(u64, StringRecord)]) -> Result<(), Problem> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut insert = QueryBuilder::<Sqlite>::new(format!("INSERT INTO {into} "));
        insert.push_values(rows, |mut values, (line, row)| {
            values.push_bind(i64::try_from(*line).unwrap_or(i64::MAX));
            for cell in row {
                values.push_bind(cell);
            }
        });
        insert.build().execute(&mut self.connection).await.map(drop).map_err(broken)
    }

    /// From here on nothing can be changed any more.
    pub(super) async fn close_to_writes(&mut self) -> Result<(), Problem> {
        self.connection.execute("PRAGMA query_only = ON").await.map(drop).map_err(broken)
    }

    /// Runs a section and hands its rows to `book`; breaks where there are too many to go on.
    pub(super) async fn read(
        &mut self,
        section: &Section,
        origin: Origin,
        as_of: NaiveDate,
        book: &mut Book,
    ) -> Result<ControlFlow<()>, Problem> {
        let place = origin.to_string();
        let there = self.there();
        let failed = |error: sqlx::Error| {
            let what = sentence(&error);
            // A name that is not there is a slip: what is there helps.
            let there = if what.starts_with("no such") { format!("; {there}") } else { String::new() };
            Problem::of(&place, format_args!("{what}{there}"))
        };
        let select = quoted_names(&section.select, |name| self.resolved(name)).map_err(|UnknownName(name)| {
            let what = format_args!("\"{name}\" is no column or table; a text goes in single quotes; {there}");
            Problem::of(&place, what)
        })?;
        let select = AssertSqlSafe(select).into_sql_str();
        let statement = self.connection.prepare(select).await.map_err(failed)?;
        let names = statement.columns().iter().map(|column| column.name()).collect::<Vec<_>>();
        let place = names.iter().position(|name| *name == PLACE);
        let header = names.iter().copied().filter(|name| *name != PLACE).collect::<StringRecord>();
        let Some(sheet) = book.open(section.part, origin, &header) else { return Ok(ControlFlow::Continue(())) };
        let mut rows = statement.query().bind(as_of.to_string()).fetch(&mut self.connection);
        let mut number = 0;
        while let Some(row) = rows.try_next().await.map_err(failed)? {
            number += 1;
            let cell = |at| row.try_get_unchecked::<Option<&str>, _>(at).map(Option::unwrap_or_default);
            let said = (0..names.len()).filter(|at| Some(*at) != place).map(cell);
            let cells = said.collect::<Result<StringRecord, _>>().map_err(failed)?;
            let place = place.map(cell).transpose().map_err(failed)?.and_then(|place| place.rsplit_once(':'));
            let from = place.and_then(|(file, line)| Some((file, line.parse().ok()?)));
            if book.row(section.part, sheet.row_from(number, &cells, from)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        drop(rows);
        book.notes().made.push(self.made(section, number));
        Ok(ControlFlow::Continue(()))
    }

    /// The plain name of a column or table that is named as its header or file is.
    fn resolved(&self, name: &str) -> Option<String> {
        let plain = identifier(name);
        let is_there = self.named(&plain).is_some() || self.tables.iter().any(|loaded| loaded.columns.contains(&plain));
        is_there.then_some(plain)
    }

    /// The file with this name as a table.
    fn named(&self, table: &str) -> Option<&Loaded> {
        self.tables.iter().find(|loaded| loaded.names().any(|name| name == table))
    }

    /// The tables and their columns, as far as a sentence can hold them.
    fn there(&self) -> String {
        let table = |loaded: &Loaded| {
            let more = if loaded.columns.len() > COLUMNS_SHOWN { ", …" } else { "" };
            let columns = loaded.columns.iter().take(COLUMNS_SHOWN).cloned().collect::<Vec<_>>().join(", ");
            format!("{} ({columns}{more})", loaded.names().collect::<Vec<_>>().join(" or "))
        };
        let tables = self.tables.iter().map(table).collect::<Vec<_>>().join("; ");
        format!("there are {tables}; `cs-copilot import PATH --columns` shows all")
    }

    /// What a section made of the tables that it names.
    fn made(&self, section: &Section, rows: u64) -> Made {
        let words = section.words();
        let named = self.tables.iter().filter(|loaded| loaded.names().any(|name| words.contains(name)));
        let mut of = named.map(|loaded| (loaded.file.clone(), loaded.rows)).collect::<Vec<_>>();
        of.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
        let groups =
            ["group", "distinct", "over", "union", "except", "intersect"].iter().any(|word| words.contains(*word));
        Made { part: section.part, rows, of, groups, joins: words.contains("join") }
    }
}

impl Loaded {
    /// What it is called, the lasting name first.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.lasting.as_deref().into_iter().chain([self.table.as_str()])
    }
}

/// The table that is made of a file.
pub(super) fn table_of(file: &str) -> String {
    identifier(stem(file))
}

/// A file's name without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Names of which each is there once: a second one gets a number.
pub fn named_once(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut times = HashMap::<String, usize>::new();
    let numbered = |name: String| {
        let times = times.entry(name.clone()).or_default();
        *times += 1;
        if *times == 1 { name } else { format!("{name}_{times}") }
    };
    names.map(numbered).collect()
}

/// A name that needs no thought in SQL: lower case letters, digits and `_`.
pub fn identifier(text: &str) -> String {
    column_name(text).chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

fn broken(error: sqlx::Error) -> Problem {
    Problem::of("the preset's tables", sentence(&error))
}

/// What SQLite says, without the words around it.
fn sentence(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        other => other.to_string(),
    }
}
