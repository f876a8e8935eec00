//! The demo book: fifteen customers whose rows are made for the day they are read, so that it never looks old.

use chrono::{NaiveDate, TimeDelta};
use contracts::{
    CustomerId, Line, SourceName,
    delivery::{ContractTerms, CustomerFields, UsageSummary},
    facts::{Money, Part, Priority, Ticket, Trend, UsagePoint},
};
use domain::rows::{CustomerRows, Delivered, Series, Sources, TicketRow, Version};

/// Where the demo book's figures say they come from.
const SOURCE: &str = "demo";
/// A source of the demo book that delivers no longer.
const STOPPED_SOURCE: &str = "demo-legacy";
/// How many days ago it delivered last.
const STOPPED_DAYS_AGO: i64 = 150;

/// One customer of the demo book; what it leaves out is missing on purpose.
struct Demo {
    id: &'static str,
    name: &'static str,
    about: [&'static str; 3],
    usage: Option<(&'static str, Usage)>,
    tickets: Option<&'static [DemoTicket]>,
    contract: Option<Deal>,
    /// Its revenue before, in whole units, and how many days ago that ended.
    arr_before: Option<(i64, i64)>,
    source: &'static str,
}

enum Usage {
    /// Weekly values, oldest first; the last is that of the day its source delivered last.
    Weekly(&'static [u16]),
    Summary(Trend, f64, f64),
}

/// Id, subject, priority, days since it was opened and since it was closed.
type DemoTicket = (&'static str, &'static str, Priority, i64, Option<i64>);

struct Deal {
    /// Days from the day it is read; negative where the date has passed.
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

/// The customers with their names.
pub fn names() -> impl Iterator<Item = (CustomerId, Line)> {
    CUSTOMERS.iter().map(|demo| (demo.id(), Line::new(demo.name)))
}

/// The rows of a customer of the demo book as of a day; without any where it has no such customer.
pub fn rows(id: &CustomerId, as_of: NaiveDate) -> CustomerRows {
    let demo = CUSTOMERS.iter().find(|demo| demo.id == id.as_str());
    demo.map_or_else(|| CustomerRows::none(id.clone()), |demo| demo.rows(as_of))
}

/// The demo book's sources, which deliver for nobody else.
pub fn sources(as_of: NaiveDate) -> Sources {
    let delivered = [SOURCE, STOPPED_SOURCE].into_iter().flat_map(|name| {
        let day = last_delivery(name, as_of);
        Part::DELIVERED.map(|part| Delivered { source: source(name), part, day })
    });
    Sources { delivered: delivered.collect(), ..Sources::default() }
}

fn source(name: &str) -> SourceName {
    name.parse().expect("the demo book's sources have valid names")
}

fn last_delivery(source: &str, as_of: NaiveDate) -> NaiveDate {
    if source == STOPPED_SOURCE { days_from(as_of, -STOPPED_DAYS_AGO) } else { as_of }
}

fn days_from(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_signed(TimeDelta::days(days)).unwrap_or(day)
}

impl Demo {
    fn id(&self) -> CustomerId {
        self.id.parse().expect("the demo book's ids are valid")
    }

    fn rows(&self, as_of: NaiveDate) -> CustomerRows {
        let day = last_delivery(self.source, as_of);
        CustomerRows {
            fields: vec![self.version(day, self.fields())],
            usage: self.usage.iter().map(|(metric, usage)| self.series(metric, usage, day)).collect(),
            tickets: self.tickets.unwrap_or_default().iter().map(|ticket| self.ticket(ticket, day)).collect(),
            contracts: self.contracts(day),
            ..CustomerRows::none(self.id())
        }
    }

    fn version<T>(&self, from: NaiveDate, says: T) -> Version<T> {
        Version { source: source(self.source), key: Line::new(self.id), from, says: Some(says) }
    }

    fn fields(&self) -> CustomerFields {
        let [industry, segment, contact] = self.about.map(|text| (!text.is_empty()).then(|| Line::new(text)));
        CustomerFields { name: Some(Line::new(self.name)), industry, segment, contact, ..CustomerFields::default() }
    }

    fn series(&self, metric: &str, usage: &Usage, day: NaiveDate) -> Series {
        let (points, told) = match *usage {
            Usage::Weekly(values) => {
                let ago = (0..values.len() as i64).rev().map(|weeks| days_from(day, -7 * weeks));
                let points = ago.zip(values).map(|(date, value)| UsagePoint { date, value: f64::from(*value) });
                (points.collect(), Vec::new())
            }
            Usage::Summary(trend, recent, before) => (Vec::new(), vec![(day, UsageSummary { trend, recent, before })]),
        };
        Series {
            source: source(self.source),
            metric: Line::new(metric),
            measure: None,
            reach: (!points.is_empty()).then_some(day),
            points,
            told,
            gone_on: None,
        }
    }

    fn ticket(&self, &(id, subject, priority, opened, closed): &DemoTicket, day: NaiveDate) -> TicketRow {
        let ticket = Ticket {
            id: Line::new(id),
            subject: Some(Line::new(subject)),
            priority,
            opened_on: days_from(day, -opened),
            closed_on: closed.map(|days| days_from(day, -days)),
        };
        TicketRow { source: source(self.source), ticket, gone_on: None }
    }

    fn contracts(&self, day: NaiveDate) -> Vec<Version<ContractTerms>> {
        let Some(deal) = &self.contract else { return Vec::new() };
        let terms = |arr| ContractTerms {
            renewal_date: deal.renews_in.map(|days| days_from(day, days)),
            arr: Some(Money { minor: arr * 100, currency: Line::new(deal.currency) }),
            plan: Some(Line::new(deal.plan)),
            seats: Some(deal.seats),
            auto_renew: Some(deal.auto_renew),
            notice_days: None,
        };
        match self.arr_before {
            None => vec![self.version(day, terms(deal.arr))],
            Some((arr, days)) => vec![
                self.version(days_from(day, -400), terms(arr)),
                self.version(days_from(day, -days), terms(deal.arr)),
            ],
        }
    }
}

const LOGINS: &str = "logins a day";
const REPORTS: &str = "reports a week";
const ACTIVE: &str = "active users a week";

/// What a customer has that says nothing else.
const PLAIN: Demo = Demo {
    id: "",
    name: "",
    about: [""; 3],
    usage: None,
    tickets: None,
    contract: None,
    arr_before: None,
    source: SOURCE,
};

const CUSTOMERS: [Demo; 15] = [
    Demo {
        id: "acme",
        name: "Acme Corp",
        about: ["Manufacturing", "Enterprise", "Dana Reyes"],
        usage: Some((LOGINS, Usage::Weekly(&[118, 121, 119, 124, 122, 120, 126, 123, 151, 158, 155, 162]))),
        tickets: Some(&[
            ("ACM-412", "SSO login loops for new hires", Priority::High, 9, None),
            ("ACM-398", "Export misses archived projects", Priority::Normal, 21, None),
            ("ACM-371", "Add a second billing contact", Priority::Low, 60, Some(52)),
        ]),
        contract: deal(80, 120_000, "USD", "Enterprise", 250),
        ..PLAIN
    },
    Demo {
        id: "globex",
        name: "Globex",
        about: ["Energy", "Enterprise", "Hank Scorpio"],
        usage: Some((REPORTS, Usage::Weekly(&[64, 61, 66, 63, 65, 62, 64, 66, 63, 65, 62, 64]))),
        tickets: Some(&[
            ("GLX-90", "Scheduled reports arrive an hour late", Priority::Normal, 12, None),
            ("GLX-77", "Please raise the API limit", Priority::Low, 33, None),
            ("GLX-61", "Colour of the map legend", Priority::Low, 80, Some(70)),
        ]),
        contract: deal(150, 84_000, "USD", "Business", 120),
        ..PLAIN
    },
    Demo {
        id: "initech",
        name: "Initech",
        about: ["Software", "Mid-market", "Bill Lumbergh"],
        usage: Some((LOGINS, Usage::Weekly(&[40, 42, 41, 43, 40, 44, 42, 43, 55, 58, 57, 60]))),
        tickets: Some(&[("INI-8", "Cover sheet is missing from the TPS report", Priority::Normal, 17, Some(3))]),
        contract: deal(40, 36_500, "USD", "Business", 60),
        ..PLAIN
    },
    Demo {
        id: "umbrella",
        name: "Umbrella Care Group",
        about: ["Healthcare", "Enterprise", "Alice Abernathy"],
        usage: Some((ACTIVE, Usage::Weekly(&[410, 402, 415, 398, 407, 411, 400, 395, 290, 268, 251, 240]))),
        tickets: Some(&[
            ("UMB-31", "Records are not synchronised since the update", Priority::Urgent, 6, None),
            ("UMB-29", "Users are signed out every ten minutes", Priority::Urgent, 8, None),
            ("UMB-24", "Audit log cannot be exported", Priority::High, 19, None),
            ("UMB-20", "Slow search in large folders", Priority::Normal, 31, None),
            ("UMB-18", "Wrong time zone in reminders", Priority::Normal, 35, None),
            ("UMB-11", "Dark mode", Priority::Low, 90, None),
        ]),
        contract: deal(28, 240_000, "USD", "Enterprise", 600),
        ..PLAIN
    },
    Demo {
        id: "hooli",
        name: "Hooli",
        about: ["Technology", "Enterprise", "Gavin Belson"],
        usage: Some((ACTIVE, Usage::Weekly(&[880, 905, 890, 912, 897, 903, 720, 655, 610, 602]))),
        tickets: Some(&[
            ("HOO-205", "Nightly sync stops half way", Priority::High, 14, None),
            ("HOO-199", "Cannot invite contractors", Priority::Normal, 22, None),
            ("HOO-188", "Webhook is delivered twice", Priority::Normal, 40, None),
        ]),
        contract: deal(112, 310_000, "USD", "Enterprise", 1_200),
        ..PLAIN
    },
    Demo {
        id: "wayne",
        name: "Wayne Enterprises",
        about: ["Conglomerate", "Enterprise", "Lucius Fox"],
        usage: Some((REPORTS, Usage::Weekly(&[210, 214, 208, 216, 211, 209, 213, 215, 212, 210, 214, 211]))),
        tickets: Some(&[]),
        contract: Some(Deal {
            renews_in: Some(290),
            arr: 198_000,
            currency: "USD",
            plan: "Enterprise",
            seats: 400,
            auto_renew: true,
        }),
        ..PLAIN
    },
    Demo {
        id: "sakura",
        name: "株式会社さくら商事",
        about: ["Retail", "Mid-market", "佐藤 由美"],
        usage: Some((LOGINS, Usage::Weekly(&[70, 72, 69, 74, 71, 73, 70, 75, 96, 99, 101, 104]))),
        tickets: Some(&[("SKR-5", "請求書のPDFが文字化けする", Priority::Normal, 11, None)]),
        contract: deal(210, 9_600_000, "JPY", "Business", 85),
        ..PLAIN
    },
    Demo {
        id: "soylent",
        name: "Soylent Foods",
        about: ["Food", "Mid-market", ""],
        usage: Some((LOGINS, Usage::Weekly(&[33, 35, 34, 32, 36, 33, 35, 34, 21, 19, 20, 18]))),
        tickets: Some(&[
            ("SOY-14", "Bulk upload fails with large files", Priority::High, 16, None),
            ("SOY-12", "Recipes are shown in the wrong order", Priority::Normal, 25, None),
        ]),
        contract: deal(-12, 28_800, "EUR", "Starter", 30),
        ..PLAIN
    },
    Demo {
        id: "stark",
        name: "Stark Industries",
        about: ["Aerospace", "Enterprise", "Pepper Potts"],
        usage: None,
        tickets: Some(&[("STK-3", "Sandbox for the security review", Priority::Normal, 5, None)]),
        contract: deal(65, 175_000, "USD", "Enterprise", 300),
        ..PLAIN
    },
    Demo {
        id: "tyrell",
        name: "Tyrell Corporation",
        about: ["Biotechnology", "Mid-market", "Rachael Rosen"],
        usage: Some((ACTIVE, Usage::Summary(Trend::Up, 132.0, 97.0))),
        tickets: None,
        contract: deal(190, 66_000, "GBP", "Business", 140),
        ..PLAIN
    },
    Demo {
        id: "vandelay",
        name: "Vandelay Industries",
        about: ["Import and export", "Small business", "Art Vandelay"],
        usage: Some((LOGINS, Usage::Weekly(&[12, 14, 13, 11, 13, 12, 14, 12, 13, 12]))),
        tickets: Some(&[]),
        contract: None,
        ..PLAIN
    },
    Demo {
        id: "pied-piper",
        name: "Pied Piper",
        about: ["Technology", "Small business", "Richard Hendricks"],
        usage: Some((LOGINS, Usage::Weekly(&[6, 9]))),
        tickets: None,
        contract: deal(320, 4_800, "USD", "Starter", 8),
        ..PLAIN
    },
    Demo {
        id: "massive-dynamic",
        name: "Massive Dynamic",
        about: ["Research", "Enterprise", "Nina Sharp"],
        usage: Some((LOGINS, Usage::Weekly(&[88, 92, 90, 87, 91, 89, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))),
        tickets: Some(&[]),
        contract: deal(95, 142_000, "USD", "Enterprise", 220),
        ..PLAIN
    },
    Demo {
        id: "cyberdyne",
        name: "Cyberdyne Systems",
        about: ["Robotics", "Mid-market", "Miles Dyson"],
        usage: Some((REPORTS, Usage::Weekly(&[24, 26, 25, 27, 24, 26, 25, 28, 26, 25, 27, 26]))),
        tickets: Some(&[("CYB-2", "Reset of the test environment", Priority::Normal, 4, None)]),
        contract: deal(230, 54_000, "USD", "Business", 75),
        source: STOPPED_SOURCE,
        ..PLAIN
    },
    Demo {
        id: "oscorp",
        name: "Oscorp",
        about: ["Chemicals", "Enterprise", "Norman Osborn"],
        usage: Some((ACTIVE, Usage::Weekly(&[150, 154, 149, 152, 155, 151, 148, 153, 150, 152, 151, 153]))),
        tickets: Some(&[("OSC-17", "Merge two workspaces", Priority::Low, 15, None)]),
        contract: deal(175, 96_000, "USD", "Business", 180),
        arr_before: Some((128_000, 40)),
        ..PLAIN
    },
];

#[cfg(test)]
#[path = "demo_tests.rs"]
mod tests;
