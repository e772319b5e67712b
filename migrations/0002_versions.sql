-- Who made each version of a feature, in which change set, and every version that is no longer in force.

-- An edit of several features, which was applied as a whole. The writer chose the id, so that an edit whose answer was lost can
-- be sent again without being applied twice.
CREATE TABLE change_set (
  id           uuid PRIMARY KEY,
  at           timestamptz NOT NULL,
  actor        text NOT NULL,
  note         text,
  puts         integer NOT NULL DEFAULT 0,
  deletes      integer NOT NULL DEFAULT 0,
  followed     integer NOT NULL DEFAULT 0,
  west         double precision,
  south        double precision,
  east         double precision,
  north        double precision,
  request_hash text NOT NULL,
  -- what was answered; NULL once it is a week old
  answer       jsonb
);
CREATE INDEX ON change_set (at);
CREATE INDEX ON change_set (at) WHERE answer IS NOT NULL;

-- A transaction says by gridward.actor who writes, by gridward.change_set in which change set, and by gridward.at since when
-- its versions are in force (server/history/stamp.store.ts).
CREATE FUNCTION gridward_actor() RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('gridward.actor', true), '') $$;
CREATE FUNCTION gridward_change_set() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('gridward.change_set', true), '')::uuid $$;
-- To the millisecond, as JSON carries times: what was in force since a time that the API gave is in force at that time.
CREATE FUNCTION gridward_now() RETURNS timestamptz LANGUAGE sql STABLE AS
  $$ SELECT date_trunc('milliseconds', coalesce(nullif(current_setting('gridward.at', true), '')::timestamptz, now())) $$;

-- Versions that were superseded or deleted. The version in force is the row of the layer itself: it is in force since updated_at.
-- "row" is the row without its shapes, by column names; community_code, grid_code and micro_grid_code are those of its
-- cells, of a point when the version ended: a border that moves gives it another cell, but no new version.
CREATE TABLE feature_version (
  layer         text NOT NULL,
  feature_id    bigint NOT NULL,
  version       integer NOT NULL,
  valid_from    timestamptz NOT NULL,
  valid_to      timestamptz NOT NULL,
  -- who made this version, how and in which change set
  actor         text,
  how           text NOT NULL,
  change_set_id uuid,
  -- how it ended, by whom and in which change set
  ended         text NOT NULL CHECK (ended IN ('update', 'delete')),
  ended_by      text,
  ended_in      uuid,
  geom          geometry(Geometry, 4326) NOT NULL,
  "row"         jsonb NOT NULL,
  PRIMARY KEY (layer, feature_id, version)
);
CREATE INDEX ON feature_version (layer, valid_from, valid_to);
CREATE INDEX ON feature_version USING gist (geom);

CREATE FUNCTION gridward_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  shape geometry := OLD.geom;
  ended_at timestamptz;
  cells jsonb := '{}';
  code text;
BEGIN
  IF TG_OP = 'DELETE' THEN
    ended_at := greatest(gridward_now(), OLD.updated_at);
  ELSE
    ended_at := greatest(NEW.updated_at, OLD.updated_at);
  END IF;
  -- Shapes cost much to write as JSON and are not wanted in it.
  OLD.geom := NULL;
  OLD.geom_3857 := NULL;
  OLD.search_text := '';
  IF TG_TABLE_NAME IN ('community', 'grid', 'micro_grid', 'building', 'zone', 'landcover') THEN
    OLD.anchor := NULL;
  END IF;
  IF TG_TABLE_NAME IN ('community', 'grid', 'micro_grid', 'zone') THEN
    OLD.label_point := NULL;
  END IF;
  -- A code begins with those of its cells. The keys may be of the cells that this edit has just found.
  IF TG_TABLE_NAME IN ('grid', 'micro_grid', 'building') THEN
    code := OLD.code;
  END IF;
  IF code IS NOT NULL THEN
    cells := jsonb_build_object('community_code', left(code, 12), 'grid_code', left(code, 15),
      'micro_grid_code', left(code, 17));
  ELSIF TG_TABLE_NAME IN ('building', 'facility', 'checkpoint', 'hazard') THEN
    cells := jsonb_build_object(
      'community_code', (SELECT c.code FROM community c WHERE c.id = OLD.community_id),
      'grid_code', (SELECT c.code FROM grid c WHERE c.id = OLD.grid_id),
      'micro_grid_code', (SELECT c.code FROM micro_grid c WHERE c.id = OLD.micro_grid_id));
  END IF;
  INSERT INTO feature_version (layer, feature_id, version, valid_from, valid_to, actor, how, change_set_id,
    ended, ended_by, ended_in, geom, "row")
  VALUES (TG_ARGV[0], OLD.id, OLD.version, OLD.updated_at, ended_at, OLD.updated_by, OLD.how, OLD.change_set_id,
    lower(TG_OP), gridward_actor(), gridward_change_set(), shape,
    to_jsonb(OLD) - '{geom,geom_3857,anchor,label_point,search_text,name_key}'::text[] || cells);
  RETURN NULL;
END
$$;

-- The triggers run after the row is written: one before would make every update compute all generated shapes again.
DO $$
DECLARE
  place record;
BEGIN
  FOR place IN SELECT * FROM (VALUES
    ('community', 'communities'), ('grid', 'grids'), ('micro_grid', 'micro-grids'), ('building', 'buildings'),
    ('zone', 'zones'), ('landcover', 'landcover'), ('road', 'roads'), ('facility', 'facilities'),
    ('checkpoint', 'checkpoints'), ('hazard', 'hazards')) AS t (name, layer)
  LOOP
    EXECUTE format($f$
      ALTER TABLE %1$I
        ADD COLUMN updated_by text,
        ADD COLUMN change_set_id uuid,
        ADD COLUMN how text NOT NULL DEFAULT 'created'
          CHECK (how IN ('created', 'edited', 'imported', 'restored', 'followed'));
      ALTER TABLE %1$I
        ALTER COLUMN updated_by SET DEFAULT gridward_actor(),
        ALTER COLUMN change_set_id SET DEFAULT gridward_change_set(),
        ALTER COLUMN created_at SET DEFAULT gridward_now(),
        ALTER COLUMN updated_at SET DEFAULT gridward_now();
      UPDATE %1$I SET updated_at = date_trunc('milliseconds', updated_at),
        how = CASE WHEN version = source_version THEN 'imported' WHEN version > 1 THEN 'edited' ELSE 'created' END;
      CREATE TRIGGER keep_version AFTER UPDATE ON %1$I FOR EACH ROW
        WHEN (OLD.version IS DISTINCT FROM NEW.version) EXECUTE FUNCTION gridward_keep_version(%2$L);
      CREATE TRIGGER keep_deleted AFTER DELETE ON %1$I FOR EACH ROW EXECUTE FUNCTION gridward_keep_version(%2$L);
    $f$, place.name, place.layer);
  END LOOP;
END
$$;

-- The cells in force at a moment. Nothing is known of a time before the version that this migration found.
CREATE FUNCTION cells_as_of(moment timestamptz)
RETURNS TABLE (layer text, id bigint, version integer, code text, name text, kind text, community_id bigint,
  grid_id bigint, geom geometry) LANGUAGE sql STABLE AS $$
  SELECT 'communities', c.id, c.version, c.code, c.name, c.kind, NULL::bigint, NULL::bigint, c.geom::geometry
  FROM community c WHERE c.updated_at <= moment
  UNION ALL
  SELECT 'grids', g.id, g.version, g.code, g.name, g.kind, g.community_id, NULL, g.geom
  FROM grid g WHERE g.updated_at <= moment
  UNION ALL
  SELECT 'micro-grids', m.id, m.version, m.code, m.name, NULL, m.community_id, m.grid_id, m.geom
  FROM micro_grid m WHERE m.updated_at <= moment
  UNION ALL
  SELECT v.layer, v.feature_id, v.version, v."row"->>'code', v."row"->>'name', v."row"->>'kind',
    (v."row"->>'community_id')::bigint, (v."row"->>'grid_id')::bigint, v.geom
  FROM feature_version v
  WHERE v.layer IN ('communities', 'grids', 'micro-grids') AND v.valid_from <= moment AND v.valid_to > moment
$$;
