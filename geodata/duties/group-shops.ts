import type { Metres } from '../editing/local-plane.ts'
import { joinRows, type ShopRow } from './join-rows.ts'
import { splitRow } from './split-row.ts'
import { lengthOf, type StreetPiece, type TracedStreet, traceStreets } from './trace-streets.ts'

export interface Shop {
  at: Metres
  /** Begins with the name of its street, where that is known. */
  address: string | null
}

export interface GroupOfShops {
  /** Of a group that goes round a corner all of them. */
  street: string | null
  /** Numbers of the shops, in order along the street. */
  shops: number[]
  /** The one nearest to the middle of the group. */
  leader: number
  metres: number
}

export interface GroupedShops {
  groups: GroupOfShops[]
  /** Shops that have no street near enough. */
  offStreet: number[]
}

export interface GroupQuestion {
  shops: readonly Shop[]
  pieces: readonly StreetPiece[]
  limits: GroupLimits
}

export interface GroupLimits {
  least: number
  wanted: number
  most: number
  frontMetres: number
  gapMetres: number
}

interface Front {
  shop: number
  street: number
  along: number
  /** Of a main road: left or right of it. Other streets are narrow: both sides are neighbours. */
  side: 'left' | 'right' | 'both'
}

/**
 * Groups shops that stand on the same street, one after the other: not across a main road, nor across a gap. What is
 * left over in groups under `least`, where no cut of a row does better (splitRow), goes on round the corner, if it can
 * (joinRows).
 */
export function groupShops(
  shops: readonly Shop[],
  pieces: readonly StreetPiece[],
  limits: GroupLimits,
): GroupedShops {
  const streets = traceStreets(pieces)
  const find = frontFinder(pieces, streets, limits.frontMetres)
  const fronts: Front[] = []
  const offStreet: number[] = []
  for (const [shop, { at, address }] of shops.entries()) {
    const front = find(at, address)
    if (front) fronts.push({ shop, ...front })
    else offStreet.push(shop)
  }
  const rows = rowsOf(fronts, streets, limits.gapMetres).flatMap((row) => cutRow(row, streets, limits))
  const groups = joinRows(rows, shops, pieces, limits).map((row) => groupOf(row, shops))
  return { groups, offStreet }
}

/** Shops with nothing between them but each other, in order. */
function rowsOf(fronts: readonly Front[], streets: readonly TracedStreet[], gapMetres: number): Front[][] {
  const sorted = fronts.toSorted(
    (a, b) =>
      a.street - b.street ||
      (a.side < b.side ? -1 : a.side > b.side ? 1 : 0) ||
      a.along - b.along ||
      a.shop - b.shop,
  )
  const rows: Front[][] = []
  for (const [at, front] of sorted.entries()) {
    const before = sorted[at - 1]
    const isNeighbour =
      before !== undefined &&
      before.street === front.street &&
      before.side === front.side &&
      front.along - before.along <= gapMetres &&
      !streets[front.street]!.crossings.some((crossing) => crossing > before.along && crossing <= front.along)
    if (isNeighbour) rows.at(-1)!.push(front)
    else rows.push([front])
  }
  return rows
}

function cutRow(row: readonly Front[], streets: readonly TracedStreet[], limits: GroupLimits): ShopRow[] {
  const sizes = splitRow(
    row.map(({ along }) => along),
    limits,
  )
  let from = 0
  return sizes.map((size) => {
    const members = row.slice(from, from + size)
    from += size
    return { shops: members.map(({ shop }) => shop), streets: [streets[members[0]!.street]!.name] }
  })
}

function groupOf({ shops: members, streets }: ShopRow, shops: readonly Shop[]): GroupOfShops {
  let metres = 0
  const along = members.map((shop, at) => {
    if (at > 0) metres += lengthOf([shops[members[at - 1]!]!.at, shops[shop]!.at])
    return metres
  })
  const names = [...new Set(streets)].filter((name) => name !== null)
  const off = (at: number) => Math.abs(along[at]! - metres / 2)
  const leader = members.map((_, at) => at).reduce((best, at) => (off(at) < off(best) ? at : best))
  return {
    street: names.length > 0 ? names.join('、') : null,
    shops: members,
    leader: members[leader]!,
    metres,
  }
}

/** A cell of the grid in which stretches are looked up. */
const CELL_METRES = 50

/** Finds the street that a shop fronts: of those near enough the one of its address, otherwise the nearest. */
function frontFinder(pieces: readonly StreetPiece[], streets: readonly TracedStreet[], withinMetres: number) {
  const grid = new Map<string, { street: number; from: Metres; to: Metres; along: number }[]>()
  for (const [street, { pieces: parts }] of streets.entries())
    for (const { piece, back, fromMetres } of parts) {
      const points = back ? pieces[piece]!.points.toReversed() : pieces[piece]!.points
      let along = fromMetres
      for (let i = 1; i < points.length; i++) {
        const [from, to] = [points[i - 1]!, points[i]!]
        const stretch = { street, from, to, along }
        for (const key of cellsOf(from, to)) {
          const held = grid.get(key)
          if (held) held.push(stretch)
          else grid.set(key, [stretch])
        }
        along += lengthOf([from, to])
      }
    }
  return (at: Metres, address: string | null): Omit<Front, 'shop'> | undefined => {
    // A stretch stands in cells at most half a step from where it is sampled.
    const reach = Math.ceil((withinMetres + CELL_METRES / 4) / CELL_METRES)
    const [column, row] = [Math.floor(at[0] / CELL_METRES), Math.floor(at[1] / CELL_METRES)]
    let best: { metres: number; isNamed: boolean; front: Omit<Front, 'shop'> } | undefined
    for (let dx = -reach; dx <= reach; dx++)
      for (let dy = -reach; dy <= reach; dy++)
        for (const { street, from, to, along } of grid.get(`${column + dx} ${row + dy}`) ?? []) {
          const foot = footOn(at, from, to)
          if (foot.metres > withinMetres) continue
          const { name, isMain } = streets[street]!
          const isNamed = name !== null && name !== '' && (address?.startsWith(name) ?? false)
          if (best && (best.isNamed !== isNamed ? best.isNamed : best.metres <= foot.metres)) continue
          const side = !isMain ? 'both' : foot.cross >= 0 ? 'left' : 'right'
          best = { metres: foot.metres, isNamed, front: { street, along: along + foot.along, side } }
        }
    return best?.front
  }
}

function cellsOf(from: Metres, to: Metres): Set<string> {
  const cells = new Set<string>()
  const steps = Math.max(1, Math.ceil(lengthOf([from, to]) / (CELL_METRES / 2)))
  for (let step = 0; step <= steps; step++) {
    const share = step / steps
    const east = Math.floor((from[0] + share * (to[0] - from[0])) / CELL_METRES)
    const north = Math.floor((from[1] + share * (to[1] - from[1])) / CELL_METRES)
    cells.add(`${east} ${north}`)
  }
  return cells
}

function footOn([x, y]: Metres, [ax, ay]: Metres, [bx, by]: Metres) {
  const [dx, dy] = [bx - ax, by - ay]
  const squared = dx * dx + dy * dy
  const share = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / squared))
  return {
    along: share * Math.sqrt(squared),
    metres: Math.hypot(x - ax - share * dx, y - ay - share * dy),
    /** Positive: left of the direction in which the street is followed. */
    cross: dx * (y - ay) - dy * (x - ax),
  }
}
