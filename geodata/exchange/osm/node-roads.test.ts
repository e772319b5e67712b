import { expect, test } from 'vitest'
import { measureNetwork } from '../measure-network.ts'
import { nodeRoads } from './node-roads.ts'
import { OsmData, type OsmTags } from './osm-data.ts'

/** Nodes by name at [x, y] in thousandths of a degree; ways as lists of names. */
function network(nodes: Record<string, [number, number]>, ways: { refs: string; tags?: OsmTags }[]) {
  const data = new OsmData()
  const names = Object.keys(nodes)
  const id = (name: string) => names.indexOf(name) + 1
  for (const name of names.filter((each) => !each.startsWith('missing')))
    data.addNode(id(name), nodes[name]![0] / 1000, nodes[name]![1] / 1000, undefined)
  for (const [index, { refs, tags }] of ways.entries())
    data.addWay(index + 1, refs.split(' ').map(id), { highway: 'residential', ...tags })
  const noded = nodeRoads([...data.ways.values()], data)
  return {
    lengths: noded.segments.map(({ coordinates }) => coordinates.length),
    ...measureNetwork(noded.segments.map(({ coordinates }) => ({ coordinates, walkable: true }))),
    ...noded,
  }
}
const cross = { a: [0, 0], b: [1, 0], c: [2, 0], d: [1, -1], e: [1, 1] } as Record<string, [number, number]>

test('two ways that share a node are cut there and joined', () => {
  const { segments, components } = network(cross, [{ refs: 'a b c' }, { refs: 'd b e' }])
  expect(segments.map(({ sourceId }) => sourceId)).toEqual([
    'osm:way/1#0',
    'osm:way/1#1',
    'osm:way/2#0',
    'osm:way/2#1',
  ])
  expect(components).toBe(1)
})

test('a way that ends on the middle of another cuts it', () => {
  expect(network(cross, [{ refs: 'a b c' }, { refs: 'd b' }])).toMatchObject({
    components: 1,
    lengths: [2, 2, 2],
  })
})

test('a bridge that crosses without a shared node joins nothing', () => {
  const { components, lengths } = network(cross, [
    { refs: 'a c' },
    { refs: 'd e', tags: { bridge: 'yes', layer: '1' } },
  ])
  expect({ components, lengths }).toEqual({ components: 2, lengths: [2, 2] })
})

test('ends of different nodes at one position join on one level but not between bridge and street', () => {
  const nodes = { ...cross, f: [2, 0], g: [3, 0] } as Record<string, [number, number]>
  expect(network(nodes, [{ refs: 'a c' }, { refs: 'f g' }])).toMatchObject({ components: 1, movedApart: 0 })
  const bridge = { bridge: 'yes', layer: '1' }
  expect(network(nodes, [{ refs: 'a c' }, { refs: 'f g', tags: bridge }])).toMatchObject({
    components: 2,
    movedApart: 1,
  })
})

test('a way that passes a node twice is cut there, and a plain loop stays one segment', () => {
  expect(network(cross, [{ refs: 'a b c e b d' }]).lengths).toEqual([2, 4, 2])
  expect(network(cross, [{ refs: 'a b e a' }]).lengths).toEqual([4])
})

test('the stretches of a way inside the extract are kept and the way is counted', () => {
  const nodes = { ...cross, missing: [9, 9] } as Record<string, [number, number]>
  expect(network(nodes, [{ refs: 'a b missing c e' }])).toMatchObject({ cutOff: 1, lengths: [2, 2] })
})

test('repeated nodes and ways of one node make no segment', () => {
  expect(network(cross, [{ refs: 'a a' }, { refs: 'b' }, { refs: 'a a c' }]).lengths).toEqual([2])
})

test('lengths are geodesic: a degree of latitude at Shanghai is 110.86 km', () => {
  const { kilometres, largestShare } = network({ a: [121_000, 30_500], b: [121_000, 31_500] }, [
    { refs: 'a b' },
  ])
  expect(kilometres).toBeCloseTo(110.86, 1)
  expect(largestShare).toBe(1)
})
