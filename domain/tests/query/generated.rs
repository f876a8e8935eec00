//! Whatever can be asked, made up.

use contracts::{
    Line,
    query::{Filter, Group, Measure, Op, Operand, Order, Query, Time, Unit},
};
use domain::facts::{Fact, Kind, catalogue};
use proptest::{prelude::*, sample::select};

fn facts() -> Vec<&'static Fact> {
    catalogue().collect()
}

fn unit() -> impl Strategy<Value = Unit> {
    select(Unit::ALL.to_vec())
}

fn time() -> impl Strategy<Value = Time> {
    let year = 1900..2200_i32;
    prop_oneof![
        (year.clone(), 1..13_u32).prop_map(|(year, month)| Time::Month(year, month)),
        (year.clone(), 1..5_u32).prop_map(|(year, quarter)| Time::Quarter(year, quarter)),
        (year.clone(), 1..3_u32).prop_map(|(year, half)| Time::Half(year, half)),
        (year.clone(), 1..367_u32)
            .prop_filter_map("a day", |(year, n)| { chrono::NaiveDate::from_yo_opt(year, n).map(Time::Day) }),
        year.prop_map(Time::Year),
        unit().prop_map(Time::This),
        unit().prop_map(Time::Next),
        unit().prop_map(Time::Previous),
        (1..10_000_u32, unit()).prop_map(|(n, unit)| Time::Within(n, unit)),
        (1..10_000_u32, unit()).prop_map(|(n, unit)| Time::Past(n, unit)),
    ]
}

fn currency() -> impl Strategy<Value = Option<Line>> {
    proptest::option::of("[A-Z]{3}".prop_map(|code| Line::new(&code)))
}

fn words() -> impl Strategy<Value = Operand> {
    let word = "\\PC{1,12}".prop_map(|text| Line::new(&text)).prop_filter("a word", |line| !line.is_empty());
    proptest::collection::vec(word, 1..4).prop_map(Operand::Words)
}

fn operand(kind: Kind) -> BoxedStrategy<Operand> {
    let days = || (-100_000..100_000_i64).prop_map(Operand::Days);
    match kind {
        Kind::Count(_) | Kind::Measurement => {
            (-1_000_000..1_000_000_i64).prop_map(|n| Operand::Number(n as f64 / 100.0)).boxed()
        }
        Kind::Money => ((-10_000_000_000..10_000_000_000_i64), currency())
            .prop_map(|(minor, currency)| Operand::Money { minor, currency })
            .boxed(),
        Kind::Date => time().prop_map(Operand::Time).boxed(),
        Kind::Days => days().boxed(),
        Kind::DaysSince | Kind::DaysUntil => prop_oneof![days(), time().prop_map(Operand::Time)].boxed(),
        Kind::Share => (-100_000..100_000_i64).prop_map(Operand::Share).boxed(),
        Kind::Choice(words) => proptest::sample::subsequence(words.to_vec(), 1..=words.len())
            .prop_map(|words| Operand::Words(words.into_iter().map(Line::new).collect()))
            .boxed(),
        Kind::Flag => any::<bool>().prop_map(Operand::Flag).boxed(),
        Kind::Text => words().boxed(),
    }
}

fn compare() -> impl Strategy<Value = Filter> {
    let ops = [Op::Is, Op::Under, Op::AtMost, Op::Over, Op::AtLeast].to_vec();
    (select(facts()), select(ops)).prop_flat_map(|(fact, op)| {
        let op = if matches!(fact.kind, Kind::Choice(_) | Kind::Text | Kind::Flag) { Op::Is } else { op };
        operand(fact.kind).prop_map(move |value| Filter::Compare { fact: fact.id.clone(), op, value })
    })
}

fn filter() -> impl Strategy<Value = Filter> {
    let leaf = prop_oneof![
        6 => compare(),
        1 => select(facts()).prop_map(|fact| Filter::Missing(fact.id.clone())),
        1 => select(facts()).prop_map(|fact| Filter::Stale(fact.id.clone())),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let several = || proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            several()
                .prop_filter("all within all is one", |filters| {
                    filters.iter().all(|filter| !matches!(filter, Filter::All(_)))
                })
                .prop_map(Filter::All),
            several().prop_map(Filter::Any),
            inner.prop_map(|filter| Filter::Not(Box::new(filter))),
        ]
    })
}

fn fact_of(fits: fn(Kind) -> bool) -> impl Strategy<Value = &'static Fact> {
    select(catalogue().filter(move |fact| fits(fact.kind)).collect::<Vec<_>>())
}

pub fn query() -> impl Strategy<Value = Query> {
    let adds_up: fn(Kind) -> bool = |kind| matches!(kind, Kind::Count(_) | Kind::Measurement | Kind::Money);
    let group = prop_oneof![
        fact_of(|kind| matches!(kind, Kind::Choice(_) | Kind::Text | Kind::Flag))
            .prop_map(|fact| Group { fact: fact.id.clone(), unit: None }),
        (fact_of(|kind| matches!(kind, Kind::Date | Kind::DaysSince | Kind::DaysUntil)), unit())
            .prop_map(|(fact, unit)| Group { fact: fact.id.clone(), unit: Some(unit) }),
    ];
    let measure = prop_oneof![
        Just(Measure::Count),
        Just(Measure::Share(None)),
        fact_of(adds_up).prop_map(|fact| Measure::Share(Some(fact.id.clone()))),
        fact_of(adds_up).prop_map(|fact| Measure::Sum(fact.id.clone())),
        fact_of(Kind::is_figure).prop_map(|fact| Measure::Mean(fact.id.clone())),
        fact_of(Kind::is_figure).prop_map(|fact| Measure::Median(fact.id.clone())),
    ];
    let order =
        (select(facts()), any::<bool>()).prop_map(|(fact, descending)| Order { fact: fact.id.clone(), descending });
    let option = proptest::option::of::<BoxedStrategy<u32>>;
    (
        prop_oneof![4 => filter(), 1 => Just(Filter::default())],
        proptest::option::of(group),
        proptest::option::of(measure),
        proptest::option::of(order),
        option((1..1000_u32).boxed()),
    )
        .prop_map(|(filter, group, measure, order, limit)| Query { filter, group, measure, order, limit })
}
