import type { OverlayParams, OverlayPiece, OverlayResult, OverlayRow } from './overlay.schema.ts'

export interface OverlaidCell {
  cell: number
  code: string
  name: string
  squareMetres: number
  /** In no zone, geodesic. */
  outsideSquareMetres: number
  /** Counted in each of several zones: what the pieces have more than the ground. */
  overlapSquareMetres: number
}
/** Ground of a cell in a zone, or its buildings (by their anchors) there; zone null: in none. */
export interface OverlaidPiece {
  cell: number
  zone: number | null
  code: string | null
  name: string | null
  squareMetres: number
  households: number
  buildings: number
}

type Limits = Pick<OverlayParams, 'leastShare' | 'sliverSquareMetres'>

/**
 * Which zone each cell belongs to, and which cells zones cut. Shares by area add up to 1 with what is in no zone, and
 * with what is in several taken off once for each further one; shares by households add up to 1.
 */
export function overlayRows(
  cells: readonly OverlaidCell[],
  pieces: readonly OverlaidPiece[],
  limits: Limits,
): OverlayRow[] {
  const byCell = new Map<number, OverlaidPiece[]>(cells.map(({ cell }) => [cell, []]))
  for (const piece of pieces) byCell.get(piece.cell)?.push(piece)
  return cells.map(({ cell, code, name, squareMetres, outsideSquareMetres, overlapSquareMetres }) => {
    const own = withOutside(byCell.get(cell)!, cell, outsideSquareMetres)
    const households = own.reduce((sum, piece) => sum + piece.households, 0)
    const parts = own
      .map(
        ({ cell: _, ...piece }): OverlayPiece => ({
          ...piece,
          areaShare: squareMetres > 0 ? piece.squareMetres / squareMetres : null,
          householdShare: households > 0 ? piece.households / households : null,
          isSliver: piece.squareMetres < limits.sliverSquareMetres && piece.buildings === 0,
        }),
      )
      .sort(
        (a, b) =>
          b.households - a.households || b.squareMetres - a.squareMetres || (a.zone ?? 0) - (b.zone ?? 0),
      )
    const main = parts[0] ?? null
    return {
      cell,
      code,
      name,
      squareMetres,
      households,
      main,
      isSplit: parts.slice(1).some((piece) => isLarge(piece, limits.leastShare)),
      pieces: parts,
      overlapSquareMetres: overlapSquareMetres > NOTHING_SQUARE_METRES ? overlapSquareMetres : 0,
    }
  })
}

/** Whether a piece that is not the main one is more than a border that was drawn twice. */
export const isLarge = ({ isSliver, areaShare, householdShare }: OverlayPiece, leastShare: number): boolean =>
  !isSliver && ((areaShare ?? 0) >= leastShare || (householdShare ?? 0) >= leastShare)

/** Rounding of areas, not ground. */
const NOTHING_SQUARE_METRES = 0.01

function withOutside(pieces: OverlaidPiece[], cell: number, squareMetres: number): OverlaidPiece[] {
  const outside = pieces.find(({ zone }) => zone === null)
  const ground = squareMetres > NOTHING_SQUARE_METRES ? squareMetres : 0
  if (outside) return pieces.map((piece) => (piece === outside ? { ...piece, squareMetres: ground } : piece))
  if (ground === 0) return pieces
  return [
    ...pieces,
    { cell, zone: null, code: null, name: null, squareMetres: ground, households: 0, buildings: 0 },
  ]
}

const MOST_ROWS = 300
const MOST_ZONES = 200

export function sumOverlay(
  rows: readonly OverlayRow[],
): Omit<OverlayResult, 'zoneLayer' | 'title' | 'level'> {
  const zones = new Map<number | null, OverlayResult['zones'][number]>()
  let slivers = 0
  let misplacedHouseholds = 0
  for (const { pieces, main } of rows)
    for (const piece of pieces) {
      const { zone, code, name, squareMetres, households } = piece
      const sum = zones.get(zone) ?? { zone, code, name, cells: 0, squareMetres: 0, households: 0 }
      sum.cells += piece === main ? 1 : 0
      sum.squareMetres += squareMetres
      sum.households += households
      zones.set(zone, sum)
      if (piece === main) continue
      slivers += piece.isSliver ? 1 : 0
      misplacedHouseholds += households
    }
  const split = rows.filter(({ isSplit }) => isSplit)
  return {
    cells: rows.length,
    whole: rows.length - split.length,
    split: split.length,
    outside: rows.filter(({ main }) => main?.zone === null).length,
    slivers,
    squareMetres: rows.reduce((sum, { squareMetres }) => sum + squareMetres, 0),
    outsideSquareMetres: zones.get(null)?.squareMetres ?? 0,
    overlapSquareMetres: rows.reduce((sum, { overlapSquareMetres }) => sum + overlapSquareMetres, 0),
    misplacedHouseholds,
    zones: [...zones.values()]
      .sort((a, b) => Number(a.zone === null) - Number(b.zone === null) || compare(a.code, b.code))
      .slice(0, MOST_ZONES),
    rows: [...split, ...rows.filter(({ isSplit }) => !isSplit)].slice(0, MOST_ROWS),
  }
}

const compare = (a: string | null, b: string | null): number => ((a ?? '') < (b ?? '') ? -1 : 1)
