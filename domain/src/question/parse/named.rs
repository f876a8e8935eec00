//! Words of the book.

use contracts::{
    Line,
    query::{Filter, Op, Operand},
    reading::FactId,
};

use super::{Item, Read, Reader};
use crate::{
    facts::named,
    question::{
        names::Names,
        table::Meaning::{self, And, But, Compare, In, No, Not, Or, Pays, Than, Versus, Words},
    },
};

impl Reader<'_> {
    /// Words of the book: `FinTech`, `segment SMB`, `compare Acme and Globex`, `except Hooli`.
    pub(super) fn names(&self, i: usize) -> Read {
        let condition = |fact: &FactId, values: Vec<Line>| {
            Item::Filter(Filter::Compare { fact: fact.clone(), op: Op::Is, value: Operand::Words(values) }, false)
        };
        let name = |i: usize| match self.named(i)? {
            [only] if Names::is_customer(only) => Some((only.fact.clone(), only.value.clone())),
            _ => None,
        };
        let excludes = self.says(i, Meaning::Except) || (self.says_any(i, &[No, But]) && name(i + 1).is_some());
        let joined = |at: usize| at + usize::from(self.says_any(at, &[And, Versus, Or]));
        let are_several = name(i).is_some() && joined(i + 1) > i + 1 && name(i + 2).is_some();
        if excludes || are_several || self.says(i, Compare) {
            let figure = self.figure(i + 1).filter(|_| self.says(i, Compare));
            let start = i + usize::from(name(i).is_none()) + usize::from(figure.is_some());
            let (fact, first) = name(start)?;
            let (mut values, mut at) = (vec![first], start + 1);
            while let Some((_, value)) = name(joined(at)) {
                at = joined(at) + 1;
                values.push(value);
            }
            let is_enough = excludes || values.len() > 1;
            let except = excludes.then_some(Item::Except);
            let order = figure.map(|(fact, _)| Item::Order(fact.id.clone(), true, false));
            return is_enough
                .then(|| (except.into_iter().chain([condition(&fact, values)]).chain(order).collect(), at));
        }
        if let (Some((fact, a)), Some(Than(order)), Some((_, b))) = (name(i), self.word(i + 1), name(i + 2)) {
            let (short, descending) = order.strip_prefix('-').map_or((order, false), |short| (short, true));
            let order = Item::Order(named(short)?.id.clone(), descending, false);
            return Some((vec![condition(&fact, vec![a, b]), order], i + 3));
        }
        let of = |fact: &FactId, i: usize| self.named(i)?.iter().find(|meant| meant.fact == *fact).cloned();
        // `FinTech, EdTech and Health care`: any of them.
        let several = |fact: &FactId, mut at: usize| {
            let mut values = vec![of(fact, at)?.value];
            at += 1;
            while let Some(meant) = of(fact, at + usize::from(self.says_any(at, &[And, Or]))) {
                at += 1 + usize::from(self.says_any(at, &[And, Or]));
                values.push(meant.value);
            }
            Some((condition(fact, values), at))
        };
        if let Some(Words(short)) = self.word(i) {
            let mut at = i + 1;
            while self.says(at, Meaning::Brings) {
                at += 1;
            }
            let is_not = self.says(at, Not);
            at += usize::from(is_not);
            let (condition, end) = several(&named(short)?.id, at)?;
            let not = is_not.then_some(Item::Not);
            return Some((not.into_iter().chain([condition]).collect(), end));
        }
        if let Some(Words(short)) = self.word(i + 1)
            && let Some(meant) = of(&named(short)?.id, i)
        {
            return Some((vec![condition(&meant.fact, vec![meant.value])], i + 2));
        }
        // `Paying in USD`
        let at = i + usize::from(self.says(i, Pays)) + usize::from(self.says(i, Pays) && self.says(i + 1, In));
        match self.named(at)? {
            [only] if !Names::is_customer(only) => {
                let (mut values, mut end) = (vec![only.value.clone()], at + 1);
                // `FinTech or EdTech`: both belong to one condition.
                while let Some(meant) = of(&only.fact, end + 1 + usize::from(self.says(end + 1, In)))
                    && self.says(end, Or)
                {
                    end += 2 + usize::from(self.says(end + 1, In));
                    values.push(meant.value);
                }
                Some((vec![condition(&only.fact, values)], end))
            }
            _ => None,
        }
    }
}
