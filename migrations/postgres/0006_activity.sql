-- What users do with their customers (source `manual`), and what other systems say they did. `says` has the words.
CREATE TABLE activity (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    source        TEXT NOT NULL,
    activity_id   TEXT NOT NULL,
    day           DATE NOT NULL,
    says          JSONB NOT NULL,
    PRIMARY KEY (owner_user_id, external_id, source, activity_id),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE
);
CREATE INDEX activity_by_id ON activity (owner_user_id, source, activity_id);

-- The day on which a user looked at the book last, and the one before.
CREATE TABLE visits (
    owner_user_id TEXT NOT NULL PRIMARY KEY,
    last_day      DATE NOT NULL,
    day_before    DATE
);

-- Behind the same wall as every other table; see 0003.
DO $$
DECLARE
    name TEXT;
BEGIN
    FOREACH name IN ARRAY ARRAY['activity', 'visits']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_rows ON %I
             USING (owner_user_id = (SELECT current_setting(''app.owner_user_id'', true)))', name);
        EXECUTE format(
            'CREATE POLICY reads_outside_of_writes ON %I FOR SELECT
             USING ((SELECT coalesce(current_setting(''app.owner_user_id'', true), '''') = ''''))', name);
    END LOOP;
END
$$;
