import { box, comb, ell, horseshoe, patch, place, rectangle, stadium } from './footprints.ts'
import {
  crossing,
  distance,
  type Frame,
  insetRing,
  lerp,
  ringCentroid,
  toLocal,
  toWorld,
  unit,
  type Vec,
} from './plane.ts'
import type { Random } from './random.ts'
import type { Block, BlockKind, BuildingDraft, Community, MicroDraft, SiteKind, Town } from './town.ts'
import { createYard, type Obstacle, type Yard } from './yard.ts'

interface Ground {
  town: Town
  yard: Yard
  frame: Frame
  width: number
  depth: number
  micro: MicroDraft
  random: Random
  block: Block
}
type Put = (
  shape: Vec[],
  at: Vec,
  is: Pick<BuildingDraft, 'use' | 'floors'> & { name: string; metresPerFloor?: number },
) => boolean

const TITLES: Partial<
  Record<BlockKind, [title: string, ground: 'campus' | 'industrial' | 'square' | 'green', SiteKind]>
> = {
  school: ['小学', 'campus', 'school'],
  hospital: ['医院', 'campus', 'hospital'],
  market: ['农贸市场', 'square', 'market'],
  industry: ['工业园', 'industrial', 'industry'],
  offices: ['商务中心', 'square', 'square'],
  park: ['公园', 'green', 'green'],
}

const HAS_LOOP: BlockKind[] = ['hospital', 'industry', 'park']

/**
 * A block of one use: a school, a hospital, a market, an industrial park, offices, a park. One special grid. A block too
 * narrow for anything stays bare.
 */
export function fillCampus(town: Town, community: Community, block: Block, random: Random): void {
  const [title, cover, site] = TITLES[block.kind]!
  const { mesh } = town
  const inset = (metres: number) =>
    insetRing(
      mesh.points(block.face),
      mesh.ringEdges(block.face).map((e) => e.halfWidth + metres),
    )
  const ground = inset(2)
  if (!ground) {
    block.grids.push({
      kind: 'special',
      name: `${block.name}绿地`,
      micros: [{ faces: [block.face], buildings: [] }],
    })
    return
  }
  block.name += block.kind === 'school' && random.chance(0.5) ? '实验学校' : title
  town.landcover.push({ kind: cover, name: block.name, rings: [ground] })
  const loop = HAS_LOOP.includes(block.kind) ? inset(9) : undefined
  const clear = addEntrance(town, community, block, loop)
  const micro: MicroDraft = { faces: [block.face], buildings: [] }
  const frame: Frame = { origin: ringCentroid(ground), angle: block.angle }
  const inside = loop ?? ground
  const us = inside.map((p) => toLocal(frame, p)[0])
  const vs = inside.map((p) => toLocal(frame, p)[1])
  const yard = createYard([inside], clear)
  const width = Math.max(...us) - Math.min(...us)
  const depth = Math.max(...vs) - Math.min(...vs)
  const on: Ground = { town, yard, frame, width, depth, micro, random, block }
  LAYOUTS[block.kind]!(on, (shape, at, is) => putBuilding(on, shape, at, is))
  town.sites.push({ kind: site, at: frame.origin, name: block.name, address: block.address, community })
  block.grids.push({ kind: 'special', name: `${block.name}专属网格`, micros: [micro] })
}

/** Tries the wanted place, then places around it. */
function putBuilding(on: Ground, shape: Vec[], [u, v]: Vec, is: Parameters<Put>[2]): boolean {
  for (let attempt = 0; attempt < 40; attempt++) {
    const reach = attempt * 1.6
    const at: Vec = [u + on.random.between(-reach, reach), v + on.random.between(-reach, reach)]
    const spot = { origin: toWorld(on.frame, at), angle: on.frame.angle }
    const xs = shape.map((p) => p[0])
    const ys = shape.map((p) => p[1])
    const hull = box(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys))
    if (!on.yard.fits(place(hull, spot), 5)) continue
    on.yard.take(place(hull, spot))
    on.micro.buildings.push({
      rings: [place(shape, spot)],
      use: is.use,
      floors: is.floors,
      heightMetres: Math.round(is.floors * (is.metresPerFloor ?? 3.8) * 10) / 10,
      households: 0,
      name: `${on.block.name}${is.name}`,
      address: on.block.address || null,
      role: 'other',
    })
    return true
  }
  return false
}

function putGround(
  on: Ground,
  kind: 'sport' | 'green' | 'water' | 'square',
  shape: Vec[],
  [u, v]: Vec,
): boolean {
  for (let attempt = 0; attempt < 30; attempt++) {
    const reach = attempt * 1.5
    const at: Vec = [u + on.random.between(-reach, reach), v + on.random.between(-reach, reach)]
    const ring = place(shape, { origin: toWorld(on.frame, at), angle: on.frame.angle })
    if (!on.yard.fits(ring, 2)) continue
    on.yard.take(ring)
    on.town.landcover.push({ kind, name: null, rings: [ring] })
    return true
  }
  return false
}

const STALL = { use: 'commercial', floors: 1, name: '摊棚' } as const

const LAYOUTS: Partial<Record<BlockKind, (on: Ground, put: Put) => void>> = {
  school(on, put) {
    const { width: w, depth: d } = on
    const tracks = [
      [62, 118],
      [52, 96],
      [40, 74],
      [30, 56],
    ] as const
    tracks.some(([across, long]) =>
      w >= d
        ? putGround(on, 'sport', stadium(across, long), [w * 0.26, 0])
        : putGround(
            on,
            'sport',
            stadium(across, long).map(([x, y]): Vec => [-y, x]),
            [0, d * 0.26],
          ),
    )
    const side: Vec = w >= d ? [-w * 0.2, 0] : [0, -d * 0.2]
    put(comb(Math.min(58, w * 0.34), Math.min(74, d * 0.44), 11, 3), [side[0], side[1] + d * 0.04], {
      use: 'school',
      floors: 4,
      name: '教学楼',
    })
    put(ell(36, 26, 12), [side[0] - w * 0.12, side[1] - d * 0.26], {
      use: 'school',
      floors: 3,
      name: '综合楼',
    })
    put(rectangle(34, 22), [side[0] + w * 0.1, side[1] - d * 0.3], {
      use: 'school',
      floors: 1,
      name: '体育馆',
      metresPerFloor: 9,
    })
    put(rectangle(26, 16), [side[0], side[1] + d * 0.34], { use: 'school', floors: 2, name: '食堂' })
    put(rectangle(6, 4), [0, -d * 0.42], { use: 'utility', floors: 1, name: '门卫室' })
  },
  hospital(on, put) {
    const { width: w, depth: d } = on
    put(horseshoe(62, 34, 14), [0, -d * 0.18], { use: 'hospital', floors: 5, name: '门诊楼' })
    put(rectangle(58, 18), [0, d * 0.2], { use: 'hospital', floors: 14, name: '住院楼' })
    put(ell(34, 28, 13), [-w * 0.3, 0], { use: 'hospital', floors: 4, name: '医技楼' })
    put(rectangle(24, 14), [w * 0.3, d * 0.05], { use: 'hospital', floors: 3, name: '急诊' })
    put(rectangle(18, 12), [w * 0.32, d * 0.3], { use: 'utility', floors: 2, name: '后勤楼' })
    putGround(on, 'green', patch(38, 18, [1, 0.9, 1, 0.92, 1, 0.9, 1, 0.94, 1, 0.9]), [w * 0.3, -d * 0.28])
  },
  market(on, put) {
    const { width: w, depth: d } = on
    const hall = [Math.min(58, w * 0.5), Math.min(40, d * 0.46)] as const
    put(rectangle(...hall), [0, d * 0.05], {
      use: 'commercial',
      floors: 2,
      name: '大厅',
      metresPerFloor: 5,
    })
    for (const side of [-1, 1]) {
      for (const share of [-0.3, -0.1, 0.1, 0.3]) {
        if (w > d) put(rectangle(6, 15), [side * w * 0.4, d * share * 1.3], STALL)
        else put(rectangle(15, 6), [w * share * 1.3, side * d * 0.4], STALL)
      }
    }
  },
  industry(on, put) {
    const { width: w, depth: d, random } = on
    put(ell(44, 30, 14), [-w * 0.3, -d * 0.38], { use: 'office', floors: 5, name: '办公楼' })
    const size = [random.between(62, 78), random.between(26, 34)] as const
    let number = 0
    for (let v = -d / 2 + 34; v < d / 2; v += size[1] + 14) {
      for (let u = -w / 2 + 44; u < w / 2; u += size[0] + 16) {
        const isStore = random.chance(0.3)
        number += 1
        put(rectangle(size[0] - (number % 3) * 6, size[1]), [u, v], {
          use: isStore ? 'warehouse' : 'industrial',
          floors: random.pick([1, 1, 2, 3]),
          metresPerFloor: 5.5,
          name: `${number}号${isStore ? '仓库' : '厂房'}`,
        })
      }
    }
  },
  offices(on, put) {
    const { width: w, depth: d, random } = on
    put(rectangle(34, 34), [-w * 0.24, d * 0.16], { use: 'office', floors: random.int(20, 32), name: 'A座' })
    put(rectangle(38, 26), [w * 0.22, d * 0.18], { use: 'office', floors: random.int(14, 22), name: 'B座' })
    put(ell(64, 40, 22), [-w * 0.06, -d * 0.24], {
      use: 'commercial',
      floors: 4,
      name: '商业裙楼',
      metresPerFloor: 4.5,
    })
    put(rectangle(30, 18), [w * 0.32, -d * 0.22], { use: 'office', floors: 8, name: 'C座' })
    putGround(on, 'green', patch(30, 16, [1, 0.9, 1, 0.9, 1, 0.9, 1, 0.9]), [w * 0.02, d * 0.02])
  },
  park(on, put) {
    const { width: w, depth: d, random } = on
    const waver = Array.from(
      { length: 18 },
      (_, i) => 0.84 + 0.16 * Math.sin(i * 2.1) ** 2 * random.between(0.6, 1),
    )
    putGround(on, 'water', patch(w * 0.42, d * 0.36, waver), [w * 0.06, d * 0.04])
    put(horseshoe(16, 12, 4), [-w * 0.3, -d * 0.2], {
      use: 'public',
      floors: 1,
      name: '水榭',
      metresPerFloor: 4.5,
    })
    put(rectangle(9, 9), [w * 0.32, d * 0.26], { use: 'public', floors: 1, name: '凉亭' })
    put(rectangle(10, 6), [-w * 0.34, d * 0.3], { use: 'utility', floors: 1, name: '公厕' })
  },
}

/**
 * The way in from the middle of the longest street side. With a loop, the drive meets it; without, it ends just inside.
 * Returns what buildings must keep clear of.
 */
function addEntrance(
  town: Town,
  community: Community,
  block: Block,
  loop: readonly Vec[] | undefined,
): Obstacle[] {
  const { mesh } = town
  const ring = mesh.faces[block.face]!
  const edges = mesh.ringEdges(block.face)
  const lengths = ring.map((node, i) => {
    const street = edges[i]!.kind === 'minor' || edges[i]!.kind === 'main'
    return street ? distance(mesh.nodes[node]!, mesh.nodes[ring[(i + 1) % ring.length]!]!) : 0
  })
  const longest = lengths.indexOf(Math.max(...lengths))
  if (lengths[longest] === 0) return []
  const [from, to] = [ring[longest]!, ring[(longest + 1) % ring.length]!]
  const [a, b] = [mesh.nodes[from]!, mesh.nodes[to]!]
  const [ux, uy] = unit(a, b)
  const start = lerp(a, b, 0.5)
  const ahead = (metres: number): Vec => [start[0] - uy * metres, start[1] + ux * metres]
  const edge = edges[longest]!
  block.address = edge.name ? `${edge.name}${20 + ((from * 31) % 420)}号` : ''
  const street = mesh.splitEdge(from, to, start)
  const drive = { kind: block.kind === 'park' ? 'path' : 'service', name: null, halfWidth: 2.5 } as const
  const hits = (loop ?? []).flatMap((p, i) => {
    const hit = crossing(start, ahead(90), p, loop![(i + 1) % loop!.length]!)
    return hit ? [{ t: hit[0], at: i + hit[1] }] : []
  })
  const hit = hits.toSorted((one, other) => one.t - other.t)[0]
  const end = mesh.addNode(hit ? ahead(90 * hit.t) : ahead(edge.halfWidth + 16))
  mesh.setEdge(street, end, drive)
  town.sites.push({
    kind: 'gate',
    at: ahead(edge.halfWidth + 2.5),
    name: `${block.name}正门`,
    address: block.address,
    community,
  })
  const clear: Obstacle[] = [[start, mesh.nodes[end]!, 4]]
  if (loop && hit) {
    const nodes = loop.map((p, i) => ({ node: mesh.addNode(p), at: i }))
    nodes.push({ node: end, at: hit.at })
    nodes.sort((one, other) => one.at - other.at)
    nodes.forEach(({ node }, i) => {
      const next = nodes[(i + 1) % nodes.length]!.node
      mesh.setEdge(node, next, drive)
      clear.push([mesh.nodes[node]!, mesh.nodes[next]!, 5])
    })
  }
  return clear
}
