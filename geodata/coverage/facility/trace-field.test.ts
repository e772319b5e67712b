import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaSquareMetres } from '../../editing/measure.ts'
import { assignToPolygons } from './assign-to-polygons.ts'
import { layLattice, nearestStretches } from './lattice-field.ts'
import { traceField } from './trace-field.ts'

const BOX = [121.5, 31.2, 121.51, 31.21] as const

function fieldOf(excess: (x: number, y: number) => number) {
  const lattice = layLattice([...BOX], 50)
  const field = new Float32Array(lattice.width * lattice.height).map((_, sample) =>
    excess(
      (sample % lattice.width) * lattice.stepMetres,
      Math.floor(sample / lattice.width) * lattice.stepMetres,
    ),
  )
  return { lattice, field }
}

test('a circle and a ring around a hole have the areas that they have', () => {
  const { lattice, field } = fieldOf((x, y) => Math.hypot(x - 500, y - 500) - 200)
  const [circle, ...others] = traceField(lattice, field)
  expect(others).toEqual([])
  expect(circle).toHaveLength(1)
  const circleArea = areaSquareMetres({ type: 'MultiPolygon', coordinates: [circle!] })
  expect(Math.abs(circleArea / (Math.PI * 200 ** 2) - 1)).toBeLessThan(0.001)

  const ring = fieldOf((x, y) => Math.abs(Math.hypot(x - 500, y - 500) - 200) - 60)
  const polygons = traceField(ring.lattice, ring.field)
  expect(polygons.map((rings) => rings.length)).toEqual([2])
  const ringArea = areaSquareMetres({ type: 'MultiPolygon', coordinates: polygons })
  expect(Math.abs(ringArea / (Math.PI * (260 ** 2 - 140 ** 2)) - 1)).toBeLessThan(0.001)
})

test('what runs out of the lattice is closed at its border', () => {
  const { lattice, field } = fieldOf(() => -1)
  const polygons = traceField(lattice, field)
  expect(polygons.map((rings) => rings.map((ring) => ring.length))).toEqual([[9]])
})

test('of any samples, those inside lie in one polygon each and those outside in none', () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.integer({ min: -8, max: 8 })), (values) => {
      const lattice = layLattice([121.5, 31.2, 121.5012, 31.201], 0)
      const field = new Float32Array(lattice.width * lattice.height).map(() => values.next().value! * 1.3)
      const polygons = traceField(lattice, field)
      for (const ring of polygons.flat()) expect(ring.at(-1)).toEqual(ring[0])
      const samples = Array.from(field, (_, sample) =>
        lattice.toLngLat(sample % lattice.width, Math.floor(sample / lattice.width)),
      )
      const held = assignToPolygons(
        polygons,
        { lng: samples.map(([lng]) => lng), lat: samples.map(([, lat]) => lat) },
        [0, 0],
      )
      for (const [sample, polygon] of held.entries()) {
        const [column, row] = [sample % lattice.width, Math.floor(sample / lattice.width)]
        const isBorder =
          column === 0 || row === 0 || column === lattice.width - 1 || row === lattice.height - 1
        expect(polygon >= 0).toBe(!isBorder && field[sample]! <= 0)
      }
    }),
    { seed: 8, numRuns: 40 },
  )
})

test('the nearest stretch of a sample is as near as the nearest there is', () => {
  const lattice = layLattice([121.5, 31.2, 121.504, 31.203], 0)
  const end = fc.tuple(fc.integer({ min: 0, max: 350 }), fc.integer({ min: 0, max: 300 }))
  fc.assert(
    fc.property(fc.array(fc.tuple(end, end), { minLength: 1, maxLength: 12 }), (lines) => {
      const column = (of: (line: (typeof lines)[number]) => number) => Float64Array.from(lines, of)
      const stretches = {
        ax: column(([a]) => a[0]),
        ay: column(([a]) => a[1]),
        bx: column(([, b]) => b[0]),
        by: column(([, b]) => b[1]),
      }
      const { metres } = nearestStretches(lattice, stretches)
      for (let sample = 0; sample < metres.length; sample += 7) {
        const [x, y] = [
          (sample % lattice.width) * lattice.stepMetres,
          Math.floor(sample / lattice.width) * lattice.stepMetres,
        ]
        const least = Math.min(
          ...lines.map(([a, b]) => {
            const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
            const squared = dx * dx + dy * dy
            const share = squared === 0 ? 0 : ((x - a[0]) * dx + (y - a[1]) * dy) / squared
            const on = Math.min(1, Math.max(0, share))
            return Math.hypot(a[0] + on * dx - x, a[1] + on * dy - y)
          }),
        )
        expect(Math.abs(metres[sample]! - least)).toBeLessThan(lattice.stepMetres / 4)
      }
    }),
    { seed: 9, numRuns: 30 },
  )
})
