//! Any part alone is an import, and it is told which columns were there.

use contracts::{
    activity::ActivityKind,
    facts::{Measure, Part, Survey},
};
use cs_copilot::sources::{canonical::Table, prepare::Choices};

use crate::{directory, prepared, read, rows, together};

#[test]
fn any_file_alone_is_an_import() {
    let files = [
        ("customers.csv", "customer_id,name\nA-1,Acme\n"),
        ("usage.csv", "customer_id,date,value\nA-1,2025-01-02,3\n"),
        ("tickets.csv", "ticket_id,customer_id,priority,opened_on\nT,A-1,low,2025-01-02\n"),
        ("contracts.csv", "customer_id,plan\nA-1,Pro\n"),
        ("contacts.csv", "customer_id,name\nA-1,Ada\n"),
        ("satisfaction.csv", "customer_id,date,survey,score\nA-1,2025-01-02,nps,9\n"),
        ("activity.csv", "customer_id,date,kind,text\nA-1,2025-01-02,call,spoke\n"),
    ];
    for (file, part) in files.into_iter().zip(Part::DELIVERED) {
        let import = read(&[file]).unwrap();
        assert_eq!(import.parts.keys().collect::<Vec<_>>(), [&part]);
        assert_eq!((import.rows, import.pieces().count()), (1, 1));
    }
}

#[test]
fn a_part_without_rows_is_there_all_the_same() {
    let import = read(&[("tickets.csv", "ticket_id,customer_id,priority,opened_on\n")]).unwrap();
    assert_eq!((import.parts.contains_key(&Part::Tickets), import.pieces().count()), (true, 0));
}

#[test]
fn the_columns_that_may_clear_are_told() {
    let told = |file: &str, header: &str| {
        let import = read(&[(file, header)]).unwrap();
        let columns = import.parts.into_values().next().unwrap();
        columns.iter().map(|column| column.as_str().to_owned()).collect::<Vec<_>>().join(" ")
    };
    let table = [
        ("customers.csv", "Contact,name,customer_id,shoe size\nAda,Acme,A-1,7\n", "name contact"),
        ("usage.csv", "customer_id,date,value,metric\n", ""),
        ("usage.csv", "customer_id,date,value,metric,measure\n", "measure"),
        ("tickets.csv", "ticket_id,customer_id,priority,opened_on,subject\n", "subject"),
        ("contracts.csv", "customer_id,contract_id,arr,currency,notice_days\n", "arr notice_days"),
        ("contacts.csv", "customer_id,email,primary\n", "email primary"),
        ("satisfaction.csv", "customer_id,date,survey,score,response_id\n", ""),
        ("activity.csv", "customer_id,date,kind,text,agreed\n", ""),
    ];
    for (file, header, expected) in table {
        assert_eq!(told(file, header), expected, "{file}");
    }
}

#[test]
fn a_customer_may_have_several_metrics_and_contracts() {
    let usage = "customer_id,date,value,metric,measure\nA-1,2025-01-02,3,logins,count\nA-1,2025-01-02,40,seats,level\n\
                 A-1,2025-01-01,2,logins,\n";
    let contracts = "customer_id,contract_id,plan,notice_days\nA-1,K-1,Pro,90\nA-1,K-2,Addon,\nB-2,,Basic,\n";
    let rows = rows(&[("usage.csv", usage), ("contracts.csv", contracts)]);
    let series = rows.usage.iter().map(|rows| (rows.metric.as_str(), rows.measure)).collect::<Vec<_>>();
    assert_eq!(series, [("logins", Some(Measure::Count)), ("seats", Some(Measure::Level))]);
    let ids = rows.contracts.iter().map(|row| (row.contract_id.as_str(), row.terms.notice_days)).collect::<Vec<_>>();
    assert_eq!(ids, [("K-1", Some(90)), ("K-2", None), ("B-2", None)]);
}

#[test]
fn a_contact_is_told_by_its_address_else_by_its_name() {
    let contacts = "customer_id,name,role,email,primary\nA-1,Ada,CTO,Ada@Example.com,yes\nA-1,Bob,,,no\n";
    let contacts = rows(&[("contacts.csv", contacts)]).contacts;
    assert_eq!(contacts.iter().map(|row| row.key.as_str()).collect::<Vec<_>>(), ["ada@example.com", "Bob"]);
    assert_eq!((contacts[0].contact.primary, contacts[1].contact.primary), (Some(true), Some(false)));
}

#[test]
fn a_response_without_an_id_has_its_place_among_those_of_the_day_whatever_the_order_of_the_rows() {
    let lines = ["A-1,2025-01-02,nps,9", "A-1,2025-01-02,nps,3", "A-1,2025-01-03,nps,3", "B-2,2025-01-02,csat,4"];
    let ids = |lines: &[&str]| {
        let rows = rows(&[("satisfaction.csv", &format!("customer_id,date,survey,score\n{}\n", lines.join("\n")))]);
        let ids = rows.satisfaction.into_iter().map(|row| (row.customer_id, row.score, row.response_id.to_string()));
        ids.collect::<Vec<_>>()
    };
    let found = ids(&lines);
    let expected = ["nps 2025-01-02 1", "nps 2025-01-02 2", "nps 2025-01-03 1", "csat 2025-01-02 1"];
    assert_eq!(found.iter().map(|(_, _, id)| id.as_str()).collect::<Vec<_>>(), expected);
    let mut turned = lines;
    turned.reverse();
    assert_eq!(ids(&turned), found);
    let own = rows(&[("satisfaction.csv", "customer_id,date,survey,score,response_id\nA-1,2025-01-02,csat,5,R-1\n")]);
    assert_eq!((own.satisfaction[0].response_id.as_str(), own.satisfaction[0].survey), ("R-1", Survey::Csat));
}

#[test]
fn an_activity_without_an_id_has_its_place_among_those_of_the_day_whatever_the_order_of_the_rows() {
    let lines =
        ["A-1,2025-01-02,call,spoke", "A-1,2025-01-02,call,again", "A-1,2025-01-02,note,so", "B-2,2025-01-02,call,x"];
    let ids = |lines: &[&str]| {
        let rows = rows(&[("activity.csv", &format!("customer_id,date,kind,text\n{}\n", lines.join("\n")))]);
        let ids = rows.activity.into_iter().map(|row| format!("{} {} {}", row.customer_id, row.id, row.text));
        ids.collect::<Vec<_>>()
    };
    let expected = [
        "A-1 note-2025-01-02-1 so",
        "A-1 call-2025-01-02-1 again",
        "A-1 call-2025-01-02-2 spoke",
        "B-2 call-2025-01-02-1 x",
    ];
    assert_eq!(ids(&lines), expected);
    let mut turned = lines;
    turned.reverse();
    assert_eq!(ids(&turned), expected);
}

#[test]
fn an_activity_says_what_was_agreed_and_what_follows() {
    let header = "customer_id,date,kind,text,agreed,follow_up,follow_up_closed,activity_id\n";
    let row = "A-1,2025-01-02,Meeting,\"spoke\nat length\",two years,2025-01-09,2025-01-08,M-1\n";
    let activity = &rows(&[("activity.csv", &format!("{header}{row}"))]).activity[0];
    assert_eq!((activity.id.as_str(), activity.kind), ("M-1", ActivityKind::Meeting));
    assert_eq!((activity.text.as_str(), activity.agreed.as_ref()), ("spoke\nat length", Some(&"two years".into())));
    let follow_up = activity.follow_up.unwrap();
    assert_eq!(
        (follow_up.due, follow_up.closed_on),
        ("2025-01-09".parse().unwrap(), Some("2025-01-08".parse().unwrap()))
    );

    let refused = |row: &str| read(&[("activity.csv", &format!("{header}{row}\n"))]).unwrap_err().to_string();
    for (row, what) in [
        ("A-1,2025-01-02,visit,x,,,,", "is not note, call, meeting, email, prepared, sent or unknown"),
        ("A-1,2025-01-02,call,x,,2025-01-01,,", "\"2025-01-01\" is not a day on or after that of the row"),
        ("A-1,2025-01-02,call,x,,,2025-01-03,", "is there without the day on which the follow-up was due"),
        ("A-1,2025-01-02,call,,,,,", "text"),
    ] {
        assert!(refused(row).contains(what), "{row}: {}", refused(row));
    }
}

#[test]
fn an_amount_without_a_currency_takes_the_one_that_is_said_and_no_other() {
    let dir = directory(&[("contracts.csv", b"customer_id,arr,currency\nA-1,12,\nB-2,13,EUR\nC-3,,\n")]);
    let said = Choices { currency: Some("USD".into()), ..Choices::default() };
    let import = prepared(dir.path(), &said).unwrap().import;
    let arr = together(&import).contracts.into_iter().map(|row| row.terms.arr.map(|arr| arr.currency.to_string()));
    assert_eq!(arr.collect::<Vec<_>>(), [Some("USD".to_owned()), Some("EUR".to_owned()), None]);
}

#[test]
fn files_that_are_not_used_are_told_with_the_reason() {
    let customers = ("customers.csv", "customer_id,name\nA-1,Acme\n");
    let import = read(&[customers, ("Tickets (1).csv", "x\n1\n"), ("notes.pdf", "x")]).unwrap();
    let unused = import.notes.unused.iter().map(|(file, _)| file.as_str()).collect::<Vec<_>>();
    assert_eq!(unused, ["notes.pdf", "Tickets (1).csv"]);
}

#[test]
fn every_delivered_part_has_a_table_whose_forms_are_its_columns() {
    for part in Part::DELIVERED {
        let table = Table::of(part);
        for column in table.forms.iter().copied().flatten() {
            assert!(table.columns.iter().any(|(name, _)| name == column), "{column} of {}", table.file());
        }
        for column in contracts::delivery::columns::names(part) {
            assert!(table.columns.iter().any(|(name, _)| *name == column), "{column} of {}", table.file());
        }
    }
}
