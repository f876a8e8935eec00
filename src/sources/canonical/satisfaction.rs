//! Rows of answers to surveys.

use contracts::{Line, delivery::ResponseRow, facts::Survey};

use super::Firsts;
use crate::sources::{cell, problem::Problem, sheet::Row};

#[derive(Debug, Default)]
pub(super) struct Satisfaction {
    pub(super) rows: Vec<ResponseRow>,
    /// Those without an id of their own; they get one when all are there.
    nameless: Vec<ResponseRow>,
    firsts: Firsts<String>,
}

impl Satisfaction {
    pub(super) fn take(&mut self, row: &Row<'_>) -> Result<(), Problem> {
        let customer_id = row.required("customer_id", cell::customer_id)?;
        let date = row.required("date", cell::date)?;
        let survey = row.required("survey", cell::survey)?;
        let score = row.required(
            "score",
            match survey {
                Survey::Csat => cell::csat,
                Survey::Nps => cell::nps,
            },
        )?;
        let own = row.own_id("response_id", cell::line)?;
        let response = |response_id| ResponseRow { customer_id, response_id, date, survey, score };
        match own {
            Some(id) => {
                self.firsts.take(id.to_string(), "response_id", row)?;
                self.rows.push(response(id));
            }
            None => self.nameless.push(response(Line::default())),
        }
        Ok(())
    }

    /// Gives those without an id the survey, the day and their place among the customer's of that day: lowest score
    /// first, so that the order of the rows does not matter.
    pub(super) fn settle(&mut self) {
        let mut nameless = std::mem::take(&mut self.nameless);
        nameless.sort_by(|a, b| {
            let key = |row: &ResponseRow| (row.survey.as_str(), row.date, row.score);
            a.customer_id.cmp(&b.customer_id).then_with(|| key(a).cmp(&key(b)))
        });
        let of_one_day =
            |a: &ResponseRow, b: &ResponseRow| (&a.customer_id, a.survey, a.date) == (&b.customer_id, b.survey, b.date);
        for day in nameless.chunk_by_mut(of_one_day) {
            for (place, row) in day.iter_mut().enumerate() {
                row.response_id = Line::new(&format!("{} {} {}", row.survey.as_str(), row.date, place + 1));
            }
        }
        self.rows.append(&mut nameless);
    }
}
