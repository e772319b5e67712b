export const SPANS = ['day', 'week', 'month'] as const
export type Span = (typeof SPANS)[number]

/** What is replayed, as it stands in the URL. */
export interface ReplayState {
  span: Span
  /** ISO; undefined: the end of what is known. */
  moment: string | undefined
}

/** `week/2026-11-20T08:00:00Z`; what is broken is dropped. */
export function readReplay(text: string | undefined): ReplayState {
  const [span, at = ''] = (text ?? '').split('/')
  const time = /^\d{4}-\d\d-\d\dT/.test(at) ? Date.parse(at) : Number.NaN
  return {
    span: SPANS.find((known) => known === span) ?? 'day',
    moment: time >= 0 ? isoSecond(time) : undefined,
  }
}

export const writeReplay = ({ span, moment }: ReplayState): string =>
  moment === undefined ? span : `${span}/${moment}`

/** To the second, without its fraction. */
export const isoSecond = (time: number): string =>
  new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000Z', 'Z')

export interface Period {
  from: Date
  /** Where the next one begins. */
  to: Date
}

/** The day, the week from Monday or the month of the viewer's calendar in which a moment lies, or one `shift`ed from it. */
export function periodOf(span: Span, moment: Date, shift = 0): Period {
  const [year, month, day] = [moment.getFullYear(), moment.getMonth(), moment.getDate()]
  if (span === 'month')
    return { from: new Date(year, month + shift, 1), to: new Date(year, month + shift + 1, 1) }
  const days = span === 'week' ? 7 : 1
  const first = day - (span === 'week' ? (moment.getDay() + 6) % 7 : 0) + shift * days
  return { from: new Date(year, month, first), to: new Date(year, month, first + days) }
}
