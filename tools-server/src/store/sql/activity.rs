//! What users do with customers, and when they looked last.

/// `$1` owner, `$2` source, `$3` activities, keyed by anything.
pub(in crate::store) const INSERT_ACTIVITY: &str = "
    INSERT INTO activity (owner_user_id, external_id, source, activity_id, day, says)
    SELECT $1, r.value ->> 'customer', $2, r.value ->> 'id', date(r.value ->> 'on'), r.value -> 'says'
    FROM jsonb_each($3) AS r WHERE true
    ON CONFLICT (owner_user_id, external_id, source, activity_id) DO UPDATE
    SET day = excluded.day, says = excluded.says";

/// `$1` owner, `$2` source, `$3` activity; answers whose it was.
pub(in crate::store) const DELETE_ACTIVITY: &str = "
    DELETE FROM activity WHERE owner_user_id = $1 AND source = $2 AND activity_id = $3 RETURNING external_id";

/// `$1` owner, `$2` source, `$3` customer, `$4` activity.
pub(in crate::store) const ONE_ACTIVITY: &str = "
    SELECT source, activity_id, day, says FROM activity
    WHERE owner_user_id = $1 AND source = $2 AND external_id = $3 AND activity_id = $4";

/// `$1` owner, `$2` customer, `$3` how many.
pub(in crate::store) const ACTIVITY: &str = "
    SELECT source, activity_id, day, says FROM activity WHERE owner_user_id = $1 AND external_id = $2
    ORDER BY day DESC, source, activity_id LIMIT $3";

/// `$1` owner, `$2` day: counts a visit on it, and answers the day of the one before; a day is counted once.
pub(in crate::store) const VISIT: &str = "
    INSERT INTO visits (owner_user_id, last_day) VALUES ($1, $2)
    ON CONFLICT (owner_user_id) DO UPDATE SET
        day_before = CASE WHEN visits.last_day < excluded.last_day THEN visits.last_day ELSE visits.day_before END,
        last_day = CASE WHEN visits.last_day < excluded.last_day THEN excluded.last_day ELSE visits.last_day END
    RETURNING day_before";
