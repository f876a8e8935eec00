//! Rows of contracts.

use contracts::{
    CustomerId, Line,
    delivery::{ContractRow, ContractTerms},
    facts::Money,
};

use super::Firsts;
use crate::sources::{
    cell,
    problem::{Problem, Why},
    sheet::Row,
};

#[derive(Debug, Default)]
pub(super) struct Contracts {
    pub(super) rows: Vec<ContractRow>,
    /// That of amounts without one, where somebody said.
    currency: Option<Line>,
    firsts: Firsts<(CustomerId, Line)>,
}

impl Contracts {
    pub(super) fn new(currency: Option<Line>) -> Self {
        Self { currency, ..Self::default() }
    }

    pub(super) fn take(&mut self, row: &mut Row<'_>) -> Result<(), Problem> {
        let terms = ContractTerms {
            arr: self.arr(row),
            renewal_date: row.optional("renewal_date", cell::date),
            plan: row.optional("plan", cell::line),
            seats: row.optional("seats", cell::seats),
            auto_renew: row.optional("auto_renew", cell::yes_no),
            notice_days: row.optional("notice_days", cell::notice_days),
        };
        let customer_id = row.required("customer_id", cell::customer_id)?;
        let own = row.own_id("contract_id", cell::line)?;
        let column = if own.is_some() { "contract_id" } else { "customer_id" };
        let contract_id = own.unwrap_or_else(|| Line::new(customer_id.as_str()));
        let key = (customer_id.clone(), contract_id.clone());
        match self.firsts.first(key, row.number()) {
            None => {}
            Some(first) if column == "contract_id" => return Err(row.again(column, first)),
            Some(first) => {
                let first = row.numbered(first);
                let kind = "has a contract already; tell several apart by a contract_id each";
                let says = format!("has a contract on {first} already; tell several apart by a contract_id each");
                return Err(row.problem(column, Why::Other { kind, says }));
            }
        }
        self.rows.push(ContractRow { customer_id, contract_id, terms });
        Ok(())
    }

    /// The revenue; none where its amount or its currency cannot be read, or nobody has said the currency.
    fn arr(&self, row: &mut Row<'_>) -> Option<Money> {
        let minor = row.optional("arr", cell::money)?;
        if !row.text("currency").is_empty() {
            let currency = row.optional("currency", cell::currency)?;
            return Some(Money { minor, currency });
        }
        let currency = self.currency.clone();
        if currency.is_none() {
            let what = "is empty; an arr needs a currency: say which one amounts without it are in (--currency USD)";
            row.leave_out("currency", Why::always(what));
        }
        currency.map(|currency| Money { minor, currency })
    }
}
