import type { GridDraft, MicroDraft } from './town.ts'

export const householdsOf = (micro: MicroDraft): number =>
  micro.buildings.reduce((sum, building) => sum + building.households, 0)

/**
 * Groups a run of micro-grids, each beside the one before it, into grids of 300–500 households: the partition with the
 * least total misfit, found by dynamic programming over the run.
 */
export function groupMicros(micros: MicroDraft[], name: string): GridDraft[] {
  const sums = [0]
  for (const micro of micros) sums.push(sums.at(-1)! + householdsOf(micro))
  const best = [{ cost: 0, from: 0 }]
  for (let to = 1; to <= micros.length; to++) {
    let found = { cost: Infinity, from: 0 }
    for (let from = 0; from < to; from++) {
      const cost = best[from]!.cost + misfit(sums[to]! - sums[from]!)
      if (cost < found.cost) found = { cost, from }
    }
    best.push(found)
  }
  const groups: MicroDraft[][] = []
  for (let to = micros.length; to > 0; to = best[to]!.from) groups.unshift(micros.slice(best[to]!.from, to))
  return groups.map((group, i) => ({
    kind: 'general',
    name: groups.length > 1 ? `${name}第${'一二三四五六七八九'[i] ?? i + 1}网格` : `${name}网格`,
    micros: group,
  }))
}

const misfit = (households: number) => {
  const outside = Math.max(0, 310 - households, households - 490)
  return 1 + Math.abs(households - 400) / 400 + outside
}
