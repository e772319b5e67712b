import { CELL_LAYERS } from '../../geodata/shared/codes.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { OpenWall, WallStatus } from '../../geodata/walls/open-wall.schema.ts'
import type { AreaRow } from '../access/area.store.ts'
import type { CellSet, Reach } from '../access/reach.ts'
import { readReached } from '../live/patrol-events.store.ts'
import type { Sql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'

/** A wall says that it is there every minute. */
const OPEN_SECONDS = 90
const KEPT_DAYS = 7
/** Of one token or person; the ones that were not seen for longest make room. */
const MOST_OF_ONE = 100
const MOST_LISTED = 1000

interface Owner {
  name: string
  credential: string
  reach: Reach
}

/** A wall says how it is. Throws id-reused for the id of another token's or person's wall. */
export async function writeStatus(
  sql: Sql,
  { name: who, credential, reach }: Owner,
  status: WallStatus,
): Promise<void> {
  const { wall, name, layout, pageBuild, screen, problem } = status
  const reached = reach === 'everywhere' ? null : JSON.stringify(reach)
  const { count } = await sql`
    INSERT INTO open_wall (wall, name, layout, who, credential, page_build, width_pixels, height_pixels, problem, reach)
    VALUES (${wall}, ${name}, ${layout}, ${who}, ${credential}, ${pageBuild}, ${screen.widthPixels}, ${screen.heightPixels},
      ${problem}, ${reached}::text::jsonb)
    ON CONFLICT (wall) DO UPDATE SET name = excluded.name, layout = excluded.layout, who = excluded.who,
      page_build = excluded.page_build, width_pixels = excluded.width_pixels, height_pixels = excluded.height_pixels,
      problem = excluded.problem, reach = excluded.reach, seen_at = now()
    WHERE open_wall.credential = excluded.credential`
  if (count === 0)
    throw new Problem(
      'id-reused',
      `The id ${wall} is that of a wall which another person or token opened. Make a new one.`,
    )
  await sql`DELETE FROM open_wall WHERE seen_at < now() - make_interval(days => ${KEPT_DAYS})`
  await sql`
    DELETE FROM open_wall WHERE wall IN (
      SELECT wall FROM open_wall WHERE credential = ${credential} ORDER BY seen_at DESC OFFSET ${MOST_OF_ONE})`
}

type Row = OpenWall & { reach: readonly CellSet[] | null }

/** Walls of the last week that show nothing but what is in reach, the last seen first. `build`: of the server's pages. */
export async function listWalls(sql: Sql, reach: Reach, build: string | null): Promise<OpenWall[]> {
  const walls = await readRows(sql)
  const isWithin = await withinReach(sql, walls, reach)
  return walls.filter(isWithin).map(({ reach: _, ...wall }) => ({
    ...wall,
    isCurrentBuild: build === null || wall.pageBuild === '' ? null : wall.pageBuild === build,
  }))
}

/**
 * Names of the open walls that are meant. Throws outside-area when one of that name shows what is out of reach, or when
 * somebody with an area names a wall that is not open.
 */
export async function namesMeant(
  sql: Sql,
  reach: Reach,
  walls: 'all' | readonly string[],
): Promise<string[]> {
  const rows = (await readRows(sql)).filter(({ isOpen }) => isOpen)
  const isWithin = await withinReach(sql, rows, reach)
  const outside = new Set(rows.filter((row) => !isWithin(row)).map(({ name }) => name))
  const inside = new Set(
    rows.filter((row) => isWithin(row) && !outside.has(row.name)).map(({ name }) => name),
  )
  if (walls === 'all') return [...inside].sort()
  const refused = reach === 'everywhere' ? undefined : walls.find((name) => !inside.has(name))
  if (refused !== undefined)
    throw new Problem(
      'outside-area',
      `“${refused}” is no open wall of your area. Choose walls from the list of open ones.`,
    )
  return walls.filter((name) => inside.has(name)).sort()
}

const readRows = async (sql: Sql): Promise<Row[]> => [
  ...(await sql.unsafe<Row[]>(
    `SELECT wall, name, layout, who, page_build AS "pageBuild", NULL AS "isCurrentBuild",
       jsonb_build_object('widthPixels', width_pixels, 'heightPixels', height_pixels) AS screen, problem, reach,
       ${isoTime('opened_at')} AS "openedAt", ${isoTime('seen_at')} AS "seenAt",
       seen_at > now() - make_interval(secs => ${OPEN_SECONDS}) AS "isOpen"
     FROM open_wall WHERE seen_at > now() - make_interval(days => ${KEPT_DAYS})
     ORDER BY open_wall.seen_at DESC LIMIT ${MOST_LISTED}`,
  )),
]

/** A wall reaches what lies in each of its sets: it is within reach as soon as one of them is. */
async function withinReach(sql: Sql, rows: readonly Row[], reach: Reach): Promise<(row: Row) => boolean> {
  if (reach === 'everywhere') return () => true
  const cells = rows.flatMap((row) => (row.reach ?? []).flatMap(cellsOf))
  const isReached = await readReached(sql, cells, reach)
  return (row) => row.reach?.some((set) => isReached(cellsOf(set))) ?? false
}

const cellsOf = (set: CellSet): AreaRow[] =>
  CELL_LAYERS.flatMap((layer) => set[layer].map((cellId) => ({ layer, cellId })))
