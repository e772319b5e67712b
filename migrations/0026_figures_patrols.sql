-- Which published plans are of a period (server/figures/patrol-rows.sql.ts). Their instants carry an offset, so what they
-- mean depends on no setting.
CREATE FUNCTION gridward_instant(text text) RETURNS timestamptz LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT text::timestamptz
$$;
CREATE INDEX ON patrol_plan_version (gridward_instant(plan->>'to'), gridward_instant(plan->>'from'));
