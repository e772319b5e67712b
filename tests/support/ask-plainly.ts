import type { IndicatorId } from '../../geodata/figures/indicators.ts'
import type { Sql } from '../../server/platform/database.ts'

/**
 * The indicators once more, in plain SQL over the history and by what was done instead of by states: for each handling the
 * action that began it, the one that ended it and the deadline told last in between. $1: from, $2: to.
 */
const LAST = `(SELECT l.to_state FROM case_entry l WHERE l.hazard_id = x.hazard_id AND l.at < $2 ORDER BY l.seq DESC LIMIT 1)`

/** Rows of (hazard_id, seq, stop, how, stopped, due): from an action to the first of those that end it. */
const spans = (begins: string, ends: string) => `
  SELECT s.hazard_id, s.seq, o.seq AS stop, o.action AS how, o.at AS stopped,
    (SELECT d.due_at FROM case_entry d WHERE d.hazard_id = s.hazard_id AND d.seq >= s.seq AND d.at < $2
      AND d.seq < coalesce(o.seq, 1000000) ORDER BY d.seq DESC LIMIT 1) AS due
  FROM case_entry s LEFT JOIN LATERAL (SELECT e.seq, e.action, e.at FROM case_entry e
    WHERE e.hazard_id = s.hazard_id AND e.seq > s.seq AND e.at < $2 AND e.action IN (${ends}) ORDER BY e.seq LIMIT 1) o ON true
  WHERE s.action IN (${begins}) AND s.at < $2`
const HANDLINGS = `SELECT * FROM (${spans(`'dispatch'`, `'submit', 'return'`)}) h
  WHERE due >= $1 AND due < $2 AND NOT (how IS NOT NULL AND how = 'return' AND stopped <= due)`
const CHECKS = spans(`'submit'`, `'close', 'reopen'`)

const inTime = (begins: string, ends: string) =>
  count(
    `SELECT * FROM (${spans(begins, ends)}) c WHERE due >= $1 AND due < $2`,
    `stopped IS NOT NULL AND stopped <= due`,
  )

const count = (rows: string, what: string) =>
  `SELECT count(*)::int AS all, coalesce(sum(CASE WHEN ${what} THEN 1 ELSE 0 END), 0)::int AS some FROM (${rows}) x`
const exists = (what: string) =>
  `EXISTS (SELECT FROM case_entry y WHERE y.hazard_id = x.hazard_id AND y.at < $2 AND ${what})`
const called = (what: string) =>
  count(
    `SELECT hazard_id, max(seq) AS seq FROM case_entry WHERE kind = 'call-back' AND at >= $1 AND at < $2
       AND detail->>'${what}' IS NOT NULL GROUP BY hazard_id`,
    `(SELECT detail->>'${what}' FROM case_entry c WHERE c.hazard_id = x.hazard_id AND c.seq = x.seq) = 'true'`,
  )
const closing = (inTime: string) =>
  count(`SELECT DISTINCT hazard_id FROM (${HANDLINGS}) due`, `${LAST} = 'closed'${inTime}`)
const latest = (rows: string) =>
  `(SELECT r.stopped <= r.due FROM (${rows}) r WHERE r.hazard_id = x.hazard_id ORDER BY r.seq DESC LIMIT 1)`

/** The stops of the last version of each plan that was published before the round was over. */
const PLANNED = `
  SELECT DISTINCT ON (p.id, r->>'id', s->>'id') p.id AS plan_id, r->>'id' AS round_id, s->>'id' AS stop_id
  FROM patrol_plan p JOIN patrol_plan_version v ON v.plan_id = p.id CROSS JOIN jsonb_array_elements(v.plan->'rounds') r
    CROSS JOIN jsonb_array_elements(r->'stops') s
    CROSS JOIN LATERAL (SELECT coalesce(r->>'to', (SELECT t->>'to' FROM jsonb_array_elements(v.plan->'teams') t
      WHERE t->>'id' = r->>'teamId'))::timestamptz AS over) o
  WHERE o.over >= $1 AND o.over < $2 AND v.published_at <= o.over
    AND NOT EXISTS (SELECT FROM patrol_plan_version w WHERE w.plan_id = p.id AND w.version > v.version AND w.published_at <= o.over)
    AND (s->>'checkpointId')::bigint IN (SELECT id FROM checkpoint)
  ORDER BY p.id, r->>'id', s->>'id'`
/** The best of them, by luck also the last in the alphabet. */
const VISITS = `(SELECT max(state COLLATE "C") FROM patrol_visit i WHERE i.plan_id = x.plan_id AND i.started_at < $2
  AND i.round_id::text = lower(x.round_id) AND i.stop_id::text = lower(x.stop_id))`

const PLAIN: Record<IndicatorId, string> = {
  handling: count(HANDLINGS, `how = 'submit'`),
  'handling-in-time': count(HANDLINGS, `how = 'submit' AND stopped <= due`),
  extended: count(
    HANDLINGS,
    exists(`y.kind = 'extended' AND y.seq > x.seq AND y.seq < coalesce(x.stop, 1000000)`),
  ),
  closing: closing(''),
  'closing-in-time': closing(
    ` AND ${latest(spans(`'dispatch'`, `'submit', 'return'`))} AND ${latest(CHECKS)}`,
  ),
  'dispatch-accuracy': count(
    `SELECT hazard_id, min(seq) AS seq FROM case_entry WHERE action = 'dispatch' GROUP BY hazard_id
       HAVING min(at) >= $1 AND min(at) < $2`,
    `coalesce((SELECT e.action FROM case_entry e WHERE e.hazard_id = x.hazard_id AND e.seq > x.seq AND e.at < $2
       AND e.action IN ('submit', 'return') ORDER BY e.seq LIMIT 1), '') <> 'return'`,
  ),
  'valid-reports': count(
    `SELECT hazard_id FROM case_entry WHERE action = 'report' AND at >= $1 AND at < $2`,
    exists(`y.action = 'file'`),
  ),
  'accept-in-time': inTime(`'report'`, `'accept', 'reject'`),
  'verify-in-time': inTime(`'accept', 'appeal'`, `'file', 'reject'`),
  'dispatch-in-time': inTime(`'file', 'return', 'reopen'`, `'dispatch'`),
  'check-in-time': inTime(`'submit'`, `'close', 'reopen'`),
  rework: count(
    `SELECT DISTINCT hazard_id FROM case_entry WHERE action = 'close' AND at >= $1 AND at < $2`,
    exists(`y.action = 'reopen'`),
  ),
  'overdue-open': count(
    `SELECT DISTINCT hazard_id FROM case_entry x WHERE at < $2 AND ${LAST} NOT IN ('closed', 'rejected')`,
    `$1::timestamptz IS NOT NULL AND (SELECT l.due_at FROM case_entry l WHERE l.hazard_id = x.hazard_id AND l.at < $2
       ORDER BY l.seq DESC LIMIT 1) < $2`,
  ),
  'hotline-contact-first': count(
    `SELECT e.hazard_id, min(e.seq) AS seq FROM case_entry e JOIN hazard_case c ON c.hazard_id = e.hazard_id
       WHERE e.action = 'take' AND c.source = 'hotline' GROUP BY e.hazard_id HAVING min(e.at) >= $1 AND min(e.at) < $2`,
    exists(`y.kind = 'contact' AND NOT EXISTS (SELECT FROM case_entry z
      WHERE z.hazard_id = y.hazard_id AND z.action = 'finish' AND z.seq < y.seq)`),
  ),
  'hotline-called-twice': count(
    `SELECT DISTINCT e.hazard_id FROM case_entry e JOIN hazard_case c ON c.hazard_id = e.hazard_id
       WHERE e.action = 'close' AND c.source = 'hotline' AND e.at >= $1 AND e.at < $2`,
    `(SELECT count(DISTINCT detail->>'by') FROM case_entry y
       WHERE y.hazard_id = x.hazard_id AND y.kind = 'call-back' AND y.at < $2) = 2`,
  ),
  'hotline-solved': called('solved'),
  'hotline-satisfied': called('satisfied'),
  'patrol-visited': count(PLANNED, `${VISITS} = 'visited'`),
  'patrol-missed': count(
    PLANNED,
    `NOT EXISTS (SELECT FROM (SELECT ${VISITS} AS best) v WHERE best IS NOT NULL)`,
  ),
  'patrol-coverage': count(
    `SELECT id FROM checkpoint WHERE created_at < $2`,
    `x.id IN (SELECT checkpoint_id FROM patrol_visit WHERE state = 'visited' AND started_at >= $1 AND started_at < $2)`,
  ),
}

/** [numerator, denominator] of an indicator over everything. */
export async function askPlainly(
  sql: Sql,
  id: IndicatorId,
  { from, to }: { from: string; to: string },
): Promise<[number, number]> {
  const text = PLAIN[id].replaceAll('$1', '$1::timestamptz').replaceAll('$2', '$2::timestamptz')
  const [row] = await sql.unsafe<{ all: number; some: number }[]>(
    text.replaceAll('::timestamptz::timestamptz', '::timestamptz'),
    [from, to],
  )
  return [row!.some, row!.all]
}
