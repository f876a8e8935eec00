//! What is done for a customer is in proportion to what it pays beside the others.

use std::fs;

use serde_json::Value;

use crate::Account;

/// Five customers of one segment whose contracts renew in two weeks; what each pays, and one of whom nobody knows it.
fn account() -> Account {
    let account = Account::new();
    account.good(&["demo", "remove"]);
    fs::create_dir(account.path("export")).unwrap();
    let (mut customers, mut contracts) = (String::from("customer_id,name,segment\n"), String::new());
    for (id, arr) in [("a", "10000"), ("b", "10000"), ("c", "12000"), ("dear", "90000"), ("unknown", "")] {
        customers.push_str(&format!("{id},Customer {id},Mid-Market\n"));
        contracts.push_str(&format!("{id},2024-12-30,{arr},USD,no\n"));
    }
    fs::write(account.path("export/customers.csv"), customers).unwrap();
    let head = "customer_id,renewal_date,arr,currency,auto_renew\n";
    fs::write(account.path("export/contracts.csv"), format!("{head}{contracts}")).unwrap();
    account.good(&["import", "export", "--as-of", "2024-12-20"]);
    account
}

/// How long the renewal takes.
fn minutes(account: &Account, customer: &str) -> u64 {
    let ended = account.run(&["run", "renewal", customer, "--as-of", "2024-12-20", "--format", "json"]);
    let answer = serde_json::from_str::<Value>(&ended.stdout).expect(&ended.stderr);
    let actions = answer["actions"].as_array().unwrap();
    let papers = actions.iter().find(|action| action["text"].as_str().unwrap().contains("renewal papers"));
    papers.expect("the renewal")["minutes"].as_u64().unwrap()
}

#[test]
fn who_pays_far_more_than_the_others_gets_more_time_and_of_whom_nobody_knows_no_less() {
    let account = account();
    assert_eq!(["a", "c", "dear", "unknown"].map(|customer| minutes(&account, customer)), [30, 30, 60, 30]);
}
