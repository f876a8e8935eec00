//! The table itself: every row whole, every value of its kind.

use std::collections::BTreeSet;

use contracts::{
    facts::Part,
    reading::{Knowledge, Reading, Value},
};
use domain::{
    case::Case,
    facts::{Audience, Fact, Kind, catalogue, csv, find, named, read_part},
};

use crate::given::{
    TODAY, case, case_of_kept_sums, day, delivered, full, full_case, money, nobody, stale_case, version, weekly_users,
};

#[test]
fn ids_are_well_formed_and_each_names_one_fact() {
    let ids: BTreeSet<&str> = catalogue().map(|fact| fact.id.as_str()).collect();
    assert_eq!(ids.len(), catalogue().count());
    for fact in catalogue() {
        let (part, name) = fact.id.as_str().split_once('.').expect("a part and a name");
        assert!(fact.part.as_str().starts_with(part), "{}", fact.id.as_str());
        let is_name = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_') && !name.is_empty();
        assert!(is_name(name), "{}", fact.id.as_str());
        assert_eq!(find(fact.id.as_str()).map(|found| &found.id), Some(&fact.id));
    }
    assert!(find("contract").is_none());
}

#[test]
fn every_fact_has_one_word_to_type_it_by() {
    let shorts: BTreeSet<&str> = catalogue().map(|fact| fact.short).collect();
    assert_eq!(shorts.len(), catalogue().count());
    for fact in catalogue() {
        assert!(fact.short.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", fact.short);
        assert_eq!(named(fact.short).map(|named| &named.id), Some(&fact.id));
        assert_eq!(named(fact.id.as_str()).map(|named| &named.id), Some(&fact.id));
    }
    assert!(named("customers").is_none());
}

#[test]
fn every_row_has_words_that_fit_a_column_and_a_sentence() {
    let headings: BTreeSet<&str> = catalogue().map(|fact| fact.heading).collect();
    assert_eq!(headings.len(), catalogue().count(), "two columns would be called the same");
    for fact in catalogue() {
        let id = fact.id.as_str();
        assert!((2..=25).contains(&fact.heading.len()), "{id}: {}", fact.heading);
        assert!(fact.heading.starts_with(char::is_uppercase), "{id}: {}", fact.heading);
        assert!(fact.noun.starts_with(char::is_lowercase) || fact.noun.starts_with("e-mail"), "{id}: {}", fact.noun);
    }
}

#[test]
fn what_is_known_of_the_rows_alone_says_so() {
    let case = case_of_kept_sums();
    for fact in catalogue() {
        assert_eq!(fact.get(&case).known().is_none(), fact.is_of_period(), "{}", fact.id.as_str());
    }
}

#[test]
fn every_fact_of_a_customer_of_whom_everything_is_known_has_a_value_of_its_kind_and_is_said() {
    let case = full_case();
    for fact in catalogue() {
        let (id, reading) = (fact.id.as_str(), fact.read(&case));
        let value = reading.knowledge.known().unwrap_or_else(|| panic!("{id} is missing or stale"));
        assert!(fact.kind.fits(value), "{id}: {value:?}");
        let says = reading.says.unwrap_or_else(|| panic!("{id} has no words"));
        assert_eq!(says.to.is_some(), fact.audience == Audience::Customer, "{id}");
    }
}

#[test]
fn of_a_customer_of_whom_nothing_is_known_nothing_is_said() {
    let case = case(&nobody(), None, &delivered(TODAY), TODAY);
    // The score says how little is known, which is something.
    let facts = || catalogue().filter(|fact| fact.part != Part::Health);
    let known: Vec<_> = facts().filter(|fact| fact.get(&case) != Knowledge::Missing).collect();
    let ids: Vec<_> = known.iter().map(|fact| fact.id.as_str()).collect();
    // Tickets were delivered, and none is the customer's.
    let zero =
        ["tickets.open", "tickets.urgent", "tickets.high", "tickets.opened_in_period", "tickets.closed_in_period"];
    assert_eq!(ids, zero);
    assert!(known.iter().all(|fact| fact.get(&case).known() == Some(&Value::Count(0))));
    let says = facts().filter(|fact| fact.read(&case).says.is_some());
    assert_eq!(says.map(|fact| fact.id.as_str()).collect::<Vec<_>>(), zero);
}

#[test]
fn everything_ages_but_names_people_and_what_the_program_works_out_itself() {
    let case = stale_case();
    for fact in catalogue().filter(|fact| fact.get(&case) != Knowledge::Missing) {
        let lasts = matches!(fact.part, Part::Customers | Part::Contacts | Part::Activity | Part::Health);
        assert_eq!(fact.get(&case).is_stale(), !lasts, "{}", fact.id.as_str());
    }
}

#[test]
fn a_part_is_read_in_the_order_of_the_table() {
    let read: Vec<Reading> = read_part(&full_case(), Part::Contacts);
    let ids: Vec<_> = read.iter().map(|reading| reading.fact.as_str()).collect();
    assert_eq!(ids, ["contact.primary", "contact.role", "contact.email"]);
}

#[test]
fn derived_figures_are_exact() {
    let case = full_case();
    let value = |id: &str| find(id).and_then(|fact| fact.get(&case).known().cloned());
    let cases = [
        ("usage.change", Value::Share(-3_199)),
        ("usage.per_seat", Value::Share(6_100)),
        ("usage.days_since_last_use", Value::Days(0)),
        ("tickets.oldest_days", Value::Days(40)),
        ("tickets.opened_in_period", Value::Count(4)),
        ("tickets.closed_in_period", Value::Count(2)),
        ("tickets.time_to_solve", Value::Days(2)),
        ("tickets.recurring", Value::Text("import stuck".into())),
        ("contract.arr_before", Value::Money(vec![money(12_000_000, "USD")])),
        ("contract.arr_change", Value::Money(vec![money(-2_000_000, "USD")])),
        ("contract.arr_per_seat", Value::Money(vec![money(10_000, "USD")])),
        ("contract.days_to_renewal", Value::Days(83)),
        ("contract.renewal_quarter", Value::Text("2027-Q1".into())),
        ("contract.notice_by", Value::Date(day("2026-11-13"))),
    ];
    for (id, expected) in cases {
        assert_eq!(value(id), Some(expected), "{id}");
    }
}

#[test]
fn seats_in_use_are_told_only_where_the_metric_counts_those_who_have_them() {
    let with = |metric: &str, measure| {
        let usage = domain::usage::UsageFigures { metric: metric.into(), measure, ..weekly_users() };
        let case = case(&full(), Some(usage), &delivered(TODAY), TODAY);
        find("usage.per_seat").expect("a fact").get(&case) != Knowledge::Missing
    };
    use contracts::facts::Measure::{Count, Level};
    let told = [("Active Users", Level), ("seats used", Level), ("reports a week", Level), ("users seen", Count)];
    assert_eq!(told.map(|(metric, measure)| with(metric, measure)), [true, true, false, false]);
}

#[test]
fn changes_of_several_currencies_are_told_by_currency() {
    let terms = |minor, currency| contracts::delivery::ContractTerms {
        arr: Some(money(minor, currency)),
        ..Default::default()
    };
    let mut rows = nobody();
    rows.contracts = vec![
        version("crm", "a", "2026-01-01", Some(terms(10_000, "EUR"))),
        version("crm", "a", "2026-05-01", Some(terms(15_000, "EUR"))),
        version("crm", "b", "2026-05-01", Some(terms(7_000, "USD"))),
    ];
    let case = case(&rows, None, &delivered(TODAY), TODAY);
    let change = find("contract.arr_change").expect("a fact").read(&case);
    let amounts = vec![money(5_000, "EUR"), money(7_000, "USD")];
    assert_eq!(change.knowledge.known(), Some(&Value::Money(amounts)));
    let about = "the yearly contract value changed from EUR 100 to EUR 150 and USD 70, after 30 Apr 2026";
    assert_eq!(change.says.map(|says| says.about.to_string()).as_deref(), Some(about));
}

#[test]
fn a_spreadsheet_gets_exact_amounts_apart_from_their_currencies_and_is_told_what_is_stale() {
    let columns = |ids: &[&str]| -> Vec<&'static Fact> { ids.iter().filter_map(|id| find(id)).collect() };
    let facts = columns(&["contract.arr", "contract.renewal_date", "usage.change", "usage.now", "customer.industry"]);
    let headings = csv::headings(&facts);
    let expected = ["contract.arr", "contract.arr_currency", "contract.renewal_date", "usage.change", "usage.now"];
    assert_eq!(headings[..5], expected);
    assert_eq!(headings[5..], ["customer.industry", "stale"]);

    let read = |case: &Case| facts.iter().map(|fact| fact.read(case)).collect::<Vec<_>>();
    let fresh = csv::cells(&facts, &read(&full_case()));
    assert_eq!(fresh, ["100000.00", "USD", "2027-02-11", "-0.3199", "605", "Logistics", ""]);
    let stale = csv::cells(&facts, &read(&stale_case()));
    assert_eq!(stale[..6], fresh[..6]);
    let days = ["contract.arr 2026-11-20", "contract.renewal_date 2026-11-20", "usage.change 2026-11-20"];
    assert!(days.iter().all(|day| stale[6].contains(day)), "{}", stale[6]);
    assert!(!stale[6].contains("customer.industry"));
    assert_eq!(csv::cells(&facts, &[]), [""; 7]);
}

#[test]
fn a_text_that_a_spreadsheet_would_run_is_made_plain() {
    let texts = ["=1+1", "@x", "-5", "+4", "plain", ""].map(csv::inert);
    assert_eq!(texts, ["'=1+1", "'@x", "'-5", "'+4", "plain", ""]);
}

#[test]
fn kinds_refuse_values_of_another_kind() {
    assert!(Kind::Choice(&["up"]).fits(&Value::Choice("up".into())));
    assert!(!Kind::Choice(&["up"]).fits(&Value::Choice("down".into())));
    assert!(!Kind::Text.fits(&Value::Choice("up".into())));
    assert!(!Kind::Date.fits(&Value::Days(1)));
}
