import type { ImportReport, LayerReport } from '../../geodata/exchange/import-report.schema.ts'
import { divisionPrefix, numberCommunities } from '../../geodata/exchange/number-communities.ts'
import type { ReadNotes } from '../../geodata/exchange/read-notes.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { isCodedLayer } from '../../geodata/shared/codes.ts'
import { DEMO_ID, type IncomingFeature } from '../../geodata/shared/feature.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Actor } from '../access/actor.ts'
import { settleImport } from '../features/cells.store.ts'
import { upsertFeatures } from '../features/upsert.store.ts'
import type { NewEvent } from '../live/events.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import { boxOf, joinBoxes } from './box-of.ts'
import { givenCode, identifyByCode, lostCodes } from './identify-by-code.ts'
import {
  countNotInFile,
  createBatch,
  finishBatch,
  knownCommunities,
  overlappingCommunities,
  removeStaleSegments,
  unassignedBuildings,
} from './import.store.ts'
import type { ImportOptions } from './import-file.ts'
import type { FileChunk, FileSummary } from './read-file.ts'

const IMPORT: Actor = { name: 'import' }
const OSM_RIGHTS = { attribution: '© OpenStreetMap contributors', licence: 'ODbL-1.0' }

/** One import inside its transaction: stores the chunks of the file, settles them and writes the report. */
export class ImportRun {
  readonly #layers: Partial<Record<LayerId, LayerReport>> = {}
  readonly #sourceIds: Partial<Record<LayerId, string[]>> = {}
  readonly #identities = new Set<string>()
  readonly #rejected: { feature: string; reason: string }[] = []
  readonly #notes: ImportReport['notes'] = []
  /** Codes that the file gives to buildings, by source id. */
  readonly #buildingCodes = new Map<string, string>()
  /** Whether every feature says by its source id that it is invented; what the file says of itself is not enough. */
  #demo = true
  readonly #events: NewEvent[] = []
  #box: Bbox | undefined
  #batchId = 0
  readonly #tx: TransactionSql
  readonly #options: ImportOptions
  readonly #source: string
  readonly #fileSha256: string

  constructor(tx: TransactionSql, options: ImportOptions, source: string, fileSha256: string) {
    this.#tx = tx
    this.#options = options
    this.#source = source
    this.#fileSha256 = fileSha256
  }

  async run(
    first: IteratorResult<FileChunk, FileSummary>,
    reader: AsyncGenerator<FileChunk, FileSummary>,
  ): Promise<ImportReport> {
    const { progress = () => {}, actor = IMPORT } = this.#options
    this.#batchId = await createBatch(this.#tx, {
      kind: this.#options.layer ? 'geojson' : 'osm',
      fileName: this.#options.fileName,
      fileSha256: this.#fileSha256,
      source: this.#options.layer ? this.#source : 'osm',
      attribution: null,
      licence: null,
    })
    let step = first
    for (; !step.done; step = await reader.next()) await this.#store(step.value)
    const summary = step.value
    if (summary.wayIds) await this.#settleOsm(summary.wayIds)
    progress('Finding the cells of buildings and points')
    const { unassigned } = await settleImport(this.#tx, this.#batchId, actor, this.#events, this.#told())
    const report = await this.#report(summary, unassigned)
    await finishBatch(this.#tx, this.#batchId, report, this.#demo && summary.kind === 'geojson')
    return report
  }

  async #store({ layer, features: given }: FileChunk): Promise<void> {
    const report = this.#layerReport(layer)
    report.read += given.length
    const features = await this.#identify(layer, given)
    for (const { geometry, sourceId } of features) {
      this.#box = joinBoxes(this.#box, boxOf(geometry))
      if (!sourceId.startsWith(DEMO_ID)) this.#demo = false
    }
    if (!this.#options.layer) {
      this.#sourceIds[layer] ??= []
      const ids = this.#sourceIds[layer]
      for (const { sourceId } of features) ids.push(sourceId)
    }
    const result = await upsertFeatures(
      this.#tx,
      layer,
      features,
      this.#batchId,
      this.#options.actor ?? IMPORT,
    )
    this.#events.push(...result.events)
    for (const key of ['created', 'updated', 'unchanged', 'keptLocal'] as const) report[key] += result[key]
    report.rejected += result.rejected.length
    for (const { sourceId, reason } of result.rejected) {
      this.#rejected.push({ feature: sourceId, reason: `${layer}: ${reason}` })
      this.#buildingCodes.delete(sourceId)
    }
    this.#options.progress?.(`${LAYERS[layer].title.en}: ${report.read}`)
  }

  /** Communities from OSM get their codes; features named by code the source id of the row that is meant. */
  async #identify(layer: LayerId, features: IncomingFeature[]): Promise<IncomingFeature[]> {
    if (!isCodedLayer(layer)) return features
    if (!this.#options.layer) return layer === 'communities' ? this.#numbered(features) : features
    const codes = layer === 'buildings' ? features.map(givenCode) : []
    await identifyByCode(this.#tx, layer, features, this.#identities)
    return features.filter((feature, index) => {
      const code = codes[index]
      const fresh = !this.#identities.has(feature.sourceId)
      this.#identities.add(feature.sourceId)
      if (!fresh) {
        this.#layerReport(layer).rejected++
        this.#rejected.push({
          feature: feature.sourceId,
          reason: 'another feature of the file is the same row',
        })
      } else if (code) this.#buildingCodes.set(feature.sourceId, code)
      return fresh
    })
  }

  async #numbered(communities: IncomingFeature[]): Promise<IncomingFeature[]> {
    const { division } = this.#options
    const ids = communities.map(({ sourceId }) => sourceId)
    const known = await knownCommunities(this.#tx, ids, division && divisionPrefix(division))
    const { numbered, withoutDivision } = numberCommunities(communities, division, known)
    if (withoutDivision > 0)
      this.#notes.push({
        note: 'named residential areas were not made communities: give a division code, e.g. --division 310110',
        count: withoutDivision,
      })
    if (division?.length === 6 && numbered.length > known.codes.size)
      this.#notes.push({
        note: 'communities have the street part 000: no street is known from a division of 6 digits',
        count: numbered.length - known.codes.size,
      })
    return numbered
  }

  async #settleOsm(wayIds: Float64Array): Promise<void> {
    const roads = this.#layerReport('roads')
    const removed = await removeStaleSegments(this.#tx, wayIds, this.#sourceIds.roads ?? [], this.#batchId)
    roads.removed = removed.length
    this.#events.push(...removed)
    if (!this.#box) return
    for (const layer of ['communities', 'buildings', 'landcover', 'roads', 'facilities'] as const)
      this.#layerReport(layer).notInFile = await countNotInFile(
        this.#tx,
        layer,
        this.#sourceIds[layer] ?? [],
        this.#box,
      )
  }

  async #report(
    summary: FileSummary,
    unassigned: Omit<ImportReport['unassigned'], 'buildingIds'>,
  ): Promise<ImportReport> {
    const options = this.#options
    const changed = Object.values(this.#layers).some(
      ({ created, updated, removed }) => created + updated + removed > 0,
    )
    const keep = changed && !options.dryRun
    const lost = await lostCodes(this.#tx, this.#buildingCodes)
    const rights = summary.kind === 'osm' ? OSM_RIGHTS : summary.told
    return {
      kind: summary.kind,
      fileName: options.fileName,
      fileSha256: this.#fileSha256,
      source: summary.kind === 'osm' ? 'osm' : this.#source,
      attribution: options.attribution ?? rights.attribution ?? null,
      licence: options.licence ?? rights.licence ?? null,
      dryRun: options.dryRun ?? false,
      changed,
      batchId: keep ? this.#batchId : null,
      read: summary.read,
      layers: this.#layers,
      skipped: withRejected(summary.skipped, this.#rejected),
      altered: {
        total: summary.altered.total + lost.length,
        items: [...lost, ...summary.altered.items].slice(0, 1000),
      },
      unknownProperties: summary.unknownProperties,
      notes: [...this.#notes, ...lostNote(lost.length), ...summary.notes],
      network: summary.network ?? null,
      overlappingCommunities: await overlappingCommunities(this.#tx, this.#batchId),
      unassigned: { ...unassigned, buildingIds: await unassignedBuildings(this.#tx) },
    }
  }

  /** For the audit trail. */
  #told(): Partial<Record<LayerId, object>> {
    const { fileName } = this.#options
    const file = { fileName, fileSha256: this.#fileSha256, source: this.#source }
    const layers = Object.entries(this.#layers).map(([layer, counts]) => [layer, { ...file, ...counts }])
    return Object.fromEntries(layers)
  }

  #layerReport(layer: LayerId): LayerReport {
    const known = this.#layers[layer]
    if (known) return known
    const fresh = {
      read: 0,
      created: 0,
      updated: 0,
      unchanged: 0,
      keptLocal: 0,
      rejected: 0,
      removed: 0,
      notInFile: 0,
    }
    this.#layers[layer] = fresh
    return fresh
  }
}

const lostNote = (count: number): ImportReport['notes'] =>
  count > 0 ? [{ note: 'codes of buildings were not kept; see the features that were altered', count }] : []

function withRejected(
  { total, reasons, items }: ReadNotes['skipped'],
  rejected: { feature: string; reason: string }[],
): ImportReport['skipped'] {
  if (rejected.length === 0) return { total, reasons, items }
  return {
    total: total + rejected.length,
    reasons: [...reasons, { reason: 'refused by the database', count: rejected.length }],
    items: [...items, ...rejected].slice(0, 1000),
  }
}
