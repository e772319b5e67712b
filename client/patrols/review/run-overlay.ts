import type { GeoJSONSource, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import { type Run, STOP_STATE_NAMES, STOP_STATES } from '../../../geodata/walks/run.schema.ts'
import { putImage } from '../../map/draw-image.ts'
import { FONT_STACK } from '../../map/layer-module.ts'
import type { Language } from '../../ui/i18n.ts'
import { type Scheme, TOKENS } from '../../ui/tokens.ts'
import {
  BESIDE_SHAPES,
  BESIDES,
  besideImage,
  type MarkShape,
  SHAPE_SIZE,
  STOP_SHAPES,
  shapeImage,
} from './stop-shapes.ts'
import { lastKnown, walkedUntil } from './walk-until.ts'

const PLANNED = 'walked-planned'
const MATCHED = 'walked-matched'
const POSITIONS = 'walked-positions'
const STOPS = 'walked-stops'
const NOW = 'walked-now'
const SOURCES = [PLANNED, MATCHED, POSITIONS, STOPS, NOW] as const

export interface RunOverlay {
  showRun(run: Run, lang: Language): void
  /** What was walked up to a moment, seconds since the walk began. */
  showUntil(run: Run, seconds: number): void
  restyle(scheme: Scheme): void
  remove(): void
}

const lineOf = (coordinates: number[][]): GeoJSON.Feature => ({
  type: 'Feature',
  geometry: { type: 'LineString', coordinates },
  properties: {},
})
const pointOf = (
  coordinates: readonly number[],
  properties: Record<string, unknown> = {},
): GeoJSON.Feature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: coordinates.slice(0, 2) },
  properties,
})

/** A walk against its plan: planned way, what was walked, positions, stops by what became of them, where the walker was. */
export function addRunOverlay(map: MapLibreMap, scheme: Scheme): RunOverlay {
  const empty = { type: 'FeatureCollection' as const, features: [] }
  for (const source of SOURCES) map.addSource(source, { type: 'geojson', data: empty, tolerance: 0.2 })
  drawShapes(map, scheme)
  for (const layer of runLayers(scheme)) map.addLayer(layer)
  const show = (source: string, features: GeoJSON.Feature[]): void => {
    map.getSource<GeoJSONSource>(source)?.setData({ type: 'FeatureCollection', features })
  }
  return {
    showRun({ plannedPath, stops, positions, offPlan, reports }, lang) {
      show(PLANNED, plannedPath.length > 1 ? [lineOf(plannedPath)] : [])
      show(
        POSITIONS,
        positions.map((position) => pointOf(position, { at: position[2] })),
      )
      let number = 0
      show(STOPS, [
        ...stops.map(({ state, lngLat }) =>
          pointOf(lngLat, {
            icon: shapeImage(state),
            label: state === null ? '' : `${++number} ${STOP_STATES[state][lang]}`,
          }),
        ),
        ...offPlan.map(({ name, lngLat }) => pointOf(lngLat, { icon: besideImage('off-plan'), label: name })),
        ...reports.map(({ title, lngLat }) =>
          pointOf(lngLat, { icon: besideImage('report'), label: title ?? '', report: true }),
        ),
      ])
    },
    showUntil(run, seconds) {
      show(MATCHED, walkedUntil(run.matched, seconds).map(lineOf))
      map.setFilter(POSITIONS, ['<=', ['get', 'at'], seconds])
      const last = lastKnown(run, seconds)
      show(NOW, last ? [pointOf(last)] : [])
    },
    restyle(next) {
      drawShapes(map, next)
      for (const layer of runLayers(next))
        for (const [name, value] of Object.entries(layer.paint ?? {}))
          map.setPaintProperty(layer.id, name as never, value as never)
    },
    remove() {
      // The map itself may be gone by now.
      if (!map.style) return
      for (const { id } of runLayers(scheme)) if (map.getLayer(id)) map.removeLayer(id)
      for (const source of SOURCES) if (map.getSource(source)) map.removeSource(source)
    },
  }
}

function runLayers(scheme: Scheme): LayerSpecification[] {
  const tokens = TOKENS[scheme]
  const round = { 'line-join': 'round', 'line-cap': 'round' } as const
  return [
    {
      id: `${MATCHED}-casing`,
      type: 'line',
      source: MATCHED,
      layout: round,
      paint: { 'line-color': tokens.halo, 'line-width': 7 },
    },
    {
      id: MATCHED,
      type: 'line',
      source: MATCHED,
      layout: round,
      paint: { 'line-color': tokens.accent, 'line-width': 4 },
    },
    {
      id: PLANNED,
      type: 'line',
      source: PLANNED,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': tokens.text, 'line-width': 1.5, 'line-dasharray': [4, 3] },
    },
    {
      id: POSITIONS,
      type: 'circle',
      source: POSITIONS,
      minzoom: 14,
      paint: {
        'circle-radius': 2,
        'circle-color': tokens.accent,
        'circle-stroke-color': tokens.halo,
        'circle-stroke-width': 1,
      },
    },
    // Under the stops: whoever stands at one does not hide what became of it.
    {
      id: NOW,
      type: 'circle',
      source: NOW,
      paint: {
        'circle-radius': 15,
        'circle-color': tokens.accent,
        'circle-opacity': 0.25,
        'circle-stroke-color': tokens.accent,
        'circle-stroke-width': 3,
      },
    },
    {
      id: STOPS,
      type: 'symbol',
      source: STOPS,
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-allow-overlap': true,
        // Most hazards are reported where someone stops: both are to be seen.
        'icon-offset': ['case', ['has', 'report'], ['literal', [13, -13]], ['literal', [0, 0]]],
        'symbol-sort-key': ['case', ['has', 'report'], 1, 0],
        'text-field': ['get', 'label'],
        'text-font': FONT_STACK,
        'text-size': 12,
        'text-anchor': 'top',
        'text-offset': [0, 1],
        'text-optional': true,
      },
      paint: { 'text-color': tokens.text, 'text-halo-color': tokens.halo, 'text-halo-width': 1.5 },
    },
  ]
}

function drawShapes(map: MapLibreMap, scheme: Scheme): void {
  const tokens = TOKENS[scheme]
  const size = SHAPE_SIZE + 4
  const shapes: [string, MarkShape][] = [
    ...STOP_STATE_NAMES.map((state): [string, MarkShape] => [shapeImage(state), STOP_SHAPES[state]]),
    ...BESIDES.map((kind): [string, MarkShape] => [besideImage(kind), BESIDE_SHAPES[kind]]),
  ]
  for (const [name, { outline, mark, colour, isFull }] of shapes) {
    putImage(map, name, {
      size,
      draw(context) {
        context.translate(2, 2)
        context.lineJoin = 'round'
        context.lineCap = 'round'
        const edge = new Path2D(outline)
        context.lineWidth = 5
        context.strokeStyle = tokens.halo
        context.stroke(edge)
        context.fillStyle = isFull ? tokens[colour] : tokens.panel
        context.fill(edge)
        context.lineWidth = 2
        context.strokeStyle = tokens[colour]
        context.stroke(edge)
        context.strokeStyle = isFull ? tokens.onColour : tokens[colour]
        context.stroke(new Path2D(mark))
      },
    })
  }
  putImage(map, shapeImage(null), {
    size,
    draw(context) {
      context.beginPath()
      context.arc(size / 2, size / 2, 3.5, 0, Math.PI * 2)
      context.fillStyle = tokens.panel
      context.fill()
      context.lineWidth = 2
      context.strokeStyle = tokens.muted
      context.stroke()
    },
  })
}
