//! The shipped preset, on a cut of the data it is for.

use std::{cmp::Reverse, fmt::Write as _, path::Path};

use contracts::{
    delivery::{Piece, UsageSays},
    facts::Measure,
};
use cs_copilot::sources::{canonical::Import, folder::Folder};
use indicatif::ProgressBar;

use crate::{day, directory, together};

async fn read(dir: &Path, as_of: &str) -> Import {
    let folder = Folder::open(dir, "ravenstack").unwrap();
    folder.read(day(as_of), None, &ProgressBar::hidden()).await.unwrap()
}

/// The rows in short, one customer a paragraph.
fn digest(rows: &Piece) -> String {
    let mut text = String::new();
    for customer in &rows.customers {
        let (id, fields) = (&customer.id, &customer.fields);
        let (name, industry) = (fields.name.as_ref().unwrap(), fields.industry.as_ref().unwrap());
        let since = fields.since.map_or("not yet".to_owned(), |since| since.to_string());
        writeln!(text, "\n{id} {name} / {industry} / {} / since {since}", fields.segment.as_ref().unwrap()).unwrap();
        for usage in rows.usage.iter().filter(|usage| usage.customer_id == *id) {
            let UsageSays::Points(points) = &usage.says else { panic!("dated points") };
            assert_eq!(usage.measure, Some(Measure::Count));
            let total = points.iter().map(|point| point.value).sum::<f64>();
            let (first, last) = (points[0].date, points[points.len() - 1].date);
            writeln!(text, "  {total} {} on {} days, {first} to {last}", usage.metric, points.len()).unwrap();
        }
        for record in rows.tickets.iter().filter(|record| record.customer_id == *id) {
            let open = record.tickets.iter().filter(|ticket| ticket.closed_on.is_none()).collect::<Vec<_>>();
            writeln!(text, "  {} tickets, open: {}", record.tickets.len(), open.len()).unwrap();
            for ticket in open {
                writeln!(text, "    {} {:?} {}", ticket.id, ticket.priority, ticket.opened_on).unwrap();
            }
        }
        let mut contracts = rows.contracts.iter().filter(|row| row.customer_id == *id).collect::<Vec<_>>();
        contracts.sort_by_key(|row| {
            (Reverse(row.terms.arr.as_ref().map(|arr| arr.minor)), row.terms.renewal_date, row.contract_id.clone())
        });
        if let Some(main) = contracts.first() {
            let arr = contracts.iter().map(|row| row.terms.arr.as_ref().unwrap().minor).sum::<i64>();
            let seats = contracts.iter().map(|row| row.terms.seats.unwrap()).sum::<u32>();
            let (plan, auto) = (main.terms.plan.as_ref().unwrap(), main.terms.auto_renew.unwrap());
            let renewal = main.terms.renewal_date.unwrap();
            writeln!(text, "  {} contracts, {arr} cents, {seats} seats", contracts.len()).unwrap();
            writeln!(text, "    {} {plan}, renews {renewal}, by itself: {auto}", main.contract_id).unwrap();
        }
        let answers = rows.satisfaction.iter().filter(|row| row.customer_id == *id);
        let answers = answers.map(|row| format!("{} on {}", row.score, row.date)).collect::<Vec<_>>();
        writeln!(text, "  answers: {}", answers.join(", ")).unwrap();
    }
    text
}

#[tokio::test]
async fn twelve_accounts_as_of_a_day() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ravenstack");
    insta::assert_snapshot!(digest(&together(&read(&fixture, "2024-12-20").await)));
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
        (
            "ravenstack_supports_ticket.csv",
            b"ticket_id,account_id,submitted_at,closed_at,priority,satisfaction_score\r\n",
        ),
    ]);
    let contracts = together(&read(dir.path(), as_of).await).contracts;
    let main = contracts.iter().max_by_key(|row| row.terms.arr.as_ref().map(|arr| arr.minor));
    main.and_then(|main| main.terms.renewal_date).map(|date| date.to_string())
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
