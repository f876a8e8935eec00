-- The points of a series are written and read together: they stand in its row, oldest first, as
-- `2026-11-20 20.5,2026-11-21 18`. A number is written with every digit it has.
ALTER TABLE usage_series ADD COLUMN points TEXT NOT NULL DEFAULT '';

UPDATE usage_series AS s SET points = (
    SELECT string_agg(p.day || ' ' || p.value, ',' ORDER BY p.day) FROM usage_points p
    WHERE p.owner_user_id = s.owner_user_id AND p.external_id = s.external_id AND p.source = s.source
      AND p.metric = s.metric)
WHERE EXISTS (
    SELECT 1 FROM usage_points p
    WHERE p.owner_user_id = s.owner_user_id AND p.external_id = s.external_id AND p.source = s.source
      AND p.metric = s.metric);

DROP TABLE usage_points;
