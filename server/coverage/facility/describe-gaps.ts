import { assignToPolygons } from '../../../geodata/coverage/facility/assign-to-polygons.ts'
import { type CoverGap, MOST_CELL_ROWS } from '../../../geodata/coverage/facility/facility.schema.ts'
import { countCover } from '../../../geodata/coverage/facility/sum-cover.ts'
import { localPlane } from '../../../geodata/editing/local-plane.ts'
import { MAX_REACH_METRES } from '../../../geodata/network/network.schema.ts'
import { snap } from '../../../geodata/network/snap.ts'
import { sourcesByEdge, twoNearestTo } from '../../../geodata/network/two-nearest.ts'
import type { Streets } from '../../../geodata/network/walk-graph.ts'
import { inSlices } from '../../network/in-slices.ts'
import type { PartFeature } from '../analysis-kind.ts'
import { type Cover, isCovered, named, rounded } from './cover.ts'
import type { AreaPiece } from './cut-areas.store.ts'

type GapFeature = PartFeature & { properties: { squareMetres: number } }

export interface Gaps {
  /** The most households first. */
  gaps: GapFeature[]
  /** Those too small to count. */
  slivers: GapFeature[]
  /** The first of the gaps, as figures. */
  listed: CoverGap[]
  /** Buildings that are not covered and lie in none, since the border of an area is right to a step only. */
  unplaced: number
}

/** What lies in each gap, and how far it is from there to the nearest facility. In slices. */
export async function describeGaps(
  cover: Cover,
  streets: Streets,
  pieces: readonly AreaPiece[],
  hazards: readonly { lng: number; lat: number }[],
  leastSquareMetres: number,
  signal: AbortSignal,
): Promise<Gaps> {
  const found = pieces.filter(({ part }) => part === 'gap')
  const uncovered = [...cover.buildings.keys()].filter((building) => !isCovered(cover, building))
  const { lng, lat } = cover.question.buildings
  const near = degreesOf(cover.answer.stepMetres * 1.5, found)
  const polygons = found.map(({ rings }) => rings)
  const gapOf = assignToPolygons(
    polygons,
    { lng: uncovered.map((building) => lng[building]!), lat: uncovered.map((building) => lat[building]!) },
    near,
  )
  const inside = found.map((): number[] => [])
  let unplaced = 0
  for (const [i, building] of uncovered.entries()) {
    if (gapOf[i]! < 0) unplaced++
    else inside[gapOf[i]!]!.push(building)
  }
  const open = found.map(() => 0)
  const hazardGap = assignToPolygons(
    polygons,
    { lng: hazards.map(({ lng }) => lng), lat: hazards.map(({ lat }) => lat) },
    [0, 0],
  )
  for (const gap of hazardGap) if (gap >= 0) open[gap]!++
  const nearest = await inSlices(nearestOfEach(cover, streets, found), signal)

  const all = found
    .map((piece, gap) => ({
      piece,
      nearest: nearest[gap]!,
      hazards: open[gap]!,
      counts: countCover(inside[gap]!, cover.weights, () => false),
    }))
    .sort(
      (a, b) =>
        (b.counts.households ?? 0) - (a.counts.households ?? 0) ||
        b.counts.buildings - a.counts.buildings ||
        b.piece.squareMetres - a.piece.squareMetres,
    )
  const isSliver = ({ piece }: (typeof all)[number]) => piece.squareMetres < leastSquareMetres
  const described = (gap: (typeof all)[number], index: number) => {
    const { piece, counts } = gap
    return {
      number: index + 1,
      squareMetres: rounded(piece.squareMetres, 2)!,
      buildings: counts.buildings,
      households: counts.households,
      householdsUnknown: counts.householdsUnknown,
      population: counts.population,
      hazards: gap.hazards,
      nearestId: gap.nearest?.id ?? null,
      nearestName: gap.nearest?.name ?? null,
      nearestMetres: gap.nearest ? rounded(gap.nearest.metres) : null,
      cellCode: piece.cellCode,
      cellName: piece.cellName,
    }
  }
  const feature = (gap: (typeof all)[number], index: number): GapFeature => ({
    properties: described(gap, index),
    geometry: { type: 'Polygon', coordinates: gap.piece.rings },
  })
  const gaps = all.filter((gap) => !isSliver(gap))
  return {
    gaps: gaps.map(feature),
    slivers: all.filter(isSliver).map(feature),
    listed: gaps.slice(0, MOST_CELL_ROWS).map((gap, index) => {
      const { householdsUnknown: _, nearestId: __, nearestName: ___, ...facts } = described(gap, index)
      return { ...facts, lngLat: gap.piece.inside }
    }),
    unplaced,
  }
}

/** From the place inside each gap, however far the street is. */
function* nearestOfEach(
  cover: Cover,
  streets: Streets,
  pieces: readonly AreaPiece[],
): Generator<void, ({ id: number; name: string | null; metres: number } | null)[]> {
  const { labels, sources } = cover.answer
  const numbers = [...sources.keys()].filter((facility) => sources[facility])
  const standing = sources.flatMap((source) => source ?? [])
  const byEdge = sourcesByEdge(standing)
  const found: ({ id: number; name: string | null; metres: number } | null)[] = []
  for (const { inside } of pieces) {
    const place = snap(streets, inside, MAX_REACH_METRES)
    const { first, firstMetres } = place
      ? twoNearestTo(streets, labels, place, standing, byEdge)
      : { first: -1, firstMetres: 0 }
    const facility = first < 0 ? null : named(cover, numbers[first]!)
    found.push(facility && { ...facility, metres: firstMetres })
    yield
  }
  return found
}

function degreesOf(metres: number, pieces: readonly AreaPiece[]): [lng: number, lat: number] {
  const origin = pieces[0]?.inside
  if (!origin) return [0, 0]
  const [lng, lat] = localPlane(origin).toLngLat([metres, metres])
  return [lng - origin[0], lat - origin[1]]
}
