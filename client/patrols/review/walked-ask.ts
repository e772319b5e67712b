import { isoOf } from '../../../geodata/patrols/opening-windows.ts'
import { GROUPINGS, type Grouping } from '../../../geodata/walks/group-rounds.ts'

export const PERIODS = ['today', 'yesterday', 'week', 'month'] as const
export type Period = (typeof PERIODS)[number]

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
    period: PERIODS.find((known) => known === period) ?? 'today',
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

const DAYS_BEFORE: Record<Period, number> = { today: 0, yesterday: 1, week: 6, month: 27 }

/** Whole days of the viewer’s clock, `to` not included; seven and 28 days are the last ones with today. */
export function spanOf(period: Period, now: Date): { from: string; to: string } {
  return {
    from: midnight(now, -DAYS_BEFORE[period]),
    to: midnight(now, period === 'yesterday' ? 0 : 1),
  }
}

const midnight = (now: Date, days: number): string =>
  isoOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).getTime())
