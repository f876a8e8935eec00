//! What to do next: a table of rules, each looking at one condition of the customer.

use chrono::{NaiveDate, TimeDelta};
use contracts::{
    Line,
    block::By,
    facts::{Priority, Trend},
    health::{Contribution, HealthInput, HealthPart, Risk, Signal, Why},
    occasion::{About, Due},
    planner::{Action, PlannerResult, Urgency},
    reading::Value,
};
use domain::{
    occasion::{last_working_day_before, working_days_after},
    thresholds::{
        FORGOTTEN_TICKET_DAYS, RENEWAL_FAR_DAYS, RENEWAL_IN_SIGHT_DAYS, RENEWAL_NEAR_DAYS, RENEWAL_PRESSING_DAYS,
        SHARP_FALL_BP, TICKETS_FOR_A_PLAN,
    },
};

use super::{Case, size::Size, summary};
use crate::words;

type Rule = fn(&Case<'_>) -> Option<Action>;

/// A rule, and what doing what it asks for comes to.
struct Row {
    rule: Rule,
    /// How many minutes it takes for a customer of the usual size.
    minutes: u32,
    /// With whom it is done.
    with: With,
}

/// With whom something is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum With {
    /// In the house.
    Us,
    /// With somebody of the customer's.
    Them,
    /// With them, and while the contract can be changed.
    ThemInTime,
}

const fn us(minutes: u32, rule: Rule) -> Row {
    Row { rule, minutes, with: With::Us }
}

const fn with_them(minutes: u32, rule: Rule) -> Row {
    Row { rule, minutes, with: With::Them }
}

const fn in_time(minutes: u32, rule: Rule) -> Row {
    Row { rule, minutes, with: With::ThemInTime }
}

/// The rules. Among actions of the same urgency the order here decides.
const RULES: [Row; 19] = [
    with_them(30, renewal_overdue),
    us(15, renewal_to_verify),
    us(30, urgent_tickets),
    us(30, revenue_at_risk),
    in_time(30, renewal_pressing),
    with_them(30, silent),
    with_them(30, usage_down),
    with_them(60, high_risk),
    us(20, high_tickets),
    in_time(30, renewal_near),
    us(40, many_tickets),
    us(20, stale_ticket),
    us(10, task_document),
    with_them(30, medium_risk),
    us(20, find_out),
    in_time(30, renewal_in_sight),
    with_them(20, usage_up),
    with_them(20, low_risk),
    in_time(30, renewal_ahead),
];

/// The actions of every rule that applies to what is fresh, most urgent first, each text once, seven at most; each with
/// who sees to it, by when, and how long it takes. For those who have left there is nothing to do.
pub(super) fn actions(case: &Case<'_>) -> Vec<Action> {
    let case = case.fresh();
    if case.has_left() {
        return Vec::new();
    }
    let size = Size::of(&case);
    let (owner, contact) = (case.text("customer.owner"), case.text("contact.primary"));
    let mut actions: Vec<Action> = Vec::new();
    for Row { rule, minutes, with } in RULES {
        if let Some(action) = rule(&case)
            && actions.iter().all(|known| known.text != action.text)
        {
            let (urgency, due) = due(&case, action.urgency, with);
            actions.push(Action {
                urgency,
                who: contact.filter(|_| with != With::Us).cloned(),
                owner: owner.cloned(),
                due: Some(due),
                minutes: Some(size.minutes(minutes)),
                ..action
            });
        }
    }
    actions.sort_by_key(|action| (action.urgency, action.due));
    actions.truncate(PlannerResult::MAX_ACTIONS);
    actions
}

/// How soon, and the last working day of that; sooner where the contract could not be changed any more by then.
fn due(case: &Case<'_>, urgency: Urgency, with: With) -> (Urgency, NaiveDate) {
    let end = |urgency| match urgency {
        Urgency::Today => case.as_of,
        Urgency::ThisWeek => working_days_after(case.as_of, 5),
        Urgency::ThisMonth => working_days_after(case.as_of, 20),
        Urgency::ThisQuarter => working_days_after(case.as_of, 60),
    };
    let Some(last) = last_day(case).filter(|_| with == With::ThemInTime) else { return (urgency, end(urgency)) };
    let soonest = [Urgency::Today, Urgency::ThisWeek, Urgency::ThisMonth];
    let urgency = soonest.into_iter().find(|&soon| end(soon) >= last).unwrap_or(urgency).min(urgency);
    (urgency, end(urgency).min(last))
}

/// The last day on which the contract can be changed: that of notice, or the working day before it renews; today where that
/// was it.
fn last_day(case: &Case<'_>) -> Option<NaiveDate> {
    let notice = match case.known("contract.notice_by") {
        Some(Value::Date(notice)) => Some(*notice).filter(|notice| *notice >= case.as_of),
        _ => None,
    };
    let renews = || {
        let scored = || case.scored_renewal().map(|(days, _)| days);
        let days = case.days_to_renewal().or_else(scored).filter(|days| *days >= 0)?;
        let renewal = case.as_of.checked_add_signed(TimeDelta::try_days(days)?)?;
        Some(last_working_day_before(renewal).max(case.as_of))
    };
    notice.or_else(renews)
}

fn action(urgency: Urgency, text: impl AsRef<str>, because: impl AsRef<str>) -> Option<Action> {
    let (text, because) = (Line::new(text.as_ref()), Line::new(because.as_ref()));
    Some(Action { text, by: By::Program, urgency, who: None, owner: None, due: None, minutes: None, because })
}

fn urgent_tickets(case: &Case<'_>) -> Option<Action> {
    let because = tickets_of(case, Priority::Urgent)?;
    let text = format!("Get an owner and a date for every urgent ticket, and tell {}.", case.name);
    action(Urgency::Today, text, because)
}

fn high_tickets(case: &Case<'_>) -> Option<Action> {
    let because = tickets_of(case, Priority::High)?;
    let text = "Agree with support when the high-priority tickets will be solved.";
    action(Urgency::ThisWeek, text, because)
}

/// `2 urgent tickets are open, first of them T-12 “Export fails” since 10 Nov 2026`; names the first one that the report
/// lists.
fn tickets_of(case: &Case<'_>, priority: Priority) -> Option<String> {
    let tickets = case.tickets?;
    let open = Some(tickets.by_priority.of(priority)).filter(|&open| open > 0)?;
    let says = case.says(&format!("tickets.{}", priority.as_str()))?;
    let example = tickets.recent.iter().find(|ticket| ticket.priority == priority && ticket.closed_on.is_none());
    Some(match example {
        Some(ticket) => {
            let subject = ticket.subject.as_ref().map(|subject| format!(" “{subject}”")).unwrap_or_default();
            let which = if open == 1 { ":" } else { ", first of them" };
            format!("{says}{which} {}{subject} since {}", ticket.id, words::date(ticket.opened_on))
        }
        None => says.to_owned(),
    })
}

fn many_tickets(case: &Case<'_>) -> Option<Action> {
    let tickets = case.tickets.filter(|tickets| tickets.open >= TICKETS_FOR_A_PLAN)?;
    let text = format!("Go through all open tickets with support and send {} one update on them.", case.name);
    let priorities = words::priorities(tickets.by_priority);
    action(Urgency::ThisWeek, text, format!("{} ({priorities})", case.says("tickets.open")?))
}

fn stale_ticket(case: &Case<'_>) -> Option<Action> {
    let opened = case.tickets?.oldest_open?;
    let days = case.as_of.signed_duration_since(opened).num_days();
    let because = case.says("tickets.oldest_days").filter(|_| days > FORGOTTEN_TICKET_DAYS)?;
    let is_a_wish = case.tickets?.by_priority.total() == case.tickets?.by_priority.low;
    let text = match is_a_wish {
        true => "Say whether the oldest open request will be done.",
        false => "Have the oldest open ticket solved, or say when it will be.",
    };
    action(Urgency::ThisWeek, text, because)
}

fn silent(case: &Case<'_>) -> Option<Action> {
    let is_silent = |part: &Contribution| part.input == HealthInput::Usage(Trend::Silent);
    let because = match case.usage {
        Some(usage) => case.says("usage.trend").filter(|_| usage.trend == Some(Trend::Silent))?,
        None => case.health?.contributions.iter().any(is_silent).then_some("usage trend silent")?,
    };
    let text = format!("Call {} and ask what happened: the product is not used any more.", case.champion());
    action(Urgency::Today, text, because)
}

fn usage_down(case: &Case<'_>) -> Option<Action> {
    case.usage.filter(|usage| usage.trend == Some(Trend::Down))?;
    let sharp = matches!(case.known("usage.change"), Some(Value::Share(change)) if *change <= -SHARP_FALL_BP);
    let urgency = if sharp { Urgency::Today } else { Urgency::ThisWeek };
    let text = format!("Call {} and find out why usage fell.", case.champion());
    action(urgency, text, moved(case)?)
}

fn usage_up(case: &Case<'_>) -> Option<Action> {
    case.usage.filter(|usage| usage.trend == Some(Trend::Up) && case.goes_well())?;
    let text = format!("Ask {} what drives the growth, and whether more seats or teams would help.", case.them());
    action(Urgency::ThisQuarter, text, moved(case)?)
}

/// What usage did: by how much, where that can be said.
fn moved<'a>(case: &Case<'a>) -> Option<&'a str> {
    case.says("usage.change").or_else(|| case.says("usage.trend"))
}

fn renewal_overdue(case: &Case<'_>) -> Option<Action> {
    let because = match case.days_to_renewal() {
        Some(0..) => return None,
        Some(_) => case.renewal()?,
        None => renewal_signal(case, Signal::RenewalOverdue)?,
    };
    let text = format!("Settle with {} how it goes on: the renewal is past due.", case.them());
    action(Urgency::Today, text, because).filter(|_| !case.renews_by_itself())
}

/// One that should have gone through by itself is looked up and not asked about.
fn renewal_to_verify(case: &Case<'_>) -> Option<Action> {
    case.days_to_renewal().filter(|&days| days < 0 && case.renews_by_itself())?;
    action(Urgency::Today, format!("Check that the renewal of {} went through.", case.name), case.renewal()?)
}

fn renewal_pressing(case: &Case<'_>) -> Option<Action> {
    let because = renewal_in(case, 0, RENEWAL_PRESSING_DAYS)?;
    let text = match case.contract?.auto_renew {
        Some(true) => format!("Confirm with {} that the automatic renewal stands.", case.them()),
        Some(false) | None => format!("Send {} the renewal papers and agree on a day of signing.", case.them()),
    };
    action(Urgency::Today, text, because)
}

fn renewal_near(case: &Case<'_>) -> Option<Action> {
    let because = match case.days_to_renewal() {
        Some(_) => renewal_in(case, RENEWAL_PRESSING_DAYS + 1, RENEWAL_NEAR_DAYS)?,
        None => renewal_signal(case, Signal::RenewalNear)?,
    };
    let text = match case.renews_by_itself() {
        true => format!("Ask {} whether anything should change before the renewal.", case.them()),
        false => format!("Book the renewal call with {} and send the terms.", case.them()),
    };
    action(Urgency::ThisWeek, text, because)
}

fn renewal_in_sight(case: &Case<'_>) -> Option<Action> {
    let because = renewal_in(case, RENEWAL_NEAR_DAYS + 1, RENEWAL_IN_SIGHT_DAYS)?;
    let text = match case.renews_by_itself() {
        true => format!("Go through with {} what should change before the renewal.", case.them()),
        false => format!("Open the renewal talk with {}: who decides, and on what budget.", case.them()),
    };
    action(Urgency::ThisMonth, text, because)
}

fn renewal_ahead(case: &Case<'_>) -> Option<Action> {
    let because = renewal_in(case, RENEWAL_IN_SIGHT_DAYS + 1, RENEWAL_FAR_DAYS)?;
    let text = format!("Agree with {} on the results to show before the renewal.", case.them());
    action(Urgency::ThisQuarter, text, because)
}

/// The renewal in words, where it is `from` to `to` days away.
fn renewal_in(case: &Case<'_>, from: i64, to: i64) -> Option<String> {
    case.days_to_renewal().filter(|days| (from..=to).contains(days))?;
    case.renewal()
}

/// The renewal as the score saw it, for tasks that do not read the contract.
fn renewal_signal(case: &Case<'_>, signal: Signal) -> Option<String> {
    let health = case.health.filter(|health| case.contract.is_none() && health.signals.contains(&signal))?;
    let part = health.contributions.iter().find(|part| part.part() == HealthPart::DaysToRenewal)?;
    Some(format!("{}: {}", part.part().label(), domain::health::words::input(part.input)))
}

fn revenue_at_risk(case: &Case<'_>) -> Option<Action> {
    let score = case.health.filter(|health| health.risk == Risk::High && Size::of(case) != Size::Small)?.score?;
    let Value::Money(arr) = case.known("contract.arr")? else { return None };
    let is_paid = arr.iter().any(|arr| arr.minor > 0);
    case.days_to_renewal().filter(|&days| is_paid && days <= RENEWAL_IN_SIGHT_DAYS)?;
    let text = format!("Bring {} to your account review: revenue is at stake.", case.name);
    let because = format!("{} a year at high risk (score {score}): {}", words::moneys(arr), case.renewal()?);
    action(Urgency::Today, text, because)
}

fn high_risk(case: &Case<'_>) -> Option<Action> {
    let text = match Size::of(case) {
        Size::Small => {
            format!("Agree with {} on the one thing that would help most, and on a day for it.", case.them())
        }
        Size::Usual => format!("Agree on a rescue plan with {}: one owner, and dates.", case.them()),
        Size::Large => {
            format!("Agree on a rescue plan with {}: one owner, dates, and a sponsor on both sides.", case.them())
        }
    };
    action(Urgency::ThisWeek, text, standing(case, Risk::High)?)
}

fn medium_risk(case: &Case<'_>) -> Option<Action> {
    let text = format!("Agree with {} on one goal for the coming weeks.", case.them());
    action(Urgency::ThisMonth, text, standing(case, Risk::Medium)?)
}

fn low_risk(case: &Case<'_>) -> Option<Action> {
    let because = standing(case, Risk::Low).filter(|_| case.goes_well())?;
    let text = format!("Ask {} for a reference or a success story while things go well.", case.them());
    action(Urgency::ThisQuarter, text, because)
}

/// The score and what it lacks most, where the customer is in this band.
fn standing(case: &Case<'_>, risk: Risk) -> Option<String> {
    let health = case.health.filter(|health| health.risk == risk)?;
    let band = format!("score {}", words::standing(health));
    Some(match summary::shortfalls(health).first() {
        Some(&(part, short)) => format!("{band}; weakest: {}", summary::cost(part, short)),
        None => band,
    })
}

/// One action for all that is missing or too old.
fn find_out(case: &Case<'_>) -> Option<Action> {
    let health = case.health.filter(|health| !health.gaps.is_empty())?;
    let asked = health.gaps.iter().map(|gap| match gap.part {
        HealthPart::UsageTrend => "which way usage moves",
        HealthPart::OpenTickets => "how many tickets are open",
        HealthPart::DaysToRenewal => "when the next renewal is",
    });
    let mut text = format!("Find out for {}: {}", case.name, words::list(&asked.collect::<Vec<_>>()));
    let mut stopped: Vec<_> = health.gaps.iter().filter_map(|gap| last_told(&gap.why)).collect();
    stopped.dedup();
    match stopped.is_empty() {
        true => text.push('.'),
        false => text.push_str(&format!("; {}.", words::list(&stopped))),
    }
    let because =
        format!("only {} of 100 weights of the score known; not known: {}", health.coverage, words::gaps(health));
    let urgency = if health.risk == Risk::Unknown { Urgency::ThisWeek } else { Urgency::ThisMonth };
    action(urgency, text, because)
}

/// Which source has stopped telling, and when.
fn last_told(why: &Why) -> Option<String> {
    match why {
        Why::Stale { source } => Some(format!("{} told last on {}", source.origin, words::date(source.as_of))),
        Why::Missing | Why::TooFew | Why::RenewsByItself { .. } => None,
    }
}

/// What the task itself made: to be checked and used. A draft that should wait asks for nothing.
fn task_document(case: &Case<'_>) -> Option<Action> {
    match (case.email, case.qbr) {
        (Some(draft), _) if draft.hold().is_none() => {
            let text = format!("Read the draft to {} through, and send it.", case.name);
            let about = draft.occasion.as_ref().map(|occasion| &occasion.about);
            let is_pressing = match about {
                Some(About::Incident { .. }) => true,
                Some(About::Renewal { due, .. }) => *due <= Due::Pressing,
                // It says in how many days that is.
                Some(About::AutomaticRenewal { days, .. }) => *days <= RENEWAL_PRESSING_DAYS,
                _ => false,
            };
            let urgency = if is_pressing { Urgency::Today } else { Urgency::ThisWeek };
            action(urgency, text, format!("drafted: {}", draft.subject))
        }
        (None, Some(outline)) => {
            let text = format!("Book the QBR with {} and go through the outline beforehand.", case.name);
            action(Urgency::ThisMonth, text, format!("outlined: {}", outline.title))
        }
        _ => None,
    }
}
