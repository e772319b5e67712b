import { PbfReader } from 'pbf'
import { Problem } from '../../shared/problem.ts'
import { keepTag, type OsmData, type OsmRelation, type OsmTags } from './osm-data.ts'

/** https://wiki.openstreetmap.org/wiki/PBF_Format — limits and field numbers are from there. */
const MAX_BLOB_HEADER = 64 * 1024
export const MAX_BLOB = 32 * 1024 * 1024
/** Far above what writers make; without them a block of empty entries would fill the memory. */
const MAX_STRINGS = 1_000_000
const MAX_GROUPS = 100_000
const MAX_LIST = 1_000_000
const SUPPORTED = new Set(['OsmSchema-V0.6', 'DenseNodes'])

export interface BlobHeader {
  type: string
  size: number
}
export type Blob = { raw: Uint8Array } | { zlib: Uint8Array; rawSize: number }

/** Length of the blob header that follows these four bytes (big-endian). Throws `unreadable-file`. */
export function readHeaderLength(bytes: Uint8Array): number {
  const length = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
  if (length === 0 || length > MAX_BLOB_HEADER)
    throw broken(`a block header of ${length} bytes, expected at most ${MAX_BLOB_HEADER}`)
  return length
}

export const readBlobHeader = (bytes: Uint8Array): BlobHeader =>
  guarded(() => {
    const header = new PbfReader(bytes).readFields<BlobHeader>(
      (tag, result, pbf) => {
        if (tag === 1) result.type = pbf.readString()
        else if (tag === 3) result.size = pbf.readVarint()
      },
      { type: '', size: -1 },
    )
    if (header.size < 0 || header.size > MAX_BLOB)
      throw broken(`a block of ${header.size} bytes, expected at most ${MAX_BLOB}`)
    return header
  })

/** What a blob holds, still compressed: decompression is the caller's, who bounds it by `rawSize` and MAX_BLOB. */
export const readBlob = (bytes: Uint8Array): Blob =>
  guarded(() => {
    const found = new PbfReader(bytes).readFields<{
      raw?: Uint8Array
      zlib?: Uint8Array
      size: number
      other?: number
    }>(
      (tag, result, pbf) => {
        if (tag === 1) result.raw = pbf.readBytes()
        else if (tag === 2) result.size = pbf.readVarint()
        else if (tag === 3) result.zlib = pbf.readBytes()
        else if (tag <= 7) result.other = tag
      },
      { size: -1 },
    )
    if (found.raw) return { raw: found.raw }
    if (found.zlib) {
      if (found.size < 0 || found.size > MAX_BLOB)
        throw broken(`a block that claims ${found.size} bytes, expected at most ${MAX_BLOB}`)
      return { zlib: found.zlib, rawSize: found.size }
    }
    if (found.other === undefined) throw broken('a block without data')
    throw new Problem(
      'unsupported-format',
      'The .osm.pbf is compressed with something other than zlib. Rewrite it with osmium cat in.osm.pbf -o out.osm.pbf.',
    )
  })

/** Throws `unsupported-format` when reading needs a feature that this reader does not have. */
export const checkHeaderBlock = (bytes: Uint8Array): void =>
  guarded(() => {
    const missing: string[] = []
    new PbfReader(bytes).readFields((tag, _, pbf) => {
      if (tag !== 4) return
      const feature = pbf.readString()
      if (!SUPPORTED.has(feature)) missing.push(feature.slice(0, 60))
    }, undefined)
    if (missing.length > 0)
      throw new Problem(
        'unsupported-format',
        `The .osm.pbf needs ${missing.join(', ')}, which Gridward cannot read.`,
      )
  })

/** Reads one decompressed OSMData block into `data`. Throws `unreadable-file` for anything malformed. */
export const readPrimitiveBlock = (bytes: Uint8Array, data: OsmData): void =>
  guarded(() => {
    const strings: Uint8Array[] = []
    const groups: Uint8Array[] = []
    const scale = { granularity: 100, lat: 0, lon: 0 }
    new PbfReader(bytes).readFields((tag, _, pbf) => {
      if (tag === 1)
        pbf.readMessage((inner, list) => void (inner === 1 && list.push(pbf.readBytes())), strings)
      else if (tag === 2) groups.push(pbf.readBytes())
      if (strings.length > MAX_STRINGS || groups.length > MAX_GROUPS)
        throw broken('a block of too many entries')
      else if (tag === 17) scale.granularity = pbf.readVarint(true)
      else if (tag === 19) scale.lat = pbf.readVarint(true)
      else if (tag === 20) scale.lon = pbf.readVarint(true)
    }, undefined)
    const text = stringTable(strings)
    const degrees = (offset: number, value: number) => (offset + scale.granularity * value) * 1e-9
    const block: Block = {
      data,
      text,
      lng: (value) => degrees(scale.lon, value),
      lat: (value) => degrees(scale.lat, value),
    }
    for (const group of groups) {
      new PbfReader(group).readFields((tag, _, pbf) => {
        if (tag === 1) readNode(pbf.readBytes(), block)
        else if (tag === 2) readDenseNodes(pbf.readBytes(), block)
        else if (tag === 3) readWay(pbf.readBytes(), block)
        else if (tag === 4) readRelation(pbf.readBytes(), block)
      }, undefined)
    }
  })

interface Block {
  data: OsmData
  text(index: number): string
  lng(value: number): number
  lat(value: number): number
}

function stringTable(strings: Uint8Array[]): (index: number) => string {
  const decoder = new TextDecoder()
  const decoded: string[] = []
  return (index) => {
    const bytes = strings[index]
    if (!bytes) throw broken(`text number ${index}, but the block has ${strings.length}`)
    decoded[index] ??= decoder.decode(bytes)
    return decoded[index]
  }
}

function readNode(bytes: Uint8Array, { data, text, lng, lat }: Block): void {
  const found = { id: Number.NaN, lng: Number.NaN, lat: Number.NaN, keys: EMPTY, values: EMPTY }
  new PbfReader(bytes).readFields((tag, node, pbf) => {
    if (tag === 1) node.id = pbf.readSVarint()
    else if (tag === 2) node.keys = pbf.readBytes()
    else if (tag === 3) node.values = pbf.readBytes()
    else if (tag === 8) node.lat = lat(pbf.readSVarint())
    else if (tag === 9) node.lng = lng(pbf.readSVarint())
  }, found)
  data.addNode(found.id, found.lng, found.lat, readTags(found.keys, found.values, text))
}

/** The columns are read side by side: as arrays, a block of one-byte numbers would take eight times its size. */
function readDenseNodes(bytes: Uint8Array, { data, text, lng, lat }: Block): void {
  const columns = { ids: EMPTY, lats: EMPTY, lngs: EMPTY, tags: EMPTY }
  new PbfReader(bytes).readFields((tag, found, pbf) => {
    if (tag === 1) found.ids = pbf.readBytes()
    else if (tag === 8) found.lats = pbf.readBytes()
    else if (tag === 9) found.lngs = pbf.readBytes()
    else if (tag === 10) found.tags = pbf.readBytes()
  }, columns)
  const ids = new PbfReader(columns.ids)
  const lats = new PbfReader(columns.lats)
  const lngs = new PbfReader(columns.lngs)
  const tagList = new PbfReader(columns.tags)
  let id = 0
  let latSum = 0
  let lngSum = 0
  while (ids.pos < ids.length) {
    if (lats.pos >= lats.length || lngs.pos >= lngs.length) throw broken('fewer positions than nodes')
    id += ids.readSVarint()
    latSum += lats.readSVarint()
    lngSum += lngs.readSVarint()
    let tags: OsmTags | undefined
    while (tagList.pos < tagList.length) {
      const key = tagList.readVarint()
      if (key === 0) break
      tags = keepTag(tags, text(key), text(tagList.readVarint()))
    }
    data.addNode(id, lng(lngSum), lat(latSum), tags)
  }
}

function readWay(bytes: Uint8Array, { data, text }: Block): void {
  const found = { id: Number.NaN, keys: EMPTY, values: EMPTY, refs: [] as number[] }
  new PbfReader(bytes).readFields((tag, way, pbf) => {
    if (tag === 1) way.id = pbf.readVarint(true)
    else if (tag === 2) way.keys = pbf.readBytes()
    else if (tag === 3) way.values = pbf.readBytes()
    else if (tag === 8) way.refs = deltas(pbf.readBytes())
  }, found)
  data.addWay(found.id, found.refs, readTags(found.keys, found.values, text))
}

function readRelation(bytes: Uint8Array, { data, text }: Block): void {
  const found = {
    id: Number.NaN,
    keys: EMPTY,
    values: EMPTY,
    roles: EMPTY,
    types: EMPTY,
    ids: [] as number[],
  }
  new PbfReader(bytes).readFields((tag, relation, pbf) => {
    if (tag === 1) relation.id = pbf.readVarint(true)
    else if (tag === 2) relation.keys = pbf.readBytes()
    else if (tag === 3) relation.values = pbf.readBytes()
    else if (tag === 8) relation.roles = pbf.readBytes()
    else if (tag === 9) relation.ids = deltas(pbf.readBytes())
    else if (tag === 10) relation.types = pbf.readBytes()
  }, found)
  const members: OsmRelation['members'] = []
  const roles = new PbfReader(found.roles)
  const types = new PbfReader(found.types)
  for (const way of found.ids) {
    const role = text(roles.readVarint())
    if (types.readVarint() === 1) members.push({ way, role })
  }
  data.addRelation(found.id, readTags(found.keys, found.values, text), members)
}

const EMPTY: Uint8Array = new Uint8Array(0)

function readTags(keys: Uint8Array, values: Uint8Array, text: Block['text']): OsmTags | undefined {
  const keyList = new PbfReader(keys)
  const valueList = new PbfReader(values)
  let tags: OsmTags | undefined
  while (keyList.pos < keyList.length && valueList.pos < valueList.length)
    tags = keepTag(tags, text(keyList.readVarint()), text(valueList.readVarint()))
  return tags
}

function deltas(bytes: Uint8Array): number[] {
  const pbf = new PbfReader(bytes)
  const values: number[] = []
  let sum = 0
  while (pbf.pos < pbf.length) {
    sum += pbf.readSVarint()
    if (values.push(sum) > MAX_LIST) throw broken(`a list of more than ${MAX_LIST} members`)
  }
  return values
}

const broken = (found: string) =>
  new Problem('unreadable-file', `The .osm.pbf is damaged: it has ${found}. Fetch the file again.`)

function guarded<T>(step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (error instanceof Problem) throw error
    throw broken(`a block that cannot be decoded (${(error as Error).message.slice(0, 100)})`)
  }
}
