import type { AnalysisNote } from '../../geodata/coverage/analysis.schema.ts'
import type { GroupedShops, GroupOfShops, GroupQuestion } from '../../geodata/duties/group-shops.ts'
import {
  type GroupsParams,
  type GroupsResult,
  groupsParamsSchema,
} from '../../geodata/duties/groups.schema.ts'
import { localPlane } from '../../geodata/editing/local-plane.ts'
import type { AnalysisKind, AnalysisPart, PartFeature } from '../coverage/analysis-kind.ts'
import { computeInWorker } from '../coverage/compute-in-worker.ts'
import { type Premises, readPremises, readStreets } from './groups.store.ts'

const MOST_LISTED = 500

/** Neighbouring premises on a street, in groups of about ten that watch over each other, with a leader in the middle. */
export const groupsKind: AnalysisKind<GroupsParams, GroupsResult> = {
  kind: 'groups',
  params: groupsParamsSchema,
  reads: ['buildings', 'facilities', 'roads'],
  async run(context, params) {
    const { sql, reach, wholeReach, progress } = context
    progress(0.05, 'reading')
    const premises = await readPremises(sql, params, reach)
    const places = premises.map(({ lngLat }) => lngLat)
    const roads = await readStreets(sql, places, wholeReach)
    const notes: AnalysisNote[] = []
    if (premises.length === 0) notes.push({ code: 'no-premises', values: { premises: params.premises } })
    else if (roads.length === 0) notes.push({ code: 'no-streets', values: { premises: premises.length } })
    const { toMetres } = localPlane(places[0] ?? [0, 0])
    progress(0.3, 'grouping')
    const question: GroupQuestion = {
      shops: premises.map(({ lngLat, address }) => ({ at: toMetres(lngLat), address })),
      pieces: roads.map(({ coordinates, ...road }) => ({ ...road, points: coordinates.map(toMetres) })),
      limits: params,
    }
    const { groups: found, offStreet } = await computeInWorker<GroupQuestion, GroupedShops>(
      new URL('./groups.worker.ts', import.meta.url),
      question,
      context,
    )
    progress(0.9, 'drawing')
    const groups = found
      .map((group) => ({ ...group, isSmall: group.shops.length < params.least }))
      .sort(
        (a, b) =>
          Number(a.isSmall) - Number(b.isSmall) ||
          Number(a.street === null) - Number(b.street === null) ||
          compare(a.street ?? '', b.street ?? ''),
      )
      .map((group, at) => ({ ...group, number: at + 1 }))
    const large = groups.filter(({ isSmall }) => !isSmall)
    const small = groups.filter(({ isSmall }) => isSmall)
    const grouped = sum(large.map(({ shops }) => shops.length))
    const leftOver = sum(small.map(({ shops }) => shops.length))
    if (small.length > 0)
      notes.push({
        code: 'groups-too-small',
        values: {
          groups: small.length,
          premises: leftOver,
          least: params.least,
          names: small.slice(0, 5).flatMap(({ leader }) => nameOf(premises[leader]!) ?? []),
        },
      })
    if (offStreet.length > 0)
      notes.push({
        code: 'off-street',
        values: { premises: offStreet.length, metres: params.frontMetres },
      })
    return {
      notes,
      result: {
        premises: premises.length,
        grouped,
        leftOver,
        offStreet: offStreet.length,
        count: large.length,
        meanSize: large.length > 0 ? grouped / large.length : null,
        meanMetres: large.length > 0 ? sum(large.map(({ metres }) => metres)) / large.length : null,
        all: groups.length,
        groups: groups.slice(0, MOST_LISTED).map(({ number, street, shops, leader, metres, isSmall }) => ({
          number,
          street,
          shops: shops.length,
          leader: nameOf(premises[leader]!),
          metres: Math.round(metres),
          isSmall,
        })),
      },
      parts: partsOf(premises, groups, offStreet, params.label),
    }
  },
}

type NumberedGroup = GroupOfShops & { number: number; isSmall: boolean }

function partsOf(
  premises: readonly Premises[],
  groups: readonly NumberedGroup[],
  offStreet: readonly number[],
  label: string,
): AnalysisPart[] {
  const lines = groups
    .filter(({ shops }) => shops.length > 1)
    .map(
      ({ number, street, shops, leader, metres, isSmall }): PartFeature => ({
        properties: {
          number,
          street,
          shops: shops.length,
          leader: nameOf(premises[leader]!),
          metres: Math.round(metres),
          small: isSmall,
        },
        geometry: { type: 'LineString', coordinates: shops.map((shop) => premises[shop]!.lngLat) },
      }),
    )
  const shops = groups.flatMap(({ number, street, shops, leader, isSmall }) =>
    shops.map((shop, at): PartFeature => {
      const { layer, id, name, address, lngLat } = premises[shop]!
      return {
        properties: {
          number,
          order: at + 1,
          street,
          name,
          address,
          layer,
          feature: id,
          leader: shop === leader,
          small: isSmall,
          // What adopting makes of it; groups that are too small are nobody's.
          role: isSmall ? null : shop === leader ? 'fire-watch-leader' : 'fire-watch',
          holder: isSmall ? null : `${label} ${String(number).padStart(3, '0')}`,
        },
        geometry: { type: 'Point', coordinates: lngLat },
      }
    }),
  )
  const off = offStreet.map((shop): PartFeature => {
    const { layer, id, name, address, lngLat } = premises[shop]!
    return {
      properties: { layer, feature: id, name, address },
      geometry: { type: 'Point', coordinates: lngLat },
    }
  })
  return [
    { part: 'group', geometry: 'LineString' as const, features: lines },
    { part: 'shop', geometry: 'Point' as const, features: shops },
    { part: 'off-street', geometry: 'Point' as const, features: off },
  ].filter(({ features }) => features.length > 0)
}

const nameOf = ({ name, address }: Premises): string | null => name ?? address
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
