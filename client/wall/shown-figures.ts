export interface SizedFigure {
  /** With its label, denominator and target, in the smallest type. */
  widthEm: number
  isOff: boolean
}

/** How many are left out, said beside them. */
const MARK_EM = 2.2

/** Those that have room, in their own order. What misses its target stays longest, then what stands first. */
export function shownFigures<F extends SizedFigure>(figures: readonly F[], roomEm: number): F[] {
  const wide = (some: readonly F[]) => some.reduce((sum, { widthEm }) => sum + widthEm, 0)
  if (wide(figures) <= roomEm) return [...figures]
  const shown: F[] = []
  for (const figure of [...figures].sort((a, b) => Number(b.isOff) - Number(a.isOff)))
    if (shown.length === 0 || wide([...shown, figure]) <= roomEm - MARK_EM) shown.push(figure)
  return figures.filter((figure) => shown.includes(figure))
}
