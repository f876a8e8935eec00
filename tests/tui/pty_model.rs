//! The real program in a pseudo-terminal, with a language model that is scripted at the wire.

use std::sync::Arc;

use portable_pty::CommandBuilder;
use serde_json::json;
use tokio::sync::Notify;

use crate::{
    scripted::{ScriptedModel, reply::Reply},
    support::terminal::Terminal,
};

/// Half of it is the second sentence of the summary, so that the first one is shown while the model still writes.
fn answer() -> Reply {
    Reply::answer(&json!({
        "summary": "Globex renews in 150 days. Two tickets are open, and usage is flat. It will lose 42% of its seats. \
                    Settle what is open first, and then speak of the renewal.",
        "actions": [],
        "emailDraft": null,
        "qbrOutline": null,
        "decisionLog": [{"tool": "get_contract_info", "reason": "It says how much time there is."}],
    }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_streams_a_grounded_answer() {
    let go_on = Arc::new(Notify::new());
    let model = ScriptedModel::start([answer().paused(Arc::clone(&go_on))]).await;
    let home = tempfile::tempdir().unwrap();
    let variables = [("OPENAI_BASE_URL", &*model.base_url()), ("CS_COPILOT_CLIPBOARD", "off")];
    let mut terminal = Terminal::start(home.path(), 60, 240, &variables);
    terminal.open_book(15);
    terminal.press(":what should I worry about at Globex before the renewal?\r");

    terminal.wait("first sentence while the model writes", |screen| {
        let text = screen.contents();
        ["The model is writing", "Globex renews in 150 days.", "model turn 1"].iter().all(|words| text.contains(words))
    });
    assert!(!terminal.screen().contains("speak of the renewal"), "{}", terminal.screen());
    go_on.notify_one();
    terminal.wait("answer with what it rests on", |screen| {
        let text = screen.contents();
        ["speak of the renewal.", "What the figures rest on", "days to renewal 150"].iter().all(|it| text.contains(it))
    });
    let screen = terminal.screen();
    assert!(screen.contains("left out: 42% is not in the data"), "{screen}");
    assert!(!screen.contains("lose 42%"), "{screen}");
    assert_eq!(model.requests().len(), 1, "the data went along, so one turn is enough");
    terminal.press("q");
    assert!(terminal.end().success());
    terminal.is_restored();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_screen_a_line_moves_while_the_model_is_at_work() {
    let go_on = Arc::new(Notify::new());
    let model = ScriptedModel::start([answer().paused(Arc::clone(&go_on))]).await;
    let home = tempfile::tempdir().unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cs-copilot"));
    command.args(["ask", "how", "is", "Globex", "doing"]);
    let variables = [("OPENAI_BASE_URL", &*model.base_url())];
    let mut terminal = Terminal::start_other(command, home.path(), 60, 160, &variables);
    terminal.wait_for("the model is writing");
    assert!(terminal.screen().contains("✓ calculate_health"), "{}", terminal.screen());
    go_on.notify_one();
    terminal.wait_for("whole run");
    let screen = terminal.screen();
    assert!(screen.contains("✓ model turn 1") && screen.contains("  model, 1 turn"), "{screen}");
    assert!(!screen.contains("the model is"), "the line has gone:\n{screen}");
    assert!(terminal.end().success());
}
