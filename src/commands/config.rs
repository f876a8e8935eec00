//! `config`: the key to the language model, which no file of settings holds.

use std::{
    io::{self, BufRead, IsTerminal, Read},
    process::ExitCode,
};

use anyhow::{Context as _, bail, ensure};
use secrecy::{ExposeSecret, SecretString};

use super::{Context, print};
use crate::{
    chat::{
        Abilities, Model,
        key::{self, Key},
    },
    cli::{ConfigAction, ConfigArgs},
};

/// The longest key; no API hands out longer ones, and a whole file is no key.
const LONGEST: usize = 4096;

/// Keeps or forgets the key.
pub async fn execute(context: &Context, args: &ConfigArgs) -> anyhow::Result<ExitCode> {
    let llm = &context.config.models.asked.llm;
    let (store, api) = (key::secret_store(llm, &context.config.data_dir), &llm.base_url);
    match args.action {
        ConfigAction::SetKey => {
            let key = ask(&format!("Key for {api}: "))?;
            let place = store.save(key.clone()).await.context("the key cannot be kept")?;
            print(&format!("The key for {api} is kept in {place}.\n"))?;
            print(&tried(context, key).await)?;
        }
        ConfigAction::DeleteKey => {
            let was_there = store.delete().await.context("the key cannot be forgotten")?;
            print(&if was_there {
                format!("The key for {api} is forgotten here; revoke it with whoever gave it out.\n")
            } else {
                format!("There was no key for {api}.\n")
            })?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What one tiny request with this key shows, a line each.
async fn tried(context: &Context, key: SecretString) -> String {
    let llm = &context.config.models.asked.llm;
    let model = Model::new(llm.clone(), Key::given(Some(key)), &context.config.data_dir.join("llm"));
    match model.try_out(super::asker(context).await, context.backend.today()).await {
        Ok(abilities) => {
            let can = |(_, can, means): (_, _, &str)| format!("{} {means}\n", if can { "✓" } else { "·" });
            abilities.iter().flat_map(Abilities::lines).map(can).collect()
        }
        Err(why) => format!("✗ {} cannot be asked with it now. {why}.\n", llm.model),
    }
}

/// Asks a person without showing what is typed, and reads a pipe as it is.
fn ask(prompt: &str) -> anyhow::Result<SecretString> {
    let text: SecretString = if io::stdin().is_terminal() {
        rpassword::prompt_password(prompt).context("the key cannot be read from the terminal")?.into()
    } else {
        let mut line = String::new();
        // One byte more than the longest and its line end, so that a longer one is noticed.
        let mut input = io::stdin().lock().take(LONGEST as u64 + 3);
        input.read_line(&mut line).context("the key cannot be read from the input")?;
        line.into()
    };
    let key = text.expose_secret().trim();
    ensure!(!key.is_empty(), "no key was given");
    if key.len() > LONGEST || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        bail!("this is no key: a key is one word of plain letters, digits and signs");
    }
    Ok(key.into())
}
