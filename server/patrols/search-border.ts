import { closedWalkSteps } from '../../geodata/network/closed-walk.ts'
import type { Proposal } from '../../geodata/patrols/generation.schema.ts'
import type { GenerationSettings, Plan } from '../../geodata/patrols/plan.schema.ts'
import { poseBorder } from '../../geodata/patrols/pose-border.ts'
import { keptRounds } from '../../geodata/patrols/pose-rounds.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AreaRow } from '../access/area.store.ts'
import { inSlices } from '../network/in-slices.ts'
import type { Network } from '../network/network.ts'
import type { Sql } from '../platform/database.ts'
import { expectSoundShapes, readBorder } from './area-shapes.store.ts'

/**
 * Rounds along the border of the plan's cells, on the streets beside it, by teams that walk at equal distances and relieve each
 * other. Throws no-border, invalid-geometry, and what poseBorder does.
 */
export async function searchBorder(
  sql: Sql,
  network: Pick<Network, 'current'>,
  plan: Plan,
  settings: GenerationSettings,
  cells: readonly AreaRow[],
  signal: AbortSignal,
): Promise<Proposal> {
  const began = performance.now()
  await expectSoundShapes(sql, cells)
  const ring = await readBorder(sql, cells)
  const { graph } = await network.current()
  const walk = await inSlices(closedWalkSteps(graph, ring), signal)
  if (!walk)
    throw new Problem(
      'no-border',
      'The border of the plan’s area is 0 m long. Draw its cells anew on the map.',
    )
  const posed = poseBorder(graph, walk, plan, settings, keptRounds(plan, settings))
  return {
    ...posed,
    unserved: [],
    visits: 0,
    generated: {
      settings,
      seconds: (performance.now() - began) / 1000,
      iterations: 0,
      at: new Date().toISOString(),
    },
  }
}
