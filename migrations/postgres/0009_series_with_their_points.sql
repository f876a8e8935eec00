-- The points of a series are written and read together: they stand in its row, oldest first, as
-- `2026-11-20 20.5,2026-11-21 18`. A number is written with every digit it has.
ALTER TABLE usage_series ADD COLUMN points TEXT NOT NULL DEFAULT '';

-- The rows are of every owner, and a migration is none of them; see 0003.
ALTER TABLE usage_series NO FORCE ROW LEVEL SECURITY;
ALTER TABLE usage_points NO FORCE ROW LEVEL SECURITY;
UPDATE usage_series s SET points = p.points
FROM (SELECT owner_user_id, external_id, source, metric,
             string_agg(to_char(day, 'YYYY-MM-DD') || ' ' || value, ',' ORDER BY day) AS points
      FROM usage_points GROUP BY owner_user_id, external_id, source, metric) p
WHERE s.owner_user_id = p.owner_user_id AND s.external_id = p.external_id AND s.source = p.source
  AND s.metric = p.metric;
ALTER TABLE usage_series FORCE ROW LEVEL SECURITY;

DROP TABLE usage_points;
