//! Whether a language can write every letter: each phrase is filled in with all that there may be, and with as little.

use chrono::NaiveDate;
use contracts::{
    Line,
    occasion::{About, Also, Ask, Change, Due, Fall, Lasted, Mentioned, Occasion, Waited},
    review::{Given, Saying},
};
use minijinja::context;

use super::{Language, LanguageError, Register, Voice, filled::Filled, review};

const DAY: NaiveDate = NaiveDate::MIN;

/// Fills in every phrase, in both registers.
pub(super) fn try_all(language: &Language) -> Result<(), LanguageError> {
    for register in [Register::Formal, Register::Informal] {
        for about in occasions() {
            try_letter(about, register, language)?;
        }
        for row in &review::PHRASES {
            try_review(row, register, language)?;
        }
        for key in ["greeting.named", "greeting.team", "closing.sign_off"] {
            language.say(key, register, context! { name => "", customer => "" })?;
        }
    }
    Ok(())
}

/// With all that may be there and with as little; with nothing, one and several of what is counted.
fn try_review(row: &review::Row, register: Register, language: &Language) -> Result<(), LanguageError> {
    let all: Vec<_> = row.always.iter().chain(row.perhaps).copied().collect();
    for names in [row.always, &all] {
        for count in 0..3 {
            let given = names.iter().map(|name| ((*name).to_owned(), Given::Count(count))).collect();
            language.saying(&Saying { phrase: row.name.into(), given }, DAY, register)?;
        }
    }
    Ok(())
}

fn try_letter(about: About, register: Register, language: &Language) -> Result<(), LanguageError> {
    let also = vec![Also::Tickets { open: 1 }, Also::Tickets { open: 2 }, Also::Silence, Also::Decline];
    let occasion = Occasion { about, ask: Ask::Reply, next_on: Some(DAY), also, hold: None, statements: Vec::new() };
    for product in [Some("Product".into()), None] {
        let voice = Voice { register, product, ..Voice::default() };
        let filled = Filled::of(&occasion, &Line::default(), DAY, &voice, language)?;
        for part in ["subject", "opening", "next", "ask", "warm"] {
            filled.say(part)?;
        }
        filled.also(&occasion)?;
    }
    Ok(())
}

/// An occasion for every letter, with all that may be there and without what may be missing.
fn occasions() -> Vec<About> {
    let tickets = [Some("Import"), None].map(|subject| Mentioned { subject: subject.map(Line::new), opened_on: DAY });
    let changes = [(Some("logins"), true), (None, false)].map(|(metric, seasonal)| Change {
        metric: metric.map(Line::new),
        days: seasonal.then_some(28),
        before: 2.0,
        recent: 1.0,
        seasonal,
    });
    let mut all = vec![
        About::Silence { lasted: Lasted::Weeks },
        About::Silence { lasted: Lasted::Months },
        About::Recurred { subject: Line::new("Import"), times: 3, open: true },
        About::Recurred { subject: Line::new("Import"), times: 3, open: false },
        About::Hello { touched: Some(DAY) },
        About::Hello { touched: None },
    ];
    for (notice_by, several) in [(Some(DAY), false), (None, true)] {
        let due =
            [(Due::Overdue, -1), (Due::Now, 0), (Due::Now, 2), (Due::Pressing, 20), (Due::Ahead, 50), (Due::Far, 200)];
        all.extend(due.map(|(due, days)| About::Renewal { date: DAY, days, due, notice_by, several }));
        all.extend([-1, 0, 20, 200].map(|days| About::AutomaticRenewal { date: DAY, days, notice_by, several }));
    }
    for ticket in tickets {
        for (others, open) in [
            (0, Waited::Days),
            (1, Waited::Week),
            (2, Waited::TooLong),
            (2, Waited::Days),
            (0, Waited::Week),
            (0, Waited::TooLong),
            (1, Waited::Days),
            (1, Waited::TooLong),
        ] {
            let other = ticket.subject.clone().filter(|_| others == 1);
            all.push(About::Incident { ticket: ticket.clone(), other, others, days: 5, open });
        }
        for count in [1, 2] {
            all.push(About::Waiting { ticket: ticket.clone(), open: count, oldest: DAY });
            let later = DAY.succ_opt().unwrap_or(DAY);
            let solved = [DAY, later].map(|on| About::Solved { ticket: ticket.clone(), closed_on: on, solved: count });
            all.extend(solved);
        }
    }
    for change in changes {
        all.extend([Fall::Slight, Fall::Sharp].map(|fall| About::Decline { change: change.clone(), fall }));
        all.extend([None, Some(9_500)].map(|seats| About::Growth { change: change.clone(), seats }));
    }
    all
}
