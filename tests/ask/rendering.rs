//! What an answer shows of its question, its model and who wrote which line.

use contracts::{
    TaskId,
    block::{Block, Place},
    planner::{ModelUsage, PlanSource, PlannerResult, TimingInfo},
};
use cs_copilot::render;

use crate::support::today;

fn result() -> PlannerResult {
    PlannerResult {
        customer_id: "acme".parse().unwrap(),
        task: TaskId::HEALTH,
        title: "Health check".into(),
        question: Some("how is *Acme*?".into()),
        as_of: today(),
        revision: None,
        summary: Some("Acme renews in 80 days.".into()),
        facts: Vec::new(),
        health: None,
        actions: Vec::new(),
        email_draft: None,
        qbr_outline: None,
        used_tools: Vec::new(),
        notes: Vec::new(),
        blocks: vec![
            Block::program(Place::Summary, "Acme renews in 80 days."),
            Block::program(Place::Summary, "No ticket is open."),
            Block::model(Place::Summary, "There is *time*."),
        ],
        dates: Vec::new(),
        decision_log: Vec::new(),
        plan_source: PlanSource::Deterministic,
        plan_hint: Some("The model took too long, so the rules answered.".into()),
        usage: Some(ModelUsage { model: "gpt-test".into(), rounds: 1, input_tokens: 2310, output_tokens: 240 }),
        timing_info: TimingInfo { planning_ms: 10.0, tool_execution_ms: 90.0, total_ms: 2500.0 },
    }
}

#[test]
fn text_and_markdown_say_where_the_answer_comes_from() {
    let text = render::text("Acme", &result());
    let beginning = "Acme · Health check · as of 2026-11-23\nAsked: how is *Acme*?\nThe model took too long, so the rules \
                     answered.\nWhat is marked “model” was written by a language model and may be wrong.\n\nAcme renews \
                     in 80 days. No ticket is open.\nmodel: There is *time*.\n";
    assert!(text.starts_with(beginning), "{text}");
    let timing = "  model, 1 turn             2.4 s  not used\n  whole run                 2.5 s\n  Model gpt-test: 1 turn, 2,310 \
                  tokens in, 240 out\n";
    assert!(text.ends_with(timing), "{text}");
    let written = PlannerResult { plan_source: PlanSource::Llm, ..result() };
    assert!(render::text("Acme", &written).contains("\n  model, 1 turn             2.4 s  ok\n"));
    let by_rules = PlannerResult { usage: None, ..result() };
    assert!(!render::text("Acme", &by_rules).contains("model, "));
    let markdown = render::markdown("Acme", &result());
    assert!(markdown.contains("*Asked: how is \\*Acme\\*?*"), "{markdown}");
    let summary = "## Summary\n\nAcme renews in 80 days. No ticket is open.\n\n*model:* There is \\*time\\*.\n";
    assert!(markdown.contains(summary), "{markdown}");
    assert!(markdown.ends_with("## Model\n\nModel gpt-test: 1 turn, 2,310 tokens in, 240 out\n"), "{markdown}");
}
