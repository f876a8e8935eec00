//! The canonical files: their columns, in one table that the readers, the command line's help and the export share.

use std::fmt::Write as _;

use contracts::facts::Part;

/// A canonical file.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// What its rows are of.
    pub part: Part,
    /// The sets of columns of which the header has to have one.
    pub forms: &'static [&'static [&'static str]],
    /// Every column in the order it is written in, and what it holds.
    pub columns: &'static [(&'static str, &'static str)],
}

impl Table {
    /// The table of a part that sources deliver.
    pub fn of(part: Part) -> &'static Self {
        TABLES.iter().find(|table| table.part == part).expect("every delivered part has a table")
    }

    /// The file's name.
    pub fn file(&self) -> String {
        format!("{}.csv", self.part.as_str())
    }

    /// Whether the column may be left out of every header.
    pub fn is_optional(&self, column: &str) -> bool {
        !self.forms.iter().any(|form| form.contains(&column))
    }

    /// The sets of columns as a sentence lists them: `customer_id, date, value or customer_id, trend, recent, before`.
    pub fn wanted(&self) -> String {
        self.forms.iter().map(|form| form.join(", ")).collect::<Vec<_>>().join(" or ")
    }
}

/// Every canonical file, customers first.
pub const TABLES: [Table; 7] = [
    Table {
        part: Part::Customers,
        forms: &[&["customer_id", "name"]],
        columns: &[
            ("customer_id", "up to 100 of A-Z a-z 0-9 . _ - after a letter or digit; each once"),
            ("name", "up to 200 characters"),
            ("industry", ""),
            ("segment", "your own grouping, such as Enterprise"),
            ("owner", "who looks after the customer"),
            ("status", "active or churned; active when empty"),
            ("since", "since when it is a customer, or since when it has left"),
            ("contact", "whom emails greet, where there is no contacts.csv"),
        ],
    },
    Table {
        part: Part::Usage,
        forms: &[&["customer_id", "date", "value"], &["customer_id", "trend", "recent", "before"]],
        columns: &[
            ("customer_id", ""),
            ("metric", "what is measured, such as logins a day; \"usage\" when empty"),
            ("measure", "count (events, which add up) or level (such as active users)"),
            ("date", "the day, or the last of a period; once a customer and metric"),
            ("value", "not negative"),
            ("trend", "up, flat or down, where the source tells no dates; one row"),
            ("recent", "the newest value"),
            ("before", "the value before"),
        ],
    },
    Table {
        part: Part::Tickets,
        forms: &[&["ticket_id", "customer_id", "priority", "opened_on"]],
        columns: &[
            ("ticket_id", "each once"),
            ("customer_id", ""),
            ("priority", "urgent, high, normal or low"),
            ("opened_on", ""),
            ("closed_on", "empty while it is open"),
            ("subject", "cut at 200 characters"),
        ],
    },
    Table {
        part: Part::Contracts,
        forms: &[&["customer_id"]],
        columns: &[
            ("customer_id", ""),
            ("contract_id", "where a customer may have several; else one row a customer"),
            ("renewal_date", ""),
            ("arr", "annual recurring revenue, two decimals, no currency sign"),
            ("currency", "three letters, such as USD; see --currency"),
            ("plan", ""),
            ("seats", "a whole number"),
            ("auto_renew", "yes or no"),
            ("notice_days", "how many days before the renewal it can be ended"),
        ],
    },
    Table {
        part: Part::Contacts,
        forms: &[&["customer_id", "email"], &["customer_id", "name"]],
        columns: &[
            ("customer_id", ""),
            ("name", ""),
            ("role", "such as CTO"),
            ("email", "each once a customer; without one, the name tells them apart"),
            ("primary", "yes for whom emails greet first"),
        ],
    },
    Table {
        part: Part::Satisfaction,
        forms: &[&["customer_id", "date", "survey", "score"]],
        columns: &[
            ("customer_id", ""),
            ("date", "the day of the response"),
            ("survey", "csat or nps"),
            ("score", "1 to 5 for csat, 0 to 10 for nps"),
            ("response_id", "each once, where the source has one"),
        ],
    },
    Table {
        part: Part::Activity,
        forms: &[&["customer_id", "date", "kind", "text"]],
        columns: &[
            ("customer_id", ""),
            ("date", "the day it was done"),
            ("kind", "note, call, meeting, email, prepared, sent or unknown"),
            ("text", "up to 4000 characters"),
            ("agreed", "what was agreed with the customer"),
            ("follow_up", "the day on which something is to follow"),
            ("follow_up_closed", "the day on which that was done; empty while it is open"),
            ("activity_id", "each once a customer, where the source has one"),
        ],
    },
];

/// The canonical files in words, for the help.
pub fn described() -> String {
    let mut text =
        String::from("Files (UTF-8, commas, header first, columns in any order); any of them alone will do:\n");
    for table in &TABLES {
        let forms = table.forms.iter().map(|form| form.join(" ")).collect::<Vec<_>>().join(", or ");
        let _ = writeln!(text, "\n  {} has {forms}", table.file());
        for (column, what) in table.columns.iter().filter(|(_, what)| !what.is_empty()) {
            let _ = writeln!(text, "    {column:<13} {what}");
        }
        let bare = table.columns.iter().filter(|(name, what)| what.is_empty() && table.is_optional(name));
        let bare = bare.map(|(name, _)| *name).collect::<Vec<_>>();
        if !bare.is_empty() {
            let _ = writeln!(text, "    and {}", bare.join(", "));
        }
    }
    text
}
