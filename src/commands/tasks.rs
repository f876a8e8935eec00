//! `tasks`: the tasks that there are, and the files of one's own.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use anyhow::Context as _;
use contracts::TaskId;
use domain::tasks::Task;

use super::{Context, print, refused};
use crate::{
    cli::{TasksAction, TasksArgs},
    own_tasks::{self, BrokenFile},
    words,
};

/// A task to begin from.
const NEW: &str = include_str!("new_task.md");

/// Does it.
pub async fn execute(context: &Context, args: &TasksArgs) -> anyhow::Result<ExitCode> {
    match &args.action {
        None | Some(TasksAction::List) => list(context),
        Some(TasksAction::Show { task }) => show(context, task),
        Some(TasksAction::New { task }) => new(context, task),
        Some(TasksAction::Trust { task }) => trust(context, task),
        Some(TasksAction::Check { files }) => check(context, files),
    }
}

fn list(context: &Context) -> anyhow::Result<ExitCode> {
    let tasks = &context.tasks.tasks;
    let longest = tasks.iter().map(|task| task.id.as_str().len()).max().unwrap_or_default();
    let line = |task: &Task| {
        let key = task.key.map_or_else(|| " ".to_owned(), |key| key.to_string());
        let own = if task.is_shipped() { "" } else { " (your own)" };
        format!("{:<longest$}  {key}  {}{own}. {}\n", task.id.as_str(), task.title, task.description)
    };
    print(&tasks.iter().map(|task| line(task)).collect::<String>())?;
    told(&context.tasks.broken)
}

fn show(context: &Context, id: &TaskId) -> anyhow::Result<ExitCode> {
    match context.tasks.named(id) {
        Ok(task) => print(&task.file).map(|()| ExitCode::SUCCESS),
        Err(why) => refused(&why.to_string()),
    }
}

/// Shows the file and remembers it as one that a language model may be given.
fn trust(context: &Context, id: &TaskId) -> anyhow::Result<ExitCode> {
    let task = match context.tasks.named(id) {
        Ok(task) => task,
        Err(why) => return refused(&why.to_string()),
    };
    print(&task.file)?;
    if task.is_shipped() {
        writeln!(io::stderr(), "{id} is shipped with the program; there is nothing to confirm")?;
        return Ok(ExitCode::SUCCESS);
    }
    context.trusted.confirm(task).context("what you confirmed cannot be kept")?;
    writeln!(io::stderr(), "A language model may be given this file as its instruction, until it changes.")?;
    Ok(ExitCode::SUCCESS)
}

fn new(context: &Context, id: &TaskId) -> anyhow::Result<ExitCode> {
    let folder = context.own_tasks()?;
    let file = folder.file(id);
    fs::create_dir_all(folder.path()).with_context(|| format!("cannot make the folder {}", folder.path().display()))?;
    let mut new = match File::create_new(&file) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return refused(&format!("{} is there already; change it, or choose another name", file.display()));
        }
        new => new.with_context(|| format!("cannot write {}", file.display()))?,
    };
    let text = NEW.replace("NAME", id.as_str()).replace("TITLE", &id.title());
    new.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", file.display()))?;
    print(&format!("{}\n", file.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn check(context: &Context, files: &[PathBuf]) -> anyhow::Result<ExitCode> {
    if files.is_empty() {
        let code = told(&context.tasks.broken)?;
        if context.tasks.broken.is_empty() {
            let own = context.tasks.tasks.iter().filter(|task| !task.is_shipped()).count();
            print(&format!("{} of your own: nothing is wrong.\n", words::count(own as u64, "task")))?;
        }
        return Ok(code);
    }
    let broken = |path: &PathBuf| Some(Arc::new(BrokenFile { path: path.clone(), why: own_tasks::read(path).err()? }));
    let broken: Vec<_> = files.iter().filter_map(broken).collect();
    if broken.is_empty() {
        print("Nothing is wrong.\n")?;
    }
    told(&broken)
}

/// Says what is wrong, a line each.
fn told(broken: &[Arc<BrokenFile>]) -> anyhow::Result<ExitCode> {
    for file in broken {
        writeln!(io::stderr(), "{file}")?;
    }
    Ok(if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
