//! The shipped preset, on a cut of the data it is for.

use std::{fmt::Write as _, path::Path};

use contracts::import::{ImportRequest, UsageSeries};
use cs_copilot::import::preset::read_directory;
use indicatif::ProgressBar;

use crate::directory;

async fn read(dir: &Path, as_of: &str) -> ImportRequest {
    read_directory(dir, "ravenstack", as_of.parse().unwrap(), &ProgressBar::hidden()).await.unwrap().request
}

/// The rows in short, one customer a paragraph.
fn digest(request: &ImportRequest) -> String {
    let mut text = format!("{} as of {}\n", request.origin, request.as_of);
    for customer in &request.customers {
        let id = &customer.id;
        let (industry, segment) = (customer.industry.as_ref().unwrap(), customer.segment.as_ref().unwrap());
        writeln!(text, "\n{id} {} / {industry} / {segment}", customer.name).unwrap();
        for usage in request.usage.iter().filter(|usage| usage.customer_id == *id) {
            let UsageSeries::Points(points) = &usage.series else { panic!("dated points") };
            let values = points.iter().map(|point| point.value.to_string()).collect::<Vec<_>>().join(" ");
            let (first, last) = (points[0].date, points[points.len() - 1].date);
            writeln!(text, "  {} {first} to {last}: {values}", usage.metric).unwrap();
        }
        for record in request.tickets.iter().filter(|record| record.customer_id == *id) {
            let open = record.tickets.iter().filter(|ticket| ticket.closed_on.is_none()).collect::<Vec<_>>();
            writeln!(text, "  {} tickets, open: {}", record.tickets.len(), open.len()).unwrap();
            for ticket in open {
                writeln!(text, "    {} {:?} {}", ticket.id, ticket.priority, ticket.opened_on).unwrap();
            }
        }
        for contract in request.contracts.iter().filter(|contract| contract.customer_id == *id) {
            let arr = contract.arr.as_ref().unwrap();
            let (renewal, plan) = (contract.renewal_date.unwrap(), contract.plan.as_ref().unwrap());
            let (seats, auto) = (contract.seats.unwrap(), contract.auto_renew.unwrap());
            writeln!(
                text,
                "  {} {} cents, {plan}, {seats} seats, renews {renewal}, by itself: {auto}",
                arr.currency, arr.minor
            )
            .unwrap();
        }
    }
    text
}

#[tokio::test]
async fn twelve_accounts_as_of_a_day() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ravenstack");
    insta::assert_snapshot!(digest(&read(&fixture, "2024-12-20").await));
}

/// One account whose main subscription began on `start`, with a smaller one beside it.
async fn renewal(start: &str, as_of: &str) -> Option<String> {
    let subscriptions = format!(
        "subscription_id,account_id,start_date,end_date,plan_tier,seats,arr_amount,is_trial,auto_renew_flag\r\n\
         S-1,A-1,{start},,Pro,5,9000,FALSE,TRUE\r\nS-2,A-1,01-01-2020,,Basic,5,100,FALSE,TRUE\r\n\
         S-3,A-1,01-01-2020,{ended},Basic,5,99999,FALSE,TRUE\r\nS-4,A-1,01-01-2020,,Basic,5,0,TRUE,TRUE\r\n",
        ended = "15-01-2025"
    );
    let dir = directory(&[
        (
            "ravenstack_accounts.csv",
            b"account_id,account_name,industry,signup_date,plan_tier\r\nA-1,One,x,01-01-2020,Pro\r\n",
        ),
        ("ravenstack_subscriptions.csv", subscriptions.as_bytes()),
        ("ravenstack_feature_usage.csv", b"subscription_id,usage_date,usage_count\r\n"),
        ("ravenstack_supports_ticket.csv", b"ticket_id,account_id,submitted_at,closed_at,priority\r\n"),
    ]);
    let contract = read(dir.path(), as_of).await.contracts.into_iter().next();
    contract.and_then(|contract| contract.renewal_date).map(|date| date.to_string())
}

#[tokio::test]
async fn the_renewal_is_the_next_anniversary_of_the_main_subscription() {
    let table = [
        ("01-06-2022", "2025-01-20", "2025-06-01"),
        ("20-01-2022", "2025-01-20", "2026-01-20"),
        ("21-01-2022", "2025-01-20", "2025-01-21"),
        ("31-12-2024", "2025-01-20", "2025-12-31"),
        ("29-02-2024", "2025-01-20", "2025-03-01"),
        ("29-02-2024", "2027-03-01", "2028-02-29"),
        ("29-02-2024", "2028-02-29", "2029-03-01"),
        // On the day its end is noted, a subscription is no longer active; the day before, it is the main one.
        ("01-06-2022", "2025-01-15", "2025-06-01"),
        ("01-06-2022", "2025-01-14", "2026-01-01"),
        // A subscription that has not begun yet counts for nothing.
        ("01-06-2026", "2025-01-20", "2026-01-01"),
    ];
    for (start, as_of, expected) in table {
        assert_eq!(renewal(start, as_of).await.as_deref(), Some(expected), "{start} as of {as_of}");
    }
}
