-- Which cells the rows of layers without cells of their own meet (ST_Intersects), in the order of their ids: someone's
-- area asks for it with every read, and comparing shapes each time costs more than the read itself.

ALTER TABLE road
  ADD community_ids  bigint[] NOT NULL DEFAULT '{}',
  ADD grid_ids       bigint[] NOT NULL DEFAULT '{}',
  ADD micro_grid_ids bigint[] NOT NULL DEFAULT '{}';
ALTER TABLE zone
  ADD community_ids  bigint[] NOT NULL DEFAULT '{}',
  ADD grid_ids       bigint[] NOT NULL DEFAULT '{}',
  ADD micro_grid_ids bigint[] NOT NULL DEFAULT '{}';
ALTER TABLE landcover
  ADD community_ids  bigint[] NOT NULL DEFAULT '{}',
  ADD grid_ids       bigint[] NOT NULL DEFAULT '{}',
  ADD micro_grid_ids bigint[] NOT NULL DEFAULT '{}';

-- The statement that finds the cells of some rows again. place: the table of the rows; cells: tables of cells;
-- ids: a query for the ids of the rows. What they meet is no part of a version.
CREATE FUNCTION gridward_meeting(place text, cells text[], ids text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT format('WITH met AS MATERIALIZED (SELECT r.id, %3$s FROM %1$I r WHERE r.id IN (%2$s))
      UPDATE %1$I t SET %4$s FROM met WHERE t.id = met.id AND (%5$s)', place, ids,
    string_agg(format('ARRAY(SELECT c.id FROM %1$I c WHERE ST_Intersects(c.geom, r.geom) ORDER BY c.id) AS %1$s_ids', cell), ', '),
    string_agg(format('%1$s_ids = met.%1$s_ids', cell), ', '),
    string_agg(format('t.%1$s_ids <> met.%1$s_ids', cell), ' OR '))
  FROM unnest(cells) AS of (cell)
$$;

-- Writers of cells, and of these rows, take turns (server/features/cells.store.ts). Each statement is planned for its own
-- rows (EXECUTE), and what changed is counted: a plan for a single row, or for finding the first one soon, would compare
-- each row of an import with each.
CREATE FUNCTION gridward_meet_cells() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ids text := 'SELECT id FROM new_rows';
  any_changed boolean := true;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    ids := 'SELECT n.id FROM new_rows n LEFT JOIN old_rows o USING (id) WHERE n.geom IS DISTINCT FROM o.geom';
    EXECUTE format('SELECT count(*) > 0 FROM (%s) changed', ids) INTO any_changed;
  END IF;
  IF any_changed THEN
    EXECUTE gridward_meeting(TG_TABLE_NAME, '{community,grid,micro_grid}', ids);
  END IF;
  RETURN NULL;
END
$$;

-- Rows near the shape that a cell had or has; those near a shape that stays as it is are left alone.
CREATE FUNCTION gridward_meet_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  shapes text := format('SELECT geom FROM %I', CASE TG_OP WHEN 'DELETE' THEN 'old_rows' ELSE 'new_rows' END);
  any_changed boolean := true;
  place text;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    shapes := 'SELECT unnest(ARRAY[o.geom, n.geom]) AS geom FROM new_rows n FULL JOIN old_rows o USING (id)
      WHERE n.geom IS DISTINCT FROM o.geom';
    EXECUTE format('SELECT count(*) > 0 FROM (%s) changed', shapes) INTO any_changed;
  END IF;
  IF any_changed THEN
    FOREACH place IN ARRAY '{zone,landcover,road}'::text[] LOOP
      EXECUTE gridward_meeting(place, ARRAY[TG_TABLE_NAME::text],
        format('SELECT near.id FROM (%s) shape JOIN %I near ON near.geom && shape.geom', shapes, place));
    END LOOP;
  END IF;
  RETURN NULL;
END
$$;

-- A trigger that sees all rows of a statement has one event.
DO $$
DECLARE
  place text;
BEGIN
  FOREACH place IN ARRAY '{zone,landcover,road}'::text[] LOOP
    EXECUTE gridward_meeting(place, '{community,grid,micro_grid}', format('SELECT id FROM %I', place));
    EXECUTE format($f$
      CREATE TRIGGER meet_inserted AFTER INSERT ON %1$I REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION gridward_meet_cells();
      CREATE TRIGGER meet_updated AFTER UPDATE ON %1$I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION gridward_meet_cells();
    $f$, place);
  END LOOP;
  FOREACH place IN ARRAY '{community,grid,micro_grid}'::text[] LOOP
    EXECUTE format($f$
      CREATE TRIGGER meet_inserted AFTER INSERT ON %1$I REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION gridward_meet_rows();
      CREATE TRIGGER meet_updated AFTER UPDATE ON %1$I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION gridward_meet_rows();
      CREATE TRIGGER meet_deleted AFTER DELETE ON %1$I REFERENCING OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION gridward_meet_rows();
    $f$, place);
  END LOOP;
END
$$;

-- As before, but a version does not keep what it met: cells are looked for by its shape.
CREATE OR REPLACE FUNCTION gridward_keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
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
    to_jsonb(OLD) - '{geom,geom_3857,anchor,label_point,search_text,name_key,community_ids,grid_ids,micro_grid_ids}'::text[]
      || cells);
  RETURN NULL;
END
$$;
