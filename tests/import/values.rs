//! Columns of cells, and how they are read.

use cs_copilot::sources::{
    prepare::Choices,
    table::open,
    values::{Ambiguous, DayOrder, Decimals, Kind, Reading, Said, customer_id},
};

use crate::{directory, prepared, together};

/// How a column with these cells is read, in a file with this sign between its columns.
fn decided(kind: Kind, delimiter: char, cells: &[&str], said: Said) -> Result<Reading, Ambiguous> {
    let rows = cells.iter().map(|cell| format!("x{delimiter}\"{}\"{delimiter}y\n", cell.replace('"', "\"\"")));
    let text = format!("id{delimiter}when{delimiter}z\n{}", rows.collect::<String>());
    let dir = directory(&[("a.csv", text.as_bytes())]);
    let opened = open(&[dir.path().to_owned()]).unwrap();
    let survey = opened.tables[0].survey(&[(1, kind)]).unwrap();
    assert_eq!(survey.rows, cells.len() as u64);
    survey.decide(&said).remove(0)
}

/// The cells as they are read, and what was decided.
fn read(kind: Kind, cells: &[&str]) -> (Vec<String>, Vec<String>) {
    let reading = decided(kind, ';', cells, Said::default()).unwrap();
    let read = |cell: &&str| match reading.read(cell) {
        Ok(text) => text.into_owned(),
        Err(expected) => format!("not {expected}"),
    };
    (cells.iter().map(read).collect(), reading.decisions.iter().map(ToString::to_string).collect())
}

#[test]
fn a_day_is_read_however_it_is_written() {
    let same = [
        "2026-12-24",
        "2026-12-24T23:30:00Z",
        "2026-12-24 09:30",
        "2026-12-24T00:00:00+02:00",
        "2026/12/24",
        "20261224",
        "24.12.2026",
        "24.12.26",
        "24/12/2026",
        "24/12/26 10:17 PM",
        "24-12-2026",
        "24/Dec/26 10:17 PM",
        "Dec 24, 2026",
        "December 24th, 2026",
        "24-Dec-2026",
        "24. Dezember 2026",
        "Thu, 24 Dec 2026 10:00:00 GMT",
        "Thursday, 24 December 2026",
        "2026-Dec-24",
        "46380",
        "46380.71",
        "1798070400",
        "1798070400000",
        "24 déc. 2026",
        "Dec 24 2026 4:38PM",
    ];
    for text in same {
        assert_eq!(read(Kind::Date, &[text]).0, ["2026-12-24"], "{text}");
    }
    for (text, day) in [
        ("Dec 2026", "2026-12-31"),
        ("2026-12", "2026-12-31"),
        ("12/2026", "2026-12-31"),
        ("Dec-26", "2026-12-31"),
        ("Dezember 2026", "2026-12-31"),
        ("févr. 2027", "2027-02-28"),
        ("Q4 2026", "2026-12-31"),
        ("2027-Q1", "2027-03-31"),
        ("2026-W48", "2026-11-29"),
        ("KW 1 2027", "2027-01-10"),
    ] {
        let (read, told) = read(Kind::Date, &[text]);
        let expected = format!("weeks, months and quarters such as \"{text}\" read as their last days");
        assert_eq!((read, told), (vec![day.to_owned()], vec![expected]));
    }
    for text in [
        "yesterday",
        "2026-13-01",
        "2026-02-30",
        "31/31/2026",
        "12",
        "2026",
        "24/12",
        "1.5",
        "Q5 2026",
        "2026-W54",
        "Marketing 2026",
        "24 Foo 2026",
        "0",
    ] {
        assert!(read(Kind::Date, &[text]).0[0].starts_with("not a date"), "{text}: {:?}", read(Kind::Date, &[text]));
    }
}

#[test]
fn the_name_of_a_column_says_in_which_unit_its_figures_are() {
    for (title, cell, amount, currency) in [
        ("ARR (k€)", "95,5", "95500", "EUR"),
        ("ARR in TEUR", "120", "120000", "EUR"),
        ("ARR kEUR", "120", "120000", "EUR"),
        ("ARR (Mio. €)", "1,25", "1250000", "EUR"),
        ("ARR ($000s)", "$120", "120000", "USD"),
        ("ARR (USD thousands)", "120", "120000", "USD"),
        ("ARR (EUR, cents)", "120050", "1200.50", "EUR"),
        ("ARR (cents) EUR", "5", "0.05", "EUR"),
        ("ARR (k€)", "120k", "120000", "EUR"),
        ("MRR in USD", "100", "1200", "USD"),
        ("ARR €", "120", "120", "EUR"),
    ] {
        let text = format!("Customer;{title};Renewal\nAcme;{cell};2027-01-01\n");
        let dir = directory(&[("book.csv", text.as_bytes())]);
        let choices = Choices { is_confirmed: true, ..Choices::default() };
        let import = prepared(dir.path(), &choices).unwrap().import;
        let arr = together(&import).contracts[0].terms.arr.clone().unwrap();
        let (whole, cents) = amount.split_once('.').unwrap_or((amount, "00"));
        assert_eq!(
            (arr.minor, arr.currency.as_str()),
            (format!("{whole}{cents}").parse().unwrap(), currency),
            "{title}"
        );
        let says_so = import.notes.decisions.iter().any(|line| line.contains("because the name of the column says so"));
        assert_eq!(says_so, !title.starts_with("MRR") && title != "ARR €", "{title}: {:?}", import.notes.decisions);
    }
}

#[test]
fn figures_are_read_whatever_word_stands_for_their_zeros() {
    for (text, expected) in [("12 Tsd.", "12000"), ("1,5 Mio.", "1500000"), ("2 mrd", "2000000000"), ("'1200", "1200")]
    {
        assert_eq!(read(Kind::Money, &[text]).0, [expected], "{text}");
    }
    for rounded in ["1.2E+05", "1E+11"] {
        assert!(read(Kind::Money, &[rounded]).0[0].contains("a spreadsheet has rounded it"), "{rounded}");
        assert!(read(Kind::Id, &[rounded]).0[0].contains("a spreadsheet has rounded it"), "{rounded}");
    }
}

#[test]
fn the_order_of_days_is_decided_by_the_column_or_asked() {
    let (cells, told) = read(Kind::Date, &["01/02/2026", "25/02/2026", "2026-03-04"]);
    assert_eq!(cells, ["2026-02-01", "2026-02-25", "2026-03-04"]);
    assert_eq!(told, ["dates read day first, because \"25/02/2026\" is in the column"]);
    let (cells, told) = read(Kind::Date, &["01/02/26", "02/25/26"]);
    assert_eq!(cells, ["2026-01-02", "2026-02-25"]);
    assert_eq!(told, ["dates read month first, because \"02/25/26\" is in the column"]);

    let open = decided(Kind::Date, ';', &["01/02/2026", "05/05/2026"], Said::default()).unwrap_err();
    assert_eq!(
        open.to_string(),
        "column when does not show which number of a date is the day (\"01/02/2026\" can be read in two ways): say --dates dmy or --dates mdy"
    );
    let said = Said { dates: Some(DayOrder::MonthFirst), ..Said::default() };
    assert_eq!(decided(Kind::Date, ';', &["01/02/2026"], said).unwrap().read("01/02/2026").unwrap(), "2026-01-02");
    // The column shows it: what is said of columns that do not, is not for it.
    assert_eq!(decided(Kind::Date, ';', &["25/02/2026"], said).unwrap().read("01/02/2026").unwrap(), "2026-02-01");
    assert_eq!(read(Kind::Date, &["05/05/2026"]).0, ["2026-05-05"]);

    let torn = decided(Kind::Date, ';', &["25/02/2026", "02/25/2026"], Said::default()).unwrap_err();
    assert!(torn.to_string().contains("has \"25/02/2026\" and \"02/25/2026\", which contradict each other"), "{torn}");
    let torn = decided(Kind::Date, ';', &["25/02/2026", "02/25/2026"], said).unwrap();
    assert_eq!(torn.read("25/02/2026"), Err("a date with the month first, as its column has them"));
}

#[test]
fn a_column_that_shows_nothing_is_read_as_another_of_its_table() {
    let text = "opened;closed;arr;mrr\n01/02/2026;25/02/2026;1.000;12,50\n";
    let dir = directory(&[("a.csv", text.as_bytes())]);
    let opened = open(&[dir.path().to_owned()]).unwrap();
    let survey =
        opened.tables[0].survey(&[(0, Kind::Date), (1, Kind::Date), (2, Kind::Money), (3, Kind::Money)]).unwrap();
    let readings = survey.decide(&Said::default()).into_iter().collect::<Result<Vec<_>, _>>().unwrap();
    assert_eq!(readings[0].read("01/02/2026").unwrap(), "2026-02-01");
    assert_eq!(readings[2].read("1.000").unwrap(), "1000");
    let told = readings.iter().flat_map(|reading| &reading.decisions).map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(told[0], "dates read day first, because \"25/02/2026\" is in the column closed");
    assert_eq!(told[2], "numbers read with a decimal comma, because \"12,50\" is in the column mrr");
}

#[test]
fn columns_that_contradict_each_other_decide_nothing_for_a_third() {
    let text = "opened;closed;due\n01/02/2026;25/02/2026;02/25/2026\n";
    let dir = directory(&[("a.csv", text.as_bytes())]);
    let opened = open(&[dir.path().to_owned()]).unwrap();
    let survey = opened.tables[0].survey(&[(0, Kind::Date), (1, Kind::Date), (2, Kind::Date)]).unwrap();
    let readings = survey.decide(&Said::default());
    assert!(readings[0].is_err() && readings[1].is_ok() && readings[2].is_ok());
}

#[test]
fn a_figure_is_read_however_it_is_written() {
    for (text, expected) in [
        ("1250", "1250"),
        ("1,234.50", "1234.50"),
        ("1.234,56", "1234.56"),
        ("1.234,56 €", "1234.56"),
        ("$1,234.50", "1234.50"),
        ("(500.00)", "-500.00"),
        ("-500.00", "-500.00"),
        ("500.00-", "-500.00"),
        ("$(500.00)", "-500.00"),
        ("-$500.5", "-500.5"),
        ("120k", "120000"),
        ("1.25k", "1250"),
        ("USD 5k", "5000"),
        ("€1.2M", "1200000"),
        ("2,5 Mio. €", "2500000"),
        ("1 234,50", "1234.50"),
        ("1\u{a0}234\u{202f}567", "1234567"),
        ("1'234.50 CHF", "1234.50"),
        ("12,34,567.50", "1234567.50"),
        ("85%", "85"),
        ("0.123", "0.123"),
        ("1234.567", "1234.567"),
        ("US$ 12.00", "12.00"),
        ("12.50 kr", "12.50"),
        ("+7", "7"),
        ("€ 12", "12"),
        ("1.234.567", "1234567"),
    ] {
        assert_eq!(read(Kind::Number, &[text]).0, [expected], "{text}");
    }
    for text in ["twelve", "1,23.456", "1.2.3", "12 34", "1e5", "1.2E+05", "12 apples", "--5", "1,,000", "$", "5 XYZ"] {
        assert!(read(Kind::Number, &[text]).0[0].starts_with("not a number"), "{text}");
    }
    for (text, expected) in
        [("1,200", "1200"), ("1.200", "1200"), ("12.0", "12"), ("5.5", "not a whole number"), ("12", "12")]
    {
        assert_eq!(read(Kind::Whole, &[text]).0, [expected], "{text}");
    }
}

#[test]
fn a_notice_is_read_in_days_and_weeks_and_not_in_months() {
    for (text, expected) in [("90", "90"), ("90 days", "90"), ("30 Tage", "30"), ("12 weeks", "84"), ("90d", "90")] {
        assert_eq!(read(Kind::Days, &[text]).0, [expected], "{text}");
    }
    assert!(read(Kind::Days, &["3 months"]).0[0].starts_with("not a number of days"));
}

#[test]
fn thousands_and_decimals_are_decided_by_the_column_or_asked() {
    let (cells, told) = read(Kind::Money, &["1.000", "12.340,50"]);
    assert_eq!(
        (cells, told),
        (
            vec!["1000".to_owned(), "12340.50".to_owned()],
            vec!["numbers read with a decimal comma, because \"12.340,50\" is in the column".to_owned()]
        )
    );
    for delimiter in [',', ';'] {
        let open = decided(Kind::Money, delimiter, &["1.000", "250"], Said::default()).unwrap_err();
        assert_eq!(
            open.to_string(),
            "column when does not show which mark stands before decimals (\"1.000\" can be read in two ways): say --decimals comma or --decimals point"
        );
    }
    let comma = Said { decimals: Some(Decimals::Comma), ..Said::default() };
    assert_eq!(decided(Kind::Money, ',', &["1.000"], comma).unwrap().read("1.000").unwrap(), "1000");
    // Where no semicolons are between the columns, a comma before three digits groups thousands, and that is said.
    let english = decided(Kind::Money, ',', &["1,000", "250"], Said::default()).unwrap();
    assert_eq!(english.read("1,000").unwrap(), "1000");
    assert_eq!(
        english.decisions[0].to_string(),
        "numbers read with a decimal point, because a comma before three digits groups thousands in English"
    );
    assert!(decided(Kind::Money, ';', &["1,000"], Said::default()).is_err());
    assert_eq!(
        decided(Kind::Money, '\t', &["$9,500", "$120k"], Said::default()).unwrap().read("$9,500").unwrap(),
        "9500"
    );
    assert!(decided(Kind::Money, ',', &["1250.50", "7"], Said::default()).unwrap().decisions.is_empty());
    assert!(decided(Kind::Money, ',', &["1,234.50", "1.234,50"], Said::default()).is_err());
}

#[test]
fn an_amount_says_its_currency_by_sign_or_code() {
    let reading = decided(Kind::Money, ';', &["$1,234.50"], Said::default()).unwrap();
    let currency = |text: &str, row, source| {
        reading.money(text).unwrap().1.map(|mark| mark.currency(row, source).map(str::to_owned))
    };
    assert_eq!(currency("12.50", None, None), None);
    assert_eq!(currency("$1,234.50", None, None), Some(Some("USD".to_owned())));
    assert_eq!(currency("$1,234.50", Some("CAD"), None), Some(Some("CAD".to_owned())));
    assert_eq!(currency("$1,234.50", None, Some("AUD")), Some(Some("AUD".to_owned())));
    assert_eq!(currency("€1,234.50", None, Some("USD")), Some(Some("EUR".to_owned())));
    assert_eq!(currency("€1,234.50", Some("USD"), None), Some(None), "the row names another one");
    assert_eq!(currency("sek 12.00", None, None), Some(Some("SEK".to_owned())));
}

#[test]
fn placeholders_are_empty_and_a_column_full_of_them_is_told() {
    let (cells, told) = read(Kind::Text, &["Retail", "N/A", " - ", "null", "#N/A", "none", "—", "n.a."]);
    assert_eq!(cells, ["Retail", "", "", "", "", "", "", ""]);
    assert_eq!(told, ["7 cells such as \"N/A\" counted as empty"]);
    let (_, told) = read(Kind::Text, &["N/A", "", "N/A"]);
    assert_eq!(told, ["holds nothing but cells such as \"N/A\": left out, nothing is cleared"]);
    assert_eq!(
        read(Kind::Text, &["Nathan", "None Such Ltd", "#1 Plumbing", "-5"]).0,
        ["Nathan", "None Such Ltd", "#1 Plumbing", "-5"]
    );
    let (cells, told) = read(Kind::Text, &["NA", "EMEA"]);
    assert_eq!(
        (cells, told),
        (
            vec!["NA".to_owned(), "EMEA".to_owned()],
            vec!["\"NA\" read as a region, because others are beside it".to_owned()]
        )
    );
    assert_eq!(read(Kind::Date, &["-", "2026-12-24"]).0, ["", "2026-12-24"]);
}

#[test]
fn words_are_read_by_what_they_mean() {
    let (cells, told) =
        read(Kind::Priority, &["Medium", "Critical", "P1", "Sev 2", "1 - Critical", "HIGH", "-", "low", "P2 - High"]);
    assert_eq!(cells, ["normal", "urgent", "urgent", "high", "urgent", "high", "normal", "low", "high"]);
    assert_eq!(
        told,
        [
            "read \"1 - Critical\" as urgent, \"Critical\" as urgent, \"Medium\" as normal, \"P1\" as urgent, \"P2 - High\" as high and \"Sev 2\" as high",
            "1 cell without a priority read as normal"
        ]
    );
    for (kind, text, expected) in [
        (Kind::TicketState, "Solved", "closed"),
        (Kind::TicketState, "On-hold", "open"),
        (Kind::TicketState, "Waiting on customer", "open"),
        (Kind::TicketState, "To Do", "open"),
        (Kind::TicketState, "Done", "closed"),
        (Kind::TicketState, "Deleted", "deleted"),
        (Kind::CustomerStatus, "Customer", "active"),
        (Kind::CustomerStatus, "Lead", "prospect"),
        (Kind::CustomerStatus, "Churned", "churned"),
        (Kind::ContractState, "canceled", "ended"),
        (Kind::ContractState, "past_due", "active"),
        (Kind::ContractState, "trialing", "trial"),
        (Kind::Interval, "Monthly", "month"),
        (Kind::Interval, "12 months", "year"),
        (Kind::Interval, "semi-annual", "half-year"),
        (Kind::YesNo, "TRUE", "yes"),
        (Kind::YesNo, "ja", "yes"),
        (Kind::YesNo, "N", "no"),
        (Kind::Trend, "Growing", "up"),
        (Kind::Email, "Pat Example (Pat0@Northwind.example)", "pat0@northwind.example"),
        (Kind::Domain, "https://www.Acme.example/about", "acme.example"),
        (Kind::Currency, "usd", "USD"),
        (Kind::Currency, "€", "EUR"),
        (Kind::Currency, "US Dollar", "USD"),
        (Kind::Interval, "12 months", "year"),
        (Kind::Id, " 00042 ", "00042"),
    ] {
        assert_eq!(read(kind, &[text]).0, [expected], "{text}");
    }
    for (kind, text) in [
        (Kind::Priority, "Purple"),
        (Kind::TicketState, "Purple"),
        // The number is no place in a list.
        (Kind::Interval, "24 months"),
        (Kind::Id, "1.784E+10"),
        (Kind::Domain, "Acme"),
        (Kind::Email, "a@b.c, d@e.f"),
    ] {
        assert!(read(kind, &[text]).0[0].starts_with("not "), "{text}");
    }
}

#[test]
fn an_id_of_another_system_becomes_one_of_ours_or_none() {
    let id = |text: &str| customer_id(text).map(|id| id.to_string());
    assert_eq!(id("00042").as_deref(), Some("00042"));
    assert_eq!(id(" Acme Corp ").as_deref(), Some("Acme-Corp"));
    assert_eq!(id("Café Zürich / 2").as_deref(), Some("Cafe-Zurich-2"));
    assert_eq!(id("a@b.example").as_deref(), Some("a-b.example"));
    assert_eq!(id("北京公司"), None);
    assert_eq!(id(" - "), None);
    assert_eq!(id("1.784E+10"), None);
}

#[test]
fn what_a_word_or_a_sign_makes_of_a_figure_is_told() {
    let (cells, told) = read(Kind::Number, &["120k", "1,5 Mio", "45%", "12"]);
    assert_eq!(cells, ["120000", "1500000", "45", "12"]);
    assert!(told.contains(&"figures such as \"120k\" read as 120000".to_owned()), "{told:?}");
    assert!(told.contains(&"figures such as \"45%\" read as 45".to_owned()), "{told:?}");
}

#[test]
fn ids_that_a_program_took_for_figures_lose_their_fraction_where_all_have_one() {
    let ids = |ids: &[&str]| {
        let rows = ids.iter().map(|id| format!("{id},Acme {id}\n")).collect::<String>();
        let dir = directory(&[("accounts.csv", format!("Account ID,Account\n{rows}").as_bytes())]);
        let import = prepared(dir.path(), &Choices { is_confirmed: true, ..Choices::default() }).unwrap().import;
        let told = import.notes.decisions.iter().any(|line| line.contains("read without the \".0\""));
        (together(&import).customers.into_iter().map(|row| row.id.to_string()).collect::<Vec<_>>(), told)
    };
    assert_eq!(ids(&["123.0", "124.0"]), (vec!["123".to_owned(), "124".to_owned()], true));
    assert_eq!(ids(&["123.0", "124.1"]), (vec!["123.0".to_owned(), "124.1".to_owned()], false));
    assert_eq!(ids(&["v1", "2.0"]), (vec!["v1".to_owned(), "2.0".to_owned()], false));
}
