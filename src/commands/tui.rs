//! The screen.

use std::{
    collections::HashSet,
    io::{self, IsTerminal},
    process::ExitCode,
};

use anyhow::Context as _;
use chrono::Utc;

use super::{Context, own_tasks};
use crate::{
    app::{Origin, Settings, keys::check},
    config::ConfigError,
    logging,
    term::{self, Options},
};

/// What works anywhere.
const WITHOUT: &str = "without one use cs-copilot run, ask or customers, such as: cs-copilot run health --all";

/// What the terminal is said to lack; nothing where it is of some kind that can be drawn on.
#[cfg(unix)]
fn lacks(term: Option<&str>) -> Option<&'static str> {
    match term {
        None | Some("") => Some("TERM is not set"),
        Some("dumb") => Some("TERM is dumb"),
        Some(_) => None,
    }
}

/// The files of the user's own tasks that were confirmed as the model's instruction.
fn trusted(context: &Context) -> HashSet<String> {
    let trusted = context.tasks.tasks.iter().filter(|task| context.trusted.holds(task));
    trusted.map(|task| task.file.clone()).collect()
}

/// Opens the screen and stays until the user leaves.
pub fn execute(context: &Context) -> anyhow::Result<ExitCode> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        anyhow::bail!("the screen needs a terminal; {WITHOUT}");
    }
    #[cfg(unix)]
    if let Some(why) = lacks(std::env::var("TERM").ok().as_deref()) {
        anyhow::bail!("the screen needs a terminal that it can draw on, and {why}; {WITHOUT}");
    }
    let config = &context.config;
    if let (Err((line, why)), Some(file)) = (check(&config.keys, &context.tasks.tasks), config.file.clone()) {
        return Err(ConfigError::Invalid { file, line, message: why.to_string() }.into());
    }
    let origin = config.server.as_ref().map_or(Origin::Embedded, |address| Origin::Server(address.as_str().to_owned()));
    let run_prefix = format!("{:012x}", rand::random::<u64>() >> 16);
    let opened = term::open(Options {
        agent: context.agent.clone(),
        models: context.models.clone(),
        authenticator: context.authenticator.clone(),
        settings: Settings {
            origin,
            as_of: context.as_of,
            can_sign_in: context.authenticator.is_some(),
            can_suspend: term::can_stop(),
            planner: config.models.asked.llm.planner,
            models: config.models.all().map(|profile| profile.title().into()).collect(),
            tasks: context.tasks.tasks.clone(),
            trusted: trusted(context),
            attention: config.attention.clone(),
            eval: config.eval,
            views: config.views.iter().map(|(name, view)| (name.clone(), view.as_str().to_owned())).collect(),
            keys: config.keys.clone(),
            started: Utc::now().timestamp(),
            folder: std::env::current_dir().context("the folder that the program was started in is not there")?,
            run_prefix,
        },
        own_tasks: own_tasks(config),
        theme: config.theme,
        clipboard: config.clipboard,
        screen: config.screen,
        remembers: config.data_dir.join("screen.json"),
    })
    .context("the terminal cannot be used")?;
    let _log = logging::init(config);
    Ok(opened.stay()?)
}
