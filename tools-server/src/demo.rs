//! The demo book: twelve customers whose dates are counted from the day of seeding, so that it never looks old.
//!
//! It is an import like any other. The points of usage are what an export would hold; the trends come out of them.

use chrono::{Days, NaiveDate};
use contracts::{
    CustomerId, Line,
    facts::{Money, Priority, Ticket, Trend, UsagePoint},
    import::{ContractRecord, CustomerRecord, ImportRequest, TicketsRecord, UsageRecord, UsageSeries},
};

/// Where the demo book's figures say they come from.
const ORIGIN: &str = "demo";

/// One customer of the demo book; what it leaves out is missing on purpose.
struct Demo {
    id: &'static str,
    name: &'static str,
    about: [&'static str; 3],
    usage: Option<(&'static str, Series)>,
    tickets: Option<&'static [DemoTicket]>,
    contract: Option<Deal>,
}

enum Series {
    /// Weekly values, oldest first; the last is today's.
    Weekly(&'static [u16]),
    Summary(Trend, f64, f64),
}

/// Id, subject, priority, days since it was opened and since it was closed.
type DemoTicket = (&'static str, &'static str, Priority, u64, Option<u64>);

struct Deal {
    /// Days from today; negative where the date has passed.
    renews_in: Option<i64>,
    /// Whole units of the currency.
    arr: i64,
    currency: &'static str,
    plan: &'static str,
    seats: u32,
    auto_renew: bool,
}

const fn deal(renews_in: i64, arr: i64, currency: &'static str, plan: &'static str, seats: u32) -> Option<Deal> {
    Some(Deal { renews_in: Some(renews_in), arr, currency, plan, seats, auto_renew: false })
}

/// The demo book as of `today`.
pub fn book(today: NaiveDate) -> ImportRequest {
    let mut request = ImportRequest {
        origin: Line::new(ORIGIN),
        as_of: today,
        dry_run: false,
        customers: Vec::new(),
        usage: Vec::new(),
        tickets: Vec::new(),
        contracts: Vec::new(),
    };
    for demo in CUSTOMERS {
        let id: CustomerId = demo.id.parse().expect("the demo book's ids are valid");
        let [industry, segment, contact] = demo.about.map(|text| (!text.is_empty()).then(|| Line::new(text)));
        request.customers.push(CustomerRecord { id: id.clone(), name: demo.name.into(), industry, segment, contact });
        request.usage.extend(demo.usage.as_ref().map(|(metric, series)| UsageRecord {
            customer_id: id.clone(),
            metric: Line::new(metric),
            series: series.dated(today),
        }));
        request.tickets.extend(demo.tickets.map(|tickets| TicketsRecord {
            customer_id: id.clone(),
            tickets: tickets.iter().map(|ticket| dated_ticket(ticket, today)).collect(),
        }));
        request.contracts.extend(demo.contract.as_ref().map(|deal| deal.dated(id, today)));
    }
    request
}

fn days_ago(today: NaiveDate, days: u64) -> NaiveDate {
    today.checked_sub_days(Days::new(days)).unwrap_or(today)
}

impl Series {
    fn dated(&self, today: NaiveDate) -> UsageSeries {
        match *self {
            Self::Weekly(values) => UsageSeries::Points(
                (0..)
                    .step_by(7)
                    .zip(values.iter().rev())
                    .map(|(days, value)| UsagePoint { date: days_ago(today, days), value: f64::from(*value) })
                    .collect(),
            ),
            Self::Summary(trend, recent, before) => UsageSeries::Summary { trend, recent, before },
        }
    }
}

fn dated_ticket(&(id, subject, priority, opened, closed): &DemoTicket, today: NaiveDate) -> Ticket {
    Ticket {
        id: Line::new(id),
        subject: Some(Line::new(subject)),
        priority,
        opened_on: days_ago(today, opened),
        closed_on: closed.map(|days| days_ago(today, days)),
    }
}

impl Deal {
    fn dated(&self, customer_id: CustomerId, today: NaiveDate) -> ContractRecord {
        let date = |days| today.checked_add_signed(chrono::TimeDelta::days(days)).unwrap_or(today);
        ContractRecord {
            customer_id,
            renewal_date: self.renews_in.map(date),
            arr: Some(Money { minor: self.arr * 100, currency: Line::new(self.currency) }),
            plan: Some(Line::new(self.plan)),
            seats: Some(self.seats),
            auto_renew: Some(self.auto_renew),
        }
    }
}

const LOGINS: &str = "logins a day";
const REPORTS: &str = "reports a week";
const ACTIVE: &str = "active users a week";

const CUSTOMERS: [Demo; 12] = [
    Demo {
        id: "acme",
        name: "Acme Corp",
        about: ["Manufacturing", "Enterprise", "Dana Reyes"],
        usage: Some((LOGINS, Series::Weekly(&[118, 121, 119, 124, 122, 120, 126, 123, 151, 158, 155, 162]))),
        tickets: Some(&[
            ("ACM-412", "SSO login loops for new hires", Priority::High, 9, None),
            ("ACM-398", "Export misses archived projects", Priority::Normal, 21, None),
            ("ACM-371", "Add a second billing contact", Priority::Low, 60, Some(52)),
        ]),
        contract: deal(80, 120_000, "USD", "Enterprise", 250),
    },
    Demo {
        id: "globex",
        name: "Globex",
        about: ["Energy", "Enterprise", "Hank Scorpio"],
        usage: Some((REPORTS, Series::Weekly(&[64, 61, 66, 63, 65, 62, 64, 66, 63, 65, 62, 64]))),
        tickets: Some(&[
            ("GLX-90", "Scheduled reports arrive an hour late", Priority::Normal, 12, None),
            ("GLX-77", "Please raise the API limit", Priority::Low, 33, None),
            ("GLX-61", "Colour of the map legend", Priority::Low, 80, Some(70)),
        ]),
        contract: deal(150, 84_000, "USD", "Business", 120),
    },
    Demo {
        id: "initech",
        name: "Initech",
        about: ["Software", "Mid-market", "Bill Lumbergh"],
        usage: Some((LOGINS, Series::Weekly(&[40, 42, 41, 43, 40, 44, 42, 43, 55, 58, 57, 60]))),
        tickets: Some(&[("INI-8", "Cover sheet is missing from the TPS report", Priority::Normal, 17, Some(3))]),
        contract: deal(40, 36_500, "USD", "Business", 60),
    },
    Demo {
        id: "umbrella",
        name: "Umbrella Care Group",
        about: ["Healthcare", "Enterprise", "Alice Abernathy"],
        usage: Some((ACTIVE, Series::Weekly(&[410, 402, 415, 398, 407, 411, 400, 395, 290, 268, 251, 240]))),
        tickets: Some(&[
            ("UMB-31", "Records are not synchronised since the update", Priority::Urgent, 6, None),
            ("UMB-29", "Users are signed out every ten minutes", Priority::Urgent, 8, None),
            ("UMB-24", "Audit log cannot be exported", Priority::High, 19, None),
            ("UMB-20", "Slow search in large folders", Priority::Normal, 31, None),
            ("UMB-18", "Wrong time zone in reminders", Priority::Normal, 35, None),
            ("UMB-11", "Dark mode", Priority::Low, 90, None),
        ]),
        contract: deal(28, 240_000, "USD", "Enterprise", 600),
    },
    Demo {
        id: "hooli",
        name: "Hooli",
        about: ["Technology", "Enterprise", "Gavin Belson"],
        usage: Some((ACTIVE, Series::Weekly(&[880, 905, 890, 912, 897, 903, 720, 655, 610, 602]))),
        tickets: Some(&[
            ("HOO-205", "Nightly sync stops half way", Priority::High, 14, None),
            ("HOO-199", "Cannot invite contractors", Priority::Normal, 22, None),
            ("HOO-188", "Webhook is delivered twice", Priority::Normal, 40, None),
        ]),
        contract: deal(112, 310_000, "USD", "Enterprise", 1_200),
    },
    Demo {
        id: "wayne",
        name: "Wayne Enterprises",
        about: ["Conglomerate", "Enterprise", "Lucius Fox"],
        usage: Some((REPORTS, Series::Weekly(&[210, 214, 208, 216, 211, 209, 213, 215, 212, 210, 214, 211]))),
        tickets: Some(&[]),
        contract: Some(Deal {
            renews_in: Some(290),
            arr: 198_000,
            currency: "USD",
            plan: "Enterprise",
            seats: 400,
            auto_renew: true,
        }),
    },
    Demo {
        id: "sakura",
        name: "株式会社さくら商事",
        about: ["Retail", "Mid-market", "佐藤 由美"],
        usage: Some((LOGINS, Series::Weekly(&[70, 72, 69, 74, 71, 73, 70, 75, 96, 99, 101, 104]))),
        tickets: Some(&[("SKR-5", "請求書のPDFが文字化けする", Priority::Normal, 11, None)]),
        contract: deal(210, 9_600_000, "JPY", "Business", 85),
    },
    Demo {
        id: "soylent",
        name: "Soylent Foods",
        about: ["Food", "Mid-market", ""],
        usage: Some((LOGINS, Series::Weekly(&[33, 35, 34, 32, 36, 33, 35, 34, 21, 19, 20, 18]))),
        tickets: Some(&[
            ("SOY-14", "Bulk upload fails with large files", Priority::High, 16, None),
            ("SOY-12", "Recipes are shown in the wrong order", Priority::Normal, 25, None),
        ]),
        contract: deal(-12, 28_800, "EUR", "Starter", 30),
    },
    Demo {
        id: "stark",
        name: "Stark Industries",
        about: ["Aerospace", "Enterprise", "Pepper Potts"],
        usage: None,
        tickets: Some(&[("STK-3", "Sandbox for the security review", Priority::Normal, 5, None)]),
        contract: deal(65, 175_000, "USD", "Enterprise", 300),
    },
    Demo {
        id: "tyrell",
        name: "Tyrell Corporation",
        about: ["Biotechnology", "Mid-market", "Rachael Rosen"],
        usage: Some((ACTIVE, Series::Summary(Trend::Up, 132.0, 97.0))),
        tickets: None,
        contract: deal(190, 66_000, "GBP", "Business", 140),
    },
    Demo {
        id: "vandelay",
        name: "Vandelay Industries",
        about: ["Import and export", "Small business", "Art Vandelay"],
        usage: Some((LOGINS, Series::Weekly(&[12, 14, 13, 11, 13, 12, 14, 12, 13, 12]))),
        tickets: Some(&[]),
        contract: None,
    },
    Demo {
        id: "pied-piper",
        name: "Pied Piper",
        about: ["Technology", "Small business", "Richard Hendricks"],
        usage: Some((LOGINS, Series::Weekly(&[6, 9]))),
        tickets: None,
        contract: deal(320, 4_800, "USD", "Starter", 8),
    },
];

#[cfg(test)]
#[path = "demo_tests.rs"]
mod tests;
