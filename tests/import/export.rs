//! What is exported is imported as the same rows again.

use std::{collections::BTreeMap, fs, path::Path};

use contracts::{
    delivery::{Exported, Piece},
    facts::Part,
};
use cs_copilot::{export::Export, sources::cell};
use proptest::prelude::*;

use crate::{day, read_directory, rows, together};

fn exported(source: &str, days: &[(Part, &str)], piece: Piece) -> Exported {
    let parts = days.iter().map(|(part, on)| (*part, day(on))).collect();
    Exported { source: source.parse().unwrap(), parts, piece }
}

/// Everything a book can hold, in every form.
fn everything() -> Piece {
    rows(&[
        (
            "customers.csv",
            "customer_id,name,industry,segment,owner,status,since,contact\n\
             A-1,\"Acme, \"\"Inc\"\"\",Retail,,Casey,churned,2020-01-02,Ada\nB-2,'=2+3,,SMB,,,,\nC-3,-Dash,,,,active,,\n",
        ),
        (
            "usage.csv",
            "customer_id,metric,measure,date,value,trend,recent,before\nA-1,logins,count,2025-01-02,0.1,,,\n\
             A-1,logins,,2025-01-03,1200,,,\nA-1,seats,level,,,down,3,4.5\nB-2,,,2025-01-02,0,,,\n",
        ),
        (
            "tickets.csv",
            "ticket_id,customer_id,priority,opened_on,closed_on,subject\nT-1,A-1,urgent,2025-01-02,,@all: it fails\n\
             T-2,B-2,low,2025-01-02,2025-01-09,\nT-3,A-1,high,2025-02-02,,\n",
        ),
        (
            "contracts.csv",
            "customer_id,contract_id,renewal_date,arr,currency,plan,seats,auto_renew,notice_days\n\
             A-1,K-1,2025-06-30,1204500.10,EUR,Pro,12,yes,90\nA-1,K-2,,0,USD,,,no,\nB-2,,,,,,,,\n",
        ),
        ("contacts.csv", "customer_id,name,role,email,primary\nA-1,Ada,CTO,ada@example.com,yes\nA-1,Bob,,,\n"),
        (
            "satisfaction.csv",
            "customer_id,date,survey,score,response_id\nA-1,2025-01-02,csat,4,R-1\nB-2,2025-01-02,nps,0,\n",
        ),
        (
            "activity.csv",
            "customer_id,date,kind,text,agreed,follow_up,follow_up_closed,activity_id\n\
             A-1,2025-01-02,call,\"=spoke\n-at length\",two years,2025-02-01,2025-01-20,C-1\nB-2,2025-01-02,note,x,,,,\n",
        ),
    ])
}

#[test]
fn a_round_trip_gives_the_same_rows() {
    let dir = tempfile::tempdir().unwrap();
    let all = Part::DELIVERED.map(|part| (part, "2025-03-10"));
    let mut export = Export::begin(dir.path()).unwrap();
    export.write(&exported("crm", &all, everything())).unwrap();
    let written = export.finish().unwrap();
    assert_eq!(written.len(), 1);
    assert_eq!(written[0].folder, dir.path().join("crm-2025-03-10"));
    assert_eq!(written[0].rows, BTreeMap::from(Part::DELIVERED.map(|part| (part, 3))).into_iter().map(count).collect());
    assert_eq!(together(&read_directory(&written[0].folder).unwrap()), everything());
}

/// How many rows of each part [`everything`] has.
fn count((part, _): (Part, u64)) -> (Part, u64) {
    let rows = match part {
        Part::Usage => 4,
        Part::Contacts | Part::Satisfaction | Part::Activity => 2,
        _ => 3,
    };
    (part, rows)
}

#[test]
fn each_source_and_day_has_a_folder_and_customers_come_first() {
    let dir = tempfile::tempdir().unwrap();
    let mut export = Export::begin(dir.path()).unwrap();
    let usage = rows(&[("usage.csv", "customer_id,date,value\nA-1,2025-01-02,1\n")]);
    let customers = rows(&[("customers.csv", "customer_id,name\nA-1,Acme\n")]);
    export.write(&exported("app", &[(Part::Usage, "2025-01-05")], usage)).unwrap();
    let days = [(Part::Customers, "2025-01-07"), (Part::Tickets, "2025-01-06")];
    export.write(&exported("crm", &days, customers)).unwrap();
    let folders = export.finish().unwrap().into_iter().map(|written| written.folder);
    let names = folders.map(|folder| folder.file_name().unwrap().to_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(names, ["crm-2025-01-07", "app-2025-01-05", "crm-2025-01-06"]);
    let tickets = fs::read_to_string(dir.path().join("crm-2025-01-06/tickets.csv")).unwrap();
    assert_eq!(tickets, "ticket_id,customer_id,priority,opened_on,closed_on,subject\n", "that there is none is known");
}

#[test]
fn an_export_that_is_not_finished_leaves_nothing_behind_and_one_that_is_replaces_the_last() {
    let dir = tempfile::tempdir().unwrap();
    let names = |dir: &Path| {
        let mut names = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
        names.sort();
        names
    };
    let one = |name: &str| {
        let mut export = Export::begin(dir.path()).unwrap();
        let piece = rows(&[("customers.csv", &format!("customer_id,name\nA-1,{name}\n"))]);
        export.write(&exported("crm", &[(Part::Customers, "2025-01-07")], piece)).unwrap();
        export
    };
    drop(one("Acme"));
    assert_eq!(names(dir.path()), Vec::<std::ffi::OsString>::new());
    one("Acme").finish().unwrap();
    one("Acme 2").finish().unwrap();
    assert_eq!(names(dir.path()), ["crm-2025-01-07"]);
    assert!(fs::read_to_string(dir.path().join("crm-2025-01-07/customers.csv")).unwrap().contains("Acme 2"));
}

proptest! {
    #[test]
    fn no_text_is_a_formula_and_every_one_comes_back(text in "[-=+@'a ]{0,6}") {
        let inert = cell::inert(&text);
        prop_assert!(!inert.starts_with(['=', '+', '-', '@']));
        prop_assert_eq!(cell::plain(&inert), text);
    }
}
