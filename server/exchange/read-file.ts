import { createHash } from 'node:crypto'
import { checkCrs } from '../../geodata/exchange/geojson/check-crs.ts'
import { featureReader } from '../../geodata/exchange/geojson/read-feature.ts'
import { FeatureSplitter } from '../../geodata/exchange/geojson/split-features.ts'
import type { NetworkFigures } from '../../geodata/exchange/measure-network.ts'
import { type OsmLayer, osmToLayers } from '../../geodata/exchange/osm/osm-to-layers.ts'
import { ReadNotes } from '../../geodata/exchange/read-notes.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { cleanText } from '../../geodata/shared/clean-text.ts'
import type { IncomingFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Progress } from '../platform/database.ts'
import { type OpenedFile, openFile } from './open-file.ts'
import { readOsmFile, utf8Decoder } from './read-osm-file.ts'

export interface ReadRequest {
  path: string
  /** For GeoJSON; OSM data finds its layers itself. */
  layer: LayerId | undefined
  /** Prefix of the source ids made from GeoJSON ids. */
  source: string
}

export interface FileChunk {
  layer: LayerId
  features: IncomingFeature[]
}

export interface FileSummary extends Pick<ReadNotes, 'skipped' | 'altered' | 'notes' | 'unknownProperties'> {
  kind: 'osm' | 'geojson'
  read: Record<string, number>
  network?: NetworkFigures
  wayIds?: Float64Array
  /** What a GeoJSON file says of its own rights. */
  told: { attribution?: string; licence?: string }
}

/** Features of a chunk; the next ones are read when these are stored. */
const CHUNK = 2000
const PROGRESS_BYTES = 16 * 1024 * 1024

export type FileReading = AsyncGenerator<FileChunk, FileSummary>

/** Reads a file in chunks, layer by layer with parents first; returns the summary. Throws Problem. */
export async function* readFile(request: ReadRequest, progress: Progress): FileReading {
  const file = await openFile(request.path)
  try {
    return yield* file.format === 'geojson'
      ? readGeoJson(file, request, progress)
      : readOsm(file, request, progress)
  } finally {
    await file.close()
  }
}

async function* readOsm(file: OpenedFile, { layer }: ReadRequest, progress: Progress): FileReading {
  if (layer)
    throw new Problem(
      'invalid-parameter',
      `The file is OpenStreetMap data, which fills several layers; leave out the layer (${layer}).`,
    )
  const notes = new ReadNotes()
  const data = await readOsmFile(file, progressBy('Reading OpenStreetMap data', progress))
  const { nodes, ways, relations } = data.counts
  progress(`Mapping ${nodes} nodes, ${ways} ways and ${relations} relations`)
  const { layers, network, wayIds } = osmToLayers(data, notes)
  // Communities go in one piece: they are numbered together.
  yield { layer: 'communities', features: layers.communities }
  for (const each of ['buildings', 'landcover', 'roads', 'facilities'] satisfies OsmLayer[])
    for (let start = 0; start < layers[each].length; start += CHUNK)
      yield { layer: each, features: layers[each].slice(start, start + CHUNK) }
  return { kind: 'osm', read: { nodes, ways, relations }, network, wayIds, told: {}, ...told(notes) }
}

async function* readGeoJson(
  file: OpenedFile,
  { layer, source }: ReadRequest,
  progress: Progress,
): FileReading {
  if (!layer)
    throw new Problem(
      'invalid-parameter',
      `The file is GeoJSON: say which layer it holds (layer, one of ${Object.keys(LAYERS).join(', ')}).`,
    )
  const notes = new ReadNotes()
  const read = featureReader({
    layer: LAYERS[layer],
    source,
    digest: (text) => createHash('sha256').update(text).digest('hex').slice(0, 32),
    notes,
  })
  let count = 0
  let waiting: IncomingFeature[] = []
  const fileSays: FileSummary['told'] = {}
  const splitter = new FeatureSplitter({
    feature: (value) => {
      count++
      const note = checkCrs((value as { crs?: unknown } | null)?.crs)
      if (note) notes.note(note)
      const feature = read(value)
      if (feature) waiting.push(feature)
    },
    collection: (members) => {
      const note = checkCrs(members.crs)
      if (note) notes.note(note)
      for (const key of ['attribution', 'licence'] as const)
        if (typeof members[key] === 'string') fileSays[key] = cleanText(members[key], 500)
    },
  })
  const decode = utf8Decoder()
  const readBytes = progressBy('Reading GeoJSON', progress)
  let bytes = 0
  for await (const chunk of file.chunks) {
    splitter.write(decode(chunk))
    bytes += chunk.length
    readBytes(bytes)
    if (waiting.length < CHUNK) continue
    yield { layer, features: waiting }
    waiting = []
  }
  splitter.write(decode())
  splitter.end()
  if (waiting.length > 0) yield { layer, features: waiting }
  return { kind: 'geojson', read: { features: count }, told: fileSays, ...told(notes) }
}

function told({ skipped, altered, notes, unknownProperties }: ReadNotes) {
  return { skipped, altered, notes, unknownProperties }
}

function progressBy(what: string, progress: Progress): (bytes: number) => void {
  let next = PROGRESS_BYTES
  return (bytes) => {
    if (bytes < next) return
    next = bytes + PROGRESS_BYTES
    progress(`${what}: ${Math.round(bytes / 1024 / 1024)} MB`)
  }
}
