use contracts::planner::PlannerResult;

use super::{
    About, Action, BookState, CopyWhat, Identified, Lens, Mode, Model, Origin, Pane, Sheet, SignIn, SignInStep, View,
};
use crate::send::Form;

/// Whether the action makes sense now; if not, the reason in a sentence for the user. An empty reason is for what
/// needs none.
pub fn allowed(model: &Model, action: Action) -> Result<(), &'static str> {
    let need = |holds: bool, reason: &'static str| if holds { Ok(()) } else { Err(reason) };
    let selected = model.selected().is_some();
    let item = model.lens == Lens::Today && model.today.selected().is_some();
    match action {
        Action::Run(_) if !model.marks.is_empty() => Ok(()),
        Action::Run(place) if model.tasks.at(place).is_some_and(|task| task.query().is_some()) => Ok(()),
        Action::Run(_) | Action::Open if item && !selected => Err("This is about a source and not about a customer."),
        Action::Note | Action::FollowUp if matches!(&model.identity, Identified::As(identity) if !identity.writable) => {
            Err("Guests only read: sign in with {sign-in} to note something.")
        }
        Action::Import if matches!(&model.identity, Identified::As(identity) if !identity.writable) => {
            Err("Guests only read: sign in with {sign-in} to import your customers.")
        }
        Action::Run(_) | Action::Open | Action::Note | Action::FollowUp | Action::Timeline | Action::Changes => {
            need(selected, "There is no customer to work on.")
        }
        Action::Portfolio if model.mode() == Mode::Sheet => {
            need(matches!(model.view.sheet(), Some(Sheet { about: About::Portfolio { .. }, .. })), "")
        }
        Action::Find if model.is_searchable() => Ok(()),
        Action::Find if model.mode() != Mode::Normal => Err(""),
        Action::NextHit | Action::PrevHit => need(
            model.find.is_some() || model.mode() == Mode::Normal && has_hits_in_list(model),
            "Nothing is looked for and nobody is marked: {find} searches, {mark} marks.",
        ),
        Action::Mark | Action::MarkAll if model.list().1 == 0 => Err("There is nobody to mark."),
        Action::Mark => need(selected, "This is about a source and not about a customer."),
        Action::MarkRange => need(model.list().1 > 0, "There is nobody to mark."),
        Action::Grow | Action::Shrink => {
            need(!model.viewport.is_narrow, "On this width there is one pane at a time; {next-pane} shows the next.")
        }
        Action::Find => need(model.book.total() > 0, "There are no customers to filter."),
        Action::Sort if model.lens == Lens::Today => {
            Err("What matters most comes first. {book} shows the book, which can be sorted.")
        }
        Action::View => need(
            !model.settings.views.is_empty() && model.book.total() > 0,
            "No view is saved: name queries under [views] in config.toml.",
        ),
        Action::Sort if model.book.total() == 0 => Err("There are no customers to sort."),
        Action::Done | Action::Snooze if !model.marks.is_empty() && model.lens == Lens::Today => Ok(()),
        Action::Done | Action::Snooze | Action::Why => {
            need(item, "There is no item here: {today} shows what deserves attention.")
        }
        Action::ShowToday => need(model.lens == Lens::Book, "This is what deserves attention; {book} shows the book."),
        Action::ShowBook => need(model.lens == Lens::Today, "This is the book; {today} shows what deserves attention."),
        Action::Undo => need(!model.undo.is_empty(), "There is nothing to undo."),
        Action::Reload => need(*model.book.state() != BookState::Loading, "The book is being opened."),
        Action::Ask => need(model.book.total() > 0, "There are no customers to ask about."),
        Action::Pick(place) => need(matches!(&model.view, View::Choose(choice) if place < choice.candidates.len()), ""),
        Action::OlderEval => {
            need(model.view.evals().is_some_and(|evals| evals.at + 1 < evals.len()), "This is the oldest evaluation.")
        }
        Action::NewerEval => need(model.view.evals().is_some_and(|evals| evals.at > 0), "This is the newest one."),
        Action::Accept if model.mode() == Mode::Evals => {
            need(model.view.evals().is_some_and(|evals| evals.opened.is_none() && evals.result().is_some()), "")
        }
        Action::Visit => need(model.report.as_ref().is_some_and(|report| !report.answer.rows.is_empty()), ""),
        Action::Planner => need(
            model.model_name.is_some() || model.settings.models.len() > 1,
            "There is no key for a language model, so the rules answer: cs-copilot config set-key.",
        ),
        Action::Again => need(
            model.run().is_some() || model.report.is_some(),
            "Nothing to run again yet: press {health} or another task's key, or ask with {ask}.",
        ),
        Action::NextTab | Action::PrevTab => match &model.report {
            Some(report) if report.answer.rows.is_empty() => Err("An answer about the book has no tabs."),
            Some(_) => {
                Err("An answer about the book has no tabs. {visit} goes to its customer, whose answers have some.")
            }
            None => need(model.result().is_some(), "There is no answer yet: press {health} or another task's key."),
        },
        Action::Zoom => need(
            model.run().is_some() || model.report.is_some(),
            "There is no answer to read yet: press {health} or another task's key, or ask with {ask}.",
        ),
        Action::Yank => need(
            model.result().is_some() || model.report.is_some(),
            "Nothing to copy yet: press {health} or another task's key, or ask with {ask}.",
        ),
        Action::Editor if model.mode() == Mode::Normal => match model.result() {
            Some(result) => need(has(result, CopyWhat::Email), missing(CopyWhat::Email)),
            None => Err("There is no email to edit yet: press {renewal} or {email} for one."),
        },
        Action::Out | Action::Outgoing(_) if !model.marks.is_empty() => Ok(()),
        Action::Out if model.report.is_some() => {
            Err("An answer about the book goes out by its command: cs-copilot ask … --format markdown.")
        }
        Action::Out => need(model.result().is_some(), "Nothing to send yet: press {health} or another task's key."),
        Action::Outgoing(form) => match model.result() {
            Some(result) => need(form.fits(result), lacks(form)),
            None => Err("Nothing to send yet."),
        },
        Action::OpenMail => match &model.view {
            View::Outgoing(outgoing) if outgoing.prepared.form == Form::Mail => {
                need(outgoing.address.is_some(), "The email is too long for a mail address: {accept} writes a draft.")
            }
            _ => Err(""),
        },
        Action::NextForm => {
            let form = match &model.view {
                View::Outgoing(outgoing) => Some(outgoing.prepared.form),
                View::Sendings(sendings) if !sendings.is_begun => Some(sendings.form),
                _ => None,
            };
            need(form.is_some_and(|form| Form::FILES.contains(&form)), "")
        }
        Action::SignIn => may_sign_in(model),
        Action::Copy(CopyWhat::Page) => need(
            model.view.sheet().is_some_and(|sheet| sheet.markdown().is_some()),
            "There is nothing to copy here: {portfolio} and tasks over the book make pages.",
        ),
        Action::Copy(CopyWhat::SignInAddress) => need(model.prompt().is_some(), "There is no address yet."),
        Action::Copy(CopyWhat::SignInCode) => {
            need(model.prompt().is_some_and(|prompt| prompt.code.is_some()), "This sign-in has no code.")
        }
        Action::Copy(what) if model.report.is_some() => need(is_of_report(what), missing(what)),
        Action::Copy(what) => match model.result() {
            Some(result) => need(has(result, what), missing(what)),
            None => Err("Nothing to copy yet."),
        },
        Action::Suspend => need(model.settings.can_suspend, "There is no shell to go back to."),
        Action::Escape if is_keeping(model) => Err("The sign-in is being kept."),
        Action::Escape => need(has_something_to_leave(model), ""),
        _ => Ok(()),
    }
}

/// Whether some of the customers are marked, or were found by the filter.
fn has_hits_in_list(model: &Model) -> bool {
    !model.marks.is_empty() || model.lens == Lens::Book && model.book.is_filtered()
}

fn may_sign_in(model: &Model) -> Result<(), &'static str> {
    match (&model.settings.origin, model.view.sign_in()) {
        (Origin::Embedded, _) => Err("The book is on this machine, which needs no sign-in."),
        _ if !model.settings.can_sign_in => Err("No sign-in is configured: see [auth] in config.toml."),
        (_, None | Some(SignIn { step: SignInStep::Failed(_), .. })) => Ok(()),
        (_, Some(_)) => Err("A sign-in is under way."),
    }
}

fn is_keeping(model: &Model) -> bool {
    model.view.sign_in().is_some_and(|sign_in| sign_in.step == SignInStep::Keeping)
}

fn has_something_to_leave(model: &Model) -> bool {
    model.mode() != Mode::Normal
        || model.run().is_some_and(|run| run.is_running())
        || model.book.is_filtered()
        || !model.marks.is_empty()
        || model.batch.is_some()
        || model.find.is_some()
        || model.report.is_some()
        || model.focus != Pane::List
}

fn has(result: &PlannerResult, what: CopyWhat) -> bool {
    match what {
        CopyWhat::Summary => result.summary.is_some(),
        CopyWhat::Actions => !result.actions.is_empty(),
        CopyWhat::Email => result.email_draft.is_some(),
        CopyWhat::Qbr => result.qbr_outline.is_some(),
        CopyWhat::Markdown | CopyWhat::Json => true,
        CopyWhat::Page | CopyWhat::SignInAddress | CopyWhat::SignInCode => false,
    }
}

fn is_of_report(what: CopyWhat) -> bool {
    matches!(what, CopyWhat::Summary | CopyWhat::Markdown | CopyWhat::Json)
}

fn lacks(form: Form) -> &'static str {
    match form {
        Form::Mail => "This answer has no email: press {renewal} or {email} for one.",
        Form::Calendar => "This answer has no date that is still to come.",
        Form::Csv => "This answer has no figures.",
        Form::Markdown | Form::Html | Form::Json => "",
    }
}

fn missing(what: CopyWhat) -> &'static str {
    match what {
        CopyWhat::Summary => "This answer has no summary.",
        CopyWhat::Actions => "This answer has no actions.",
        CopyWhat::Email => "This answer has no email: press {renewal} or {email} for one.",
        CopyWhat::Qbr => "This answer has no outline: press {qbr} for a QBR, {renewal} for a renewal.",
        CopyWhat::Markdown | CopyWhat::Json | CopyWhat::Page | CopyWhat::SignInAddress | CopyWhat::SignInCode => "",
    }
}
