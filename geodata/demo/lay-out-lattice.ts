import type { Edge } from './mesh.ts'
import { lerp, type Vec } from './plane.ts'
import { PROGRAMMES } from './programmes.ts'
import { createRandom } from './random.ts'
import type { Community, Town } from './town.ts'

/** Communities of a sub-district: four from west to east, three from north to south. */
const COLUMNS = 4
const ROWS = 3
/** In a town smaller than one sub-district the old quarters beside the canal come first. */
const ROW_ORDER = [1, 2, 0]
const COLUMN_ORDER = [0, 1, 2, 3]
const PER_SUB_DISTRICT = PROGRAMMES.flat().reduce((sum, { buildings }) => sum + buildings, 0)
/** Straight pieces of a main road or canal from corner to corner. */
const PIECES = 13
const CANAL_HALF_WIDTH = 13
const CREEK_HALF_WIDTH = 8

/**
 * The skeleton of the town: a bent lattice of main roads, the canal between the second and third row of communities and
 * a creek that joins it from the north, with one face a community. Sub-districts stand side by side on one lattice.
 */
export function layOutLattice(town: Town, buildings: number): void {
  const subDistricts = Math.ceil(buildings / PER_SUB_DISTRICT)
  const across = Math.ceil(Math.sqrt(subDistricts))
  const lattice = createLattice(town, across * COLUMNS, Math.ceil(subDistricts / across) * ROWS)
  let expected = 0
  for (let subDistrict = 0; expected < buildings; subDistrict++) {
    const isMirrored = createRandom(town.seed, 15, subDistrict).chance(0.5)
    // Later sub-districts fill from the north-west, where they touch those that are there.
    const isFirst = subDistrict === 0
    for (const row of isFirst ? ROW_ORDER : [0, 1, 2]) {
      for (const place of isFirst ? COLUMN_ORDER : [0, 1, 2, 3]) {
        const planColumn = isMirrored && !isFirst ? COLUMNS - 1 - place : place
        const programme = PROGRAMMES[row]![planColumn]!
        // The next community is one too many when leaving it out comes nearer to what was asked for.
        if (expected > 0 && expected + programme.buildings / 2 > buildings) return
        expected += programme.buildings
        const column = isMirrored ? COLUMNS - 1 - planColumn : planColumn
        town.communities.push({
          ...lattice.face(
            (subDistrict % across) * COLUMNS + column,
            Math.floor(subDistrict / across) * ROWS + row,
          ),
          programme,
          column,
          row,
          subDistrict,
          name: '',
          isVillage: false,
          blocks: [],
        })
      }
    }
  }
}

function createLattice(town: Town, columns: number, rows: number) {
  const { mesh } = town
  const xs = positions(town.seed, 11, columns, 440, 560)
  const ys = positions(town.seed, 12, rows, 410, 510).map((y) => -y)
  const bend = createBend(town.seed, ys)
  const corners = new Map<string, { plan: Vec; node: number }>()
  const chains = new Map<string, number[]>()
  const names = new Map<string, string>()

  function corner(i: number, j: number) {
    const key = `${i},${j}`
    let found = corners.get(key)
    if (!found) {
      const random = createRandom(town.seed, 13, i, j)
      const plan: Vec = [xs[i]! + random.between(-32, 32), ys[j]! + random.between(-28, 28)]
      found = { plan, node: mesh.addNode(bend(plan)) }
      corners.set(key, found)
    }
    return found
  }
  function road(i: number, j: number, isRow: boolean): Edge {
    const line = isRow ? `r${j}` : `c${i}`
    const stretch = `${line}/${Math.floor((isRow ? i : j) / 8)}`
    if (isRow ? j % ROWS === 2 : i % COLUMNS === 3 && j % ROWS !== 2) {
      if (!names.has(stretch)) names.set(stretch, `${town.nextName()}${isRow ? '塘河' : '浜'}`)
      const halfWidth = isRow ? CANAL_HALF_WIDTH : CREEK_HALF_WIDTH
      return { kind: 'canal', name: names.get(stretch)!, halfWidth }
    }
    if (!names.has(`${stretch}r`)) names.set(`${stretch}r`, `${town.nextName()}路`)
    const isMain = isRow || i % 2 === 0
    return { kind: isMain ? 'main' : 'minor', name: names.get(`${stretch}r`)!, halfWidth: isMain ? 15 : 10 }
  }
  /** Nodes from one corner to the next, east or south. */
  function chain(i: number, j: number, isRow: boolean): number[] {
    const key = `${i},${j},${isRow}`
    let found = chains.get(key)
    if (!found) {
      const from = corner(i, j)
      const to = isRow ? corner(i + 1, j) : corner(i, j + 1)
      const inner = Array.from({ length: PIECES - 1 }, (_, k) =>
        mesh.addNode(bend(lerp(from.plan, to.plan, (k + 1) / PIECES))),
      )
      found = [from.node, ...inner, to.node]
      for (let k = 0; k + 1 < found.length; k++) mesh.setEdge(found[k]!, found[k + 1]!, road(i, j, isRow))
      chains.set(key, found)
    }
    return found
  }
  return {
    face(i: number, j: number): Pick<Community, 'face' | 'angle'> {
      const south = chain(i, j + 1, true)
      const east = chain(i + 1, j, false).toReversed()
      const north = chain(i, j, true).toReversed()
      const west = chain(i, j, false)
      const ring = [south, east, north, west].flatMap((side) => side.slice(0, -1))
      const [sw, se] = [mesh.nodes[south[0]!]!, mesh.nodes[south.at(-1)!]!]
      const [ne, nw] = [mesh.nodes[north[0]!]!, mesh.nodes[north.at(-1)!]!]
      return {
        face: mesh.addFace(ring),
        angle: Math.atan2(se[1] - sw[1] + ne[1] - nw[1], se[0] - sw[0] + ne[0] - nw[0]),
      }
    },
  }
}

function positions(seed: number, stream: number, spans: number, low: number, high: number): number[] {
  const out = [0]
  for (let i = 0; i < spans; i++) out.push(out[i]! + createRandom(seed, stream, i).between(low, high))
  return out
}

/** A gentle, smooth displacement of the whole plan; stronger along the canals, which meander. Slopes stay below 0.45. */
function createBend(seed: number, ys: number[]): (plan: Vec) => Vec {
  const random = createRandom(seed, 14)
  const phase = Array.from({ length: 5 }, () => random.between(0, 2 * Math.PI))
  const canals = ys.filter((_, j) => j % ROWS === 2)
  return ([x, y]) => {
    let dy = 34 * Math.sin(x / 310 + phase[0]!) + 14 * Math.sin(x / 127 + y / 500 + phase[1]!)
    const dx = 38 * Math.sin(y / 290 + phase[2]!) + 12 * Math.sin(y / 120 + x / 450 + phase[3]!)
    const canal = canals.reduce((best, c) => (Math.abs(c - y) < Math.abs(best - y) ? c : best), 1e9)
    dy += 40 * Math.sin(x / 165 + phase[4]!) * Math.exp(-(((y - canal) / 230) ** 2))
    return [x + dx + 0.05 * y, y + dy - 0.04 * x]
  }
}
