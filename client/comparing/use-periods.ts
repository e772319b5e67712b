import { useMemo, useState } from 'react'
import { sumPeriod } from '../../geodata/hazards/sum-period.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { FeaturesAsOf } from '../api/history.ts'
import { type AskedReplay, useHazardReplay } from '../ui/use-hazard-replay.ts'
import type { Days, Side } from './compare-state.ts'
import type { SummedPeriod } from './period-table.tsx'
import { hazardsOf, spanOf } from './periods.ts'

export interface PeriodSide extends AskedReplay {
  /** undefined: the days are all still to come, or not chosen. */
  span: { from: string; to: string } | undefined
  summed: SummedPeriod | undefined
  /** The hazards of the side. */
  features: ReadonlyMap<LayerId, FeaturesAsOf>
}

const NOTHING: PeriodSide['features'] = new Map()

/** Both sides as periods; nothing is asked while days are undefined. */
export function usePeriods(days: Record<Side, Days | undefined>): Record<Side, PeriodSide> {
  // Periods that end now end where they did when the comparison began.
  const [now] = useState(() => new Date())
  return { left: usePeriod(days.left, now), right: usePeriod(days.right, now) }
}

function usePeriod(days: Days | undefined, now: Date): PeriodSide {
  const span = days && spanOf(days, now)
  const asked = useHazardReplay(span)
  const { replay } = asked
  const summed = useMemo(() => replay && { replay, sum: sumPeriod(replay) }, [replay])
  const features = useMemo(
    () =>
      summed
        ? new Map<LayerId, FeaturesAsOf>([
            ['hazards', { features: hazardsOf(summed.replay, summed.sum), truncated: false }],
          ])
        : NOTHING,
    [summed],
  )
  return { ...asked, span, summed, features }
}
