//! Names made to deceive, from the import to stdout: no command lets a terminal obey or hide any of it.

use std::fs;

use crate::Account;

/// ESC, BEL, OSC 8 and 52, CSI in C1, direction overrides, and characters that cannot be seen.
const NAME: &str = "Evil\u{1b}[31m\u{7}\u{1b}]8;;http://x\u{1b}\\Link\u{1b}]52;c;eA==\u{7}\u{9b}2J\u{202e}gro\u{2066}\
                    \u{200b}\u{2060}\u{feff}\u{00ad}Corp";

fn is_hostile(c: char) -> bool {
    (c.is_control() && c != '\n')
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2060}'..='\u{206f}').contains(&c)
        || ['\u{200b}', '\u{200e}', '\u{200f}', '\u{feff}', '\u{ad}'].contains(&c)
}

#[test]
fn no_command_prints_what_a_terminal_would_obey() {
    let account = Account::new();
    let export = account.path("export");
    fs::create_dir(&export).unwrap();
    let (customers, tickets) = (export.join("customers.csv"), export.join("tickets.csv"));
    fs::write(&customers, format!("customer_id,name,industry,segment,contact\nX-1,{NAME},{NAME},{NAME},{NAME}\n"))
        .unwrap();
    let ticket = format!("T{NAME}\",X-1,urgent,2025-01-02,\"{NAME}");
    fs::write(&tickets, format!("ticket_id,customer_id,priority,opened_on,subject\n\"{ticket}\"\n")).unwrap();
    let usage = format!("customer_id,date,value,metric\nX-1,2025-01-02,5,{NAME}\nX-1,2025-01-03,6,{NAME}\n");
    fs::write(export.join("usage.csv"), usage).unwrap();
    let contract = format!("customer_id,renewal_date,plan\nX-1,2025-02-01,{NAME}\n");
    fs::write(export.join("contracts.csv"), contract).unwrap();
    account.good(&["import", "export", "--as-of", "2025-01-10"]);

    let formats = [("customers", "table"), ("customers", "csv"), ("customers", "json")];
    let mut printed = formats.map(|(command, format)| account.good(&[command, "--format", format])).to_vec();
    for task in ["health", "renewal", "qbr", "churn", "email"] {
        for format in ["text", "markdown", "json", "ndjson"] {
            let ended = account.run(&["run", task, "X-1", "--as-of", "2025-01-10", "--format", format]);
            assert!(ended.stdout.contains("Link"), "the name is there: {ended:?}");
            printed.extend([ended.stdout, ended.stderr]);
        }
    }
    printed.push(account.good(&["history", "X-1"]));
    printed.push(account.run(&["run", "health", NAME]).stderr);
    for text in printed {
        assert_eq!(text.chars().find(|&c| is_hostile(c)), None, "{text:?}");
    }
}
