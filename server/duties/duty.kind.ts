import type { AnalysisNote, Json } from '../../geodata/coverage/analysis.schema.ts'
import {
  CHECKED_LAYER,
  type CheckedRole,
  type DutyCoverage,
  type DutyLoad,
  type DutyParams,
  type DutyResult,
  dutyParamsSchema,
  EXAMPLE_LIMITS,
} from '../../geodata/duties/duty-analysis.schema.ts'
import { middleOf } from '../../geodata/duties/middle-of.ts'
import { type DutyTarget, sumDuties } from '../../geodata/duties/sum-duties.ts'
import { localPlane } from '../../geodata/editing/local-plane.ts'
import type { AnalysisContext, AnalysisKind, AnalysisPart } from '../coverage/analysis-kind.ts'
import { readTargets } from './duty-targets.store.ts'
import { proposeDuties } from './propose-duties.ts'
import { withShapes } from './read-shapes.store.ts'

/** More buildings than these are counted, but not drawn with who looks after them. */
const MOST_DRAWN = 20_000
const MOST_LOADS = 100

/** Who looks after each cell, building and post: what nobody does, how even it is, and how to hand it out. */
export const dutyKind: AnalysisKind<DutyParams, DutyResult> = {
  kind: 'duty',
  params: dutyParamsSchema,
  reads: ['communities', 'grids', 'micro-grids', 'buildings', 'checkpoints', 'roads'],
  async run(context, { roles, buildings, assign }) {
    const { sql, reach, progress } = context
    const notes: AnalysisNote[] = []
    const coverage: DutyCoverage[] = []
    const parts: AnalysisPart[] = []
    const asked = [...new Set(assign ? [...roles, assign.role] : roles)]
    const targetsOf = new Map<CheckedRole, DutyTarget[]>()
    for (const [at, role] of asked.entries()) {
      progress((0.3 * at) / asked.length, 'reading')
      context.signal.throwIfAborted()
      const targets = await readTargets(sql, role, buildings, reach)
      targetsOf.set(role, targets)
      const limits =
        assign?.role === role
          ? { targets: assign.maxTargets, households: assign.maxHouseholds }
          : EXAMPLE_LIMITS[role]
      const sums = sumDuties(role, CHECKED_LAYER[role], targets, limits)
      const loads = sums.loads.slice(0, MOST_LOADS)
      coverage.push({ ...sums, loads: await spreads(context, targets, loads) })
      if (targets.length === 0) notes.push({ code: 'nothing-to-look-after', values: { role } })
      const unknown = targets.filter(({ households }) => households === null).length
      if (unknown > 0) notes.push({ code: 'households-unknown', values: { role, count: unknown } })
      if (targets.length > MOST_DRAWN)
        notes.push({ code: 'covered-not-drawn', values: { role, count: targets.length, most: MOST_DRAWN } })
    }
    const proposed = assign
      ? await proposeDuties(context, targetsOf.get(assign.role)!, assign)
      : { proposal: null, notes: [], given: [] }
    progress(0.85, 'drawing')

    const rows = (pick: (role: CheckedRole, target: DutyTarget) => boolean, isPoint: boolean) =>
      [...targetsOf].flatMap(([role, targets]) =>
        (CHECKED_LAYER[role] === 'checkpoints') === isPoint
          ? targets.filter((target) => pick(role, target)).map((target) => ({ role, target }))
          : [],
      )
    const isGap = (_: CheckedRole, { holders }: DutyTarget) => holders.length === 0
    const isDrawn = (role: CheckedRole, { holders }: DutyTarget) =>
      holders.length > 0 && targetsOf.get(role)!.length <= MOST_DRAWN
    const shapes = (found: ReturnType<typeof rows>) =>
      found.map(({ role, target }) => ({ ...target, properties: propertiesOf(role, target) }))
    const add = (part: string, isPoint: boolean, features: ReturnType<typeof shapes>) => {
      if (features.length > 0)
        parts.push({ part, geometry: isPoint ? 'Point' : 'MultiPolygon', features: drawn(context, features) })
    }
    add('gap', false, shapes(rows(isGap, false)))
    add('post-gap', true, shapes(rows(isGap, true)))
    add('held', false, shapes(rows(isDrawn, false)))
    add('post-held', true, shapes(rows(isDrawn, true)))
    if (assign)
      add(
        'assigned',
        CHECKED_LAYER[assign.role] === 'checkpoints',
        proposed.given.map(({ target, holder, before, metres }) => ({
          ...target,
          properties: { ...propertiesOf(assign.role, target), holder, before, metres },
        })),
      )
    return { result: { coverage, proposal: proposed.proposal }, notes: [...notes, ...proposed.notes], parts }
  },
}

const propertiesOf = (role: CheckedRole, target: DutyTarget): Record<string, Json> => ({
  role,
  layer: target.layer,
  feature: target.id,
  code: target.code,
  name: target.name,
  households: target.households,
  holder: target.holders.join('、') || null,
  holders: target.holders.length,
})

async function* drawn(
  { sql }: AnalysisContext,
  features: readonly (Pick<DutyTarget, 'id' | 'layer'> & { properties: Record<string, Json> })[],
) {
  for (const layer of ['grids', 'micro-grids', 'buildings', 'checkpoints'] as const)
    yield* withShapes(
      sql,
      layer,
      features.filter((feature) => feature.layer === layer),
    )
}

/** How far apart on foot what somebody holds lies. */
async function spreads(
  { network, signal }: AnalysisContext,
  targets: readonly DutyTarget[],
  loads: readonly DutyLoad[],
): Promise<DutyLoad[]> {
  if (targets.length === 0) return []
  const { toMetres } = localPlane(targets[0]!.lngLat)
  const places = targets.map(({ lngLat }) => toMetres(lngLat))
  const ownAt = new Map<string, number[]>()
  for (const [at, { holders }] of targets.entries())
    for (const holder of holders) {
      const own = ownAt.get(holder)
      if (own) own.push(at)
      else ownAt.set(holder, [at])
    }
  const answer: DutyLoad[] = []
  for (const load of loads) {
    const own = ownAt.get(load.holder)!
    if (own.length < 2) {
      answer.push(load)
      continue
    }
    const { metres } = await network.matrix(
      [targets[middleOf(places, own)]!.lngLat],
      own.map((at) => targets[at]!.lngLat),
      { signal },
    )
    const farthest = metres.reduce((most, way) => Math.max(most, way), 0)
    answer.push({ ...load, spreadMetres: Number.isFinite(farthest) ? Math.round(farthest) : null })
  }
  return answer
}
