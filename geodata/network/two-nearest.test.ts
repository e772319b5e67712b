import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildGraph } from './build-graph.ts'
import { nearest } from './nearest.ts'
import { snapAll, somePlaces, someRoads } from './test-streets.ts'
import { sourcesByEdge, twoNearest, twoNearestTo } from './two-nearest.ts'

test('the two nearest sources of a place are those that a search from the place finds', () => {
  fc.assert(
    fc.property(someRoads(), somePlaces(6), somePlaces(3), (roads, sites, asked) => {
      const graph = buildGraph(roads)
      const sources = snapAll(graph, sites)
      const labels = twoNearest(graph, sources)
      const byEdge = sourcesByEdge(sources)
      for (const place of snapAll(graph, asked)) {
        const found = twoNearestTo(graph, labels, place, sources, byEdge)
        const [first, second] = nearest(graph, place, sources, 2)
        expect(found.firstMetres).toBeCloseTo(first?.metres ?? Number.POSITIVE_INFINITY, 6)
        expect(found.secondMetres).toBeCloseTo(second?.metres ?? Number.POSITIVE_INFINITY, 6)
        expect(found.first < 0).toBe(!first)
        expect(found.second < 0).toBe(!second)
        if (second) expect(found.first).not.toBe(found.second)
      }
    }),
    { seed: 6, numRuns: 60 },
  )
})
