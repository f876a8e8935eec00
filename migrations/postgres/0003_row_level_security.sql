-- A second wall behind the owner in every WHERE: row-level security, forced for the tables' own role, too. It holds for
-- every role but superusers and those with BYPASSRLS; `tools-server serve` does not run as one of them.
--
-- A write's transaction names its owner first (set_config('app.owner_user_id', …, true)). Until it ends it sees and
-- changes that owner's rows and no others. Outside such a transaction nothing at all can be written, and reads are left
-- to their WHERE: naming the owner for each of them would make four round trips of one.
--
-- Foreign keys and their cascades are checked by the server itself, past these policies. A later migration that
-- rewrites rows must name their owner, or lift FORCE while it does.
DO $$
DECLARE
    name TEXT;
BEGIN
    FOREACH name IN ARRAY ARRAY['companies', 'contracts', 'usage_summaries', 'ticket_summaries', 'messages',
                                'nonces', 'idempotency_keys']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
        -- In a SELECT of its own the setting is read once a statement, not once a row.
        EXECUTE format(
            'CREATE POLICY own_rows ON %I
             USING (owner_user_id = (SELECT current_setting(''app.owner_user_id'', true)))', name);
        EXECUTE format(
            'CREATE POLICY reads_outside_of_writes ON %I FOR SELECT
             USING ((SELECT coalesce(current_setting(''app.owner_user_id'', true), '''') = ''''))', name);
    END LOOP;
END
$$;

-- Every write sweeps away what has expired, whosever it is; the database's own clock must agree that it has.
CREATE POLICY expired_rows ON nonces FOR SELECT USING (expires_at < now());
CREATE POLICY expired_rows_go ON nonces FOR DELETE USING (expires_at < now());
CREATE POLICY expired_rows ON idempotency_keys FOR SELECT USING (expires_at < now());
CREATE POLICY expired_rows_go ON idempotency_keys FOR DELETE USING (expires_at < now());
