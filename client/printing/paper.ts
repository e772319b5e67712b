export const PAPERS = ['a4', 'a3'] as const
export type Paper = (typeof PAPERS)[number]
export const ORIENTATIONS = ['landscape', 'portrait'] as const
export type Orientation = (typeof ORIENTATIONS)[number]

/** ISO 216, millimetres: short and long edge. */
const EDGES: Record<Paper, readonly [number, number]> = { a4: [210, 297], a3: [297, 420] }
const MARGIN = 8
const HEAD = 17
const FOOT = 17
/** Beside the map when the sheet lies, below it when it stands. */
const LEGEND_WIDTH: Record<Paper, number> = { a4: 58, a3: 68 }
const LEGEND_HEIGHT: Record<Paper, number> = { a4: 50, a3: 46 }
const LINE = 0.3
const PIXELS_PER_MILLIMETRE = 96 / 25.4

export interface SheetLayout {
  /** Millimetres, as they stand in the style sheet. */
  page: { wide: number; high: number }
  margin: number
  head: number
  foot: number
  legend: { wide: number; high: number } | undefined
  map: { wide: number; high: number }
  /** The map's frame, CSS pixels. */
  mapPixels: { wide: number; high: number }
}

/** Where everything stands on the sheet. The map is drawn for exactly the frame that is left for it. */
export function layOutSheet(paper: Paper, orientation: Orientation, withLegend: boolean): SheetLayout {
  const [short, long] = EDGES[paper]
  const landscape = orientation === 'landscape'
  const page = landscape ? { wide: long, high: short } : { wide: short, high: long }
  const inner = { wide: page.wide - 2 * MARGIN - 2 * LINE, high: page.high - 2 * MARGIN - 2 * LINE }
  const body = inner.high - HEAD - FOOT
  const legend = !withLegend
    ? undefined
    : landscape
      ? { wide: LEGEND_WIDTH[paper], high: body }
      : { wide: inner.wide, high: LEGEND_HEIGHT[paper] }
  const map = {
    wide: inner.wide - (landscape ? (legend?.wide ?? 0) : 0),
    high: body - (landscape ? 0 : (legend?.high ?? 0)),
  }
  const pixels = (millimetres: number) => Math.round(millimetres * PIXELS_PER_MILLIMETRE)
  return {
    page,
    margin: MARGIN,
    head: HEAD,
    foot: FOOT,
    legend,
    map,
    mapPixels: { wide: pixels(map.wide), high: pixels(map.high) },
  }
}
