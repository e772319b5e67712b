-- Ways of published rounds as a layer of the map, and plans and walks on the stream of live events.

-- As the plan was published last; kept when it is closed. The ways along the streets were those of that moment.
CREATE TABLE patrol_route (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan_id      bigint NOT NULL REFERENCES patrol_plan ON DELETE CASCADE,
  plan_version integer NOT NULL,
  round_id     uuid NOT NULL,
  name         text NOT NULL,
  team_id      text NOT NULL,
  team_name    text NOT NULL,
  starts_at    timestamptz NOT NULL,
  ends_at      timestamptz NOT NULL,
  metres       double precision NOT NULL,
  stops        integer NOT NULL,
  geom         geometry(LineString, 4326) NOT NULL,
  geom_3857    geometry(LineString, 3857) NOT NULL GENERATED ALWAYS AS (ST_Transform(geom, 3857)) STORED,
  UNIQUE (plan_id, round_id)
);
CREATE INDEX ON patrol_route USING gist (geom_3857);
CREATE INDEX ON patrol_route USING gist (geom);

-- The cells that the plan was for when it was published; none: everywhere.
CREATE TABLE patrol_route_area (
  plan_id bigint NOT NULL REFERENCES patrol_plan ON DELETE CASCADE,
  layer   text NOT NULL CHECK (layer IN ('communities', 'grids', 'micro-grids')),
  cell_id bigint NOT NULL,
  PRIMARY KEY (plan_id, layer, cell_id)
);

-- Of a plan or a walk: what live readers are told, and the cells that say whom it concerns (server/live/patrol-events.store.ts).
ALTER TABLE event ADD told jsonb;
CREATE INDEX event_told ON event (id) WHERE kind IN ('put', 'delete', 'import', 'note') OR told IS NOT NULL;
