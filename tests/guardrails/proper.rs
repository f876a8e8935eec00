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
    ("The new owner is Zoë Grünwald-Brandt.", "Zoë"),
    ("Like Yonder, they waver.", "Yonder"),
    ("As with Umbrella, talks are slow.", "Umbrella"),
    ("Their new CEO, Mark Benson, wants out.", "Mark"),
    ("They are evaluating Gainsight.", "Gainsight"),
    ("Mark Benson wants out.", "Benson"),
    ("Set up a Zoom call with Dana.", "Zoom"),
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
    "Acme Corp is in a precarious position: its health score is 32 out of 100 (high risk).",
    "The account is at high risk, driven mainly by declining usage and five open tickets.",
    "Daily logins dropped from 41 to 29, a 29% decline, which is the biggest drag on the score.",
    "With the renewal 80 days out and auto-renew off, there is still time to turn this around.",
    "The contract does not auto-renew, so an active decision is needed before 11 February 2027.",
    "Auto-renewal is not enabled, meaning Acme must sign before Feb 11.",
    "Without a recovery in usage, the USD 120,000 renewal is in danger.",
    "Two urgent tickets (ACM-412 and ACM-398) remain unresolved.",
    "ACM-412, an urgent ticket about failing exports, has been open for 13 days.",
    "The oldest open ticket, ACM-371, is a normal-priority request from September.",
    "Escalate ACM-412 and ACM-398 to Engineering and share an ETA with Dana.",
    "Schedule an executive check-in with Dana Reyes this week to discuss the drop in usage.",
    "Ask Dana what is behind the decline in logins since early October.",
    "Prepare a success plan that shows how usage can grow again before the renewal.",
    "If usage keeps falling, consider an Executive Business Review in Q1.",
    "The risk is high because usage is down and 2 urgent tickets are open.",
    "Churn risk is high: the trend is down and the renewal is next quarter.",
    "Usage is trending down, from 41 to 29 logins a day.",
    "Their usage trend is down, and support is strained.",
    "The renewal is not imminent, but the window to act is the next 80 days.",
    "Acme renews in Q1 2027; the renewal is 80 days away.",
    "Hello Dana,",
    "Hi Dana, I hope this finds you well.",
    "I noticed that your team's logins have gone from 41 to 29 a day, and I'd love to understand why.",
    "We know that ACM-412 and the SSO issue have been frustrating, and our Support team is on it.",
    "Your Pro 500 contract is up for renewal on 11 February 2027.",
    "Would Tuesday or Wednesday work for a short call?",
    "Looking forward to hearing from you,",
    "Thanks, and best regards,",
    "Warm regards,",
    "Your Customer Success Manager",
    "Renewal Overview",
    "Contract and Renewal Timeline",
    "Product Usage: What Changed",
    "Support Experience",
    "Risks and Mitigation",
    "Joint Action Plan",
    "Proposed Agenda for the QBR",
    "Value Delivered This Quarter",
    "Discussion: Goals for the Year Ahead",
    "Key Metrics at a Glance",
    "Opportunities to Expand Adoption",
    "Open Questions for Acme Corp",
    "Stabilise Usage Before the Renewal",
    "Address Open Support Tickets",
    "Acme Corp renewal: let's talk before February",
    "Checking in on your recent usage, Dana",
    "Acme Corp | Q4 Review",
    "Call Dana today to agree on a recovery plan.",
    "Have the SSO loop (ACM-398) fixed, then tell Dana.",
    "Loop in Product and the CTO if the exports still fail.",
    "Confirm with Finance who signs the USD 120,000 contract.",
    "The data does not say whether Acme has a new CIO.",
    "The Ticket “Slow dashboard” was closed in September.",
    "The tickets are not about the API, CI or the mobile app.",
    "Overall, the outlook is poor; a low-risk renewal is out of reach.",
    "A move from high risk to medium risk takes a rebound in usage.",
    "Getting usage up is what lowers the risk.",
    "Stopping the decline in usage comes first, then the renewal.",
    "Usage has not recovered; it is still down 29%.",
    "Usage bottomed out at 27 logins on 13 November 2026.",
    "Although usage fell, 29 logins a day show that a core team is active.",
    "High risk, falling usage, two urgent tickets: act this week.",
    "The customer is at risk of leaving.",
    "They are at risk of missing their goals.",
    "Revenue of USD 120,000 is at risk.",
    "Show them how growing usage pays off.",
    "Set a goal of growing usage by the renewal.",
    "Find a sponsor for growing usage in the EMEA team.",
    "The I/O errors are not ours.",
    "Their Plan B is not known.",
    "Ask for feedback on the Pro 500 Plan.",
    "Usage: down, Tickets: 5 open, Renewal: 2027-02-11",
    "Risk: High. Usage: Down. Renewal: in 80 days.",
    "Health is High risk, at 32 of 100.",
    "Talk to the Champion, the Economic Buyer and the Head of Operations.",
];

fn known(question: Option<&str>) -> Known {
    let body = "Hi Dana Reyes,\n\nI wanted to check in and see how things are going.\n\nBest regards";
    let email = ToolOutput::Email(EmailDraft {
        subject: "Acme Corp: checking in".into(),
        body: body.into(),
        ..EmailDraft::default()
    });
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
    assert!(NATURAL.len() >= 100);
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
