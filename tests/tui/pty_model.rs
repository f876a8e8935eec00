//! The real program in a pseudo-terminal, with a language model that is scripted at the wire.

use std::sync::Arc;

use portable_pty::CommandBuilder;
use serde_json::json;
use tokio::sync::Notify;

use crate::{
    scripted::{ScriptedModel, reply::Reply},
    support::terminal::Terminal,
};

/// Two points are in its first half, so that they are shown while the model still writes.
fn answer() -> Reply {
    Reply::answer(&json!({
        "points": [
            {"cite": ["contract.days_to_renewal"], "say": null},
            {"cite": ["tickets.open"], "say": "Settle what is open first, and then speak of the renewal."},
            {"cite": ["usage.trend"], "say": "It will lose 42% of its seats, and somebody should say so to them."},
        ],
        "actions": [],
        "email": null,
        "outline": null,
    }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_streams_an_answer_with_marks() {
    let go_on = Arc::new(Notify::new());
    let model = ScriptedModel::start([answer().paused(Arc::clone(&go_on)), answer()]).await;
    let home = tempfile::tempdir().unwrap();
    let variables = [("OPENAI_BASE_URL", &*model.base_url()), ("CS_COPILOT_CLIPBOARD", "off")];
    let mut terminal = Terminal::start(home.path(), 60, 240, &variables);
    terminal.open_book(15);
    terminal.press("awhat should I worry about at Globex before the renewal?\r");

    terminal.wait("whole points while the model writes", |screen| {
        let text = screen.contents();
        ["The model is writing", "The contract is up for renewal in", "speak of the renewal.", "model turn 1"]
            .iter()
            .all(|words| text.contains(words))
    });
    assert!(!terminal.screen().contains("It will lose"), "{}", terminal.screen());
    go_on.notify_one();
    terminal.wait("answer with its marks", |screen| {
        let text = screen.contents();
        ["◇ Settle what is open first", "◇ written by the model", "1 line of the model was left out"]
            .iter()
            .all(|it| text.contains(it))
    });
    let screen = terminal.screen();
    assert!(!screen.contains("lose 42%"), "{screen}");
    assert_eq!(model.requests().len(), 2, "the data went along, and what cannot stand is named once");
    terminal.press("q");
    assert!(terminal.end().success());
    terminal.is_restored();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p_goes_on_to_the_next_profile_and_its_model_is_asked() {
    let said = |say: &str| Reply::answer(&json!({"points": [{"cite": ["tickets.open"], "say": say}]}));
    let first = ScriptedModel::start([said("This is the first one.")]).await;
    let second = ScriptedModel::start([said("This is the second one.")]).await;
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/cs-copilot");
    std::fs::create_dir_all(&folder).unwrap();
    let profile = |model: &ScriptedModel, name| format!("base_url = \"{}\"\nmodel = \"{name}\"\n", model.base_url());
    let settings = format!("[llm]\n{}[llm.other]\n{}", profile(&first, "primus"), profile(&second, "secundus"));
    std::fs::write(folder.join("config.toml"), settings).unwrap();
    let mut terminal = Terminal::start(home.path(), 40, 160, &[("CS_COPILOT_CLIPBOARD", "off")]);
    terminal.open_book(15);
    terminal.wait_for("auto planner (primus)");
    for (planner, told) in [
        ("model planner (primus)", "Asked is primus."),
        ("rules planner", "Planner: rules."),
        ("auto planner (secundus)", "Asked is other."),
    ] {
        terminal.press("p");
        terminal.wait_for(planner);
        assert!(terminal.screen().contains(told), "{told}: {}", terminal.screen());
    }
    terminal.press("p");
    terminal.wait_for("model planner (secundus)");
    terminal.press("h");
    terminal.wait_for("This is the second one.");
    assert!(first.requests().is_empty() && !second.requests().is_empty());
    terminal.press("q");
    assert!(terminal.end().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_screen_a_line_moves_while_the_model_is_at_work() {
    let go_on = Arc::new(Notify::new());
    let model = ScriptedModel::start([answer().paused(Arc::clone(&go_on)), answer()]).await;
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
    assert!(screen.contains("✓ model turn 1") && screen.contains("  model, 2 turns"), "{screen}");
    assert!(!screen.contains("the model is"), "the line has gone:\n{screen}");
    assert!(terminal.end().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_follows_up_on_the_one_whose_answer_is_on_the_screen() {
    let said = |say: &str| Reply::answer(&json!({"points": [{"cite": ["contract.renewal_date"], "say": say}]}));
    let model = ScriptedModel::start([said("Speak to them before that."), said("Begin with the open tickets.")]).await;
    let home = tempfile::tempdir().unwrap();
    let variables = [("OPENAI_BASE_URL", &*model.base_url()), ("CS_COPILOT_CLIPBOARD", "off")];
    let mut terminal = Terminal::start(home.path(), 40, 160, &variables);
    terminal.open_book(15);
    terminal.press("a¿cuándo vence el contrato de Globex?\r");
    terminal.wait_for("Speak to them before that.");
    terminal.press("ay ¿cómo empiezo?\r");
    terminal.wait_for("Begin with the open tickets.");
    let sent = model.requests()[1].contents().remove(1);
    for wanted in ["\"earlier\"", "cuándo vence", "contract.renewal_date", "Speak to them before that.", "cómo empiezo"]
    {
        assert!(sent.contains(wanted), "{wanted}: {sent}");
    }
    terminal.press("q");
    assert!(terminal.end().success());
    // What was asked on the screen is gone on with elsewhere.
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cs-copilot"));
    command.args(["ask", "--conversations"]);
    let mut terminal = Terminal::start_other(command, home.path(), 20, 160, &variables);
    terminal.wait_for("Globex  2 questions, the last: y ¿cómo empiezo?");
    assert!(terminal.end().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_rules_do_not_understand_of_the_book_the_model_makes_a_query_of() {
    let query = |query: &str| Reply::answer(&json!({"query": query, "leftOut": []}));
    let model = ScriptedModel::start([query("risk:high sort:-arr")]).await;
    let home = tempfile::tempdir().unwrap();
    let variables = [("OPENAI_BASE_URL", &*model.base_url()), ("CS_COPILOT_CLIPBOARD", "off")];
    let mut terminal = Terminal::start(home.path(), 40, 160, &variables);
    terminal.open_book(15);
    terminal.press("awhich customers worry you, dearest first?\r");
    terminal.wait_for("Understood by the model as `risk:high sort:-arr`");
    terminal.press("/");
    terminal.wait_for("risk:high sort:-arr");
    terminal.press("\u{1b}q");
    assert!(terminal.end().success());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_is_held_asks_the_model_once() {
    let model = ScriptedModel::answering(|_| answer()).await;
    let home = tempfile::tempdir().unwrap();
    let variables = [("OPENAI_BASE_URL", &*model.base_url())];
    let mut terminal = Terminal::start(home.path(), 40, 120, &variables);
    terminal.open_book(15);
    terminal.press("awhat should I worry about at Globex before the renewal?\r");
    terminal.wait_for("◇ Settle what is open first");
    let asked = model.requests().len();
    for _ in 0..31 {
        terminal.press(".");
    }
    terminal.wait_for("let go of the key");
    terminal.wait("answer", |screen| ["a✓", "as of "].iter().all(|it| screen.contents().contains(it)));
    terminal.press("q");
    terminal.end();
    assert!(model.requests().len() <= 2 * asked, "{} of {asked}", model.requests().len());
}
