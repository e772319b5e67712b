-- Analyses: questions about coverage that are computed as jobs, and what was found.

CREATE TABLE analysis (
  id               uuid PRIMARY KEY,
  -- geodata/coverage/analysis.schema.ts
  kind             text NOT NULL,
  title            text NOT NULL DEFAULT '',
  -- codes of cells as they were asked for; none: all that whoever asked reached
  area             text[] NOT NULL,
  -- for those alone who reach everything
  everywhere       boolean NOT NULL,
  params           jsonb NOT NULL,
  -- what a reader needs beside “read”
  needs            text,
  state            text NOT NULL DEFAULT 'waiting'
                   CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
  progress         double precision NOT NULL DEFAULT 0,
  stage            text NOT NULL DEFAULT '',
  revision         integer NOT NULL DEFAULT 0,
  result           jsonb,
  notes            jsonb NOT NULL DEFAULT '[]',
  parts            jsonb NOT NULL DEFAULT '[]',
  problem          jsonb,
  rerun_of         uuid,
  -- what is read of the events: layers, walks, plans; where, in degrees (NULL: everywhere); and up to which event
  -- nothing has changed
  reads            text[] NOT NULL,
  west             double precision,
  south            double precision,
  east             double precision,
  north            double precision,
  read_event       bigint NOT NULL DEFAULT 0,
  -- when the first event told of what was read
  stale_since      timestamptz,
  created_by       text NOT NULL,
  created_at       timestamptz NOT NULL DEFAULT now(),
  -- the process that runs it says so twice a second
  updated_at       timestamptz NOT NULL DEFAULT now(),
  finished_at      timestamptz
);
CREATE INDEX ON analysis (created_at, id);
CREATE INDEX ON analysis (created_by);

-- Whoever reaches all of these cells may see it. No foreign key to the cells, as for areas of people.
CREATE TABLE analysis_area (
  analysis_id uuid NOT NULL REFERENCES analysis ON DELETE CASCADE,
  layer       text NOT NULL CHECK (layer IN ('communities', 'grids', 'micro-grids')),
  cell_id     bigint NOT NULL,
  PRIMARY KEY (analysis_id, layer, cell_id)
);

-- Written while it is computed, to be seen once it is done.
CREATE TABLE analysis_feature (
  analysis_id uuid NOT NULL REFERENCES analysis ON DELETE CASCADE,
  part        text NOT NULL,
  -- from 1, in the order in which they were found
  seq         integer NOT NULL,
  properties  jsonb NOT NULL,
  geom        geometry(Geometry, 4326) NOT NULL,
  geom_3857   geometry(Geometry, 3857) NOT NULL GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED,
  PRIMARY KEY (analysis_id, part, seq)
);
CREATE INDEX ON analysis_feature USING gist (geom_3857);

ALTER TABLE event
  DROP CONSTRAINT event_kind_check,
  ADD CONSTRAINT event_kind_check CHECK (kind IN ('put', 'delete', 'import', 'note', 'export', 'sign-in',
    'sign-in-refused', 'sign-out', 'person', 'token', 'setting', 'view', 'norm', 'plan', 'visit', 'walk', 'analysis'));
