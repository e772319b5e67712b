import { createRandom, type Random } from '../../geodata/demo/random.ts'
import { applyAction, beginCase, type CaseAction } from '../../geodata/hazards/apply-action.ts'
import type { CaseState, NewEntry } from '../../geodata/hazards/case-state.ts'
import type { CaseRules, Category } from '../../geodata/hazards/limits.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { beginAsUsual, bringHistories } from '../../server/cases/begin-cases.store.ts'
import type { Sql } from '../../server/platform/database.ts'

/** A case with its history, for a hazard in these cells. */
export interface PlayedCase {
  title: string
  category: Category
  severity: CaseState['severity']
  cells: { community: number | null; grid: number | null; microGrid: number | null }
  source: string
  state: CaseState
  entries: (NewEntry & { kind: string })[]
}

/** What comes of actions one after the other; one that the rules refuse is an error of the test. */
export function play(
  of: Pick<PlayedCase, 'title' | 'category' | 'severity' | 'cells'> & { source?: string },
  begins: string,
  actions: readonly CaseAction[],
  rules: CaseRules,
): PlayedCase {
  const begun = beginCase(of, { at: begins }, rules)
  let state = begun.next
  const entries = [begun.entry]
  for (const action of actions) {
    const applied = applyAction(state, action, rules)
    if (applied instanceof Problem) throw applied
    state = applied.next
    entries.push(applied.entry)
  }
  return { source: 'officer', ...of, state, entries }
}

const CHOICES: Record<string, readonly CaseAction['action'][]> = {
  reported: ['accept', 'accept', 'accept', 'reject'],
  pending_verify: ['file', 'file', 'file', 'file', 'reject'],
  rejected: ['appeal'],
  pending_dispatch: ['dispatch'],
  dispatched: ['take', 'take', 'take', 'take', 'return', 'suspend', 'ask-extension', 'extend'],
  handling: ['finish', 'finish', 'finish', 'return', 'suspend', 'ask-extension', 'extend', 'resume', 'note'],
  returned: ['dispatch'],
  handled: ['submit'],
  pending_check: ['close', 'close', 'close', 'reopen'],
  reopened: ['dispatch'],
  closed: ['reopen', 'note'],
}
const HOUR = 3_600_000
const MOST_STEPS = 24

/** A case that takes its way by chance: quick or slow, sent back, extended, suspended, or left alone. */
export function playAtRandom(
  of: Pick<PlayedCase, 'title' | 'category' | 'severity' | 'cells'>,
  begins: number,
  seed: number,
  rules: CaseRules,
): PlayedCase {
  const random = createRandom(seed)
  const isHotline = random.next() < 0.25
  const begun = beginCase(of, { at: new Date(begins).toISOString() }, rules)
  let state = begun.next
  const entries: PlayedCase['entries'] = [begun.entry]
  let now = begins
  const steps = random.int(0, MOST_STEPS)
  for (let step = 0; step < steps; step++) {
    now += Math.ceil((random.next() ** 3 * 90 + 0.05) * HOUR)
    const action = pick(CHOICES[state.state] ?? [], random)
    if (!action || (state.state === 'closed' && random.next() < 0.6)) continue
    const applied = applyAction(
      state,
      {
        ...{ action, at: new Date(now).toISOString(), reason: 'r', note: 'n', departmentId: 1 },
        ...(action === 'suspend' ? { until: new Date(now + 200 * HOUR).toISOString() } : {}),
      },
      rules,
    )
    if (applied instanceof Problem) continue
    state = applied.next
    entries.push(applied.entry)
    if (isHotline && random.next() < 0.4) entries.push(said(entries.at(-1)!, random))
    state = { ...state, entries: entries.length }
  }
  return { ...of, source: isHotline ? 'hotline' : 'officer', state, entries }
}

/** A contact with whoever called, or a call-back after the case was closed. */
function said(last: NewEntry, random: Random): PlayedCase['entries'][number] {
  const isCallBack = last.toState === 'closed'
  const answer = (share: number) => (random.next() < 0.2 ? null : random.next() < share)
  return {
    ...last,
    seq: last.seq + 1,
    kind: isCallBack ? 'call-back' : 'contact',
    action: null,
    fromState: last.toState,
    detail: isCallBack
      ? { by: last.seq % 2 === 0 ? 'street' : 'unit', solved: answer(0.7), satisfied: answer(0.6) }
      : null,
  }
}

const pick = <T>(list: readonly T[], random: Random): T | undefined => list[random.int(0, list.length - 1)]

/** Stores hazards with their histories, as an import would that brings them. Answers with their ids, in order. */
export async function storeCases(sql: Sql, cases: readonly PlayedCase[]): Promise<number[]> {
  const ids = await sql.begin(async (tx) => {
    await bringHistories(tx)
    const rows = await tx<{ id: number }[]>`
      INSERT INTO hazard (source_id, title, category_standard, category_kind, category_code, severity, state, reported_at,
        due_at, community_id, grid_id, micro_grid_id, geom)
      SELECT 'test:' || gen_random_uuid(), title, standard, kind, code, severity, state, reported, due, community, grid, micro,
        ST_SetSRID(ST_MakePoint(120.001, 31.001), 4326)
      FROM jsonb_to_recordset(${JSON.stringify(
        cases.map(({ title, category, severity, cells, state, entries }, n) => ({
          n,
          title,
          ...category,
          severity,
          state: state.state,
          reported: entries[0]!.at,
          due: entries.at(-1)!.dueAt,
          community: cells.community,
          grid: cells.grid,
          micro: cells.microGrid,
        })),
      )}::text::jsonb) AS row (n integer, title text, standard text, kind text, code text, severity text, state text,
        reported timestamptz, due timestamptz, community bigint, grid bigint, micro bigint) ORDER BY n
      RETURNING id`
    const stored = rows.map(({ id }) => id)
    await tx`
      INSERT INTO case_entry (hazard_id, seq, at, kind, action, from_state, to_state, actor, reason, note, due_at, detail)
      SELECT id, seq, at, kind, action, "fromState", "toState", 'test', reason, note, "dueAt", detail
      FROM jsonb_to_recordset(${JSON.stringify(
        cases.flatMap(({ entries }, index) => entries.map((entry) => ({ ...entry, id: stored[index] }))),
      )}::text::jsonb) AS row (id bigint, seq integer, at timestamptz, kind text, action text, "fromState" text,
        "toState" text, reason text, note text, "dueAt" timestamptz, detail jsonb) ORDER BY id, seq`
    await tx`
      INSERT INTO hazard_case (hazard_id, entries, state_since, last_at, source)
      SELECT id, entries, at, at, source FROM jsonb_to_recordset(${JSON.stringify(
        cases.map(({ entries, source }, index) => ({
          ...{ id: stored[index], entries: entries.length, at: entries.at(-1)!.at, source },
        })),
      )}::text::jsonb) AS row (id bigint, entries integer, at timestamptz, source text)`
    await beginAsUsual(tx)
    return stored
  })
  return ids as number[]
}
