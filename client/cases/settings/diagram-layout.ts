import type { HAZARD_STATES } from '../../../geodata/hazards/hazard.schema.ts'

export type HazardState = (typeof HAZARD_STATES)[number]

export const BOX = { width: 128, height: 46 }
const COLUMN = 224
const ROW = 116
const MARGIN = { left: 72, top: 12, right: 12, bottom: 12 }
/** How far a line may be moved aside to make room for the one that leads back: it must still begin at its box. */
const ASIDE = { most: 32, x: 44, y: 15 }
/** Where its name stands on a line that has one back: each nearer to its own start, so that the two names do not meet. */
const LABEL_SHARE = 0.36

/** Column and row of each state: along the top to whoever handles it, down the right, back along the bottom to the end. */
const CELLS: Record<HazardState, readonly [column: number, row: number]> = {
  reported: [0, 0],
  pending_verify: [1, 0],
  pending_dispatch: [2, 0],
  dispatched: [3, 0],
  handling: [4, 0],
  rejected: [0, 1],
  reopened: [2, 1],
  returned: [3, 1],
  handled: [4, 2],
  pending_check: [3, 2],
  closed: [2, 2],
}

export interface Point {
  x: number
  y: number
}

export const DIAGRAM = {
  width: MARGIN.left + 4 * COLUMN + BOX.width + MARGIN.right,
  height: MARGIN.top + 2 * ROW + BOX.height + MARGIN.bottom,
}

/** The middle of a state's box. */
export function placeOf(state: HazardState): Point {
  const [column, row] = CELLS[state]
  return {
    x: MARGIN.left + column * COLUMN + BOX.width / 2,
    y: MARGIN.top + row * ROW + BOX.height / 2,
  }
}

/**
 * The line of a transition from the edge of one box to the edge of another, and where its name stands. `twoWay`: there
 * is a line back, so that each keeps to its right. `from` null: into the first state, from outside.
 */
export function lineOf(
  from: HazardState | null,
  to: HazardState,
  twoWay: boolean,
): { start: Point; end: Point; label: Point } {
  const target = placeOf(to)
  const source = from ? placeOf(from) : { x: target.x - BOX.width / 2 - MARGIN.left + 6, y: target.y }
  const way = { x: target.x - source.x, y: target.y - source.y }
  const length = Math.hypot(way.x, way.y) || 1
  const normal = { x: -way.y / length, y: way.x / length }
  const room = Math.min(
    ASIDE.most,
    normal.x === 0 ? ASIDE.most : ASIDE.x / Math.abs(normal.x),
    normal.y === 0 ? ASIDE.most : ASIDE.y / Math.abs(normal.y),
  )
  const aside = twoWay ? room : 0
  const shift = { x: normal.x * aside, y: normal.y * aside }
  const move = (point: Point): Point => ({ x: point.x + shift.x, y: point.y + shift.y })
  const start = from ? leave(move(source), way, placeOf(from)) : move(source)
  const end = leave(move(target), { x: -way.x, y: -way.y }, target)
  const share = twoWay ? LABEL_SHARE : 0.5
  const label = { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share }
  return { start, end, label }
}

/** Where a ray from inside a box crosses its edge. */
function leave(from: Point, way: Point, middle: Point): Point {
  const reach = (at: number, step: number, centre: number, half: number) =>
    step === 0 ? Number.POSITIVE_INFINITY : (centre + Math.sign(step) * half - at) / step
  const share = Math.min(
    reach(from.x, way.x, middle.x, BOX.width / 2),
    reach(from.y, way.y, middle.y, BOX.height / 2),
  )
  return { x: from.x + way.x * share, y: from.y + way.y * share }
}
