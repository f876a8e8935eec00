use crate::app::Model;

/// What the terminal's title says: the program, and what is under way.
pub fn title(model: &Model) -> String {
    match (model.progress(), model.runs.in_flight()) {
        (Some(progress), _) => format!("cs-copilot · {} of {}", progress.answered + progress.failed, progress.all),
        (None, 0) => "cs-copilot".to_owned(),
        (None, running) => format!("cs-copilot · {running} running"),
    }
}
