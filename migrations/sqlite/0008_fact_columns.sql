-- What is known of one fact, of the customers of a bucket, on a day: computed from the rows, so that a query of a book of
-- any size reads only the facts that it names. A write forgets what it makes wrong; all of it may be deleted at any time.
CREATE TABLE fact_columns (
    owner_user_id TEXT NOT NULL,
    bucket        BIGINT NOT NULL,
    -- Nothing where it is the customers themselves.
    fact          TEXT NOT NULL,
    day           DATE NOT NULL,
    -- The version of the program: another one may know other facts.
    made_by       TEXT NOT NULL,
    says          TEXT NOT NULL,
    PRIMARY KEY (owner_user_id, bucket, fact),
    CHECK (day IS date(day))
);
