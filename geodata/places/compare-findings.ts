import type { Bbox } from '../shared/geojson.ts'
import type { TopologyFinding } from './topology.schema.ts'

export interface FindingsCompared {
  fresh: TopologyFinding[]
  standing: TopologyFinding[]
  healed: TopologyFinding[]
}

/** Two steps of the lattice of 7 decimals: boxes that are the same but for rounding. */
const SLACK_DEGREES = 2e-7

/**
 * What an edit did to the findings of the cells it touched. A finding stands if there was one of its kind at its place
 * that reached as far and was no smaller by more than the tolerance: whose it is does not count, for a cell that is split hands its old
 * faults to its parts. A finding without an area stands if the same feature had it.
 */
export function compareFindings(
  before: TopologyFinding[],
  after: TopologyFinding[],
  toleranceSquareMetres: number,
): FindingsCompared {
  const old = before.map((finding) => ({ finding, box: boxOf(finding.geometry), stands: false }))
  const fresh: TopologyFinding[] = []
  const standing: TopologyFinding[] = []
  for (const finding of after) {
    const box = boxOf(finding.geometry)
    const match = old.find((known) => isSame(known.finding, known.box, finding, box, toleranceSquareMetres))
    if (match) match.stands = true
    if (match) standing.push(finding)
    else fresh.push(finding)
  }
  return { fresh, standing, healed: old.filter(({ stands }) => !stands).map(({ finding }) => finding) }
}

function isSame(
  old: TopologyFinding,
  oldBox: Bbox | undefined,
  now: TopologyFinding,
  nowBox: Bbox | undefined,
  tolerance: number,
): boolean {
  if (old.kind !== now.kind || old.layer !== now.layer) return false
  if (now.areaSquareMetres === null || old.areaSquareMetres === null || !oldBox || !nowBox)
    return old.areaSquareMetres === now.areaSquareMetres && old.id === now.id && old.reason === now.reason
  return contains(oldBox, nowBox) && now.areaSquareMetres <= old.areaSquareMetres + tolerance
}

const contains = (outer: Bbox, inner: Bbox): boolean =>
  inner[0] >= outer[0] - SLACK_DEGREES &&
  inner[1] >= outer[1] - SLACK_DEGREES &&
  inner[2] <= outer[2] + SLACK_DEGREES &&
  inner[3] <= outer[3] + SLACK_DEGREES

function boxOf(geometry: unknown): Bbox | undefined {
  const { coordinates } = (geometry ?? {}) as { coordinates?: unknown }
  if (!Array.isArray(coordinates)) return undefined
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity]
  const look = (value: unknown[]): void => {
    const [lng, lat] = value
    if (typeof lng === 'number' && typeof lat === 'number') {
      box[0] = Math.min(box[0], lng)
      box[1] = Math.min(box[1], lat)
      box[2] = Math.max(box[2], lng)
      box[3] = Math.max(box[3], lat)
    } else for (const part of value) if (Array.isArray(part)) look(part)
  }
  look(coordinates)
  return box[0] <= box[2] ? box : undefined
}
