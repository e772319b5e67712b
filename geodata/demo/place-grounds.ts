import { type Estate, extent, type Plot } from './estate.ts'
import { box, ell, patch, place, rectangle } from './footprints.ts'
import { type Frame, ringCentroid, toLocal, toWorld } from './plane.ts'
import type { BuildingDraft } from './town.ts'

/** A kindergarten with its playground, in a corner of a large estate. */
export function placeKindergarten(
  { town, community, block, frame }: Estate,
  { yard, ring, micro }: Plot,
): void {
  const middle = toLocal(frame, ringCentroid(ring))
  for (const [du, dv] of [
    [0, 0],
    [-16, 0],
    [16, 0],
    [0, -12],
    [0, 12],
  ] as const) {
    const at: Frame = { origin: toWorld(frame, [middle[0] + du, middle[1] + dv]), angle: frame.angle }
    const ground = place(rectangle(48, 34), at)
    if (!yard.fits(ground, 1)) continue
    yard.take(ground)
    const name = `${block.name}幼儿园`
    micro.buildings.push({
      rings: [place(ell(42, 26, 12), at)],
      use: 'school',
      floors: 3,
      heightMetres: 11.4,
      households: 0,
      name,
      address: block.address || null,
      role: 'other',
    })
    town.landcover.push({ kind: 'campus', name, rings: [ground] })
    const playground = place(box(-7, -1, 19, 12), at)
    town.landcover.push({ kind: 'sport', name: null, rings: [playground] })
    town.sites.push({ kind: 'kindergarten', at: at.origin, name, address: block.address, community })
    return
  }
}

/** Lawns on the sunny side of the buildings. */
export function placeLawns({ town, frame, style }: Estate, { yard, micro }: Plot): void {
  for (const { rings, role } of micro.buildings) {
    if (role !== 'slab' && role !== 'tower') continue
    const local = rings[0]!.map((p) => toLocal(frame, p))
    const { west, east, south } = extent(local)
    const deep = Math.min(9, (style.pitch - style.depth) * 0.34)
    const at: Frame = {
      origin: toWorld(frame, [(west + east) / 2, south - 2.4 - deep / 2]),
      angle: frame.angle,
    }
    const shape = place(rectangle(east - west - 1, deep), at)
    if (!yard.fits(shape, 1)) continue
    yard.take(shape)
    town.landcover.push({ kind: 'green', name: null, rings: [shape] })
  }
}

/** Trees and shrubs where ground is left. */
export function placePlanting({ town, frame, random }: Estate, { yard, ring }: Plot): void {
  const local = extent(ring.map((p) => toLocal(frame, p)))
  let left = 3
  for (let attempt = 0; attempt < 40 && left > 0; attempt++) {
    const size = random.between(9, 22) * (1 - attempt / 80)
    const at: Frame = {
      origin: toWorld(frame, [
        random.between(local.west, local.east),
        random.between(local.south, local.north),
      ]),
      angle: frame.angle + random.between(-0.2, 0.2),
    }
    const waver = Array.from({ length: 10 }, () => random.between(0.8, 1))
    const shape = place(patch(size * random.between(1, 1.7), size, waver), at)
    if (!yard.fits(shape, 1.5)) continue
    yard.take(shape)
    town.landcover.push({ kind: 'green', name: null, rings: [shape] })
    left -= 1
  }
}

export function placeGreen({ town, community, block, frame, random }: Estate, { yard, ring }: Plot): void {
  const middle = ringCentroid(ring)
  for (const [width, depth] of [
    [46, 26],
    [34, 20],
    [24, 15],
  ] as const) {
    const at: Frame = { origin: middle, angle: frame.angle }
    if (!yard.fits(place(rectangle(width, depth), at), 1)) continue
    yard.take(place(rectangle(width, depth), at))
    const waver = Array.from({ length: 14 }, () => random.between(0.86, 1))
    town.landcover.push({ kind: 'green', name: null, rings: [place(patch(width, depth, waver), at)] })
    town.sites.push({
      kind: 'green',
      at: middle,
      name: block.name,
      address: block.address,
      community,
    })
    return
  }
}

/** An e-bike shed and a waste station where there is room for them. */
export function placeSheds(
  { town, community, block, frame, random }: Estate,
  { yard, ring, micro }: Plot,
): void {
  const middle = toLocal(frame, ringCentroid(ring))
  const kinds = [
    { kind: 'ebikes', width: 18, depth: 4.2, name: '电动自行车棚', chance: 0.6 },
    { kind: 'waste', width: 6, depth: 3.6, name: '垃圾分类投放点', chance: 0.62 },
  ] as const
  for (const { kind, width, depth, name, chance } of kinds) {
    if (!random.chance(chance)) continue
    for (let attempt = 0; attempt < 24; attempt++) {
      const origin = toWorld(frame, [
        middle[0] + random.between(-70, 70),
        middle[1] + random.between(-30, 30),
      ])
      const at: Frame = { origin, angle: frame.angle + (attempt % 2) * (Math.PI / 2) }
      const shape = place(rectangle(width, depth), at)
      if (!yard.fits(shape, 2.5)) continue
      yard.take(shape)
      const built: BuildingDraft = {
        rings: [shape],
        use: 'utility',
        floors: 1,
        heightMetres: 3,
        households: 0,
        name,
        address: null,
        role: 'shed',
      }
      micro.buildings.push(built)
      town.sites.push({ kind, at: origin, name: block.name, address: block.address, community })
      break
    }
  }
}
