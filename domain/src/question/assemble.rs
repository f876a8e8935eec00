//! The parts of a question as one query. What may be meant in two ways is refused.

use contracts::{
    query::{Filter, Group, Measure, Op, Order, Query},
    reading::FactId,
};

use super::{Doubt, RENEWAL, parse::Item};

const ARR: FactId = FactId::of("contract.arr");

/// The query of all parts.
pub(super) fn query(items: Vec<Item>) -> Result<Query, Doubt> {
    let items = timed(items)?;
    let mut query = Query { filter: filter(&items)?, ..Query::default() };
    let mut direction = None;
    let (mut is_superlative, mut is_top) = (false, false);
    for item in &items {
        let is_twice = match item {
            Item::Measure(measure) => query.measure.replace(measure.clone()).is_some(),
            Item::Group(fact, unit) => query.group.replace(Group { fact: fact.clone(), unit: *unit }).is_some(),
            // `The smallest by ARR` names the figure of its superlative.
            Item::Order(fact, _, false) if query.order.as_ref().is_some_and(|order| order.fact == *fact) => false,
            Item::Order(fact, descending, superlative) => {
                is_superlative |= superlative;
                query.order.replace(Order { fact: fact.clone(), descending: *descending }).is_some()
            }
            Item::Limit(n) => *n == 0 || query.limit.replace(*n).is_some(),
            Item::Direction(descending) => direction.replace(*descending).is_some(),
            Item::Top => std::mem::replace(&mut is_top, true),
            _ => false,
        };
        if is_twice {
            return Err(Doubt::Many);
        }
    }
    figures(&mut query, &items)?;
    order(&mut query, &items, is_top, is_superlative, direction)?;
    if query.group.is_some() && query.limit.is_some() {
        return Err(Doubt::Each);
    }
    let says_customers = items.iter().any(|item| matches!(item, Item::Head(_) | Item::Renewal(_)));
    let is_empty = query == Query::default();
    if is_empty && !says_customers { Err(Doubt::Nothing) } else { Ok(query) }
}

/// Gives the one time that stands alone to the one renewal that has none.
fn timed(items: Vec<Item>) -> Result<Vec<Item>, Doubt> {
    let times = items.iter().filter(|item| matches!(item, Item::When(_))).count();
    let renewals = items.iter().filter(|item| matches!(item, Item::Renewal(_))).count();
    match (times, renewals) {
        (0, _) => Ok(items),
        (1, 1) => {
            let items = items.into_iter().filter_map(|item| match item {
                Item::When(filter) => Some(Item::Filter(filter, true)),
                Item::Renewal(_) => None,
                other => Some(other),
            });
            let items: Vec<_> = items.collect();
            // Which of them a `not` or an `or` is of, nobody can tell.
            let is_plain = !items.iter().any(|item| matches!(item, Item::Not | Item::Or | Item::Except));
            if is_plain { Ok(items) } else { Err(Doubt::Time) }
        }
        (_, 0) => excepted(items),
        _ => Err(Doubt::Time),
    }
}

/// `Renewing in Q1 but not in March`: times that a `not` takes out of one that was said before.
fn excepted(items: Vec<Item>) -> Result<Vec<Item>, Doubt> {
    let is_time = |item: &Item| matches!(item, Item::When(_));
    let turns = |item: &Item| matches!(item, Item::Not | Item::Or | Item::Except | Item::Neither | Item::Without);
    let is_renewal = |item: &Item| matches!(item, Item::Filter(Filter::Compare { fact, .. }, _) if *fact == RENEWAL);
    let first = items.iter().position(is_time).and_then(|place| place.checked_sub(1)).ok_or(Doubt::Time)?;
    let (before, rest) = items.split_at(first);
    let are_all_out = rest.chunks(2).all(|two| matches!(two, [Item::Not | Item::Except, Item::When(_)]));
    if !are_all_out || before.iter().any(turns) || !before.iter().any(is_renewal) {
        return Err(Doubt::Time);
    }
    let time = |item| if let Item::When(filter) = item { Item::Filter(filter, true) } else { item };
    Ok(items.into_iter().map(time).collect())
}

/// What is said of a figure without a comparison: its total, where that is all there is to say.
fn figures(query: &mut Query, items: &[Item]) -> Result<(), Doubt> {
    let figures: Vec<_> = items
        .iter()
        .filter_map(|item| match item {
            Item::Figure(fact) => Some(fact),
            _ => None,
        })
        .collect();
    let mut said = items.iter().filter(|item| **item != Item::Brings);
    // `Urgent tickets and overdue renewals` are two things to look at, and no total.
    let is_first = matches!(said.next(), Some(Item::Figure(_))) && !matches!(said.next(), Some(Item::And | Item::Or));
    let adds_up =
        |fact: &FactId| *fact == ARR || fact.as_str().starts_with("tickets.") || fact.as_str() == "contract.seats";
    match figures.as_slice() {
        [] => Ok(()),
        [only] if is_first && query.measure.is_none() && query.order.is_none() && adds_up(only) => {
            query.measure = Some(Measure::Sum((*only).clone()));
            Ok(())
        }
        _ => Err(Doubt::Figure),
    }
}

fn order(
    query: &mut Query,
    items: &[Item],
    is_top: bool,
    is_superlative: bool,
    direction: Option<bool>,
) -> Result<(), Doubt> {
    if is_top {
        // The top of any figure is its greatest.
        let order = query.order.take().map_or(ARR, |order| order.fact);
        query.order = Some(Order { descending: order != RENEWAL, fact: order });
    }
    let is_one = items.iter().any(|item| matches!(item, Item::Head(true)));
    let are_several = items.iter().any(|item| matches!(item, Item::Head(false) | Item::Renewal(false)));
    if is_superlative && query.limit.is_none() && query.measure.is_none() && (is_one || !are_several) {
        query.limit = Some(1);
    }
    match (direction, &mut query.order) {
        (None, _) => {}
        (Some(descending), Some(order)) => order.descending = descending,
        (Some(_), None) => return Err(Doubt::Figure),
    }
    let verbs = items.iter().filter(|item| matches!(item, Item::Renewal(true))).count();
    let is_grouped = query.group.as_ref().is_some_and(|group| group.fact == RENEWAL);
    if verbs > 0 && !is_grouped {
        return Err(Doubt::Renewal);
    }
    let says_renewals = items.iter().any(|item| matches!(item, Item::Renewal(false)));
    let is_timed = crate::query::facts(&Query { filter: query.filter.clone(), ..Query::default() })
        .iter()
        .any(|fact| fact.id == RENEWAL);
    // `ARR by month` is of the past, which the book does not have.
    if query.group.as_ref().is_some_and(|group| group.unit.is_some()) && !says_renewals && verbs == 0 && !is_timed {
        return Err(Doubt::Time);
    }
    if says_renewals && !is_timed && query.order.is_none() && query.measure.is_none() && query.group.is_none() {
        query.order = Some(Order { fact: RENEWAL, descending: false });
    }
    // How many renewals there are is how many have one.
    if says_renewals && !is_timed && query.measure == Some(Measure::Count) && query.group.is_none() {
        return Err(Doubt::Renewal);
    }
    Ok(())
}

/// A condition as it stands in the question.
struct Stated {
    filter: Filter,
    or: bool,
}

fn filter(items: &[Item]) -> Result<Filter, Doubt> {
    let mut all: Vec<Stated> = Vec::new();
    let (mut is_not, mut is_except, mut is_neither, mut is_without) = (false, false, false, false);
    // Whether a `not` was of the condition before, and whether anything has come between since.
    let (mut was_not, mut was_except, mut is_open) = (false, false, false);
    let (mut or, mut and) = (false, false);
    for item in items {
        match item {
            Item::Filter(filter, verb) => {
                // Whether it goes on excepting, nobody can tell.
                if was_except {
                    return Err(Doubt::Not);
                }
                let is_joined = and || or;
                if was_not && is_joined && !is_open && !verb && !is_not && !is_neither && !is_except {
                    return Err(Doubt::Not);
                }
                let negated = is_not || is_except || is_neither;
                if negated && or && !is_neither {
                    return Err(Doubt::Not);
                }
                let filter = if negated { Filter::Not(Box::new(filter.clone())) } else { filter.clone() };
                all.push(Stated { filter, or: or && !is_neither });
                was_except = is_except;
                was_not = is_not || is_except || std::mem::take(&mut is_without);
                (is_not, is_except, is_open, or, and) = (false, false, false, false, false);
            }
            Item::Brings => is_open = true,
            Item::And => and = true,
            Item::Or => or = true,
            Item::Not if is_not || is_except || is_neither => return Err(Doubt::Not),
            Item::Not => is_not = true,
            Item::Without if or => return Err(Doubt::Not),
            Item::Without => is_without = true,
            // `No customer but Hooli` is Hooli.
            Item::Except if is_not || is_neither => return Err(Doubt::Not),
            Item::Except => is_except = true,
            Item::Neither | Item::Nor => is_neither = true,
            _ => {}
        }
    }
    if is_not || is_except || or {
        return Err(Doubt::Not);
    }
    let ors = all.iter().filter(|stated| stated.or).count();
    let has_not = all.iter().any(|stated| matches!(stated.filter, Filter::Not(_)));
    let filters: Vec<Filter> = all.into_iter().map(|stated| stated.filter).collect();
    match (ors, filters.len()) {
        (0, _) if is_torn(&filters) => Err(Doubt::AndOr),
        (0, _) => Ok(together(filters)),
        (ors, n) if ors + 1 == n && !has_not => Ok(Filter::Any(filters)),
        (_, _) if has_not => Err(Doubt::Not),
        _ => Err(Doubt::AndOr),
    }
}

/// Whether a fact is said to be two things at once: `in January and in March` may mean either.
fn is_torn(filters: &[Filter]) -> bool {
    let equal = filters.iter().filter_map(|filter| match filter {
        Filter::Compare { fact, op: Op::Is, .. } => Some(fact),
        _ => None,
    });
    let facts: Vec<_> = equal.collect();
    facts.iter().enumerate().any(|(i, fact)| facts[..i].contains(fact))
}

/// All of these, without parentheses that say nothing.
fn together(filters: Vec<Filter>) -> Filter {
    let mut all: Vec<Filter> = filters
        .into_iter()
        .flat_map(|filter| match filter {
            Filter::All(nested) => nested,
            other => vec![other],
        })
        .collect();
    if all.len() == 1 { all.remove(0) } else { Filter::All(all) }
}
