//! The statements. Both databases take the same text: `$1` parameters, `jsonb_each` for rows that come in bulk, `->`
//! and `->>` to take them apart, and `date(…)` to make a date of a text.
//!
//! Bulk rows are one JSON object keyed by customer id, so a statement writes any number of customers in one round trip.

mod activity;
mod columns;
mod reading;
mod writing;

pub(super) use activity::*;
pub(super) use columns::*;
pub(super) use reading::*;
pub(super) use writing::*;

/// `$1` owner.
pub(super) const COUNT_DEMO: &str = "SELECT COUNT(*) FROM companies WHERE owner_user_id = $1 AND demo";

/// `$1` owner.
pub(super) const DELETE_DEMO: &str = "DELETE FROM companies WHERE owner_user_id = $1 AND demo";

/// `$1` owner, `$2` customer.
pub(super) const DELETE_CUSTOMER: &str = "DELETE FROM companies WHERE owner_user_id = $1 AND external_id = $2";

/// `$1` owner, `$2` run, `$3` customer, `$4` time, `$5` result.
pub(super) const RECORD: &str = "
    INSERT INTO messages (owner_user_id, run_id, external_id, created_at, result) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (owner_user_id, run_id) DO NOTHING";

/// `$1` owner, `$2` time, `$3` results with their customers, by the ids of their runs. The cross join makes SQLite look up the
/// customer of each run; it would read all runs again for each customer.
pub(super) const RECORD_MANY: &str = "
    INSERT INTO messages (owner_user_id, run_id, external_id, created_at, result)
    SELECT c.owner_user_id, r.key, c.external_id, $2, r.value -> 'result'
    FROM jsonb_each($3) AS r CROSS JOIN companies c
    WHERE c.owner_user_id = $1 AND c.external_id = r.value ->> 'customerId'
    ON CONFLICT (owner_user_id, run_id) DO NOTHING";

/// `$1` owner, `$2` customer, `$3` how many.
pub(super) const HISTORY: &str = "
    SELECT run_id, created_at, result FROM messages WHERE owner_user_id = $1 AND external_id = $2
    ORDER BY created_at DESC, run_id DESC LIMIT $3";

/// `$1` owner, `$2` item, `$3` customer, or nothing for a source's, `$4` time, `$5` what becomes of it. Changes no row where
/// there is no such customer.
pub(super) const SET_ITEM: &str = "
    INSERT INTO attention (owner_user_id, item_id, external_id, set_at, state)
    SELECT $1, $2, NULLIF($3, ''), $4, $5
    WHERE $3 = '' OR EXISTS (SELECT 1 FROM companies WHERE owner_user_id = $1 AND external_id = $3)
    ON CONFLICT (owner_user_id, item_id)
        DO UPDATE SET external_id = excluded.external_id, set_at = excluded.set_at, state = excluded.state";

/// `$1` owner, `$2` item.
pub(super) const FORGET_ITEM: &str = "DELETE FROM attention WHERE owner_user_id = $1 AND item_id = $2";

/// `$1` owner, `$2` as how many at the most.
pub(super) const COUNT_ITEMS: &str = "
    SELECT COUNT(*) FROM (SELECT 1 FROM attention WHERE owner_user_id = $1 LIMIT $2) AS some_items";

/// `$1` owner.
pub(super) const ITEM_STATES: &str = "SELECT item_id, state FROM attention WHERE owner_user_id = $1";

/// `$1` owner, `$2` evaluation, `$3` time, `$4` what is asked for.
pub(super) const CREATE_EVAL: &str = "
    INSERT INTO eval_sessions (owner_user_id, eval_id, created_at, eval) VALUES ($1, $2, $3, $4)
    ON CONFLICT (owner_user_id, eval_id) DO NOTHING";

/// `$1` owner, `$2` evaluation, `$3` time, `$4` whether it has ended. Changes no row where there is no such evaluation.
pub(super) const CONTINUE_EVAL: &str = "
    UPDATE eval_sessions SET finished_at = CASE WHEN $4 THEN COALESCE(finished_at, $3) ELSE finished_at END
    WHERE owner_user_id = $1 AND eval_id = $2";

/// `$1` owner, `$2` evaluation, `$3` results, keyed by anything. Those of customers that are gone are left out.
pub(super) const INSERT_EVAL_RESULTS: &str = "
    INSERT INTO eval_results
        (owner_user_id, eval_id, external_id, task, repeat, verdict, input_tokens, output_tokens, result)
    SELECT c.owner_user_id, $2, c.external_id, r.value -> 'result' ->> 'task',
           CAST(r.value -> 'result' ->> 'repeat' AS BIGINT), r.value -> 'result' ->> 'verdict',
           CAST(r.value -> 'result' ->> 'inputTokens' AS BIGINT),
           CAST(r.value -> 'result' ->> 'outputTokens' AS BIGINT), r.value -> 'result'
    FROM jsonb_each($3) AS r CROSS JOIN companies c
    WHERE c.owner_user_id = $1 AND c.external_id = r.value -> 'result' ->> 'customerId'
    ON CONFLICT (owner_user_id, eval_id, external_id, task, repeat) DO NOTHING";

/// `$1` owner, `$2` evaluation, `$3` steps with the result they belong to, keyed by anything. Those of results that were
/// left out, or that have steps already, are left out, too.
pub(super) const INSERT_EXEC_STEPS: &str = "
    INSERT INTO exec_steps (owner_user_id, eval_id, external_id, task, repeat, place, step)
    SELECT e.owner_user_id, e.eval_id, e.external_id, e.task, e.repeat, CAST(s.value ->> 'place' AS BIGINT),
           s.value -> 'step'
    FROM jsonb_each($3) AS s
    JOIN eval_results e ON e.owner_user_id = $1 AND e.eval_id = $2 AND e.external_id = s.value ->> 'customerId'
        AND e.task = s.value ->> 'task' AND e.repeat = CAST(s.value ->> 'repeat' AS BIGINT)
    WHERE NOT EXISTS (
        SELECT 1 FROM exec_steps k
        WHERE k.owner_user_id = e.owner_user_id AND k.eval_id = e.eval_id AND k.external_id = e.external_id
            AND k.task = e.task AND k.repeat = e.repeat)
    ON CONFLICT (owner_user_id, eval_id, external_id, task, repeat, place) DO NOTHING";

/// `$1` owner, `$2` evaluation.
pub(super) const DELETE_EVAL: &str = "DELETE FROM eval_sessions WHERE owner_user_id = $1 AND eval_id = $2";

/// `$1` owner, `$2` evaluation, or nothing for all, `$3` how many.
pub(super) const EVALS: &str = "
    SELECT s.created_at, s.finished_at, s.eval, COUNT(r.verdict) AS cases,
           COUNT(CASE r.verdict WHEN 'pass' THEN 1 END) AS passed,
           COUNT(CASE r.verdict WHEN 'fail' THEN 1 END) AS failed,
           COUNT(CASE r.verdict WHEN 'timeout' THEN 1 END) AS timeouts,
           COUNT(CASE r.verdict WHEN 'error' THEN 1 END) AS errors,
           CAST(COALESCE(SUM(r.input_tokens), 0) AS BIGINT) AS input_tokens,
           CAST(COALESCE(SUM(r.output_tokens), 0) AS BIGINT) AS output_tokens
    FROM (SELECT owner_user_id, eval_id, created_at, finished_at, eval FROM eval_sessions
          WHERE owner_user_id = $1 AND ($2 = '' OR eval_id = $2)
          ORDER BY created_at DESC, eval_id DESC LIMIT $3) AS s
    LEFT JOIN eval_results r ON r.owner_user_id = s.owner_user_id AND r.eval_id = s.eval_id
    GROUP BY s.eval_id, s.created_at, s.finished_at, s.eval
    ORDER BY s.created_at DESC, s.eval_id DESC";

/// `$1` owner, `$2` evaluation, `$3` customer, or nothing for all, `$4` with steps, `$5` how many, `$6` after how many. A
/// result with steps is there once for each of them; an evaluation without results has one row without one.
pub(super) const EVAL_RESULTS: &str = "
    SELECT r.result, x.step
    FROM eval_sessions s
    LEFT JOIN (SELECT owner_user_id, eval_id, external_id, task, repeat, result FROM eval_results
               WHERE owner_user_id = $1 AND eval_id = $2 AND ($3 = '' OR external_id = $3)
               ORDER BY external_id, task, repeat LIMIT $5 OFFSET $6) AS r
        ON r.owner_user_id = s.owner_user_id AND r.eval_id = s.eval_id
    LEFT JOIN exec_steps x ON $4 AND x.owner_user_id = r.owner_user_id AND x.eval_id = r.eval_id
        AND x.external_id = r.external_id AND x.task = r.task AND x.repeat = r.repeat
    WHERE s.owner_user_id = $1 AND s.eval_id = $2
    ORDER BY r.external_id, r.task, r.repeat, x.place";

/// `$1` owner, `$2` nonce, `$3` when it may be forgotten.
pub(super) const SPEND_NONCE: &str = "
    INSERT INTO nonces (owner_user_id, nonce, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

/// The same on PostgreSQL, where it also names the owner to the policies of row-level security until the transaction
/// ends. The row is made before it is checked, so this costs no round trip of its own.
#[cfg(feature = "postgres")]
pub(super) const SPEND_NONCE_AS_OWNER: &str = "
    INSERT INTO nonces (owner_user_id, nonce, expires_at)
    VALUES (set_config('app.owner_user_id', $1, true), $2, $3) ON CONFLICT DO NOTHING";

/// Names the owner, `$1`, to the policies of row-level security until the transaction ends.
#[cfg(feature = "postgres")]
pub(super) const NAME_OWNER: &str = "SELECT set_config('app.owner_user_id', $1, true)";

/// `$1` now.
pub(super) const FORGET_NONCES: &str = "DELETE FROM nonces WHERE expires_at < $1";

/// `$1` role.
#[cfg(feature = "postgres")]
pub(super) const ROLE_BYPASSES_ROW_SECURITY: &str = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = $1";

/// Of the role that is connected.
#[cfg(feature = "postgres")]
pub(super) const BYPASSES_ROW_SECURITY: &str =
    "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user";

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
pub(super) const TABLES: [&str; 26] = [
    "activity",
    "attention",
    "books",
    "companies",
    "contacts",
    "contracts",
    "counted_tickets",
    "customer_versions",
    "deliveries",
    "eval_results",
    "eval_sessions",
    "exec_steps",
    "fact_columns",
    "idempotency_keys",
    "import_pieces",
    "messages",
    "nonces",
    "partial_reach",
    "satisfaction",
    "ticket_summaries",
    "tickets",
    "told_usage",
    "usage_reach",
    "usage_series",
    "usage_summaries",
    "visits",
];
