import { Problem } from '../../geodata/shared/problem.ts'
import { type SyncedEntry, type WalkEntry, walkEntrySchema } from '../../geodata/walks/walk.schema.ts'
import { expectedProblem } from '../features/transact.store.ts'
import { type NewEvent, recordEvents } from '../live/events.store.ts'
import { recordPatrolEvents } from '../live/patrol-events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { issuesOf } from '../platform/problem.ts'
import { eventsOfWalks, type WalkChange } from './events-of-walks.ts'
import { findHandedOut, type HandedOut } from './handed-out.store.ts'
import { takeEntry, type Walker } from './take-entry.ts'

/** What of a walk is told to those who look on; positions come too often. */
const CHANGES: Partial<Record<WalkEntry['kind'], WalkChange['change']>> = {
  begin: 'begun',
  'check-in': 'visit',
  end: 'ended',
}

export interface Synced {
  entries: SyncedEntry[]
  /** Whose positions or times on duty changed. */
  runIds: number[]
}

/**
 * Takes what a phone sends, each entry whole or not at all, once however often it is sent. Beginnings and ends of duty are
 * taken first: what else comes with them needs them. One person’s requests wait for each other.
 */
export async function syncEntries(
  sql: Sql,
  walker: Walker,
  device: string,
  sent: readonly { id: string }[],
  now = Date.now(),
): Promise<Synced> {
  return (await sql.begin(async (tx) => {
    await lockWalker(tx, walker.actor.name)
    const known = await readKnown(tx, sent)
    const answers = new Map<number, SyncedEntry>()
    const handedOut = new Map<string, HandedOut | undefined>()
    const events: NewEvent[] = []
    const walked: WalkChange[] = []
    const runIds = new Set<number>()
    const parsed = sent.map((one) => walkEntrySchema.safeParse(one))

    async function take(entry: WalkEntry): Promise<SyncedEntry> {
      const before = known.get(entry.id.toLowerCase())
      if (before) return again(entry.id, before, walker)
      const key = `${entry.planId} ${entry.roundId}`
      if (!handedOut.has(key))
        handedOut.set(key, await findHandedOut(tx, entry.planId, entry.roundId, walker.actor.name))
      const round = handedOut.get(key)
      if (!round) return refused(entry.id, noSuchRound())
      try {
        const taken = await tx.savepoint((inner) =>
          takeEntry(inner, entry, { walker, device, handedOut: round, now }),
        )
        events.push(...taken.events)
        const change = CHANGES[entry.kind]
        if (change) walked.push({ planId: entry.planId, runId: taken.runId, change })
        if (entry.kind !== 'record' && entry.kind !== 'report') runIds.add(taken.runId)
        known.set(entry.id.toLowerCase(), {
          person: walker.actor.name,
          visit: taken.answer.visit ?? null,
          hazardId: taken.answer.hazardId ?? null,
        })
        return { id: entry.id, state: 'taken', ...taken.answer }
      } catch (error) {
        const problem = expectedProblem(error)
        if (!problem) throw error
        return refused(entry.id, problem)
      }
    }

    for (const [place, result] of parsed.entries())
      if (!result.success) {
        const issues = issuesOf(result.error)
        const text = issues.map(({ at, message }) => `${at} ${message}`).join('; ')
        answers.set(
          place,
          refused(sent[place]!.id, new Problem('invalid-body', `The entry does not fit: ${text}`)),
        )
      }
    const order = parsed.flatMap((result, place) => (result.success ? { place, entry: result.data } : []))
    order.sort((a, b) => rankOf(a.entry) - rankOf(b.entry) || Date.parse(a.entry.at) - Date.parse(b.entry.at))
    for (const { place, entry } of order) answers.set(place, await take(entry))
    await recordEvents(tx, walker.actor, events)
    await recordPatrolEvents(tx, walker.actor, await eventsOfWalks(tx, walked))
    return { entries: sent.map((_, place) => answers.get(place)!), runIds: [...runIds] }
  })) as Synced
}

/** Until the transaction ends, what the same person sends elsewhere waits. */
export async function lockWalker(tx: TransactionSql, person: string): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(hashtext('gridward_walk'), hashtext(${person}))`
}

interface Known {
  person: string
  visit: SyncedEntry['visit'] | null
  hazardId: number | null
}

async function readKnown(tx: TransactionSql, sent: readonly { id: string }[]): Promise<Map<string, Known>> {
  const rows = await tx<(Known & { id: string })[]>`
    SELECT id, person, body->>'visit' AS visit, hazard_id AS "hazardId" FROM patrol_entry
    WHERE id = ANY(${sent.map(({ id }) => id)}::uuid[])`
  return new Map(rows.map(({ id, ...known }) => [id, known]))
}

function again(id: string, { person, visit, hazardId }: Known, walker: Walker): SyncedEntry {
  if (person !== walker.actor.name)
    return refused(
      id,
      new Problem('id-reused', `The id ${id} is of an entry of someone else. Give a new one.`),
    )
  return { id, state: 'known', ...(visit ? { visit } : {}), ...(hazardId === null ? {} : { hazardId }) }
}

/** Also for a round of other people: who it is for is not told. */
export const noSuchRound = () =>
  new Problem(
    'not-found',
    'There is no such round that was handed out to you. Ask for your rounds again: GET /api/v1/patrols/mine.',
  )

const rankOf = ({ kind }: WalkEntry): number => (kind === 'begin' || kind === 'end' ? 0 : 1)

const refused = (id: string, { code, message }: Problem): SyncedEntry => ({
  id,
  state: 'refused',
  problem: { code, detail: message },
})
