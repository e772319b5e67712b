import { isoOf } from '../../../geodata/patrols/opening-windows.ts'

export const PERIODS = ['today', 'yesterday', 'week'] as const
export type Period = (typeof PERIODS)[number]

export interface WalkedAsk {
  period: Period
  /** The walk that is looked at. */
  runId: number | undefined
}

/** As it stands in the URL: `walked`, `walked:week`, `walked:week:12`. undefined: something else was asked. */
export function readWalkedAsk(ask: string | undefined): WalkedAsk | undefined {
  const [word, period, run] = (ask ?? '').split(':')
  if (word !== 'walked') return undefined
  const runId = Number(run)
  return {
    period: PERIODS.find((known) => known === period) ?? 'today',
    runId: Number.isSafeInteger(runId) && runId > 0 ? runId : undefined,
  }
}

export const writeWalkedAsk = ({ period, runId }: WalkedAsk): string =>
  ['walked', period, ...(runId === undefined ? [] : [runId])].join(':')

/** Whole days of the viewer’s clock, `to` not included; the week is the last seven days with today. */
export function spanOf(period: Period, now: Date): { from: string; to: string } {
  const midnight = (days: number) =>
    isoOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).getTime())
  if (period === 'yesterday') return { from: midnight(-1), to: midnight(0) }
  return { from: midnight(period === 'week' ? -6 : 0), to: midnight(1) }
}
