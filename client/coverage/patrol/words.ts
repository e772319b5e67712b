import type { Ratio } from '../../../geodata/coverage/patrol/patrol.schema.ts'

/** A share as whole percents; of nothing, a dash. */
export const percent = (share: number | null): string =>
  share === null ? '—' : `${Math.round(share * 100)}%`

/** Hours with one decimal; of nothing, a dash. `isMore`: it is longer in truth. */
export const hoursWords = (hours: number | null, isMore = false): string =>
  hours === null ? '—' : `${isMore ? '> ' : ''}${hours.toLocaleString('en-US', { maximumFractionDigits: 1 })}`

export const minutesAsHours = (minutes: number): string => hoursWords(minutes / 60)

const plain = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 1 })

/** Both parts of a share, as 9 / 14. */
export const partsWords = ({ part, of }: Ratio): { part: string; of: string } => ({
  part: plain(part),
  of: plain(of),
})

/** What changed from a second figure to the first, with its sign; undefined: there is nothing to compare. */
export function changeWords(
  now: number | null,
  before: number | null | undefined,
  write: (value: number) => string,
): string | undefined {
  if (now === null || before === null || before === undefined) return undefined
  const change = now - before
  return `${change > 0 ? '+' : change < 0 ? '−' : '±'}${write(Math.abs(change))}`
}
