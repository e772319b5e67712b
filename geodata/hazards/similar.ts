/** What is looked through for a report that is there already, where whoever asks names nothing else. */
export const SIMILAR_METRES = 60
export const SIMILAR_DAYS = 7
export const SIMILAR_AT_MOST = 10

/**
 * How likely two reports are of the same, 0 to 1: half of it by distance, the rest by time, category and title. A case that
 * is as far or as old as was asked for has nothing of that part.
 */
export function similarity({
  distanceMetres,
  withinMetres,
  daysBefore,
  withinDays,
  sameCategory,
  titles,
}: {
  distanceMetres: number
  withinMetres: number
  daysBefore: number
  withinDays: number
  sameCategory: boolean
  /** undefined: none was given to compare. */
  titles: readonly [string, string] | undefined
}): number {
  const near = Math.max(0, 1 - distanceMetres / withinMetres)
  const recent = Math.max(0, 1 - Math.abs(daysBefore) / withinDays)
  const alike = titles ? titleLikeness(...titles) : 0
  const score = 0.5 * near + 0.15 * recent + (sameCategory ? 0.2 : 0) + 0.15 * alike
  return Math.round(score * 1000) / 1000
}

/** Dice’s coefficient over pairs of neighbouring characters: 1 for equal titles, 0 when they share none. */
export function titleLikeness(a: string, b: string): number {
  const [first, second] = [pairsOf(a), pairsOf(b)]
  if (first.size === 0 || second.size === 0) return a.trim() === b.trim() && a.trim() !== '' ? 1 : 0
  const shared = [...first].filter((pair) => second.has(pair)).length
  return (2 * shared) / (first.size + second.size)
}

function pairsOf(text: string): Set<string> {
  const characters = [...text.toLowerCase().replaceAll(/\s+/g, '')]
  return new Set(characters.slice(1).map((character, index) => characters[index]! + character))
}
