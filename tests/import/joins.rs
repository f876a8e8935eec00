//! Which customer the rows of other systems are of.

use contracts::delivery::ContractRow;
use cs_copilot::{
    render::delivery::left_out,
    sources::{
        canonical::Import,
        links::{Customer, Links, plain_name},
        prepare::{Choices, Given, Question, Ready, Stop, prepare},
        saved::{Saved, pattern},
        table::open,
    },
};
use tempfile::TempDir;

use crate::{as_of, directory, prepared, prepared_after, together};

const CRM: &str = "Record ID,Company name,Company Domain Name,Lifecycle Stage\n\
    17840000000,Acme GmbH,acme.example,Customer\n17840000137,Bolt,bolt.example,Customer\n17840000274,Cora,,Customer\n\
    17840000411,Twin One,twin.example,Customer\n17840000548,Twin Two,twin.example,Customer\n17840000685,Lee,,Lead\n";

const DESK: &str = "Id,Requester email,Requester domain,Organization,Status,Priority,Created at,Solved at,Updated at,Subject\n\
    1,a@acme.example,acme.example,-,Open,Urgent,2025-01-02 10:12,-,2025-01-02 10:12,x\n\
    2,b@gmail.com,gmail.com,-,Open,-,2025-01-03 10:12,-,2025-01-03 10:12,x\n\
    3,c@twin.example,twin.example,-,Open,-,2025-01-04 10:12,-,2025-01-04 10:12,x\n\
    4,d@bolt.example,bolt.example,-,Closed,Low,2025-01-05 10:12,-,2025-01-09 10:12,x\n\
    5,d@bolt.example,bolt.example,-,Deleted,Low,2025-01-05 10:12,-,2025-01-09 10:12,x\n";

const BILLING: &str = "id,Customer ID,Customer Name,Customer Email,Plan,Quantity,Currency,Interval,Amount,Status,Current Period End (UTC)\n\
    sub_1,cus_1,Acme,x@acme.example,pro,1,eur,month,100,active,2025-06-01 10:00\n\
    sub_2,cus_1,Acme,x@acme.example,add,1,eur,quarter,50.50,active,2025-05-01 10:00\n\
    sub_3,cus_1,Acme,x@acme.example,old,1,eur,year,9000,canceled,2025-05-01 10:00\n\
    sub_4,cus_2,Bolt,x@bolt.example,pro,1,usd,year,1200,trialing,2025-07-01 10:00\n";

fn confirmed() -> Choices {
    Choices { is_confirmed: true, ..Choices::default() }
}

fn files(files: &[(&str, &str)]) -> TempDir {
    directory(&files.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>())
}

fn question(files: &TempDir, choices: &Choices) -> Question {
    match prepared(files.path(), choices) {
        Err(Stop::Question(question)) => *question,
        other => panic!("{other:?}"),
    }
}

fn ready(saved: &Saved, files: &TempDir, choices: &Choices) -> Ready {
    match prepared_after(saved, files.path(), choices) {
        Ok(ready) => ready,
        Err(stop) => panic!("{stop:?}"),
    }
}

#[test]
fn three_systems_are_joined_by_domain_and_what_is_nobodys_is_left_out_and_told() {
    let three =
        files(&[("hubspot-2025-03-10.csv", CRM), ("zendesk-2025-03-10.csv", DESK), ("subscriptions.csv", BILLING)]);
    let Question::Mapping(mapping) = question(&three, &Choices::default()) else {
        panic!("the mapping is shown first")
    };
    assert!(mapping.contains("Requester domain") && mapping.contains("tickets.domain"), "{mapping}");

    let Ready { import, .. } = ready(&Saved::default(), &three, &confirmed());
    let rows = together(&import);
    let customers = rows.customers.iter().map(|row| row.id.as_str()).collect::<Vec<_>>();
    assert_eq!(customers, ["17840000000", "17840000137", "17840000274", "17840000411", "17840000548"]);
    let tickets = rows.tickets.iter().flat_map(|of| of.tickets.iter().map(|ticket| (of.customer_id.as_str(), ticket)));
    let tickets = tickets.map(|(of, ticket)| (of, ticket.id.as_str(), ticket.closed_on.map(|day| day.to_string())));
    assert_eq!(
        tickets.collect::<Vec<_>>(),
        [("17840000000", "1", None), ("17840000137", "4", Some("2025-01-09".to_owned()))]
    );
    let contracts = rows.contracts.iter().map(|row| {
        let arr = row.terms.arr.as_ref().map(|arr| (arr.minor, arr.currency.as_str()));
        (row.customer_id.as_str(), row.contract_id.as_str(), arr)
    });
    assert_eq!(
        contracts.collect::<Vec<_>>(),
        [
            ("17840000000", "sub_1", Some((120_000, "EUR"))),
            ("17840000000", "sub_2", Some((20_200, "EUR"))),
            ("17840000137", "sub_4", None),
        ]
    );
    let told = import.notes.decisions.join("\n");
    for line in [
        "Left out: 1 row of companies that are no customers by their status",
        "Left out: 1 row of deleted tickets",
        "Left out: 1 row of contracts that are cancelled or have ended",
        "1 row: closed tickets without a day count as closed",
        "1 row: trials and contracts to come",
        "Several contracts: 1 customer;",
        "Left out: 2 rows of customers who were not found",
        "\"twin.example\", 1 row: several customers are called so",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
}

#[test]
fn what_was_decided_is_remembered_so_that_next_week_goes_through_without_a_question() {
    let three = files(&[("hubspot-2025-03-10.csv", CRM), ("zendesk-2025-03-10.csv", DESK)]);
    let Ready { saved, .. } = ready(&Saved::default(), &three, &confirmed());
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("sources/crm.toml");
    saved.keep(&file).unwrap();
    let saved = Saved::load(&file).unwrap();
    let next = files(&[("hubspot-2025-03-17.csv", CRM), ("zendesk-2025-03-17.csv", DESK)]);
    ready(&saved, &next, &Choices::default());
    // The tickets alone still find their customers, where these are in the book.
    assert!(saved.links.domain.contains_key("acme.example"), "{saved:?}");
}

#[test]
fn a_match_by_name_is_asked_and_remembered() {
    let tickets = "Issue key,Customer,Created,Status\nDI-1,Acme,2025-01-02,Open\nDI-2,Nobody Ltd,2025-01-02,Open\n";
    let both = files(&[("customers.csv", "customer_id,name\nA-1,Acme GmbH\n"), ("jira.csv", tickets)]);
    let Question::Names { pairs } = question(&both, &confirmed()) else { panic!("names are asked about") };
    assert_eq!(pairs, ["Acme is Acme GmbH (A-1), 1 row"]);
    let accepted = Choices { accepts_names: true, ..confirmed() };
    let Ready { import, saved } = ready(&Saved::default(), &both, &accepted);
    assert_eq!(together(&import).tickets.len(), 1);
    assert_eq!(saved.links.name["Acme"].as_str(), "A-1");
    ready(&saved, &both, &Choices::default());
}

#[test]
fn an_id_that_differs_by_zeros_is_told_and_joins_nobody() {
    let both = files(&[
        ("customers.csv", "customer_id,name\n00042,Acme\n00043,Bolt\n"),
        (
            "tickets.csv",
            "ticket_id,customer_id,priority,opened_on\nT1,42,high,2025-01-01\nT2,00043,high,2025-01-01\nT3,43.0,high,2025-01-01\n",
        ),
    ]);
    let Ready { import, .. } = ready(&Saved::default(), &both, &Choices::default());
    assert_eq!(together(&import).tickets.len(), 1);
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("00042 differs from it by zeros or the case of letters only"), "{told}");
    assert!(told.contains("00043 differs from it by zeros or the case of letters only"), "{told}");
    let mut saved = Saved { links: Links::default(), ..Saved::default() };
    saved.links.id.insert("42".to_owned(), "00042".parse().unwrap());
    assert_eq!(together(&ready(&saved, &both, &Choices::default()).import).tickets.len(), 2);
}

#[test]
fn an_address_that_anybody_may_have_names_no_customer() {
    let both = files(&[
        ("companies.csv", "Record ID,Company name,Company Domain Name\nA-1,Acme,acme.example\n"),
        (
            "tickets.csv",
            "Ticket ID,Requester email,Created\nT1,acme@gmail.com,2025-01-01\nT2,x@acme.example,2025-01-01\n",
        ),
    ]);
    let Ready { import, .. } = ready(&Saved::default(), &both, &confirmed());
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("\n  1 row: no customer is named, nor an address but one that anybody may have"), "{told}");
}

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
fn what_changes_in_a_name_from_week_to_week_is_left_out_of_its_pattern() {
    for (name, remembered) in [
        ("zendesk-export-2026-11-28.csv", "zendesk-export-*.csv"),
        ("hubspot-all-companies-2026-11-28-1.csv", "hubspot-all-companies-*-1.csv"),
        ("Tickets (1).csv", "tickets.csv"),
        ("export_20261128_0900.xlsx", "export_*.xlsx"),
        ("report1732788000123.csv", "report*.csv"),
        ("subscriptions.csv", "subscriptions.csv"),
    ] {
        assert_eq!(pattern(name), remembered);
    }
}

#[test]
fn names_are_compared_without_case_accents_signs_and_legal_forms() {
    for (name, plain) in [
        ("Müller & Söhne GmbH", "muller sohne"),
        ("Contoso, Ltd.", "contoso"),
        ("ACME GmbH & Co. KG", "acme"),
        ("Acme and Sons Inc", "acme sons"),
        ("Co", "co"),
    ] {
        assert_eq!(plain_name(name), plain);
    }
}

#[test]
fn a_name_is_the_same_without_the_letters_that_a_keyboard_lacks() {
    for (one, other) in
        [("Müller & Söhne GmbH", "Mueller und Soehne"), ("Straße AG", "STRASSE"), ("Ødegård AS", "Odegard")]
    {
        assert_eq!(plain_name(one), plain_name(other));
    }
}

#[test]
fn ids_that_differ_by_the_case_of_letters_are_two_customers_and_told() {
    let dir = directory(&[("customers.csv", b"customer_id,name\nabc-1,Acme\nB-2,Bolt\nABC-1,Cora\n")]);
    let import = prepared(dir.path(), &Choices::default()).unwrap().import;
    let told = import.notes.decisions.join("\n");
    assert_eq!(told, "1 customer: the ids abc-1 and ABC-1 differ by the case of letters only, and are two customers");
}

#[test]
fn two_columns_of_the_same_name_that_differ_are_asked_about() {
    let twice = files(&[("customers.csv", "customer_id,name,name\nA-1,Acme,Acme GmbH\n")]);
    let asked = question(&twice, &confirmed());
    assert!(matches!(&asked, Question::Column { columns, .. } if columns == &["name", "name (2)"]), "{asked}");
    let said = Choices { maps: vec!["customers.csv:name (2)=customers.name".parse().unwrap()], ..confirmed() };
    let named = together(&ready(&Saved::default(), &twice, &said).import).customers[0].fields.name.clone();
    assert_eq!(named.unwrap().as_str(), "Acme GmbH");
    let same = files(&[("customers.csv", "customer_id,name,name\nA-1,Acme,Acme\n")]);
    ready(&Saved::default(), &same, &confirmed());
}

#[test]
fn a_sum_beside_columns_of_periods_is_no_usage_of_its_own() {
    let wide = files(&[("usage.csv", "Account,Jan 2025,Feb 2025,Total\nAcme,1,2,3\nBolt,4,5,9\n")]);
    let Question::Mapping(mapping) = question(&wide, &Choices::default()) else { panic!("the mapping is shown first") };
    assert!(mapping.contains("left out, the columns of single periods say more: Total"), "{mapping}");
}

#[test]
fn a_ticket_of_several_companies_is_of_the_first_that_is_known_and_that_is_told() {
    let tickets = "Ticket ID,Associated Company IDs,Create date,Ticket name\n\
        1,17840000999;17840000137,2025-01-02,x\n2,17840000000;17840000137,2025-01-02,x\n3,17840000000,2025-01-02,x\n";
    let export = files(&[("companies.csv", &CRM.replacen("Record ID", "# Record ID", 1)), ("tickets.csv", tickets)]);
    let Ready { import, .. } = ready(&Saved::default(), &export, &confirmed());
    let rows = together(&import);
    let tickets = rows.tickets.iter().flat_map(|of| of.tickets.iter().map(|ticket| (of.customer_id.as_str(), ticket)));
    let mut tickets = tickets.map(|(of, ticket)| (ticket.id.as_str(), of)).collect::<Vec<_>>();
    tickets.sort_unstable();
    assert_eq!(tickets, [("1", "17840000137"), ("2", "17840000000"), ("3", "17840000000")]);
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("1 row by id, 2 rows by the first known of several ids"), "{told}");
}

#[test]
fn what_a_row_says_besides_several_ids_goes_before_them_and_a_comma_makes_no_list() {
    let crm = "customer_id,name\n1,Acme\n2,Bolt\n";
    let tickets = "Ticket ID,Associated Company IDs,Company name,Created,Subject\n1,1;2,Bolt,2025-01-02,x\n\
        2,\"1,234\",,2025-01-02,x\n3,\"9, 2\",,2025-01-02,x\n";
    let export = files(&[("customers.csv", crm), ("tickets.csv", tickets)]);
    let choices = Choices { accepts_names: true, ..confirmed() };
    let Ready { import, .. } = ready(&Saved::default(), &export, &choices);
    let rows = together(&import);
    let of = |id: &str| {
        let of = rows.tickets.iter().find(|of| of.tickets.iter().any(|ticket| ticket.id.as_str() == id));
        of.map(|of| of.customer_id.as_str())
    };
    assert_eq!((of("1"), of("3")), (Some("2"), Some("2")));
    assert!(of("2").is_none_or(|customer| customer != "1"), "{:?}", of("2"));
}

#[test]
fn a_table_of_which_most_rows_are_of_nobody_here_asks_once() {
    let companies: (&str, &[u8]) = ("companies.csv", b"Record ID,Company name\n1,Acme\n");
    let tickets = "Ticket ID,Organization,Requester email,Created\nT-1,Acme,a@acme.example,2025-01-02\n\
                   T-2,Other,a@other.example,2025-01-02\nT-3,Another,a@another.example,2025-01-02\n";
    let dir = directory(&[companies, ("tickets.csv", tickets.as_bytes())]);
    let choices = Choices { is_confirmed: true, accepts_names: true, ..Choices::default() };
    let first = prepared(dir.path(), &choices).unwrap();
    assert_eq!(first.import.notes.unfound, [("tickets.csv".to_owned(), 2, 3)]);
    assert_eq!(
        left_out(&first.import.notes).as_deref(),
        Some("leave out 2 of the 3 rows of tickets.csv, whose customers were not found")
    );
    let next = prepared_after(&first.saved, dir.path(), &Choices::default()).unwrap();
    assert_eq!((left_out(&next.import.notes), next.saved), (None, first.saved));
}

#[test]
fn a_name_with_another_legal_form_is_shown_as_such() {
    let companies: (&str, &[u8]) =
        ("companies.csv", b"Record ID,Company name\n1,Globex GmbH\n2,Initech\n3,Hooli GmbH & Co. KG\n");
    let tickets = "Ticket ID,Organization,Created\nT-1,Globex AG,2025-01-02\nT-2,Initech Ltd,2025-01-02\n\
                   T-3,Hooli GmbH & Co KG,2025-01-02\n";
    let dir = directory(&[companies, ("tickets.csv", tickets.as_bytes())]);
    let asked = match prepared(dir.path(), &Choices { is_confirmed: true, ..Choices::default() }) {
        Err(Stop::Question(question)) => question.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(asked.contains("  Globex AG is Globex GmbH (1), 1 row; their legal forms differ\n"), "{asked}");
    assert_eq!(asked.matches("differ").count(), 1, "{asked}");
}

#[test]
fn a_third_system_finds_its_customers_by_the_ids_that_the_second_brings() {
    let crm = "Record ID,Company name,Company Domain Name,Lifecycle Stage\n901,Acme,acme.example,Customer\n";
    let billed = "id,Description,Email,Name,Created (UTC),hubspot_id (metadata)\n\
                  cus_1,,pay@agency.example,Paying Agency,2025-01-01 10:00,901\n";
    let subscriptions = "id,Customer ID,Plan,Quantity,Currency,Interval,Amount,Status,Current Period End (UTC)\n\
                         sub_1,cus_1,pro,1,usd,month,100.00,active,2027-01-01 10:00\n";
    let dir = directory(&[
        ("a-subscriptions.csv", subscriptions.as_bytes()),
        ("hubspot.csv", crm.as_bytes()),
        ("unified_customers.csv", billed.as_bytes()),
    ]);
    let contracts = together(&prepared(dir.path(), &confirmed()).unwrap().import).contracts;
    assert_eq!(contracts.iter().map(|row| row.customer_id.as_str()).collect::<Vec<_>>(), ["901"]);
}

#[test]
fn rows_that_are_all_of_nobody_here_are_no_delivery() {
    let dir = directory(&[("desk.csv", DESK.as_bytes())]);
    let refused = match prepared(dir.path(), &confirmed()) {
        Err(Stop::Problems(problems)) => problems.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(refused.contains("every row is of a customer who was not found: Left out: 5 rows"), "{refused}");
    assert!(refused.contains("name the file that has them, too"), "{refused}");
}

const COMPANIES: &str = "Record ID,Company name,Company Domain Name\n101,Acme,acme.example\n102,Bolt,bolt.example\n";

/// Of which customer each ticket is.
fn tickets_of(import: &Import) -> Vec<(String, String)> {
    let rows = together(import);
    let mut of = Vec::new();
    for tickets in &rows.tickets {
        let customer = tickets.customer_id.to_string();
        of.extend(tickets.tickets.iter().map(|ticket| (ticket.id.as_str().to_owned(), customer.clone())));
    }
    of.sort_unstable();
    of
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(ticket, customer)| ((*ticket).to_owned(), (*customer).to_owned())).collect()
}

#[test]
fn ids_that_two_systems_give_to_different_customers_are_refused_where_the_domains_say_so() {
    let tickets = |second: &str| {
        format!(
            "Ticket ID,Organization ID,Requester email,Created at,Subject\n1,101,x@bolt.example,2025-01-02,x\n{second}"
        )
    };
    let strange = files(&[("companies.csv", COMPANIES), ("tickets.csv", &tickets(""))]);
    let Err(Stop::Problems(problems)) = prepared(strange.path(), &confirmed()) else { panic!("it is refused") };
    let told = problems.to_string();
    assert!(told.contains("column Organization ID") && told.contains("\"tickets.csv:Organization ID=-\""), "{told}");

    // One who writes for another does not make the ids wrong, and is told.
    let one = files(&[("companies.csv", COMPANIES), ("tickets.csv", &tickets("2,102,y@bolt.example,2025-01-02,x\n"))]);
    let Ready { import, .. } = ready(&Saved::default(), &one, &confirmed());
    assert_eq!(tickets_of(&import), pairs(&[("1", "101"), ("2", "102")]));
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("1 row by id and domain, 1 row by id, though their domain is another customer's"), "{told}");
}

#[test]
fn a_row_whose_domain_and_name_are_those_of_two_customers_is_nobodys() {
    let tickets = "Ticket ID,Company name,Requester email,Created at,Subject\n1,Bolt,x@acme.example,2025-01-02,x\n\
        2,Acme,x@acme.example,2025-01-02,x\n3,Acme,x@acme.example,2025-01-02,x\n";
    let both = files(&[("companies.csv", COMPANIES), ("tickets.csv", tickets)]);
    let Ready { import, .. } = ready(&Saved::default(), &both, &confirmed());
    assert_eq!(tickets_of(&import), pairs(&[("2", "101"), ("3", "101")]));
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("its domain is that of 101, its name that of 102"), "{told}");
}

#[test]
fn a_file_that_knows_another_systems_id_leads_the_rows_of_a_third_to_the_customer() {
    let organizations = "id,name,external_id\n3600001,Acme (support),101\n3600002,Bolt EU,102\n";
    let tickets =
        "id,subject,status,created_at,organization_id\n1,x,open,2025-01-02,3600001\n2,x,open,2025-01-02,3600002\n";
    let three = files(&[("companies.csv", COMPANIES), ("organizations.csv", organizations), ("tickets.csv", tickets)]);
    let Ready { import, saved } = ready(&Saved::default(), &three, &confirmed());
    assert_eq!(tickets_of(&import), pairs(&[("1", "101"), ("2", "102")]));

    let next = files(&[("companies.csv", COMPANIES), ("tickets.csv", tickets)]);
    let Ready { import, .. } = ready(&saved, &next, &confirmed());
    assert_eq!(tickets_of(&import), pairs(&[("1", "101"), ("2", "102")]));
}

#[test]
fn an_id_that_two_systems_have_for_different_customers_is_nobodys_where_nothing_else_is_said() {
    let organizations = "id,name,domain_names\n102,Acme,acme.example\n103,Bolt,bolt.example\n";
    let tickets = "id,subject,status,created_at,organization_id\n1,x,open,2025-01-02,102\n2,x,open,2025-01-02,103\n";
    let three = files(&[("companies.csv", COMPANIES), ("organizations.csv", organizations), ("tickets.csv", tickets)]);
    let choices = Choices { accepts_names: true, ..confirmed() };
    let Ready { import, .. } = ready(&Saved::default(), &three, &choices);
    assert_eq!(tickets_of(&import), pairs(&[("2", "102")]));
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("its id is that of 102, its id in another system that of 101"), "{told}");
}

#[test]
fn a_salesforce_id_is_the_same_in_fifteen_and_in_eighteen_characters() {
    // Two accounts may differ by the case of a letter alone.
    let accounts = "Account ID,Account Name\n0015g00000XyZabAAF,Acme\n0015g00000XyZaBAAV,Bolt\n";
    let cases = "Case Number,Subject,Opened Date,Account ID\n1,x,2025-01-02,0015g00000XyZab\n\
        2,x,2025-01-02,0015g00000XyZaB\n3,x,2025-01-02,0015g00000XyZabAAF\n4,x,2025-01-02,0015g00000XyZabAAV\n";
    let both = files(&[("accounts.csv", accounts), ("cases.csv", cases)]);
    let (acme, bolt) = ("0015g00000XyZabAAF", "0015g00000XyZaBAAV");
    let tickets = tickets_of(&ready(&Saved::default(), &both, &confirmed()).import);
    assert_eq!(tickets[..3], pairs(&[("1", acme), ("2", bolt), ("3", acme)]));
    assert!(tickets.iter().all(|(ticket, of)| ticket != "4" || of != acme && of != bolt), "its check is another's");

    let short = accounts.replace("AAF", "").replace("AAV", "");
    let both = files(&[("accounts.csv", &short), ("cases.csv", cases)]);
    let tickets = tickets_of(&ready(&Saved::default(), &both, &confirmed()).import);
    assert_eq!(tickets[2], ("3".to_owned(), "0015g00000XyZab".to_owned()));
}

#[test]
fn an_address_below_a_customers_domain_is_of_that_customer_and_told() {
    let sites =
        "Record ID,Company name,Website URL\n101,Acme,https://www.acme.example/about\n102,Bolt,shop.bolt.example\n";
    let tickets = "Ticket ID,Requester email,Created at,Subject\n1,x@mail.acme.example,2025-01-02,x\n\
        2,x@bolt.example,2025-01-02,x\n3,x@acme.example,2025-01-02,x\n";
    let both = files(&[("companies.csv", sites), ("tickets.csv", tickets)]);
    let Ready { import, .. } = ready(&Saved::default(), &both, &confirmed());
    assert_eq!(tickets_of(&import), pairs(&[("1", "101"), ("3", "101")]));
    let told = import.notes.decisions.join("\n");
    assert!(told.contains("1 row by domain, 1 row by the domain that theirs is part of"), "{told}");
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
fn what_a_company_has_that_is_no_customer_is_left_out_with_it_and_told() {
    let crm = format!("{CRM}17840000822,Mia,mia.example,Opportunity\n");
    let tickets = "Ticket ID,Organization ID,Requester email,Created at,Subject\n1,17840000000,,2025-01-02,x\n\
        2,17840000822,,2025-01-02,x\n3,,x@mia.example,2025-01-02,x\n";
    let both = files(&[("companies.csv", &crm), ("tickets.csv", tickets)]);
    let Ready { import, .. } = ready(&Saved::default(), &both, &confirmed());
    assert_eq!(tickets_of(&import), pairs(&[("1", "17840000000")]));
    let told = import.notes.decisions.join("\n");
    assert!(
        told.contains("2 rows of tickets, contracts and the like of companies that are no customers by their status"),
        "{told}"
    );
}

#[test]
fn what_is_wrong_with_what_was_remembered_is_one_sentence_with_its_line() {
    let dir = files(&[("crm.toml", "currency = \"EUR\"\n[links.id]\na = = b\n")]);
    let wrong = Saved::load(&dir.path().join("crm.toml")).unwrap_err().to_string();
    assert!(wrong.contains("crm.toml: line 3: ") && !wrong.contains('\n'), "{wrong}");
}

#[test]
fn an_overdue_contract_without_a_plan_is_not_taken_for_one_that_another_renewed() {
    let contracts =
        "Contract ID,Customer ID,ARR,Currency,End date\nK1,101,100,EUR,2024-12-31\nK2,101,20,EUR,2025-12-31\n";
    let both = files(&[("companies.csv", COMPANIES), ("contracts.csv", contracts)]);
    let kept = together(&ready(&Saved::default(), &both, &confirmed()).import).contracts.len();
    assert_eq!(kept, 2);
}

#[test]
fn what_the_customers_file_stores_now_goes_before_what_was_remembered_of_an_id() {
    let companies = "Record ID,Company name,Stripe Customer ID\n101,Acme,\n102,Bolt,cus_1\n";
    let subscriptions = "id,Customer ID,Amount,Currency,Interval,Status\nsub_1,cus_1,100,eur,year,active\n";
    let both = files(&[("companies.csv", companies), ("subscriptions.csv", subscriptions)]);
    let mut saved = Saved::default();
    saved.links.id.insert("cus_1".to_owned(), "101".parse().unwrap());
    let contracts = together(&ready(&saved, &both, &confirmed()).import).contracts;
    assert_eq!(contracts[0].customer_id.as_str(), "102");
}

#[test]
fn a_daughter_with_a_domain_below_her_mothers_is_a_customer_of_her_own() {
    let book = [Customer {
        id: "101".parse().unwrap(),
        name: "Acme".to_owned(),
        domains: vec!["acme.example".to_owned()],
        other_ids: Vec::new(),
    }];
    let dir = files(&[("customers.csv", "Company name,Company domain,Industry\nAcme Labs,labs.acme.example,Food\n")]);
    let opened = open(&[dir.path().to_owned()]).unwrap();
    let given = Given { opened: &opened, day: as_of(), saved: &Saved::default(), book: &book };
    let Ready { import, .. } = prepare(given, &confirmed()).unwrap_or_else(|stop| panic!("{stop:?}"));
    assert_eq!(together(&import).customers[0].id.as_str(), "acme-labs");
}
