import { LAYERS } from '../../geodata/layers.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { inputColumns } from '../features/layer.columns.ts'
import type { MercatorBox } from './tile-address.ts'
import { hasLabels, LABEL_ATTRIBUTES, labelLayer, TILE_MAX_ZOOM } from './tile-rules.ts'

interface VectorLayer {
  id: string
  description: string
  minzoom: number
  maxzoom: number
  fields: Record<string, string>
}

/**
 * TileJSON 3.0.0 of a layer. `origin` makes the tile address absolute, `query` (without `?`) filters the tiles; bounds
 * are degrees, of the whole layer, left out when empty.
 */
export function tileJson(
  layer: LayerId,
  origin: string,
  extent: MercatorBox | undefined,
  attributions: string[],
  query = '',
) {
  const { title, tileProperties, minZoom } = LAYERS[layer]
  const types = new Map(inputColumns(layer).map(({ property, type }) => [property, type]))
  const zooms = { minzoom: minZoom, maxzoom: TILE_MAX_ZOOM }
  const fields = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, fieldType(types.get(name))]))
  const vectorLayers: VectorLayer[] = [
    { id: layer, description: `${title.zh} · ${title.en}`, ...zooms, fields: fields(tileProperties) },
  ]
  if (hasLabels(layer)) {
    const description = `${title.zh} · ${title.en}: a point inside each, for its name`
    vectorLayers.push({ id: labelLayer(layer), description, ...zooms, fields: fields(LABEL_ATTRIBUTES) })
  }
  return describe({ id: layer, title }, { origin, query, extent, attributions, zooms, vectorLayers })
}

/** The same of a layer that follows from others, with its fields as TileJSON names their types. */
export function tileJsonOf(
  { id, title, minZoom }: { id: string; title: { zh: string; en: string }; minZoom: number },
  origin: string,
  extent: MercatorBox | undefined,
  fields: Record<string, string>,
) {
  const zooms = { minzoom: minZoom, maxzoom: TILE_MAX_ZOOM }
  const vectorLayers = [{ id, description: `${title.zh} · ${title.en}`, ...zooms, fields }]
  return describe({ id, title }, { origin, query: '', extent, attributions: [], zooms, vectorLayers })
}

interface Description {
  origin: string
  query: string
  extent: MercatorBox | undefined
  attributions: string[]
  zooms: { minzoom: number; maxzoom: number }
  vectorLayers: VectorLayer[]
}

const describe = (
  { id, title }: { id: string; title: { zh: string; en: string } },
  { origin, query, extent, attributions, zooms, vectorLayers }: Description,
) => ({
  tilejson: '3.0.0',
  name: title.zh,
  description: title.en,
  scheme: 'xyz',
  tiles: [`${origin}/tiles/${id}/{z}/{x}/{y}.mvt${query && `?${query}`}`],
  ...zooms,
  ...(extent ? { bounds: toDegrees(extent) } : {}),
  ...(attributions.length > 0 ? { attribution: attributions.join(' · ') } : {}),
  vector_layers: vectorLayers,
})

const fieldType = (column: string | undefined): string =>
  column === 'boolean' ? 'Boolean' : column === 'integer' || column === 'float8' ? 'Number' : 'String'

/** west, south, east, north */
export function toDegrees([west, south, east, north]: MercatorBox): Bbox {
  const radius = 6_378_137
  const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7
  const lng = (x: number) => round((x / radius) * (180 / Math.PI))
  const lat = (y: number) => round((2 * Math.atan(Math.exp(y / radius)) - Math.PI / 2) * (180 / Math.PI))
  return [lng(west), lat(south), lng(east), lat(north)]
}
