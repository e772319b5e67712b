import { ENDED_STATES } from '../../geodata/hazards/deadline.ts'
import { HAZARD_STATES, SEVERITIES } from '../../geodata/hazards/hazard.schema.ts'
import type { Severity } from '../../geodata/hazards/limits.ts'
import {
  type HazardReplay,
  MOST_REPLAYED_CHANGES,
  MOST_REPLAYED_HAZARDS,
} from '../../geodata/hazards/replay.schema.ts'
import type { CaseStateName } from '../../geodata/hazards/workflow.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import { pastReachClause, reachClause } from '../access/scope.sql.ts'
import type { Sql } from '../platform/database.ts'
import { runCancellable } from '../platform/run-cancellable.store.ts'
import { boxesOf } from './as-of.store.ts'

export interface ReplayQuery {
  /** Whole seconds since 1970. */
  from: number
  to: number
  bbox: Bbox | undefined
}

/** Seconds since 1970, and the state that the entry says. A deadline of null: none. */
type Told = [at: number, state: CaseStateName, due: number | null]

interface Row {
  id: number
  lng: number
  lat: number
  standard: string
  kind: string
  code: string
  severity: Severity
  reported: number
  /** The last entry up to `from`; null: there was none. */
  state: CaseStateName | null
  due: number | null
  told: Told[] | null
  /** When it was deleted and when it came back; null: it did not. */
  gaps: [gone: number, back: number | null][] | null
}

const epoch = (expression: string) => `floor(extract(epoch FROM ${expression}))::float8`

/**
 * What became of the hazards in reach between two moments, from their histories; deleted ones up to when they went. The query
 * ends when the signal aborts. Throws too-large beyond the bounds of a replay.
 */
export async function readHazardReplay(
  sql: Sql,
  reach: Reach,
  { from, to, bbox }: ReplayQuery,
  signal: AbortSignal,
): Promise<Omit<HazardReplay, 'from' | 'to' | 'now'>> {
  const values: (string | number | number[] | string[])[] = [from, to, [...ENDED_STATES]]
  const bind = (value: (typeof values)[number]) => `$${values.push(value)}`
  const envelopes = boxesOf(bbox).map(
    (sides) => `ST_MakeEnvelope(${sides.map((side) => `${bind(side)}::float8`).join(', ')}, 4326)`,
  )
  const inside = (alias: string) =>
    bbox ? `AND (${envelopes.map((envelope) => `${alias}.geom && ${envelope}`).join(' OR ')})` : ''
  const rows = await runCancellable<Row>(
    sql,
    `WITH period AS (
       SELECT to_timestamp($1::float8) AS begins, to_timestamp($2::float8) AS ends
     ), place AS MATERIALIZED (
       SELECT t.id, ST_X(t.geom) AS lng, ST_Y(t.geom) AS lat, t.category_standard AS standard, t.category_kind AS kind,
         t.category_code AS code, t.severity, t.reported_at
       FROM hazard t WHERE ${reachClause('hazards', reach, bind)} ${inside('t')}
       UNION ALL
       SELECT * FROM (
         SELECT DISTINCT ON (v.feature_id) v.feature_id, ST_X(v.geom), ST_Y(v.geom), v."row"->>'category_standard',
           v."row"->>'category_kind', v."row"->>'category_code', v."row"->>'severity', (v."row"->>'reported_at')::timestamptz
         FROM feature_version v, period
         WHERE v.layer = 'hazards' AND v.ended = 'delete' AND v.valid_to > period.begins ${inside('v')}
           AND NOT EXISTS (SELECT FROM hazard h WHERE h.id = v.feature_id) AND ${pastReachClause('hazards', reach, bind)}
         ORDER BY v.feature_id, v.version DESC) gone
     )
     SELECT p.id, p.lng, p.lat, p.standard, p.kind, p.code, p.severity, ${epoch('p.reported_at')} AS reported,
       b.to_state AS state, ${epoch('b.due_at')} AS due, told.list AS told, gap.list AS gaps
     FROM place p CROSS JOIN period
     LEFT JOIN LATERAL (
       SELECT e.to_state, e.due_at FROM case_entry e WHERE e.hazard_id = p.id AND e.at <= period.begins
       ORDER BY e.seq DESC LIMIT 1) b ON true
     LEFT JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_array(${epoch('e.at')}, e.to_state, ${epoch('e.due_at')}) ORDER BY e.seq) AS list
       FROM case_entry e WHERE e.hazard_id = p.id AND e.at > period.begins AND e.at <= period.ends) told ON true
     LEFT JOIN (
       SELECT v.feature_id, jsonb_agg(jsonb_build_array(${epoch('v.valid_to')}, ${epoch('back.at')}) ORDER BY v.version) AS list
       FROM feature_version v LEFT JOIN LATERAL (
         SELECT min(at) AS at FROM (
           SELECT n.valid_from AS at FROM feature_version n
           WHERE n.layer = 'hazards' AND n.feature_id = v.feature_id AND n.version > v.version
           UNION ALL SELECT h.updated_at FROM hazard h WHERE h.id = v.feature_id AND h.version > v.version) later) back ON true
       WHERE v.layer = 'hazards' AND v.ended = 'delete' GROUP BY v.feature_id) gap ON gap.feature_id = p.id
     WHERE b.to_state <> ALL($3::text[]) OR told.list IS NOT NULL
     ORDER BY p.id LIMIT ${MOST_REPLAYED_HAZARDS + 1}`,
    values,
    signal,
  )
  if (rows.length > MOST_REPLAYED_HAZARDS) throw tooMany('hazards', MOST_REPLAYED_HAZARDS)
  return inColumns(rows, from, to)
}

const tooMany = (what: string, most: number) =>
  new Problem(
    'too-large',
    `There are more than ${most} ${what} in this replay. Choose a shorter time (from, to) or a smaller part of the map (bbox).`,
  )

function inColumns(
  rows: readonly Row[],
  from: number,
  to: number,
): Omit<HazardReplay, 'from' | 'to' | 'now'> {
  const states = [...HAZARD_STATES]
  const indexOf = (state: CaseStateName | null) => (state === null ? -1 : states.indexOf(state))
  const categories: HazardReplay['categories'] = []
  const known = new Map<string, number>()
  const categoryOf = ({ standard, kind, code }: Row): number => {
    const key = JSON.stringify([standard, kind, code])
    const index = known.get(key) ?? categories.push({ standard, kind, code }) - 1
    known.set(key, index)
    return index
  }
  const since = (second: number | null) => (second === null ? null : second - from)
  const changes: { at: number; hazard: number; state: number; due: number | null }[] = []
  const begins: { state: number; due: number | null }[] = []
  for (const [hazard, row] of rows.entries()) {
    const { first, told } = seen(row, from, to)
    begins.push({ state: indexOf(first.state), due: since(first.due) })
    for (const { at, state, due } of told)
      changes.push({ at: at - from, hazard, state: indexOf(state), due: since(due) })
    if (changes.length > MOST_REPLAYED_CHANGES) throw tooMany('changes', MOST_REPLAYED_CHANGES)
  }
  // Stable: what one hazard was told of in the same second stays in its order.
  changes.sort((a, b) => a.at - b.at)
  return {
    states,
    severities: [...SEVERITIES],
    categories,
    hazards: {
      id: rows.map(({ id }) => id),
      lng: rows.map(({ lng }) => lng),
      lat: rows.map(({ lat }) => lat),
      category: rows.map(categoryOf),
      severity: rows.map(({ severity }) => SEVERITIES.indexOf(severity)),
      reported: rows.map(({ reported }) => reported - from),
      state: begins.map(({ state }) => state),
      due: begins.map(({ due }) => due),
    },
    changes: {
      at: changes.map(({ at }) => at),
      hazard: changes.map(({ hazard }) => hazard),
      state: changes.map(({ state }) => state),
      due: changes.map(({ due }) => due),
    },
  }
}

interface Standing {
  state: CaseStateName | null
  due: number | null
}

/** What was seen of a hazard: what its history tells, but for the time in which it was deleted. Entries that change nothing here are left out. */
function seen(row: Row, from: number, to: number): { first: Standing; told: (Standing & { at: number })[] } {
  const gaps = row.gaps ?? []
  const isGone = (at: number) => gaps.some(([gone, back]) => at >= gone && (back === null || at < back))
  const entries: [number, Standing][] = (row.told ?? []).map(([at, state, due]) => [at, { state, due }])
  const within = (at: number | null): at is number => at !== null && at > from && at <= to
  const moments = [...entries.map(([at]) => at), ...gaps.flat().filter(within)].sort((a, b) => a - b)
  const nowhere: Standing = { state: null, due: null }
  let next = 0
  let history: Standing = { state: row.state, due: row.due }
  const first = isGone(from) ? nowhere : history
  let before = first
  const told: (Standing & { at: number })[] = []
  for (const at of moments) {
    for (; next < entries.length && entries[next]![0] <= at; next++) {
      history = entries[next]![1]
      say(at, isGone(at) ? nowhere : history)
    }
    say(at, isGone(at) ? nowhere : history)
  }
  return { first, told }

  function say(at: number, standing: Standing): void {
    if (standing.state === before.state && standing.due === before.due) return
    told.push({ at, ...standing })
    before = standing
  }
}
