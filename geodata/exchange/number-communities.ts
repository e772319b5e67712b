import type { IncomingFeature } from '../shared/feature.ts'
import type { Geometry } from '../shared/geojson.ts'
import { Problem } from '../shared/problem.ts'

export interface KnownCommunities {
  /** Codes by source id, of communities that are there already. */
  codes: Map<string, string>
  /** Codes that are taken, by whomever. */
  taken: Set<string>
}

/**
 * Gives communities without a code one under a division of 6 digits (county; the street part becomes 000, "no street
 * known") or 9 (street or town). Communities that are there already keep their code; new ones take the next free
 * numbers west to east, then north to south. Without a division only the known ones are returned.
 * Throws `invalid-parameter` for a division of another length, `too-large` when the three digits do not suffice.
 */
export function numberCommunities(
  communities: IncomingFeature[],
  division: string | undefined,
  { codes, taken }: KnownCommunities,
): { numbered: IncomingFeature[]; withoutDivision: number } {
  const withCode = (feature: IncomingFeature, code: string): IncomingFeature => ({
    ...feature,
    properties: { ...feature.properties, code },
  })
  const known = communities.filter(({ sourceId }) => codes.has(sourceId))
  const fresh = communities.filter(({ sourceId }) => !codes.has(sourceId))
  const numbered = known.map((feature) => withCode(feature, codes.get(feature.sourceId)!))
  if (division === undefined) return { numbered, withoutDivision: fresh.length }

  const prefix = divisionPrefix(division)
  const used = new Set([...taken, ...codes.values()])
  let last = 0
  const nextCode = () => {
    while (last < 999) {
      const code = `${prefix}${String(++last).padStart(3, '0')}`
      if (!used.has(code)) return code
    }
    throw new Problem(
      'too-large',
      `The division ${division} has no free community numbers left for ${fresh.length} named areas: it holds 999. ` +
        'Cut the file, or import its parts under divisions of 9 digits.',
    )
  }
  const placed = fresh.map((feature) => ({ feature, at: middle(feature.geometry) }))
  placed.sort((a, b) => a.at[0] - b.at[0] || b.at[1] - a.at[1])
  for (const { feature } of placed) numbered.push(withCode(feature, nextCode()))
  return { numbered, withoutDivision: 0 }
}

/** Nine digits. */
export function divisionPrefix(division: string): string {
  if (/^\d{6}$/.test(division)) return `${division}000`
  if (/^\d{9}$/.test(division)) return division
  throw new Problem(
    'invalid-parameter',
    `division=${division.slice(0, 40)} is not a division code, expected 6 digits (county, e.g. 310110) or 9 (street or town).`,
  )
}

/** The middle of the bounding box: stable when the outline gains a corner. */
function middle(geometry: Geometry): [number, number] {
  const positions = geometry.type === 'MultiPolygon' ? geometry.coordinates.flat(2) : []
  let [west, south, east, north] = [180, 90, -180, -90]
  for (const [lng, lat] of positions) {
    west = Math.min(west, lng)
    east = Math.max(east, lng)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  return [(west + east) / 2, (south + north) / 2]
}
