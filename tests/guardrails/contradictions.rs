//! What is said in words: contradictions of the data go, what is true, doubted, supposed or unknown to us stays.

use contracts::{
    facts::Trend,
    health::Risk,
    tools::{ContractReport, EmailDraft, HealthReport, ToolOutput, UsageReport},
};
use cs_copilot::agent::guardrails::grounding::{Known, Reason, Topic, check};

use crate::support::{contract, health, known, known_of, outputs, tickets, today, usage};

/// Acme is at high risk, its usage falls, it does not renew by itself, and it renews in 80 days, in the next quarter.
const WRONG: &[(&str, Topic)] = &[
    ("Acme Corp is at low risk.", Topic::Risk),
    ("Acme is at medium risk of churn.", Topic::Risk),
    ("Acme Corp scores 32 of 100: low risk.", Topic::Risk),
    ("Acme Corp is a low-risk account.", Topic::Risk),
    ("It sits in the low risk band today.", Topic::Risk),
    ("The churn risk is low, given 5 open tickets.", Topic::Risk),
    ("Its risk is currently moderate.", Topic::Risk),
    ("Acme’s churn risk is low.", Topic::Risk),
    ("Acme's risk is low.", Topic::Risk),
    ("Risk: low", Topic::Risk),
    ("The risk is unknown.", Topic::Risk),
    ("Acme Corp is healthy.", Topic::Risk),
    ("Acme looks very healthy and calm.", Topic::Risk),
    ("This is a healthy customer.", Topic::Risk),
    ("Usage is growing.", Topic::Usage),
    ("Usage has risen steadily.", Topic::Usage),
    ("Usage grew from 29 to 41 logins a day.", Topic::Usage),
    ("Usage is flat at 29 logins a day.", Topic::Usage),
    ("Their usage (logins a day) has been steady.", Topic::Usage),
    ("Daily logins are climbing.", Topic::Usage),
    ("The usage trend is up.", Topic::Usage),
    ("Usage continues to grow.", Topic::Usage),
    ("Growing well: its growing usage carries the renewal.", Topic::Usage),
    ("They renew because of the growth in usage.", Topic::Usage),
    ("5 tickets are open, but usage is up 29%.", Topic::Usage),
    ("Call them about it, since usage rose.", Topic::Usage),
    ("Logins have increased by 29%.", Topic::Usage),
    ("We see strong growth in usage.", Topic::Usage),
    ("There has been an increase in usage.", Topic::Usage),
    ("The customer's adoption is on the rise.", Topic::Usage),
    ("The contract renews automatically.", Topic::AutoRenewal),
    ("It renews by itself on 2027-02-11.", Topic::AutoRenewal),
    ("The contract auto-renews in 80 days.", Topic::AutoRenewal),
    ("Auto-renewal is enabled.", Topic::AutoRenewal),
    ("It is set to auto-renew.", Topic::AutoRenewal),
    ("Since auto-renew is on, little is left to do.", Topic::AutoRenewal),
    ("The contract has auto-renewal.", Topic::AutoRenewal),
    ("The renewal is automatic.", Topic::AutoRenewal),
    ("The contract renews tomorrow.", Topic::RenewalDay),
    ("The renewal is today.", Topic::RenewalDay),
    ("It is up for renewal next week.", Topic::RenewalDay),
    ("The renewal date falls this month.", Topic::RenewalDay),
    ("The contract expires next month.", Topic::RenewalDay),
    ("The renewal is overdue.", Topic::RenewalDay),
    ("The renewal was last week.", Topic::RenewalDay),
    ("The renewal is coming up next week.", Topic::RenewalDay),
    ("The renewal date has passed.", Topic::RenewalDay),
    ("The urgent ticket ACM-371 needs an owner.", Topic::Priority),
    ("ACM-371 is urgent.", Topic::Priority),
    ("There is an urgent ticket, ACM-371.", Topic::Priority),
    ("ACM-412 and ACM-371 are urgent.", Topic::Priority),
    ("Two urgent tickets are open: ACM-412 and ACM-371.", Topic::Priority),
    ("Settle ACM-412 (low) later.", Topic::Priority),
    ("ACM-412 is a low-priority ticket.", Topic::Priority),
    ("Ticket #4021 is now an urgent case.", Topic::Priority),
    ("ACM-412 “SSO loop” is of normal priority.", Topic::Priority),
];

const STAYS: &[&str] = &[
    "Acme Corp is at high risk.",
    "Acme is a high-risk account.",
    "Acme Corp is not at low risk.",
    "Acme Corp is no longer healthy.",
    "Acme Corp could be at medium risk by then.",
    "If nothing changes, it stays at low risk of nothing.",
    "Is it at low risk?",
    "It moved from low risk to high risk.",
    "A single sign-on fix is a low-risk step.",
    "A low-risk way to start is a short call.",
    "The main risk is low adoption.",
    "The risk is low usage of the exports.",
    "Acme is at risk, and usage looks healthy nowhere.",
    "The security risk is low.",
    "A healthy sign is that they answer.",
    "Usage is down, and it has been falling for weeks.",
    "Usage would be growing again with the exports solved.",
    "If usage is growing by then, offer more seats.",
    "Find out whether usage is growing.",
    "Usage is not growing.",
    "Usage was growing before it fell.",
    "Usage rose briefly in October 2026.",
    "Usage grew last week.",
    "Growing usage is the aim.",
    "API usage is up.",
    "Usage data is up to date.",
    "Agree on what brings usage up to 41 logins a day.",
    "It has room to grow: usage is up to them.",
    "It does not renew automatically.",
    "The contract will not auto-renew.",
    "It won't renew by itself.",
    "Auto-renewal is off.",
    "Offer to turn on auto-renewal.",
    "Ask whether it renews automatically.",
    "They would like it to renew automatically, if possible.",
    "The renewal is next quarter.",
    "It renews next year.",
    "The renewal is not this month.",
    "Send the renewal papers tomorrow.",
    "Plan the renewal call for next week.",
    "Ask them to renew this month.",
    "The renewal is today's topic.",
    "ACM-412 is urgent.",
    "Settle the urgent ticket ACM-412 and ACM-371 this week.",
    "ACM-412 and ACM-398 are urgent, ACM-371 is not urgent.",
    "Urgent tickets: ACM-412 and ACM-398.",
    "Answering ACM-371 is urgent.",
    "ACM-371 is high on their list.",
    "ACM-350 (high) was solved in 12 days.",
    "Acme Corp's renewal is 80 days out and will not happen automatically.",
    "It does not auto-renew, so a signature is needed.",
    "Because the contract does not renew by itself, plan the signing.",
    "Make sure the contract renews by itself next time.",
    "Usage is expected to grow.",
    "Usage is 29% lower than before.",
    "Low usage is a concern.",
    "The usage is low.",
    "Usage has stabilised at 29 logins.",
    "Usage dropped, then steadied.",
    "High-risk accounts need a sponsor.",
    "High risk accounts are usually lost without one.",
    "Treat it as high risk.",
    "A score under 32 would be high risk.",
    "It is in the high risk band, not in the medium one.",
    "This places Acme in the high-risk band.",
    "Bring Acme back to low risk.",
    "Getting to medium risk needs fewer tickets.",
    "The goal is to get Acme from high risk to medium risk.",
    "The way back to low risk is long.",
    "A plan that moves them to low risk.",
    "Reduce the risk to medium.",
    "Healthy usage is the goal.",
    "Keep Acme healthy.",
    "To make Acme a healthy account, start with usage.",
    "Turn it into a healthy account.",
    "The tickets with low priority can wait.",
    "Move ACM-371 up: it is normal but old.",
    "ACM-412 blocks the export, an urgent matter.",
    "ACM-371 needs an urgent answer.",
    "ACM-350 was urgent to them.",
    "The renewal in Q1 2027 is next quarter's main goal.",
    "Work on the renewal starts this week.",
    "Renewal is up next on the agenda.",
    "Start the renewal talk today.",
    "The renewal call is tomorrow.",
    "Work towards growth in usage.",
    "Aim for the growth in usage they had.",
    "Stop the drop in usage.",
    "Restore the growth in usage.",
    "Explain how steady usage lowers cost.",
    "The flat usage fee is not known.",
    "Ask for their usage growth plans.",
    "Usage growth is the aim.",
];

fn reasons(text: &str, known: &Known) -> Vec<Reason> {
    check(text, known).removed.into_iter().map(|removed| removed.reason).collect()
}

/// The customer with other answers of the tools.
fn with(usage: UsageReport, contract: ContractReport, health: HealthReport) -> Known {
    let (usage, contract, health) =
        (ToolOutput::Usage(usage), ToolOutput::Contract(contract), ToolOutput::Health(health));
    known_of(None, &[usage, ToolOutput::Tickets(tickets()), contract, health])
}

/// Flat usage that rose a little, low risk, and a contract that renews by itself tomorrow.
fn calm() -> Known {
    let usage = UsageReport { trend: Some(Trend::Flat), recent: 43.0, before: Some(41.0), ..usage() };
    let (date, days) = (today().succ_opt(), Some(1));
    let contract = ContractReport { auto_renew: Some(true), renewal_date: date, days_to_renewal: days, ..contract() };
    with(usage, contract, HealthReport { risk: Risk::Low, contributions: Vec::new(), ..health() })
}

/// Nothing of what can be said in words is known.
fn unknown() -> Known {
    let usage = UsageReport { trend: None, before: None, ..usage() };
    let contract = ContractReport { auto_renew: None, renewal_date: None, days_to_renewal: None, ..contract() };
    with(usage, contract, HealthReport { risk: Risk::Unknown, contributions: Vec::new(), ..health() })
}

#[test]
fn what_the_data_contradicts_goes() {
    let known = known();
    for (sentence, topic) in WRONG {
        assert_eq!(reasons(sentence, &known), [Reason::Wrong(*topic)], "{sentence}");
    }
}

#[test]
fn what_is_true_or_no_plain_statement_stays() {
    let known = known();
    for sentence in STAYS {
        assert_eq!(reasons(sentence, &known), [], "{sentence}");
    }
}

#[test]
fn the_same_words_of_another_customer_are_true() {
    let calm = calm();
    let now_true = [
        "Acme Corp is at low risk.",
        "Acme is healthy.",
        "Usage is flat.",
        "Usage has been steady.",
        "Usage rose a little, from 41 to 43 logins a day.",
        "The contract renews automatically.",
        "The contract renews tomorrow.",
        "The renewal is this week.",
        "The renewal falls next week.",
    ];
    for sentence in now_true {
        assert_eq!(reasons(sentence, &calm), [], "{sentence}");
    }
    let now_wrong = [
        ("Acme Corp is at high risk.", Topic::Risk),
        ("Acme is at risk.", Topic::Risk),
        ("Usage is growing.", Topic::Usage),
        ("Usage fell, from 41 to 43 logins a day.", Topic::Usage),
        ("The contract will not auto-renew.", Topic::AutoRenewal),
        ("It doesn’t renew automatically.", Topic::AutoRenewal),
        ("Auto-renewal is not enabled.", Topic::AutoRenewal),
        ("The renewal is next quarter.", Topic::RenewalDay),
        ("The renewal is today.", Topic::RenewalDay),
    ];
    for (sentence, topic) in now_wrong {
        assert_eq!(reasons(sentence, &calm), [Reason::Wrong(topic)], "{sentence}");
    }
}

#[test]
fn of_what_is_silent_only_its_end_is_stated() {
    let usage = UsageReport { trend: Some(Trend::Silent), recent: 0.0, before: Some(0.0), ..usage() };
    let known = known_of(None, &[ToolOutput::Usage(usage)]);
    for sentence in ["Usage is down.", "Usage has stopped."] {
        assert_eq!(reasons(sentence, &known), [], "{sentence}");
    }
    for sentence in ["Usage is growing.", "Usage is flat.", "Usage is steady at 0 logins a day."] {
        assert_eq!(reasons(sentence, &known), [Reason::Wrong(Topic::Usage)], "{sentence}");
    }
}

#[test]
fn what_nobody_knows_is_not_stated() {
    for known in [unknown(), known_of(None, &[])] {
        let statements = [
            ("Acme Corp is at high risk.", Topic::Risk),
            ("Acme Corp is healthy.", Topic::Risk),
            ("Usage is falling.", Topic::Usage),
            ("Usage is flat.", Topic::Usage),
            ("It renews automatically.", Topic::AutoRenewal),
            ("It does not renew automatically.", Topic::AutoRenewal),
            ("It renews next month.", Topic::RenewalDay),
        ];
        for (sentence, topic) in statements {
            assert_eq!(reasons(sentence, &known), [Reason::Wrong(topic)], "{sentence}");
        }
        for sentence in ["It is not known whether it renews automatically.", "The trend is not known.", "Call them."] {
            assert_eq!(reasons(sentence, &known), [], "{sentence}");
        }
    }
}

/// A check-in reads no contract: what the tools' own email says of it may be said.
#[test]
fn the_email_of_the_tools_tells_of_the_contract() {
    let body = "Hi Dana,\n\nYour contract renews by itself on 24 Nov 2026, tomorrow.\n\nBest regards";
    let email = ToolOutput::Email(EmailDraft {
        subject: "Acme Corp: checking in".into(),
        body: body.into(),
        ..EmailDraft::default()
    });
    let known = known_of(None, &[ToolOutput::Usage(usage()), email]);
    for sentence in ["It renews automatically.", "The contract renews tomorrow."] {
        assert_eq!(reasons(sentence, &known), [], "{sentence}");
    }
    assert_eq!(reasons("It renews next month.", &known), [Reason::Wrong(Topic::RenewalDay)]);
}

/// The days to the renewal that the score was counted with will do, where the contract is not read.
#[test]
fn the_score_tells_of_trend_and_renewal() {
    let known = known_of(None, &outputs()[3..]);
    assert_eq!(reasons("Usage is falling. The renewal is next quarter.", &known), []);
    let wrong = [Reason::Wrong(Topic::Usage), Reason::Wrong(Topic::RenewalDay)];
    assert_eq!(reasons("Usage is growing. The renewal is overdue.", &known), wrong);
}
