-- Writes that were carried out, under the key their callers gave them, and what they answered.
CREATE TABLE idempotency_keys (
    owner_user_id TEXT NOT NULL,
    key           TEXT NOT NULL,
    -- A digest of the whole request.
    request       TEXT NOT NULL,
    -- Known when the write ends; no other transaction sees it before.
    answer        JSONB,
    expires_at    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (owner_user_id, key)
);
CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
