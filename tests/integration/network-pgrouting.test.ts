import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../geodata/demo/random.ts'
import { costMatrix } from '../../geodata/network/cost-matrix.ts'
import { snap, snapToEach } from '../../geodata/network/snap.ts'
import { twoNearest } from '../../geodata/network/two-nearest.ts'
import type { WalkGraph } from '../../geodata/network/walk-graph.ts'
import { checkWalk } from '../../geodata/routing/check-walk.ts'
import { matchPairs } from '../../geodata/routing/match-pairs.ts'
import { walkStreets } from '../../geodata/routing/walk-streets.ts'
import { importFile } from '../../server/exchange/import-file.ts'
import { startOutbox } from '../../server/live/outbox.ts'
import { createNetwork } from '../../server/network/network.ts'
import { connect, openDatabase } from '../../server/platform/database.ts'
import { freshDatabase } from '../support/on-both-databases.ts'
import {
  largestDifference,
  largestPart,
  pgRoutingMatrix,
  pgRoutingReach,
  preparePgRouting,
  type RoutingNode,
} from '../support/pgrouting.ts'

const TOWNS = new URL('../../../shared/data/towns/', import.meta.url).pathname
if (!existsSync(TOWNS)) console.log('Skipped: the real towns, because ../shared/data is not here.')
/** Made for these tests, so that a clone without the real towns tries the same. */
const SMALL = new URL('../fixtures/', import.meta.url).pathname
const NODES = 60

describe('pgRouting, an extension of PostgreSQL, finds the same distances', () => {
  // The small town has but few crossings and ends: all of them are tried.
  test('in a made-up town', () => compare(SMALL, 'small-town.osm', 4))
  test.skipIf(!existsSync(TOWNS))('in Tongji', () => compare(TOWNS, 'tongji-shanghai.osm.pbf', NODES))
  test.skipIf(!existsSync(TOWNS))('in Monaco', () => compare(TOWNS, 'monaco-2012.osm.gz', NODES))
})

describe('every street of the largest part is walked for as little as pgRouting says', () => {
  test('in a made-up town', () => comparePostman(SMALL, 'small-town.osm'))
  test.skipIf(!existsSync(TOWNS))('in Tongji', () => comparePostman(TOWNS, 'tongji-shanghai.osm.pbf'))
  test.skipIf(!existsSync(TOWNS))('in Monaco', () => comparePostman(TOWNS, 'monaco-2012.osm.gz'))
})

function compare(folder: string, fileName: string, atLeast: number) {
  return withTown(folder, fileName, async ({ sql, nodes: all, graph }) => {
    const nodes = createRandom(60).shuffle(all).slice(0, NODES)
    expect(nodes.length).toBeGreaterThanOrEqual(atLeast)
    const places = nodes.map(({ lngLat }) => snap(graph, lngLat, 0.1)!)
    const ours = costMatrix(graph, places, places)
    expect(ours.filter((cost) => cost > 0 && cost < Infinity).length).toBeGreaterThan(nodes.length)
    expect(largestDifference(ours, await pgRoutingMatrix(sql, nodes))).toBeLessThan(1e-6)
    await compareReach(sql, graph, all, nodes.slice(0, Math.ceil(nodes.length / 10)))
  })
}

/** The nodes within a walk of some nodes, which are those of pgr_drivingDistance, at the same cost. */
async function compareReach(sql: Town['sql'], graph: WalkGraph, all: RoutingNode[], sources: RoutingNode[]) {
  // Of a bridge, which has no node where it crosses, the place is not at an end.
  const placeOf = ({ lngLat }: RoutingNode) =>
    snapToEach(graph, lngLat, 0.1).find(({ fraction }) => fraction === 0 || fraction === 1)!
  const { firstMetres } = twoNearest(graph, sources.map(placeOf))
  const limitMetres = 500
  const ours = new Map(
    all.flatMap((node): [number, number][] => {
      const { edge, fraction } = placeOf(node)
      const metres = firstMetres[fraction === 0 ? graph.edgeFrom[edge]! : graph.edgeTo[edge]!]!
      return metres <= limitMetres ? [[node.id, metres]] : []
    }),
  )
  const theirs = await pgRoutingReach(sql, sources, limitMetres)
  expect(ours.size).toBeGreaterThan(sources.length)
  expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort())
  for (const [id, metres] of ours) expect(Math.abs(metres - theirs.get(id)!)).toBeLessThan(1e-3)
}

/**
 * pgr_chinesePostmanCost knows directed streets alone: with both directions it walks each street both ways. Walked once,
 * in whichever direction, the streets and the least cost pairs of the odd crossings, by pgRouting's distances, are the sum.
 */
function comparePostman(folder: string, fileName: string) {
  return withTown(folder, fileName, async ({ sql, nodes }) => {
    const edges = await largestPart(sql)
    const placeOf = new Map(
      [...new Set(edges.flatMap(({ source, target }) => [source, target]))].map((id, at) => [id, at]),
    )
    const streets = edges.map(({ source, target, cost }) => ({
      from: placeOf.get(source)!,
      to: placeOf.get(target)!,
      metres: cost,
    }))
    const metresOf = (twice: boolean) => {
      const problem = { nodeCount: placeOf.size, streets: twice ? [...streets, ...streets] : streets }
      const plan = walkStreets(problem, { seed: 1 })
      expect(checkWalk(problem, plan)).toEqual([])
      expect([plan.isExact, plan.unreached]).toEqual([true, []])
      return plan.walks[0]!.metres
    }
    const [{ metres: bothWays }] = await sql<[{ metres: number }]>`
      SELECT pgr_chinesePostmanCost('SELECT id, source, target, cost, reverse_cost FROM largest_part') AS metres`
    expect(metresOf(true) / bothWays).toBeCloseTo(1, 6)

    const degree = new Map<number, number>()
    for (const { source, target } of edges)
      for (const id of [source, target]) degree.set(id, (degree.get(id) ?? 0) + 1)
    const odd = nodes.filter(({ id }) => (degree.get(id) ?? 0) % 2 === 1)
    const millimetres = (await pgRoutingMatrix(sql, odd)).map((metres) => Math.round(metres * 1000))
    const deadHead = matchPairs(millimetres, odd.length)!.cost / 1000
    const once = edges.reduce((sum, { cost }) => sum + cost, 0)
    expect(metresOf(false) / (once + deadHead)).toBeCloseTo(1, 6)
  })
}

interface Town {
  sql: ReturnType<typeof connect>
  nodes: RoutingNode[]
  graph: WalkGraph
}

async function withTown(folder: string, fileName: string, look: (town: Town) => Promise<void>) {
  const { env, remove } = await freshDatabase('postgres')
  const database = await openDatabase(env, 'server')
  const outbox = await startOutbox(database)
  const sql = connect(env.databaseUrl!, 1)
  try {
    await importFile(database, { path: folder + fileName, fileName, division: '310110' })
    const nodes = await preparePgRouting(sql)
    const { graph } = await createNetwork({ database, outbox }).current()
    await look({ sql, nodes, graph })
  } finally {
    await sql.end()
    outbox.close()
    await database.close()
    await remove()
  }
}
