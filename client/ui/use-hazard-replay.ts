import { useEffect, useState } from 'react'
import type { HazardReplay } from '../../geodata/hazards/replay.schema.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { getHazardReplay } from '../api/hazard-replay.ts'

export interface AskedReplay {
  /** Of the period that was asked for last; undefined: it is still to come, or none was asked for. */
  replay: HazardReplay | undefined
  error: Error | null
  retry(): void
}

/**
 * What became of hazards in a period, ISO moments. What has happened does not change, so it is asked once, and not again with
 * every event that the page hears of.
 */
export function useHazardReplay(
  period: { from: string; to: string } | undefined,
  box?: Bbox | undefined,
): AskedReplay {
  const [answer, setAnswer] = useState<{ of: string; replay?: HazardReplay; error?: Error }>()
  const [times, setTimes] = useState(0)
  const of = period && `${period.from} ${period.to} ${box?.join() ?? ''}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: period and box are told by their text; `times` asks again
  useEffect(() => {
    if (!period || of === undefined) return
    const gone = new AbortController()
    getHazardReplay(period.from, period.to, box, gone.signal).then(
      (replay) => {
        if (!gone.signal.aborted) setAnswer({ of, replay })
      },
      (error: Error) => {
        if (!gone.signal.aborted) setAnswer({ of, error })
      },
    )
    return () => gone.abort()
  }, [of, times])
  const own = answer?.of === of ? answer : undefined
  return {
    replay: own?.replay,
    error: own?.error ?? null,
    retry() {
      setAnswer(undefined)
      setTimes(times + 1)
    },
  }
}
