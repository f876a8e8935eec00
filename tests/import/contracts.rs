//! What a customer pays, and until when.

use ::contracts::delivery::ContractRow;
use cs_copilot::sources::{
    prepare::{Choices, Ready},
    saved::Saved,
};

use crate::{COMPANIES, confirmed, files, question, ready, together};

#[test]
fn an_amount_without_a_currency_is_asked_about_and_remembered() {
    let one = files(&[("contracts.csv", "customer_id,arr\nA-1,1200\n")]);
    let asked = question(&one, &confirmed());
    assert!(asked.to_string().contains("--currency USD"), "{asked}");
    let said = Choices { currency: Some("EUR".into()), ..confirmed() };
    let Ready { saved, .. } = ready(&Saved::default(), &one, &said);
    assert_eq!(saved.currency.as_deref(), Some("EUR"));
    ready(&saved, &one, &Choices::default());
}

#[test]
fn a_sum_is_asked_about_and_its_answer_remembered() {
    let sheet = files(&[("fees.csv", "Customer,Renewal,Fee\nAcme,2027-01-01,€ 100\n")]);
    let asked = question(&sheet, &confirmed());
    assert!(asked.to_string().contains("--map \"fees.csv:Fee=contracts.arr\""), "{asked}");
    for (answer, arr) in asked.choices().into_iter().zip([Some(10_000), Some(120_000), None]) {
        let mut choices = confirmed();
        choices.take(answer.1);
        let Ready { saved, .. } = ready(&Saved::default(), &sheet, &choices);
        let Ready { import, .. } = ready(&saved, &sheet, &Choices::default());
        assert_eq!(together(&import).contracts[0].terms.arr.as_ref().map(|arr| arr.minor), arr);
    }
}

#[test]
fn rows_with_an_amount_and_no_interval_are_counted() {
    let fees = "customer_id,Renewal,Fee,Frequency\nA-1,2027-01-01,€ 100,monthly\nA-2,2027-01-01,€ 100,\n";
    let rows = files(&[("customers.csv", "customer_id,name\nA-1,Acme\nA-2,Bolt\n"), ("fees.csv", fees)]);
    let Ready { import, .. } = ready(&Saved::default(), &rows, &confirmed());
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("1 row: amounts are no revenue, as nothing in their row says how often"), "{told}");
}

#[test]
fn a_contract_that_was_renewed_by_another_is_left_out_and_told_and_one_that_is_overdue_is_not() {
    let renewed = |ids: [&str; 5]| {
        let [a, b, c, d, e] = ids;
        format!(
            "{a}Customer ID,Product,ARR,Currency,End date\n{b}101,Pro,100,EUR,2024-12-31\n{c}101,Pro,120,EUR,2025-12-31\n\
             {d}102,Pro,50,EUR,2024-12-31\n{e}102,Add-on,20,EUR,2025-06-30\n"
        )
    };
    for ids in [["", "", "", "", ""], ["Contract ID,", "K1,", "K2,", "K3,", "K4,"]] {
        let both = files(&[("companies.csv", COMPANIES), ("contracts.csv", &renewed(ids))]);
        let Ready { import, .. } = ready(&Saved::default(), &both, &confirmed());
        let rows = together(&import);
        let revenue = |row: &ContractRow| row.terms.arr.as_ref().expect("each has some").minor;
        let mut contracts =
            rows.contracts.iter().map(|row| (row.customer_id.to_string(), revenue(row))).collect::<Vec<_>>();
        contracts.sort_unstable();
        let kept = [("101", 12_000), ("102", 2_000), ("102", 5_000)].map(|(of, minor)| (of.to_owned(), minor));
        assert_eq!(contracts, kept, "{ids:?}");
        let told = import.notes.decisions.join("\n");
        assert!(
            told.contains("1 row of contracts that were over and have been renewed by another of the same plan"),
            "{told}"
        );
    }
}

#[test]
fn an_overdue_contract_without_a_plan_is_not_taken_for_one_that_another_renewed() {
    let contracts =
        "Contract ID,Customer ID,ARR,Currency,End date\nK1,101,100,EUR,2024-12-31\nK2,101,20,EUR,2025-12-31\n";
    let both = files(&[("companies.csv", COMPANIES), ("contracts.csv", contracts)]);
    let kept = together(&ready(&Saved::default(), &both, &confirmed()).import).contracts.len();
    assert_eq!(kept, 2);
}
