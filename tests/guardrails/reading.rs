//! What becomes of an answer at the desk, part by part.

use contracts::{block::By, planner::Urgency};
use cs_copilot::agent::{
    guardrails::lines,
    llm::{
        desk::NoDay,
        read::{Fault, Read, read},
    },
};
use serde_json::{Value, json};

use crate::support::{acme, answer, day, desk, desk_of, outputs, today};

fn reading(json: Value) -> Read {
    read(&answer(json), &desk())
}

/// The lines, each with who wrote it.
fn lines_of(read: &Read) -> Vec<(By, &str)> {
    read.summary.iter().map(|block| (block.by, block.text.as_str())).collect()
}

#[test]
fn what_is_cited_the_program_writes_and_what_is_said_is_the_models() {
    let read = reading(json!({"points": [
        {"cite": ["usage.change", "contract.renewal_date"], "say": "Both belong into one talk."},
        {"cite": ["t2"], "say": null},
        {"cite": [], "say": "They can be won back."},
        {"cite": "usage.change", "say": null},
    ]}));
    assert_eq!(
        lines_of(&read),
        [
            (By::Program, "Logins a day fell from 41 to 29, by 29%."),
            (By::Program, "The contract is up for renewal on 11 Feb 2027."),
            (By::Model, "Both belong into one talk."),
            (By::Program, "Ticket ACM-398 “SSO loop” is open since 2 Nov 2026 (for 21 days), of urgent priority."),
            (By::Model, "They can be won back."),
        ]
    );
    assert_eq!((read.written, read.cited, read.removed.len()), (2, 4, 0));
    assert_eq!(read.named, ["usage.change", "contract.renewal_date", "t2"]);
}

#[test]
fn unknown_statements_are_counted_and_what_is_said_of_them_goes_with_them() {
    let read = reading(json!({"points": [
        {"cite": ["finance.invoices"], "say": "They are late in everything."},
        {"cite": ["t9", "usage.trend"], "say": "That is a pity."},
    ]}));
    assert_eq!(
        lines_of(&read),
        [(By::Program, "The usage (logins a day) is going down."), (By::Model, "That is a pity.")]
    );
    let ids: Vec<_> = read.removed.iter().map(|removed| (removed.at.as_str(), removed.fault.clone())).collect();
    let unknown = |id: &str| Fault::UnknownId(id.to_owned());
    assert_eq!(ids, [("points[0]", unknown("finance.invoices")), ("points[1]", unknown("t9"))]);
}

#[test]
fn what_is_not_known_can_be_cited_as_not_known() {
    let mut case = acme();
    case.contract = contracts::reading::Knowledge::Missing;
    case.tickets = case.tickets.into_stale();
    let told: Vec<_> =
        outputs(&domain::case::Case { as_of: today(), ..case }).into_iter().map(|output| (None, output)).collect();
    let desk = desk_of("Acme Corp", None, &told);
    let says =
        |id: &str| desk.statements.get(id).map(|statement| (statement.state.as_str(), statement.about.to_string()));
    let gap = "the health score leaves out days to renewal (nothing on record)";
    assert_eq!(says("health.days_to_renewal"), Some(("missing", gap.to_owned())));
    let stale = "ticket ACM-412 “Export fails with error 504” was last known to be open on 20 Nov 2026";
    assert_eq!(says("t1"), Some(("stale", stale.to_owned())));
    assert!(desk.statements.get("t1").unwrap().to.is_none(), "nothing old is said to the customer");
    assert_eq!(says("contract.arr_before"), None, "that it never changed is not that it is not known");
}

#[test]
fn another_day_comes_as_comparisons() {
    let mut then = acme();
    then.as_of = day("2026-11-05");
    let mut told: Vec<_> = outputs(&acme()).into_iter().map(|output| (None, output)).collect();
    let earlier = outputs(&then);
    told.extend(earlier.into_iter().map(|output| (Some(day("2026-11-05")), output)));
    let desk = desk_of("Acme Corp", None, &told);
    let age = desk.statements.get("tickets.oldest_days@2026-11-05").unwrap();
    let about = "the age of the oldest open ticket was 6 days on 5 Nov 2026 and is 24 days now";
    assert_eq!(age.about.as_str(), about);
    assert_eq!(age.to.as_ref().unwrap().as_str(), about.replacen("the age", "your age", 1));
}

#[test]
fn an_action_has_a_cause_a_day_and_somebody_whom_the_data_knows() {
    let read = reading(json!({"points": [], "actions": [
        {"do": "Send Dana the quote.", "who": "Dana Whitfield", "due": "contract.renewal_date-30d", "because": ["contract.renewal_date"]},
        {"do": "Settle t2 and call.", "who": "support lead", "due": "2026-11-24", "because": ["t2", "usage.change"]},
        {"do": "Think.", "who": null, "due": null, "because": ["usage.trend"]},
        {"do": "Loop in Laurie.", "who": "Laurie Bream", "due": null, "because": ["usage.trend"]},
        {"do": "Do it.", "who": null, "due": "2026-11-01", "because": ["usage.trend"]},
        {"do": "Do that.", "who": null, "due": "soon", "because": ["usage.trend"]},
        {"do": "Do this.", "who": null, "due": null, "because": []},
        {"do": "Offer USD 5 off.", "who": null, "due": null, "because": ["usage.trend"]},
    ]}));
    let told: Vec<_> = read.actions.iter().map(|action| (action.text.as_str(), action.urgency, action.due)).collect();
    assert_eq!(
        told,
        [
            ("Settle ACM-398 and call.", Urgency::Today, Some(day("2026-11-24"))),
            ("Think.", Urgency::ThisWeek, None),
            ("Send Dana the quote.", Urgency::ThisQuarter, Some(day("2027-01-12"))),
        ]
    );
    assert!(read.actions.iter().all(|action| action.by == By::Model));
    assert!(read.actions[0].because.as_str().ends_with("urgent priority; logins a day fell from 41 to 29, by 29%"));
    let faults: Vec<_> = read.removed.into_iter().map(|removed| removed.fault).collect();
    let expected = [
        Fault::Who,
        Fault::Due(NoDay::Far),
        Fault::Due(NoDay::Unreadable),
        Fault::NoCause,
        Fault::Line(lines::Fault::Currency),
    ];
    assert_eq!(faults, expected);
}

#[test]
fn an_email_says_to_the_customer_what_is_for_the_customer() {
    let read = reading(json!({"points": [], "email": {
        "cite": ["usage.change", "health.score", "t2", "t3", "contract.renewal_date"],
        "opening": "I wanted to ask how things are going.",
        "ask": "Could we talk this week?",
    }}));
    let told: Vec<_> = read.email.iter().map(|block| (block.by, block.text.as_str())).collect();
    let said = "Your logins a day fell from 41 to 29, by 29%. Your ticket “SSO loop” has been open since 2 Nov 2026.";
    assert_eq!(
        told,
        [
            (By::Model, "I wanted to ask how things are going."),
            (By::Program, said),
            (By::Model, "Could we talk this week?"),
        ]
    );
    let faults: Vec<_> = read.removed.into_iter().map(|removed| removed.fault).collect();
    let inside = |id: &str| Fault::NotForTheCustomer(id.to_owned());
    assert_eq!(faults, [inside("health.score"), inside("t3")], "a score, and a title with words of the house");
}

#[test]
fn an_outline_is_told_section_by_section() {
    let read = reading(json!({"points": [], "outline": [
        {"section": "contract", "cite": ["contract.plan"], "say": null},
        {"section": "usage", "cite": ["usage.trend"], "say": "What would bring the teams back?"},
        {"section": "contract", "cite": ["contract.seats"], "say": "You risk a lot."},
    ]}));
    let told: Vec<_> = read
        .outline
        .iter()
        .map(|block| (block.section.as_ref().unwrap().as_str(), block.by, block.text.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("Usage", By::Program, "Your usage (logins a day) is going down."),
            ("Usage", By::Model, "What would bring the teams back?"),
            ("Contract and renewal", By::Program, "Your plan is Enterprise."),
            ("Contract and renewal", By::Program, "Your contract has 150 seats."),
        ]
    );
}

#[test]
fn what_is_not_shared_cannot_be_cited() {
    for id in ["contact.email", "activity.last_touch", "activity.talked_about", "activity.agreed"] {
        assert!(desk().statements.get(id).is_none(), "{id}");
    }
    assert!(desk().statements.get("contact.primary").is_some());
}
