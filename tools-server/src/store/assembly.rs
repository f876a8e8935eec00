//! Makes what the database says, row by row, into what the rest of the program speaks of.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use contracts::{
    CustomerId, Line, SourceName,
    delivery::UsageSummary as Told,
    facts::{Measure, OpenByPriority, Part, Source, Survey, Ticket},
};
use domain::{
    past::Past,
    rows::{CountedTickets, CustomerRows, Delivered, Response, Series, Sources, TicketRow, Version},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sqlx::types::Json;

use super::{
    Kept, Known, PastOf, Pasts, points,
    rows::{Done, PartRow},
    values::{MANUAL, Unreadable},
};
use crate::demo;

/// A count of tickets as it is stored beside its source and day.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counted {
    by_priority: OpenByPriority,
    oldest_open: Option<NaiveDate>,
    recent: Vec<Ticket>,
}

/// An answer to a survey as it is stored beside its key and day.
#[derive(Serialize, Deserialize)]
pub(super) struct Answered {
    pub(super) survey: Survey,
    pub(super) score: u32,
}

/// Rows that are being put together.
#[derive(Default)]
pub(super) struct Assembly {
    revision: u64,
    sources: Sources,
    customers: BTreeMap<CustomerId, Kept>,
    /// The days up to which each source reaches by each metric; the newest alone, unless the past was read.
    reach: BTreeMap<(SourceName, Line), BTreeSet<NaiveDate>>,
    /// The same of deliveries that had some of the customers only.
    partial: BTreeMap<(CustomerId, SourceName, Line), BTreeSet<NaiveDate>>,
    /// The days on which something other than a customer's own rows changes.
    changes: BTreeSet<NaiveDate>,
}

impl Assembly {
    pub(super) fn add(&mut self, row: PartRow) -> Result<(), Unreadable> {
        match row.part.as_str() {
            "book" => return self.add_book(&row),
            "delivered" | "reach" => return self.add_source(row),
            _ => {}
        }
        let id: CustomerId = present(row.external_id.clone())?.try_into()?;
        let kept = self.customers.entry(id.clone()).or_insert_with(|| Kept::new(id));
        let rows = &mut kept.rows;
        match row.part.as_str() {
            "company" => {
                kept.demo = row.source.is_some();
                kept.listed = true;
                kept.usage = row.says.is_some().then(|| said(&row)).transpose()?;
                kept.tickets = row.points.as_deref().map(serde_json::from_str).transpose()?;
                kept.name = Line::from(present(row.key)?);
            }
            "fields" => rows.fields.push(version(row)?),
            "contract" => rows.contracts.push(version(row)?),
            "contact" => rows.contacts.push(version(row)?),
            "series" => {
                let gone_on = row.day;
                let points = points::read(present(row.points.as_deref())?)?;
                let measure = row.measure.as_deref().map(measure).transpose()?;
                let series = series_of(rows, named(&row)?);
                (series.measure, series.points, series.gone_on) = (measure, points, gone_on);
            }
            "told" => {
                let told: Told = said(&row)?;
                let day = present(row.day)?;
                series_of(rows, named(&row)?).told.push((day, told));
            }
            "partial reach" => {
                self.changes.extend([row.day, row.until_day].into_iter().flatten());
                let (source, metric) = named(&row)?;
                self.partial.entry((rows.id.clone(), source, metric)).or_default().extend(row.day);
            }
            "ticket" => {
                let ticket = said(&row)?;
                rows.tickets.push(TicketRow { source: present(row.source)?.try_into()?, ticket, gone_on: row.day });
            }
            "counted tickets" => {
                let Counted { by_priority, oldest_open, recent } = said(&row)?;
                let source = Source { origin: present(row.source)?.into(), as_of: present(row.day)? };
                rows.counted_tickets = Some(CountedTickets { source, by_priority, oldest_open, recent });
            }
            "response" => {
                let Answered { survey, score } = said(&row)?;
                let (source, key) = named(&row)?;
                rows.satisfaction.push(Response { source, key, date: present(row.day)?, survey, score });
            }
            "activity" => {
                let (customer, says) = (rows.id.clone(), said::<Done>(&row)?);
                let id = present(row.key)?.try_into()?;
                rows.activity.push(says.into_row(present(row.source)?.try_into()?, id, customer, present(row.day)?));
            }
            other => return Err(format!("there is no part called {other}").into()),
        }
        Ok(())
    }

    fn add_book(&mut self, row: &PartRow) -> Result<(), Unreadable> {
        self.sources.order = said(row)?;
        // What users say themselves counts first, unless they say otherwise.
        let manual: SourceName = MANUAL.parse()?;
        if !self.sources.order.contains(&manual) {
            self.sources.order.insert(0, manual);
        }
        self.sources.primary_metric = row.key.clone().filter(|metric| !metric.is_empty()).map(Line::from);
        self.revision = present(row.points.as_deref())?.parse()?;
        Ok(())
    }

    fn add_source(&mut self, row: PartRow) -> Result<(), Unreadable> {
        self.changes.extend([row.day, row.until_day].into_iter().flatten());
        let Some(day) = row.day else { return Ok(()) };
        let (source, key) = named(&row)?;
        if row.part == "reach" {
            self.reach.entry((source, key)).or_default().insert(day);
        } else {
            self.sources.delivered.push(Delivered { source, part: part(key.as_str())?, day });
        }
        Ok(())
    }

    /// What was put together, as of `as_of`. The demo book's customers are made for that day.
    pub(super) fn finish(self, as_of: NaiveDate) -> Known {
        let (customers, rest) = self.into_customers(as_of);
        let customers = customers.map(|(mut kept, reach)| {
            for (series, days) in kept.rows.usage.iter_mut().zip(&reach) {
                series.reach = days.last().copied();
            }
            kept
        });
        let customers = customers.collect();
        let Self { revision, sources, changes, .. } = rest;
        Known { revision, sources, changes: changes.into_iter().collect(), customers }
    }

    /// The same, to be read as of any day up to `until`.
    pub(super) fn finish_past(self, until: NaiveDate) -> Pasts {
        let (customers, rest) = self.into_customers(until);
        let past = |(kept, reach): (Kept, _)| PastOf { demo: kept.demo, past: Past::new(kept.rows, reach) };
        Pasts { customers: customers.map(past).collect(), sources: rest.sources }
    }

    /// The customers, each with the days up to which its series reach, and everything else. Those of the demo book are made
    /// for `as_of`.
    fn into_customers(mut self, as_of: NaiveDate) -> (impl Iterator<Item = (Kept, Vec<BTreeSet<NaiveDate>>)>, Self) {
        // A customer may be removed while its rows are read.
        let customers = std::mem::take(&mut self.customers).into_values().filter(|kept| kept.listed);
        let (reach, partial) = (std::mem::take(&mut self.reach), std::mem::take(&mut self.partial));
        let customers = customers.map(move |mut kept| {
            if kept.demo {
                let activity = std::mem::take(&mut kept.rows.activity);
                kept.rows = CustomerRows { activity, ..demo::rows(&kept.rows.id, as_of) };
                let days = kept.rows.usage.iter().map(|series| series.points.iter().map(|point| point.date).collect());
                let days = days.collect();
                return (kept, days);
            }
            let rows = &mut kept.rows;
            let of_series = rows.usage.iter_mut().map(|series| {
                series.told.sort_by_key(|(day, _)| *day);
                let (source, metric) = (series.source.clone(), series.metric.clone());
                let own = partial.get(&(rows.id.clone(), source.clone(), metric.clone()));
                own.into_iter().chain(reach.get(&(source, metric))).flatten().copied().collect()
            });
            let of_series = of_series.collect();
            (kept, of_series)
        });
        (customers, self)
    }
}

fn series_of(rows: &mut CustomerRows, (source, metric): (SourceName, Line)) -> &mut Series {
    let place = rows.usage.iter().position(|series| series.source == source && series.metric == metric);
    let place = place.unwrap_or_else(|| {
        let (told, points) = (Vec::new(), Vec::new());
        rows.usage.push(Series { source, metric, measure: None, points, told, reach: None, gone_on: None });
        rows.usage.len() - 1
    });
    &mut rows.usage[place]
}

fn version<T: DeserializeOwned>(row: PartRow) -> Result<Version<T>, Unreadable> {
    let says = row.says.as_ref().map(|Json(says)| serde_json::from_str(says.get())).transpose()?;
    let (source, key) = named(&row)?;
    Ok(Version { source, key, from: present(row.day)?, says })
}

fn named(row: &PartRow) -> Result<(SourceName, Line), Unreadable> {
    Ok((present(row.source.clone())?.try_into()?, Line::from(present(row.key.clone())?)))
}

fn said<T: DeserializeOwned>(row: &PartRow) -> Result<T, Unreadable> {
    let Json(says) = present(row.says.as_ref())?;
    Ok(serde_json::from_str(says.get())?)
}

fn measure(word: &str) -> Result<Measure, Unreadable> {
    let known = [Measure::Count, Measure::Level].into_iter().find(|measure| measure.as_str() == word);
    known.ok_or_else(|| format!("there is no measure called {word}").into())
}

pub(super) fn part(word: &str) -> Result<Part, Unreadable> {
    let known = Part::DELIVERED.into_iter().find(|part| part.as_str() == word);
    known.ok_or_else(|| format!("there is no part called {word}").into())
}

fn present<T>(value: Option<T>) -> Result<T, Unreadable> {
    value.ok_or_else(|| "a value is missing that every such row has".into())
}
