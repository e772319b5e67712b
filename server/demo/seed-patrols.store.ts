import type { DemoPatrols, DemoPlan } from '../../geodata/demo/write-patrols.ts'
import type { Plan, Round } from '../../geodata/patrols/plan.schema.ts'
import { demoPersonIn } from '../access/demo-person.store.ts'
import type { TransactionSql } from '../platform/database.ts'

const PAGE_ROWS = 4000
/** Plans are large. */
const PAGE_PLANS = 10
const COORDINATOR = 'demo-coordinator'
const DEVICE = 'demo'
/** A walk whose visits were found, and to which nothing was added since. */
const REVISION = 1
const FOUND = REVISION * 2 + 1

type PlanWithId = DemoPlan & { id: number }

/**
 * Patrols of the demo area for checkpoints that are there: `sourceIds` of them, in the order in which plans number them.
 * They are written as publishing and phones write them; positions of older walks are gone already.
 */
export async function insertPatrols(
  tx: TransactionSql,
  patrols: DemoPatrols,
  sourceIds: readonly string[],
): Promise<void> {
  const idOf = await readSiteIds(tx, sourceIds)
  await tx`
    UPDATE checkpoint SET created_at = ${patrols.sitesSince}::text::timestamptz
    WHERE id = ANY(${patrols.sites.map(idOf)}::bigint[])`
  await demoPersonIn(tx, 'officer')
  const plans = await insertPlans(tx, patrols.plans, idOf)
  await insertRoutes(tx, plans)
  await insertWalks(tx, plans, idOf)
}

async function readSiteIds(
  tx: TransactionSql,
  sourceIds: readonly string[],
): Promise<(number: number) => number> {
  const rows = await tx<{ id: number; sourceId: string }[]>`
    SELECT id, source_id AS "sourceId" FROM checkpoint WHERE source_id = ANY(${[...sourceIds]}::text[])`
  const ids = new Map(rows.map(({ id, sourceId }) => [sourceId, id]))
  return (number) => ids.get(sourceIds[number - 1]!)!
}

async function insertPlans(
  tx: TransactionSql,
  given: readonly DemoPlan[],
  idOf: (number: number) => number,
): Promise<PlanWithId[]> {
  const plans: PlanWithId[] = []
  for (const part of pagesOf(given, PAGE_PLANS)) {
    const rows = part.map((plan, place) => ({
      place,
      ...{ name: plan.name, state: plan.state, from: plan.from, to: plan.to, publishedAt: plan.publishedAt },
      body: {
        ...{ teams: plan.teams, rounds: withIds(plan.rounds, idOf) },
        ...{ unserved: [], generated: null, note: '' },
      },
    }))
    // To close a plan makes another version of it, which is published no more.
    const made = await tx<{ id: number }[]>`
      INSERT INTO patrol_plan (name, state, version, starts_at, ends_at, body, created_by, created_at, updated_at, published_at,
        published_version, demo)
      SELECT name, state, CASE state WHEN 'closed' THEN 2 ELSE 1 END, "from", "to", body, ${COORDINATOR}, "publishedAt",
        CASE state WHEN 'closed' THEN "to" ELSE "publishedAt" END, "publishedAt", 1, true
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS row (name text, state text,
        "from" timestamptz, "to" timestamptz, "publishedAt" timestamptz, body jsonb, place integer)
      ORDER BY place RETURNING id`
    const ids = made.map(({ id }) => id).sort((a, b) => a - b)
    plans.push(...part.map((plan, at) => ({ ...plan, id: ids[at]! })))
    const published = part.map(
      ({ name, from, to, area, publishedAt }, at): Plan => ({
        ...{ name, from, to, area, ...rows[at]!.body },
        ...{ id: ids[at]!, version: 1, state: 'published', createdBy: COORDINATOR },
        ...{ createdAt: publishedAt, updatedAt: publishedAt, publishedAt, publishedVersion: 1 },
      }),
    )
    await tx`
      INSERT INTO patrol_plan_version (plan_id, version, plan, published_at, published_by, demo)
      SELECT (plan->>'id')::bigint, 1, plan, (plan->>'publishedAt')::timestamptz, ${COORDINATOR}, true
      FROM jsonb_array_elements(${JSON.stringify(published)}::text::jsonb) plan`
  }
  const areas = plans.flatMap(({ id, area }) => area.map((code) => ({ id, code })))
  await tx`
    INSERT INTO patrol_plan_area (plan_id, layer, cell_id)
    SELECT row.id, 'communities', c.id FROM jsonb_to_recordset(${JSON.stringify(areas)}::text::jsonb)
      AS row (id bigint, code text) JOIN community c ON c.code = row.code`
  return plans
}

const withIds = (rounds: readonly Round[], idOf: (number: number) => number): Round[] =>
  rounds.map((round) => ({
    ...round,
    stops: round.stops.map((stop) => ({
      ...stop,
      checkpointId: stop.checkpointId === null ? null : idOf(stop.checkpointId),
    })),
  }))

async function insertRoutes(tx: TransactionSql, plans: readonly PlanWithId[]): Promise<void> {
  const routes = plans.flatMap(({ id, name, teams, rounds, routes }) =>
    routes.map(({ roundId, metres, coordinates }) => {
      const { teamId, from, to, stops } = rounds.find((round) => round.id === roundId)!
      const team = teams.find((team) => team.id === teamId)!.name
      return {
        ...{ id, name, roundId, metres, teamId, team, from, to, stops: stops.length },
        shape: { type: 'LineString', coordinates },
      }
    }),
  )
  await tx`
    INSERT INTO patrol_route (plan_id, plan_version, round_id, name, team_id, team_name, starts_at, ends_at, metres, stops, geom)
    SELECT id, 1, "roundId", name, "teamId", team, "from", "to", metres, stops, ST_SetSRID(ST_GeomFromGeoJSON(shape::text), 4326)
    FROM jsonb_to_recordset(${JSON.stringify(routes)}::text::jsonb) AS row (id bigint, "roundId" uuid, name text,
      "teamId" text, team text, "from" timestamptz, "to" timestamptz, metres float8, stops integer, shape jsonb)`
  await tx`
    INSERT INTO patrol_route_area (plan_id, layer, cell_id)
    SELECT plan_id, layer, cell_id FROM patrol_plan_area a
    WHERE EXISTS (SELECT FROM patrol_route r WHERE r.plan_id = a.plan_id AND r.plan_id = ANY(${plans.map(({ id }) => id)}::bigint[]))`
}

async function insertWalks(
  tx: TransactionSql,
  plans: readonly PlanWithId[],
  idOf: (number: number) => number,
): Promise<void> {
  const walks = plans.flatMap((plan) =>
    plan.walks.map((walk) => {
      const round = plan.rounds.find(({ id }) => id === walk.roundId)!
      const team = plan.teams.find(({ id }) => id === walk.teamId)!.name
      return { walk, planId: plan.id, team, startsAt: round.from, endsAt: round.to }
    }),
  )
  for (const part of pagesOf(walks, 200)) {
    const rows = part.map(({ walk, ...of }, place) => ({
      place,
      ...{ ...of, roundId: walk.roundId, teamId: walk.teamId, person: walk.person },
      ...{ begunAt: instant(walk.begunAt), endedAt: instant(walk.endedAt) },
      ...{ figures: walk.figures, matched: walk.matched },
    }))
    // Whose ways are not kept, of those the positions were deleted.
    const made = await tx<{ id: number }[]>`
      INSERT INTO patrol_run (plan_id, plan_version, round_id, team_id, team_name, person, starts_at, ends_at, begun_at, ended_at,
        revision, found, figures, matched, swept_at, demo)
      SELECT "planId", 1, "roundId", "teamId", team, person, "startsAt", "endsAt", "begunAt", "endedAt", ${REVISION}, ${FOUND},
        figures, matched, CASE WHEN matched IS NULL THEN now() END, true
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS row ("planId" bigint, "roundId" uuid,
        "teamId" text, team text, person text, "startsAt" timestamptz, "endsAt" timestamptz, "begunAt" timestamptz,
        "endedAt" timestamptz, figures jsonb, matched jsonb, place integer)
      ORDER BY place RETURNING id`
    const ids = made.map(({ id }) => id).sort((a, b) => a - b)
    const numbered = part.map((each, at) => ({ ...each, runId: ids[at]! }))
    await insertVisits(tx, numbered, idOf)
    await insertEntries(tx, numbered)
    await insertPositions(tx, numbered)
  }
}

interface WalkOfRun {
  runId: number
  planId: number
  walk: DemoPlan['walks'][number]
}

async function insertVisits(
  tx: TransactionSql,
  walks: readonly WalkOfRun[],
  idOf: (number: number) => number,
): Promise<void> {
  const rows = walks.flatMap(({ planId, walk: { roundId, person, visits } }) =>
    visits.map(({ site, from, to, ...visit }) => ({
      ...{ ...visit, planId, roundId, person, site: idOf(site), from: instant(from), to: instant(to) },
    })),
  )
  for (const page of pagesOf(rows, PAGE_ROWS))
    await tx`
      INSERT INTO patrol_visit (id, checkpoint_id, plan_id, round_id, stop_id, started_at, ended_at, source, state, person,
        created_at)
      SELECT id, site, "planId", "roundId", "stopId", "from", "to", source, state, person, "to"
      FROM jsonb_to_recordset(${JSON.stringify(page)}::text::jsonb) AS row (id uuid, site bigint, "planId" bigint,
        "roundId" uuid, "stopId" uuid, "from" timestamptz, "to" timestamptz, source text, state text, person text)
      ON CONFLICT (id) DO NOTHING`
}

async function insertEntries(tx: TransactionSql, walks: readonly WalkOfRun[]): Promise<void> {
  const rows = walks.flatMap(({ runId, walk: { person, entries } }) =>
    entries.map(({ at, ...entry }) => ({ ...entry, runId, person, at: instant(at) })),
  )
  for (const page of pagesOf(rows, PAGE_ROWS))
    await tx`
      INSERT INTO patrol_entry (id, run_id, person, device, kind, at, stop_id, body, created_at)
      SELECT id, "runId", person, ${DEVICE}, kind, at, "stopId", body, at
      FROM jsonb_to_recordset(${JSON.stringify(page)}::text::jsonb) AS row (id uuid, "runId" bigint, person text, kind text,
        at timestamptz, "stopId" uuid, body jsonb)
      ON CONFLICT (id) DO NOTHING`
}

async function insertPositions(tx: TransactionSql, walks: readonly WalkOfRun[]): Promise<void> {
  const rows = walks.flatMap(({ runId, walk: { positions } }) =>
    positions.map(({ at, lngLat: [lng, lat], accuracyMetres }) => ({
      ...{ runId, lng, lat, at: instant(at), accuracy: accuracyMetres },
    })),
  )
  for (const page of pagesOf(rows, PAGE_ROWS))
    await tx`
      INSERT INTO patrol_position (run_id, at, accuracy_metres, geom)
      SELECT "runId", at, accuracy, ST_SetSRID(ST_MakePoint(lng, lat), 4326)
      FROM jsonb_to_recordset(${JSON.stringify(page)}::text::jsonb) AS row ("runId" bigint, at timestamptz, accuracy real,
        lng float8, lat float8)`
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString()

function* pagesOf<T>(rows: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size)
}

/**
 * The plans that came with the demo area, with their walks and visits. One that somebody changed or published again, or of which
 * somebody walked a round or recorded a visit, stays whole, and is closed: its sites are gone.
 */
export async function removeDemoPatrols(tx: TransactionSql): Promise<void> {
  const used = tx`
    p.demo AND (EXISTS (SELECT FROM patrol_run r WHERE r.plan_id = p.id AND NOT r.demo)
      OR EXISTS (SELECT FROM patrol_plan_version v WHERE v.plan_id = p.id AND NOT v.demo)
      OR p.version > CASE p.state WHEN 'closed' THEN 2 ELSE 1 END)`
  await tx`
    UPDATE patrol_plan p SET demo = false, state = 'closed', updated_at = now(),
      version = version + CASE state WHEN 'closed' THEN 0 ELSE 1 END WHERE ${used}`
  await tx`DELETE FROM patrol_visit i USING patrol_plan p WHERE p.demo AND i.plan_id = p.id`
  await tx`DELETE FROM patrol_run r USING patrol_plan p WHERE p.demo AND r.plan_id = p.id`
  await tx`DELETE FROM patrol_plan_version v USING patrol_plan p WHERE p.demo AND v.plan_id = p.id`
  await tx`DELETE FROM patrol_plan WHERE demo`
}
