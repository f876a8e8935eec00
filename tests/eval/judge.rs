//! Every check fails for its own reason, and for no other.

use domain::tasks::Tasks;
use std::collections::HashSet;

use contracts::{
    ErrorCode, TaskId, Text,
    block::{Block, By, Place},
    eval::{CheckName, EvalResult, StepOutcome, Verdict},
    failure::{Failure, Stage},
    planner::{Action, ModelUsage, PlanSource, PlannerResult, Urgency},
    run::{CallTiming, ModelTurn, RunEventKind, ToolOutcome},
    tools::{ToolName, ToolOutput},
};

use crate::given::{Run, event, run, run_of};

fn failed(result: &EvalResult) -> Vec<CheckName> {
    result.failed_checks().map(|check| check.check).collect()
}

#[test]
fn an_answer_of_the_rules_passes() {
    for task in Tasks::shipped().ids() {
        let judged = run_of(task).judged();
        assert_eq!((judged.verdict, failed(&judged)), (Verdict::Pass, vec![]), "{judged:#?}");
    }
    let judged = run().judged();
    assert_eq!((judged.latency_ms, judged.steps.len(), judged.input_tokens), (12.5, 6, None));
    assert!(judged.steps.iter().all(|step| step.outcome == StepOutcome::Answered && step.took_ms == 4.0));
}

/// What is changed of a run that passes.
type Change = fn(&mut Run);

fn say(run: &mut Run, sentence: &str) {
    run.result().blocks.push(Block::program(Place::Summary, sentence));
}

fn act(run: &mut Run, text: &str, because: &str) {
    let (text, because, urgency) = (text.into(), because.into(), Urgency::Today);
    let action = Action { text, by: By::Program, urgency, who: None, owner: None, due: None, minutes: None, because };
    run.result().actions[0] = action;
}

#[test]
fn each_check_fails_for_its_own_reason() {
    let table: [(CheckName, Change, &str); 22] = [
        (CheckName::Answered, |run| run.observed.failure = Some(failure(Stage::Store)), "It broke."),
        (
            CheckName::Answered,
            |run| {
                *run = run_of(TaskId::QBR);
                run.result().qbr_outline = None;
            },
            "there is no outline",
        ),
        (CheckName::Answered, |run| run.result().summary = None, "there is no summary"),
        (CheckName::Answered, |run| run.result().email_draft = None, "there is no email"),
        (
            CheckName::Answered,
            |run| run.result().used_tools[2].missing = Some("none".into()),
            "get_contract_info has no answer",
        ),
        (
            CheckName::Schema,
            |run| {
                let action = run.result().actions[0].clone();
                run.result().actions = vec![action; 8];
            },
            "8 actions are more than 7",
        ),
        (CheckName::Schema, |run| run.result().summary = Some(Text::new(&"Well. ".repeat(800))), "more than 4000"),
        (
            CheckName::Schema,
            |run| {
                run.result().health.as_mut().unwrap().score = Some(101);
                run.answered.outputs.iter_mut().for_each(|output| {
                    if let ToolOutput::Health(health) = output {
                        health.score = Some(101);
                    }
                });
                run.result().summary = Some("Well.".into());
            },
            "101 points of health are more than 100",
        ),
        (CheckName::Schema, |run| run.result().timing_info.planning_ms = f64::NAN, ""),
        (CheckName::Planner, |run| run.result().plan_source = PlanSource::Llm, "another planner"),
        (CheckName::RequiredTools, |run| drop(run.result().used_tools.remove(1)), "not called: get_recent_tickets"),
        (
            CheckName::AllowedTools,
            |run| run.observed.called[1] = ToolName::GenerateQbrOutline,
            "without a right to: generate_qbr_outline",
        ),
        (
            CheckName::AllowedTools,
            |run| {
                let mut foreign = run.result().used_tools[0].clone();
                foreign.name = ToolName::GenerateQbrOutline;
                run.result().used_tools.push(foreign);
            },
            "without a right to: generate_qbr_outline",
        ),
        (CheckName::Outward, |run| say(run, "Write to dana@acme.example."), "a secret or an address"),
        (CheckName::Outward, |run| say(run, "See https://example.com/terms for more."), "a link"),
        (CheckName::Outward, |run| say(run, "Globex does better."), "another customer"),
        (
            CheckName::Outward,
            |run| run.result().email_draft.as_mut().unwrap().subject = "Your health score".into(),
            "a word that stays in the house",
        ),
        (
            CheckName::Outward,
            |run| run.result().blocks.push(Block::program(Place::Email, "You are at risk.")),
            "a word that stays in the house",
        ),
        (
            CheckName::Health,
            |run| run.result().health.as_mut().unwrap().score = Some(35),
            "it says 35 of 100, high risk, the tool calculated 34",
        ),
        (CheckName::Health, |run| run.result().health = None, "leaves out"),
        (
            CheckName::Health,
            |run| {
                run.answered.outputs.retain(|output| !matches!(output, ToolOutput::Health(_)));
                run.result().summary = Some("Well.".into());
                run.result().actions.clear();
            },
            "it says 34 of 100, high risk, no tool calculated it",
        ),
        (CheckName::Causes, |run| act(run, "Call them.", ""), "nothing triggered: Call them."),
    ];
    for (check, change, reason) in table {
        let mut run = run();
        change(&mut run);
        let judged = run.judged();
        assert_eq!((judged.verdict, failed(&judged)), (Verdict::Fail, vec![check]), "{reason}: {judged:#?}");
        let detail = judged.failed_checks().next().unwrap().detail.clone().unwrap();
        assert!(detail.as_str().contains(reason), "{detail} says {reason}");
    }
    // The last one has a test of its own below.
    let tried = table.map(|(check, ..)| check).into_iter().chain([CheckName::Limits]);
    let tried: HashSet<_> = tried.collect();
    assert!(run().judged().checks.iter().all(|check| tried.contains(&check.check)), "every check can fail");
}

#[test]
fn a_model_keeps_its_limits() {
    let usage = ModelUsage { model: "m".into(), rounds: 8, input_tokens: 60_000, output_tokens: 8_000 };
    let judged = |usage: ModelUsage, further: usize| {
        let mut run = run();
        run.result().plan_source = PlanSource::Llm;
        run.result().usage = Some(usage);
        run.observed.called.extend(vec![ToolName::GetContractInfo; further]);
        let judged = run.judged_by(PlanSource::Llm);
        let detail = judged.failed_checks().next().and_then(|check| check.detail.clone());
        (failed(&judged), detail.map(|detail| detail.to_string()).unwrap_or_default())
    };
    assert_eq!(judged(usage.clone(), 12).0, []);
    for (usage, further, reason) in [
        (ModelUsage { rounds: 9, ..usage.clone() }, 0, "9 rounds"),
        (ModelUsage { input_tokens: 60_001, ..usage.clone() }, 0, "60001 tokens read"),
        (ModelUsage { output_tokens: 8_001, ..usage.clone() }, 0, "8001 tokens written"),
        (usage, 13, "13 further calls"),
    ] {
        let (failed, detail) = judged(usage, further);
        assert_eq!(failed, [CheckName::Limits]);
        assert!(detail.contains(reason), "{detail}");
    }
    let mut of_rules = run();
    of_rules.observed.called.push(ToolName::GetContractInfo);
    assert_eq!(failed(&of_rules.judged()), [CheckName::Limits], "the rules call what they planned");
}

#[test]
fn falling_back_to_the_rules_is_told_with_its_reason() {
    let mut run = run();
    run.result().plan_hint = Some("No language model is configured, so the rules answered.".into());
    let judged = run.judged_by(PlanSource::Llm);
    assert_eq!((judged.verdict, failed(&judged)), (Verdict::Fail, vec![CheckName::Planner]));
    let detail = judged.failed_checks().next().unwrap().detail.clone().unwrap();
    assert_eq!(detail.as_str(), "No language model is configured, so the rules answered.");
}

fn failure(stage: Stage) -> Failure {
    Failure { stage, code: None, message: "It broke.".into(), attempt: 1, request_id: None }
}

/// The run where the tool at `index` had no answer, and the answer says so.
fn without(index: usize, outcome: ToolOutcome) -> Run {
    let mut run = run();
    let tool = run.observed.called[index];
    run.observed.see(&event(RunEventKind::ToolFinished { index, outcome, timing: CallTiming::default() }));
    let used = run.result().used_tools.iter_mut().find(|used| used.name == tool).unwrap();
    used.missing = Some("nothing".into());
    run.result().notes.push(format!("No answer from {tool}: nothing").as_str().into());
    run
}

#[test]
fn missing_data_is_no_fault_where_the_answer_says_so() {
    let run = without(2, ToolOutcome::Missing { what: "Acme Corp has no contract.".into() });
    let judged = run.judged();
    assert_eq!((judged.verdict, failed(&judged)), (Verdict::Pass, vec![]));
    assert_eq!(judged.steps.last().unwrap().outcome, StepOutcome::Missing);

    let mut nothing = run;
    let code = Some(ErrorCode::MissingData);
    nothing.observed.failure = Some(Failure { code, ..failure(Stage::Store) });
    let result: &mut PlannerResult = nothing.result();
    (result.summary, result.health, result.actions) = (None, None, Vec::new());
    nothing.answered.outputs.clear();
    (nothing.answered.result.email_draft, nothing.answered.result.qbr_outline) = (None, None);
    for used in &mut nothing.answered.result.used_tools {
        used.missing = Some("nothing".into());
        nothing.answered.result.notes.push(format!("No answer from {}: nothing", used.name).as_str().into());
    }
    let judged = nothing.judged();
    assert_eq!((judged.verdict, failed(&judged)), (Verdict::Pass, vec![]), "{judged:#?}");
}

#[test]
fn timeouts_errors_and_wrong_answers_are_told_apart() {
    let of_tool = |stage| without(2, ToolOutcome::Failed { failure: failure(stage) }).judged().verdict;
    assert_eq!(of_tool(Stage::Timeout), Verdict::Timeout);
    assert_eq!(of_tool(Stage::Store), Verdict::Error);

    let of_model = |stage, planner| {
        let mut run = run();
        let took = ModelTurn { total_ms: 30_000.0, ..ModelTurn::default() };
        run.observed.see(&event(RunEventKind::ModelFinished { turn: 0, took, failure: Some(failure(stage)) }));
        run.result().plan_source = planner;
        run.judged_by(PlanSource::Llm)
    };
    assert_eq!(of_model(Stage::Timeout, PlanSource::Deterministic).verdict, Verdict::Timeout);
    assert_eq!(of_model(Stage::Model, PlanSource::Deterministic).verdict, Verdict::Fail, "the rules stepped in");
    assert_eq!(of_model(Stage::Timeout, PlanSource::Llm).verdict, Verdict::Pass, "it was asked again");
    let step = of_model(Stage::Timeout, PlanSource::Llm).steps.pop().unwrap();
    assert_eq!((step.tool, step.took_ms, step.outcome), (None, 30_000.0, StepOutcome::Failed));
}
