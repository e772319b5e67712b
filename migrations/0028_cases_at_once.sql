-- The cases of hazards that one statement inserts begin at once: a file brings thousands. What a transaction says by gridward.case
-- holds for all of them; its list “each”, in the order of their ids, says more of each (server/cases/begin-cases.store.ts).
-- 'given': it writes their whole histories itself.
CREATE FUNCTION gridward_begin_cases() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said text := nullif(current_setting('gridward.case', true), '');
BEGIN
  IF said = 'given' THEN
    RETURN NULL;
  END IF;
  WITH given AS (
    SELECT coalesce(said::jsonb, '{}') AS all_of
  ), one AS (
    SELECT place, value FROM given, jsonb_array_elements(all_of->'each') WITH ORDINALITY AS one (value, place)
  ), begun AS MATERIALIZED (
    SELECT h.id, h.state, h.due_at, h.source_id, h.brought, m.more, coalesce((m.more->>'at')::timestamptz, gridward_now()) AS moment,
      gridward_case_clock(h.state) AS clock
    FROM (
      SELECT id, state, due_at, source_id, how = 'imported' OR state <> 'reported' AS brought, row_number() OVER (ORDER BY id) AS place
      FROM new_rows) h
    CROSS JOIN given LEFT JOIN one ON one.place = h.place
    CROSS JOIN LATERAL (SELECT (all_of - 'each') || coalesce(one.value, '{}') AS more) m
    WHERE NOT EXISTS (SELECT FROM case_entry e WHERE e.hazard_id = h.id)
  ), entry AS (
    INSERT INTO case_entry (hazard_id, seq, at, kind, action, to_state, actor, person_id, role, note, due_at, detail)
    SELECT id, 1, moment, CASE WHEN brought THEN 'imported' ELSE 'transition' END, CASE WHEN NOT brought THEN 'report' END, state,
      coalesce(gridward_actor(), 'unknown'),
      coalesce((more->>'personId')::bigint, nullif(current_setting('gridward.person_id', true), '')::bigint), more->>'role',
      more->>'note', due_at, more->'detail'
    FROM begun
  ), kept AS (
    INSERT INTO hazard_case (hazard_id, entries, state_since, last_at, source, external_ref, request_id, request_hash)
    SELECT id, 1, moment, moment,
      coalesce(more->>'source', CASE WHEN starts_with(source_id, 'demo:') THEN 'demo' WHEN brought THEN 'import' ELSE 'desk' END),
      more->>'externalRef', (more->>'requestId')::uuid, more->>'requestHash'
    FROM begun
  )
  INSERT INTO case_clock (hazard_id, clock, run, limit_kind, limit_amount, started_at, due_at)
  SELECT id, clock, 1, coalesce(more->'limit'->>'kind', 'given'), (more->'limit'->>'amount')::float8, moment, due_at
  FROM begun WHERE due_at IS NOT NULL AND clock IS NOT NULL;
  RETURN NULL;
END
$$;
DROP TRIGGER begin_case ON hazard;
DROP FUNCTION gridward_begin_case();
CREATE TRIGGER begin_cases AFTER INSERT ON hazard REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION gridward_begin_cases();
