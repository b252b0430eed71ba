"""The cache's table, and a guard for the one audit table that is not ours: who did it, and from where.

pghistory writes a context from inside the triggers of the audited tables, so at trigger depth two; whoever else
changes, deletes or empties it is refused. Redaction asks for the exception as everywhere, through pgtrigger.
"""

from django.db import migrations

CACHE = """
CREATE TABLE IF NOT EXISTS kit_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX IF NOT EXISTS kit_cache_expires ON kit_cache (expires);
"""

GUARD = """
CREATE FUNCTION kit_guard_context() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP = 'UPDATE' AND pg_trigger_depth() > 1) OR _pgtrigger_should_ignore(TG_NAME) IS TRUE THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The context of the audit is append-only.';
END $$;
CREATE TRIGGER kit_context_append_only BEFORE UPDATE OR DELETE ON pghistory_context
    FOR EACH ROW EXECUTE FUNCTION kit_guard_context();
CREATE TRIGGER kit_context_no_truncate BEFORE TRUNCATE ON pghistory_context
    FOR EACH STATEMENT EXECUTE FUNCTION kit_guard_context();
"""

UNGUARD = """
DROP TRIGGER kit_context_no_truncate ON pghistory_context;
DROP TRIGGER kit_context_append_only ON pghistory_context;
DROP FUNCTION kit_guard_context();
"""


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunSQL(CACHE, "DROP TABLE kit_cache"),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
