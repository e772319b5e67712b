import type { CallBackBy } from '../../geodata/dispatch/hotline/hotline.schema.ts'
import type { BarometerCounts } from '../../geodata/figures/indicator.schema.ts'
import type { CaseBase } from '../../geodata/figures/indicator-definition.ts'
import type { Category } from '../../geodata/figures/scheme.schema.ts'
import { CASE_STATES, type Clock } from '../../geodata/hazards/workflow.ts'
import type { CellLayer } from '../../geodata/shared/codes.ts'
import type { Reach } from '../access/reach.ts'
import { pastReachClause, reachClause } from '../access/scope.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import { patrolRows } from './patrol-rows.sql.ts'

/** Which cases are looked at, and when. Instants are ISO 8601. */
export interface CaseQuestion {
  /** From `from` on, before `until`, which is never in the future: the history is read as it stood then. */
  from: string
  until: string
  /** Whose cell a row is told to be in. */
  cells: CellLayer
  /** What of everybody's cases is asked about and may be seen. */
  reach: Reach
  /** Hazards of these alone; undefined: of any, and patrols too. */
  categories?: readonly Category[] | undefined
}

export type Parameter = string | number | string[] | number[]
export interface Statement {
  text: string
  parameters: Parameter[]
  bind(value: Parameter): string
}

/** The clock that runs in the state that a column says. */
const clockSql = (column: string): string =>
  `CASE ${column} ${Object.entries(CASE_STATES)
    .flatMap(([state, { clock }]) => (clock === null ? [] : [`WHEN '${state}' THEN '${clock}'`]))
    .join(' ')} END`
const ENDED = Object.entries(CASE_STATES).flatMap(([state, { clock }]) => (clock === null ? [state] : []))

/**
 * The queries (WITH …) that every figure reads, over nothing but the history up to `until`:
 * alive — ids of hazards that can have a say: begun by then, and not over, or something happened or fell due since the period began. Of the
 * others nothing is read; place — those in reach, with the ones deleted since: id, cell_id, category, source, and ends_at,
 * up to which they count; entry — their history, with what followed (NULL: the last); run — each time that a clock ran;
 * and one for each base of geodata/figures/indicator-definition.ts and each count of the barometer: hazard_id, run, cell_id,
 * at (by which it is in the period, or when it became what it is), and whether it counts for each of the base’s flags.
 * Those of patrols are patrolRows’.
 *
 * The bases are made without joining these queries with one another: the planner does not know how many rows they have,
 * and a nested loop over thousands of rows without an index takes seconds.
 */
export function caseRows(question: CaseQuestion): Statement {
  const parameters: Parameter[] = []
  const bind = (value: Parameter) => `$${parameters.push(value)}`
  const until = `${bind(question.until)}::timestamptz`
  const from = `${bind(question.from)}::timestamptz`
  const ended = `${bind(ENDED)}::text[]`
  const during = (column: string) => `${column} >= ${from} AND ${column} < ${until}`
  const queries: [name: string, query: string][] = [
    [
      'alive',
      `(SELECT hazard_id FROM hazard_case WHERE last_at >= ${from}
       UNION SELECT id FROM hazard WHERE NOT state = ANY(${ended})
       UNION SELECT hazard_id FROM case_entry WHERE ${during('due_at')})
       INTERSECT SELECT hazard_id FROM case_entry WHERE seq = 1 AND at < ${until}`,
    ],
    ['place', placeSql(question, { from, until }, bind)],
    [
      'entry',
      `SELECT e.hazard_id, e.seq, e.at, e.kind, e.action, e.from_state, e.to_state, e.due_at, p.cell_id, p.source, p.ends_at,
         CASE WHEN e.kind = 'call-back' THEN e.detail END AS detail, lead(e.to_state) OVER of_case AS next_state,
         lead(e.at) OVER of_case AS next_at
       FROM place p JOIN case_entry e ON e.hazard_id = p.id WHERE e.at < ${until}
       WINDOW of_case AS (PARTITION BY e.hazard_id ORDER BY e.seq)`,
    ],
    ['run', RUNS],
    ...Object.entries(baseSql({ during, from, until, ended })),
    ...patrolRows(question, { from, until }, bind),
  ]
  return {
    text: `WITH ${queries.map(([name, query]) => `"${name}" AS ${READ_ONCE.has(name) ? 'MATERIALIZED ' : ''}(${query})`).join(',\n')}`,
    parameters,
    bind,
  }
}

const READ_ONCE: ReadonlySet<string> = new Set(['place', 'entry', 'run'])

/**
 * A case lies in the cells where it lies now or, of a deleted one, where it lay last. A deleted one was there until it was
 * deleted: from then on it neither stands open nor falls due. A demo area that was replaced was never real: what is
 * reckoned of its cases goes with it (server/demo), and of hazards without that nothing counts.
 */
function placeSql(
  { cells, reach, categories }: CaseQuestion,
  { from, until }: { from: string; until: string },
  bind: (value: Parameter) => string,
): string {
  const key = `${tableOf(cells)}_id`
  const deleted = (name: string) => `v."row"->>'category_${name}'`
  const asked = (['standard', 'kind', 'code'] as const).map((name) => categories?.map((of) => of[name]))
  const columns = asked.flatMap((values) => (values ? [`${bind(values)}::text[]`] : []))
  const among = (column: (name: string) => string) =>
    categories
      ? `AND (${['standard', 'kind', 'code'].map(column).join(', ')}) IN (SELECT * FROM unnest(${columns.join(', ')}))`
      : ''
  return `SELECT t.id, t.${key} AS cell_id, t.category_standard, t.category_kind, t.category_code, c.source, ${until} AS ends_at
     FROM alive a JOIN hazard t ON t.id = a.hazard_id JOIN hazard_case c ON c.hazard_id = t.id
     WHERE ${reachClause('hazards', reach, bind)} ${among((name) => `t.category_${name}`)}
     UNION ALL
     SELECT v.feature_id, (v."row"->>'${key}')::bigint, ${deleted('standard')}, ${deleted('kind')}, ${deleted('code')}, c.source,
       least(v.valid_to, ${until})
     FROM (SELECT DISTINCT ON (feature_id) * FROM feature_version
       WHERE layer = 'hazards' AND ended = 'delete' ORDER BY feature_id, version DESC) v
       JOIN hazard_case c ON c.hazard_id = v.feature_id
     WHERE v.valid_to >= ${from} AND NOT EXISTS (SELECT FROM hazard h WHERE h.id = v.feature_id)
       AND ${pastReachClause('hazards', reach, bind)} ${among(deleted)}`
}

/**
 * Each time that a clock ran, from the entry that led into one of its states to the one that led out: a stint. due_at is
 * the deadline in force when it ended or, while it runs, at the end of the time looked at; NULL while it is suspended.
 */
const RUNS = `
  SELECT hazard_id, clock, row_number() OVER (PARTITION BY hazard_id, clock ORDER BY stint)::int AS run, cell_id, ends_at,
    started_at, started_by, due_at, stopped_at, stopped_to, extended
  FROM (
    SELECT hazard_id, clock, stint, cell_id, ends_at, min(at) AS started_at, min(action) FILTER (WHERE begins) AS started_by,
      min(due_at) FILTER (WHERE ends) AS due_at, min(next_at) FILTER (WHERE ends) AS stopped_at,
      min(next_state) FILTER (WHERE ends) AS stopped_to, bool_or(kind = 'extended') AS extended
    FROM (
      SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY hazard_id ORDER BY seq) AS stint
      FROM (
        SELECT *, clock IS DISTINCT FROM ${clockSql('from_state')} AS begins,
          clock IS DISTINCT FROM ${clockSql('next_state')} AS ends
        FROM (SELECT *, ${clockSql('to_state')} AS clock FROM entry) timed
      ) marked
    ) numbered
    WHERE clock IS NOT NULL GROUP BY hazard_id, clock, stint, cell_id, ends_at
  ) stints`

interface Times {
  during(column: string): string
  from: string
  until: string
  ended: string
}

function baseSql({ during, from, until, ended }: Times): Record<CaseBase | keyof BarometerCounts, string> {
  const fallsDue = `due_at >= ${from} AND due_at < ends_at`
  // One that was returned in time was no longer that department’s to handle.
  const due = `${fallsDue} AND NOT coalesce(stopped_to = 'returned' AND stopped_at <= due_at, false)`
  const inTime = 'coalesce(stopped_at <= due_at, false)'
  const lastOf = (clock: Clock) =>
    `coalesce((array_agg(in_time ORDER BY run DESC) FILTER (WHERE clock = '${clock}'))[1], true)`
  const taken = `min(at) FILTER (WHERE action = 'take')`
  const answered = (what: 'solved' | 'satisfied') => `
    SELECT DISTINCT ON (hazard_id) hazard_id, 1 AS run, cell_id, at, (detail->>'${what}')::boolean AS ${what}
    FROM entry WHERE kind = 'call-back' AND ${during('at')} AND detail->>'${what}' IN ('true', 'false')
    ORDER BY hazard_id, seq DESC`
  const closed = (flags: string, where = '') => `
    SELECT hazard_id, 1 AS run, cell_id, max(at) AS at${flags}
    FROM entry WHERE action = 'close' AND ${during('at')} ${where} GROUP BY hazard_id, cell_id`
  const stoppedInTime = (clock: Clock) => `
    SELECT hazard_id, run, cell_id, due_at AS at, ${inTime} AS in_time FROM run WHERE clock = '${clock}' AND ${fallsDue}`
  const calledBy = (who: CallBackBy) =>
    `hazard_id IN (SELECT hazard_id FROM entry WHERE kind = 'call-back' AND detail->>'by' = '${who}')`
  return {
    'accept-due': stoppedInTime('accept'),
    'verify-due': stoppedInTime('verify'),
    'dispatch-due': stoppedInTime('dispatch'),
    'check-due': stoppedInTime('check'),
    'handling-due': `
      SELECT hazard_id, run, cell_id, due_at AS at, coalesce(stopped_to = 'pending_check', false) AS handled,
        coalesce(stopped_to = 'pending_check', false) AND ${inTime} AS in_time, extended
      FROM run WHERE clock = 'handle' AND ${due}`,
    'closing-due': `
      SELECT hazard_id, max(run) FILTER (WHERE is_due) AS run, cell_id,
        (array_agg(due_at ORDER BY run DESC) FILTER (WHERE is_due))[1] AS at, bool_or(closed) AS closed,
        bool_or(closed) AND ${lastOf('handle')} AND ${lastOf('check')} AS in_time
      FROM (
        SELECT hazard_id, cell_id, clock, run, due_at, clock = 'handle' AND coalesce(${due}, false) AS is_due, false AS closed,
          stopped_at <= due_at AS in_time FROM run WHERE clock IN ('handle', 'check')
        UNION ALL
        SELECT hazard_id, cell_id, NULL, NULL, NULL, false, to_state = 'closed', NULL FROM entry WHERE next_state IS NULL
      ) told GROUP BY hazard_id, cell_id HAVING bool_or(is_due)`,
    dispatched: `
      SELECT hazard_id, run, cell_id, started_at AS at, stopped_to IS DISTINCT FROM 'returned' AS right_first
      FROM run WHERE clock = 'handle' AND run = 1 AND started_by = 'dispatch' AND ${during('started_at')}`,
    reported: `
      SELECT e.hazard_id, 1 AS run, e.cell_id, e.at,
        e.hazard_id IN (SELECT hazard_id FROM entry WHERE action = 'file') AS filed
      FROM entry e WHERE e.seq = 1 AND e.action = 'report' AND ${during('e.at')}`,
    closed: closed(`, hazard_id IN (SELECT hazard_id FROM entry WHERE action = 'reopen') AS reworked`),
    open: `
      SELECT hazard_id, 1 AS run, cell_id, at, coalesce(due_at < ${until}, false) AS overdue
      FROM entry WHERE next_state IS NULL AND NOT to_state = ANY(${ended}) AND ends_at = ${until} AND ${from} < ${until}`,
    'hotline-taken': `
      SELECT hazard_id, 1 AS run, cell_id, ${taken} AS at, coalesce(min(seq) FILTER (WHERE kind = 'contact')
          < coalesce(min(seq) FILTER (WHERE action = 'finish'), 2147483647), false) AS contacted
      FROM entry WHERE source = 'hotline' AND (kind = 'contact' OR action IN ('take', 'finish'))
      GROUP BY hazard_id, cell_id HAVING ${during(taken)}`,
    'hotline-closed': closed(
      `, ${calledBy('unit')} AND ${calledBy('street')} AS called_twice`,
      `AND source = 'hotline'`,
    ),
    'hotline-called': answered('solved'),
    'hotline-asked': answered('satisfied'),
    fresh: `SELECT hazard_id, 1 AS run, cell_id, at FROM entry WHERE seq = 1 AND ${during('at')}`,
    solved: closed(''),
    standing: 'SELECT * FROM "open"',
  }
}
