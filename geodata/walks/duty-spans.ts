/** Someone said, at a moment in milliseconds, that duty begins or ends. */
export interface DutyMark {
  kind: 'begin' | 'end'
  at: number
}

/** A time on duty; `to` undefined: it goes on. */
export interface DutySpan {
  from: number
  to: number | undefined
}

/**
 * Times on duty from marks in any order. A beginning within a time on duty and an end outside one change nothing. None is
 * longer than until `latest`: whoever forgets to end is not on duty for ever.
 */
export function dutySpans(marks: readonly DutyMark[], latest: number): DutySpan[] {
  // Of two at one moment the end comes first: duty that ends and begins again goes on.
  const sorted = marks.toSorted(
    (a, b) => a.at - b.at || (a.kind === 'end' ? -1 : 1) - (b.kind === 'end' ? -1 : 1),
  )
  const spans: DutySpan[] = []
  let open: number | undefined
  for (const { kind, at } of sorted) {
    if (kind === 'begin') open ??= at < latest ? at : undefined
    else if (open !== undefined) {
      spans.push({ from: open, to: Math.min(at, latest) })
      open = undefined
    }
  }
  if (open !== undefined) spans.push({ from: open, to: undefined })
  return spans
}

/** `latest`: as for dutySpans. */
export const isOnDuty = (spans: readonly DutySpan[], at: number, latest: number): boolean =>
  spans.some(({ from, to }) => at >= from && at <= (to ?? latest))

/** Milliseconds on duty until `now` at most. */
export const dutyTime = (spans: readonly DutySpan[], now: number, latest: number): number =>
  spans.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? Math.min(now, latest)) - from), 0)
