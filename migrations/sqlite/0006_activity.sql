-- What users do with their customers (source `manual`), and what other systems say they did. `says` has the words.
CREATE TABLE activity (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    source        TEXT NOT NULL,
    activity_id   TEXT NOT NULL,
    day           DATE NOT NULL,
    says          TEXT NOT NULL,
    PRIMARY KEY (owner_user_id, external_id, source, activity_id),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE,
    CHECK (day IS date(day))
);
CREATE INDEX activity_by_id ON activity (owner_user_id, source, activity_id);

-- The day on which a user looked at the book last, and the one before.
CREATE TABLE visits (
    owner_user_id TEXT NOT NULL PRIMARY KEY,
    last_day      DATE NOT NULL,
    day_before    DATE,
    CHECK (last_day IS date(last_day) AND day_before IS date(day_before))
);
