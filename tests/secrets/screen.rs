//! The screen, on which everything fails.

use crate::{Account, clean, server::FailingServer, terminal::Terminal};

#[test]
fn the_screen_shows_failures_and_no_key() {
    let account = Account::new();
    let failing = FailingServer::start();
    let variables = [("CS_COPILOT_SERVER", failing.url.as_str()), ("CS_COPILOT_LOG_LEVEL", "trace")];
    let mut terminal = Terminal::start(account.home(), 40, 120, &variables);
    terminal.wait("failure", |screen| screen.contents().contains("tools server"));
    for keys in ["h", "r", "?", "q", "\t", "]"] {
        terminal.press(keys);
    }
    terminal.press("\x03");
    terminal.end();
    clean("the screen", &String::from_utf8_lossy(&terminal.raw));
    clean("the log", &account.log());
}
