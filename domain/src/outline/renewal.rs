//! The renewal brief, for the CSM alone: the days that count, who decides, what stands in the way, what to ask for, and
//! what to fall back on.

use chrono::{Months, NaiveDate};
use contracts::{
    Line,
    delivery::Contact,
    facts::Priority,
    health::Risk,
    reading::{Knowledge, Value},
    tools::{Edition, QbrOutline},
};

use super::{Point, Reader, section};
use crate::{
    case::Case,
    facts::find,
    occasion::{Renewal, open},
    thresholds::{NO_TOUCH_DAYS, SEATS_IDLE_BP, SEATS_NEARLY_FULL_BP},
    words::{count, date, distance, money, sentence},
};

/// How many tickets are named as what is broken.
const MOST_TICKETS: usize = 3;

/// The risk whose tickets are named.
const BROKEN: &str = "Something is broken";

/// How many people are named beside the main contact.
const MOST_PEOPLE: usize = 6;

/// The brief; `None` where no renewal date is known.
pub fn brief(case: &Case) -> Option<QbrOutline> {
    let renewal = Renewal::of(case)?;
    let reader = Reader { case, edition: Edition::Internal };
    let sections = [
        ("Timeline", timeline(reader, renewal)),
        ("Who decides", deciders(reader)),
        ("Risks", risks(reader)),
        ("The ask", vec![ask(case, renewal)]),
        ("The fallback", fallback(reader, renewal)),
    ];
    let sections = sections.into_iter().filter_map(|(title, points)| section(title, points)).collect();
    let on = if renewal.days == 0 { String::new() } else { format!("on {}, ", date(renewal.date)) };
    let title = format!("{}: renewal {on}{}", case.name, distance(renewal.days));
    Some(QbrOutline { title: Line::new(&title), sections, review: None })
}

/// The days that count, in their order, each with how far away it is.
fn timeline(reader: Reader<'_>, renewal: Renewal) -> Vec<Point> {
    let case = reader.case;
    let is_past = renewal.days < 0;
    let ends = match (renewal.automatic, is_past) {
        (true, true) => "it was to renew by itself; look whether it did",
        (true, false) => "it renews by itself",
        (false, true) => "it was due, and nothing says that it was settled",
        (false, false) => "it is up for renewal",
    };
    let follow_up = case.activity.known().and_then(|activity| activity.follow_ups.first()?.follow_up);
    let notice = find("contract.notice_by").map(|fact| fact.get(case));
    let notice = match notice.as_ref().and_then(|notice| notice.known()) {
        Some(Value::Date(day)) => Some((*day, "last day to give notice")),
        _ => None,
    };
    let decided = match (renewal.automatic, renewal.notice_by) {
        _ if is_past => None,
        (true, None) => None,
        (true, Some(_)) => Some("what is to change should be said"),
        (false, _) => Some("the decision should be there"),
    };
    let decided = decided.map(|what| (renewal.decide_by(case.as_of), what));
    let mut days: Vec<_> = [
        Some((renewal.from(), "time to open the talk")),
        follow_up.map(|follow_up| (follow_up.due, "a follow-up is due")),
        decided,
        notice,
        Some((renewal.date, ends)),
    ]
    .into_iter()
    .flatten()
    .collect();
    days.sort_by_key(|(day, _)| *day);
    let told = |(day, what): (NaiveDate, &str)| {
        let on = if day == case.as_of {
            "Today".to_owned()
        } else {
            format!("{} ({})", date(day), distance(-case.days_since(day)))
        };
        Point::plain(format!("{on}: {what}."))
    };
    let days = days.into_iter().map(told);
    days.chain(reader.point("activity.last_touch")).collect()
}

fn deciders(reader: Reader<'_>) -> Vec<Point> {
    let known = reader.points(&["contact.primary", "contact.role", "customer.owner"]);
    let people = reader.case.contact.any().into_iter().chain(&reader.case.others);
    let find_out = match people.into_iter().find_map(|person| person.role.as_ref()) {
        Some(_) => "Find out who signs, and who can stop it.",
        None => "Nobody's role is on record: find out who decides, who signs, and who can stop it.",
    };
    let named = |person: &Contact| {
        let name = person.name.as_ref()?;
        Some(person.role.as_ref().map_or_else(|| name.to_string(), |role| format!("{name} ({role})")))
    };
    let others: Vec<_> = reader.case.others.iter().filter_map(named).take(MOST_PEOPLE).collect();
    let others = (!others.is_empty()).then(|| Point::plain(format!("Also on record: {}.", others.join("; "))));
    known.into_iter().chain(others).chain([Point::plain(find_out)]).collect()
}

/// Each risk with its evidence. That nothing is known of something is one, too.
fn risks(reader: Reader<'_>) -> Vec<Point> {
    let case = reader.case;
    let is = |id: &str, value: &Value| value_of(case, id).is_some_and(|known| known == *value);
    let counts = |id: &str| matches!(value_of(case, id), Some(Value::Count(1..)));
    let trend = |word: &str| is("usage.trend", &Value::Choice(word.into()));
    let risk = |risk: Risk| is("health.risk", &Value::Choice(risk.as_str().into()));
    let is_idle = matches!(value_of(case, "usage.per_seat"), Some(Value::Share(..SEATS_IDLE_BP)));
    let is_lonely = matches!(value_of(case, "activity.days_since_last_touch"), Some(Value::Days(NO_TOUCH_DAYS..)));
    let found = [
        (BROKEN, "tickets.urgent", counts("tickets.urgent")),
        ("Something takes long", "tickets.oldest_days", counts("tickets.high") || counts("tickets.urgent")),
        ("The same thing came again", "tickets.recurring", true),
        ("Use has stopped", "usage.silent", trend("silent")),
        ("Usage falls", "usage.change", trend("down")),
        ("Seats lie idle", "usage.per_seat", is_idle),
        ("The score is low", "health.score", risk(Risk::High)),
        ("Nobody was in touch", "activity.last_touch", is_lonely),
    ];
    let with_evidence = found.into_iter().filter(|(.., is_one)| *is_one).filter_map(|(risk, fact, _)| {
        let point = reader.point(fact)?;
        let evidence = reader.clause(fact)?;
        let which = (risk == BROKEN).then(|| broken(case)).flatten().unwrap_or_default();
        Some(Point { text: format!("{risk}: {evidence}{which}."), ..point })
    });
    let touched = case.activity.any().and_then(|activity| activity.last_touch);
    let unknown = [
        ("how they use it", case.usage.known().is_none()),
        ("what is open with support", case.tickets.known().is_none()),
        ("who was in touch with them", touched.is_none()),
    ];
    let unknown = unknown.into_iter().filter(|(_, is_unknown)| *is_unknown);
    let unknown = unknown.map(|(what, _)| Point::plain(format!("Not known, and so a risk: {what}.")));
    let risks: Vec<_> = with_evidence.chain(unknown).collect();
    if risks.is_empty() { vec![Point::plain("None is on record.")] } else { risks }
}

/// The urgent tickets by their subjects: `, “Export fails” since 10 Nov 2026`.
fn broken(case: &Case) -> Option<String> {
    let urgent = open(case).filter(|ticket| ticket.priority == Priority::Urgent);
    let named =
        urgent.filter_map(|ticket| Some(format!("“{}” since {}", ticket.subject.as_ref()?, date(ticket.opened_on))));
    let named: Vec<_> = named.take(MOST_TICKETS).collect();
    (!named.is_empty()).then(|| format!(", {}", named.join(", ")))
}

fn ask(case: &Case, renewal: Renewal) -> Point {
    // Of several contracts the one that renews is asked about, and not what they all come to.
    let contract = case.contract.any().map(|contract| &contract.main);
    let arr = contract.and_then(|contract| contract.arr.as_ref());
    let seats = contract.and_then(|contract| contract.seats);
    let plan = contract.and_then(|contract| contract.plan.as_ref());
    let terms = [
        arr.map(|arr| format!("{} a year", money(arr))),
        plan.map(|plan| format!("plan {plan}")),
        seats.map(|seats| count(seats.into(), "seat")),
    ];
    let terms = terms.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let terms = if terms.is_empty() { terms } else { format!(" ({terms})") };
    Point::plain(match (renewal.automatic, renewal.days) {
        (true, ..0) => "A word on whether it went through, the invoice included.".to_owned(),
        (true, _) => format!("That it goes on as it is{terms}; nothing has to be signed."),
        (false, ..0) => format!("Where it stands: signed, or what is in the way{terms}."),
        (false, _) => format!("A decision by {}{terms}.", date(renewal.decide_by(case.as_of))),
    })
}

/// What the data has to offer, and then time.
fn fallback(reader: Reader<'_>, renewal: Renewal) -> Vec<Point> {
    let share = value_of(reader.case, "usage.per_seat");
    let seats = match share {
        Some(Value::Share(..SEATS_IDLE_BP)) => Some("Fewer seats rather than none"),
        Some(Value::Share(SEATS_NEARLY_FULL_BP..)) => Some("More seats, if the price is the question"),
        _ => None,
    };
    let evidence = reader.clause("usage.per_seat");
    let seats = seats.zip(evidence).map(|(what, evidence)| Point::plain(sentence(&format!("{what}: {evidence}"))));
    let later = renewal.date.checked_add_months(Months::new(1)).filter(|_| !renewal.automatic && renewal.days >= 0);
    let time = later.map(|day| {
        Point::plain(format!("The same terms until {}, in writing, so that nothing ends while you talk.", date(day)))
    });
    let notice = renewal.notice_by.filter(|_| renewal.automatic);
    let notice = notice.map(|day| Point::plain(format!("Other terms rather than notice, agreed on by {}.", date(day))));
    let points: Vec<_> = [seats, time, notice].into_iter().flatten().collect();
    let none = match (renewal.automatic, renewal.days) {
        (true, 0..) => "It renews by itself; should they mean to end it, ask what they need instead.",
        _ => "Nothing on record says what they would take instead: ask what they need.",
    };
    if points.is_empty() { vec![Point::plain(none)] } else { points }
}

/// What is known of a fact and fresh.
fn value_of(case: &Case, id: &str) -> Option<Value> {
    match find(id)?.get(case) {
        Knowledge::Known { value, .. } => Some(value),
        Knowledge::Stale { .. } | Knowledge::Missing => None,
    }
}
