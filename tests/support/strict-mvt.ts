import { PbfReader } from 'pbf'

export interface StrictFeature {
  id: number
  type: 'point' | 'line' | 'polygon'
  attributes: Record<string, string | number | boolean>
  /** Tile units, flat x, y; rings open, as they stand in the tile. */
  parts: number[][]
}
export type StrictTile = Map<string, StrictFeature[]>

const TYPES = [undefined, 'point', 'line', 'polygon'] as const

/**
 * Decodes a vector tile and throws at the first thing that the specification (2.1) forbids or that renderers stumble
 * over: unknown versions, layer names or ids twice, tags out of range, keys twice, wrong command sequences or counts,
 * points repeated, rings closed by hand, rings without area or wound the wrong way, holes before their outer ring,
 * coordinates outside `range`.
 */
export function decodeStrictly(bytes: Uint8Array, range: [min: number, max: number]): StrictTile {
  const tile: StrictTile = new Map()
  new PbfReader(bytes).readFields((tag, _, pbf) => {
    check(tag === 3, `field ${tag} in the tile`)
    const { name, features } = readLayer(pbf.readBytes(), range)
    check(!tile.has(name), `two layers named ${name}`)
    tile.set(name, features)
  }, null)
  return tile
}

function readLayer(bytes: Uint8Array, range: [number, number]) {
  const layer = { version: 0, name: '', extent: 0 }
  const keys: string[] = []
  const values: (string | number | boolean)[] = []
  const raw: Uint8Array[] = []
  new PbfReader(bytes).readFields((tag, _, pbf) => {
    if (tag === 15) layer.version = pbf.readVarint()
    else if (tag === 1) layer.name = pbf.readString()
    else if (tag === 2) raw.push(pbf.readBytes())
    else if (tag === 3) keys.push(pbf.readString())
    else if (tag === 4) values.push(readValue(pbf.readBytes()))
    else if (tag === 5) layer.extent = pbf.readVarint()
    else check(false, `field ${tag} in a layer`)
  }, null)
  check(layer.version === 2, `version ${layer.version}`)
  check(layer.name !== '', 'a layer without a name')
  check(layer.extent === 4096, `extent ${layer.extent}`)
  check(raw.length > 0, `layer ${layer.name} without features`)
  check(new Set(keys).size === keys.length, 'a key twice in the table')
  const features = raw.map((feature) => readFeature(feature, keys, values, range))
  check(new Set(features.map(({ id }) => id)).size === features.length, `an id twice in ${layer.name}`)
  return { name: layer.name, features }
}

function readValue(bytes: Uint8Array): string | number | boolean {
  const found: (string | number | boolean)[] = []
  new PbfReader(bytes).readFields((tag, _, pbf) => {
    if (tag === 1) found.push(pbf.readString())
    else if (tag === 2) found.push(pbf.readFloat())
    else if (tag === 3) found.push(pbf.readDouble())
    else if (tag === 4) found.push(pbf.readVarint(true))
    else if (tag === 5) found.push(pbf.readVarint())
    else if (tag === 6) found.push(pbf.readSVarint())
    else if (tag === 7) found.push(pbf.readBoolean())
  }, null)
  check(found.length === 1, `a value with ${found.length} contents`)
  return found[0]!
}

function readFeature(
  bytes: Uint8Array,
  keys: string[],
  values: (string | number | boolean)[],
  range: [number, number],
): StrictFeature {
  let id: number | undefined
  let type = 0
  let tags: number[] = []
  let commands: number[] = []
  new PbfReader(bytes).readFields((tag, _, pbf) => {
    if (tag === 1) id = pbf.readVarint()
    else if (tag === 2) tags = pbf.readPackedVarint()
    else if (tag === 3) type = pbf.readVarint()
    else if (tag === 4) commands = pbf.readPackedVarint()
    else check(false, `field ${tag} in a feature`)
  }, null)
  check(id !== undefined, 'a feature without an id')
  const kind = TYPES[type]
  check(kind !== undefined, `geometry type ${type}`)
  check(tags.length % 2 === 0, 'an odd number of tags')
  const attributes: StrictFeature['attributes'] = {}
  for (let i = 0; i < tags.length; i += 2) {
    const key = keys[tags[i]!]
    const value = values[tags[i + 1]!]
    check(key !== undefined && value !== undefined, `tags ${tags[i]}, ${tags[i + 1]} out of range`)
    check(!(key! in attributes), `key ${key} twice in feature ${id}`)
    attributes[key!] = value!
  }
  try {
    return { id: id!, type: kind!, attributes, parts: readParts(kind!, commands, range) }
  } catch (error) {
    throw new Error(`feature ${id}: ${(error as Error).message}`)
  }
}

function readParts(
  type: StrictFeature['type'],
  commands: number[],
  [min, max]: [number, number],
): number[][] {
  const parts: number[][] = []
  let at = 0
  let x = 0
  let y = 0
  const expect = (command: number, counts: (count: number) => boolean): number => {
    check(at < commands.length, 'commands end early')
    const word = commands[at++]!
    check((word & 7) === command && counts(word >> 3), `command ${word & 7} × ${word >> 3}`)
    return word >> 3
  }
  const points = (count: number, into: number[]) => {
    for (let i = 0; i < count; i++) {
      check(at + 2 <= commands.length, 'parameters end early')
      const dx = zigzag(commands[at++]!)
      const dy = zigzag(commands[at++]!)
      check(into.length === 0 || dx !== 0 || dy !== 0, 'a point twice in a row')
      x += dx
      y += dy
      check(x >= min && x <= max && y >= min && y <= max, `${x}, ${y} outside ${min}…${max}`)
      into.push(x, y)
    }
  }
  check(commands.length > 0, 'no geometry')
  if (type === 'point') {
    const flat: number[] = []
    points(
      expect(1, (count) => count >= 1),
      flat,
    )
    check(at === commands.length, 'commands after the points')
    return [flat]
  }
  while (at < commands.length) {
    const flat: number[] = []
    points(
      expect(1, (count) => count === 1),
      flat,
    )
    const least = type === 'line' ? 1 : 2
    points(
      expect(2, (count) => count >= least),
      flat,
    )
    if (type === 'polygon') {
      expect(7, (count) => count === 1)
      check(flat[0] !== x || flat[1] !== y, 'a ring closed by hand')
      const area = signedArea(flat)
      check(area !== 0, 'a ring without area')
      check(parts.length > 0 || area > 0, 'a hole before any outer ring')
    }
    parts.push(flat)
  }
  return parts
}

/** Positive for outer rings: the surveyor's formula, y down. */
export function signedArea(flat: number[]): number {
  let sum = 0
  for (let i = 0; i < flat.length; i += 2) {
    const j = (i + 2) % flat.length
    sum += flat[i]! * flat[j + 1]! - flat[j]! * flat[i + 1]!
  }
  return sum / 2
}

const zigzag = (word: number): number => (word >>> 1) ^ -(word & 1)

function check(holds: boolean, message: string): void {
  if (!holds) throw new Error(`Not a strict vector tile: ${message}`)
}
