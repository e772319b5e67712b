-- Patrols: visit norms, visits, plans with the versions that were published, and searches for rounds.

-- What a checkpoint leaves open is as the norm of its type and risk says.
ALTER TABLE checkpoint ALTER interval_minutes DROP NOT NULL, ALTER grace_minutes DROP NOT NULL,
  ALTER service_minutes DROP NOT NULL;

CREATE TABLE visit_norm (
  site_type        text NOT NULL,
  risk             text NOT NULL CHECK (risk IN ('low', 'medium', 'high')),
  interval_minutes integer NOT NULL CHECK (interval_minutes > 0),
  grace_minutes    integer NOT NULL CHECK (grace_minutes >= 0),
  service_minutes  integer NOT NULL CHECK (service_minutes >= 0),
  -- came with the product; no rule of any authority
  example          boolean NOT NULL DEFAULT false,
  -- of all norms together: they are replaced as one
  version          integer NOT NULL DEFAULT 1,
  PRIMARY KEY (site_type, risk)
);
INSERT INTO visit_norm (site_type, risk, interval_minutes, grace_minutes, service_minutes, example)
SELECT site_type, risk, interval_minutes, grace_minutes, service_minutes, true FROM (VALUES
  ('estate-gate',       'low',      720,  120,  5), ('estate-gate',       'medium',   720,   60,  5), ('estate-gate',       'high',    480,   60,  5),
  ('waste-station',     'low',      720,  120,  5), ('waste-station',     'medium',   720,   60,  5), ('waste-station',     'high',    480,   60,  5),
  ('crowded-venue',     'low',      480,   60, 10), ('crowded-venue',     'medium',   240,   60, 10), ('crowded-venue',     'high',    120,   30, 10),
  ('small-premises',    'low',    86400, 7200, 15), ('small-premises',    'medium', 43200, 4320, 15), ('small-premises',    'high',  10080, 1440, 20),
  ('rented-housing',    'low',    43200, 4320, 15), ('rented-housing',    'medium', 21600, 4320, 15), ('rented-housing',    'high',  10080, 1440, 15),
  ('construction-site', 'low',    20160, 2880, 30), ('construction-site', 'medium', 10080, 1440, 30), ('construction-site', 'high',   1440,  240, 30),
  ('waterside',         'low',    10080, 1440,  8), ('waterside',         'medium',  2880,  720,  8), ('waterside',         'high',   1440,  240,  8),
  ('ebike-shed',        'low',     2880,  720,  6), ('ebike-shed',        'medium',  1440,  360,  6), ('ebike-shed',        'high',    720,  120,  6),
  ('fire-lane',         'low',    10080, 1440,  5), ('fire-lane',         'medium',  2880,  720,  5), ('fire-lane',         'high',   1440,  240,  5),
  ('school',            'low',     1440,  240, 15), ('school',            'medium',  1440,  120, 20), ('school',            'high',    720,   60, 20),
  ('other',             'low',    43200, 4320,  5), ('other',             'medium', 10080, 1440,  5), ('other',             'high',   1440,  240,  5)
) AS norm (site_type, risk, interval_minutes, grace_minutes, service_minutes);

-- Who was where. Without a foreign key: a visit outlives its checkpoint. The id is made where the visit is recorded, so that
-- one that is sent twice is there once.
CREATE TABLE patrol_visit (
  id            uuid PRIMARY KEY,
  checkpoint_id bigint NOT NULL,
  plan_id       bigint,
  round_id      uuid,
  stop_id       uuid,
  started_at    timestamptz NOT NULL,
  ended_at      timestamptz NOT NULL CHECK (ended_at >= started_at),
  source        text NOT NULL CHECK (source IN ('check-in', 'track', 'manual')),
  -- unknown: positions are missing or not exact enough; never "not visited"
  state         text NOT NULL CHECK (state IN ('visited', 'probable', 'unknown')),
  person        text NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON patrol_visit (checkpoint_id, started_at);
CREATE INDEX ON patrol_visit (started_at);
CREATE INDEX ON patrol_visit (round_id);

CREATE TABLE patrol_plan (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version           integer NOT NULL DEFAULT 1,
  name              text NOT NULL,
  state             text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'closed')),
  starts_at         timestamptz NOT NULL,
  ends_at           timestamptz NOT NULL CHECK (ends_at > starts_at),
  -- teams, rounds, what is not served, how it was generated (geodata/patrols/plan.schema.ts)
  body              jsonb NOT NULL,
  created_by        text NOT NULL,
  created_at        timestamptz NOT NULL DEFAULT now(),
  updated_at        timestamptz NOT NULL DEFAULT now(),
  published_at      timestamptz,
  published_version integer
);
CREATE INDEX ON patrol_plan (starts_at, id);

-- The cells that a plan is for; none: everywhere. No foreign key to the cells, as for areas of people.
CREATE TABLE patrol_plan_area (
  plan_id bigint NOT NULL REFERENCES patrol_plan ON DELETE CASCADE,
  layer   text NOT NULL CHECK (layer IN ('communities', 'grids', 'micro-grids')),
  cell_id bigint NOT NULL,
  PRIMARY KEY (plan_id, layer, cell_id)
);

-- Plans as they were published.
CREATE TABLE patrol_plan_version (
  plan_id      bigint NOT NULL REFERENCES patrol_plan,
  version      integer NOT NULL,
  plan         jsonb NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now(),
  published_by text NOT NULL,
  PRIMARY KEY (plan_id, version)
);
CREATE FUNCTION gridward_refuse_plan_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Published plans stay as they were: % is refused.', TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON patrol_plan_version
  FOR EACH STATEMENT EXECUTE FUNCTION gridward_refuse_plan_change();

CREATE TABLE patrol_job (
  id               uuid PRIMARY KEY,
  plan_id          bigint NOT NULL REFERENCES patrol_plan ON DELETE CASCADE,
  plan_version     integer NOT NULL,
  settings         jsonb NOT NULL,
  state            text NOT NULL DEFAULT 'waiting'
                   CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
  progress         double precision NOT NULL DEFAULT 0,
  -- grows with each better proposal
  revision         integer NOT NULL DEFAULT 0,
  proposal         jsonb,
  problem          jsonb,
  cancel_requested boolean NOT NULL DEFAULT false,
  created_by       text NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT now(),
  -- the process that runs it says so every second
  updated_at       timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON patrol_job (plan_id, created_at);
CREATE INDEX ON patrol_job (created_at);

ALTER TABLE event
  DROP CONSTRAINT event_kind_check,
  ADD CONSTRAINT event_kind_check CHECK (kind IN ('put', 'delete', 'import', 'note', 'export', 'sign-in',
    'sign-in-refused', 'sign-out', 'person', 'token', 'setting', 'view', 'norm', 'plan', 'visit'));
