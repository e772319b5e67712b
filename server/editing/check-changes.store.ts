import type { CheckReport } from '../../geodata/editing/change-report.schema.ts'
import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import { compareFindings } from '../../geodata/places/compare-findings.ts'
import type { HouseholdBand } from '../../geodata/places/household-band.ts'
import type { TopologyFinding } from '../../geodata/places/topology.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import type { Moved } from '../features/cells.store.ts'
import { transact } from '../features/transact.store.ts'
import { readTopology } from '../places/topology.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { applyChanges, lockFor } from './apply-changes.store.ts'
import { keyOf } from './find-conflicts.store.ts'
import { otherLayerOf, showFindings } from './show-findings.store.ts'
import { codeChanges } from './tell-codes.store.ts'
import { householdsOf, judgeGrids } from './tell-households.store.ts'
import { tellMoves } from './tell-moves.store.ts'
import { communitiesNow, touchedCommunities } from './touched-communities.store.ts'

const MAX_FINDINGS = 200

export interface CheckOptions {
  actor: Actor
  reach: Reach
  toleranceSquareMetres: number
  band: HouseholdBand
  /** Aborted when nobody waits for the report any more. */
  signal?: AbortSignal
}

const NOTHING: CheckReport = {
  conflicts: [],
  problem: null,
  fresh: [],
  freshTotal: 0,
  standing: 0,
  healed: 0,
  partial: false,
  moves: { total: 0, list: [] },
  codes: [],
  households: [],
}

/** Ends a transaction without keeping anything of it. */
class TakeBack extends Error {
  readonly report: CheckReport
  constructor(report: CheckReport) {
    super('taken back')
    this.report = report
  }
}

/**
 * Applies a change set, looks at what came of it, and takes it all back: nobody else sees any of it, and no event is
 * written. Throws `unavailable` when another change crossed it.
 */
export async function checkChanges(
  sql: Sql,
  changes: ChangeSet,
  options: CheckOptions,
): Promise<CheckReport> {
  try {
    return await transact(sql, async (tx) => {
      throw new TakeBack(await tryOut(tx, changes, options))
    })
  } catch (error) {
    if (error instanceof TakeBack) return error.report
    throw error
  }
}

async function tryOut(
  tx: TransactionSql,
  changes: ChangeSet,
  { actor, reach, toleranceSquareMetres: tolerance, band, signal }: CheckOptions,
): Promise<CheckReport> {
  // First of all: between looking and applying nobody may change a cell.
  await lockFor(tx, changes)
  // It waited its turn: a page that edits on has asked anew by now, and writers wait behind this one.
  if (signal?.aborted) throw new Problem('unavailable', 'The check was given up before it began.')
  const { ids: communities, partial } = await touchedCommunities(tx, changes)
  const findingsBefore = await findings(tx, communities, tolerance)
  const householdsBefore = await householdsOf(tx, communities)
  const moved: Moved[] = []
  const applied = await applyChanges(tx, changes, { actor, reach, moved }).catch((error: unknown) => {
    if (error instanceof Problem && error.code !== 'unavailable') return error
    throw error
  })
  // After a refusal the transaction may be beyond use: nothing more is asked of it.
  if (applied instanceof Problem) return { ...NOTHING, problem: told(applied) }
  if ('conflicts' in applied) return { ...NOTHING, conflicts: applied.conflicts }
  const named = namesOfNew(changes, applied.ids)
  const remaining = await communitiesNow(tx, communities, changes, applied.ids)
  const compared = await showFindings(
    tx,
    compareFindings(findingsBefore, await findings(tx, remaining, tolerance), tolerance),
    reach,
  )
  return {
    ...NOTHING,
    fresh: compared.fresh.slice(0, MAX_FINDINGS).map((finding) => renamed(finding, named)),
    freshTotal: compared.fresh.length,
    standing: compared.standing.length,
    healed: compared.healed.length,
    partial,
    moves: await tellMoves(tx, moved, applied, named),
    codes: await codeChanges(tx, changes, applied),
    households: judgeGrids(changes, householdsBefore, await householdsOf(tx, remaining), band, named),
  }
}

function told({ code, message, extra }: Problem): CheckReport['problem'] {
  const at = extra?.at as { layer: LayerId; id: number } | undefined
  return { code, detail: message, ...(at ? { at } : {}) }
}

/** The overlap of two communities is a finding of both: it is told once. */
async function findings(
  tx: TransactionSql,
  communities: number[],
  tolerance: number,
): Promise<TopologyFinding[]> {
  const found: TopologyFinding[] = []
  for (const id of communities) found.push(...(await readTopology(tx, id, tolerance, 'everywhere')))
  return found.filter(
    ({ layer, kind, id, otherId }) =>
      layer !== 'communities' || kind !== 'overlap' || id < otherId! || !communities.includes(otherId!),
  )
}

/** The negative ids of new features by layer and the ids that they had for a moment. */
function namesOfNew({ puts }: ChangeSet, ids: Record<string, number>): Map<string, number> {
  return new Map(puts.filter(({ id }) => id < 0).map(({ layer, id }) => [keyOf(layer, ids[String(id)]!), id]))
}

function renamed(finding: TopologyFinding, named: Map<string, number>): TopologyFinding {
  const { layer, id, otherId } = finding
  return {
    ...finding,
    id: named.get(keyOf(layer, id)) ?? id,
    otherId: otherId === null ? null : (named.get(keyOf(otherLayerOf(finding), otherId)) ?? otherId),
  }
}
