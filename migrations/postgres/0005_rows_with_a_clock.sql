-- Rows that say which source brought them and of which day they speak. Nothing kept depends on the day it is read; what
-- is computed of them for a day is kept beside them, and may be deleted at any time.

-- One row a book: a write takes it first, so that two imports of one owner run one after the other.
CREATE TABLE books (
    owner_user_id  TEXT NOT NULL PRIMARY KEY,
    -- Grows with every write that changes rows.
    revision       BIGINT NOT NULL,
    -- Which source counts first: ["crm", …].
    source_order   JSONB NOT NULL,
    -- The metric that stands for usage where a customer has several.
    primary_metric TEXT
);

-- What a source brought of a part on a day, whether it changed something or not.
CREATE TABLE deliveries (
    owner_user_id TEXT NOT NULL,
    source        TEXT NOT NULL,
    part          TEXT NOT NULL,
    day           DATE NOT NULL,
    mode          TEXT NOT NULL CHECK (mode IN ('snapshot', 'changes')),
    delivered_at  TIMESTAMPTZ NOT NULL,
    taken         BIGINT NOT NULL,
    changed       BIGINT NOT NULL,
    PRIMARY KEY (owner_user_id, source, part, day)
);

-- Pieces of imports that have not ended.
CREATE TABLE import_pieces (
    owner_user_id TEXT NOT NULL,
    import_id     TEXT NOT NULL,
    number        BIGINT NOT NULL,
    piece         TEXT NOT NULL,
    expires_at    TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (owner_user_id, import_id, number)
);
CREATE INDEX import_pieces_by_expiry ON import_pieces (expires_at);

-- What each source says of a customer's own fields from a day on; NULL where the customer is gone from it.
CREATE TABLE customer_versions (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    source        TEXT NOT NULL,
    from_day      DATE NOT NULL,
    says          JSONB,
    PRIMARY KEY (owner_user_id, external_id, source, from_day),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE
);

-- The same of its people, by e-mail address or name.
CREATE TABLE contacts (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    source        TEXT NOT NULL,
    contact_key   TEXT NOT NULL,
    from_day      DATE NOT NULL,
    says          JSONB,
    PRIMARY KEY (owner_user_id, external_id, source, contact_key, from_day),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE
);

-- Usage of a customer by one metric.
CREATE TABLE usage_series (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    source        TEXT NOT NULL,
    metric        TEXT NOT NULL,
    measure       TEXT CHECK (measure IN ('count', 'level')),
    -- From which day on it is gone from its source.
    gone_on       DATE,
    PRIMARY KEY (owner_user_id, external_id, source, metric),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE
);

CREATE TABLE usage_points (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    source        TEXT NOT NULL,
    metric        TEXT NOT NULL,
    day           DATE NOT NULL,
    -- A number as JSON writes it: it keeps every digit, on every database.
    value         TEXT NOT NULL,
    PRIMARY KEY (owner_user_id, external_id, source, metric, day),
    FOREIGN KEY (owner_user_id, external_id, source, metric) REFERENCES usage_series ON DELETE CASCADE
);

-- What a source computed itself, from a day on.
CREATE TABLE told_usage (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    source        TEXT NOT NULL,
    metric        TEXT NOT NULL,
    from_day      DATE NOT NULL,
    says          JSONB NOT NULL,
    PRIMARY KEY (owner_user_id, external_id, source, metric, from_day),
    FOREIGN KEY (owner_user_id, external_id, source, metric) REFERENCES usage_series ON DELETE CASCADE
);

-- The days up to which a source's usage reaches: enough of its customers have a row of that day.
CREATE TABLE usage_reach (
    owner_user_id TEXT NOT NULL,
    source        TEXT NOT NULL,
    metric        TEXT NOT NULL,
    day           DATE NOT NULL,
    PRIMARY KEY (owner_user_id, source, metric, day)
);

-- The same of deliveries that had some of the customers only.
CREATE TABLE partial_reach (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    source        TEXT NOT NULL,
    metric        TEXT NOT NULL,
    day           DATE NOT NULL,
    PRIMARY KEY (owner_user_id, external_id, source, metric, day),
    FOREIGN KEY (owner_user_id, external_id, source, metric) REFERENCES usage_series ON DELETE CASCADE
);

CREATE TABLE tickets (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    source        TEXT NOT NULL,
    ticket_id     TEXT NOT NULL,
    -- From which day on it is gone from its source, neither open nor closed.
    gone_on       DATE,
    says          JSONB NOT NULL,
    PRIMARY KEY (owner_user_id, external_id, source, ticket_id),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE
);

-- Open tickets that were only ever counted, as of a day.
CREATE TABLE counted_tickets (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    source        TEXT NOT NULL,
    day           DATE NOT NULL,
    says          JSONB NOT NULL,
    PRIMARY KEY (owner_user_id, external_id),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE
);

-- Answers to surveys.
CREATE TABLE satisfaction (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    source        TEXT NOT NULL,
    response_id   TEXT NOT NULL,
    day           DATE NOT NULL,
    says          JSONB NOT NULL,
    PRIMARY KEY (owner_user_id, external_id, source, response_id),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE
);

-- What was kept until now. The demo book is no longer kept as rows, and nothing of it stays with a customer who has
-- become the user's own.
CREATE TEMPORARY TABLE old_contracts AS
SELECT k.*, CASE k.origin WHEN 'preset ravenstack' THEN 'ravenstack' ELSE 'files' END AS source
FROM contracts k JOIN companies c USING (owner_user_id, external_id) WHERE NOT c.demo AND k.origin <> 'demo';
CREATE TEMPORARY TABLE old_usage AS
SELECT u.*, CASE u.origin WHEN 'preset ravenstack' THEN 'ravenstack' ELSE 'files' END AS source
FROM usage_summaries u JOIN companies c USING (owner_user_id, external_id) WHERE NOT c.demo AND u.origin <> 'demo';
CREATE TEMPORARY TABLE old_tickets AS
SELECT t.*, CASE t.origin WHEN 'preset ravenstack' THEN 'ravenstack' ELSE 'files' END AS source
FROM ticket_summaries t JOIN companies c USING (owner_user_id, external_id) WHERE NOT c.demo AND t.origin <> 'demo';
CREATE TEMPORARY TABLE old_parts AS
SELECT owner_user_id, external_id, source, as_of, 'contracts' AS part FROM old_contracts
UNION ALL SELECT owner_user_id, external_id, source, as_of, 'usage' FROM old_usage
UNION ALL SELECT owner_user_id, external_id, source, as_of, 'tickets' FROM old_tickets;

DROP TABLE contracts;
DROP TABLE usage_summaries;
DROP TABLE ticket_summaries;

-- What each source says of a contract from a day on; NULL where the contract is gone from it.
CREATE TABLE contracts (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    source        TEXT NOT NULL,
    contract_id   TEXT NOT NULL,
    from_day      DATE NOT NULL,
    says          JSONB,
    PRIMARY KEY (owner_user_id, external_id, source, contract_id, from_day),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE
);

-- What usage comes to, on every day from `from_day` to the one before `until_day`: computed from the rows, so that a book
-- of any size is read without them.
CREATE TABLE usage_summaries (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    from_day      DATE NOT NULL,
    until_day     DATE,
    says          JSONB NOT NULL,
    PRIMARY KEY (owner_user_id, external_id),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE
);

-- The same of tickets.
CREATE TABLE ticket_summaries (
    owner_user_id TEXT NOT NULL,
    external_id   TEXT NOT NULL,
    from_day      DATE NOT NULL,
    until_day     DATE,
    says          JSONB NOT NULL,
    PRIMARY KEY (owner_user_id, external_id),
    FOREIGN KEY (owner_user_id, external_id) REFERENCES companies ON DELETE CASCADE
);

INSERT INTO books (owner_user_id, revision, source_order) SELECT DISTINCT owner_user_id, 1, '[]'::jsonb FROM companies;

-- A customer's own fields came with its other parts; alone they came from files, nobody knows when.
INSERT INTO customer_versions (owner_user_id, external_id, source, from_day, says)
SELECT c.owner_user_id, c.external_id, COALESCE(MAX(p.source), 'files'), COALESCE(MAX(p.as_of), DATE '1970-01-01'),
       jsonb_strip_nulls(jsonb_build_object(
           'name', c.name, 'industry', c.industry, 'segment', c.segment, 'contact', c.contact))
FROM companies c LEFT JOIN old_parts p USING (owner_user_id, external_id)
WHERE NOT c.demo
GROUP BY c.owner_user_id, c.external_id;

INSERT INTO contracts (owner_user_id, external_id, source, contract_id, from_day, says)
SELECT owner_user_id, external_id, source, external_id, as_of, jsonb_strip_nulls(jsonb_build_object(
    'renewalDate', renewal_date,
    'arr', CASE WHEN arr_minor IS NOT NULL THEN jsonb_build_object('minor', arr_minor, 'currency', arr_currency) END,
    'plan', plan,
    'seats', seats,
    'autoRenew', auto_renew))
FROM old_contracts;

INSERT INTO usage_series (owner_user_id, external_id, source, metric)
SELECT owner_user_id, external_id, source, metric FROM old_usage;
INSERT INTO usage_points (owner_user_id, external_id, source, metric, day, value)
SELECT u.owner_user_id, u.external_id, u.source, u.metric, CAST(p ->> 'date' AS DATE), p ->> 'value'
FROM old_usage u, jsonb_array_elements(u.points) AS p;
INSERT INTO told_usage (owner_user_id, external_id, source, metric, from_day, says)
SELECT owner_user_id, external_id, source, metric, as_of,
       jsonb_build_object('trend', trend, 'recent', recent, 'before', before)
FROM old_usage WHERE points = '[]' AND trend IS NOT NULL AND before IS NOT NULL;

-- Enough is three customers; half of them where the days stand apart, as those of weeks and months do.
INSERT INTO usage_reach (owner_user_id, source, metric, day)
SELECT d.owner_user_id, d.source, d.metric, d.day
FROM (SELECT owner_user_id, source, metric, day, COUNT(*) AS customers FROM usage_points
      GROUP BY owner_user_id, source, metric, day) AS d
JOIN (SELECT owner_user_id, source, metric, COUNT(DISTINCT external_id) AS customers,
             2 * COUNT(DISTINCT day) <= MAX(day) - MIN(day) AS apart
      FROM usage_points GROUP BY owner_user_id, source, metric) AS s USING (owner_user_id, source, metric)
WHERE CASE WHEN s.apart THEN 2 * d.customers >= s.customers ELSE d.customers >= LEAST(3, s.customers) END;

INSERT INTO counted_tickets (owner_user_id, external_id, source, day, says)
SELECT owner_user_id, external_id, source, as_of, jsonb_strip_nulls(jsonb_build_object(
    'byPriority', jsonb_build_object('urgent', urgent, 'high', high, 'normal', normal, 'low', low),
    'oldestOpen', oldest_open,
    'recent', tickets))
FROM old_tickets;

-- Tickets were counted and not delivered: their counts say their day themselves.
INSERT INTO deliveries (owner_user_id, source, part, day, mode, delivered_at, taken, changed)
SELECT owner_user_id, source, part, MAX(as_of), 'snapshot', MAX(as_of)::timestamptz, COUNT(*), COUNT(*)
FROM (SELECT owner_user_id, source, as_of, 'customers' AS part FROM old_parts
      UNION ALL SELECT owner_user_id, source, as_of, part FROM old_parts WHERE part <> 'tickets') AS p
GROUP BY owner_user_id, source, part;

DROP TABLE old_parts;
DROP TABLE old_contracts;
DROP TABLE old_usage;
DROP TABLE old_tickets;

ALTER TABLE companies DROP COLUMN industry;
ALTER TABLE companies DROP COLUMN segment;
ALTER TABLE companies DROP COLUMN contact;

-- Behind the same wall as every other table; see 0003. The rows above were written before it stood.
DO $$
DECLARE
    name TEXT;
BEGIN
    FOREACH name IN ARRAY ARRAY['books', 'deliveries', 'import_pieces', 'customer_versions', 'contacts', 'usage_series',
                                'usage_points', 'told_usage', 'usage_reach', 'partial_reach', 'tickets',
                                'counted_tickets', 'satisfaction', 'contracts', 'usage_summaries', 'ticket_summaries']
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

-- Pieces of imports that never ended are swept away like nonces.
CREATE POLICY expired_rows ON import_pieces FOR SELECT USING (expires_at < now());
CREATE POLICY expired_rows_go ON import_pieces FOR DELETE USING (expires_at < now());
