//! The user's own tasks: the files in a folder beside the configuration.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use contracts::TaskId;
use domain::tasks::{Task, TaskError, Tasks, UnknownTask};

/// The largest file that is read, in bytes: many times what a page of text has.
const MAX_BYTES: u64 = 64 * 1024;
/// How names of tasks' files end.
const EXTENSION: &str = "md";

/// Where the user's own tasks are, one file each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(PathBuf);

/// The tasks that there are, and what is wrong with files that hold none.
#[derive(Debug, Clone)]
pub struct Found {
    /// Those that are shipped, with the user's own added or in their place.
    pub tasks: Tasks,
    /// The files that could not be read.
    pub broken: Vec<Arc<BrokenFile>>,
}

impl Default for Found {
    fn default() -> Self {
        Self { tasks: Tasks::shipped().clone(), broken: Vec::new() }
    }
}

/// A file that holds no task: where it is, on which line, and what is wrong.
#[derive(Debug, thiserror::Error)]
#[error("{}, {why}", path.display())]
pub struct BrokenFile {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum Why {
    /// It is no task.
    #[error(transparent)]
    Task(#[from] TaskError),
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It is too large.
    #[error("it is larger than {} KB", MAX_BYTES / 1024)]
    TooLarge,
    /// It is called otherwise than the task in it.
    #[error("line 2: the task in it is called {0}; call the file {0}.md, or the task as the file")]
    Name(TaskId),
}

impl Folder {
    /// The folder of a configuration directory.
    pub fn within(config: &Path) -> Self {
        Self(config.join("tasks"))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Where the file of a task is, or would be.
    pub fn file(&self, id: &TaskId) -> PathBuf {
        self.0.join(format!("{id}.{EXTENSION}"))
    }

    /// Every task that there is. A folder that is not there has none.
    pub fn find(&self) -> Found {
        let (mut own, mut broken) = (Vec::new(), Vec::new());
        for path in self.files() {
            match read(&path) {
                Ok(task) => own.push(task),
                Err(why) => broken.push(Arc::new(BrokenFile { path, why })),
            }
        }
        Found { tasks: Tasks::shipped().with(own), broken }
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
        let mut files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|it| it == EXTENSION)).collect();
        files.sort();
        files
    }
}

/// The folder, and what was in it when it was looked at last.
#[derive(Debug)]
pub struct Watched {
    folder: Folder,
    last: Option<(Tasks, Option<String>)>,
}

impl Watched {
    /// One that was not looked at yet.
    pub fn new(folder: Folder) -> Self {
        Self { folder, last: None }
    }

    /// The tasks that there are and the first thing that is wrong with a file, where either is other than before.
    pub fn news(&mut self) -> Option<(Tasks, Option<String>)> {
        let Found { tasks, broken } = self.folder.find();
        let now = (tasks, broken.first().map(ToString::to_string));
        (self.last.as_ref() != Some(&now)).then(|| self.last.insert(now).clone())
    }
}

/// Reads a task's file.
///
/// # Errors
/// What is wrong with it.
pub fn read(path: &Path) -> Result<Task, Why> {
    if fs::metadata(path)?.len() > MAX_BYTES {
        return Err(Why::TooLarge);
    }
    let task = Task::read(&fs::read_to_string(path)?)?;
    let is_named = path.file_stem().is_some_and(|stem| stem == task.id.as_str());
    if is_named { Ok(task) } else { Err(Why::Name(task.id)) }
}

impl Found {
    /// The task of this name, or why there is none.
    ///
    /// # Errors
    /// There is no such task, or its file is broken.
    pub fn named(&self, id: &TaskId) -> Result<&Arc<Task>, NoTask<'_>> {
        let is_its = |broken: &&Arc<BrokenFile>| broken.path.file_stem().is_some_and(|stem| stem == id.as_str());
        match self.broken.iter().find(is_its) {
            Some(broken) => Err(NoTask::Broken(broken)),
            None => self.tasks.named(id).map_err(NoTask::Unknown),
        }
    }
}

/// Why there is no task of a name.
#[derive(Debug, thiserror::Error)]
pub enum NoTask<'a> {
    /// None is called so.
    #[error(transparent)]
    Unknown(UnknownTask),
    /// Its file cannot be read.
    #[error("{0}")]
    Broken(&'a BrokenFile),
}
