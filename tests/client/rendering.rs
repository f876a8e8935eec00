//! An answer as text, Markdown and JSON, whole and in parts.

use chrono::NaiveDate;
use contracts::{
    TaskId,
    activity::{Activity, ActivityKind, ActivityRow},
    changes::{Happened, TimelineEntry},
    facts::{OpenByPriority, Trend},
    planner::PlannerResult,
    tools::{EmailDraft, ToolOutput},
};
use cs_copilot::render;

use crate::support::given::{answer, contract, email, outline, poor_health, tickets, usage};

fn result(task: TaskId) -> PlannerResult {
    let open = OpenByPriority { urgent: 1, high: 0, normal: 2, low: 0 };
    let all = [
        usage(Trend::Down, 41.0, 29.0),
        tickets(open, "2026-11-01"),
        contract(40, None),
        poor_health(),
        email(),
        outline(),
    ];
    answer(task, &all)
}

#[test]
fn the_whole_answer_reads_well_as_text_and_as_markdown() {
    insta::assert_snapshot!("renewal_text", render::text("Acme", &result(TaskId::RENEWAL)));
    insta::assert_snapshot!("qbr_markdown", render::markdown("Acme", &result(TaskId::QBR)));
    let partial = answer(TaskId::EMAIL, &[email()]);
    insta::assert_snapshot!("partial_text", render::text("Acme", &partial));
}

#[test]
fn parts_that_are_not_there_are_not_copied() {
    let empty = answer(TaskId::HEALTH, &[]);
    let parts =
        [render::summary("Acme", &empty), render::actions("Acme", &empty), render::email(&empty), render::qbr(&empty)];
    assert_eq!(parts, [None, None, None, None]);
    assert_eq!(
        render::email(&result(TaskId::RENEWAL)).unwrap(),
        "Subject: Acme: your renewal\n\nDear all,\n\nhello.\n"
    );
    let qbr = render::qbr(&result(TaskId::QBR)).unwrap();
    assert_eq!(qbr, "QBR with Acme\n\nAdoption\n  - 41 logins a day\n\nSupport\n  - 41 logins a day\n");
}

#[test]
fn json_reads_back_as_the_same_result() {
    let result = result(TaskId::RENEWAL);
    assert_eq!(serde_json::from_str::<PlannerResult>(&render::json(&result)).unwrap(), result);
}

#[test]
fn foreign_text_cannot_become_markup() {
    let draft = EmailDraft {
        subject: "[pay](https://evil.example)".into(),
        body: "<img src=x>\n# loud".into(),
        ..EmailDraft::default()
    };
    let text = render::markdown("*Bold* | `Corp`", &answer(TaskId::EMAIL, &[ToolOutput::Email(draft)]));
    assert!(text.starts_with("# \\*Bold\\* \\| \\`Corp\\` · Check-in email"), "{text}");
    assert!(text.contains("**Subject:** \\[pay\\](https://evil.example)"), "{text}");
    assert!(text.contains("> \\<img src=x>\n> \\# loud"), "{text}");
}

#[test]
fn a_timeline_says_once_what_was_agreed() {
    let day: NaiveDate = "2026-11-20".parse().unwrap();
    let entry = |text: &str| TimelineEntry {
        on: day,
        what: Happened::Activity {
            row: ActivityRow {
                source: "notes".parse().unwrap(),
                activity: Activity {
                    id: "a-call".parse().unwrap(),
                    customer_id: "acme".parse().unwrap(),
                    kind: ActivityKind::Call,
                    on: day,
                    text: text.into(),
                    agreed: Some("two years".into()),
                    follow_up: None,
                },
            },
        },
    };
    for (text, lines) in [
        ("spoke to Ana", &["spoke to Ana", "Agreed: two years"][..]),
        ("spoke to Ana agreed: two years", &["spoke to Ana agreed: two years"]),
    ] {
        assert_eq!(render::timeline::entry(&entry(text), day).lines, lines);
    }
}
