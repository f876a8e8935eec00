-- What became of items of attention. An item itself is not kept: it follows from the rows, under the same id every day.
CREATE TABLE attention (
    owner_user_id TEXT NOT NULL,
    item_id       TEXT NOT NULL,
    -- Whom it is about; absent where it is about a source.
    external_id   TEXT,
    set_at        DATETIME NOT NULL,
    state         TEXT NOT NULL,
    PRIMARY KEY (owner_user_id, item_id),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE
);
CREATE INDEX attention_by_customer ON attention (owner_user_id, external_id);

-- They do not say yet since when usage goes down; without them they are made again.
DELETE FROM usage_summaries;
