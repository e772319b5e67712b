import { createHash } from 'node:crypto'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { checkCrs } from '../../geodata/exchange/geojson/check-crs.ts'
import { featureReader } from '../../geodata/exchange/geojson/read-feature.ts'
import { FeatureSplitter } from '../../geodata/exchange/geojson/split-features.ts'
import { type OsmLayer, osmToLayers } from '../../geodata/exchange/osm/osm-to-layers.ts'
import { ReadNotes } from '../../geodata/exchange/read-notes.ts'
import { LAYERS } from '../../geodata/layers.ts'
import type { IncomingFeature } from '../../geodata/shared/feature.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { type OpenedFile, openFile } from './open-file.ts'
import type { FileSummary, FromWorker, ReadRequest } from './read-in-worker.ts'
import { readOsmFile, utf8Decoder } from './read-osm-file.ts'

/** Features handed over at a time; the next ones wait until these are stored. */
const CHUNK = 2000
const PROGRESS_BYTES = 16 * 1024 * 1024

const port = parentPort as MessagePort
const send = (message: FromWorker) => port.postMessage(message)

/** Resolves when the importer asks for more, so that a large file is not held in memory as messages. */
const handOver = (
  layer: Extract<FromWorker, { features: unknown }>['layer'],
  features: IncomingFeature[],
) => {
  send({ layer, features })
  return new Promise<void>((resolve) => port.once('message', () => resolve()))
}

try {
  const request = workerData as ReadRequest
  const file = await openFile(request.path)
  send({ summary: await (file.format === 'geojson' ? readGeoJson(file, request) : readOsm(file, request)) })
} catch (error) {
  if (error instanceof Problem) send({ problem: { code: error.code, detail: error.message } })
  else send({ failure: String((error as Error)?.stack ?? error) })
} finally {
  port.close()
}

async function readOsm(file: OpenedFile, { layer }: ReadRequest): Promise<FileSummary> {
  if (layer)
    throw new Problem(
      'invalid-parameter',
      `The file is OpenStreetMap data, which fills several layers; leave out the layer (${layer}).`,
    )
  const notes = new ReadNotes()
  const data = await readOsmFile(file, progressBy('Reading OpenStreetMap data'))
  const { nodes, ways, relations } = data.counts
  send({ progress: `Mapping ${nodes} nodes, ${ways} ways and ${relations} relations` })
  const { layers, network, wayIds } = osmToLayers(data, notes)
  // Communities go in one piece: they are numbered together.
  await handOver('communities', layers.communities)
  for (const each of ['buildings', 'landcover', 'roads', 'facilities'] satisfies OsmLayer[])
    for (let start = 0; start < layers[each].length; start += CHUNK)
      await handOver(each, layers[each].slice(start, start + CHUNK))
  return { kind: 'osm', read: { nodes, ways, relations }, network, wayIds, told: {}, ...told(notes) }
}

async function readGeoJson(file: OpenedFile, { layer, source }: ReadRequest): Promise<FileSummary> {
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
        if (typeof members[key] === 'string') fileSays[key] = members[key].slice(0, 500)
      if (members.demo === true) fileSays.demo = true
    },
  })
  const decode = utf8Decoder()
  const progress = progressBy('Reading GeoJSON')
  let bytes = 0
  for await (const chunk of file.chunks) {
    splitter.write(decode(chunk))
    bytes += chunk.length
    progress(bytes)
    if (waiting.length < CHUNK) continue
    await handOver(layer, waiting)
    waiting = []
  }
  splitter.write(decode())
  splitter.end()
  if (waiting.length > 0) await handOver(layer, waiting)
  return { kind: 'geojson', read: { features: count }, told: fileSays, ...told(notes) }
}

function told({ skipped, altered, notes, unknownProperties }: ReadNotes) {
  return { skipped, altered, notes, unknownProperties }
}

function progressBy(what: string): (bytes: number) => void {
  let next = PROGRESS_BYTES
  return (bytes) => {
    if (bytes < next) return
    next = bytes + PROGRESS_BYTES
    send({ progress: `${what}: ${Math.round(bytes / 1024 / 1024)} MB` })
  }
}
