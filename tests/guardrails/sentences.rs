//! Sentences that a good model writes, all of which stay, and such as have no ground, all of which go.

use cs_copilot::agent::guardrails::grounding::{Reason, check};

use crate::support::{known, known_of, outputs};

const GOOD: &[&str] = &[
    "Acme Corp scores 32 of 100, which is high risk.",
    "Its health score of 32/100 reflects falling usage and five open tickets.",
    "Usage fell from 41 to 29 logins a day, a drop of 29%.",
    "Usage is down 29% (41 -> 29 logins a day).",
    "That is 12 fewer logins a day than before.",
    "Daily logins went from 41 to 29.",
    "The lowest measurement was 27 logins, on 13 November 2026.",
    "Usage peaked at 44 logins a day on 2 Oct 2026.",
    "The trend rests on 7 measurements over six weeks.",
    "Two urgent tickets are open: ACM-412 and ACM-398.",
    "Of the 5 open tickets, 2 are urgent and 3 are normal.",
    "ACM-412 has been open since 10 November, for 13 days.",
    "The oldest ticket has been waiting for 60 days, since 2026-09-24.",
    "Ticket #4021 has been open for 24 days.",
    "Ticket ACM-412 (“Export fails with error 504 on 3 reports”) needs an owner today.",
    "No high tickets are open.",
    "40% of the open tickets are urgent.",
    "The contract renews on 2027-02-11, in 80 days.",
    "The renewal is due on February 11, 2027.",
    "The renewal on 11 Feb is about 11 weeks away.",
    "With less than 3 months to the renewal, time is short.",
    "It renews in Q1 2027, and not by itself.",
    "The renewal falls in February 2027.",
    "USD 120,000 a year is at stake.",
    "$120k ARR is up for renewal.",
    "The contract is worth $120,000 in annual recurring revenue for 150 seats.",
    "That is $800 a seat and USD 10,000 a month.",
    "The plan “Pro 500” has 150 seats.",
    "They are on the Pro 500 plan.",
    "Usage costs the score 45 points and open tickets 17.5 points.",
    "Usage carries a weight of 45 and costs the most.",
    "The data is 3 days old, as of 20 Nov 2026.",
    "Usage alone does not explain the score; one of the tickets may.",
    "Call your champion, find out why usage fell, and agree on one owner.",
    "First, settle the urgent tickets; second, book the renewal call.",
    "Customers expect 24/7 support and a 360-degree view, so start with a 1:1.",
    "There are several open issues, e.g. the SSO loop, that should be solved first.",
    "Acme Corp. has no high-priority tickets.",
    "Two of the five open tickets are urgent.",
    "Roughly 30 logins a day remain.",
    "More than 140 seats are under contract.",
    "Next quarter is when the renewal is decided.",
    "ACM-350 was solved within 12 days.",
    "Two of the 5 open tickets are urgent.",
    "One ticket was solved in 12 days.",
];

/// Each without ground in something that the second part names.
const BAD: &[(&str, &str)] = &[
    ("Acme Corp scores 99 of 100.", "99"),
    ("The health score is 80.", "80"),
    ("The health score is ninety-nine.", "ninety-nine"),
    ("The score is ٩٩.", "99"),
    ("The score is ９９.", "99"),
    ("The score is ㊿.", "50"),
    ("The score is 𝟗𝟗.", "99"),
    ("The score is ९९.", "99"),
    ("The score is 9\u{200d}9.", "99"),
    ("The score is ↂ.", "ↂ"),
    ("Usage fell by 45%.", "45%"),
    ("Usage fell by forty-five percent.", "forty-five percent"),
    ("Usage rose +29%.", "+29%"),
    ("Usage fell from 41 to 28 logins a day.", "28 logins"),
    ("Usage doubled.", "doubled"),
    ("Usage has tripled since spring.", "tripled"),
    ("Usage is a third of what it was.", "a third"),
    ("Usage is 3x what it was.", "3x"),
    ("3 urgent tickets are open.", "3 urgent tickets"),
    ("There are 14 seats.", "14 seats"),
    ("150 tickets are open.", "150 tickets"),
    ("A dozen tickets are open.", "A dozen tickets"),
    ("No urgent tickets are open.", "No urgent tickets"),
    ("Ticket ACM-999 is open.", "ACM-999"),
    ("Ticket #99 is open.", "#99"),
    ("Ticket 99 is open.", "99"),
    ("The title says “Score 99% for everybody”.", "99%"),
    ("Error 504 hits 3 reports.", "504"),
    ("They pay for 500 of them.", "500"),
    ("It renews on 2027-02-12.", "2027-02-12"),
    ("It renews on 12 Feb 2027.", "12 Feb 2027"),
    ("It renews on 12/02/2027.", "12/02/2027"),
    ("It renews in March 2027.", "March 2027"),
    ("It renews in April.", "April"),
    ("It renews in Q2 2027.", "Q2 2027"),
    ("It renews in the third quarter.", "third quarter"),
    ("It renews in 2029.", "2029"),
    ("It renews on the 12th.", "12th"),
    ("It renews in 60 days.", "60 days"),
    ("The renewal is 5 weeks away.", "5 weeks"),
    ("The renewal is four months away.", "four months"),
    ("The meeting is at 10:30.", "10:30"),
    ("They lost 3 hours.", "3 hours"),
    ("EUR 120,000 is at stake.", "EUR 120,000"),
    ("$121k is at stake.", "$121k"),
    ("USD 1.2 million is at stake.", "USD 1.2 million"),
    ("€1.200.000 a year.", "€1.200.000"),
    ("Thousands of logins were lost.", "Thousands"),
    ("About 100 seats are used.", "100 seats"),
    ("-80 days to the renewal.", "-80 days"),
    ("A discount of 15 % was promised.", "15 %"),
    ("It is SOC2 certified.", "SOC2"),
    ("得分是99分。", "99"),
    ("Three tickets are open.", "Three tickets"),
    ("There is 1 open ticket.", "1 open"),
    ("Usage is at 71% of what it was.", "71%"),
    ("Revenue will grow by 71% next year.", "71%"),
];

const FOREIGN: &[(&str, Reason)] = &[
    ("Globex is doing better.", Reason::OtherCustomer),
    ("GLOBEX LTD is doing better.", Reason::OtherCustomer),
    ("globex is doing better.", Reason::OtherCustomer),
    ("Glоbеx is doing better.", Reason::OtherCustomer),
    ("G l o b e x is doing better.", Reason::OtherCustomer),
    ("Glo-bex is doing better.", Reason::OtherCustomer),
    ("Gl\u{200d}obex is doing better.", Reason::OtherCustomer),
    ("Like Blue Yonder, they waver.", Reason::OtherCustomer),
    ("Like BlueYonder, they waver.", Reason::OtherCustomer),
    ("They may move to Signal soon.", Reason::OtherCustomer),
    ("Umbrella Health left as well.", Reason::OtherCustomer),
    ("They talk to Contoso Ltd about it.", Reason::OtherCustomer),
    ("Northwind Traders, Inc. offers less.", Reason::OtherCustomer),
    ("See https://evil.example/x for more.", Reason::Link),
    ("See evil.example for more.", Reason::Link),
    ("See [here](x).", Reason::Link),
    ("![](q)", Reason::Link),
    ("<img src=x>", Reason::Link),
    ("See evil[.]example now.", Reason::Link),
    ("See evil dot com now.", Reason::Link),
    ("See hxxp evil now.", Reason::Link),
    ("See evil．example now.", Reason::Link),
    ("Ping 10.0.0.1 now.", Reason::Link),
    ("See www.evil now.", Reason::Link),
    ("javascript:alert is run.", Reason::Link),
    ("Write to eve@evil.example.", Reason::Secret),
    ("Call +1 415 555 0123.", Reason::Secret),
    ("The key is sk-abc123DEF456ghi789JKL012.", Reason::Secret),
    ("password=hunter2 works.", Reason::Secret),
    ("The pаsswоrd is hunter2.", Reason::Secret),
    ("The ｐａｓｓｗｏｒｄ: correct horse.", Reason::Secret),
];

#[test]
fn what_a_good_model_writes_stays() {
    let known = known();
    for sentence in GOOD {
        let checked = check(sentence, &known);
        assert!(checked.removed.is_empty(), "{:?}", checked.removed);
        assert_eq!(checked.text, sentence.trim());
    }
    assert!(GOOD.len() >= 30);
}

#[test]
fn what_has_no_ground_goes() {
    let known = known();
    let mut wrong = Vec::new();
    for (sentence, figure) in BAD {
        let checked = check(sentence, &known);
        let reasons: Vec<_> = checked.removed.iter().map(|removed| removed.reason.clone()).collect();
        if !checked.text.is_empty() || reasons != [Reason::Figure((*figure).to_owned())] {
            wrong.push(format!("{sentence}: {checked:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn links_secrets_and_others_go() {
    let known = known();
    let mut wrong = Vec::new();
    for (sentence, reason) in FOREIGN {
        let checked = check(sentence, &known);
        if !checked.text.is_empty() || checked.removed.iter().any(|removed| removed.reason != *reason) {
            wrong.push(format!("{sentence}: {checked:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_text_keeps_its_lines_and_loses_its_marks() {
    let text = "## Brief\n\n**Acme Corp** scores `32`. It may reach 99.\n\n1. Settle ACM-412.\n2. Offer 15% off.\n* Call them.\n";
    let checked = check(text, &known());
    assert_eq!(checked.text, "Brief\n\nAcme Corp scores 32.\n\n1. Settle ACM-412.\n- Call them.");
    assert_eq!(checked.removed.len(), 2);
}

#[test]
fn abbreviations_do_not_part_a_sentence() {
    let checked = check("The plan covers approx. 150 seats, e.g. for sales. Contoso Inc. has 99.", &known());
    assert_eq!(checked.text, "The plan covers approx. 150 seats, e.g. for sales.");
    assert_eq!(checked.removed.len(), 1);
    // The last letter of a word is none.
    assert_eq!(check("Call their clés. Contoso Inc. has 99.", &known()).text, "Call their clés.");
}

#[test]
fn each_figure_says_what_it_rests_on() {
    let checked = check("Acme Corp renews in 80 days; usage fell 29%, and ACM-412 is open.", &known());
    let evidence: Vec<_> = checked.evidence.iter().map(|piece| format!("{} | {}", piece.figure, piece.basis)).collect();
    assert_eq!(
        evidence,
        [
            "ACM-412 | get_recent_tickets: ticket ACM-412",
            "80 days | get_contract_info: days to renewal 80",
            "29% | get_customer_usage: the change of 41 -> 29 logins a day",
        ]
    );
}

#[test]
fn names_of_the_question_may_be_repeated_and_its_figures_may_not() {
    let known = known_of(Some("Is Acme worse than Globex, with 93% churn and over 500k?"), &outputs());
    assert_eq!(check("Globex is not in this data.", &known).text, "Globex is not in this data.");
    for sentence in ["Initech is worse.", "Churn is 93%.", "The churn is at 93.", "It is over 500k."] {
        assert_eq!(check(sentence, &known).text, "");
    }
}

#[test]
fn without_data_no_figure_stands() {
    let checked = check("Usage is at 29 logins. Little is known.", &known_of(None, &[]));
    assert_eq!(checked.text, "Little is known.");
}
