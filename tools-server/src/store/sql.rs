//! The statements. Both databases take the same text: `$1` parameters, `jsonb_each` for rows that come in bulk, `->`
//! and `->>` to take them apart, and `date(…)` to make a date of a text.
//!
//! Bulk rows are one JSON object keyed by customer id, so a statement writes any number of customers in one round trip.

macro_rules! select_facts {
    ($condition:literal) => {
        concat!(
            "SELECT c.external_id, c.name, c.industry, c.segment, c.contact, c.demo,
                    u.metric, u.trend, u.recent, u.before, u.points, u.origin AS usage_origin, u.as_of AS usage_as_of,
                    t.urgent, t.high, t.normal, t.low, t.oldest_open, t.tickets,
                    t.origin AS tickets_origin, t.as_of AS tickets_as_of,
                    k.renewal_date, k.arr_minor, k.arr_currency, k.plan, k.seats, k.auto_renew,
                    k.origin AS contract_origin, k.as_of AS contract_as_of
             FROM companies c
             LEFT JOIN usage_summaries u ON u.owner_user_id = c.owner_user_id AND u.external_id = c.external_id
             LEFT JOIN ticket_summaries t ON t.owner_user_id = c.owner_user_id AND t.external_id = c.external_id
             LEFT JOIN contracts k ON k.owner_user_id = c.owner_user_id AND k.external_id = c.external_id
             WHERE c.owner_user_id = $1 AND c.external_id ",
            $condition
        )
    };
}

/// `$1` owner, `$2` customer.
pub(super) const FACTS: &str = select_facts!("= $2");

/// `$1` owner, `$2` an object whose keys are customers.
pub(super) const FACTS_OF_MANY: &str = select_facts!("IN (SELECT key FROM jsonb_each($2))");

/// `$1` owner.
pub(super) const BOOK: &str = "
    SELECT c.external_id, c.name, u.trend, u.spark, t.urgent + t.high + t.normal + t.low AS open_tickets,
           k.renewal_date, k.arr_minor, k.arr_currency
    FROM companies c
    LEFT JOIN usage_summaries u ON u.owner_user_id = c.owner_user_id AND u.external_id = c.external_id
    LEFT JOIN ticket_summaries t ON t.owner_user_id = c.owner_user_id AND t.external_id = c.external_id
    LEFT JOIN contracts k ON k.owner_user_id = c.owner_user_id AND k.external_id = c.external_id
    WHERE c.owner_user_id = $1";

/// `$1` owner.
pub(super) const COUNT_DEMO: &str = "SELECT COUNT(*) FROM companies WHERE owner_user_id = $1 AND demo";

/// `$1` owner.
pub(super) const DELETE_DEMO: &str = "DELETE FROM companies WHERE owner_user_id = $1 AND demo";

/// `$1` owner, `$2` customer.
pub(super) const DELETE_CUSTOMER: &str = "DELETE FROM companies WHERE owner_user_id = $1 AND external_id = $2";

macro_rules! insert_customers {
    ($on_conflict:literal) => {
        concat!(
            "INSERT INTO companies (owner_user_id, external_id, name, industry, segment, contact, demo)
             SELECT $1, r.key, r.value ->> 'name', r.value ->> 'industry', r.value ->> 'segment',
                    r.value ->> 'contact', $3
             FROM jsonb_each($2) AS r WHERE true
             ON CONFLICT (owner_user_id, external_id) ",
            $on_conflict
        )
    };
}

/// `$1` owner, `$2` rows, `$3` whether they are the demo book's.
pub(super) const INSERT_CUSTOMERS: &str = insert_customers!("DO NOTHING");

/// `$1` owner, `$2` rows, `$3` whether they are the demo book's.
pub(super) const UPSERT_CUSTOMERS: &str = insert_customers!(
    "DO UPDATE SET name = excluded.name, industry = excluded.industry, segment = excluded.segment,
                   contact = excluded.contact, demo = excluded.demo"
);

/// `$1` owner, `$2` rows, `$3` whether they are the demo book's.
pub(super) const UPDATE_CUSTOMERS: &str = "
    UPDATE companies
    SET name = r.value ->> 'name', industry = r.value ->> 'industry', segment = r.value ->> 'segment',
        contact = r.value ->> 'contact', demo = $3
    FROM jsonb_each($2) AS r
    WHERE companies.owner_user_id = $1 AND companies.external_id = r.key";

/// `$1` owner, `$2` rows, `$3` origin, `$4` as-of day.
pub(super) const UPSERT_USAGE: &str = "
    INSERT INTO usage_summaries
        (owner_user_id, external_id, metric, trend, recent, before, points, spark, origin, as_of)
    SELECT $1, r.key, r.value ->> 'metric', r.value ->> 'trend', r.value -> 'recent', r.value -> 'before',
           r.value -> 'points', r.value -> 'spark', $3, $4
    FROM jsonb_each($2) AS r WHERE true
    ON CONFLICT (owner_user_id, external_id) DO UPDATE
    SET metric = excluded.metric, trend = excluded.trend, recent = excluded.recent, before = excluded.before,
        points = excluded.points, spark = excluded.spark, origin = excluded.origin, as_of = excluded.as_of";

/// `$1` owner, `$2` rows, `$3` origin, `$4` as-of day.
pub(super) const UPSERT_TICKETS: &str = "
    INSERT INTO ticket_summaries
        (owner_user_id, external_id, urgent, high, normal, low, oldest_open, tickets, origin, as_of)
    SELECT $1, r.key, CAST(r.value -> 'byPriority' ->> 'urgent' AS BIGINT),
           CAST(r.value -> 'byPriority' ->> 'high' AS BIGINT), CAST(r.value -> 'byPriority' ->> 'normal' AS BIGINT),
           CAST(r.value -> 'byPriority' ->> 'low' AS BIGINT), date(r.value ->> 'oldestOpen'), r.value -> 'recent',
           $3, $4
    FROM jsonb_each($2) AS r WHERE true
    ON CONFLICT (owner_user_id, external_id) DO UPDATE
    SET urgent = excluded.urgent, high = excluded.high, normal = excluded.normal, low = excluded.low,
        oldest_open = excluded.oldest_open, tickets = excluded.tickets, origin = excluded.origin,
        as_of = excluded.as_of";

/// `$1` owner, `$2` rows, `$3` origin, `$4` as-of day.
pub(super) const UPSERT_CONTRACTS: &str = "
    INSERT INTO contracts
        (owner_user_id, external_id, renewal_date, arr_minor, arr_currency, plan, seats, auto_renew, origin, as_of)
    SELECT $1, r.key, date(r.value ->> 'renewalDate'), CAST(r.value -> 'arr' ->> 'minor' AS BIGINT),
           r.value -> 'arr' ->> 'currency', r.value ->> 'plan', CAST(r.value ->> 'seats' AS BIGINT),
           CAST(r.value ->> 'autoRenew' AS BOOLEAN), $3, $4
    FROM jsonb_each($2) AS r WHERE true
    ON CONFLICT (owner_user_id, external_id) DO UPDATE
    SET renewal_date = excluded.renewal_date, arr_minor = excluded.arr_minor, arr_currency = excluded.arr_currency,
        plan = excluded.plan, seats = excluded.seats, auto_renew = excluded.auto_renew, origin = excluded.origin,
        as_of = excluded.as_of";

/// `$1` owner, `$2` run, `$3` customer, `$4` time, `$5` result.
pub(super) const RECORD: &str = "
    INSERT INTO messages (owner_user_id, run_id, external_id, created_at, result) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (owner_user_id, run_id) DO NOTHING";

/// `$1` owner, `$2` customer, `$3` how many.
pub(super) const HISTORY: &str = "
    SELECT run_id, created_at, result FROM messages WHERE owner_user_id = $1 AND external_id = $2
    ORDER BY created_at DESC, run_id DESC LIMIT $3";

/// `$1` owner, `$2` nonce, `$3` when it may be forgotten.
pub(super) const SPEND_NONCE: &str = "
    INSERT INTO nonces (owner_user_id, nonce, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

/// `$1` now.
pub(super) const FORGET_NONCES: &str = "DELETE FROM nonces WHERE expires_at < $1";

/// `$1` owner, `$2` key, `$3` digest of the request, `$4` when it may be forgotten.
pub(super) const BEGIN_ONCE: &str = "
    INSERT INTO idempotency_keys (owner_user_id, key, request, expires_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING";

/// `$1` owner, `$2` key.
pub(super) const FIRST_ANSWER: &str =
    "SELECT request, answer FROM idempotency_keys WHERE owner_user_id = $1 AND key = $2";

/// `$1` owner, `$2` key, `$3` answer.
pub(super) const END_ONCE: &str = "UPDATE idempotency_keys SET answer = $3 WHERE owner_user_id = $1 AND key = $2";

/// `$1` now.
pub(super) const FORGET_ONCE: &str = "DELETE FROM idempotency_keys WHERE expires_at < $1";

/// The newest migration that was applied.
pub(super) const SCHEMA_VERSION: &str = "SELECT MAX(version) FROM _sqlx_migrations WHERE success";

/// Every table of the schema.
pub(super) const TABLES: [&str; 7] =
    ["companies", "contracts", "idempotency_keys", "messages", "nonces", "ticket_summaries", "usage_summaries"];
