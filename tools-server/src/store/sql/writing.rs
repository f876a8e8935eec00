//! Writing rows. Bulk rows come as one JSON object, keyed by anything: each says itself which customer it is of. They are
//! never joined with a table: SQLite may look through all of them again for each row of it.

/// `$1` owner, `$2` by how much the revision grows. The first statement of a delivery, which then has the book to itself;
/// and of every other write that changes rows.
pub(in crate::store) const TAKE_BOOK: &str = "
    INSERT INTO books (owner_user_id, revision, source_order) VALUES ($1, $2, '[]')
    ON CONFLICT (owner_user_id) DO UPDATE SET revision = books.revision + $2";

/// `$1` owner, `$2` order of sources. Changes no row where it was so before.
pub(in crate::store) const PREFER_SOURCES: &str =
    "UPDATE books SET source_order = $2 WHERE owner_user_id = $1 AND source_order <> $2";

/// `$1` owner, `$2` metric. Changes no row where it was so before.
pub(in crate::store) const PREFER_METRIC: &str = "
    UPDATE books SET primary_metric = $2 WHERE owner_user_id = $1 AND COALESCE(primary_metric, '') <> $2";

/// `$1` owner, `$2` import, `$3` number, `$4` piece, `$5` when it may be forgotten.
pub(in crate::store) const PUT_PIECE: &str = "
    INSERT INTO import_pieces (owner_user_id, import_id, number, piece, expires_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (owner_user_id, import_id, number) DO UPDATE
    SET piece = excluded.piece, expires_at = excluded.expires_at";

/// `$1` owner, `$2` import.
pub(in crate::store) const COUNT_PIECES: &str =
    "SELECT COUNT(*) FROM import_pieces WHERE owner_user_id = $1 AND import_id = $2";

/// `$1` owner, `$2` import, `$3` number.
pub(in crate::store) const PIECE: &str =
    "SELECT piece FROM import_pieces WHERE owner_user_id = $1 AND import_id = $2 AND number = $3";

/// `$1` owner, `$2` import.
pub(in crate::store) const DELETE_PIECES: &str =
    "DELETE FROM import_pieces WHERE owner_user_id = $1 AND import_id = $2";

/// `$1` now.
pub(in crate::store) const FORGET_PIECES: &str = "DELETE FROM import_pieces WHERE expires_at < $1";

/// `$1` owner, `$2` an object whose keys are customers: those of the demo book go with everything of them.
pub(in crate::store) const DELETE_DEMO_OF_MANY: &str = "
    DELETE FROM companies WHERE owner_user_id = $1 AND demo AND external_id IN (SELECT key FROM jsonb_each($2))";

/// `$1` owner, `$2` names by customer, `$3` whether they are the demo book's.
pub(in crate::store) const INSERT_CUSTOMERS: &str = "
    INSERT INTO companies (owner_user_id, external_id, name, demo)
    SELECT $1, r.key, r.value ->> 0, $3 FROM jsonb_each($2) AS r WHERE true
    ON CONFLICT (owner_user_id, external_id) DO NOTHING";

/// `$1` owner, `$2` names by customer, all of whom are there.
pub(in crate::store) const RENAME_CUSTOMERS: &str = "
    INSERT INTO companies (owner_user_id, external_id, name, demo)
    SELECT $1, r.key, r.value ->> 0, false FROM jsonb_each($2) AS r WHERE true
    ON CONFLICT (owner_user_id, external_id) DO UPDATE SET name = excluded.name WHERE companies.name <> excluded.name";

/// `$1` owner, `$2` names by customer, which a user says; a customer of the demo book becomes the user's own.
pub(in crate::store) const OWN_CUSTOMERS: &str = "
    UPDATE companies SET name = r.value ->> 0, demo = false FROM jsonb_each($2) AS r
    WHERE companies.owner_user_id = $1 AND companies.external_id = r.key";

/// `$1` owner, `$2` source, `$3` versions.
pub(in crate::store) const INSERT_FIELDS: &str = "
    INSERT INTO customer_versions (owner_user_id, external_id, source, from_day, says)
    SELECT $1, r.value ->> 'customer', $2, date(r.value ->> 'from'), r.value -> 'says'
    FROM jsonb_each($3) AS r WHERE true
    ON CONFLICT (owner_user_id, external_id, source, from_day) DO UPDATE SET says = excluded.says";

macro_rules! insert_versions {
    ($table:literal, $key:literal) => {
        concat!(
            "INSERT INTO ",
            $table,
            " (owner_user_id, external_id, source, ",
            $key,
            ", from_day, says)
             SELECT $1, r.value ->> 'customer', $2, r.value ->> 'key', date(r.value ->> 'from'), r.value -> 'says'
             FROM jsonb_each($3) AS r WHERE true
             ON CONFLICT (owner_user_id, external_id, source, ",
            $key,
            ", from_day) DO UPDATE SET says = excluded.says"
        )
    };
}

/// `$1` owner, `$2` source, `$3` versions.
pub(in crate::store) const INSERT_CONTRACTS: &str = insert_versions!("contracts", "contract_id");
/// `$1` owner, `$2` source, `$3` versions.
pub(in crate::store) const INSERT_CONTACTS: &str = insert_versions!("contacts", "contact_key");
/// `$1` owner, `$2` source, `$3` versions; their keys are metrics.
pub(in crate::store) const INSERT_TOLD_USAGE: &str = insert_versions!("told_usage", "metric");

/// `$1` owner, `$2` source, `$3` series, each with all of its points.
pub(in crate::store) const INSERT_SERIES: &str = "
    INSERT INTO usage_series (owner_user_id, external_id, source, metric, measure, points)
    SELECT $1, r.value ->> 'customer', $2, r.value ->> 'metric', r.value ->> 'measure', r.value ->> 'points'
    FROM jsonb_each($3) AS r WHERE true
    ON CONFLICT (owner_user_id, external_id, source, metric) DO UPDATE
    SET measure = excluded.measure, points = excluded.points";

/// `$1` owner, `$2` source, `$3` customers with metrics, each a pair.
pub(in crate::store) const BRING_SERIES_BACK: &str = "
    UPDATE usage_series SET gone_on = NULL
    WHERE owner_user_id = $1 AND source = $2 AND (external_id, metric) IN (
        SELECT r.value ->> 0, r.value ->> 1 FROM jsonb_each($3) AS r)";

/// `$1` owner, `$2` source, `$3` days by metric.
pub(in crate::store) const INSERT_REACH: &str = "
    INSERT INTO usage_reach (owner_user_id, source, metric, day)
    SELECT $1, $2, r.value ->> 'metric', date(r.value ->> 'day') FROM jsonb_each($3) AS r WHERE true
    ON CONFLICT (owner_user_id, source, metric, day) DO NOTHING";

/// `$1` owner, `$2` source, `$3` customers with metric and day.
pub(in crate::store) const INSERT_PARTIAL_REACH: &str = "
    INSERT INTO partial_reach (owner_user_id, external_id, source, metric, day)
    SELECT $1, r.value ->> 'customer', $2, r.value ->> 'metric', date(r.value ->> 'day')
    FROM jsonb_each($3) AS r WHERE EXISTS (
        SELECT 1 FROM usage_series s WHERE s.owner_user_id = $1 AND s.external_id = r.value ->> 'customer'
          AND s.source = $2 AND s.metric = r.value ->> 'metric')
    ON CONFLICT (owner_user_id, external_id, source, metric, day) DO NOTHING";

/// `$1` owner, `$2` source, `$3` tickets; one that was gone is back.
pub(in crate::store) const INSERT_TICKETS: &str = "
    INSERT INTO tickets (owner_user_id, external_id, source, ticket_id, says)
    SELECT $1, r.value ->> 'customer', $2, r.value -> 'ticket' ->> 'id', r.value -> 'ticket'
    FROM jsonb_each($3) AS r WHERE true
    ON CONFLICT (owner_user_id, external_id, source, ticket_id) DO UPDATE
    SET says = excluded.says, gone_on = NULL";

/// `$1` owner, `$2` source, `$3` responses.
pub(in crate::store) const INSERT_RESPONSES: &str = "
    INSERT INTO satisfaction (owner_user_id, external_id, source, response_id, day, says)
    SELECT $1, r.value ->> 'customer', $2, r.value ->> 'key', date(r.value ->> 'date'), r.value -> 'answer'
    FROM jsonb_each($3) AS r WHERE true
    ON CONFLICT (owner_user_id, external_id, source, response_id) DO UPDATE
    SET day = excluded.day, says = excluded.says";

macro_rules! end {
    ($table:literal, $key:literal) => {
        concat!(
            "UPDATE ",
            $table,
            " SET gone_on = (SELECT date(MAX(r.value ->> 'from')) FROM jsonb_each($3) AS r)
             WHERE owner_user_id = $1 AND source = $2 AND (external_id, ",
            $key,
            ") IN (SELECT r.value ->> 'customer', r.value ->> 'key' FROM jsonb_each($3) AS r)"
        )
    };
}

/// `$1` owner, `$2` source, `$3` customers and metrics, all with the same day.
pub(in crate::store) const END_SERIES: &str = end!("usage_series", "metric");
/// `$1` owner, `$2` source, `$3` customers and tickets, all with the same day.
pub(in crate::store) const END_TICKETS: &str = end!("tickets", "ticket_id");

/// `$1` owner, `$2` source: customers that are gone from it and that no other source knows.
pub(in crate::store) const DELETE_GONE: &str = "
    DELETE FROM companies WHERE owner_user_id = $1
      AND EXISTS (SELECT 1 FROM customer_versions v WHERE v.owner_user_id = $1
                  AND v.external_id = companies.external_id AND v.source = $2)
      AND NOT EXISTS (
        SELECT 1 FROM customer_versions v
        WHERE v.owner_user_id = $1 AND v.external_id = companies.external_id AND v.says IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM customer_versions n
            WHERE n.owner_user_id = $1 AND n.external_id = v.external_id AND n.source = v.source
              AND n.from_day > v.from_day))";

/// `$1` owner, `$2` source, `$3` parts with counts, `$4` day, `$5` mode, `$6` time.
pub(in crate::store) const RECORD_DELIVERY: &str = "
    INSERT INTO deliveries (owner_user_id, source, part, day, mode, delivered_at, taken, changed)
    SELECT $1, $2, r.key, $4, $5, $6, CAST(r.value ->> 'taken' AS BIGINT), CAST(r.value ->> 'changed' AS BIGINT)
    FROM jsonb_each($3) AS r WHERE true
    ON CONFLICT (owner_user_id, source, part, day) DO UPDATE
    SET mode = excluded.mode, delivered_at = excluded.delivered_at, taken = excluded.taken, changed = excluded.changed";

/// `$1` owner, `$2` source: the day of its newest delivery of each part.
pub(in crate::store) const NEWEST_DELIVERIES: &str =
    "SELECT part, MAX(day) AS day FROM deliveries WHERE owner_user_id = $1 AND source = $2 GROUP BY part";

/// `$1` owner.
pub(in crate::store) const FORGET_USAGE_SUMMARIES: &str = "DELETE FROM usage_summaries WHERE owner_user_id = $1";

/// `$1` owner, `$2` source.
pub(in crate::store) const FORGET_USAGE_SUMMARIES_OF_SOURCE: &str = "
    DELETE FROM usage_summaries WHERE owner_user_id = $1 AND external_id IN (
        SELECT external_id FROM usage_series WHERE owner_user_id = $1 AND source = $2)";

/// `$1` owner, `$2` an object whose keys are customers.
pub(in crate::store) const FORGET_USAGE_SUMMARIES_OF_MANY: &str = "
    DELETE FROM usage_summaries WHERE owner_user_id = $1 AND external_id IN (SELECT key FROM jsonb_each($2))";

/// `$1` owner.
pub(in crate::store) const FORGET_TICKET_SUMMARIES: &str = "DELETE FROM ticket_summaries WHERE owner_user_id = $1";

/// `$1` owner, `$2` an object whose keys are customers.
pub(in crate::store) const FORGET_TICKET_SUMMARIES_OF_MANY: &str = "
    DELETE FROM ticket_summaries WHERE owner_user_id = $1 AND external_id IN (SELECT key FROM jsonb_each($2))";

macro_rules! insert_summaries {
    ($table:literal) => {
        concat!(
            "INSERT INTO ",
            $table,
            " (owner_user_id, external_id, from_day, until_day, says)
             SELECT $1, r.key, date(r.value ->> 'from'), date(r.value ->> 'until'), r.value -> 'says'
             FROM jsonb_each($2) AS r WHERE true
             ON CONFLICT (owner_user_id, external_id) DO UPDATE
             SET from_day = excluded.from_day, until_day = excluded.until_day, says = excluded.says"
        )
    };
}

/// `$1` owner, `$2` what usage comes to, by customer.
pub(in crate::store) const INSERT_USAGE_SUMMARIES: &str = insert_summaries!("usage_summaries");
/// `$1` owner, `$2` what tickets come to, by customer.
pub(in crate::store) const INSERT_TICKET_SUMMARIES: &str = insert_summaries!("ticket_summaries");
