import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import type { StreetPartFeatures } from '../../../geodata/network/network.schema.ts'
import type { DueSite } from '../../../geodata/patrols/due.schema.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import { removeLayers, repaintLayers } from '../../map/own-layers.ts'
import type { Scheme } from '../../ui/tokens.ts'
import { DUE_SOURCE, LEG_SOURCE, PART_SOURCE, PLAN_SOURCES, planLayers, STOP_SOURCE } from './plan-layers.ts'
import { drawPlanSymbols, ringOf } from './plan-symbols.ts'
import type { Timed } from './use-timed.ts'

type Features = GeoJSON.Feature[]

export interface PlanOverlay {
  showDue(sites: readonly DueSite[], at: string, planned: ReadonlySet<number>): void
  showRounds(
    timed: readonly Timed[],
    look: { hueOf(teamId: string): number; roundId: string | undefined; stopId: string | undefined },
  ): void
  /** Streets cut off from the rest. */
  showParts(parts: StreetPartFeatures | undefined): void
  /** While a stop is dragged it is drawn here. */
  showDragged(stop: { at: LngLat; hue: number } | undefined): void
  setVisible(visible: boolean): void
  restyle(scheme: Scheme): void
  remove(): void
}

const ORDER = { later: 0, due: 1, never: 2, overdue: 3 } as const
const DRAG_SOURCE = 'patrol-dragged'

export function addPlanOverlay(map: MapLibreMap, scheme: Scheme): PlanOverlay {
  const empty = { type: 'FeatureCollection' as const, features: [] }
  for (const source of [...PLAN_SOURCES, DRAG_SOURCE])
    map.addSource(source, { type: 'geojson', data: empty, tolerance: 0.2 })
  drawPlanSymbols(map, scheme)
  const layers = (of: Scheme) => [
    ...planLayers(of),
    ...planLayers(of)
      .filter(({ id }) => id === 'patrol-passes')
      .map((layer) => ({ ...layer, id: 'patrol-dragged', source: DRAG_SOURCE }) as typeof layer),
  ]
  for (const layer of layers(scheme)) map.addLayer(layer)
  const show = (source: string, features: Features): void => {
    map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features })
  }
  return {
    showDue: (sites, at, planned) =>
      show(
        DUE_SOURCE,
        sites.map((site) => ({
          type: 'Feature',
          geometry: { type: 'Point', coordinates: site.lngLat },
          properties: {
            checkpoint: site.checkpointId,
            name: site.name,
            icon: ringOf(site, at),
            order: ORDER[site.state],
            planned: planned.has(site.checkpointId),
          },
        })),
      ),
    showRounds(timed, { hueOf, roundId, stopId }) {
      const legs: Features = []
      const stops: Features = []
      for (const { round, team, legs: ways, times } of timed) {
        const common = { round: round.id, hue: hueOf(team.id), active: round.id === roundId }
        for (const [at, leg] of ways.entries())
          if (leg.coordinates.length > 1)
            legs.push({
              type: 'Feature',
              geometry: { type: 'LineString', coordinates: leg.coordinates },
              properties: { ...common, leg: at, free: leg.free, pending: leg.pending, noway: !leg.way },
            })
        const troubled = new Set(times.conflicts.map((conflict) => 'stopId' in conflict && conflict.stopId))
        let number = 0
        for (const stop of round.stops) {
          const visit = stop.checkpointId !== null
          if (visit) number++
          stops.push({
            type: 'Feature',
            geometry: { type: 'Point', coordinates: stop.lngLat },
            properties: {
              ...common,
              stop: stop.id,
              visit,
              label: visit ? `${team.id}${number}` : '',
              chosen: stop.id === stopId,
              conflict: troubled.has(stop.id),
            },
          })
        }
      }
      const ends = new Map<string, { at: LngLat; hue: number; id: string }>()
      for (const { team } of timed)
        for (const at of [team.start, team.end])
          if (at) ends.set(`${team.id} ${at.join()}`, { at, hue: hueOf(team.id), id: team.id })
      for (const { at, hue, id } of ends.values())
        stops.unshift({
          type: 'Feature',
          geometry: { type: 'Point', coordinates: at },
          properties: { hue, visit: true, label: id, active: false },
        })
      show(LEG_SOURCE, legs)
      show(STOP_SOURCE, stops)
    },
    showParts: (parts) => show(PART_SOURCE, (parts?.features ?? []) as Features),
    showDragged: (stop) =>
      show(
        DRAG_SOURCE,
        stop
          ? [
              {
                type: 'Feature',
                geometry: { type: 'Point', coordinates: stop.at },
                properties: { hue: stop.hue, chosen: true },
              },
            ]
          : [],
      ),
    setVisible(visible) {
      for (const { id } of layers(scheme))
        map.setLayoutProperty(id, 'visibility', visible ? 'visible' : 'none')
    },
    restyle(next) {
      drawPlanSymbols(map, next)
      repaintLayers(map, layers(next))
    },
    remove: () => removeLayers(map, layers(scheme), [...PLAN_SOURCES, DRAG_SOURCE]),
  }
}
