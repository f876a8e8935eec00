//! What deserves attention on the screen: the list the program opens on, and what becomes of its items.

use contracts::{
    TaskId,
    attention::{
        About, Attention, Factors, Grounds, Item, Kind, Likelihood, NewState, Pressure, RenewalMonth, Share, State,
        Totals, Until, Urgency, Worth,
    },
    facts::Money,
};
use crossterm::event::KeyCode;
use cs_copilot::{
    app::{Effect, Lens, Message, Mode, Pane, Topic},
    config::AttentionConfig,
};
use insta::assert_snapshot;

use crate::support::{App, data, draw};

fn money(major: i64) -> Money {
    Money { minor: major * 100, currency: "USD".into() }
}

fn item(id: &str, customer: &str, name: &str, kind: Kind, arr: i64, reason: &str) -> Item {
    Item {
        id: id.parse().unwrap(),
        kind,
        about: About::Customer { id: customer.parse().unwrap(), name: name.into() },
        reasons: vec![reason.into()],
        day: data::today().checked_add_days(chrono::Days::new(12)),
        promised: None,
        factors: Factors {
            value: Worth { thousandths: arr as u64, shares: vec![Share { arr: money(arr), median: money(1_000) }] },
            likelihood: Likelihood { percent: 60, by: Grounds::Score(40) },
            urgency: Urgency { percent: 88, by: Pressure::Renewal(12) },
        },
        situation: "high, down, 3".into(),
        state: State::Open,
    }
}

/// Four rows of five items.
pub fn page() -> Attention {
    let source = Item {
        about: About::Source { name: "product".parse().unwrap(), part: contracts::facts::Part::Usage },
        day: None,
        ..item(
            "src00001",
            "x",
            "x",
            Kind::SourceStale,
            100,
            "what product says of usage is of 1 Oct 2026 at the newest",
        )
    };
    let month = |month: u32, customers| RenewalMonth {
        month: chrono::NaiveDate::from_ymd_opt(2026, month, 1).unwrap(),
        customers,
        arr: vec![money(100)],
    };
    Attention {
        items: vec![
            item(
                "acme0001",
                "c-1",
                "Acme Corp",
                Kind::RenewalWindow,
                120_000,
                "the contract is up for renewal in 12 days",
            ),
            item("acme0002", "c-1", "Acme Corp", Kind::UsageFell, 90_000, "logins fell from 100 to 60, by 40%"),
            item("glob0001", "c-2", "Globex", Kind::Silent, 60_000, "no use since 1 Aug 2026 (111 days)"),
            Item {
                day: data::today().checked_sub_days(chrono::Days::new(120)),
                ..item(
                    "init0001",
                    "c-3",
                    "Initech",
                    Kind::UrgentTicket,
                    36_000,
                    "urgent ticket T-1 has been open for 120 days",
                )
            },
            source,
        ],
        totals: Totals {
            customers: 5,
            high: 2,
            at_risk: vec![money(156_000)],
            silent: 1,
            stale: 3,
            renewals: vec![month(11, 1), month(12, 4)],
        },
        left_out: contracts::query::LeftOut::default(),
        as_of: data::today(),
        revision: 1,
    }
}

#[test]
fn a_reason_that_two_items_share_is_told_once() {
    let mut shared = page();
    let reason = shared.items[0].reasons[0].clone();
    shared.items[1].reasons.push(reason);
    let mut app = opened();
    app.tell(Message::AttentionLoaded(Ok(shared)));
    let told = draw::text(&mut app, 140, 40);
    assert_eq!(told.matches("• the contract is up for renewal in 12 days").count(), 1, "{told}");
}

fn opened() -> App {
    opened_with(AttentionConfig::default())
}

fn opened_with(attention: AttentionConfig) -> App {
    let mut app = App::opening();
    app.model.settings.attention = attention;
    app.tell(Message::Identified(Ok(data::guest())));
    app.tell(Message::BookLoaded(Ok(data::page(data::book()))));
    app.tell(Message::AttentionLoaded(Ok(page())));
    draw::text(&mut app, 120, 40);
    app
}

fn hours(time: &str) -> AttentionConfig {
    AttentionConfig { time: Some(time.parse().unwrap()), ..AttentionConfig::default() }
}

fn names(app: &App) -> Vec<&str> {
    app.model.today.rows().iter().map(|row| row.about().name()).collect()
}

/// What the key has kept for an item.
fn kept(effects: &[Effect]) -> (&str, &NewState) {
    match effects {
        [Effect::SetItem { item, new, .. }] => (item.as_str(), new),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_screen_opens_on_what_matters_most() {
    for (width, height) in [(60, 15), (80, 24), (120, 40), (200, 50)] {
        assert_snapshot!(format!("today_{width}x{height}"), draw::text(&mut opened(), width, height));
    }
    let app = opened();
    assert_eq!((app.model.lens, names(&app)), (Lens::Today, vec!["Acme Corp", "Globex", "Initech", "product"]));
}

#[test]
fn the_two_lenses_keep_to_the_same_customer() {
    let mut app = opened();
    app.keys("jB");
    assert_eq!((app.model.lens, app.selected()), (Lens::Book, "Globex"));
    app.keys("GT");
    assert_eq!(app.model.lens, Lens::Today);
    app.keys("/acme");
    assert_eq!((app.model.lens, app.selected()), (Lens::Book, "Acme Corp"), "a filter is one of the book");
}

#[test]
fn enter_runs_the_task_that_fits_and_reads_its_answer_where_it_is_there() {
    let mut app = opened();
    let effects = app.press(KeyCode::Enter);
    let Some(Effect::StartRun(request)) = effects.last() else { panic!("{effects:?}") };
    assert_eq!((request.customer_id.as_str(), &request.task.id), ("c-1", &TaskId::RENEWAL));
    app.finish(&request.clone());
    assert_eq!(app.topic(), Some(Topic::Task(TaskId::RENEWAL)));
    app.press(KeyCode::Enter);
    assert_eq!(app.model.focus, Pane::Result);
    let mut app = opened();
    app.keys("j");
    assert!(matches!(&app.press(KeyCode::Enter)[..], [Effect::StartRun(run)] if run.task.id == TaskId::CHURN));
    app.keys("G");
    assert!(app.press(KeyCode::Enter).is_empty(), "a source is no customer");
    assert!(app.model.toast.take().unwrap().text.contains("source"));
    assert!(app.keys("h").is_empty());
}

#[test]
fn done_is_kept_the_others_stay_and_u_brings_it_back() {
    let mut app = opened();
    let effects = app.keys("D");
    let (id, new) = kept(&effects);
    assert_eq!((id, &new.state), ("acme0001", &State::Done(data::today())));
    assert_eq!(new.customer_id.as_ref().unwrap().as_str(), "c-1");
    assert_eq!(names(&app), ["Acme Corp", "Globex", "Initech", "product"], "it has another item");
    app.keys("D");
    assert_eq!((names(&app), app.model.today.done()), (vec!["Globex", "Initech", "product"], 2));
    let undone = app.keys("u");
    assert_eq!(kept(&undone).1.state, State::Open);
    assert_eq!(names(&app)[0], "Acme Corp");
    app.keys("u");
    assert!(app.keys("u").is_empty());
    assert!(app.model.toast.take().unwrap().text.contains("nothing to undo"));
}

#[test]
fn a_note_is_of_the_customer_of_the_item_and_so_is_what_follows() {
    let mut app = opened();
    app.keys("j");
    let other = app.model.book.selected().map(|row| row.id.clone());
    assert_ne!(other.as_ref().map(|id| id.as_str()), Some("c-2"), "the cursor of the book is elsewhere");
    for (keys, typed) in [("i", "met"), ("H", ""), ("d", ""), ("f", "friday send the order form")] {
        let effects = app.keys(keys);
        let about = match &effects[..] {
            [Effect::LoadTimeline { customer, .. }] => customer.clone(),
            [Effect::LoadChanges { customer: Some(customer), .. }] => customer.clone(),
            _ => {
                assert!(draw::text(&mut app, 80, 24).contains(if keys == "f" { "follow-up:friday" } else { "Globex" }));
                app.keys(typed);
                let kept = app.press(KeyCode::Enter);
                let [Effect::KeepActivity(activity)] = &kept[..] else { panic!("{keys}: {kept:?}") };
                if keys == "f" {
                    let friday = data::today() + chrono::Days::new(4);
                    assert_eq!(activity.follow_up.map(|it| it.due), Some(friday), "it is Monday today");
                    assert_eq!(activity.text.as_str(), "send the order form");
                }
                activity.customer_id.clone()
            }
        };
        assert_eq!(about.as_str(), "c-2", "{keys}");
        app.press(KeyCode::Esc);
    }
}

#[test]
fn what_was_promised_is_closed_with_its_item_and_opened_with_it() {
    let mut app = opened();
    let mut page = page();
    page.items[0].promised = Some("p-1".parse().unwrap());
    app.tell(Message::AttentionLoaded(Ok(page)));
    for key in ["D", "u"] {
        let effects = app.keys(key);
        assert_eq!(kept(&effects).1.promised.as_ref().unwrap().as_str(), "p-1");
        let Some(Effect::SetItem { item, before, .. }) = effects.into_iter().next() else { unreachable!() };
        let told = app.tell(Message::ItemSet { item, before, outcome: Ok(()) });
        assert_eq!(told, [Effect::CheckBook], "the customer's facts are others now");
    }
}

#[test]
fn what_cannot_be_kept_is_shown_as_it_was() {
    let mut app = opened();
    app.keys("j");
    let Some(Effect::SetItem { item, before, .. }) = app.keys("D").pop() else { panic!("nothing was to be kept") };
    assert_eq!(names(&app), ["Acme Corp", "Initech", "product"]);
    app.tell(Message::ItemSet { item, before, outcome: Err(data::failure()) });
    assert_eq!(names(&app), ["Acme Corp", "Globex", "Initech", "product"]);
    assert!(app.model.toast.as_ref().unwrap().is_error);
}

#[test]
fn an_item_is_put_off_until_a_day_or_until_something_changes() {
    let mut app = opened();
    app.keys("Z");
    assert_eq!(app.model.mode(), Mode::Snooze);
    assert!(draw::text(&mut app, 80, 24).contains("until something changes"));
    let effects = app.press(KeyCode::Enter);
    assert_eq!(kept(&effects).1.state, State::Snoozed(Until::Change("high, down, 3".into())));
    app.keys("Z3d");
    let effects = app.press(KeyCode::Enter);
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
    assert_eq!((kept(&effects).0, &kept(&effects).1.state), ("acme0002", &State::Snoozed(Until::Day(day))));
    assert_eq!((app.model.mode(), names(&app)), (Mode::Normal, vec!["Globex", "Initech", "product"]));
    app.keys("Znever");
    assert!(app.press(KeyCode::Enter).is_empty());
    assert!(app.model.toast.as_ref().unwrap().text.contains("is no day"));
    app.press(KeyCode::Esc);
    assert_eq!((app.model.mode(), names(&app).len()), (Mode::Normal, 3));
}

#[test]
fn what_is_put_off_is_what_was_chosen_although_the_list_changes_meanwhile() {
    let mut app = opened();
    app.keys("Z3d");
    let mut others = page();
    others.items.retain(|item| item.id.as_str() != "acme0001");
    app.tell(Message::AttentionLoaded(Ok(others)));
    assert_eq!(app.press(KeyCode::Enter), []);
    assert!(app.model.toast.as_ref().unwrap().text.contains("no longer on the list"), "{:?}", app.model.toast);
}

#[test]
fn timeline_changes_and_notes_are_about_the_customer_of_the_row() {
    let mut app = opened();
    app.keys("j");
    let row = app.model.selected().unwrap().id.clone();
    assert_ne!(Some(&row), app.model.book.selected().map(|of_book| &of_book.id));
    let as_of = app.model.settings.as_of;
    assert_eq!(app.keys("H"), [Effect::LoadTimeline { customer: row, as_of }]);
}

#[test]
fn x_explains_the_priority_by_its_factors() {
    let mut app = opened();
    app.keys("x");
    assert_snapshot!("why_80x24", draw::text(&mut app, 80, 24));
    app.keys("x");
    assert_eq!(app.model.mode(), Mode::Normal);
}

#[test]
fn the_time_cuts_the_list_and_what_was_done_has_taken_its_part() {
    let mut app = opened_with(hours("40m"));
    assert_eq!(names(&app), ["Acme Corp", "Globex"], "20 and 15 minutes");
    let screen = draw::text(&mut app, 80, 24);
    assert!(screen.contains("Today 2 of 4 · 40 min") && screen.contains("left for another day: 2, $36k"), "{screen}");
    app.keys("D");
    assert_eq!(names(&app), ["Acme Corp"], "of 20 minutes that are left the next item takes 15");
}

#[test]
fn a_failure_and_an_empty_day_say_what_to_do() {
    let mut app = App::opening();
    app.tell(Message::BookLoaded(Ok(data::page(data::book()))));
    app.tell(Message::AttentionLoaded(Err(data::failure())));
    assert!(draw::text(&mut app, 80, 24).contains("Press R to try again, B for"));
    let mut app = opened();
    app.tell(Message::AttentionLoaded(Err(data::failure())));
    assert!(draw::text(&mut app, 80, 24).contains("not up to date"));
    app.tell(Message::AttentionLoaded(Ok(Attention { items: Vec::new(), ..page() })));
    assert!(draw::text(&mut app, 80, 24).contains("Nothing waits."));
    for key in ["D", "Z", "x"] {
        assert!(app.keys(key).is_empty());
        assert!(app.model.toast.take().unwrap().text.contains("no item"), "{key}");
    }
}

#[test]
fn asking_what_to_work_on_leads_to_the_same_list() {
    for question in ["what should I work on today?", "who needs attention?", "Which customers should I call first?"] {
        let mut app = App::open();
        app.tell(Message::AttentionLoaded(Ok(page())));
        assert!(app.ask(question).is_empty(), "{question}");
        assert_eq!(app.model.lens, Lens::Today, "{question}");
    }
    for question in ["what should I work on today at Acme?", "who renews first?", "top 5 by ARR"] {
        let mut app = App::open();
        app.ask(question);
        assert_eq!(app.model.lens, Lens::Book, "{question}");
    }
}
