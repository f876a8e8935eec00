use std::time::Duration;

use contracts::{Line, Text, block::By, tools::EmailDraft};

use super::say;
use crate::app::{Effect, Model, NotEdited, Tab, undo::Step};

/// What stands before the subject in the editor.
const SUBJECT: &str = "Subject:";

/// Has the email edited in the user's own editor.
pub(super) fn edit(model: &Model) -> Vec<Effect> {
    let draft = model.result().and_then(|result| result.email_draft.as_ref());
    let text = draft.map(|draft| format!("{SUBJECT} {}\n\n{}\n", draft.subject, draft.body));
    text.map(Effect::Edit).into_iter().collect()
}

/// Takes what was written in the editor for the email of the answer, or says why it was not.
pub(super) fn edited(model: &mut Model, written: Result<String, NotEdited>, now: Duration) {
    let text = match written {
        Ok(text) => text,
        Err(why) => return say(model, why.to_string(), true, now),
    };
    let Some((customer, topic)) = model.place().map(|(customer, topic)| (customer.clone(), topic.clone())) else {
        return;
    };
    let Some(run) = model.runs.get_mut(&customer, &topic) else { return };
    let before = run.clone();
    let Some(answer) = &mut run.answer else { return };
    let Some(old) = &answer.result.email_draft else { return };
    let draft = read(&text, old);
    let says = if draft.body.is_empty() {
        "Nothing was left of the email, so it stays as it was."
    } else if draft == *old {
        "The email is as it was."
    } else {
        *answer.result = (*answer.result).clone().with_draft(By::User, draft);
        answer.is_edited = true;
        run.revision += 1;
        model.undo.push(Step::Answered { customer, before: Box::new(before) });
        model.wanted_tab = Tab::Email;
        "The email is yours now: what is copied and written is your text."
    };
    say(model, says, false, now);
}

/// The subject, where one stands in front, and the rest.
fn read(text: &str, before: &EmailDraft) -> EmailDraft {
    let text = text.trim();
    let (subject, body) = match text.strip_prefix(SUBJECT) {
        Some(rest) => {
            let (subject, body) = rest.split_once('\n').unwrap_or((rest, ""));
            (Line::new(subject.trim()), body)
        }
        None => (before.subject.clone(), text),
    };
    EmailDraft { subject, body: Text::new(body.trim()), ..before.clone() }
}
