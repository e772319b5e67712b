import { cutByRoad } from './cut-face.ts'
import type { Edge } from './mesh.ts'
import { ringCentroid, toLocal, toWorld, type Vec } from './plane.ts'
import type { Random } from './random.ts'
import type { Town } from './town.ts'

export interface CutStyle {
  kind: 'minor' | 'service' | 'path'
  /** Metres; streets vary a little around it. */
  halfWidth: number
  /** Metres within which an existing junction is used. */
  snap: number
  /** Metres between the points of a bent road. */
  step: number
  /** Most radians by which the road turns away from the block's axes. */
  turn: number
  /** Most bend, as a share of the road's length. */
  bend: number
}

/** Cuts a face across its longer direction by a new named road, at a share (0–1) of its length. */
export function cutAcross(
  town: Town,
  face: number,
  angle: number,
  share: number,
  random: Random,
  style: CutStyle,
): [number, number] | undefined {
  const ring = town.mesh.points(face)
  const frame = { origin: ringCentroid(ring), angle }
  const local = ring.map((p) => toLocal(frame, p))
  const us = local.map((p) => p[0])
  const vs = local.map((p) => p[1])
  const [west, east, south, north] = [Math.min(...us), Math.max(...us), Math.min(...vs), Math.max(...vs)]
  const isWide = east - west > north - south
  const at = toWorld(frame, isWide ? [west + (east - west) * share, 0] : [0, south + (north - south) * share])
  const heading = angle + random.between(-style.turn, style.turn) + (isWide ? Math.PI / 2 : 0)
  const d: Vec = [Math.cos(heading), Math.sin(heading)]
  const bend = random.between(-style.bend, style.bend)
  const road: Edge = { kind: style.kind, name: null, halfWidth: style.halfWidth * random.between(0.9, 1.1) }
  const cut = cutByRoad(town.mesh, face, at, d, road, { snap: style.snap, bend, step: style.step })
  if (!cut) return undefined
  // Only now, so that a cut that was not possible uses up no name.
  road.name = town.nextName() + (style.kind === 'minor' ? (isWide ? '路' : '街') : '巷')
  return [cut.left, cut.right]
}
