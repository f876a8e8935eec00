-- What became of items of attention. An item itself is not kept: it follows from the rows, under the same id every day.
CREATE TABLE attention (
    owner_user_id TEXT NOT NULL,
    item_id       TEXT NOT NULL,
    -- Whom it is about; absent where it is about a source.
    external_id   TEXT,
    set_at        TIMESTAMPTZ NOT NULL,
    state         JSONB NOT NULL,
    PRIMARY KEY (owner_user_id, item_id),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE
);
CREATE INDEX attention_by_customer ON attention (owner_user_id, external_id);

-- They do not say yet since when usage goes down; without them they are made again.
-- Policies would hide the rows of every owner from DELETE; see 0003.
TRUNCATE usage_summaries;

-- Behind the same wall as every other table; see 0003.
ALTER TABLE attention ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON attention
    USING (owner_user_id = (SELECT current_setting('app.owner_user_id', true)));
CREATE POLICY reads_outside_of_writes ON attention FOR SELECT
    USING ((SELECT coalesce(current_setting('app.owner_user_id', true), '') = ''));
