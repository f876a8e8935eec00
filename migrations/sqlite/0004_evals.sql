-- Evaluations: what was asked, how every answer was judged, and the calls behind it. A customer that is removed takes
-- its results along; the evaluation stays.
CREATE TABLE eval_sessions (
    owner_user_id TEXT NOT NULL,
    eval_id       TEXT NOT NULL,
    created_at    DATETIME NOT NULL,
    -- Absent while it runs, and where it was broken off.
    finished_at   DATETIME,
    -- What was asked for.
    eval          TEXT NOT NULL,
    PRIMARY KEY (owner_user_id, eval_id)
);
CREATE INDEX eval_sessions_by_time ON eval_sessions (owner_user_id, created_at);

CREATE TABLE eval_results (
    owner_user_id TEXT NOT NULL,
    eval_id       TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    task          TEXT NOT NULL,
    repeat        BIGINT NOT NULL,
    verdict       TEXT NOT NULL CHECK (verdict IN ('pass', 'fail', 'timeout', 'error')),
    input_tokens  BIGINT,
    output_tokens BIGINT,
    -- The whole result but its steps.
    result        TEXT NOT NULL,
    PRIMARY KEY (owner_user_id, eval_id, external_id, task, repeat),
    FOREIGN KEY (owner_user_id, eval_id) REFERENCES eval_sessions ON DELETE CASCADE,
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE
);
CREATE INDEX eval_results_by_customer ON eval_results (owner_user_id, external_id);

CREATE TABLE exec_steps (
    owner_user_id TEXT NOT NULL,
    eval_id       TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    task          TEXT NOT NULL,
    repeat        BIGINT NOT NULL,
    -- Its place in the run, from 0.
    place         BIGINT NOT NULL,
    step          TEXT NOT NULL,
    PRIMARY KEY (owner_user_id, eval_id, external_id, task, repeat, place),
    FOREIGN KEY (owner_user_id, eval_id, external_id, task, repeat) REFERENCES eval_results ON DELETE CASCADE
);
