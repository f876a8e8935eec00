//! Exports of the systems that customers live in, each by a header as the system writes it and rows made up here.

use contracts::facts::Part;
use cs_copilot::sources::{
    fields::System,
    recognise::{Becomes, Layout, Look, Unused, Why, recognise},
};

/// What a file of these lines is taken for.
fn layout(file: &str, text: &str) -> Result<Layout, Unused> {
    let rows = text.lines().map(|line| line.split('|').collect::<Vec<_>>()).collect::<Vec<_>>();
    recognise(Look { file, sheet: "", header: &rows[0], rows: &rows[1..] }, &Default::default())
}

/// The fields of a layout with the headers they were found in.
fn fields(file: &str, text: &str) -> String {
    let layout = layout(file, text).unwrap();
    assert!(layout.questions.is_empty(), "{file}: {:?}", layout.questions);
    let titles = text.lines().next().unwrap().split('|');
    let named = layout.columns.iter().zip(titles).filter_map(|(becomes, title)| match becomes {
        Becomes::Field(part, field) => Some(format!("{}.{}={title}", part.as_str(), field.name)),
        Becomes::Point(period) => Some(format!("{}={title}", period.last)),
        Becomes::Metric(name) => Some(format!("metric {name}={title}")),
        Becomes::Nothing(_) => None,
    });
    named.collect::<Vec<_>>().join("; ")
}

#[test]
fn hubspot() {
    assert_eq!(
        fields(
            "companies.csv",
            "Record ID|Company name|Company owner|Create Date|Industry|Lifecycle Stage|Company Domain Name|Annual Revenue\n\
             1|Acme|Ada|2025-01-01|RETAIL|Customer|acme.example|9"
        ),
        "customers.customer_id=Record ID; customers.name=Company name; customers.owner=Company owner; \
         customers.industry=Industry; customers.status=Lifecycle Stage; customers.domain=Company Domain Name"
    );
    assert_eq!(
        fields(
            "contacts.csv",
            "Record ID|First Name|Last Name|Email|Phone Number|Job Title|Associated Company IDs|Associated Company\n\
             7|Ada|Byron|ada@acme.example|1|CTO|1|Acme"
        ),
        "contacts.first_name=First Name; contacts.last_name=Last Name; contacts.email=Email; contacts.role=Job Title; \
         contacts.customer_id=Associated Company IDs; contacts.customer=Associated Company"
    );
    let deals = "Record ID|Deal Name|Deal Stage|Close Date|Deal owner|Amount\n1|New|Closed won|2025-01-01|Ada|9";
    assert!(matches!(layout("deals.csv", deals), Err(Unused::OfNoUse(_))));
}

#[test]
fn salesforce() {
    assert_eq!(
        fields(
            "report.csv",
            "Account ID|Account Name|Account Owner|Type|Industry|Website\n001|Acme|Ada|Customer|IT|acme.example"
        ),
        "customers.customer_id=Account ID; customers.name=Account Name; customers.owner=Account Owner; \
         customers.status=Type; customers.industry=Industry; customers.domain=Website"
    );
    assert_eq!(
        fields(
            "contracts-report.csv",
            "Account Name|Contract Number|Contract End Date|Owner Expiration Notice|Status\nAcme|00000101|2027-01-01|30|Activated"
        ),
        "contracts.customer=Account Name; contracts.contract_id=Contract Number; contracts.renewal_date=Contract End Date; \
         contracts.notice_days=Owner Expiration Notice; contracts.status=Status"
    );
    assert_eq!(
        fields(
            "cases.csv",
            "Case Number|Account Name|Subject|Priority|Status|Date/Time Opened|Date/Time Closed\n1|Acme|x|High|New|2025-01-01|"
        ),
        "tickets.ticket_id=Case Number; tickets.customer=Account Name; tickets.subject=Subject; tickets.priority=Priority; \
         tickets.status=Status; tickets.opened_on=Date/Time Opened; tickets.closed_on=Date/Time Closed"
    );
}

#[test]
fn zendesk_freshdesk_intercom_and_jira() {
    assert_eq!(
        fields(
            "export.csv",
            "Id|Requester|Requester email|Requester domain|Subject|Status|Priority|Created at|Updated at|Organization|Solved at\n\
             1|Ada|ada@acme.example|acme.example|x|Open|High|2025-01-01|2025-01-02|Acme|"
        ),
        "tickets.ticket_id=Id; tickets.email=Requester email; tickets.domain=Requester domain; tickets.subject=Subject; \
         tickets.status=Status; tickets.priority=Priority; tickets.opened_on=Created at; tickets.updated_on=Updated at; \
         tickets.customer=Organization; tickets.closed_on=Solved at"
    );
    assert_eq!(
        fields(
            "tickets-export.csv",
            "Ticket ID|Subject|Status|Priority|Source|Agent|Created time|Resolved time|Last update time|Email|Company Name\n\
             1|x|Open|Low|Email|Bo|2025-01-01|||ada@acme.example|Acme"
        ),
        "tickets.ticket_id=Ticket ID; tickets.subject=Subject; tickets.status=Status; tickets.priority=Priority; \
         tickets.opened_on=Created time; tickets.closed_on=Resolved time; tickets.updated_on=Last update time; \
         tickets.email=Email; tickets.customer=Company Name"
    );
    assert_eq!(
        fields(
            "conversations.csv",
            "conversation_id|conversation_state|conversation_created_at|conversation_closed_at|message_author_email|\
             message_author_companies\n1|open|2017-11-14 21:45:08||ada@acme.example|Acme"
        ),
        "tickets.ticket_id=conversation_id; tickets.status=conversation_state; tickets.opened_on=conversation_created_at; \
         tickets.closed_on=conversation_closed_at; tickets.email=message_author_email; \
         tickets.customer=message_author_companies"
    );
    assert_eq!(
        fields(
            "jira.csv",
            "Summary|Issue key|Issue id|Status|Priority|Created|Updated|Resolved|Watchers|Watchers|Custom field (Customer (if any))\n\
             x|DI-1|1|To Do|High|25/Feb/26 10:17 PM|25/Feb/26 10:17 PM||a|b|Acme"
        ),
        "tickets.subject=Summary; tickets.ticket_id=Issue key; tickets.status=Status; tickets.priority=Priority; \
         tickets.opened_on=Created; tickets.updated_on=Updated; tickets.closed_on=Resolved; \
         tickets.customer=Custom field (Customer (if any))"
    );
}

#[test]
fn stripe_and_chargebee() {
    assert_eq!(
        fields(
            "subscriptions.csv",
            "id|Customer ID|Customer Email|Plan|Quantity|Currency|Interval|Amount|Status|Created (UTC)|\
             Current Period End (UTC)|Customer Name|account_id (metadata)\n\
             sub_1|cus_1|ada@acme.example|pro|3|eur|month|20|active|2025-01-01|2025-02-01|Acme|A-1"
        ),
        "contracts.contract_id=id; contracts.customer_id=Customer ID; contracts.email=Customer Email; contracts.plan=Plan; \
         contracts.seats=Quantity; contracts.currency=Currency; contracts.interval=Interval; contracts.amount=Amount; \
         contracts.status=Status; contracts.renewal_date=Current Period End (UTC); contracts.customer=Customer Name; \
         contracts.other_id=account_id (metadata)"
    );
    assert_eq!(
        fields(
            "Subscriptions.csv",
            "Subscription Id|Customer Id|Customer Email|Company|Plan Id|Plan Quantity|Billing Period Unit|Currency Code|MRR|\
             Subscription Status|Next Billing At\ns1|c1|ada@acme.example|Acme|pro|3|month|EUR|20|active|2025-02-01"
        ),
        "contracts.contract_id=Subscription Id; contracts.customer_id=Customer Id; contracts.email=Customer Email; \
         contracts.customer=Company; contracts.plan=Plan Id; contracts.seats=Plan Quantity; \
         contracts.interval=Billing Period Unit; contracts.currency=Currency Code; contracts.mrr=MRR; \
         contracts.status=Subscription Status; contracts.renewal_date=Next Billing At"
    );
}

#[test]
fn recurly() {
    assert_eq!(
        fields(
            "subscriptions.csv",
            "uuid|account_code|email|plan_code|plan_name|state|unit_amount|quantity|currency|total_recurring_amount|created_at|\
             activated_at|canceled_at|expires_at|current_period_ends_at|plan_interval_length|plan_interval_unit\n\
             b9|acme|ada@acme.example|gold|Gold|active|100|3|USD|300|2025-01-01|2025-01-01|||2026-12-01|1|months"
        ),
        "contracts.contract_id=uuid; contracts.customer_id=account_code; contracts.email=email; contracts.plan=plan_name; \
         contracts.status=state; contracts.unit_amount=unit_amount; contracts.seats=quantity; contracts.currency=currency; \
         contracts.amount=total_recurring_amount; contracts.ended_on=expires_at; \
         contracts.renewal_date=current_period_ends_at; contracts.interval_count=plan_interval_length; \
         contracts.interval=plan_interval_unit"
    );
}

#[test]
fn maxio() {
    assert_eq!(
        fields(
            "subscriptions.csv",
            "id|state|product_name|customer_id|customer_organization|customer_email|customer_reference|expires_at|\
             current_period_ends_at|currency|product_price|product_interval|product_interval_unit\n\
             9001|active|Pro|77|Acme|ada@acme.example|A-1||2026-12-01 09:00:00 -0500|USD|300.00|1|month"
        ),
        "contracts.contract_id=id; contracts.status=state; contracts.plan=product_name; contracts.customer_id=customer_id; \
         contracts.customer=customer_organization; contracts.email=customer_email; contracts.other_id=customer_reference; \
         contracts.ended_on=expires_at; contracts.renewal_date=current_period_ends_at; contracts.currency=currency; \
         contracts.amount=product_price; contracts.interval_count=product_interval; contracts.interval=product_interval_unit"
    );
}

#[test]
fn what_speaks_of_a_subscription_is_not_given_to_its_customer() {
    assert_eq!(
        fields(
            "subscriptions.csv",
            "Client Name|Product Name|Quantity|Start Date|End Date|Auto renew|Status|Owner|ARR\n\
             Acme|Pro|5|2026-01-01|2026-12-31|TRUE|Active|Sal|9"
        ),
        "customers.name=Client Name; contracts.plan=Product Name; contracts.seats=Quantity; \
         contracts.renewal_date=End Date; contracts.auto_renew=Auto renew; contracts.status=Status; contracts.arr=ARR"
    );
    // A contract's number makes a row a contract, whoever is named beside it.
    assert_eq!(
        fields(
            "book.csv",
            "Contract No|Account Name|CSM|Industry|Client Status|Status|Start Date|End Date|ARR\n\
             K-1|Acme|Ada|IT|Active|Expired|2025-01-01|2025-12-31|9"
        ),
        "contracts.contract_id=Contract No; customers.name=Account Name; customers.owner=CSM; customers.industry=Industry; \
         customers.status=Client Status; contracts.status=Status; contracts.renewal_date=End Date; contracts.arr=ARR"
    );
    // Where a row is a customer, its status is the customer's.
    assert_eq!(
        fields("book.csv", "Customer|Status|ARR|Renewal\nAcme|Churned|9|2027-01-01\nBolt|Active|9|2027-01-01"),
        "customers.name=Customer; customers.status=Status; contracts.arr=ARR; contracts.renewal_date=Renewal"
    );
    assert_eq!(
        fields("book.csv", "Customer|Status|ARR|Renewal\nAcme|Expired|9|2027-01-01\nAcme|Active|9|2028-01-01"),
        "customers.name=Customer; contracts.status=Status; contracts.arr=ARR; contracts.renewal_date=Renewal"
    );
}

#[test]
fn a_sheet_whose_header_says_id_and_name_is_of_customers() {
    assert_eq!(
        fields("book.csv", "ID|Name|ARR|Renewal|Currency\nA-1|Acme|9|2026-12-24|USD\nB-2|Bolt|9|2027-01-31|USD"),
        "customers.customer_id=ID; customers.name=Name; contracts.arr=ARR; contracts.renewal_date=Renewal; \
         contracts.currency=Currency"
    );
}

#[test]
fn a_header_may_say_again_of_what_it_speaks() {
    assert_eq!(
        fields(
            "clients.csv",
            "Client Name|Client Type|Client Status|Assigned CSM Email|Assigned CSM Name|Client Industry|Client-as-of date\n\
             Acme|SMB|Active|ada@us.example|Ada|IT|2020-01-01"
        ),
        "customers.name=Client Name; customers.status=Client Status; customers.owner=Assigned CSM Name; \
         customers.industry=Client Industry; customers.since=Client-as-of date"
    );
    assert_eq!(
        fields(
            "Cases.csv",
            "Ticket Id|Account Name|Ticket Subject|Ticket Status|Ticket Priority|Created Time|Closed Time|Ticket Owner\n\
             1|Acme|x|Open|High|2026-10-01||Sue"
        ),
        "tickets.ticket_id=Ticket Id; tickets.customer=Account Name; tickets.subject=Ticket Subject; \
         tickets.status=Ticket Status; tickets.priority=Ticket Priority; tickets.opened_on=Created Time; \
         tickets.closed_on=Closed Time"
    );
}

#[test]
fn months_of_revenue_are_no_usage_and_firsts_of_months_stand_for_months() {
    let revenue = layout("mrr.csv", "Customer|MRR Jan 2026|MRR Feb 2026\nAcme|9|9").unwrap();
    assert_eq!(revenue.parts, [Part::Customers]);
    assert!(matches!(revenue.columns[1], Becomes::Nothing(Why::Lacks(_))));
    for (file, cell) in
        [("book.csv", "$9"), ("book.csv", "9 EUR"), ("MRR 2026.csv", "9"), ("Revenue_by_month.csv", "9")]
    {
        let money = layout(file, &format!("Customer|Jan 2026|Feb 2026\nAcme|{cell}|{cell}")).unwrap();
        assert_eq!((money.parts.as_slice(), money.has_points()), (&[Part::Customers][..], false), "{file}: {cell}");
    }
    assert!(layout("ARR and usage.csv", "Customer|Jan 2026|Feb 2026\nAcme|9|9").unwrap().has_points());
    assert_eq!(
        fields("usage.csv", "Customer|2026-01-01|2026-02-01|2026-03-01\nAcme|1|2|3"),
        "customers.name=Customer; 2026-01-31=2026-01-01; 2026-02-28=2026-02-01; 2026-03-31=2026-03-01"
    );
    assert_eq!(
        fields("usage.csv", "Client|janv. 2026|févr. 2026|Total\nAcme|1|2|3"),
        "customers.name=Client; 2026-01-31=janv. 2026; 2026-02-28=févr. 2026"
    );
}

#[test]
fn mixpanel_amplitude_and_posthog() {
    assert_eq!(
        fields("insights.csv", "Date|Event|company|Total Events\n2025-01-01|Login|Acme|3"),
        "usage.date=Date; usage.metric=Event; usage.customer=company; usage.value=Total Events"
    );
    assert_eq!(
        fields("chart.csv", "Event|Segment|2025-01-01|2025-01-08|2025-01-15\nLogin|Acme|1|2|3"),
        "usage.metric=Event; usage.customer=Segment; 2025-01-01=2025-01-01; 2025-01-08=2025-01-08; 2025-01-15=2025-01-15"
    );
    assert_eq!(
        fields("trend.csv", "day|breakdown_value|event|count\n2025-01-01|Acme|login|3"),
        "usage.date=day; usage.customer=breakdown_value; usage.metric=event; usage.value=count"
    );
}

#[test]
fn gainsight_planhat_churnzero_and_vitally() {
    assert_eq!(
        fields(
            "Company.csv",
            "Gsid|Name|Industry|ARR|Status|CSM Name|Renewal Date|SFDC Account ID\n1P|Acme|IT|9|Active|Ada|2027-01-01|001"
        ),
        "customers.customer_id=Gsid; customers.name=Name; customers.industry=Industry; contracts.arr=ARR; \
         customers.status=Status; customers.owner=CSM Name; contracts.renewal_date=Renewal Date; \
         customers.other_id=SFDC Account ID"
    );
    assert_eq!(
        fields(
            "companies.csv",
            "Planhat ID|Company name|External ID|Owner|Phase|Customer from|Renewal date|MRR\n1|Acme|A|Ada|Live|2020-01-01|2027-01-01|9"
        ),
        "customers.customer_id=Planhat ID; customers.name=Company name; customers.other_id=External ID; \
         customers.owner=Owner; customers.status=Phase; customers.since=Customer from; contracts.renewal_date=Renewal date; \
         contracts.mrr=MRR"
    );
    assert_eq!(
        fields(
            "accounts.csv",
            "accountExternalId|Name|NextRenewalDate|TotalContractAmount|IsActive|LicenseCount|OwnerUserAccount\n1|Acme|2027-01-01|9|true|3|ada"
        ),
        "customers.customer_id=accountExternalId; customers.name=Name; contracts.renewal_date=NextRenewalDate; \
         contracts.arr=TotalContractAmount; customers.status=IsActive; contracts.seats=LicenseCount; \
         customers.owner=OwnerUserAccount"
    );
    assert_eq!(
        fields(
            "vitally.csv",
            "Account ID|Account name|External ID|CSM|Next renewal date|MRR\n1|Acme|A|Ada|2027-01-01|9"
        ),
        "customers.customer_id=Account ID; customers.name=Account name; customers.other_id=External ID; customers.owner=CSM; \
         contracts.renewal_date=Next renewal date; contracts.mrr=MRR"
    );
}

#[test]
fn sheets_that_people_make_themselves_feed_several_parts() {
    let english = "Customer|CSM|Tier|ARR (USD)|Renewal|Main contact|Contact email|Jan 2025|Feb 2025|NPS\n\
                   Acme|Ada|Gold|9|2027-01-01|Bo|bo@acme.example|3|4|9";
    assert_eq!(
        fields("book.csv", english),
        "customers.name=Customer; customers.owner=CSM; customers.segment=Tier; contracts.arr=ARR (USD); \
         contracts.renewal_date=Renewal; customers.contact=Main contact; contacts.email=Contact email; \
         2025-01-31=Jan 2025; 2025-02-28=Feb 2025"
    );
    let parts = layout("book.csv", english).unwrap().parts;
    assert_eq!(parts, [Part::Customers, Part::Contracts, Part::Usage, Part::Contacts]);
    assert_eq!(
        fields(
            "Kunden.csv",
            "Kundennummer|Firma|Branche|Betreuer|Jahresumsatz|Vertragsende|Währung\n0042|Acme|IT|Ada|9|2027-01-01|EUR"
        ),
        "customers.customer_id=Kundennummer; customers.name=Firma; customers.industry=Branche; customers.owner=Betreuer; \
         contracts.arr=Jahresumsatz; contracts.renewal_date=Vertragsende; contracts.currency=Währung"
    );
    assert_eq!(
        fields(
            "Tickets.csv",
            "Ticketnummer|Kunde|Priorität|Status|Erstellt am|Geschlossen am|Betreff\n1|Acme|hoch|offen|24.12.2024||x"
        ),
        "tickets.ticket_id=Ticketnummer; tickets.customer=Kunde; tickets.priority=Priorität; tickets.status=Status; \
         tickets.opened_on=Erstellt am; tickets.closed_on=Geschlossen am; tickets.subject=Betreff"
    );
}

#[test]
fn what_two_columns_could_be_is_a_question_and_what_they_both_say_is_not() {
    let differ = layout("t.csv", "Ticket ID|Customer|Opened|Created on\n1|Acme|2025-01-01|2025-01-02").unwrap();
    assert_eq!(differ.questions.len(), 1);
    assert_eq!((differ.questions[0].field.name, &differ.questions[0].columns), ("opened_on", &vec![2, 3]));
    let same = layout("t.csv", "Ticket ID|Customer|Opened|Created on\n1|Acme|2025-01-01|2025-01-01").unwrap();
    assert!(same.questions.is_empty());
}

#[test]
fn a_table_that_says_nothing_known_is_not_used_and_says_why() {
    assert_eq!(layout("x.csv", "Colour|Shape\nred|round"), Err(Unused::Unknown));
    assert_eq!(layout("x.csv", "Ticket ID|Opened at|Subject\n1|2025-01-01|x"), Err(Unused::NoCustomer));
}

#[test]
fn a_system_is_named_only_where_a_column_bears_a_name_of_its_own() {
    let others = "Account ID|Account name|CSM|Renewal date|Contract Value\nA-1|Acme|Ada|2027-01-01|9";
    assert_eq!(layout("accounts.csv", others).unwrap().system, None);
    let own = "Record ID|Company name|Lifecycle Stage|Company Domain Name\n1|Acme|Customer|acme.example";
    assert_eq!(layout("companies.csv", own).unwrap().system, Some(System::HubSpot));
}

#[test]
fn a_sum_is_no_revenue_where_nothing_says_how_often_it_is_paid() {
    let sum = layout("accounts.csv", "Account ID|Account name|Contract Value\nA-1|Acme|9").unwrap();
    assert_eq!((&sum.columns[2], sum.open_sum()), (&Becomes::Nothing(Why::NoInterval), Some(2)));
    let beside = layout("book.csv", "Customer|ARR|Fee\nAcme|9|9").unwrap();
    assert_eq!((&beside.columns[2], beside.open_sum()), (&Becomes::Nothing(Why::NoInterval), None));
    let paid = layout("book.csv", "Customer|Fee|Billing interval\nAcme|9|monthly").unwrap();
    assert!(matches!(paid.columns[1], Becomes::Field(Part::Contracts, field) if field.name == "amount"));
}

#[test]
fn a_list_of_companies_with_the_days_they_were_made_on_is_none_of_tickets() {
    let companies =
        layout("customers.csv", "id|Email|Name|Created (UTC)\ncus_1|a@acme.example|Acme|2025-01-01").unwrap();
    assert_eq!(companies.parts[0], Part::Customers);
    assert_eq!(layout("t.csv", "Ticket ID|Email|Created\n1|a@acme.example|2025-01-01").unwrap().parts, [Part::Tickets]);
}

#[test]
fn a_sheet_of_thousands_of_columns_is_recognised() {
    let header = (0..16_000).map(|n| format!("|c{n}")).collect::<String>();
    let layout = layout("wide.csv", &format!("Account ID|Account{header}\n1|Acme{}", "|1".repeat(16_000))).unwrap();
    assert_eq!((layout.parts.as_slice(), layout.columns.len()), (&[Part::Customers][..], 16_002));
}

#[test]
fn deals_and_invoices_that_name_their_customer_are_no_contracts_unless_somebody_says_so() {
    for (text, what) in [
        (
            "Record ID|Deal Name|Deal Stage|Amount|Close Date|Associated Company IDs\n1|New|Closed Lost|9|2025-01-02|7\n",
            "deals",
        ),
        (
            "Opportunity ID|Opportunity Name|Account ID|Account Name|Stage|Amount\n1|New|A1|Acme|Closed Won|9\n",
            "opportunities",
        ),
        (
            "id|Customer|Customer Email|Number|Status|Amount Due|Currency\n1|cus_1|x@acme.example|A-1|paid|9|usd\n",
            "invoices",
        ),
    ] {
        let unused = layout("export.csv", text).expect_err("it is not used").to_string();
        assert!(unused.starts_with(&format!("it has {what}")), "{unused}");
    }
}

#[test]
fn of_a_companys_domain_and_its_site_the_domain_finds_it() {
    let both =
        "Record ID|Company name|Website URL|Company Domain Name\n1|Acme|https://shop.acme.example|acme.example\n";
    let site = "Record ID|Company name|Website URL\n1|Acme|https://acme.example\n";
    for (text, column) in [(both, "Company Domain Name"), (site, "Website URL")] {
        let found = fields("companies.csv", text);
        assert!(found.contains(&format!("customers.domain={column}")), "{found}");
    }
}

#[test]
fn a_list_of_customers_with_an_id_and_their_revenue_is_none_of_contracts() {
    let header = "id|refId|name|domain|mrr|fee_currency|renewal_date|stage|segment";
    let once =
        layout("customers.csv", &format!("{header}\ns1|r1|Acme|acme.example|10|EUR|2027-01-31|live|SMB")).unwrap();
    assert_eq!(once.parts, [Part::Customers, Part::Contracts]);
    let again = format!(
        "{header}\ns1|r1|Acme|a.example|10|EUR|2027-01-31|live|SMB\ns2|r2|Acme|a.example|9|EUR|2027-02-28|live|SMB"
    );
    assert_eq!(layout("customers.csv", &again).unwrap().parts, [Part::Contracts]);
}

#[test]
fn what_stands_beside_an_amount_and_behind_a_colon_is_known() {
    assert_eq!(
        fields(
            "report.csv",
            "Account Name|Account ID|Annual Recurring Revenue|Annual Recurring Revenue Currency\nAcme|1|9|EUR"
        ),
        "customers.name=Account Name; customers.customer_id=Account ID; contracts.arr=Annual Recurring Revenue; \
         contracts.currency=Annual Recurring Revenue Currency"
    );
    assert_eq!(
        fields("cases.csv", "Case Number|Account Name: Account ID|Opened Date\n1|001A|2026-11-01"),
        "tickets.ticket_id=Case Number; tickets.customer_id=Account Name: Account ID; tickets.opened_on=Opened Date"
    );
}

#[test]
fn days_without_a_year_are_no_months_of_other_years() {
    let daily = layout("chart.csv", "Customer|Nov 14|Nov 15|Nov 16\nAcme|1|2|3").unwrap();
    assert!(!daily.has_points());
    assert_eq!(daily.columns[1], Becomes::Nothing(Why::Lacks("a day needs its year, such as \"15 Nov 2026\"")));
    assert_eq!(
        fields("chart.csv", "Customer|Nov 14, 2026|15-Nov-2026\nAcme|1|2"),
        "customers.name=Customer; 2026-11-14=Nov 14, 2026; 2026-11-15=15-Nov-2026"
    );
    assert_eq!(
        fields("usage.csv", "Customer|Dec 25|Jan 26|Feb 26\nAcme|1|2|3"),
        "customers.name=Customer; 2025-12-31=Dec 25; 2026-01-31=Jan 26; 2026-02-28=Feb 26"
    );
    assert!(layout("usage.csv", "Customer|Q4 2024|Q4 2025\nAcme|1|2").unwrap().has_points());
}

#[test]
fn how_often_something_is_paid_is_found_by_what_the_cells_say() {
    let header = "Account|Amount|Billing|Currency|Renewal";
    assert_eq!(
        fields("book.csv", &format!("{header}\nAcme|100|Monthly|USD|2027-01-01\nBolt|9|Quarterly|USD|2027-01-01")),
        "customers.name=Account; contracts.amount=Amount; contracts.interval=Billing; contracts.currency=Currency; \
         contracts.renewal_date=Renewal"
    );
    let other = layout("book.csv", &format!("{header}\nAcme|100|by card|USD|2027-01-01")).unwrap();
    assert_eq!(other.open_sum(), Some(1));
}
