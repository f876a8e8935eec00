use contracts::{CustomerId, EvalId, eval::EvalResult, eval::EvalSession, failure::Failure};

use crate::app::{Effect, Evals, Loaded, Model, Opened, View};

/// Opens the evaluations, or reads them again.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    model.open(View::Evals(Evals::default()));
    vec![Effect::LoadEvals]
}

/// Leaves the result that is open, or else the evaluations.
pub(super) fn leave(model: &mut Model) {
    match &mut model.view {
        View::Evals(evals) if evals.opened.is_some() => evals.opened = None,
        _ => model.open(View::Panes),
    }
}

/// Turns to the evaluation so many places after the one that is shown.
pub(super) fn turn(model: &mut Model, step: isize) -> Vec<Effect> {
    let View::Evals(evals) = &mut model.view else { return Vec::new() };
    let at = evals.at.checked_add_signed(step);
    at.and_then(|at| evals.turn_to(at)).map(Effect::LoadEvalResults).into_iter().collect()
}

/// Opens the result under the cursor.
pub(super) fn enter(model: &mut Model) -> Vec<Effect> {
    let View::Evals(evals) = &mut model.view else { return Vec::new() };
    let (Some(session), Some(result)) = (evals.session(), evals.result()) else { return Vec::new() };
    let (eval, customer) = (session.eval.id.clone(), result.customer_id.clone());
    evals.opened = Some(Opened { steps: Loaded::Loading, scroll: 0 });
    vec![Effect::LoadEvalSteps { eval, customer }]
}

/// Takes the evaluations and asks for the results of the newest.
pub(super) fn loaded(model: &mut Model, sessions: Result<Vec<EvalSession>, Failure>) -> Vec<Effect> {
    let Some(evals) = model.view.evals_mut() else { return Vec::new() };
    *evals = Evals { sessions: sessions.into(), ..Evals::default() };
    evals.turn_to(0).map(Effect::LoadEvalResults).into_iter().collect()
}

/// Takes the results of an evaluation.
pub(super) fn results(model: &mut Model, eval: &EvalId, results: Result<Vec<EvalResult>, Failure>) {
    if let Some(evals) = model.view.evals_mut() {
        evals.take_results(eval, results);
    }
}

/// Takes the steps of a customer's results.
pub(super) fn steps(
    model: &mut Model,
    eval: &EvalId,
    customer: &CustomerId,
    results: Result<Vec<EvalResult>, Failure>,
) {
    if let Some(evals) = model.view.evals_mut() {
        evals.take_steps(eval, customer, results);
    }
}
