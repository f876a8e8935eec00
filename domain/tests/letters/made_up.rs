//! Customers made up by chance, the same ones in every run.

use chrono::{Days, NaiveDate};
use contracts::facts::{
    Priority::{High, Low, Normal, Urgent},
    Trend,
};

use crate::given::{Customer, TODAY, customer, day};

/// Chance that is the same in every run: the numbers of a linear congruential generator, by their upper bits.
struct Chance(u64);

impl Chance {
    /// One of the numbers under `limit`.
    fn under(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn percent(&mut self, share: u64) -> bool {
        self.under(100) < share
    }
}

fn ago(days: u64) -> NaiveDate {
    day(TODAY) - Days::new(days)
}

/// Customers as a book has them: most have a contract, half of them go on as they did, some have tickets.
pub fn made_up(number: u64) -> Customer {
    let mut chance = Chance(number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut made = customer(&format!("Customer {}", char::from(b'A' + (number % 26) as u8)));
    if chance.percent(70) {
        made = made.person(["Maria Lopez", "Weiß, Jürgen", "Dr. Helen Ortiz", "Li"][chance.under(4) as usize]);
    }
    if chance.percent(85) {
        let renewal = ago(30) + Days::new(chance.under(395));
        let notice = chance.percent(40).then(|| [30, 60, 90][chance.under(3) as usize]);
        made = made.contract(&renewal.to_string(), chance.percent(40), notice);
        if chance.percent(20) {
            made = made.contract(&(renewal + Days::new(chance.under(90))).to_string(), false, None);
        }
    }
    let (before, change) = (100 + chance.under(900), 2 + chance.under(60));
    let (less, more) = ((before * (100 - change) / 100) as f64, (before * (100 + change) / 100) as f64);
    made = match chance.under(100) {
        0..12 => made,
        12..20 => made.usage(Trend::Silent, before as f64, 0.0),
        20..35 => made.usage(Trend::Down, before as f64, less),
        35..50 => made.usage(Trend::Up, before as f64, more),
        _ => made.usage(Trend::Flat, before as f64, before as f64),
    };
    for _ in 0..chance.under(4) {
        let priority = match chance.under(100) {
            0..5 => Urgent,
            5..20 => High,
            20..60 => Normal,
            _ => Low,
        };
        let opened = chance.under(60);
        let closed = chance.percent(65).then(|| ago(chance.under(opened + 1)).to_string());
        let subject = ["Import stuck", "[P1] ACME-77: sign-in fails", "Dark mode", ""][chance.under(4) as usize];
        made = made.ticket(priority, &ago(opened).to_string(), closed.as_deref(), subject);
    }
    if chance.percent(50) { made.met(&ago(chance.under(120)).to_string()) } else { made }
}
