-- Cases: every hazard has a history that only grows; its state and its deadline follow that alone (geodata/hazards/workflow.ts).

CREATE TABLE department (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version    integer NOT NULL DEFAULT 1,
  name       text NOT NULL UNIQUE CHECK (name <> ''),
  -- one that is given up stays with its cases, and gets no more
  active     boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
-- What a department looks after; none: everywhere, everything. No foreign key to the cells, as for areas of people.
CREATE TABLE department_area (
  department_id bigint NOT NULL REFERENCES department ON DELETE CASCADE,
  layer         text NOT NULL CHECK (layer IN ('communities', 'grids', 'micro-grids')),
  cell_id       bigint NOT NULL,
  PRIMARY KEY (department_id, layer, cell_id)
);
CREATE TABLE department_category (
  department_id bigint NOT NULL REFERENCES department ON DELETE CASCADE,
  standard      text NOT NULL,
  kind          text NOT NULL,
  code          text NOT NULL,
  PRIMARY KEY (department_id, standard, kind, code)
);
ALTER TABLE person ADD department_id bigint REFERENCES department;
CREATE INDEX ON person (department_id);

-- What happened to a case, one row an entry, without gaps. Without a foreign key: it outlives the hazard, and one that comes
-- back goes on with it.
CREATE TABLE case_entry (
  hazard_id     bigint NOT NULL,
  seq           integer NOT NULL CHECK (seq > 0),
  at            timestamptz NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('transition', 'imported', 'deadline', 'extension-asked', 'extended', 'extension-refused',
                  'suspended', 'resumed', 'escalated', 'note', 'duplicate', 'whistle', 'whistle-answer', 'division', 'contact',
                  'call-back')),
  -- of geodata/hazards/workflow.ts, or of what the kind is about
  action        text,
  -- NULL: it began with this entry
  from_state    text,
  to_state      text NOT NULL,
  actor         text NOT NULL,
  person_id     bigint,
  role          text,
  -- who has the case after it
  department_id bigint,
  reason        text,
  note          text,
  photos        uuid[] NOT NULL DEFAULT '{}',
  -- the deadline that runs after it; NULL: none does
  due_at        timestamptz,
  detail        jsonb,
  PRIMARY KEY (hazard_id, seq)
);
CREATE INDEX ON case_entry (at);
CREATE INDEX ON case_entry (kind, at);
-- A report that was joined to a case is joined once, however often it is sent.
CREATE UNIQUE INDEX case_entry_joined_once ON case_entry ((detail->>'requestId')) WHERE kind = 'duplicate';

-- Each run of a clock. It is late when coalesce(stopped_at, paused_at, now()) > due_at.
CREATE TABLE case_clock (
  hazard_id      bigint NOT NULL,
  clock          text NOT NULL CHECK (clock IN ('accept', 'verify', 'dispatch', 'handle', 'check')),
  run            integer NOT NULL CHECK (run > 0),
  -- given: the case came with its deadline, and limits had no say in it
  limit_kind     text NOT NULL CHECK (limit_kind IN ('urgent-hours', 'working-hours', 'working-days', 'calendar-days', 'given')),
  -- hours or days, as the kind says; NULL: given
  limit_amount   double precision CHECK ((limit_amount IS NULL) = (limit_kind = 'given')),
  started_at     timestamptz NOT NULL,
  due_at         timestamptz NOT NULL,
  stopped_at     timestamptz,
  paused_at      timestamptz,
  -- that it was suspended for, by the clock on the wall
  paused_minutes double precision NOT NULL DEFAULT 0,
  extensions     integer NOT NULL DEFAULT 0 CHECK (extensions BETWEEN 0 AND 2),
  PRIMARY KEY (hazard_id, clock, run)
);
CREATE UNIQUE INDEX case_clock_one_runs ON case_clock (hazard_id) WHERE stopped_at IS NULL;
CREATE INDEX ON case_clock (due_at) WHERE stopped_at IS NULL;
CREATE INDEX ON case_clock (clock, started_at);

-- What the entries of a case come to, for lists.
CREATE TABLE hazard_case (
  hazard_id          bigint PRIMARY KEY,
  entries            integer NOT NULL,
  state_since        timestamptz NOT NULL,
  last_at            timestamptz NOT NULL,
  department_id      bigint REFERENCES department,
  suspended_until    timestamptz,
  -- suspended once, which is as often as may be
  was_suspended      boolean NOT NULL DEFAULT false,
  -- hours or days of the running limit that were asked for and not yet answered
  extension_asked    double precision,
  -- approved, of all runs
  extensions         integer NOT NULL DEFAULT 0 CHECK (extensions BETWEEN 0 AND 2),
  -- of the running clock: 0 nobody was told, 1 the owner, 2 coordinators, 3 supervisors
  escalation         integer NOT NULL DEFAULT 0 CHECK (escalation BETWEEN 0 AND 3),
  -- officer, desk, hotline, whistle, campaign, import, demo
  source             text NOT NULL,
  external_ref       text,
  campaign_id        bigint,
  campaign_target_id bigint,
  -- chosen by the writer, so that a report whose answer was lost can be sent again
  request_id         uuid UNIQUE,
  request_hash       text
);
CREATE UNIQUE INDEX ON hazard_case (source, external_ref) WHERE external_ref IS NOT NULL;
CREATE INDEX ON hazard_case (department_id);
CREATE INDEX ON hazard_case (campaign_id) WHERE campaign_id IS NOT NULL;
CREATE INDEX ON hazard_case (suspended_until) WHERE suspended_until IS NOT NULL;

-- Days that are not as their weekday says.
CREATE TABLE calendar_day (
  day  date PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('holiday', 'workday')),
  name text NOT NULL
);
INSERT INTO calendar_day (day, kind, name)
SELECT day::date, 'holiday', name FROM (VALUES
  ('2026-01-01', '2026-01-03', '元旦'), ('2026-02-15', '2026-02-23', '春节'), ('2026-04-04', '2026-04-06', '清明节'),
  ('2026-05-01', '2026-05-05', '劳动节'), ('2026-06-19', '2026-06-21', '端午节'), ('2026-09-25', '2026-09-27', '中秋节'),
  ('2026-10-01', '2026-10-07', '国庆节')
) AS holiday (first, last, name), generate_series(first::date, last::date, interval '1 day') day
UNION ALL SELECT day::date, 'workday', name || '调休上班' FROM (VALUES
  ('2026-01-04', '元旦'), ('2026-02-14', '春节'), ('2026-02-28', '春节'), ('2026-05-09', '劳动节'), ('2026-09-20', '国庆节'),
  ('2026-10-10', '国庆节')
) AS workday (day, name);

-- How long a clock may run; what says most about a case holds (geodata/hazards/limits.ts).
CREATE TABLE case_limit (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  clock             text NOT NULL CHECK (clock IN ('accept', 'verify', 'dispatch', 'handle', 'check')),
  category_standard text,
  category_kind     text,
  category_code     text,
  severity          text CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  kind              text NOT NULL CHECK (kind IN ('urgent-hours', 'working-hours', 'working-days', 'calendar-days')),
  amount            double precision NOT NULL CHECK (amount > 0 AND amount <= 8760),
  UNIQUE NULLS NOT DISTINCT (clock, category_standard, category_kind, category_code, severity),
  CHECK ((category_standard IS NULL) = (category_code IS NULL) AND (category_kind IS NULL) = (category_code IS NULL))
);
INSERT INTO case_limit (clock, category_standard, category_kind, category_code, severity, kind, amount) VALUES
  ('accept',   NULL, NULL, NULL, NULL, 'urgent-hours', 0.25),
  ('verify',   NULL, NULL, NULL, NULL, 'urgent-hours', 0.5),
  ('dispatch', NULL, NULL, NULL, NULL, 'urgent-hours', 0.25),
  ('check',    NULL, NULL, NULL, NULL, 'working-hours', 8),
  ('handle',   NULL, NULL, NULL, NULL, 'working-days', 5),
  ('handle',   NULL, NULL, NULL, 'critical', 'urgent-hours', 24),
  ('handle',   NULL, NULL, NULL, 'high', 'working-days', 2),
  ('handle',   NULL, NULL, NULL, 'low', 'calendar-days', 10),
  ('handle',   'GB/T 47678.5-2026', 'matter', '09012', NULL, 'urgent-hours', 4),
  ('handle',   'GB/T 47678.5-2026', 'matter', '06010', NULL, 'working-hours', 8),
  ('handle',   'GB/T 47678.5-2026', 'matter', '06001', NULL, 'working-days', 15),
  ('handle',   'GB/T 47678.5-2026', 'matter', '06001', 'critical', 'calendar-days', 3);

-- When somebody is told of a limit. 1: in its last share, but no earlier than so many minutes before its end; 3: when so great
-- a share of it has gone by once more, and no less than so many minutes. 2 has no row: the limit has passed.
CREATE TABLE case_reminder (
  level   integer PRIMARY KEY CHECK (level IN (1, 3)),
  share   double precision NOT NULL CHECK (share BETWEEN 0 AND 10),
  minutes double precision NOT NULL CHECK (minutes BETWEEN 0 AND 525600)
);
INSERT INTO case_reminder VALUES (1, 0.2, 120), (3, 0.5, 30);

-- What states and actions are called here, where not as the product does.
CREATE TABLE case_label (
  subject text NOT NULL CHECK (subject IN ('state', 'action', 'clock')),
  key     text NOT NULL,
  zh      text NOT NULL CHECK (zh <> ''),
  en      text NOT NULL CHECK (en <> ''),
  PRIMARY KEY (subject, key)
);

-- Each of these is changed as a whole. example: as it came with the product, no rule of any authority.
CREATE TABLE case_catalogue (
  name       text PRIMARY KEY CHECK (name IN ('calendar', 'limits', 'labels', 'reminders')),
  version    integer NOT NULL DEFAULT 1,
  example    boolean NOT NULL DEFAULT true,
  -- NULL: nobody changed it yet
  updated_at timestamptz,
  updated_by text
);
INSERT INTO case_catalogue (name) VALUES ('calendar'), ('limits'), ('labels'), ('reminders');

-- The clock that runs in a state (geodata/hazards/workflow.ts, which a test compares).
CREATE FUNCTION gridward_case_clock(state text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN state = 'reported' THEN 'accept'
    WHEN state = 'pending_verify' THEN 'verify'
    WHEN state IN ('pending_dispatch', 'returned', 'reopened') THEN 'dispatch'
    WHEN state IN ('dispatched', 'handling', 'handled') THEN 'handle'
    WHEN state = 'pending_check' THEN 'check'
  END
$$;

-- Those that are open and have no deadline that runs: suspended, or not given one yet (server/cases/sweep-cases.ts).
CREATE INDEX hazard_without_deadline ON hazard (id) WHERE due_at IS NULL AND gridward_case_clock(state) IS NOT NULL;

-- A case begins with its hazard, on whatever path that comes. A transaction may say by gridward.case, as JSON, what it knows
-- beyond the row (server/cases/begin-cases.store.ts); 'given' there: it writes the whole history itself.
CREATE FUNCTION gridward_begin_case() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  said text := nullif(current_setting('gridward.case', true), '');
  more jsonb := '{}';
  moment timestamptz;
  brought boolean := NEW.how = 'imported' OR NEW.state <> 'reported';
BEGIN
  IF said = 'given' OR EXISTS (SELECT FROM case_entry e WHERE e.hazard_id = NEW.id) THEN
    RETURN NULL;
  END IF;
  more := coalesce(said::jsonb, '{}');
  moment := coalesce((more->>'at')::timestamptz, gridward_now());
  INSERT INTO case_entry (hazard_id, seq, at, kind, action, to_state, actor, person_id, role, note, due_at, detail)
  VALUES (NEW.id, 1, moment, CASE WHEN brought THEN 'imported' ELSE 'transition' END,
    CASE WHEN brought THEN NULL ELSE 'report' END, NEW.state, coalesce(gridward_actor(), 'unknown'),
    coalesce((more->>'personId')::bigint, nullif(current_setting('gridward.person_id', true), '')::bigint), more->>'role', more->>'note', NEW.due_at, more->'detail');
  INSERT INTO hazard_case (hazard_id, entries, state_since, last_at, source, external_ref, request_id, request_hash)
  VALUES (NEW.id, 1, moment, moment,
    coalesce(more->>'source', CASE WHEN starts_with(NEW.source_id, 'demo:') THEN 'demo' WHEN brought THEN 'import' ELSE 'desk' END),
    more->>'externalRef', (more->>'requestId')::uuid, more->>'requestHash');
  IF NEW.due_at IS NOT NULL AND gridward_case_clock(NEW.state) IS NOT NULL THEN
    INSERT INTO case_clock (hazard_id, clock, run, limit_kind, limit_amount, started_at, due_at)
    VALUES (NEW.id, gridward_case_clock(NEW.state), 1, coalesce(more->'limit'->>'kind', 'given'),
      (more->'limit'->>'amount')::float8, moment, NEW.due_at);
  END IF;
  RETURN NULL;
END
$$;

-- Histories go on where they were.
CREATE FUNCTION gridward_entry_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  SELECT e.seq, e.at, e.to_state INTO last FROM case_entry e
  WHERE e.hazard_id = NEW.hazard_id ORDER BY e.seq DESC LIMIT 1;
  IF NEW.seq <> coalesce(last.seq, 0) + 1 OR NEW.from_state IS DISTINCT FROM last.to_state OR NEW.at < last.at
    OR NEW.from_state IS NOT NULL AND (NEW.kind = 'imported' OR NEW.kind <> 'transition' AND NEW.from_state <> NEW.to_state) THEN
    RAISE EXCEPTION 'Entry % of case % (% → %) does not follow the one before.', NEW.seq, NEW.hazard_id, NEW.from_state,
      NEW.to_state USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'case_entry_follows';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER follows BEFORE INSERT ON case_entry FOR EACH ROW EXECUTE FUNCTION gridward_entry_follows();

-- As late as possible: a hazard may be written before its entry.
CREATE FUNCTION gridward_hazard_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  found record;
BEGIN
  SELECT h.state, h.due_at, e.to_state, e.due_at AS told_due, e.seq INTO found FROM hazard h LEFT JOIN LATERAL (
    SELECT seq, to_state, due_at FROM case_entry WHERE hazard_id = h.id ORDER BY seq DESC LIMIT 1) e ON true
  WHERE h.id = NEW.id;
  IF found.state <> coalesce(found.to_state, '') OR found.due_at IS DISTINCT FROM found.told_due THEN
    RAISE EXCEPTION 'Hazard % is “%” until %, but entry % of its history says “%” until %.', NEW.id, found.state, found.due_at,
      found.seq, found.to_state, found.told_due
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'hazard_follows_history';
  END IF;
  RETURN NULL;
END
$$;

-- Hazards that are there already begin with what they are now.
INSERT INTO case_entry (hazard_id, seq, at, kind, to_state, actor, due_at)
SELECT id, 1, date_trunc('milliseconds', now()), 'imported', state, coalesce(updated_by, 'unknown'), due_at FROM hazard;
INSERT INTO hazard_case (hazard_id, entries, state_since, last_at, source)
SELECT h.id, 1, e.at, e.at, CASE WHEN starts_with(h.source_id, 'demo:') THEN 'demo' ELSE 'import' END
FROM hazard h JOIN case_entry e ON e.hazard_id = h.id;
INSERT INTO case_clock (hazard_id, clock, run, limit_kind, started_at, due_at)
SELECT h.id, gridward_case_clock(h.state), 1, 'given', e.at, h.due_at
FROM hazard h JOIN case_entry e ON e.hazard_id = h.id
WHERE h.due_at IS NOT NULL AND gridward_case_clock(h.state) IS NOT NULL;

CREATE TRIGGER begin_case AFTER INSERT ON hazard FOR EACH ROW EXECUTE FUNCTION gridward_begin_case();
CREATE CONSTRAINT TRIGGER follows_history AFTER INSERT ON hazard DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION gridward_hazard_follows();
CREATE CONSTRAINT TRIGGER goes_on_by_history AFTER UPDATE ON hazard DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state OR OLD.due_at IS DISTINCT FROM NEW.due_at)
  EXECUTE FUNCTION gridward_hazard_follows();

CREATE FUNCTION gridward_refuse_case_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The history of a case only grows: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON case_entry
  FOR EACH STATEMENT EXECUTE FUNCTION gridward_refuse_case_change();
CREATE TRIGGER only_grows_row BEFORE UPDATE OR DELETE ON case_entry
  FOR EACH ROW EXECUTE FUNCTION gridward_refuse_case_change();
ALTER TABLE case_entry ENABLE ALWAYS TRIGGER only_grows, ENABLE ALWAYS TRIGGER only_grows_row;
REVOKE UPDATE, DELETE, TRUNCATE ON case_entry FROM PUBLIC, CURRENT_USER;

ALTER TABLE event
  DROP CONSTRAINT event_kind_check,
  ADD CONSTRAINT event_kind_check CHECK (kind IN ('put', 'delete', 'import', 'note', 'export', 'sign-in',
    'sign-in-refused', 'sign-out', 'person', 'token', 'setting', 'view', 'norm', 'plan', 'visit', 'walk', 'analysis', 'duty',
    'case', 'department', 'calendar', 'campaign', 'alarm', 'wall', 'indicator'));
