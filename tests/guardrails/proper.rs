//! Names: those that nothing has go, and what else English writes with a capital stays.

use contracts::tools::{EmailDraft, ToolOutput};
use cs_copilot::agent::guardrails::grounding::{Known, Reason, check};

use crate::support::{known_of, outputs};

/// Each with the first name in it that nothing has.
const INVENTED: &[(&str, &str)] = &[
    ("Jane Roe, the CEO, moves to Salesforce.", "Roe"),
    ("Their sponsor Jane left.", "Jane"),
    ("Ask Mr. Smith about it.", "Smith"),
    ("They may move to Salesforce soon.", "Salesforce"),
    ("They compare us with HubSpot, and like it.", "HubSpot"),
    ("IBM is leaving us.", "IBM"),
    ("SAP took over.", "SAP"),
    ("They are in talks with IBM.", "IBM"),
    ("The office in Berlin uses it most.", "Berlin"),
    ("Call O'Brien first.", "Brien"),
    ("Attendees: Jane Roe, CEO", "Roe"),
    ("The champion, Dana Scully, is away.", "Scully"),
    ("Call Élodie about the tickets.", "Élodie"),
    ("The new owner is Müller-Lüdenscheidt.", "Müller"),
    ("Like Yonder, they waver.", "Yonder"),
    ("As with Umbrella, talks are slow.", "Umbrella"),
];

/// As a model writes about this customer, whose contact is Dana Reyes.
const NATURAL: &[&str] = &[
    "Acme Corp scores 32 of 100, which puts it at high risk.",
    "Acme's usage fell 29%, and Dana should hear from us today.",
    "Usage is down 29%, and I would start there.",
    "The Pro 500 plan renews on 11 February 2027, in 80 days.",
    "ARR of USD 120,000 is at stake in Q1 2027.",
    "Bring the QBR forward and invite an executive sponsor.",
    "Two urgent tickets are open, among them the SSO loop (ACM-398).",
    "On Monday, ask Support for an owner of ACM-412.",
    "Ask Engineering for a date, and tell Dana Reyes.",
    "The CSM owns the plan; the VP of Sales joins the call.",
    "NPS and CSAT are not in this data.",
    "It is not known who the CEO or the CFO is.",
    "There is no API or SSO figure in the data.",
    "Send Dana the draft this week, ASAP.",
    "The data is as of 20 November 2026.",
    "Book a 1:1 with Dana on Thursday.",
    "They may ask for an SLA or a DPA; the ROI is not known.",
    "DO NOT wait for the renewal call.",
    "Customer Success and Support should agree on one plan.",
    "Hi Dana,",
    "Hi Acme Corp team,",
    "Dear Dana Reyes,",
    "I hope you are well, and that the team is too.",
    "I'd like to talk about the SSO loop, and I'm free on Tuesday.",
    "Best regards,",
    "Your CSM",
    "[Your Name]",
    "Kind regards, your Customer Success Team",
    "Acme Corp: Renewal on 11 Feb 2027",
    "Executive Summary",
    "Next Steps and Owners",
    "Where We Stand Today",
    "Usage and Adoption Trends",
    "Support Health and Open Tickets",
    "Renewal Strategy for Acme Corp",
    "Path Forward and Next Steps",
    "Quarterly Business Review: Acme Corp, Q4 2026",
    "Goals for Next Quarter",
    "Check-in: How Is Your Team Doing?",
    "The title says “Slow dashboard”, as of 1 September 2026.",
    "What matters most: Usage, then the tickets.",
    "The EU and US teams are not told apart in this data.",
    "YoY figures are not known; MoM ones neither.",
    "Get the export fixed soon: Dana has waited since Tuesday, Nov 10.",
];

fn known(question: Option<&str>) -> Known {
    let body = "Hi Dana Reyes,\n\nI wanted to check in and see how things are going.\n\nBest regards";
    let email = ToolOutput::Email(EmailDraft { subject: "Acme Corp: checking in".into(), body: body.into() });
    known_of(question, &[outputs(), vec![email]].concat())
}

fn reasons(text: &str, known: &Known) -> Vec<Reason> {
    check(text, known).removed.into_iter().map(|removed| removed.reason).collect()
}

#[test]
fn names_that_nothing_has_go() {
    let known = known(None);
    for (sentence, name) in INVENTED {
        assert_eq!(reasons(sentence, &known), [Reason::Name((*name).to_owned())], "{sentence}");
    }
}

#[test]
fn what_has_a_capital_for_another_reason_stays() {
    let known = known(None);
    let wrong: Vec<_> = NATURAL.iter().filter(|text| !reasons(text, &known).is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(NATURAL.len() >= 40);
}

#[test]
fn names_of_the_question_and_the_data_may_be_said() {
    let asked = known(Some("Does Jane Roe want to move to Salesforce?"));
    assert_eq!(reasons("It is not known where Jane Roe moves, or why Salesforce.", &asked), []);
    assert_eq!(reasons("It is about Dashboard and Reyes.", &asked), []);
}

#[test]
fn german_nouns_are_no_names() {
    assert_eq!(reasons("Die Nutzung ist gefallen, und der Vertrag läuft aus.", &known(None)), []);
}
