//! Outlines of meetings: the review of a quarter in both editions, and the renewal brief.

use chrono::{Days, NaiveDate};
use contracts::{
    SourceName,
    activity::{Activity, ActivityKind, ActivityRow, FollowUp},
    delivery::{Contact, ContractTerms, CustomerFields},
    facts::{Measure, Money, Part, Priority, Survey, Ticket, UsagePoint},
    quarter::Quarter,
    tools::{Edition, QbrOutline},
};
use domain::{
    case::{Case, Period},
    facts::{Audience, catalogue, find},
    letter::{Language, Register},
    outline::{brief, review},
    rows::{CustomerRows, Delivered, Response, Series, Sources, TicketRow, Version},
    words::is_internal,
};
use proptest::prelude::*;

const TODAY: &str = "2024-12-20";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn source() -> SourceName {
    "files".parse().expect("a source's name")
}

fn version<T>(key: &str, from: &str, says: T) -> Version<T> {
    Version { source: source(), key: key.into(), from: day(from), says: Some(says) }
}

fn terms(arr: i64, auto_renew: bool) -> ContractTerms {
    ContractTerms {
        renewal_date: Some(day("2025-03-31")),
        arr: Some(Money { minor: arr, currency: "USD".into() }),
        plan: Some("Gold".into()),
        seats: Some(100),
        auto_renew: Some(auto_renew),
        notice_days: Some(60),
    }
}

fn ticket(id: &str, priority: Priority, opened: &str, closed: Option<&str>, subject: &str) -> TicketRow {
    let (opened_on, closed_on) = (day(opened), closed.map(day));
    let ticket = Ticket { id: id.into(), subject: Some(subject.into()), priority, opened_on, closed_on };
    TicketRow { source: source(), ticket, gone_on: None }
}

/// Weekly users from the first Friday of 2024 on: 80 a week up to June, 90 from July on, 40 from October on.
fn users() -> Series {
    let fridays = (0..51).map(|week| day("2024-01-05") + Days::new(7 * week));
    let value = |date: NaiveDate| {
        if date < day("2024-07-01") {
            80.0
        } else if date < day("2024-10-01") {
            90.0
        } else {
            40.0
        }
    };
    Series {
        source: source(),
        metric: "weekly active users".into(),
        measure: Some(Measure::Level),
        points: fridays.map(|date| UsagePoint { date, value: value(date) }).collect(),
        told: Vec::new(),
        reach: Some(day(TODAY)),
        gone_on: None,
    }
}

fn rows() -> CustomerRows {
    let fields = CustomerFields {
        name: Some("Acme".into()),
        segment: Some("Segmentix".into()),
        owner: Some("Ownerine Fields".into()),
        ..CustomerFields::default()
    };
    let contact = Contact {
        name: Some("Maria Lopez".into()),
        role: Some("Roleine of IT".into()),
        email: Some("maria@acme.example".into()),
        primary: Some(true),
    };
    let activity = Activity {
        id: "a-1".parse().expect("an id"),
        customer_id: "acme".parse().expect("an id"),
        kind: ActivityKind::Meeting,
        on: day("2024-09-12"),
        text: "Secretive note".into(),
        agreed: Some("Agreedine terms".into()),
        follow_up: Some(FollowUp { due: day("2025-01-08"), closed_on: None }),
    };
    CustomerRows {
        fields: vec![version("acme", "2024-01-01", fields)],
        usage: vec![users()],
        tickets: vec![
            ticket("T-1", Priority::Urgent, "2024-11-05", None, "Export loses rows"),
            ticket("T-2", Priority::Low, "2024-07-02", Some("2024-07-04"), "Import stuck"),
            ticket("T-3", Priority::Low, "2024-08-02", Some("2024-08-06"), "Import stuck"),
            ticket("T-4", Priority::Low, "2024-09-02", Some("2024-10-06"), "Import stuck"),
        ],
        contracts: vec![
            version("k", "2024-01-01", terms(12_000_000, false)),
            version("k", "2024-08-01", terms(10_000_000, false)),
        ],
        contacts: vec![version("maria", "2024-01-01", contact)],
        satisfaction: vec![Response {
            source: source(),
            key: "r".into(),
            date: day("2024-12-01"),
            survey: Survey::Csat,
            score: 2,
        }],
        activity: vec![ActivityRow { source: source(), activity }],
        ..CustomerRows::none("acme".parse().expect("an id"))
    }
}

fn case(rows: &CustomerRows, quarter: &str) -> Case {
    let delivered = Part::DELIVERED.map(|part| Delivered { source: source(), part, day: day(TODAY) });
    let sources = Sources { delivered: delivered.into(), ..Sources::default() };
    let quarter: Quarter = quarter.parse().expect("a quarter");
    Case::of(rows, &sources, day(TODAY), Some(quarter.into()))
}

fn text(outline: &QbrOutline) -> String {
    let sections = outline.sections.iter().flat_map(|section| {
        let points = section.talking_points.iter().map(|point| format!("- {point}"));
        [format!("# {}", section.title)].into_iter().chain(points)
    });
    [outline.title.to_string()].into_iter().chain(sections).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_review_says_what_the_quarter_came_to_against_the_one_before_and_what_comes_next() {
    let internal = text(&review(&case(&rows(), "2024-Q3"), Edition::Internal).expect("a review"));
    let (past, rest) = internal.split_once("\n# What changed").expect("what changed");
    assert_eq!(
        past,
        "Acme: quarterly business review, 2024-Q3 (1 July to 30 September)
# What we agreed
- It was agreed on 12 Sep 2024: “Agreedine terms”.
- A follow-up is due on 8 Jan 2025: “Secretive note”.
# Value and adoption
- Weekly active users were at 90 from 1 Jul to 30 Sep 2024.
- Weekly active users rose from 80 to 90, by 13%, against 1 Apr to 30 Jun 2024.
- 40% of the 100 seats are in use.
# Support
- 3 tickets were opened from 1 Jul to 30 Sep 2024.
- 2 tickets were closed from 1 Jul to 30 Sep 2024.
- The median time to solve tickets closed from 1 Jul to 30 Sep 2024 was 3 days.
- 3 tickets from 1 Jul to 30 Sep 2024 were about “Import stuck”.
- 1 ticket is open.
- T-1 (urgent) “Export loses rows” has been open since 5 Nov 2024."
    );
    for said in [
        "The yearly contract value fell from USD 120,000 to USD 100,000, by 17%, after 31 Jul 2024.",
        "# Renewal\n- The contract is up for renewal on 31 Mar 2025.\n- The last day to give notice is 30 Jan 2025.",
        "- Name an owner and a date for what cannot wait: Ownerine Fields, by 23 December.",
        "- Find the cause of “Import stuck”: Ownerine Fields, by 8 January 2025.",
        "- Agree on the renewal of 31 March 2025: Ownerine Fields and Maria Lopez, by 23 January 2025.",
        "- Meet for the next review: Ownerine Fields and Maria Lopez, by 15 January 2025.",
        "- Ask them who decides about the renewal, and what they need.",
    ] {
        assert!(rest.contains(said), "{said}\n{rest}");
    }
}

#[test]
fn the_customers_review_speaks_to_the_customer() {
    let outline = text(&review(&case(&rows(), "2024-Q3"), Edition::Customer).expect("a review"));
    for said in [
        "- Let us begin with what we agreed on last time.",
        "- Your weekly active users rose from 80 to 90, by 13%, against 1 April to 30 June.",
        "- “Export loses rows” has been open since 5 November.",
        "- Your contract is up for renewal on 31 March 2025.",
        "- Agree on the renewal of 31 March 2025: both of us, by 23 January 2025.",
        "- Please tell us what sets off “Import stuck”.",
    ] {
        assert!(outline.contains(said), "{said}\n{outline}");
    }
    assert!(!outline.contains("T-1") && !outline.contains("urgent"), "{outline}");
}

#[test]
fn the_customers_review_is_said_in_german_from_its_data() {
    let outline = review(&case(&rows(), "2024-Q3"), Edition::Customer).expect("a review");
    let review = outline.review.expect("data");
    let (title, sections) = Language::german().review(&review, day(TODAY), Register::Formal).expect("German");
    let german = text(&QbrOutline { title, sections, review: None });
    for said in [
        "Acme: Quartalsgespräch, 2024-Q3 (1. Juli bis 30. September)",
        "- Ihre Nutzung (weekly active users) stieg von 80 auf 90, um 13 %, verglichen mit dem Zeitraum vom 1. April bis 30. Juni.",
        "- Vom 1. Juli bis 30. September wurden 3 Ihrer Tickets eröffnet.",
        "- Ihr jährlicher Vertragswert fiel von USD 120.000 auf USD 100.000, um 17 %, nach dem 31. Juli.",
        "- Die Verlängerung zum 31. März 2025 vereinbaren: gemeinsam, bis zum 23. Januar 2025.",
        "- Bitte sagen Sie uns, was „Import stuck“ auslöst.",
    ] {
        assert!(german.contains(said), "{said}\n{german}");
    }
}

#[test]
fn a_quarter_is_compared_only_with_one_that_is_on_record_whole() {
    let change = |quarter: &str| find("usage.change_in_period").expect("a fact").get(&case(&rows(), quarter));
    assert!(change("2024-Q2").known().is_some());
    assert!(change("2024-Q1").known().is_none(), "there is nothing before it");
    assert!(change("2024-Q4").known().is_none(), "it is still running");
    let period = find("usage.in_period").expect("a fact").read(&case(&rows(), "2024-Q4")).says.expect("words");
    assert_eq!(period.about.as_str(), "weekly active users were at 40 from 1 Oct to 20 Dec 2024");
}

#[test]
fn nothing_on_record_is_no_review_and_no_renewal_date_no_brief() {
    let nobody = CustomerRows::none("acme".parse().expect("an id"));
    let case = Case::of(&nobody, &Sources::default(), day(TODAY), None);
    assert_eq!((review(&case, Edition::Internal), brief(&case)), (None, None));
}

#[test]
fn a_renewal_brief_has_the_days_in_order_the_risks_with_evidence_an_ask_and_a_fallback() {
    let brief = text(&brief(&case(&rows(), "2024-Q3")).expect("a brief"));
    assert_eq!(
        brief.split_once("\n# Risks").expect("risks").0,
        "Acme: renewal on 31 Mar 2025, in 101 days
# Timeline
- 31 Dec 2024 (in 11 days): time to open the talk.
- 8 Jan 2025 (in 19 days): a follow-up is due.
- 23 Jan 2025 (in 34 days): the decision should be there.
- 30 Jan 2025 (in 41 days): last day to give notice.
- 31 Mar 2025 (in 101 days): it is up for renewal.
- The last touch was a meeting on 12 Sep 2024.
# Who decides
- The main contact is Maria Lopez.
- The role of the main contact is Roleine of IT.
- The account owner is Ownerine Fields.
- Find out who signs, and who can stop it."
    );
    for said in [
        "- Something is broken: 1 urgent ticket is open, “Export loses rows” since 5 Nov 2024.",
        "- Seats lie idle: 40% of the 100 seats are in use.",
        "- Nobody was in touch: the last touch was a meeting on 12 Sep 2024.",
        "# The ask\n- A decision by 23 Jan 2025 (USD 100,000 a year, plan Gold, 100 seats).",
        "# The fallback\n- Fewer seats rather than none: 40% of the 100 seats are in use.\n- The same terms until 30 Apr 2025,",
    ] {
        assert!(brief.contains(said), "{said}\n{brief}");
    }
}

#[test]
fn everybody_on_record_is_named_among_who_decides() {
    let person = |name: &str, role: Option<&str>| Contact {
        name: Some(name.into()),
        role: role.map(Into::into),
        ..Contact::default()
    };
    let mut rows = rows();
    rows.contacts.push(version("bob", "2024-01-01", person("Bob Stone", Some("CFO"))));
    rows.contacts.push(version("eve", "2024-01-01", person("Eve Young", None)));
    let brief = text(&brief(&case(&rows, "2024-Q3")).expect("a brief"));
    assert!(brief.contains("- The main contact is Maria Lopez."), "{brief}");
    assert!(brief.contains("- Also on record: Bob Stone (CFO); Eve Young."), "{brief}");
}

#[test]
fn the_steps_of_a_plan_are_in_the_order_of_their_days() {
    let review = review(&case(&rows(), "2024-Q3"), Edition::Internal).expect("a review");
    let plan = review.sections.iter().find(|section| section.title.as_str() == "What comes next").expect("a plan");
    let at = |words: &str| plan.talking_points.iter().position(|point| point.as_str().contains(words)).expect(words);
    assert!(at("Find the cause") < at("next review") && at("next review") < at("Agree on the renewal"));
}

#[test]
fn an_automatic_renewal_is_not_sold() {
    let rows = CustomerRows { contracts: vec![version("k", "2024-01-01", terms(12_000_000, true))], ..rows() };
    let brief = text(&brief(&case(&rows, "2024-Q3")).expect("a brief"));
    assert!(brief.contains("(in 101 days): it renews by itself."), "{brief}");
    assert!(brief.contains("That it goes on as it is (USD 120,000 a year, plan Gold, 100 seats)"), "{brief}");
    assert!(brief.contains("Other terms rather than notice, agreed on by 30 Jan 2025."), "{brief}");
}

#[test]
fn quarters_are_read_as_they_are_written() {
    for (text, first, last) in [
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-q1", "2024-01-01", "2024-03-31"),
        ("2023-Q2", "2023-04-01", "2023-06-30"),
    ] {
        let quarter: Quarter = text.parse().expect(text);
        assert_eq!((quarter.first_day(), quarter.last_day()), (day(first), day(last)));
        assert_eq!(quarter.to_string(), text.to_uppercase());
        assert_eq!((quarter.before().after(), Quarter::of(quarter.last_day())), (quarter, quarter));
    }
    for text in ["", "2024", "2024-Q5", "2024-Q0", "24-Q1", "Q1-2024", "2024-Q11", "+024-Q1", "2024Q1", "1024-Q1"] {
        assert!(text.parse::<Quarter>().is_err(), "{text}");
    }
    assert_eq!(Quarter::last_full(day(TODAY)).to_string(), "2024-Q3");
    assert_eq!(Quarter::last_full(day("2025-01-01")).to_string(), "2024-Q4");
    let ninety = Period::up_to(day(TODAY));
    assert_eq!(ninety.before().to, ninety.from - Days::new(1));
}

proptest! {
    /// Whatever is known and whatever is not, whichever quarter it is of.
    #[test]
    fn the_customers_edition_has_no_internal_fact(
        keeps in prop::array::uniform6(any::<bool>()),
        auto_renew in any::<bool>(),
        quarter in prop::sample::select(vec!["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]),
    ) {
        let mut rows = rows();
        rows.contracts.push(version("k", "2024-11-01", terms(9_000_000, auto_renew)));
        let [fields, usage, tickets, contracts, contacts, activity] = keeps;
        rows.fields.retain(|_| fields);
        rows.usage.retain(|_| usage);
        rows.tickets.retain(|_| tickets);
        rows.contracts.retain(|_| contracts);
        rows.contacts.retain(|_| contacts);
        rows.activity.retain(|_| activity);
        let case = case(&rows, quarter);
        let outline = review(&case, Edition::Customer).expect("tickets were delivered");
        let said = text(&outline);
        prop_assert!(!is_internal(&said), "{said}");
        for fact in outline.sections.iter().flat_map(|section| &section.statements) {
            prop_assert_eq!(find(fact.as_str()).expect("a fact").audience, Audience::Customer, "{:?}", fact);
        }
        for fact in catalogue().filter(|fact| fact.audience == Audience::Internal) {
            let reading = fact.read(&case);
            let Some(says) = reading.says else { continue };
            prop_assert!(!said.to_lowercase().contains(&says.about.as_str().to_lowercase()), "{}: {said}", says.about);
            let figure = reading.knowledge.any().map(|value| fact.figure(value)).expect("a value");
            let is_word = figure.contains("ine") || figure.contains('@') || figure.contains("ix");
            prop_assert!(!is_word || !said.contains(&figure), "{figure}: {said}");
        }
    }
}
