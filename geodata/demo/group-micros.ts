import type { GridDraft, MicroDraft } from './town.ts'

export const householdsOf = (micro: MicroDraft): number =>
  micro.buildings.reduce((sum, building) => sum + building.households, 0)

/**
 * Parts a run of micro-grids, each beside the one before it, into grids of 300–500 households with the least total
 * misfit, by dynamic programming. Takes households along the run; returns the cost and where each grid ends.
 */
export function partitionRun(households: readonly number[]): { cost: number; ends: number[] } {
  const sums = [0]
  for (const count of households) sums.push(sums.at(-1)! + count)
  const best = [{ cost: 0, from: 0 }]
  for (let to = 1; to <= households.length; to++) {
    let found = { cost: Infinity, from: 0 }
    for (let from = 0; from < to; from++) {
      const cost = best[from]!.cost + misfit(sums[to]! - sums[from]!)
      if (cost < found.cost) found = { cost, from }
    }
    best.push(found)
  }
  const ends: number[] = []
  for (let to = households.length; to > 0; to = best[to]!.from) ends.unshift(to)
  return { cost: best.at(-1)!.cost, ends }
}

const misfit = (households: number) => {
  const outside = Math.max(0, 310 - households, households - 490)
  return 20 + Math.abs(households - 400) / 10 + outside * 4
}

/** Groups a run of micro-grids into grids; micro-grids with few households join the next in their grid. */
export function groupMicros(micros: readonly MicroDraft[], name: string): GridDraft[] {
  const { ends } = partitionRun(micros.map(householdsOf))
  return ends.map((end, i) => ({
    kind: 'general',
    name: ends.length > 1 ? `${name}第${'一二三四五六七八九'[i] ?? i + 1}网格` : `${name}网格`,
    micros: joinSmallMicros(micros.slice(ends[i - 1] ?? 0, end)),
  }))
}

/** Joins micro-grids with few households to the one before or after them in the run. */
function joinSmallMicros(micros: readonly MicroDraft[]): MicroDraft[] {
  const out = [...micros]
  for (;;) {
    const small = out.findIndex((micro) => householdsOf(micro) < 55)
    if (small === -1 || out.length === 1) return out
    const beside = [small - 1, small + 1].filter((i) => i >= 0 && i < out.length)
    const to = beside.reduce((one, other) =>
      householdsOf(out[other]!) < householdsOf(out[one]!) ? other : one,
    )
    const [first, second] = [Math.min(small, to), Math.max(small, to)]
    out.splice(first, 2, {
      faces: [...out[first]!.faces, ...out[second]!.faces],
      buildings: [...out[first]!.buildings, ...out[second]!.buildings],
    })
  }
}
