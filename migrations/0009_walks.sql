-- Walking rounds: who was on duty when, what they sent, where they were, and what was made of it.

-- One person's walk of one round.
CREATE TABLE patrol_run (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan_id      bigint NOT NULL REFERENCES patrol_plan,
  -- as it was handed out when the walk began
  plan_version integer NOT NULL,
  round_id     uuid NOT NULL,
  team_id      text NOT NULL,
  team_name    text NOT NULL,
  person       text NOT NULL,
  -- the round's own hours
  starts_at    timestamptz NOT NULL,
  ends_at      timestamptz NOT NULL CHECK (ends_at > starts_at),
  begun_at     timestamptz NOT NULL,
  ended_at     timestamptz,
  -- grows with each position and each beginning or end of duty
  revision     integer NOT NULL DEFAULT 0,
  -- twice the revision up to which visits were found, and one more once the walk was over
  found        integer NOT NULL DEFAULT -1,
  -- figures that stay when positions go (server/walks/find-run.ts)
  figures      jsonb,
  -- the streets walked, with times; goes with the positions
  matched      jsonb,
  -- positions were deleted: what was found of them stays as it is
  swept_at     timestamptz,
  created_at   timestamptz NOT NULL DEFAULT now(),
  UNIQUE (plan_id, round_id, person)
);
CREATE INDEX ON patrol_run (starts_at, id);

-- What was sent, by the id that the phone gave it: once taken, it is known. Positions stand in their own table.
CREATE TABLE patrol_entry (
  id         uuid PRIMARY KEY,
  run_id     bigint NOT NULL REFERENCES patrol_run ON DELETE CASCADE,
  person     text NOT NULL,
  device     text NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('begin', 'end', 'position', 'check-in', 'record', 'report')),
  at         timestamptz NOT NULL,
  stop_id    uuid,
  -- without any position of the person
  body       jsonb NOT NULL DEFAULT '{}',
  hazard_id  bigint,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON patrol_entry (run_id, kind, at);

CREATE TABLE patrol_position (
  run_id          bigint NOT NULL REFERENCES patrol_run ON DELETE CASCADE,
  at              timestamptz NOT NULL,
  accuracy_metres real,
  geom            geometry(Point, 4326) NOT NULL,
  PRIMARY KEY (run_id, at)
);
CREATE INDEX ON patrol_position (at);
CREATE INDEX ON patrol_position USING gist (geom);

-- Photos of reports by the key that the phone gave them: one that is sent twice is there once.
CREATE TABLE patrol_report_photo (
  key      uuid PRIMARY KEY,
  entry_id uuid NOT NULL REFERENCES patrol_entry ON DELETE CASCADE,
  photo_id uuid NOT NULL
);

ALTER TABLE event
  DROP CONSTRAINT event_kind_check,
  ADD CONSTRAINT event_kind_check CHECK (kind IN ('put', 'delete', 'import', 'note', 'export', 'sign-in',
    'sign-in-refused', 'sign-out', 'person', 'token', 'setting', 'view', 'norm', 'plan', 'visit', 'walk'));
