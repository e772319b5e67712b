import type { Json } from '../../../geodata/coverage/analysis.schema.ts'
import type { CoverCellRow } from '../../../geodata/coverage/facility/facility.schema.ts'
import { streetRuns } from '../../../geodata/coverage/facility/street-runs.ts'
import type { Streets } from '../../../geodata/network/walk-graph.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import type { Reach } from '../../access/reach.ts'
import type { Sql } from '../../platform/database.ts'
import type { AnalysisPart, PartFeature } from '../analysis-kind.ts'
import { type Cover, isCovered, named, rounded } from './cover.ts'
import type { CellKey } from './cover-figures.ts'
import { readCellShapes } from './cover-inputs.store.ts'
import type { AreaPiece } from './cut-areas.store.ts'
import type { Gaps } from './describe-gaps.ts'

export interface CoverParts extends Cover {
  sql: Sql
  reach: Reach
  signal: AbortSignal
  streets: Streets
  roads: ReadonlySet<number> | undefined
  pieces: readonly AreaPiece[]
  gaps: Gaps
  byCell: ReadonlyMap<CellKey, CoverCellRow>
}

/** All that can be drawn and exported, made while it is written. */
export function partsOf(cover: CoverParts): AnalysisPart[] {
  const { gaps, pieces, question } = cover
  const straight = pieces.filter(({ part }) => part === 'straight')
  return [
    { part: 'gap', geometry: 'Polygon', features: gaps.gaps },
    ...(gaps.slivers.length > 0
      ? [{ part: 'sliver', geometry: 'Polygon', features: gaps.slivers } as const]
      : []),
    {
      part: 'reach',
      geometry: 'Polygon',
      features: pieces
        .filter(({ part }) => part === 'reach')
        .sort((a, b) => b.metres - a.metres)
        .map((piece) => areaFeature(piece, { isLimit: piece.metres === question.limitMetres })),
    },
    ...(straight.length > 0
      ? [
          {
            part: 'straight',
            geometry: 'Polygon',
            features: straight.map((piece) => areaFeature(piece, { mode: 'straight-line, for comparison' })),
          } as const,
        ]
      : []),
    { part: 'street', geometry: 'LineString', features: streetFeatures(cover) },
    { part: 'building', geometry: 'Point', features: buildingFeatures(cover) },
    { part: 'facility', geometry: 'Point', features: facilityFeatures(cover) },
    { part: 'cell', geometry: 'MultiPolygon', features: cellFeatures(cover) },
  ]
}

const areaFeature = (
  { metres, squareMetres, rings }: AreaPiece,
  more: { [name: string]: Json },
): PartFeature => ({
  properties: { metres, squareMetres: rounded(squareMetres, 2), ...more },
  geometry: { type: 'Polygon', coordinates: rings },
})

function* streetFeatures({ streets, answer, roads }: CoverParts): Generator<PartFeature> {
  for (const { road, isReached, metres, coordinates } of streetRuns(streets, answer.streets, roads))
    yield {
      properties: { roadId: road, reached: isReached, metres: rounded(metres) },
      geometry: { type: 'LineString', coordinates: coordinates.map(shortened) },
    }
}

const shortened = ([lng, lat]: LngLat): LngLat => [rounded(lng, 7)!, rounded(lat, 7)!]

function* buildingFeatures(cover: CoverParts): Generator<PartFeature> {
  const { answer, buildings } = cover
  const { nearest } = answer
  for (const [building, row] of buildings.entries()) {
    const first = named(cover, nearest.first[building]!)
    const second = named(cover, nearest.second[building]!)
    yield {
      properties: {
        buildingId: row.id,
        code: row.code,
        name: row.name,
        households: row.households,
        population: row.population,
        covered: isCovered(cover, building),
        metres: rounded(nearest.firstMetres[building]!),
        nearestId: first?.id ?? null,
        nearestName: first?.name ?? null,
        secondMetres: rounded(nearest.secondMetres[building]!),
        secondId: second?.id ?? null,
        secondName: second?.name ?? null,
        reachedBy: answer.reachedBy[building]!,
        accessibility: rounded(answer.accessibility[building]!, 6),
        coveredStraight: answer.isNearStraight[building] === 1,
        offStreets: answer.isOffStreet[building] === 1,
      },
      geometry: { type: 'Point', coordinates: [row.lng, row.lat] },
    }
  }
}

/** Served: buildings within the limit that have no nearer one. */
function facilityFeatures(cover: CoverParts): PartFeature[] {
  const { answer, facilities, weights } = cover
  const served = facilities.map(() => ({ buildings: 0, households: 0, population: 0 }))
  for (const [building, facility] of answer.nearest.first.entries()) {
    if (facility < 0 || !isCovered(cover, building)) continue
    const sums = served[facility]!
    sums.buildings++
    sums.households += weights.households[building]! || 0
    sums.population += weights.population[building]! || 0
  }
  return facilities.map((row, facility) => ({
    properties: {
      facilityId: row.id,
      kind: row.kind,
      name: row.name,
      planned: row.isPlanned,
      onStreets: answer.sources[facility] !== undefined,
      servedBuildings: served[facility]!.buildings,
      servedHouseholds: served[facility]!.households,
      servedPopulation: served[facility]!.population,
      reachedBuildings: answer.reached[facility]!,
      supply: cover.question.facilities.supply[facility]!,
      supplyPerDemand: rounded(answer.ratio[facility]!, 6),
    },
    geometry: { type: 'Point', coordinates: [row.lng, row.lat] },
  }))
}

async function* cellFeatures({ sql, reach, signal, byCell }: CoverParts): AsyncGenerator<PartFeature> {
  for await (const { level, id, shape } of readCellShapes(sql, reach, signal)) {
    const row = byCell.get(`${level} ${id}`)
    if (!row) continue
    const { id: cellId, ...figures } = row
    yield {
      properties: {
        cellId,
        ...figures,
        coveredShare: row.households ? rounded((row.coveredHouseholds ?? 0) / row.households, 4) : null,
        accessibility: row.accessibility === null ? null : rounded(row.accessibility, 6),
      },
      geometry: shape,
    }
  }
}
