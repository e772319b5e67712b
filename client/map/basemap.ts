import {
  addProtocol,
  type LayerSpecification,
  type SourceSpecification,
  type StyleSpecification,
} from 'maplibre-gl'
import { type Scheme, TOKENS } from '../ui/tokens.ts'
import { protomapsLayers } from './basemap-layers.ts'

export interface BasemapSetting {
  kind: 'style' | 'pmtiles'
  /** Absolute, or a path of this server. */
  url: string
}

/** What lies beneath our own layers. All ids begin with `basemap-`, so they cannot meet ours. */
export interface Basemap {
  sources: Record<string, SourceSpecification>
  layers: Record<Scheme, LayerSpecification[]>
  glyphs?: string
  sprite?: StyleSpecification['sprite']
}

const PREFIX = 'basemap-'

/** Loads the basemap that the server names. Rejects when it cannot be read; the map then opens without it. */
export async function loadBasemap({ kind, url }: BasemapSetting): Promise<Basemap> {
  const absolute = new URL(url, location.href).href
  if (kind === 'style') {
    const answer = await fetch(absolute)
    if (!answer.ok) throw new Error(`The basemap style ${absolute} answered ${answer.status}.`)
    return beneath((await answer.json()) as StyleSpecification)
  }
  const { Protocol } = await import('pmtiles')
  addProtocol('pmtiles', new Protocol().tile)
  const layers = (scheme: Scheme) => protomapsLayers(`${PREFIX}source`, PREFIX, TOKENS[scheme])
  return {
    sources: { [`${PREFIX}source`]: { type: 'vector', url: `pmtiles://${absolute}` } },
    layers: { dark: layers('dark'), light: layers('light') },
  }
}

/** A style by someone else, renamed so that it can lie beneath ours. Its own look serves both themes. */
export function beneath(style: StyleSpecification): Basemap {
  const sources = Object.fromEntries(
    Object.entries(style.sources).map(([name, source]) => [PREFIX + name, source]),
  )
  const layers = style.layers.map(
    (layer) =>
      ({
        ...layer,
        id: PREFIX + layer.id,
        ...('source' in layer ? { source: PREFIX + layer.source } : {}),
      }) as LayerSpecification,
  )
  return {
    sources,
    layers: { dark: layers, light: layers },
    ...(style.glyphs ? { glyphs: style.glyphs } : {}),
    ...(style.sprite ? { sprite: style.sprite } : {}),
  }
}
