//! What is known of every fact, by bucket.

/// `$1` owner, `$2` day, `$3` which program, `$4` an object whose keys are facts; the customers are one of them.
pub(in crate::store) const COLUMNS: &str = "
    SELECT bucket, fact, says FROM fact_columns
    WHERE owner_user_id = $1 AND day = $2 AND made_by = $3 AND fact IN (SELECT key FROM jsonb_each($4))";

/// `$1` owner, `$2` day, `$3` which program, `$4` columns.
pub(in crate::store) const INSERT_COLUMNS: &str = "
    INSERT INTO fact_columns (owner_user_id, day, made_by, bucket, fact, says)
    SELECT $1, $2, $3, CAST(r.value ->> 'bucket' AS BIGINT), r.value ->> 'fact', r.value -> 'says'
    FROM jsonb_each($4) AS r WHERE true";

/// `$1` owner, `$2` bucket.
pub(in crate::store) const FORGET_BUCKET: &str = "DELETE FROM fact_columns WHERE owner_user_id = $1 AND bucket = $2";

/// `$1` owner.
pub(in crate::store) const FORGET_COLUMNS: &str = "DELETE FROM fact_columns WHERE owner_user_id = $1";
