-- Wall screens: what they show, what was answered to alarms, which are open, and how often sources should say something.

CREATE TABLE wall_layout (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version    integer NOT NULL DEFAULT 1,
  name       text NOT NULL CHECK (name <> ''),
  -- geodata/walls/layout.schema.ts, but for the name
  body       jsonb NOT NULL,
  updated_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX wall_layout_name ON wall_layout (lower(name));

-- The last answer to an alarm, which is the same on every wall; the audit trail has the ones before.
CREATE TABLE alarm_mark (
  key    text PRIMARY KEY CHECK (key ~ '^(hazard|site):[1-9][0-9]*$' OR key ~ '^source:[a-z]+$'),
  state  text NOT NULL CHECK (state IN ('acknowledged', 'shelved')),
  -- how bad the alarm was: a worse one is new again (geodata/walls/find-alarms.ts)
  weight integer NOT NULL,
  by     text NOT NULL,
  at     timestamptz NOT NULL DEFAULT now(),
  until  timestamptz CHECK ((until IS NULL) = (state = 'acknowledged')),
  note   text
);
CREATE INDEX ON alarm_mark (at);

-- Screens that said that they are there. Those that were not seen for a week go.
CREATE TABLE open_wall (
  wall          uuid PRIMARY KEY,
  name          text NOT NULL CHECK (name <> ''),
  layout        text,
  who           text NOT NULL,
  -- of the session or token: another one's wall is not changed
  credential    text NOT NULL,
  page_build    text NOT NULL,
  width_pixels  integer NOT NULL,
  height_pixels integer NOT NULL,
  problem       text,
  -- what it reaches, as sets of cells (server/access/reach.ts); NULL: everything
  reach         jsonb,
  opened_at     timestamptz NOT NULL DEFAULT now(),
  seen_at       timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON open_wall (seen_at);
CREATE INDEX ON open_wall (credential, seen_at);

-- How often a source should say something; of those without a row as geodata/walls/source.schema.ts says.
CREATE TABLE wall_source (
  id               text PRIMARY KEY,
  interval_seconds integer NOT NULL CHECK (interval_seconds > 0),
  is_watched       boolean NOT NULL,
  version          integer NOT NULL DEFAULT 1
);

-- The last case that the hotline brought.
CREATE INDEX hazard_case_of_hotline ON hazard_case (hazard_id) WHERE source = 'hotline';

-- Pushes that are in force are looked for when a wall opens.
CREATE INDEX event_of_walls ON event (id) WHERE kind = 'wall';
