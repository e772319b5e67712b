import type { CellRow, CoverageFigures } from '../../../geodata/coverage/patrol/patrol.schema.ts'
import type { MeasuredLevel, PatrolAnswer } from '../../../geodata/coverage/patrol/patrol-coverage.ts'
import type { AskedCell, PatrolQuestion } from '../../../geodata/coverage/patrol/patrol-question.ts'
import type { AnalysisPart, PartFeature } from '../analysis-kind.ts'

const HOUR = 3_600_000

/** A cell in a table; each figure with what it is made of stands in its feature. */
export const rowOf = ({ id, code, name }: AskedCell, figures: CoverageFigures): CellRow => ({
  id,
  code,
  name,
  sites: figures.sites,
  visited: figures.states.visited,
  unknown: figures.states.unknown,
  planned: figures.planned.value,
  achieved: figures.achieved.value,
  idleMeanHours: figures.idleMeanHours,
  idleWorstHours: figures.idleWorstHours,
  frequency: figures.frequency.value,
  compliance: figures.compliance.value,
  exposureHours: figures.hazards?.exposureHours ?? 0,
  minutes: figures.effort?.minutes ?? 0,
  metres: figures.effort?.metres ?? 0,
  streets: figures.streets?.value ?? null,
})

/** What is drawn and taken away. Streets and places are of all walks together: nobody’s name or time is in them. */
export function partsOf(
  { levels }: Pick<PatrolQuestion, 'levels'>,
  answer: PatrolAnswer,
  isDetailed: boolean,
  isWithin: boolean,
): AnalysisPart[] {
  const parts: AnalysisPart[] = [
    { part: 'cell', geometry: 'MultiPolygon', features: cellFeatures(levels, answer.levels) },
    { part: 'target', geometry: 'Point', features: answer.sites.map(targetFeature) },
  ]
  if (!isDetailed) return parts
  const spots = (wanted: boolean) =>
    answer.spots.flatMap(({ lngLat, minutes, isOutside }): PartFeature[] =>
      isOutside === wanted || (!wanted && !isWithin)
        ? [{ properties: { minutes }, geometry: { type: 'Point', coordinates: lngLat } }]
        : [],
    )
  parts.push(
    { part: 'street', geometry: 'LineString', features: answer.streets.map(streetFeature) },
    { part: 'hexagon', geometry: 'Point', features: spots(false) },
  )
  // Whoever may see the answer reaches its cells; what lies beyond is not theirs to see.
  if (!isWithin) parts.push({ part: 'outside', geometry: 'Point', features: spots(true) })
  return parts
}

function* cellFeatures(
  levels: PatrolQuestion['levels'],
  measured: readonly MeasuredLevel[],
): Generator<PartFeature> {
  for (const [at, { layer, cells }] of levels.entries())
    for (const [place, cell] of cells.entries()) {
      const figures = measured[at]!.cells[place]!
      yield {
        properties: {
          layer,
          ...rowOf(cell, figures),
          unvisited: figures.states.unvisited,
          probable: figures.states.probable,
          visits: figures.visits,
          weight: figures.achieved.of,
          weightPlanned: figures.planned.part,
          weightVisited: figures.achieved.part,
          weightUnknown: figures.unknown.part,
          stopsPlanned: figures.adherence.of,
          stopsVisited: figures.adherence.part,
          unknownHours: figures.unknownHours,
          hazards: figures.hazards?.count ?? 0,
          hazardsWatched: figures.hazards?.watched.value ?? null,
          streetMetres: figures.streets?.of ?? null,
          streetMetresWalked: figures.streets?.part ?? null,
        },
        geometry: {
          type: 'MultiPolygon',
          coordinates: cell.shape.map((polygon) => polygon.map((ring) => [...ring])),
        },
      }
    }
}

function targetFeature({ site, figures, planned }: PatrolAnswer['sites'][number]): PartFeature {
  const hours = (milliseconds: number | undefined) =>
    milliseconds === undefined ? null : milliseconds / HOUR
  const known = figures.openTime - figures.unknownTime
  return {
    properties: {
      checkpointId: site.id,
      name: site.name,
      siteType: site.siteType,
      state: figures.state,
      visits: figures.visits,
      required: site.required,
      planned,
      meanIdleHours: hours(figures.meanIdle),
      worstIdleHours: hours(figures.worstIdle),
      isNever: figures.isNever,
      frequency: figures.frequency ?? null,
      compliance: known > 0 ? Math.max(0, known - figures.over) / known : null,
      unknownHours: hours(figures.unknownTime),
      limitHours: hours(site.limit),
    },
    geometry: { type: 'Point', coordinates: site.lngLat },
  }
}

const streetFeature = (street: PatrolAnswer['streets'][number]): PartFeature => ({
  properties: {
    roadId: street.roadId,
    metres: street.metres,
    walkedMetres: street.walkedMetres,
    share: street.metres > 0 ? street.walkedMetres / street.metres : null,
    passes: street.passes,
    idleHours: street.idle === undefined ? null : street.idle / HOUR,
  },
  geometry: { type: 'LineString', coordinates: street.coordinates },
})
