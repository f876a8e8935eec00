//! What is said of facts: to whom, how well known, and in which words.

use contracts::facts::{Measure, Trend};
use domain::{
    case::{Case, Period},
    facts::{Audience, catalogue},
    usage::UsageFigures,
};
use proptest::prelude::*;

use crate::given::{TODAY, case, day, delivered, full, full_case, says, stale_case, weekly_users};

/// Both editions of what is said of a fact.
#[track_caller]
fn assert_says(case: &Case, id: &str, about: &str, to: &str) {
    assert_eq!(says(case, id), (Some(about.to_owned()), Some(to.to_owned())), "{id}");
}

#[test]
fn facts_are_said_about_the_customer_and_to_it() {
    let case = full_case();
    let table = [
        ("usage.metric", "the usage metric is weekly active users", "your usage metric is weekly active users"),
        (
            "usage.change",
            "weekly active users fell from 897 to 610, by 32%",
            "your weekly active users fell from 897 to 610, by 32%",
        ),
        (
            "usage.in_period",
            "weekly active users were at 640 from 23 Aug to 20 Nov 2026",
            "your weekly active users were at 640 from 23 Aug to 20 Nov 2026",
        ),
        (
            "usage.change_in_period",
            "weekly active users fell from 800 to 640, by 20%, against 25 May to 22 Aug 2026",
            "your weekly active users fell from 800 to 640, by 20%, against 25 May to 22 Aug 2026",
        ),
        (
            "usage.trend",
            "the usage (weekly active users) is going down",
            "your usage (weekly active users) is going down",
        ),
        ("usage.streak", "weekly active users fell 3 weeks in a row", "your weekly active users fell 3 weeks in a row"),
        ("usage.per_seat", "61% of the 1,000 seats are in use", "61% of your 1,000 seats are in use"),
        ("usage.silent", "the usage has not stopped", "your usage has not stopped"),
        ("tickets.open", "2 tickets are open", "you have 2 tickets open"),
        ("tickets.urgent", "1 urgent ticket is open", "you have 1 urgent ticket open"),
        (
            "tickets.oldest_days",
            "the oldest open ticket has been open for 40 days",
            "your oldest open ticket has been open for 40 days",
        ),
        (
            "tickets.opened_in_period",
            "4 tickets were opened from 23 Aug to 20 Nov 2026",
            "4 tickets of yours were opened from 23 Aug to 20 Nov 2026",
        ),
        (
            "tickets.recurring",
            "3 tickets from 23 Aug to 20 Nov 2026 were about “import stuck”",
            "3 of your tickets from 23 Aug to 20 Nov 2026 were about “import stuck”",
        ),
        ("contract.arr", "the yearly contract value is USD 100,000", "your yearly contract value is USD 100,000"),
        (
            "contract.arr_change",
            "the yearly contract value fell from USD 120,000 to USD 100,000, by 17%, after 31 Aug 2026",
            "your yearly contract value fell from USD 120,000 to USD 100,000, by 17%, after 31 Aug 2026",
        ),
        (
            "contract.renewal_date",
            "the contract renews by itself on 11 Feb 2027",
            "your contract renews by itself on 11 Feb 2027",
        ),
        (
            "contract.days_to_renewal",
            "the contract renews by itself in 83 days",
            "your contract renews by itself in 83 days",
        ),
        (
            "contract.notice_by",
            "the last day to give notice was 13 Nov 2026",
            "your last day to give notice was 13 Nov 2026",
        ),
        ("contract.seats", "the contract has 1,000 seats", "your contract has 1,000 seats"),
        ("contract.auto_renew", "the contract renews by itself", "your contract renews by itself"),
        ("contract.count", "1 contract is in force", "you have 1 contract with us"),
    ];
    for (id, about, to) in table {
        assert_says(&case, id, about, to);
    }
    let since = says(&case, "customer.since");
    assert_eq!(since, (Some("Acme has been a customer since 1 Mar 2021".to_owned()), None));
    let satisfaction = says(&case, "satisfaction.latest");
    assert_eq!(satisfaction, (Some("the newest answer to a survey is 4 of 5 (CSAT), of 30 Oct 2026".to_owned()), None));
}

fn with(usage: UsageFigures) -> Case {
    case(&full(), Some(usage), &delivered(TODAY), TODAY)
}

#[test]
fn a_silent_customer_is_said_to_be_silent() {
    let silent = UsageFigures { trend: Some(Trend::Silent), last_use: Some(day("2026-09-18")), ..weekly_users() };
    let case = with(silent.clone());
    for id in ["usage.trend", "usage.silent"] {
        let since = "no use since 18 Sep 2026 (63 days)";
        assert_says(&case, id, since, &format!("we have seen {since}"));
    }
    let never = with(UsageFigures { last_use: None, ..silent });
    assert_says(
        &never,
        "usage.trend",
        "no use at all, up to 20 Nov 2026",
        "we have seen no use at all, up to 20 Nov 2026",
    );
}

#[test]
fn totals_say_their_days_and_noise_is_said_to_be_noise() {
    let logins = UsageFigures {
        metric: "logins a day".into(),
        measure: Measure::Count,
        trend: Some(Trend::Flat),
        recent: 812.0,
        before: Some(1_148.0),
        ..weekly_users()
    };
    let noise = "logins in 28 days fell from 1,148 to 812, by 29%, within the usual ups and downs";
    assert_says(&with(logins.clone()), "usage.change", noise, &format!("your {noise}"));
    let few = "logins in 28 days fell from 1,148 to 812, by 29%, with too few points to call it a trend";
    assert_says(&with(UsageFigures { trend: None, ..logins.clone() }), "usage.change", few, &format!("your {few}"));
    let told = UsageFigures { window_days: 0, step_days: 0, trend: Some(Trend::Down), ..logins };
    let plain = "logins a day fell from 1,148 to 812, by 29%";
    assert_says(&with(told.clone()), "usage.change", plain, &format!("your {plain}"));
    assert_eq!(says(&with(told), "usage.streak"), (None, None));
}

#[test]
fn seasons_are_said_and_streaks_read_well() {
    let seasonal = with(UsageFigures { seasonal: true, trend: Some(Trend::Flat), ..weekly_users() });
    let steady = "usage (weekly active users) is steady, compared with the same weeks a year ago";
    assert_says(&seasonal, "usage.trend", &format!("the {steady}"), &format!("your {steady}"));
    let fell = "weekly active users fell from 897 to 610, by 32%, compared with the same weeks a year ago";
    let falls = with(UsageFigures { seasonal: true, ..weekly_users() });
    assert_says(&falls, "usage.change", fell, &format!("your {fell}"));
    let daily = with(UsageFigures { step_days: 1, ..weekly_users() });
    assert_eq!(says(&daily, "usage.streak").0.as_deref(), Some("weekly active users fell 3 weeks in a row"));
    let table = [
        (0, "weekly active users did not move in the last week"),
        (1, "weekly active users rose in the last week"),
        (2, "weekly active users rose 2 weeks in a row"),
    ];
    for (streak, about) in table {
        assert_says(&with(UsageFigures { streak, ..weekly_users() }), "usage.streak", about, &format!("your {about}"));
    }
}

#[test]
fn what_is_stale_is_said_with_its_day() {
    let case = stale_case();
    let table = [
        ("usage.trend", "trend of usage was last known on 20 Nov 2026: down"),
        ("usage.now", "latest usage was last known on 20 Nov 2026: 605 weekly active users"),
        ("usage.days_since_last_use", "time since the last use was last known on 20 Nov 2026: since 20 Nov 2026"),
        ("tickets.open", "number of open tickets was last known on 20 Nov 2026: 2 tickets"),
        ("tickets.oldest_days", "age of the oldest open ticket was last known on 20 Nov 2026: since 11 Oct 2026"),
        ("contract.days_to_renewal", "time to the renewal was last known on 20 Nov 2026: until 11 Feb 2027"),
    ];
    for (id, words) in table {
        let both = format!("the {words}");
        assert_says(&case, id, &both, &both);
    }
}

#[test]
fn of_a_period_nothing_is_said_beyond_what_the_source_of_tickets_has_told() {
    let period = |from, to| Some(Period { from: day(from), to: day(to) });
    // The period, the day of the last delivery, and what is said on 20 Nov.
    let table = [
        ("2026-09-01", TODAY, "2026-11-01", Some("3 tickets were opened from 1 Sep to 1 Nov 2026")),
        ("2026-09-01", "2026-10-05", "2026-10-05", Some("2 tickets were opened from 1 Sep to 5 Oct 2026")),
        (
            "2026-09-01",
            TODAY,
            "2026-10-05",
            Some("the number of tickets opened in the period was last known on 5 Oct 2026: 3 tickets"),
        ),
        ("2026-11-05", TODAY, "2026-11-04", None),
    ];
    for (from, to, on, about) in table {
        let mut rows = full();
        rows.tickets.retain(|row| row.ticket.opened_on <= day("2026-11-01"));
        let case = Case::of(&rows, &delivered(on), day(TODAY), period(from, to));
        assert_eq!(says(&case, "tickets.opened_in_period").0.as_deref(), about, "{from} to {to}, told on {on}");
    }
}

/// Words of the present.
const PRESENT: [&str; 8] = [" is ", " are ", " has ", " have ", " renews", " today", " ago", " tomorrow"];

prop_compose! {
    /// A customer whose parts are of some age, and whose metric and tickets may have names that stay in the house.
    fn some_case()(
        ages in prop::array::uniform3(0_u64..400),
        known in prop::array::uniform4(any::<bool>()),
        usage in (0.0..2_000.0_f64, prop::option::of(0.0..2_000.0_f64), -5_i32..5),
        trend in prop::option::of(prop::sample::select(vec![Trend::Up, Trend::Flat, Trend::Down, Trend::Silent])),
        metric in prop::sample::select(vec!["weekly active users", "logins a day", "health checks", "Risk scores"]),
        measure in prop::sample::select(vec![Measure::Count, Measure::Level]),
        subject in prop::sample::select(vec!["Import stuck", "Churn report fails"]),
    ) -> Case {
        let back = |age| day(TODAY).checked_sub_days(chrono::Days::new(age)).expect("a day");
        let (recent, before, streak) = usage;
        let newest = back(ages[0]);
        let figures = UsageFigures {
            metric: metric.into(),
            measure,
            trend,
            recent,
            before,
            streak,
            newest,
            last_use: Some(newest),
            ..weekly_users()
        };
        let mut rows = full();
        for row in &mut rows.tickets {
            row.ticket.subject = Some(subject.into());
        }
        if !known[1] { rows.tickets.clear(); }
        if !known[2] { rows.contracts.clear(); }
        let mut sources = delivered(TODAY);
        for delivered in &mut sources.delivered {
            delivered.day = back(if delivered.source.as_str() == "desk" { ages[1] } else { ages[2] });
        }
        if !known[3] { sources.delivered.retain(|delivered| delivered.source.as_str() != "desk"); }
        case(&rows, known[0].then_some(figures), &sources, TODAY)
    }
}

proptest! {
    #[test]
    fn what_is_missing_is_not_said_and_what_is_stale_not_as_present(case in some_case()) {
        for fact in catalogue() {
            let (id, reading) = (fact.id.as_str(), fact.read(&case));
            let texts = reading.says.iter().flat_map(|says| [Some(&says.about), says.to.as_ref()]).flatten();
            let mut texts = texts.map(|text| text.as_str());
            if reading.knowledge.is_stale() {
                let dated = domain::words::date(reading.knowledge.source().expect("a source").as_of);
                prop_assert!(reading.says.is_some(), "{id}");
                prop_assert!(texts.all(|text| text.contains(&format!("last known on {dated}: "))
                    && PRESENT.iter().all(|word| !text.contains(word))), "{id}");
            } else {
                prop_assert_eq!(reading.says.is_some(), reading.knowledge.known().is_some(), "{}", id);
                prop_assert!(texts.all(|text| !text.contains("last known on")), "{id}");
            }
        }
    }

    #[test]
    fn the_customer_reads_nothing_that_is_internal(case in some_case()) {
        for fact in catalogue() {
            let Some(says) = fact.read(&case).says else { continue };
            let text = says.to.map(|to| to.as_str().to_lowercase()).unwrap_or_default();
            prop_assert!(fact.audience == Audience::Customer || text.is_empty(), "{}", fact.id.as_str());
            let house = ["churn", "health", "risk", "score"];
            prop_assert!(house.iter().all(|word| !text.contains(word)), "{}", text);
        }
    }

    #[test]
    fn what_usage_did_agrees_with_its_figures(case in some_case()) {
        let about = says(&case, "usage.change").0.unwrap_or_default();
        if let Some(usage) = case.usage.known() && let Some(before) = usage.before {
            prop_assert!(!about.contains(" rose ") || before < usage.recent, "{}", about);
            prop_assert!(!about.contains(" fell ") || before > usage.recent, "{}", about);
        }
    }
}
