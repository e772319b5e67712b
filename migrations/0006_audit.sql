-- The outbox becomes the audit trail: who did what, when, from where, with what was before and after. Nothing in it can be
-- changed or taken away again.

ALTER TABLE event
  DROP CONSTRAINT event_kind_check,
  -- A batch may go; what it did stays told. The check of a key would also need the right to UPDATE this table.
  DROP CONSTRAINT event_batch_id_fkey,
  ALTER layer DROP NOT NULL,
  -- without a foreign key, as batch_id
  ADD person_id      bigint,
  ADD origin_address text,
  ADD request_id     text,
  -- what is neither before nor after: the filter and the rows of an export, the file of an import
  ADD detail         jsonb,
  ADD CONSTRAINT event_kind_check CHECK (kind IN ('put', 'delete', 'import', 'note', 'export', 'sign-in',
    'sign-in-refused', 'sign-out', 'person', 'token', 'setting', 'view')),
  ADD CONSTRAINT event_layer_check CHECK (layer IS NOT NULL OR kind NOT IN ('put', 'delete', 'import', 'note'));

-- Live updates, caches and histories read only what happens to features (server/live/events.store.ts).
CREATE INDEX event_of_features ON event (id) WHERE kind IN ('put', 'delete', 'import', 'note');
CREATE INDEX ON event (kind, id);
CREATE INDEX ON event (actor, id);
CREATE INDEX ON event (at);

CREATE FUNCTION gridward_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit trail only grows: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON event
  FOR EACH STATEMENT EXECUTE FUNCTION gridward_refuse_change();
-- A statement on a table that this one inherits from fires only the triggers of rows.
CREATE TRIGGER only_grows_row BEFORE UPDATE OR DELETE ON event
  FOR EACH ROW EXECUTE FUNCTION gridward_refuse_change();
-- Also where session_replication_role turns other triggers off.
ALTER TABLE event ENABLE ALWAYS TRIGGER only_grows, ENABLE ALWAYS TRIGGER only_grows_row;
REVOKE UPDATE, DELETE, TRUNCATE ON event FROM PUBLIC, CURRENT_USER;
