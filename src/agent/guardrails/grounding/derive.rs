//! What is known of a customer as amounts and days: what the tools answered, and what follows from it.
//!
//! What follows: the change of usage, in its own unit, in percent and as a ratio; its highest and lowest value and the
//! time it spans; sums and shares of tickets, their ages and how long they took; revenue a month and a seat; what each
//! part of the score adds and lacks; how old the data is. Weeks and months are the days, rounded, in the comparison.

use chrono::NaiveDate;
use contracts::{
    facts::{Money, Priority, Source},
    health::{HealthInput, HealthPart, Why},
    reading::{Reading, Value},
    tools::{ContractReport, HealthReport, QbrOutline, TicketsReport, ToolName, ToolOutput, UsageReport},
};

use super::figures::{Currency, Need, Rate, Unit, Whole};
use crate::words;

/// So much of something that is known, and why.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Amount {
    /// How much; in days for time, in whole units for money.
    pub value: f64,
    /// Of what.
    pub unit: Unit,
    /// What it was found in or follows from.
    pub basis: String,
    /// What a sentence has to say of it.
    pub needs: Need,
}

/// What is known, as it is gathered.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// The amounts.
    pub amounts: Vec<Amount>,
    /// The days.
    pub days: Vec<Day>,
}

/// A day that is known, and why.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Day {
    /// The day.
    pub date: NaiveDate,
    /// Whether it may be said of the renewal.
    pub renewal: bool,
    /// What it is.
    pub basis: String,
}

const DAYS: Unit = Unit::Time { days: 1.0, renewal: false };
const USAGE_SHARE: Unit = Unit::Percent(Whole::Usage);
const RENEWAL: Unit = Unit::Time { days: 1.0, renewal: true };

impl Facts {
    /// All that follows from these answers, counted from a day.
    pub fn of(outputs: &[ToolOutput], as_of: NaiveDate) -> Self {
        let mut facts = Self { amounts: Vec::new(), days: Vec::new() };
        facts.days.push(Day { date: as_of, renewal: true, basis: "the day of this answer".to_owned() });
        for output in outputs {
            match output {
                ToolOutput::Usage(report) => facts.usage(report, as_of),
                ToolOutput::Tickets(report) => facts.tickets(report, as_of),
                ToolOutput::Contract(report) => facts.contract(report, as_of),
                ToolOutput::Health(report) => facts.health(report),
                ToolOutput::Qbr(outline) => facts.outline(outline),
                // Its sentences are read by `letters`: they are words already.
                _ => {}
            }
            facts.readings(output.tool(), output.facts(), as_of);
        }
        facts
    }

    /// Adds an amount of a tool's answer.
    pub fn amount(&mut self, tool: ToolName, unit: Unit, value: f64, basis: impl AsRef<str>) {
        self.derived(tool, unit, value, basis, Need::Nothing);
    }

    fn derived(&mut self, tool: ToolName, unit: Unit, value: f64, basis: impl AsRef<str>, needs: Need) {
        if value.is_finite() {
            self.amounts.push(Amount { value, unit, basis: format!("{tool}: {}", basis.as_ref()), needs });
        }
    }

    /// Adds a day of a tool's answer.
    pub fn day(&mut self, tool: ToolName, date: NaiveDate, basis: &str) {
        self.days.push(Day { date, renewal: false, basis: format!("{tool}: {basis} {date}") });
    }

    /// Adds a renewal date.
    pub fn renewal(&mut self, tool: ToolName, date: NaiveDate) {
        self.days.push(Day { date, renewal: true, basis: format!("{tool}: renewal date {date}") });
    }

    fn source(&mut self, tool: ToolName, source: &Source, as_of: NaiveDate) {
        self.day(tool, source.as_of, "data of");
        let age = days_between(source.as_of, as_of);
        self.amount(tool, DAYS, age, format!("data of {}, {age} days before {as_of}", source.as_of));
    }

    /// What the facts have besides the report: other days, the latest measurement, and amounts in other currencies.
    fn readings(&mut self, tool: ToolName, readings: &[Reading], as_of: NaiveDate) {
        for reading in readings {
            let id = reading.fact.as_str();
            if let Some(source) = reading.knowledge.source().filter(|_| reading.knowledge.is_stale()) {
                self.source(tool, source, as_of);
                // What is stale is said with its day, the renewal too.
                let basis = format!("{tool}: {id} last known on {}", source.as_of);
                self.days.push(Day { date: source.as_of, renewal: true, basis });
            }
            match reading.knowledge.any() {
                Some(Value::Date(date)) => {
                    self.day(tool, *date, id);
                    self.amount(tool, DAYS, days_between(*date, as_of).abs(), format!("{id} {date}"));
                }
                Some(Value::Measurement { value, unit }) => {
                    self.amount(tool, Unit::Usage, *value, format!("{id} {} {unit}", words::number(*value)));
                }
                Some(Value::Share(share)) if id == "usage.change" => {
                    self.amount(tool, USAGE_SHARE, *share as f64 / 100.0, id);
                }
                Some(Value::Money(amounts)) => {
                    for money in amounts {
                        let unit = Unit::Money(Currency::written(money.currency.as_str()));
                        self.amount(tool, unit, money.minor as f64 / 100.0, format!("{id} {}", words::money(money)));
                    }
                }
                _ => {}
            }
        }
    }

    fn usage(&mut self, report: &UsageReport, as_of: NaiveDate) {
        let tool = ToolName::GetCustomerUsage;
        let (recent, metric) = (report.recent, &report.metric);
        self.source(tool, &report.source, as_of);
        self.amount(tool, Unit::Usage, recent, format!("recent {} {metric}", words::number(recent)));
        if let Some(before) = report.before {
            let change = format!("{} -> {} {metric}", words::number(before), words::number(recent));
            self.amount(tool, Unit::Usage, before, format!("before {} {metric}", words::number(before)));
            let difference = format!("the difference of {change}");
            self.derived(tool, Unit::Usage, recent - before, difference, Need::Change);
            if before > 0.0 && recent > 0.0 {
                let moved = recent / before - 1.0;
                self.amount(tool, USAGE_SHARE, moved * 100.0, format!("the change of {change}"));
                self.derived(tool, Unit::Ratio, moved, format!("the change of {change}"), Need::Change);
                self.amount(tool, Unit::Ratio, recent / before, format!("the ratio of {change}"));
                self.amount(tool, Unit::Ratio, before / recent, format!("the ratio of {change}"));
            } else if before > 0.0 {
                self.amount(tool, USAGE_SHARE, -100.0, format!("the change of {change}"));
            }
        }
        if report.window_days > 0 {
            let days = f64::from(report.window_days);
            self.amount(tool, DAYS, days, format!("totals over {} days", report.window_days));
        }
        for point in &report.points {
            let basis = format!("{} on {}", words::number(point.value), point.date);
            self.amount(tool, Unit::Usage, point.value, basis);
            self.day(tool, point.date, "measured on");
        }
        if let [first, .., last] = report.points.as_slice() {
            let counted = format!("{} measurements", report.points.len());
            self.amount(tool, Unit::Measurements, report.points.len() as f64, counted);
            let span = format!("measured from {} to {}", first.date, last.date);
            self.amount(tool, DAYS, days_between(first.date, last.date), span);
        }
    }

    fn tickets(&mut self, report: &TicketsReport, as_of: NaiveDate) {
        let tool = ToolName::GetRecentTickets;
        self.source(tool, &report.source, as_of);
        let open = f64::from(report.open);
        self.amount(tool, Unit::Tickets(None), open, format!("open {}", report.open));
        for priority in Priority::ALL {
            let of = report.by_priority.of(priority);
            let basis = format!("open {} {of}", priority.as_str());
            self.amount(tool, Unit::Tickets(Some(priority)), f64::from(of), &basis);
            if of > 0 && report.open > 0 {
                let share = format!("{basis} of {}", report.open);
                self.derived(tool, Unit::Ratio, f64::from(of) / open, &share, Need::Tickets);
                self.amount(tool, Unit::Percent(Whole::Tickets), f64::from(of) / open * 100.0, &share);
            }
        }
        let serious = report.by_priority.urgent + report.by_priority.high;
        self.amount(tool, Unit::SeriousTickets, serious.into(), format!("urgent and high {serious}"));
        if serious > 0 {
            let (share, basis) = (f64::from(serious) / open, format!("urgent and high {serious} of {}", report.open));
            self.derived(tool, Unit::Ratio, share, &basis, Need::Serious);
            self.derived(tool, Unit::Percent(Whole::Tickets), share * 100.0, basis, Need::Serious);
        }
        if let Some(oldest) = report.oldest_open {
            self.opened(oldest, as_of, "the oldest");
        }
        for ticket in &report.recent {
            match ticket.closed_on {
                None => self.opened(ticket.opened_on, as_of, &format!("ticket {}", ticket.id)),
                Some(closed) => {
                    let took = format!("ticket {} from {} to {closed}", ticket.id, ticket.opened_on);
                    self.day(tool, ticket.opened_on, &format!("ticket {} opened on", ticket.id));
                    self.day(tool, closed, &format!("ticket {} closed on", ticket.id));
                    self.amount(tool, DAYS, days_between(ticket.opened_on, closed), took);
                }
            }
        }
        let closed = report.recent.iter().filter(|ticket| ticket.closed_on.is_some()).count();
        self.amount(tool, Unit::ClosedTickets, closed as f64, format!("closed ones listed {closed}"));
    }

    fn opened(&mut self, opened: NaiveDate, as_of: NaiveDate, which: &str) {
        let tool = ToolName::GetRecentTickets;
        let days = days_between(opened, as_of);
        self.day(tool, opened, &format!("{which} open since"));
        self.amount(tool, DAYS, days, format!("{which} open since {opened}, {days} days before {as_of}"));
    }

    fn contract(&mut self, report: &ContractReport, as_of: NaiveDate) {
        let tool = ToolName::GetContractInfo;
        self.source(tool, &report.source, as_of);
        let amounts = |id: &str| report.facts.iter().find(|reading| reading.fact.as_str() == id)?.knowledge.any();
        if let (Some(Value::Money(before)), Some(Value::Money(arr))) =
            (amounts("contract.arr_before"), amounts("contract.arr"))
            && let ([before], [arr]) = (before.as_slice(), arr.as_slice())
        {
            let change = (arr.minor as f64 / before.minor as f64 - 1.0) * 100.0;
            let basis = format!("the change from {} to {}", words::money(before), words::money(arr));
            self.amount(tool, Unit::Percent(Whole::Revenue), change, basis);
        }
        if let Some(date) = report.renewal_date {
            self.renewal(tool, date);
        }
        if let Some(days) = report.days_to_renewal {
            self.amount(tool, RENEWAL, days as f64, format!("days to renewal {days}"));
        }
        if let Some(seats) = report.seats {
            self.amount(tool, Unit::Seats, seats.into(), format!("seats {seats}"));
        }
        if let Some(arr) = &report.arr {
            self.revenue(arr, report.seats.filter(|seats| *seats > 0));
        }
    }

    fn revenue(&mut self, arr: &Money, seats: Option<u32>) {
        let (tool, unit) = (ToolName::GetContractInfo, Unit::Money(Currency::written(arr.currency.as_str())));
        let (year, basis) = (arr.minor as f64 / 100.0, format!("ARR {}", words::money(arr)));
        self.amount(tool, unit, year, &basis);
        let (month, seat) = (Rate { month: true, ..Rate::default() }, Rate { seat: true, ..Rate::default() });
        self.derived(tool, unit, year / 12.0, format!("{basis}, a month"), Need::Rate(month));
        if let Some(seats) = seats {
            let (a_year, both) = (year / f64::from(seats), Rate { month: true, ..seat });
            self.derived(tool, unit, a_year, format!("{basis}, over {seats} seats"), Need::Rate(seat));
            let basis = format!("{basis}, over {seats} seats and 12 months");
            self.derived(tool, unit, a_year / 12.0, basis, Need::Rate(both));
        }
    }

    fn health(&mut self, report: &HealthReport) {
        let tool = ToolName::CalculateHealth;
        let range = format!("range {} to {}", report.range.low, report.range.high);
        self.day(tool, report.as_of, "counted from");
        if let Some(score) = report.score {
            self.amount(tool, Unit::Score, score.into(), format!("score {score}"));
            let short = 100u32.saturating_sub(score);
            self.amount(tool, Unit::Points, short.into(), format!("score {score}, {short} short of 100"));
        }
        self.amount(tool, Unit::Score, report.range.low.into(), &range);
        self.amount(tool, Unit::Score, report.range.high.into(), &range);
        self.amount(tool, Unit::Points, report.coverage.into(), format!("coverage {}", report.coverage));
        if report.coverage < 100 {
            self.amount(
                tool,
                Unit::Percent(Whole::Points),
                report.coverage.into(),
                format!("coverage {}", report.coverage),
            );
        }
        for part in HealthPart::ALL {
            let (weight, basis) = (f64::from(part.weight()), format!("{}, weight {}", part.label(), part.weight()));
            self.amount(tool, Unit::Points, weight, &basis);
            self.amount(tool, Unit::Percent(Whole::Weight), weight, basis);
        }
        for part in &report.contributions {
            let label = part.part().label();
            let adds = f64::from(part.adds_bp) / 100.0;
            // In whole basis points, like what a part adds: a tenth of a point hangs on it.
            let full = f64::from(part.weight * 10_000 / report.coverage.max(1)) / 100.0;
            self.amount(tool, Unit::Points, part.points.into(), format!("{label}, points {}", part.points));
            self.amount(tool, Unit::Points, adds, format!("{label} adds {adds}"));
            self.amount(tool, Unit::Points, full - adds, format!("{label} adds {adds} of {}", words::number(full)));
            let basis = format!("{label} {}", domain::health::words::input(part.input));
            match part.input {
                HealthInput::OpenTickets(open) => self.amount(tool, Unit::Tickets(None), open.into(), basis),
                HealthInput::Renewal { days, .. } => self.amount(tool, RENEWAL, days.abs() as f64, basis),
                HealthInput::Usage(_) => {}
            }
        }
        for gap in &report.gaps {
            match &gap.why {
                Why::Stale { source } => self.source(tool, source, report.as_of),
                Why::RenewsByItself { on } => self.renewal(tool, *on),
                Why::Missing | Why::TooFew => {}
            }
        }
    }

    fn outline(&mut self, outline: &QbrOutline) {
        let points: usize = outline.sections.iter().map(|section| section.talking_points.len()).sum();
        let tool = ToolName::GenerateQbrOutline;
        self.amount(tool, Unit::Parts, outline.sections.len() as f64, format!("sections {}", outline.sections.len()));
        self.amount(tool, Unit::Parts, points as f64, format!("talking points {points}"));
    }
}

fn days_between(from: NaiveDate, to: NaiveDate) -> f64 {
    to.signed_duration_since(from).num_days() as f64
}
