-- SQLite keeps dates as text, YYYY-MM-DD; the checks hold them to it.

-- Every row belongs to an owner; no statement reads or writes without one.
CREATE TABLE companies (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    name          TEXT NOT NULL,
    industry      TEXT,
    segment       TEXT,
    contact       TEXT,
    -- Part of the demo book; a user's own import of the same id makes it theirs.
    demo          BOOLEAN NOT NULL,
    PRIMARY KEY (owner_user_id, external_id)
);

-- Each of the three parts of what is known says where it comes from (origin) and the day it speaks of (as_of).
CREATE TABLE contracts (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    renewal_date  DATE,
    arr_minor     BIGINT,
    arr_currency  TEXT,
    plan          TEXT,
    seats         BIGINT,
    auto_renew    BOOLEAN,
    origin        TEXT NOT NULL,
    as_of         DATE NOT NULL,
    PRIMARY KEY (owner_user_id, external_id),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE,
    CHECK ((arr_minor IS NULL) = (arr_currency IS NULL)),
    CHECK (renewal_date IS date(renewal_date) AND as_of IS date(as_of))
);

CREATE TABLE usage_summaries (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    metric        TEXT NOT NULL,
    trend         TEXT CHECK (trend IN ('up', 'flat', 'down')),
    -- JSON numbers keep every digit; SQLite's way from text to REAL loses the last bit of some.
    recent        TEXT NOT NULL,
    before        TEXT,
    -- [{"date", "value"}], oldest first.
    points        TEXT NOT NULL,
    -- The newest 12 values, so that the book need not read the points.
    spark         TEXT NOT NULL,
    origin        TEXT NOT NULL,
    as_of         DATE NOT NULL,
    PRIMARY KEY (owner_user_id, external_id),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE,
    CHECK (as_of IS date(as_of))
);

-- What is open as of the import, by priority.
CREATE TABLE ticket_summaries (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    urgent        BIGINT NOT NULL,
    high          BIGINT NOT NULL,
    normal        BIGINT NOT NULL,
    low           BIGINT NOT NULL,
    oldest_open   DATE,
    -- The tickets to talk about, ten at most.
    tickets       TEXT NOT NULL,
    origin        TEXT NOT NULL,
    as_of         DATE NOT NULL,
    PRIMARY KEY (owner_user_id, external_id),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE,
    CHECK (oldest_open IS date(oldest_open) AND as_of IS date(as_of))
);

-- Finished runs: a customer's history.
CREATE TABLE messages (
    owner_user_id TEXT NOT NULL,
    run_id        TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    created_at    DATETIME NOT NULL,
    result        TEXT NOT NULL,
    PRIMARY KEY (owner_user_id, run_id),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE
);
CREATE INDEX messages_by_customer ON messages (owner_user_id, external_id, created_at);

-- Nonces that writes have spent, kept until their signatures end.
CREATE TABLE nonces (
    owner_user_id TEXT NOT NULL,
    nonce         TEXT NOT NULL,
    expires_at    DATETIME NOT NULL,
    PRIMARY KEY (owner_user_id, nonce)
);
CREATE INDEX nonces_by_expiry ON nonces (expires_at);
