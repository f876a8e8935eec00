//! Reading rows: one statement gives everything kept of one customer, of some, or of the whole book without what is long.
//!
//! Each of its rows says in `part` what it is; the columns mean what a row of that part needs them to mean.

use contracts::facts::Part;

/// `$1` owner.
pub(in crate::store) const REVISION: &str = "SELECT revision FROM books WHERE owner_user_id = $1";

/// What is said of the book as a whole.
macro_rules! select_settings {
    () => {
        "
    SELECT 'book' AS part, CAST(NULL AS TEXT) AS external_id, CAST(NULL AS TEXT) AS source, b.primary_metric AS key,
           CAST(NULL AS DATE) AS day, CAST(NULL AS DATE) AS until_day, b.source_order AS says,
           CAST(NULL AS TEXT) AS measure, CAST(b.revision AS TEXT) AS points
    FROM books b WHERE b.owner_user_id = $1"
    };
}

/// The same with its deliveries, as of `$3`.
macro_rules! select_book {
    () => {
        concat!(
            select_settings!(),
            "
    UNION ALL
    SELECT 'delivered', NULL, d.source, d.part, MAX(CASE WHEN d.day <= $3 THEN d.day END),
           MIN(CASE WHEN d.day > $3 THEN d.day END), NULL, NULL, NULL
    FROM deliveries d WHERE d.owner_user_id = $1 GROUP BY d.source, d.part"
        )
    };
}

/// One kind of row of the customers that `$which` names.
macro_rules! select {
    ($columns:literal, $from:literal, $which:literal) => {
        concat!(
            "
    UNION ALL SELECT ",
            $columns,
            " FROM ",
            $from,
            " x WHERE x.owner_user_id = $1 AND ",
            $which
        )
    };
}

macro_rules! select_companies {
    ($which:literal) => {
        select!(
            "'company', x.external_id, CASE WHEN x.demo THEN 'demo' END, x.name, NULL, NULL, NULL, NULL, NULL",
            "companies",
            $which
        )
    };
}

/// The same with what their usage and their tickets come to, where that is kept for `$3`.
macro_rules! select_summed_companies {
    ($which:literal) => {
        concat!(
            "
    UNION ALL SELECT 'company', x.external_id, CASE WHEN x.demo THEN 'demo' END, x.name, NULL, NULL, u.says, NULL,
           CAST(t.says AS TEXT)
    FROM companies x
    LEFT JOIN usage_summaries u ON u.owner_user_id = x.owner_user_id AND u.external_id = x.external_id
        AND u.from_day <= $3 AND (u.until_day IS NULL OR u.until_day > $3)
    LEFT JOIN ticket_summaries t ON t.owner_user_id = x.owner_user_id AND t.external_id = x.external_id
        AND t.from_day <= $3 AND (t.until_day IS NULL OR t.until_day > $3)
    WHERE x.owner_user_id = $1 AND ",
            $which
        )
    };
}

macro_rules! select_fields {
    ($which:literal) => {
        select!(
            "'fields', x.external_id, x.source, x.external_id, x.from_day, NULL, x.says, NULL, NULL",
            "customer_versions",
            $which
        )
    };
}

macro_rules! select_contracts {
    ($which:literal) => {
        select!(
            "'contract', x.external_id, x.source, x.contract_id, x.from_day, NULL, x.says, NULL, NULL",
            "contracts",
            $which
        )
    };
}

macro_rules! select_contacts {
    ($which:literal) => {
        select!(
            "'contact', x.external_id, x.source, x.contact_key, x.from_day, NULL, x.says, NULL, NULL",
            "contacts",
            $which
        )
    };
}

macro_rules! select_usage {
    ($which:literal) => {
        concat!(
            select!(
                "'series', x.external_id, x.source, x.metric, x.gone_on, NULL, NULL, x.measure, x.points",
                "usage_series",
                $which
            ),
            select!(
                "'told', x.external_id, x.source, x.metric, x.from_day, NULL, x.says, NULL, NULL",
                "told_usage",
                $which
            )
        )
    };
}

macro_rules! select_reach {
    ($which:literal) => {
        concat!(
            "
    UNION ALL SELECT 'reach', NULL, d.source, d.metric, MAX(CASE WHEN d.day <= $3 THEN d.day END),
        MIN(CASE WHEN d.day > $3 THEN d.day END), NULL, NULL, NULL
    FROM usage_reach d WHERE d.owner_user_id = $1 GROUP BY d.source, d.metric",
            select!(
                "'partial reach', x.external_id, x.source, x.metric, MAX(CASE WHEN x.day <= $3 THEN x.day END),
                 MIN(CASE WHEN x.day > $3 THEN x.day END), NULL, NULL, NULL",
                "partial_reach",
                $which
            ),
            " GROUP BY x.external_id, x.source, x.metric"
        )
    };
}

macro_rules! select_tickets {
    ($which:literal) => {
        select!(
            "'ticket', x.external_id, x.source, x.ticket_id, x.gone_on, NULL, x.says, NULL, NULL",
            "tickets",
            $which
        )
    };
}

macro_rules! select_counted_tickets {
    ($which:literal) => {
        select!(
            "'counted tickets', x.external_id, x.source, NULL, x.day, NULL, x.says, NULL, NULL",
            "counted_tickets",
            $which
        )
    };
}

macro_rules! select_responses {
    ($which:literal) => {
        select!(
            "'response', x.external_id, x.source, x.response_id, x.day, NULL, x.says, NULL, NULL",
            "satisfaction",
            $which
        )
    };
}

macro_rules! select_activity {
    ($which:literal) => {
        select!(
            "'activity', x.external_id, x.source, x.activity_id, x.day, NULL, x.says, NULL, NULL",
            "activity",
            $which
        )
    };
}

/// Rows with every delivery up to `$3`, and every day up to then that usage reached.
macro_rules! select_past {
    ($which:literal) => {
        concat!(
            select_settings!(),
            "
    UNION ALL SELECT 'delivered', NULL, d.source, d.part, d.day, NULL, NULL, NULL, NULL
    FROM deliveries d WHERE d.owner_user_id = $1 AND d.day <= $3
    UNION ALL SELECT 'reach', NULL, d.source, d.metric, d.day, NULL, NULL, NULL, NULL
    FROM usage_reach d WHERE d.owner_user_id = $1 AND d.day <= $3",
            select!(
                "'partial reach', x.external_id, x.source, x.metric, x.day, NULL, NULL, NULL, NULL",
                "partial_reach",
                $which
            ),
            " AND x.day <= $3",
            select_companies!($which),
            select_fields!($which),
            select_contracts!($which),
            select_contacts!($which),
            select_usage!($which),
            select_tickets!($which),
            select_counted_tickets!($which),
            select_responses!($which),
            select_activity!($which)
        )
    };
}

macro_rules! select_rows {
    ($which:literal) => {
        concat!(
            select_book!(),
            select_companies!($which),
            select_fields!($which),
            select_contracts!($which),
            select_contacts!($which),
            select_usage!($which),
            select_reach!($which),
            select_tickets!($which),
            select_counted_tickets!($which),
            select_responses!($which),
            select_activity!($which)
        )
    };
}

macro_rules! select_entries {
    ($which:literal) => {
        concat!(
            select_book!(),
            select_summed_companies!($which),
            select_fields!($which),
            select_contracts!($which),
            select_contacts!($which),
            // The newest rows are found at once: to look from each row for a newer one takes the square of their number.
            select_responses!($which),
            " AND (x.external_id, x.source, x.day) IN (
        SELECT x.external_id, x.source, MAX(x.day) FROM satisfaction x
        WHERE x.owner_user_id = $1 AND x.day <= $3 AND ",
            $which,
            " GROUP BY x.external_id, x.source)",
            select_activity!($which),
            // What is owed or was closed on the day, and the newest of each kind, with and without an agreement.
            " AND x.day <= $3 AND (
        (x.says -> 'followUp' IS NOT NULL AND (
            x.says -> 'followUp' ->> 'closedOn' IS NULL OR date(x.says -> 'followUp' ->> 'closedOn') >= $3))
        OR (x.external_id, x.says ->> 'kind', x.says ->> 'agreed' IS NULL, x.day) IN (
        SELECT x.external_id, x.says ->> 'kind', x.says ->> 'agreed' IS NULL, MAX(x.day) FROM activity x
        WHERE x.owner_user_id = $1 AND x.day <= $3 AND ",
            $which,
            " GROUP BY x.external_id, x.says ->> 'kind', x.says ->> 'agreed' IS NULL))"
        )
    };
}

/// `$1` owner, `$2` customer, `$3` as-of day.
pub(in crate::store) const ROWS: &str = select_rows!("x.external_id = $2");

/// `$1` owner, `$2` an object whose keys are customers, `$3` as-of day.
pub(in crate::store) const ROWS_OF_MANY: &str = select_rows!("x.external_id IN (SELECT key FROM jsonb_each($2))");

/// `$1` owner, `$2` an object whose keys are customers, `$3` as-of day: the rows that usage is summed up of.
pub(in crate::store) const USAGE_TO_SUM_UP: &str = concat!(
    select_book!(),
    select_companies!("x.external_id IN (SELECT key FROM jsonb_each($2))"),
    select_usage!("x.external_id IN (SELECT key FROM jsonb_each($2))"),
    select_reach!("x.external_id IN (SELECT key FROM jsonb_each($2))")
);

/// `$1` owner, `$2` an object whose keys are customers, `$3` as-of day: the rows that tickets are summed up of.
pub(in crate::store) const TICKETS_TO_SUM_UP: &str = concat!(
    select_book!(),
    select_companies!("x.external_id IN (SELECT key FROM jsonb_each($2))"),
    select_tickets!("x.external_id IN (SELECT key FROM jsonb_each($2))"),
    select_counted_tickets!("x.external_id IN (SELECT key FROM jsonb_each($2))")
);

/// `$1` owner, `$2` an object whose keys are customers, `$3` the last day: everything of them, to be read as of any day.
pub(in crate::store) const PAST_OF_MANY: &str = select_past!("x.external_id IN (SELECT key FROM jsonb_each($2))");

/// `$1` owner, `$2` nothing, `$3` as-of day. Without points and tickets; what they come to instead, where that is kept
/// for the day.
pub(in crate::store) const ENTRIES: &str = select_entries!("$2 = ''");

/// `$1` owner, `$2` an object whose keys are customers, `$3` as-of day.
pub(in crate::store) const ENTRIES_OF_MANY: &str = select_entries!("x.external_id IN (SELECT key FROM jsonb_each($2))");

/// The same without people and what they said and agreed: nothing that is told of a delivery is made of these.
pub(in crate::store) const GLIMPSES_OF_MANY: &str = concat!(
    select_book!(),
    select_summed_companies!("x.external_id IN (SELECT key FROM jsonb_each($2))"),
    select_fields!("x.external_id IN (SELECT key FROM jsonb_each($2))"),
    select_contracts!("x.external_id IN (SELECT key FROM jsonb_each($2))")
);

macro_rules! select_part {
    ($part:ident) => {
        concat!(
            select_book!(),
            select_companies!("x.external_id IN (SELECT key FROM jsonb_each($2))"),
            $part!("x.external_id IN (SELECT key FROM jsonb_each($2))")
        )
    };
}

/// `$1` owner, `$2` an object whose keys are customers, `$3` any day: one part of what is kept of them.
pub(in crate::store) fn part_of_many(part: Part) -> &'static str {
    match part {
        Part::Customers => select_part!(select_fields),
        Part::Usage => select_part!(select_usage),
        Part::Tickets => select_part!(select_tickets),
        Part::Contracts => select_part!(select_contracts),
        Part::Contacts => select_part!(select_contacts),
        Part::Satisfaction => select_part!(select_responses),
        Part::Activity => select_part!(select_activity),
        Part::Health => ROWS_OF_MANY,
    }
}

/// `$1` owner.
pub(in crate::store) const HOW_MANY: &str = "SELECT COUNT(*) FROM companies WHERE owner_user_id = $1";

/// `$1` owner, `$2` after which customer, `$3` how many.
pub(in crate::store) const EVERYBODY_AFTER: &str = "
    SELECT external_id FROM companies WHERE owner_user_id = $1 AND external_id > $2 ORDER BY external_id LIMIT $3";

/// `$1` owner, `$2` after which customer, `$3` how many; without the demo book.
pub(in crate::store) const CUSTOMERS_AFTER: &str = "
    SELECT external_id FROM companies WHERE owner_user_id = $1 AND external_id > $2 AND NOT demo
    ORDER BY external_id LIMIT $3";

macro_rules! without_summary {
    ($table:literal) => {
        concat!(
            "
    SELECT c.external_id FROM companies c
    WHERE c.owner_user_id = $1 AND c.external_id > $2 AND NOT c.demo AND NOT EXISTS (
        SELECT 1 FROM ",
            $table,
            " s WHERE s.owner_user_id = $1 AND s.external_id = c.external_id
          AND s.from_day <= $4 AND (s.until_day IS NULL OR s.until_day > $4))
    ORDER BY c.external_id LIMIT $3"
        )
    };
}

/// `$1` owner, `$2` after which customer, `$3` how many, `$4` day: those of whom it is not kept what their usage comes to on
/// that day.
pub(in crate::store) const WITHOUT_USAGE_SUMMARY: &str = without_summary!("usage_summaries");
/// The same of tickets.
pub(in crate::store) const WITHOUT_TICKET_SUMMARY: &str = without_summary!("ticket_summaries");

/// `$1` owner, `$2` source: what it knows of each part, by customer and key; gone things are not among them, and closed
/// tickets neither.
pub(in crate::store) const CURRENT: &str = "
    SELECT 'customers' AS part, x.external_id, x.external_id AS key FROM customer_versions x
    WHERE x.owner_user_id = $1 AND x.source = $2 AND x.says IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM customer_versions n
        WHERE n.owner_user_id = $1 AND n.external_id = x.external_id AND n.source = $2 AND n.from_day > x.from_day)
    UNION ALL
    SELECT 'contracts', x.external_id, x.contract_id FROM contracts x
    WHERE x.owner_user_id = $1 AND x.source = $2 AND x.says IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM contracts n
        WHERE n.owner_user_id = $1 AND n.external_id = x.external_id AND n.source = $2
          AND n.contract_id = x.contract_id AND n.from_day > x.from_day)
    UNION ALL
    SELECT 'contacts', x.external_id, x.contact_key FROM contacts x
    WHERE x.owner_user_id = $1 AND x.source = $2 AND x.says IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM contacts n
        WHERE n.owner_user_id = $1 AND n.external_id = x.external_id AND n.source = $2
          AND n.contact_key = x.contact_key AND n.from_day > x.from_day)
    UNION ALL
    SELECT 'usage', x.external_id, x.metric FROM usage_series x
    WHERE x.owner_user_id = $1 AND x.source = $2 AND x.gone_on IS NULL
    UNION ALL
    SELECT 'tickets', x.external_id, x.ticket_id FROM tickets x
    WHERE x.owner_user_id = $1 AND x.source = $2 AND x.gone_on IS NULL AND x.says ->> 'closedOn' IS NULL";

/// `$1` owner: customers who have no usage, or of whose tickets or contracts nothing is known; each with the part, by name.
pub(in crate::store) const WITHOUT: &str = "
    SELECT 'usage' AS part, c.external_id, c.name FROM companies c
    WHERE c.owner_user_id = $1 AND NOT c.demo AND NOT EXISTS (
        SELECT 1 FROM usage_series s
        WHERE s.owner_user_id = $1 AND s.external_id = c.external_id AND s.gone_on IS NULL)
    UNION ALL
    SELECT 'tickets', c.external_id, c.name FROM companies c
    WHERE c.owner_user_id = $1 AND NOT c.demo
      AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.owner_user_id = $1 AND d.part = 'tickets')
      AND NOT EXISTS (SELECT 1 FROM counted_tickets t WHERE t.owner_user_id = $1 AND t.external_id = c.external_id)
    UNION ALL
    SELECT 'contracts', c.external_id, c.name FROM companies c
    WHERE c.owner_user_id = $1 AND NOT c.demo AND NOT EXISTS (
        SELECT 1 FROM contracts k
        WHERE k.owner_user_id = $1 AND k.external_id = c.external_id AND k.says IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM contracts n
            WHERE n.owner_user_id = $1 AND n.external_id = k.external_id AND n.source = k.source
              AND n.contract_id = k.contract_id AND n.from_day > k.from_day))
    ORDER BY 3, 2";
