//! What is kept of a model's answer, and what the rules write in its place.

use contracts::{
    planner::{Action, PlanSource, PlannerResult, Task, TimingInfo, Urgency},
    tools::{EmailDraft, QbrOutline, QbrSection, ToolOutput},
};
use cs_copilot::agent::{
    guardrails::grounding::Known,
    llm::{
        accept::accept,
        answer::{ModelAction, ModelAnswer, ModelEmail},
    },
};

use crate::support::{known_of, outputs, today};

const BODY: &str =
    "Hi Dana,\n\nYour contract renews on 11 Feb 2027.\n\nYour logins went from 41 to 29 a day.\n\nBest regards";

/// With the tools' own email, which has the contact's name.
fn known() -> Known {
    let body = "Hi Dana,\n\nI wanted to check in.\n\nBest regards";
    let email = EmailDraft { subject: "Acme Corp: checking in".into(), body: body.into(), ..EmailDraft::default() };
    known_of(None, &[outputs(), vec![ToolOutput::Email(email)]].concat())
}

fn rules(task: Task) -> PlannerResult {
    let draft =
        EmailDraft { subject: "the rules' subject".into(), body: "the rules' body".into(), ..EmailDraft::default() };
    PlannerResult {
        customer_id: "acme".parse().unwrap(),
        task,
        question: None,
        as_of: today(),
        revision: None,
        summary: Some("The rules' summary.".into()),
        facts: Vec::new(),
        health: Some(crate::support::health()),
        actions: vec![Action { text: "The rules' action.".into(), urgency: Urgency::Today, because: "rules".into() }],
        email_draft: matches!(task, Task::Renewal | Task::Email).then_some(draft),
        qbr_outline: (task == Task::Qbr).then(|| outline(&["the rules' own point"])),
        used_tools: Vec::new(),
        notes: Vec::new(),
        evidence: Vec::new(),
        decision_log: Vec::new(),
        plan_source: PlanSource::Deterministic,
        plan_hint: None,
        usage: None,
        timing_info: TimingInfo::default(),
    }
}

fn outline(points: &[&str]) -> QbrOutline {
    let section = |title: &str| QbrSection {
        title: title.into(),
        talking_points: points.iter().map(|point| (*point).into()).collect(),
    };
    QbrOutline { title: "QBR".into(), sections: vec![section("Usage"), section("Support")] }
}

fn action(text: &str, urgency: Urgency, because: &str) -> ModelAction {
    ModelAction { text: text.into(), urgency, because: because.into() }
}

fn answer(summary: &str) -> ModelAnswer {
    ModelAnswer {
        summary: summary.into(),
        actions: vec![action("Settle ACM-412.", Urgency::Today, "2 urgent tickets are open")],
        email_draft: Some(ModelEmail { subject: "Your renewal on 11 Feb 2027".into(), body: BODY.into() }),
        qbr_outline: Some(outline(&["41 -> 29 logins a day"])),
        decision_log: Vec::new(),
    }
}

fn notes(result: &PlannerResult) -> Vec<&str> {
    result.notes.iter().map(contracts::Line::as_str).collect()
}

#[test]
fn a_grounded_answer_takes_the_place_of_the_rules() {
    let result = accept(answer("Acme Corp scores 32 and renews in 80 days."), rules(Task::Renewal), &known());
    assert_eq!(result.summary.unwrap().as_str(), "Acme Corp scores 32 and renews in 80 days.");
    assert_eq!(result.actions[0].text.as_str(), "Settle ACM-412.");
    assert_eq!(result.email_draft.unwrap().body.as_str(), BODY);
    assert_eq!(result.plan_source, PlanSource::Llm);
    assert!(result.notes.is_empty() && result.evidence.len() >= 5, "{:?}", result.evidence);
}

#[test]
fn what_was_left_out_is_told() {
    let answer = answer("It scores 99%. It has 14 seats. It renews in 80 days. Ask Globex. See evil.example.");
    let result = accept(answer, rules(Task::Health), &known());
    assert_eq!(result.summary.as_ref().unwrap().as_str(), "It renews in 80 days.");
    assert_eq!(
        notes(&result),
        [
            "4 sentences of the model were left out: 99% and 14 seats are not in the data; a link or an address; another \
             customer or company."
        ]
    );
}

#[test]
fn what_is_wrong_in_words_is_told_without_its_names() {
    let answer =
        answer("Acme Corp is at low risk. Usage is growing. Ask Jane Roe. Usage has risen. It renews in 80 days.");
    let result = accept(answer, rules(Task::Health), &known());
    assert_eq!(result.summary.as_ref().unwrap().as_str(), "It renews in 80 days.");
    assert_eq!(
        notes(&result),
        ["4 sentences of the model were left out: a risk that is not the data's; a trend of usage that is not the \
             data's; a name that is not in the data."]
    );
}

#[test]
fn a_task_gets_what_it_asks_for_and_health_is_never_the_models() {
    for task in Task::ALL {
        let result = accept(answer("It renews in 80 days."), rules(task), &known());
        assert_eq!(result.email_draft.is_some(), matches!(task, Task::Renewal | Task::Email));
        assert_eq!(result.qbr_outline.is_some(), task == Task::Qbr);
        assert_eq!(result.health, rules(task).health);
    }
}

#[test]
fn each_part_falls_by_itself() {
    let mut bad = answer("It scores 99.");
    bad.email_draft = Some(ModelEmail { subject: "99 days left".into(), body: BODY.into() });
    let result = accept(bad, rules(Task::Renewal), &known());
    assert_eq!(result.summary.as_ref().unwrap().as_str(), "The rules' summary.");
    assert_eq!(result.email_draft.as_ref().unwrap().body.as_str(), "the rules' body");
    assert_eq!(result.actions[0].text.as_str(), "Settle ACM-412.");
    assert_eq!(result.plan_source, PlanSource::Llm);
    let told = "Too little of the model's summary and email was carried by the data; the rules' own stand there.";
    assert_eq!(notes(&result)[1], told);
}

#[test]
fn an_answer_without_any_ground_is_the_rules() {
    let bad = ModelAnswer { actions: Vec::new(), ..answer("It scores 99.") };
    let result = accept(bad, rules(Task::Churn), &known());
    assert_eq!(result.plan_source, PlanSource::Deterministic);
    assert_eq!(result.plan_hint.unwrap().as_str(), "Nothing that the model wrote is carried by the data.");
    assert_eq!(result.actions, rules(Task::Churn).actions);
}

#[test]
fn an_action_needs_a_cause_with_a_figure_of_the_data() {
    let mut given = answer("It renews in 80 days.");
    given.actions = vec![
        action("Book a call.", Urgency::ThisMonth, "the renewal is in 80 days"),
        action("Offer 20% off.", Urgency::Today, "the renewal is in 80 days"),
        action("Call the sponsor.", Urgency::Today, "they seem unhappy"),
        action("Write to them.", Urgency::Today, "99 tickets are open"),
        action("Ask why usage fell.", Urgency::Today, "41 -> 29 logins a day"),
    ];
    let result = accept(given, rules(Task::Churn), &known());
    let texts: Vec<_> = result.actions.iter().map(|action| action.text.as_str()).collect();
    assert_eq!(texts, ["Ask why usage fell.", "Book a call."]);
}

#[test]
fn the_customer_reads_no_scores() {
    let mut given = answer("It renews in 80 days.");
    let body = format!("{BODY}\nYour score is 32.\nYou are a churn risk.\nWe hold you at 32 of 100.");
    given.email_draft = Some(ModelEmail { subject: "Your renewal".into(), body: body.as_str().into() });
    given.qbr_outline = Some(outline(&["41 -> 29 logins a day", "High risk", "32 of 100"]));
    let email = accept(given.clone(), rules(Task::Email), &known()).email_draft.unwrap();
    assert_eq!(email.body.as_str(), BODY);
    let outline = accept(given, rules(Task::Qbr), &known()).qbr_outline.unwrap();
    assert!(outline.sections.iter().all(|section| section.talking_points.len() == 1));
}

#[test]
fn letters_that_look_alike_hide_no_score_and_what_goes_is_told() {
    let mut given = answer("It renews in 80 days.");
    let body = format!("{BODY}\nYour hеalth is fine.\nＲＩＳＫ is near.\nA sco\u{200d}re is kept.\nWe see chürn.");
    given.email_draft = Some(ModelEmail { subject: "Your renewal".into(), body: body.as_str().into() });
    let result = accept(given, rules(Task::Email), &known());
    assert_eq!(result.email_draft.as_ref().unwrap().body.as_str(), BODY);
    let told = "4 sentences of the model were left out: a score or a risk, which the customer would read.";
    assert_eq!(notes(&result), [told]);
}

#[test]
fn evidence_is_of_what_is_shown() {
    let mut given = answer("It renews in 80 days.");
    given.email_draft = Some(ModelEmail { subject: "99 days left".into(), body: BODY.into() });
    given.actions = vec![
        action("Offer 150 seats and 20% off.", Urgency::Today, "29 logins a day"),
        action("Settle ACM-412.", Urgency::Today, "they seem unhappy"),
        action("Call them.", Urgency::Today, "2 urgent tickets"),
    ];
    let result = accept(given, rules(Task::Renewal), &known());
    let figures: Vec<_> = result.evidence.iter().map(|piece| piece.figure.as_str()).collect();
    assert_eq!(figures, ["80 days", "2 urgent tickets"]);
}

#[test]
fn lengths_have_limits() {
    let long = "It renews in 80 days. ".repeat(60_000);
    let mut given = answer(&long);
    given.actions =
        (0..50).map(|i| action(&format!("Call {}.", "again ".repeat(i)), Urgency::Today, "80 days")).collect();
    let result = accept(given, rules(Task::Churn), &known());
    assert!(result.summary.unwrap().as_str().len() <= 2_000);
    assert_eq!(result.actions.len(), 7);
    let note = "The model's summary went on for too long; the end is left out.";
    assert!(result.notes.iter().any(|said| said.as_str() == note), "{:?}", result.notes);
}
