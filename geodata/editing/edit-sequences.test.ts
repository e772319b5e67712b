import { intersection, union, xor } from 'polyclip-ts'
import { expect, test } from 'vitest'
import { createRandom, type Random } from '../demo/random.ts'
import { applyChanges, toChanges } from './cell-changes.ts'
import { type Cell, type CellEdit, CellSet, cellKey } from './cell-set.ts'
import { demoCells } from './demo-cells.ts'
import { applyEdit, type Draft, EMPTY_DRAFT, nextNewId, redo, undo } from './draft.ts'
import { findFaults } from './find-faults.ts'
import { insertVertex } from './insert-vertex.ts'
import { edgesOf, type LatticePoint, toLngLat } from './lattice.ts'
import { mergeCells } from './merge-cells.ts'
import { moveVertex, moveVertices } from './move-vertices.ts'
import { removeVertex } from './remove-vertex.ts'
import { splitCell } from './split-cell.ts'

const SEQUENCES = 2_000
const AREAS = [
  { seed: 1, buildings: 400 },
  { seed: 2, buildings: 1000 },
  { seed: 3, buildings: 600 },
  { seed: 4, buildings: 1000 },
]
const OPERATIONS = ['move', 'move-stretch', 'insert', 'remove', 'split', 'merge'] as const
type Operation = (typeof OPERATIONS)[number]

/** What the set holds, whatever the order in which it came to hold it. */
const dump = (cells: CellSet): string =>
  JSON.stringify([...cells.values()].sort((one, other) => (cellKey(one) < cellKey(other) ? -1 : 1)))

const someCell = (cells: CellSet, random: Random): Cell => random.pick([...cells.values()])
const someRing = (cells: CellSet, random: Random): LatticePoint[] =>
  random.pick(cells.shapeOf(cellKey(someCell(cells, random))).flat())
/** Mostly a few metres, now and then far enough to be refused. */
const shift = (random: Random): [number, number] => {
  const reach = random.pick([100, 1_000, 1_000, 3_000, 20_000])
  return [random.int(-reach, reach), random.int(-reach, reach)]
}
const shifted = ([x, y]: LatticePoint, [dx, dy]: [number, number]) => toLngLat([x + dx, y + dy])

function attempt(cells: CellSet, operation: Operation, random: Random, nextId: () => number): CellEdit {
  const ring = someRing(cells, random)
  const i = random.int(0, ring.length - 1)
  const point = ring[i]!
  const after = ring[(i + 1) % ring.length]!
  if (operation === 'move') return moveVertex(cells, toLngLat(point), shifted(point, shift(random)))
  if (operation === 'move-stretch') {
    const by = shift(random)
    return moveVertices(
      cells,
      [point, after].map((from) => ({ from: toLngLat(from), to: shifted(from, by) })),
    )
  }
  if (operation === 'insert') {
    const middle: LatticePoint = [
      Math.round((point[0] + after[0]) / 2) + random.int(-200, 200),
      Math.round((point[1] + after[1]) / 2) + random.int(-200, 200),
    ]
    return insertVertex(cells, [toLngLat(point), toLngLat(after)], toLngLat(middle))
  }
  if (operation === 'remove') return removeVertex(cells, toLngLat(point))
  const cell = someCell(cells, random)
  if (operation === 'split') {
    const corners = cells.shapeOf(cellKey(cell))[0]![0]!
    const a = random.pick(corners)
    const b = random.pick(corners)
    const jitter = random.pick([0, 300, 3_000])
    const near = ([x, y]: LatticePoint, overshoot: LatticePoint): LatticePoint => [
      Math.round(x + (x - overshoot[0]) * 0.3) + random.int(-jitter, jitter),
      Math.round(y + (y - overshoot[1]) * 0.3) + random.int(-jitter, jitter),
    ]
    const middle: LatticePoint = [
      Math.round((a[0] + b[0]) / 2) + random.int(-2_000, 2_000),
      Math.round((a[1] + b[1]) / 2) + random.int(-2_000, 2_000),
    ]
    const line = random.chance(0.5) ? [near(a, b), near(b, a)] : [near(a, b), middle, near(b, a)]
    return splitCell(cells, cell, line.map(toLngLat), nextId)
  }
  const neighbours = new Set<Cell>()
  for (const [from, to] of edgesOf(cells.shapeOf(cellKey(cell)))) {
    for (const key of cells.edges.get(from, to)!.cells) {
      const other = cells.at(key)
      if (other.layer === cell.layer && other.id !== cell.id) neighbours.add(other)
    }
  }
  if (neighbours.size === 0) return { ok: false, reason: 'not-adjacent' }
  const siblings = [...neighbours].filter(({ parentId }) => parentId === cell.parentId)
  const other = random.pick(siblings.length > 0 && random.chance(0.9) ? siblings : [...neighbours])
  return mergeCells(cells, cell.layer, [cell.id, other.id])
}

/** A second opinion on tiling, by another library's overlay in floating point. Square degrees. */
function overlayFaults(cells: CellSet): string[] {
  const faults: string[] = []
  const outermost = [...cells.values()].filter(({ parentId }) => parentId === null)
  const area = (polygons: [number, number][][][]): number =>
    polygons.flat().reduce(
      (sum, ring) =>
        sum +
        Math.abs(
          ring.reduce((part, [x, y], i) => {
            const [ox, oy] = ring[0]!
            const [nx, ny] = ring[(i + 1) % ring.length]!
            return part + (x - ox) * (ny - oy) - (nx - ox) * (y - oy)
          }, 0) / 2,
        ),
      0,
    )
  for (const parent of [undefined, ...cells.values()]) {
    const members = parent ? cells.childrenOf(parent) : outermost
    const children = members.map(({ geometry }) => geometry.coordinates)
    const [first, ...rest] = children
    if (!first) continue
    const left = parent ? area(xor(union(first, ...rest), parent.geometry.coordinates)) : 0
    if (left > TOLERANCE) faults.push(`${parent && cellKey(parent)}: ${left} left`)
    for (const [i, one] of children.entries()) {
      for (const other of children.slice(0, i)) {
        const common = area(intersection(one, other))
        if (common > TOLERANCE) faults.push(`${parent && cellKey(parent)}: ${common} in common`)
      }
    }
  }
  return faults
}
/** About a tenth of a square metre. */
const TOLERANCE = 1e-11

test('2,000 random sequences of edits leave neither gap nor overlap, and undo leads back to the very bytes', () => {
  const counts: Record<string, Record<string, number>> = {}
  const count = (operation: string, outcome: string) => {
    counts[operation] ??= {}
    const outcomes = counts[operation]
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  for (const [areaIndex, { seed, buildings }] of AREAS.entries()) {
    const cells = new CellSet(demoCells(seed, buildings))
    const start = dump(cells)
    expect(findFaults(cells)).toEqual([])
    for (let sequence = 0; sequence < SEQUENCES / AREAS.length; sequence++) {
      const random = createRandom(areaIndex, sequence)
      let draft: Draft = EMPTY_DRAFT
      const take = (step: ReturnType<typeof undo>, operation: string) => {
        if (!step) return count(operation, 'nothing')
        count(operation, 'accepted')
        draft = step.draft
        applyChanges(cells, step.changes)
      }
      for (let step = random.int(3, 8); step > 0; step--) {
        if (random.chance(0.12)) {
          take(undo(draft), 'undo')
          continue
        }
        if (random.chance(0.08)) {
          take(redo(draft), 'redo')
          continue
        }
        const operation = random.pick(OPERATIONS)
        let lowest = nextNewId(draft)
        const edit = attempt(cells, operation, random, () => lowest--)
        count(operation, edit.ok ? 'accepted' : edit.reason)
        if (!edit.ok) continue
        const changes = toChanges(
          cells,
          edit,
          ({ id }) => ({ version: id < 0 ? null : 1, properties: {} }),
          () => ({}),
        )
        cells.apply(edit)
        draft = applyEdit(draft, { what: operation, changes })
        const faults = findFaults(cells, [...edit.changed, ...edit.created])
        if (faults.length > 0)
          throw new Error(`seed ${seed}, sequence ${sequence}, ${operation}: ${faults.join('; ')}`)
      }
      if (sequence % 100 === 0) {
        expect(findFaults(cells)).toEqual([])
        expect(overlayFaults(cells)).toEqual([])
      }
      const end = dump(cells)
      const { done } = draft
      for (let back = undo(draft); back; back = undo(draft)) take(back, 'undo')
      expect(dump(cells) === start).toBe(true)
      for (const _ of done) take(redo(draft), 'redo')
      expect(dump(cells) === end).toBe(true)
      for (let back = undo(draft); back; back = undo(draft)) take(back, 'undo')
      expect(dump(cells) === start).toBe(true)
    }
  }
  console.table(counts)
  for (const operation of OPERATIONS) {
    const outcomes = counts[operation]!
    const total = Object.values(outcomes).reduce((sum, times) => sum + times, 0)
    expect(total).toBeGreaterThan(900)
    expect(outcomes.accepted! / total, `${operation} accepted`).toBeGreaterThan(
      operation === 'remove' ? 0.15 : 0.3,
    )
  }
}, 240_000)
