import type { HazardReplay } from '../../geodata/hazards/replay.schema.ts'
import { STATUS } from '../../geodata/hazards/replay-timeline.ts'
import { isReportedIn, type PeriodSum } from '../../geodata/hazards/sum-period.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Days, Side } from './compare-state.ts'

const two = (value: number) => String(value).padStart(2, '0')
const dayOf = (date: Date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
const midnight = (day: string, shift = 0) => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return new Date(year, month - 1, date + shift)
}

/** The moments between which the days lie, ISO; never beyond now. undefined: they are all still to come. */
export function spanOf({ first, last }: Days, now: Date): { from: string; to: string } | undefined {
  const from = midnight(first)
  const to = new Date(Math.min(midnight(last, 1).getTime(), Math.floor(now.getTime() / 1000) * 1000))
  return from < to ? { from: from.toISOString(), to: to.toISOString() } : undefined
}

/** The week or the month before this one on the left, this one on the right. */
export function lastAndThis(unit: 'week' | 'month', now: Date): Record<Side, Days> {
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()]
  const monday = day - ((now.getDay() + 6) % 7)
  const days = (shift: number): Days =>
    unit === 'month'
      ? { first: dayOf(new Date(year, month + shift, 1)), last: dayOf(new Date(year, month + shift + 1, 0)) }
      : {
          first: dayOf(new Date(year, month, monday + 7 * shift)),
          last: dayOf(new Date(year, month, monday + 7 * shift + 6)),
        }
  return { left: days(-1), right: days(0) }
}

/** Days as they are called: 10-01 – 10-31, with the year where it is another than this one. */
export function daysWords({ first, last }: Days, now = new Date()): string {
  const short = (day: string) => (day.startsWith(`${now.getFullYear()}-`) ? day.slice(5) : day)
  return first === last ? short(first) : `${short(first)} – ${short(last)}`
}

/** What came within the period or stood at its end, as it was then. */
export function hazardsOf(replay: HazardReplay, sum: PeriodSum): StoredFeature[] {
  const { hazards, states, severities, categories, from } = replay
  const begin = Date.parse(from)
  const iso = (second: number) => new Date(begin + second * 1000).toISOString()
  return hazards.id.flatMap((id, index): StoredFeature[] => {
    const status = sum.status[index]!
    const isOver = status === STATUS.ended && !isReportedIn(replay, index)
    if (status === STATUS.none || isOver) return []
    const category = categories[hazards.category[index]!]!
    const due = sum.due[index] ?? null
    return [
      {
        type: 'Feature',
        id,
        version: 0,
        geometry: { type: 'Point', coordinates: [hazards.lng[index]!, hazards.lat[index]!] },
        properties: {
          // Replays carry no titles.
          title: '',
          categoryStandard: category.standard,
          categoryKind: category.kind,
          categoryCode: category.code,
          severity: severities[hazards.severity[index]!]!,
          state: states[sum.state[index]!]!,
          reportedAt: iso(hazards.reported[index]!),
          dueAt: due === null ? null : iso(due),
        },
      },
    ]
  })
}
