//! In which order customers are asked for, and how many of them.

use contracts::health::Risk;

use super::{super::lexicon::Sense, Reader, is_superlative, is_telling};
use crate::agent::book::{Column, Filter, Measure, Period, Rank, Time, Wanted, Window};

/// So many customers answer `who is most at risk`, where no number is said.
const USUAL_LIMIT: usize = 10;

impl Reader<'_> {
    /// Superlatives, `top 5` and `by ARR`.
    pub(super) fn order(&mut self, place: usize) {
        let figure_behind = |reader: &Self| reader.figures_behind(place).next();
        match self.sense(place) {
            Some(Sense::Top) => {
                self.count(place);
                let of_figure = figure_behind(self).filter(|(by, figure)| {
                    (by.is_figure() || *by == Column::Risk) && !self.is_of_customers(place, *figure)
                });
                let rank = of_figure.map(|(by, _)| Rank { by, descending: true });
                self.listing.rank = self.listing.rank.or(rank);
                self.take(of_figure.map(|(_, figure)| figure));
            }
            Some(sense @ (Sense::First | Sense::Last | Sense::Latest | Sense::Next))
                if !self.used[place] && !matches!(self.sense(place + 1), Some(Sense::Unit(_))) =>
            {
                // `Renews first`, and `the last renewal`, go by the day.
                let near = figure_behind(self).map(|(by, _)| by).or_else(|| self.figure_before(place));
                let is_renewal = near == Some(Column::Renewal);
                if sense == Sense::First || is_renewal {
                    self.count(place);
                }
                if is_renewal {
                    // What is overdue does not come next.
                    if sense == Sense::Next && !self.listing.filters.iter().any(|it| matches!(it, Filter::Renewal(_))) {
                        let today = Some(Time::Relative(0, Period::Day));
                        self.listing.filters.push(Filter::Renewal(Window::Between(today, None)));
                    }
                    let descending = matches!(sense, Sense::Last | Sense::Latest);
                    self.listing.rank.get_or_insert(Rank { by: Column::Renewal, descending });
                    self.take([place]);
                }
            }
            Some(Sense::Degree(descending, usual)) => {
                self.count(place);
                // The worst of a figure is its low end, but that of the risk.
                let of_figure =
                    figure_behind(self).filter(|(_, figure)| usual.is_none() || !self.is_of_customers(place, *figure));
                let rank = match (of_figure, usual) {
                    (Some((by, _)), None) => Some(Rank { by, descending }),
                    (Some((by, _)), Some(Column::Arr)) if by != Column::Renewal => Some(Rank { by, descending }),
                    (Some((by, _)), Some(usual)) if by != Column::Renewal => {
                        let worst_is_high = matches!(by, Column::Risk | Column::OpenTickets);
                        Some(Rank { by, descending: worst_is_high == (usual == Column::Risk) })
                    }
                    (_, Some(by)) => Some(Rank { by, descending }),
                    (None, None) if matches!(self.sense(place + 1), Some(Sense::AtRisk)) => {
                        self.listing.filters.retain(|filter| !matches!(filter, Filter::Risk(_)));
                        Some(Rank { by: Column::Risk, descending })
                    }
                    // `The least happy`
                    (None, None) if let Some(Sense::State(level)) = self.sense(place + 1) => {
                        Some(Rank { by: Column::Risk, descending: descending == (level == Risk::High) })
                    }
                    // `Pays the most`
                    (None, None) => {
                        self.place_before(place).and_then(|i| Some(Rank { by: self.figure(i)?, descending }))
                    }
                };
                self.listing.rank = rank.or(self.listing.rank);
                // `The largest number of tickets` counts no customers.
                let counted = of_figure
                    .and_then(|(_, figure)| (place + 1..figure).find(|&i| self.sense(i) == Some(Sense::Count)));
                self.take(of_figure.map(|(_, figure)| figure).into_iter().chain(counted));
            }
            // `5 customers`, `which 5 renewals`
            Some(Sense::Number(_)) if matches!(self.sense(place + 1), Some(Sense::Customers | Sense::Renewals)) => {
                self.count_at(place);
            }
            Some(Sense::By) => {
                let Some((by, figure)) = figure_behind(self) else { return };
                // The top ones of a score are the best, but a list of scores is there for the worst.
                let is_top = self.says(Sense::Top) && by == Column::Score;
                let descending = is_top || matches!(by, Column::Risk | Column::Arr | Column::OpenTickets);
                self.listing.rank.get_or_insert(Rank { by, descending });
                self.take([figure]);
            }
            Some(Sense::Middle(measure)) => {
                let of_figure = self.figures_behind(place).find(|(of, _)| of.is_figure());
                let before = || self.place_before(place).and_then(|i| Some((self.figure(i)?, i)));
                let Some((of, figure)) = of_figure.or_else(before).filter(|(of, _)| of.is_figure()) else { return };
                self.listing.wanted = Wanted::Figure(measure, of);
                self.take([place, figure]);
            }
            // `How many open tickets`, but `the largest number of tickets`
            Some(Sense::Count | Sense::Total)
                if let Some((Column::OpenTickets, figure)) = figure_behind(self)
                    && !self.is_of_customers(place, figure) =>
            {
                self.listing.wanted = Wanted::Figure(Measure::Sum, Column::OpenTickets);
                self.take([place, figure]);
            }
            _ => {}
        }
    }

    /// The level of a figure, where nothing else is ranked by: `low usage`, `usage is low`.
    pub(super) fn level(&mut self, place: usize) {
        let Some(Sense::Level(level)) = self.sense(place).filter(|_| !self.used[place]) else { return };
        let figure = self.figure(place + 1).map(|_| place + 1).or_else(|| self.place_before(place));
        let Some((by, figure)) = figure.and_then(|i| Some((self.figure(i)?, i))) else { return };
        if self.listing.rank.is_none() {
            self.listing.rank = Some(Rank { by, descending: level == Risk::High });
            self.take([place, figure]);
        }
    }

    /// The figures near behind a place.
    fn figures_behind(&self, place: usize) -> impl Iterator<Item = (Column, usize)> {
        let near = place + 1..self.readings.len().min(place + 4);
        near.filter(|&i| !self.used[i]).filter_map(|i| Some((self.figure(i)?, i)))
    }

    /// Whether a figure is said of the customers, and not of the superlative before them: `the biggest accounts with open
    /// tickets`, but `the biggest accounts by open tickets`.
    fn is_of_customers(&self, superlative: usize, figure: usize) -> bool {
        let between = |wanted: fn(Sense) -> bool| (superlative + 1..figure).any(|i| self.sense(i).is_some_and(wanted));
        between(|sense| matches!(sense, Sense::Customers | Sense::Customer | Sense::Be))
            && !between(|sense| matches!(sense, Sense::By | Sense::In))
    }

    /// The number beside a superlative.
    fn count(&mut self, place: usize) {
        if !self.count_at(place + 1) && place > 0 {
            self.count_at(place - 1);
        }
    }

    /// Takes the number at a place for how many are wanted; whether there is one.
    fn count_at(&mut self, place: usize) -> bool {
        let Some(Sense::Number(number)) = self.sense(place).filter(|_| !self.used[place]) else { return false };
        let Some(n) = number.whole().filter(|&n| n > 0 && !number.is_amount) else { return false };
        self.listing.limit = Some(n as usize);
        self.take([place]);
        true
    }

    /// Whoever is to be called or may leave: those at the greatest risk. The top ones of nothing else: the largest.
    pub(super) fn rank_by_usual(&mut self) {
        let is_unsorted = self.listing.filters.is_empty() && self.listing.rank.is_none();
        let is_listed = self.listing.wanted == Wanted::Customers;
        let by_risk = is_unsorted && is_listed && (self.is_open() || self.readings.iter().any(is_telling));
        if by_risk {
            self.listing.rank = Some(Rank { by: Column::Risk, descending: true });
        } else if is_unsorted && (self.listing.limit.is_some() || self.says(Sense::Top)) {
            self.listing.rank = Some(Rank { by: Column::Arr, descending: true });
        }
        let is_one = self.says(Sense::Customer) && !self.says(Sense::Customers);
        let is_few = by_risk || is_one || self.says(Sense::First) || self.has(is_superlative);
        if self.listing.limit.is_none() && self.listing.rank.is_some() && is_few {
            self.listing.limit = Some(if is_one { 1 } else { USUAL_LIMIT });
        }
    }
}
