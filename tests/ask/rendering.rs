//! What an answer shows of its question, its model and what its figures rest on.

use contracts::planner::{Evidence, ModelUsage, PlanSource, PlannerResult, Task, TimingInfo};
use cs_copilot::{
    agent::{
        book,
        intent::{self, Intent},
    },
    render,
};
use unicode_width::UnicodeWidthStr;

use crate::support::{row, today};

fn result() -> PlannerResult {
    PlannerResult {
        customer_id: "acme".parse().unwrap(),
        task: Task::Health,
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
        evidence: vec![Evidence { figure: "80 days".into(), basis: "get_contract_info: daysToRenewal 80".into() }],
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
                     answered.\n\nAcme renews in 80 days.\n";
    assert!(text.starts_with(beginning), "{text}");
    assert!(text.contains("\nFIGURES REST ON\n  80 days: get_contract_info: daysToRenewal 80\n"), "{text}");
    let timing = "  model, 1 turn             2.4 s  not used\n  whole run                 2.5 s\n  Model gpt-test: 1 turn, 2,310 \
                  tokens in, 240 out\n";
    assert!(text.ends_with(timing), "{text}");
    let written = PlannerResult { plan_source: PlanSource::Llm, ..result() };
    assert!(render::text("Acme", &written).contains("\n  model, 1 turn             2.4 s  ok\n"));
    let by_rules = PlannerResult { usage: None, ..result() };
    assert!(!render::text("Acme", &by_rules).contains("model, "));
    let markdown = render::markdown("Acme", &result());
    assert!(markdown.contains("*Asked: how is \\*Acme\\*?*"), "{markdown}");
    assert!(
        markdown.contains("## Figures rest on\n\n- 80 days: get\\_contract\\_info: daysToRenewal 80\n"),
        "{markdown}"
    );
    assert!(markdown.ends_with("## Model\n\nModel gpt-test: 1 turn, 2,310 tokens in, 240 out\n"), "{markdown}");
}

#[test]
fn a_screen_of_few_cells_shows_what_was_asked_first() {
    let rows = vec![row("a-customer-id", "Umbrella Care Group"), row("b", "株式会社さくら商事")];
    let Intent::Book(question) = intent::parse("biggest accounts by open tickets", &rows, None) else { panic!("book") };
    let answer = book::answer(&question, "biggest accounts by open tickets", &rows, today());
    let of_width = |width| render::book::text(&answer, Some(width));
    assert!(
        of_width(120)
            .contains("\n CUSTOMER             ID             OPEN TICKETS  RISK  SCORE  RENEWAL              ARR\n")
    );
    assert!(of_width(80).contains("\n CUSTOMER             OPEN TICKETS  RISK  SCORE  RENEWAL              ARR\n"));
    assert!(of_width(50).contains("\n CUSTOMER             OPEN TICKETS  RISK  SCORE\n"));
    // A date stays whole.
    assert!(of_width(60).contains("as of\n2026-11-23\n"), "{}", of_width(60));
    for width in [50, 80, 120] {
        assert!(of_width(width).lines().all(|line| line.width() <= width), "{}", of_width(width));
    }
    // A narrower one than any table, and no screen at all: everything is there.
    for text in [of_width(10), render::book::text(&answer, None)] {
        assert!(text.contains("  ID             OPEN TICKETS  RISK  SCORE  RENEWAL"), "{text}");
    }
    assert!(render::book::text(&answer, None).contains("\nThe book has 2 customers. First comes Umbrella Care Group: 0 open tickets. Together they pay USD 200,000 a year.\n"));
}
