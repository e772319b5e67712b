import { isoOf } from '../../../geodata/patrols/opening-windows.ts'
import { GROUPINGS, type Grouping } from '../../../geodata/walks/group-rounds.ts'

export const PERIODS = ['today', 'yesterday', 'week', 'month'] as const
/** A usual one, or days, the last included: `2026-11-01..2026-11-07`. */
export type Period = (typeof PERIODS)[number] | Days
type Days = `${string}..${string}`

/** What is looked at: figures, one walk, all walks over the time of day, who passed a place. */
export type WalkedView = 'figures' | 'play' | 'passed' | { runId: number }

export interface WalkedAsk {
  period: Period
  view: WalkedView
  by: Grouping
}

/** As it stands in the URL: `walked`, `walked:week`, `walked:week:12`, `walked:week:play`, `walked:week::team`. undefined: something else was asked. */
export function readWalkedAsk(ask: string | undefined): WalkedAsk | undefined {
  const [word, period, view, by] = (ask ?? '').split(':')
  if (word !== 'walked') return undefined
  const runId = Number(view)
  return {
    period: PERIODS.find((known) => known === period) ?? readDays(period) ?? 'today',
    view:
      view === 'play' || view === 'passed'
        ? view
        : Number.isSafeInteger(runId) && runId > 0
          ? { runId }
          : 'figures',
    by: GROUPINGS.find((known) => known === by) ?? 'round',
  }
}

export function writeWalkedAsk({ period, view, by }: WalkedAsk): string {
  const shown = typeof view === 'object' ? view.runId : view === 'figures' ? '' : view
  return ['walked', period, shown, by === 'round' ? '' : by].join(':').replace(/:+$/, '')
}

const DAYS = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/

function readDays(text: string | undefined): Days | undefined {
  const [, first, last] = DAYS.exec(text ?? '') ?? []
  if (!first || !last || !(Date.parse(first) <= Date.parse(last))) return undefined
  return `${first}..${last}`
}

const DAYS_BEFORE: Record<(typeof PERIODS)[number], number> = { today: 0, yesterday: 1, week: 6, month: 27 }

/** Whole days of the viewer’s clock, `to` not included; seven and 28 days are the last ones with today. */
export function spanOf(period: Period, now: Date): { from: string; to: string } {
  const usual = PERIODS.find((known) => known === period)
  if (usual)
    return { from: midnight(now, -DAYS_BEFORE[usual]), to: midnight(now, usual === 'yesterday' ? 0 : 1) }
  const [first, last] = period.split('..').map((day) => new Date(`${day}T00:00:00`))
  return { from: midnight(first!, 0), to: midnight(last!, 1) }
}

const midnight = (now: Date, days: number): string =>
  isoOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).getTime())
