import type { Metres } from '../editing/local-plane.ts'
import type { GroupLimits, Shop } from './group-shops.ts'
import type { StreetPiece } from './trace-streets.ts'

/** Shops in order, and the streets that they are on. */
export interface ShopRow {
  shops: number[]
  streets: (string | null)[]
}

/** One row's end beside another's. `end`: 0 the first shop, 1 the last. */
interface Joint {
  a: number
  aEnd: 0 | 1
  b: number
  bEnd: 0 | 1
  metres: number
}

/**
 * Joins rows that are too small with rows whose ends are near theirs, the nearest first: within the gap that neighbours
 * may have, straight, without crossing a main road, and to no more than the most. Each end is joined once.
 */
export function joinRows(
  rows: readonly ShopRow[],
  shops: readonly Shop[],
  pieces: readonly StreetPiece[],
  { least, most, gapMetres }: Pick<GroupLimits, 'least' | 'most' | 'gapMetres'>,
): ShopRow[] {
  const mains = pieces.filter(({ isMain }) => isMain)
  const endOf = (row: number, end: 0 | 1): Metres => shops[rows[row]!.shops.at(end === 0 ? 0 : -1)!]!.at
  const joined = rows.map((row): ShopRow | undefined => row)
  /** By row: the row it is part of by now. */
  const home = rows.map((_, row) => row)
  const find = (row: number): number => (home[row] === row ? row : find(home[row]!))
  for (const { a, aEnd, b, bEnd } of jointsOf(rows, endOf, least, gapMetres)) {
    const [one, other] = [joined[find(a)]!, joined[find(b)]!]
    const size = one.shops.length + other.shops.length
    if (one === other || size > most || (one.shops.length >= least && other.shops.length >= least)) continue
    const [from, to] = [rows[a]!.shops.at(aEnd === 0 ? 0 : -1)!, rows[b]!.shops.at(bEnd === 0 ? 0 : -1)!]
    const head = one.shops.at(-1) === from ? one : one.shops[0] === from ? reversed(one) : undefined
    const tail = other.shops[0] === to ? other : other.shops.at(-1) === to ? reversed(other) : undefined
    if (!head || !tail || crosses(endOf(a, aEnd), endOf(b, bEnd), mains)) continue
    joined[find(a)] = {
      shops: [...head.shops, ...tail.shops],
      streets: [...head.streets, ...tail.streets],
    }
    joined[find(b)] = undefined
    home[find(b)] = find(a)
  }
  return joined.filter((row) => row !== undefined)
}

const reversed = ({ shops, streets }: ShopRow): ShopRow => ({
  shops: shops.toReversed(),
  streets: streets.toReversed(),
})

function jointsOf(
  rows: readonly ShopRow[],
  endOf: (row: number, end: 0 | 1) => Metres,
  least: number,
  gapMetres: number,
): Joint[] {
  const cells = new Map<string, { row: number; end: 0 | 1 }[]>()
  const cellOf = ([east, north]: Metres) =>
    [Math.floor(east / gapMetres), Math.floor(north / gapMetres)] as const
  const ends = rows.flatMap((_, row) => [
    { row, end: 0 as const },
    { row, end: 1 as const },
  ])
  for (const end of ends) {
    const key = cellOf(endOf(end.row, end.end)).join(' ')
    const held = cells.get(key)
    if (held) held.push(end)
    else cells.set(key, [end])
  }
  const joints: Joint[] = []
  for (const { row: a, end: aEnd } of ends) {
    if (rows[a]!.shops.length >= least) continue
    const at = endOf(a, aEnd)
    const [column, line] = cellOf(at)
    for (const [dx, dy] of AROUND)
      for (const { row: b, end: bEnd } of cells.get(`${column + dx} ${line + dy}`) ?? []) {
        const other = endOf(b, bEnd)
        const metres = Math.hypot(at[0] - other[0], at[1] - other[1])
        // Of two that are both too small, each pair once.
        const isTwice = rows[b]!.shops.length < least && b < a
        if (b !== a && !isTwice && metres <= gapMetres) joints.push({ a, aEnd, b, bEnd, metres })
      }
  }
  return joints.sort(
    (x, y) => x.metres - y.metres || x.a - y.a || x.b - y.b || x.aEnd - y.aEnd || x.bEnd - y.bEnd,
  )
}

const AROUND = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx, dy] as const))

function crosses(from: Metres, to: Metres, mains: readonly StreetPiece[]): boolean {
  return mains.some(({ points }) =>
    points.some((point, at) => {
      const before = points[at - 1]
      return before !== undefined && meet(from, to, before, point)
    }),
  )
}

/** Whether two stretches meet; touching counts. */
function meet(a: Metres, b: Metres, c: Metres, d: Metres): boolean {
  const apart = (one: number, other: number) => (one > 0 && other > 0) || (one < 0 && other < 0)
  return (
    !apart(turn(a, b, c), turn(a, b, d)) &&
    !apart(turn(c, d, a), turn(c, d, b)) &&
    Math.max(Math.min(a[0], b[0]), Math.min(c[0], d[0])) <=
      Math.min(Math.max(a[0], b[0]), Math.max(c[0], d[0])) &&
    Math.max(Math.min(a[1], b[1]), Math.min(c[1], d[1])) <=
      Math.min(Math.max(a[1], b[1]), Math.max(c[1], d[1]))
  )
}

const turn = (a: Metres, b: Metres, c: Metres): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
