import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import type { Geometry, LngLat } from '../../geodata/shared/geojson.ts'
import { putImage } from '../map/draw-image.ts'
import { type Scheme, TOKENS } from '../ui/tokens.ts'
import {
  DRAFT_SOURCE,
  type DraftRole,
  EDIT_SOURCES,
  editLayers,
  HANDLE_SOURCE,
  HATCH_IMAGE,
  type HandleRole,
  PREVIEW_SOURCE,
  type PreviewRole,
} from './overlay-layers.ts'

export interface DraftShape {
  role: DraftRole
  geometry: Geometry
  /** With role `mark`: the sign that is drawn. */
  mark?: string
}

/** What the editor draws over the map; all of it goes with `remove`. */
export interface Overlay {
  showDraft(shapes: DraftShape[]): void
  showPreview(shapes: { role: PreviewRole; geometry: Geometry }[]): void
  showHandles(handles: { role: HandleRole; at: LngLat }[]): void
  restyle(scheme: Scheme): void
  remove(): void
}

export function addOverlay(map: MapLibreMap, scheme: Scheme): Overlay {
  const coarse = matchMedia('(pointer: coarse)').matches
  const empty = { type: 'FeatureCollection' as const, features: [] }
  for (const source of EDIT_SOURCES) map.addSource(source, { type: 'geojson', data: empty, tolerance: 0 })
  drawHatch(map, scheme)
  for (const layer of editLayers(TOKENS[scheme], coarse)) map.addLayer(layer)

  const show = (source: string, features: { properties: Record<string, unknown>; geometry: Geometry }[]) => {
    const found = map.getSource<GeoJSONSource>(source)
    found?.setData({
      type: 'FeatureCollection',
      features: features.map((feature) => ({ type: 'Feature', ...feature })),
    })
  }
  let handlesShown = false
  let previewShown = false
  return {
    showDraft: (shapes) =>
      show(
        DRAFT_SOURCE,
        shapes.map(({ geometry, ...properties }) => ({ geometry, properties })),
      ),
    showPreview(shapes) {
      if (shapes.length === 0 && !previewShown) return
      previewShown = shapes.length > 0
      show(
        PREVIEW_SOURCE,
        shapes.map(({ geometry, ...properties }) => ({ geometry, properties })),
      )
    },
    showHandles(handles) {
      if (handles.length === 0 && !handlesShown) return
      handlesShown = handles.length > 0
      show(
        HANDLE_SOURCE,
        handles.map(({ role, at }) => ({
          properties: { role },
          geometry: { type: 'Point', coordinates: at },
        })),
      )
    },
    restyle(next) {
      drawHatch(map, next)
      for (const layer of editLayers(TOKENS[next], coarse))
        for (const [name, value] of Object.entries(layer.paint ?? {}))
          map.setPaintProperty(layer.id, name as never, value as never)
    },
    remove() {
      // The map itself may be gone by now.
      if (!map.style) return
      for (const { id } of editLayers(TOKENS[scheme], coarse)) if (map.getLayer(id)) map.removeLayer(id)
      for (const source of EDIT_SOURCES) if (map.getSource(source)) map.removeSource(source)
      if (map.hasImage(HATCH_IMAGE)) map.removeImage(HATCH_IMAGE)
    },
  }
}

function drawHatch(map: MapLibreMap, scheme: Scheme): void {
  const { muted } = TOKENS[scheme]
  putImage(map, HATCH_IMAGE, {
    size: 8,
    draw(context, size) {
      context.strokeStyle = muted
      context.lineWidth = 1.5
      for (const shift of [-size, 0, size]) {
        context.beginPath()
        context.moveTo(shift, size)
        context.lineTo(shift + size, 0)
        context.stroke()
      }
    },
  })
}
