import type { WalkSummary } from '../../../geodata/walks/run.schema.ts'

export type MissedSite = Omit<WalkSummary['rounds'][number]['missed'][number], 'stopId'> & {
  /** In how many rounds, or how often in one. */
  times: number
}

/** Each site once, those missed most often first. A site that another round visited later is told as well: the round missed it. */
export function missedSites(rounds: readonly Pick<WalkSummary['rounds'][number], 'missed'>[]): MissedSite[] {
  const sites = new Map<number, MissedSite>()
  for (const { missed } of rounds)
    for (const { checkpointId, name, lngLat } of missed)
      sites.set(checkpointId, {
        checkpointId,
        name,
        lngLat,
        times: (sites.get(checkpointId)?.times ?? 0) + 1,
      })
  return [...sites.values()].sort((a, b) => b.times - a.times || a.checkpointId - b.checkpointId)
}
