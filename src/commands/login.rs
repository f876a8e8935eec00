//! `login`: says where to sign in, waits, and keeps the tokens.

use std::{env, process::ExitCode};

use super::{Context, print};
use crate::{
    auth::{Prompt, Way, can_open_browser},
    cli::LoginArgs,
    words,
};

/// Signs in. Nothing changes before the user has agreed in the browser.
pub async fn execute(context: &Context, args: &LoginArgs) -> anyhow::Result<ExitCode> {
    let authenticator = context.authenticator()?;
    let way = match (args.device, args.browser) {
        (true, _) => Way::Device,
        (_, true) => Way::Browser,
        _ => Way::Any,
    };
    let attempt = authenticator.begin(way).await?;
    let opened = can_open_browser(|name| env::var(name).ok()) && open::that_detached(&attempt.prompt().address).is_ok();
    print(&instructions(attempt.prompt(), opened))?;
    let tokens = attempt.finish().await?;
    let place = authenticator.keep(&tokens).await?;
    print(&format!("Signed in as {}. The sign-in is kept in {place}.\n", tokens.account.name))?;
    if context.config.server.is_none() {
        print("No server is configured: the book on this machine is used, which needs no sign-in.\n")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The address stands alone on its line, so that it can be selected.
fn instructions(prompt: &Prompt, opened: bool) -> String {
    let Prompt { address, code, lives } = prompt;
    let time = words::count(lives.as_secs().div_ceil(60), "minute");
    let text = match (code, opened) {
        (Some(_), true) => "A browser opens this address; any other device will do as well:",
        (Some(_), false) => "Open this address in a browser, on any device:",
        (None, true) => "A browser opens this address:",
        (None, false) => "Open this address in a browser on this machine:",
    };
    let code = code.as_ref().map(|code| format!("Confirm that it shows the code {code}.\n")).unwrap_or_default();
    format!("{text}\n\n{address}\n\n{code}Waiting for up to {time}; ctrl-c gives up.\n")
}
