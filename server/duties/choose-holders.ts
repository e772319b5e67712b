import type { Metres } from '../../geodata/editing/local-plane.ts'

/**
 * So many of the holders as are offered anything: those near what is to be handed out, the nearest of each first.
 * `homes`: where each holder is at work.
 */
export function chooseHolders(homes: readonly Metres[], asked: readonly Metres[], most: number): number[] {
  if (homes.length <= most) return homes.map((_, holder) => holder)
  const ranks = asked.map(([east, north]) =>
    homes
      .map((home, holder) => ({ holder, metres: Math.hypot(home[0] - east, home[1] - north) }))
      .sort((a, b) => a.metres - b.metres || a.holder - b.holder)
      .slice(0, most)
      .map(({ holder }) => holder),
  )
  const chosen = new Set<number>()
  for (let rank = 0; rank < most; rank++)
    for (const near of ranks) {
      chosen.add(near[rank]!)
      if (chosen.size === most) return [...chosen].sort((a, b) => a - b)
    }
  return [...chosen].sort((a, b) => a - b)
}
