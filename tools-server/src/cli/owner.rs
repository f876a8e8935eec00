//! `tools-server owner`: everything of one owner, given out or removed.

use std::{
    collections::BTreeMap,
    fs::{self, DirBuilder, File},
    io::{self, BufWriter, Write as _},
    path::{Path, PathBuf},
};

use clap::Subcommand;
use contracts::OwnerId;
use tools_server::store::Store;

use super::{Stop, failed};

/// What is to be done with what is kept of an owner.
#[derive(Debug, Subcommand)]
pub(super) enum OwnerCommand {
    /// Remove everything that is kept of an owner, for good. Who is still signed in can write again: end the sign-in first.
    Erase {
        /// The owner, as the log names it, such as user_2abc.
        id: OwnerId,
    },
    /// Write everything that is kept of an owner into files: one for each table, a JSON object a line.
    Export {
        /// The owner, as the log names it, such as user_2abc.
        id: OwnerId,
        /// A directory that is not there yet.
        dir: PathBuf,
    },
}

/// Does it, and prints how many rows there were in each table.
pub(super) async fn run(store: &dyn Store, command: OwnerCommand) -> Result<(), Stop> {
    let (id, rows) = match command {
        OwnerCommand::Erase { id } => {
            let rows = store.erase(&id).await.map_err(|error| failed("remove the owner", &error))?;
            (id, rows)
        }
        OwnerCommand::Export { id, dir } => {
            let rows = export(store, &id, &dir).await?;
            (id, rows)
        }
    };
    store.close().await;
    if rows.is_empty() {
        return Err(Stop::Failed(format!("there is nothing of {id} in this database")));
    }
    let told: String = rows.iter().map(|(table, count)| format!("{table} {count}\n")).collect();
    io::stdout().write_all(told.as_bytes()).map_err(|error| failed("print what was done", &error))
}

async fn export(store: &dyn Store, id: &OwnerId, dir: &Path) -> Result<BTreeMap<String, u64>, Stop> {
    let mut directory = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut directory, 0o700);
    directory.create(dir).map_err(|error| failed(&format!("make the directory {}", dir.display()), &error))?;
    let mut files = BTreeMap::<String, (BufWriter<File>, u64)>::new();
    let mut take = |table: &str, row: &str| {
        if !files.contains_key(table) {
            let file = File::create_new(dir.join(format!("{table}.ndjson")))?;
            files.insert(table.to_owned(), (BufWriter::new(file), 0));
        }
        let (file, count) = files.get_mut(table).expect("it was put in");
        *count += 1;
        writeln!(file, "{row}")
    };
    let handed_out = store.hand_out(id, &mut take).await;
    handed_out.map_err(|error| failed("export the owner", &error))?;
    if files.is_empty() {
        // Nothing is left behind of an owner whom nobody knows.
        let _ = fs::remove_dir(dir);
    }
    let written = files.into_iter().map(|(table, (mut file, count))| file.flush().map(|()| (table, count)));
    written.collect::<io::Result<_>>().map_err(|error| failed("export the owner", &error))
}
