import { ringArea, ringCentroid, type Vec } from './plane.ts'

/**
 * Order in which cells are numbered inside their parent: bands from north to south, west to east inside a band. A band
 * is about three quarters of a cell high.
 */
export function orderCells<T>(items: readonly T[], outline: (item: T) => readonly (readonly Vec[])[][]): T[] {
  const placed = items.map((item) => {
    const rings = outline(item).map((polygon) => polygon[0]!)
    const largest = rings.reduce((one, other) => (ringArea(other) > ringArea(one) ? other : one))
    return { item, at: ringCentroid(largest), area: ringArea(largest) }
  })
  const height =
    Math.sqrt(placed.reduce((sum, { area }) => sum + area, 0) / Math.max(1, placed.length)) * 0.75
  const fromNorth = placed.toSorted((a, b) => b.at[1] - a.at[1])
  const bands: (typeof placed)[] = []
  for (const cell of fromNorth) {
    const band = bands.at(-1)
    if (band && band[0]!.at[1] - cell.at[1] < height) band.push(cell)
    else bands.push([cell])
  }
  return bands.flatMap((band) => band.toSorted((a, b) => a.at[0] - b.at[0])).map(({ item }) => item)
}
