//! What was done with a customer, and what is owed to it.

use contracts::{
    activity::{ActivityKind, ActivityRow, FollowUp},
    reading::{Knowledge, Value},
};
use domain::{case::Case, facts::find};
use proptest::prelude::*;

use crate::given::{TODAY, activity, case, day, delivered, full_case, nobody, says};

fn with(rows: Vec<ActivityRow>, as_of: &str) -> Case {
    let mut customer = nobody();
    customer.activity = rows;
    case(&customer, None, &delivered(TODAY), as_of)
}

fn value(case: &Case, id: &str) -> Option<Value> {
    find(id).expect("a fact").get(case).known().cloned()
}

fn about(case: &Case, id: &str) -> Option<String> {
    says(case, id).0
}

#[test]
fn a_call_a_meeting_and_an_email_are_touches_and_neither_a_note_nor_a_sending_is() {
    for kind in ActivityKind::ALL {
        let case = with(vec![activity("a", kind, "2026-11-10", None, None)], TODAY);
        let touch = [ActivityKind::Call, ActivityKind::Meeting, ActivityKind::Email]
            .contains(&kind)
            .then(|| Value::Date(day("2026-11-10")));
        assert_eq!(value(&case, "activity.last_touch"), touch, "{}", kind.as_str());
    }
}

#[test]
fn of_a_customer_with_nothing_but_sendings_no_activity_is_known() {
    for kind in [ActivityKind::Prepared, ActivityKind::Sent, ActivityKind::Unknown] {
        let case = with(vec![activity("a", kind, "2026-11-10", None, None)], TODAY);
        assert!(matches!(case.activity, Knowledge::Missing), "{}", kind.as_str());
    }
}

#[test]
fn activity_is_said_about_the_customer_and_never_to_it() {
    let case = full_case();
    let table = [
        ("activity.last_touch", "the last touch was a call on 30 Oct 2026"),
        ("activity.days_since_last_touch", "the last touch was 21 days ago"),
        ("activity.talked_about", "the note of the last touch says “send the order form”"),
        ("activity.open_follow_ups", "1 follow-up is open"),
        ("activity.next_follow_up", "a follow-up is due on 25 Nov 2026: “send the order form”"),
        ("activity.agreed", "it was agreed on 30 Oct 2026: “two years at the same price”"),
    ];
    for (id, words) in table {
        assert_eq!(says(&case, id), (Some(words.to_owned()), None), "{id}");
    }
}

#[test]
fn a_follow_up_is_open_until_the_day_it_is_closed_and_overdue_from_the_day_after_it_was_due() {
    let mut row = activity("a", ActivityKind::Email, "2026-11-10", None, Some("2026-11-15"));
    let open = |row: &ActivityRow, on: &str| about(&with(vec![row.clone()], on), "activity.open_follow_ups");
    assert_eq!(open(&row, "2026-11-15").as_deref(), Some("1 follow-up is open"));
    assert_eq!(open(&row, "2026-11-16").as_deref(), Some("1 follow-up is open, 1 overdue"));
    row.activity.follow_up = Some(FollowUp { due: day("2026-11-15"), closed_on: Some(day("2026-11-18")) });
    assert_eq!(open(&row, "2026-11-17").as_deref(), Some("1 follow-up is open, 1 overdue"));
    assert_eq!(open(&row, "2026-11-18").as_deref(), Some("no follow-ups are open"));
    let due = about(&with(vec![row], "2026-11-16"), "activity.next_follow_up");
    assert_eq!(due.as_deref(), Some("a follow-up was due on 15 Nov 2026: “send the order form”"));
}

#[test]
fn what_is_noted_for_a_later_day_is_not_known_yet() {
    let rows = vec![activity("a", ActivityKind::Meeting, "2026-11-21", Some("more seats"), Some("2026-12-01"))];
    let case = with(rows, TODAY);
    assert_eq!(case.activity, Knowledge::Missing);
    assert_eq!(about(&case, "activity.open_follow_ups"), None, "nothing noted is not nothing owed");
}

#[test]
fn a_long_follow_up_is_said_by_the_beginning_of_its_first_line() {
    let mut row = activity("a", ActivityKind::Note, "2026-11-10", None, Some("2026-11-25"));
    row.activity.text = format!("{}\nsecond line", "x".repeat(300)).as_str().into();
    let words = about(&with(vec![row], TODAY), "activity.next_follow_up").expect("it is due");
    assert_eq!(words, format!("a follow-up is due on 25 Nov 2026: “{}”", "x".repeat(200)));
}

proptest! {
    #[test]
    fn the_order_of_rows_does_not_matter(order in Just([0_usize, 1, 2, 3]).prop_shuffle()) {
        let rows = [
            activity("a", ActivityKind::Call, "2026-11-01", Some("first"), Some("2026-11-30")),
            activity("b", ActivityKind::Meeting, "2026-11-09", Some("second"), None),
            activity("c", ActivityKind::Note, "2026-11-12", None, Some("2026-11-22")),
            activity("d", ActivityKind::Email, "2026-11-09", None, None),
        ];
        let case = with(order.map(|at| rows[at].clone()).to_vec(), TODAY);
        prop_assert_eq!(&case, &with(rows.to_vec(), TODAY));
        prop_assert_eq!(value(&case, "activity.last_touch"), Some(Value::Date(day("2026-11-09"))));
        prop_assert_eq!(value(&case, "activity.next_follow_up"), Some(Value::Date(day("2026-11-22"))));
        prop_assert_eq!(value(&case, "activity.open_follow_ups"), Some(Value::Count(2)));
        prop_assert_eq!(value(&case, "activity.agreed"), Some(Value::Text("second".into())));
    }
}
