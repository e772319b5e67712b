import { createHash } from 'node:crypto'
import { write } from '../../geodata/hazards/apply-action.ts'
import type { Report } from '../../geodata/hazards/case.schema.ts'
import { isEnded } from '../../geodata/hazards/workflow.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { applyChanges } from '../editing/apply-changes.store.ts'
import { transact } from '../features/transact.store.ts'
import { type NewEvent, recordEvents } from '../live/events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { timeOf } from './act-on-case.ts'
import { type Beginning, beginAs, beginAsUsual } from './begin-cases.store.ts'
import type { Doer } from './doer.ts'
import { laterOf, lockCase, writeAt } from './lock-case.store.ts'
import { storeApplied } from './store-applied.store.ts'

export interface Reported {
  hazardId: number
  /** false: it was sent before, or joined to a case that there is. */
  isNew: boolean
}

/**
 * Begins a case, or joins the report to one that is open; once, however often it is sent. Throws outside-area, not-found for
 * a case to join that is not there, wrong-state for one that is over, id-reused when the id is of another report.
 */
export async function reportCase(sql: Sql, report: Report, doer: Doer, moment?: Date): Promise<Reported> {
  try {
    return await transact(sql, async (tx) => {
      const { event, ...reported } = await reportIn(tx, report, doer, {}, moment)
      if (event) await recordEvents(tx, doer.actor, [event])
      return reported
    })
  } catch (error) {
    // Of two that are sent at once the second runs into the first: it is then as if it came later.
    const before = await sentBefore(sql, report)
    if (before) return before
    throw error
  }
}

/** The same within a transaction; the event is to be recorded last in it. `more`: where the case comes from. */
export async function reportIn(
  tx: TransactionSql,
  report: Report,
  doer: Pick<Doer, 'actor' | 'reach' | 'role'>,
  more: Pick<Beginning, 'source' | 'externalRef' | 'note' | 'detail'> = {},
  moment?: Date,
): Promise<Reported & { event?: NewEvent }> {
  const before = await sentBefore(tx, report)
  if (before) return before
  await writeAt(tx, moment)
  if (report.duplicateOf !== undefined) return join(tx, report, report.duplicateOf, doer, moment)
  const { actor, reach, role } = doer
  await beginAs(tx, {
    source: role === 'officer' ? 'officer' : 'desk',
    role,
    requestId: report.id,
    requestHash: hashOf(report),
    ...more,
  })
  const [clock] = await tx<[{ now: Date }]>`SELECT gridward_now() AS now`
  const applied = await applyChanges(
    tx,
    {
      puts: [
        {
          layer: 'hazards',
          id: -1,
          version: null,
          geometry: { type: 'Point', coordinates: report.lngLat },
          properties: {
            title: report.title,
            description: report.description,
            categoryStandard: report.category.standard,
            categoryKind: report.category.kind,
            categoryCode: report.category.code,
            severity: report.severity,
            reportedAt: timeOf(report.reportedAt, clock.now.toISOString()),
          },
        },
      ],
      deletes: [],
    },
    { actor, reach, strict: true },
  )
  // Nothing that is new can be in conflict.
  if ('conflicts' in applied) throw new Error('A new hazard was told to be in conflict.')
  await beginAsUsual(tx)
  return { hazardId: applied.ids['-1']!, isNew: true, event: applied.events.at(-1)! }
}

async function join(
  tx: TransactionSql,
  report: Report,
  id: number,
  doer: Pick<Doer, 'actor' | 'reach' | 'role'>,
  moment: Date | undefined,
): Promise<Reported & { event: NewEvent }> {
  const locked = await lockCase(tx, id, { ...doer, moment })
  const { state, now } = locked
  if (isEnded(state.state))
    throw new Problem(
      'wrong-state',
      `The case ${id} is “${state.state}”, so nothing joins it any more. Send the report without duplicateOf.`,
      { extra: { state: state.state } },
    )
  const { title, description, lngLat, category, severity } = report
  const reportedAt = timeOf(report.reportedAt, now)
  const applied = write(
    state,
    state,
    { at: laterOf(locked), action: null, note: description ?? title },
    'duplicate',
    { requestId: report.id, requestHash: hashOf(report), title, lngLat, category, severity, reportedAt },
  )
  const { event } = await storeApplied(tx, locked, applied, doer)
  return { hazardId: id, isNew: false, event }
}

async function sentBefore(sql: Sql | TransactionSql, report: Report): Promise<Reported | undefined> {
  const [found] = await sql<{ hazardId: number; hash: string | null }[]>`
    SELECT hazard_id AS "hazardId", request_hash AS hash FROM hazard_case WHERE request_id = ${report.id}
    UNION ALL SELECT hazard_id, detail->>'requestHash' FROM case_entry
    WHERE kind = 'duplicate' AND detail->>'requestId' = ${report.id}`
  if (!found) return undefined
  if (found.hash === hashOf(report)) return { hazardId: found.hazardId, isNew: false }
  throw new Problem('id-reused', `The id ${report.id} is of another report. Give a new one.`)
}

const hashOf = (report: Report): string => createHash('sha256').update(JSON.stringify(report)).digest('hex')
