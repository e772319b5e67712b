import { readFile, writeFile } from 'node:fs/promises'
import { createRandom } from '../../geodata/demo/random.ts'
import { isInShape, toShape } from '../../geodata/editing/lattice.ts'
import { pointInside } from '../../geodata/editing/point-inside.ts'
import { OsmData } from '../../geodata/exchange/osm/osm-data.ts'
import { osmToLayers } from '../../geodata/exchange/osm/osm-to-layers.ts'
import { osmXmlReader } from '../../geodata/exchange/osm/read-osm-xml.ts'
import { ReadNotes } from '../../geodata/exchange/read-notes.ts'
import type { RedrawUnit } from '../../geodata/partition/describe-partition.ts'
import type { Priority } from '../../geodata/partition/partition.ts'
import { redrawUnit } from '../../geodata/partition/redraw-unit.ts'
import { faultsOf, testCommunity } from '../../geodata/partition/test-community.ts'
import type { IncomingFeature } from '../../geodata/shared/feature.ts'
import type { LngLat, MultiPolygon } from '../../geodata/shared/geojson.ts'
import { option, say } from './bench-options.ts'

/**
 * npm run bench:partition -- [--communities 200] [--osm ../shared/data/towns/tongji-shanghai.osm] [--json OUT]
 * Micro-grids of made-up communities of 50 to 5,000 buildings, of one of 5,000, and of the estates of a town in OpenStreetMap,
 * ground and shapes included. Each partition is looked at without the code that made it.
 */
const PRIORITIES: Priority[] = ['balance', 'compact', 'streets']
const count = Number(option('communities') ?? 200)

interface Row {
  name: string
  buildings: number
  cells: number
  outcome: string
  faults: string[]
  milliseconds: number
}

function run(
  name: string,
  unit: RedrawUnit,
  seed: number,
  ask: { band: { min: number; max: number } } | { count: number },
): Row {
  const started = performance.now()
  const redrawn = redrawUnit(unit, {
    band: 'band' in ask ? ask.band : null,
    count: 'count' in ask ? ask.count : null,
    mode: 'fresh',
    priorities: [PRIORITIES[seed % PRIORITIES.length]!],
    seed,
    given: null,
  })
  const milliseconds = performance.now() - started
  const [found] = redrawn.alternatives
  const row = {
    name,
    buildings: unit.buildings.length,
    cells: found?.cells.length ?? 0,
    outcome: found ? (found.why ? `${found.outcome}: ${found.why.reason}` : found.outcome) : 'no buildings',
    faults: found ? faultsOf(unit, redrawn, found) : [],
    milliseconds: Math.round(milliseconds),
  }
  say(
    `${name.padEnd(24)} ${row.buildings} buildings  ${row.cells} cells  ${row.outcome}  ${row.milliseconds} ms  ${row.faults.join('; ')}`,
  )
  return row
}

function bandFor(unit: RedrawUnit, seed: number) {
  const total = unit.buildings.reduce((sum, { weight }) => sum + weight, 0)
  const perCell = createRandom(seed, 1).int(8, 30)
  const middle = Math.max(30, total / Math.max(2, Math.round(unit.buildings.length / perCell)))
  return { band: { min: Math.floor(middle * 0.8), max: Math.ceil(middle * 1.2) } }
}

const made = Array.from({ length: count }, (_, i) => {
  const seed = i + 1
  const unit = testCommunity(seed, Math.round(50 * 100 ** createRandom(seed, 2).next()))
  return run(`community ${seed}`, unit, seed, bandFor(unit, seed))
})
const large = Array.from({ length: 9 }, (_, i) => {
  const unit = testCommunity(1_000 + i, 5_350)
  return run(`large ${i + 1}`, unit, i, bandFor(unit, i))
})
const file = option('osm') ?? '../shared/data/towns/tongji-shanghai.osm'
const estates = await readEstates(file).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT') throw error
  say(`${file} is not there: estates were skipped.`)
  return []
})
const real = estates.map(([name, unit], i) =>
  run(name, unit, i, { count: Math.min(3, unit.buildings.length) }),
)

const median = (rows: Row[]) =>
  rows.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b)[rows.length >> 1]
const tell = (title: string, rows: Row[]) => {
  const outcomes = new Set(rows.map(({ outcome }) => outcome))
  console.log(
    `${title}: ${rows.length}, without fault ${rows.filter(({ faults }) => faults.length === 0).length}, ` +
      `${[...outcomes].map((outcome) => `${outcome} ${rows.filter((row) => row.outcome === outcome).length}`).join(', ')}, ` +
      `median ${median(rows)} ms`,
  )
}
tell('Communities of 50–5,000 buildings', made)
tell('Communities of about 5,000 buildings', large)
if (real.length > 0) tell(`Estates of ${file}, three cells each`, real)
const out = option('json')
if (out) await writeFile(out, `${JSON.stringify({ made, large, real }, null, 2)}\n`)
if ([...made, ...large, ...real].some(({ faults }) => faults.length > 0)) process.exitCode = 1

async function readEstates(path: string): Promise<[string, RedrawUnit][]> {
  const data = new OsmData()
  const reader = osmXmlReader(data)
  reader.write(await readFile(path, 'utf8'))
  reader.end()
  const { layers } = osmToLayers(data, new ReadNotes())
  const multi = ({ geometry }: IncomingFeature) => geometry as MultiPolygon
  const houses = layers.buildings.map((feature, i) => ({
    feature,
    id: i + 1,
    at: pointInside(toShape(multi(feature))[0]!),
  }))
  return layers.communities.flatMap((community) => {
    const shape = toShape(multi(community))
    const inside = houses.filter(({ at }) => isInShape(at, shape))
    if (inside.length < 3) return []
    const buildings = inside.map(({ feature, id }) => ({
      id,
      geometry: multi(feature),
      weight: 1,
      standing: -1,
    }))
    const lines = layers.roads.map(({ geometry, properties }) => ({
      points: geometry.coordinates as LngLat[],
      kind: 'street' as const,
      isWalkable: properties.walkable === true,
    }))
    return [
      [String(community.properties.name), { geometry: multi(community), buildings, lines, standing: [] }],
    ]
  })
}
