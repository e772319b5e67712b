-- Topology of one community.
-- $1 community id; $2 tolerance in square metres; smaller gaps, overlaps and overhangs are left out.
-- Output, one row a finding: kind (gap, overlap, stray, invalid), layer, id, code, other_id, other_code,
-- area (square metres on WGS 84, null where it has none), reason, geometry (GeoJSON, null where it has none).
-- Shapes are joined and cut on a lattice of 1e-9 degrees, a hundredth of the one on which they are stored. Without it
-- GEOS first tries in floating point, and where that fails the embedded engine ends the statement with neither rows
-- nor an error.
WITH the_community AS (
  SELECT id, code, geom FROM community WHERE id = $1::bigint
), grids AS (
  SELECT id, code, geom FROM grid WHERE community_id = $1::bigint
), micro_grids AS (
  SELECT id, code, grid_id, geom FROM micro_grid WHERE community_id = $1::bigint
), buildings AS (
  SELECT id, coalesce(code, source_id) AS code, micro_grid_id, geom, anchor FROM building WHERE community_id = $1::bigint
), pieces AS (
  -- what the children leave of their parent
  SELECT 'gap' AS kind, 'communities' AS layer, c.id, c.code, NULL::bigint AS other_id, NULL::text AS other_code,
    'no grid covers this part of the community' AS reason,
    (ST_Dump(ST_Difference(c.geom, (SELECT ST_Union(geom, 1e-9) FROM grids), 1e-9))).geom AS geom
  FROM the_community c WHERE EXISTS (SELECT FROM grids)
  UNION ALL
  SELECT 'gap', 'grids', g.id, g.code, NULL, NULL, 'no micro-grid covers this part of the grid',
    (ST_Dump(ST_Difference(g.geom, m.geom, 1e-9))).geom
  FROM grids g JOIN LATERAL (SELECT ST_Union(geom, 1e-9) AS geom FROM micro_grids WHERE grid_id = g.id) m ON m.geom IS NOT NULL
  -- siblings on top of each other
  UNION ALL
  SELECT 'overlap', 'communities', c.id, c.code, o.id, o.code, 'two communities cover this',
    (ST_Dump(ST_CollectionExtract(ST_Intersection(c.geom, o.geom, 1e-9), 3))).geom
  FROM the_community c JOIN community o ON o.id <> c.id AND ST_Intersects(c.geom, o.geom)
  UNION ALL
  SELECT 'overlap', 'grids', a.id, a.code, b.id, b.code, 'two grids cover this',
    (ST_Dump(ST_CollectionExtract(ST_Intersection(a.geom, b.geom, 1e-9), 3))).geom
  FROM grids a JOIN grids b ON a.id < b.id AND ST_Intersects(a.geom, b.geom)
  UNION ALL
  SELECT 'overlap', 'micro-grids', a.id, a.code, b.id, b.code, 'two micro-grids cover this',
    (ST_Dump(ST_CollectionExtract(ST_Intersection(a.geom, b.geom, 1e-9), 3))).geom
  FROM micro_grids a JOIN micro_grids b ON a.id < b.id AND ST_Intersects(a.geom, b.geom)
  -- children that reach out of their parent
  UNION ALL
  SELECT 'stray', 'grids', g.id, g.code, c.id, c.code, 'the grid reaches out of its community',
    (ST_Dump(ST_Difference(g.geom, c.geom, 1e-9))).geom
  FROM grids g, the_community c WHERE NOT ST_Covers(c.geom, g.geom)
  UNION ALL
  SELECT 'stray', 'micro-grids', m.id, m.code, g.id, g.code, 'the micro-grid reaches out of its grid',
    (ST_Dump(ST_Difference(m.geom, g.geom, 1e-9))).geom
  FROM micro_grids m JOIN grids g ON g.id = m.grid_id WHERE NOT ST_Covers(g.geom, m.geom)
  UNION ALL
  SELECT 'stray', 'buildings', b.id, b.code, m.id, m.code, 'the building reaches out of its micro-grid',
    (ST_Dump(ST_Difference(b.geom, m.geom, 1e-9))).geom
  FROM buildings b JOIN micro_grids m ON m.id = b.micro_grid_id WHERE NOT ST_Covers(m.geom, b.geom)
), findings AS (
  SELECT kind, layer, id, code, other_id, other_code, ST_Area(geom::geography) AS area, reason, geom FROM pieces
  WHERE ST_Dimension(geom) = 2 AND ST_Area(geom::geography) > $2::float8
  UNION ALL
  SELECT 'stray', 'buildings', b.id, b.code, NULL, NULL, NULL, 'the building stands in no micro-grid', b.geom
  FROM buildings b WHERE b.micro_grid_id IS NULL AND EXISTS (SELECT FROM micro_grids)
  UNION ALL
  SELECT 'invalid', 'communities', id, code, NULL, NULL, NULL, ST_IsValidReason(geom), NULL FROM the_community WHERE NOT ST_IsValid(geom)
  UNION ALL
  SELECT 'invalid', 'grids', id, code, NULL, NULL, NULL, ST_IsValidReason(geom), NULL FROM grids WHERE NOT ST_IsValid(geom)
  UNION ALL
  SELECT 'invalid', 'micro-grids', id, code, NULL, NULL, NULL, ST_IsValidReason(geom), NULL FROM micro_grids WHERE NOT ST_IsValid(geom)
  UNION ALL
  SELECT 'invalid', 'buildings', id, code, NULL, NULL, NULL, ST_IsValidReason(geom), NULL FROM buildings WHERE NOT ST_IsValid(geom)
)
SELECT kind, layer, id, code, other_id AS "otherId", other_code AS "otherCode", area AS "areaSquareMetres", reason,
  ST_AsGeoJSON(geom, 7)::jsonb AS geometry
FROM findings ORDER BY kind, area DESC NULLS LAST, layer, id
