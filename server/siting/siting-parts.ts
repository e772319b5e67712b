import type { SitingResult } from '../../geodata/siting/siting.schema.ts'
import type { AnalysisPart, PartFeature } from '../coverage/analysis-kind.ts'
import type { Siting } from './siting.kind.ts'

/** All that can be drawn and exported, made while it is written. */
export const sitingParts = (siting: Siting, result: SitingResult): AnalysisPart[] => [
  {
    part: 'site',
    geometry: 'Point',
    features: result.sites.map(({ number, origin, name, lngLat, price, serves }) => ({
      properties: { number, origin, name, price, serves },
      geometry: { type: 'Point', coordinates: lngLat },
    })),
  },
  { part: 'candidate', geometry: 'Point', features: candidates(siting) },
  { part: 'building', geometry: 'Point', features: buildings(siting) },
  { part: 'link', geometry: 'LineString', features: links(siting) },
]

function* candidates({ candidates, answer, movable }: Siting): Generator<PartFeature> {
  const chosen = new Set(answer.stepSites[answer.chosen] ?? [])
  // As a text, so that tiles carry it and a map can look for “,2,”.
  const stepsOf = candidates.map(() => ',')
  for (const [step, sites] of answer.stepSites.entries())
    for (const site of sites) stepsOf[site] += `${step},`
  for (const [at, { origin, name, lngLat, price, id }] of candidates.entries())
    yield {
      properties: {
        number: at + 1,
        origin,
        name,
        price,
        featureId: id,
        isChosen: chosen.has(at),
        stands: at < movable,
        steps: stepsOf[at]!,
        isOffStreet: answer.isCandidateOff[at] === 1,
      },
      geometry: { type: 'Point', coordinates: lngLat },
    }
}

function* buildings({ buildings: rows, weights, answer, params }: Siting): Generator<PartFeature> {
  for (const [at, { id, code, name, lng, lat }] of rows.entries()) {
    const [before, after] = [answer.beforeMetres[at]!, answer.afterMetres[at]!]
    yield {
      properties: {
        buildingId: id,
        code,
        name,
        weight: weights[at]!,
        beforeMetres: finite(before),
        afterMetres: finite(after),
        state:
          before <= params.walkMetres
            ? 'covered'
            : after <= params.walkMetres
              ? 'gained'
              : answer.isBeyond[at]
                ? 'beyond'
                : 'left',
        site: answer.nearest[at]! < 0 ? null : answer.nearest[at]! + 1,
      },
      geometry: { type: 'Point', coordinates: [lng, lat] },
    }
  }
}

/** From each building that the answer helps to the site that helps it. */
function* links({ buildings: rows, weights, answer, candidates: sites }: Siting): Generator<PartFeature> {
  for (const [at, { id, lng, lat }] of rows.entries()) {
    const site = answer.nearest[at]!
    if (site < 0 || !(answer.afterMetres[at]! < answer.beforeMetres[at]!)) continue
    yield {
      properties: {
        buildingId: id,
        site: site + 1,
        weight: weights[at]!,
        metres: finite(answer.afterMetres[at]!),
        savedMetres: finite(answer.beforeMetres[at]! - answer.afterMetres[at]!),
      },
      geometry: { type: 'LineString', coordinates: [[lng, lat], sites[site]!.lngLat] },
    }
  }
}

const finite = (metres: number): number | null =>
  Number.isFinite(metres) ? Math.round(metres * 10) / 10 : null
